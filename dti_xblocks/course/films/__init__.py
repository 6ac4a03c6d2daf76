"""The films of a course, made by code from text: storyboards (media/films/*.yaml) over the scenes of `course/media`, with voices
made on the author's machine. `dti-course films` builds those that are out of date.

A storyboard becomes a timeline (`storyboard`, `timeline`), each drawing of a shot a cel (`cels`, `motion`), each moment of the
timeline a frame (`frames`), and the frames with the sound of `sound/` a file (`encode`). What draws, speaks and encodes needs the
packages of the extra `films`, and is imported only when a film is built; what reads storyboards and checks finished films
(`storyboard`, `timeline`, `index`, `checks`) needs nothing of them. `delivery` says which files of a course are its films.
"""
