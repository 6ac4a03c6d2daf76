"""The activity's domain: what an activity is, whether it is sound, and how it is done. Standard library only (lxml in `olx`).

Each kind of activity is a module of `kinds` with the interface that `kinds.base` states.
"""
