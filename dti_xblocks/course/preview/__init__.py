"""A small Open edX of our own for one machine: shows any OLX course, grades it, and keeps progress in SQLite.

`serve.serve` is what the command line starts; `serve.make_application` gives tests the WSGI application.
"""
