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
        if environ["REQUEST_METHOD"] == "HEAD":
            return self._without_body(environ, start_response)
        return self._django(environ, start_response)

    def _without_body(self, environ, start_response):
        """The answer to HEAD: Django makes a body, and waitress would send it; the client would read it as the next answer."""
        status, headers = "", []

        def begin(begun_status, begun_headers, exc_info=None):
            nonlocal status, headers
            status, headers = begun_status, list(begun_headers)

        body = self._django(environ, begin)
        try:
            if status[:3] not in ("204", "304") and not any(name.lower() == "content-length" for name, _value in headers):
                # without it waitress takes the answer for one in chunks, and sends the end of these
                headers.append(("Content-Length", str(sum(len(part) for part in body))))
        finally:
            if hasattr(body, "close"):
                body.close()
        start_response(status, headers)
        return []


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
