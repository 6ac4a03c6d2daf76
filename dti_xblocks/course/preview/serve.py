"""What `dti-course preview` starts."""

from __future__ import annotations

import errno
import importlib.util
import logging
import select
import socket
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from . import application, compat
from .confine import plain
from .errors import PreviewError

NEEDED = (
    "xblocks_contrib",
    "waitress",
    "pysrt",
    "simplejson",
    "workbench",
    "xstatic.pkg.jquery_ui",
    "xstatic.pkg.font_awesome",
    "mathjax",
    "crum",
    "edx_django_utils",
)
__all__ = ["PreviewError", "make_application", "serve"]
# Connections that are open at once: a few that are slow, or that somebody forgot, must not shut everybody out. Above the limit
# waitress takes no more until one has gone; it counts every file that it has open.
CONNECTIONS = 400
IDLE = 30  # seconds until a connection that says nothing is closed; answers that take longer are not


def make_application(course: Path, state_dir: Path):
    """The WSGI application for tests; see `application.make_application`."""
    check_installed()
    return application.make_application(Path(course), Path(state_dir))


def serve(
    course: Path,
    *,
    port: int,
    state_dir: Path,
    host: str = "127.0.0.1",
    open_course_name: str | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Show the course in the folder `course` until Ctrl-C. Raises `PreviewError` when that cannot be.

    `open_course_name` is what to call the course in messages (the archive that the folder was unpacked from).
    """
    check_installed()
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise PreviewError("The preview serves this machine only: everybody who reaches it may do everything. Use 127.0.0.1.")
    listening = _listen(host, port)
    try:
        state_dir = Path(state_dir)
        try:
            state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise PreviewError(f"The folder {state_dir} for progress cannot be made: {error.strerror}.") from error
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # six browser requests at once are no news
        logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        say(f"Reading the course {open_course_name or course} ...")
        app = make_application(course, state_dir)
        tree = app.course.tree()
        blocks = len(tree.blocks)
        say(f"“{plain(tree.title)}” ({tree.course_key}): {sum(1 for _ in tree.units())} units, {blocks} blocks.")
        for warning in tree.warnings:
            say(f"Note: {warning}")
        server = make_server(app, listening)
        say(f"The preview is at http://{host}:{listening.getsockname()[1]}/ (Ctrl-C stops it). Progress is kept in {state_dir}.")
        try:
            server.run()
        except KeyboardInterrupt:
            pass
        finally:
            server.close()
    finally:
        listening.close()


def make_server(app, listening: socket.socket):
    """The server of `app` at a bound socket, ready to run."""
    from waitress.server import create_server

    return create_server(
        app,
        sockets=[listening],
        threads=6,
        ident="preview",
        clear_untrusted_proxy_headers=True,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE,
        cleanup_interval=min(10, IDLE),
        asyncore_use_poll=hasattr(select, "poll"),  # where there is one: `select` stops at 1024 open files
    )


def check_installed() -> None:
    """`PreviewError` when the preview's extra is not installed."""
    missing = [name for name in NEEDED if not _found(name)]
    if missing:
        raise PreviewError(
            f"The preview needs packages that are not installed ({', '.join(missing)}). Run: pip install 'dti-xblocks[preview]'"
        )
    if not compat.has_platform_blocks():
        raise PreviewError(
            f"The preview shows the platform's own blocks, which need XBlock 6.1 or newer; {version('XBlock')} is installed. "
            "Our blocks work with it in Open edX, the preview does not. Run: pip install 'XBlock>=6.1'"
        )


def _found(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket: taken before anything slow is done, so that a busy port is told at once."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise PreviewError(
                f"Port {port} is in use by another program, perhaps a preview that is still open. "
                "Stop it, or choose another port with --port."
            ) from error
        if getattr(error, "errno", None) == errno.EACCES:
            raise PreviewError(
                f"Port {port} may be used by the administrator only. Choose one above 1023 with --port."
            ) from error
        raise PreviewError(f"The preview cannot listen on {host} port {port}: {error}. Choose another with --port.") from error
    return listening
