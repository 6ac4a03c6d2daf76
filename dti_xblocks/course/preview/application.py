"""The WSGI application over one course."""

from __future__ import annotations

from pathlib import Path

from . import settings


class Application:
    """WSGI. `course` is the `LiveCourse` that is shown; one application per process is in use at a time."""

    def __init__(self, course):
        from django.core.wsgi import get_wsgi_application

        self.course = course
        self._django = get_wsgi_application()

    def __call__(self, environ, start_response):
        environ["dti.preview"] = self.course
        return self._django(environ, start_response)


def make_application(course: Path, state_dir: Path) -> Application:
    """The application for the course in the folder `course`, remembering below `state_dir`.

    Raises `PreviewError` when the folder holds no course.
    """
    settings.configure(state_dir)
    # Not before: blocks and models want Django's settings when they are imported.
    from django.core.management import call_command

    from . import database  # noqa: F401 - prepares SQLite connections, before the first is made
    from .course import LiveCourse

    call_command("migrate", verbosity=0, skip_checks=True)  # first: reading a course fills the platform's video tables
    return Application(LiveCourse(course))
