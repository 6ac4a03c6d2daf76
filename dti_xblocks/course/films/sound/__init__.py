"""The sound of films: voices that read a storyboard's lines, how written words are spoken, captions, the noises of a place, and
the mix of all of it.

Reading the tables, captions and spoken forms need nothing but the standard library. Voices (`speak`), noises and the mix
(`foley`, `mix`), and the listener that checks them (`hear`) need the packages of the extra `films`, and load them when they work.

Seconds are floats, sound is numbers from -1 to 1: 24,000 a second of a voice, 48,000 a second of a mix.
"""
