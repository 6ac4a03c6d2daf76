"""The course in other languages: which texts people read, the memory of their translations, and the course built from both.

`markup.py` reads tags with their places, `table.py` says what holds words, `segments.py` finds the texts of a file and puts
others in their place, `sources.py` goes through a whole course. `memory.py` keeps translations in PO files below translations/,
`checks.py` compares a translation with its text, `storyboards.py` takes over what films say already, `course.py` makes the
course of a language, `outlines.py` knows what ships, `opening.py` is `--language`, `command.py` is `dti-course translations`.
"""
