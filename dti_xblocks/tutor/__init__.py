"""The plugin for Tutor: what an image, the settings and the first run of a site need, and commands for the course.

It runs on the machine that has Tutor, which need not have Django: it imports nothing else of this package.
"""
