"""Acceptance on the code of Open edX itself: `make test-platform EDX_PLATFORM=path`. See docs/platform.md.

The package is built as a wheel and put into a folder beside the platform's environment, the course is imported as Studio imports
it, and a learner, staff and an author use it. Modules that import the platform do so inside of functions: the others can be
tested, and this package imported, without a platform.
"""
