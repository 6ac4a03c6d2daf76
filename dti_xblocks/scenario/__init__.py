"""Branching scenarios: what one is (`model`), whether it is sound (`rules`), how it is lived (`play`).

`olx` reads authored XML, `screen` decides what a learner may know now, `debrief` looks back at the end. Standard library only.
"""
