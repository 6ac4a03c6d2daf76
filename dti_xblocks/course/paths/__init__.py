"""Shorter ways through a course, each a course of its own that is cut from the same files: a path file says what stays.

`model.py` reads path files, `cut.py` cuts, `links.py` mends what led to what is left out, `command.py` is `--path`.
"""
