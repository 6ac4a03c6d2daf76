"""`dti-course`: validate, build or preview an OLX course, and write briefs into its lessons."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from pathlib import Path

from .. import __version__
from ..content import ERROR
from .build import build
from .identity import Identity, from_key, identity
from .source import CourseUnreadableError, open_course, shipped_course


def main(arguments: list[str] | None = None) -> int:
    """Run the tool. Returns the exit code: 0 sound, 1 the course has errors, 2 the command could not be carried out."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # file names may hold anything
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was unpacked is removed
    try:
        return options.run(options)
    except CourseUnreadableError as error:
        print(f"dti-course: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def validate_command(options) -> int:
    """List every problem of the course: code, file, line, sentence."""
    with open_course(options.path) as root:
        problems = problems_of(root)
    for problem in problems:
        place = f"{problem.where}:{problem.line}" if problem.line else problem.where
        print(f"{problem.severity} {problem.code} {place}: {problem.message}")
    errors = sum(problem.severity == ERROR for problem in problems)
    print(f"{options.path}: {errors} errors, {len(problems) - errors} warnings")
    return 1 if errors else 0


def problems_of(root: Path) -> list:
    """The problems of the course in `root`, errors first, each once, in the order of files and lines."""
    _configure_django()
    from .olx import read
    from .rules import check

    found = set(check(read(root)))
    return sorted(
        found, key=lambda problem: (problem.severity != ERROR, problem.where, problem.line, problem.code, problem.message)
    )


def build_command(options) -> int:
    """Write the archive that Studio imports; a course with errors is not built."""
    with open_course(options.path) as root:
        errors = [problem for problem in problems_of(root) if problem.severity == ERROR]
        if errors:
            print(
                f"dti-course: the course has {len(errors)} errors, so nothing was built. See: dti-course validate",
                file=sys.stderr,
            )
            return 1
        course = identity(root)
        key = from_key(options.key, course) if options.key else None
        try:
            archive = build(root, options.into, course, key)
        except OSError as error:
            print(f"dti-course: The archive cannot be written into {options.into}: {error.strerror}.", file=sys.stderr)
            return 2
    print(archive)  # the one line for programs
    print(_next_steps(archive, key or course), file=sys.stderr)
    return 0


def _next_steps(archive: Path, course: Identity) -> str:
    """What an operator does with an archive, which cannot carry everything that a course needs."""
    steps = [
        f"In Studio create a course with the key {course.key} (or any other), open Tools, Import, and choose {archive.name}.",
        f"On the server: ./manage.py lms dti_setup --course {course.key}",
        "In Studio, under Settings, Certificates: name your signatory. Under Schedule & Details: look at start and end.",
    ]
    if course.is_shipped:
        steps[0] += f" With Tutor and our plugin, instead: tutor local do dti-import --course {course.key}"
        steps[1] += f" (with Tutor: tutor local do dti-setup --course {course.key}), so that learners earn certificates"
    lines = [f"  {number}. {step}" for number, step in enumerate(steps, start=1)]
    return "\n".join([f"{course.title or course.key}. What to do next:", *lines])


def preview_command(options) -> int:
    """Show the course in a browser; blocks until interrupted."""
    try:
        from .preview.errors import PreviewError
        from .preview.serve import serve
    except ImportError as error:
        print(f"dti-course: the preview needs more packages ({error.name}). Install dti-xblocks[preview].", file=sys.stderr)
        return 2
    try:
        with open_course(options.path) as root:
            serve(root, port=options.port, state_dir=options.state)
    except PreviewError as error:
        print(f"dti-course: {error}", file=sys.stderr)
        return 2
    return 0


def briefs_command(options) -> int:
    """Write the library's twenty-second briefs into the lessons of a course folder, below the links to authorities."""
    from ..case_law.library import library
    from .briefs import write_briefs

    if not options.path.is_dir():
        print(f"dti-course: {options.path} is no folder. Unpack the archive first.", file=sys.stderr)
        return 2
    try:
        for name in write_briefs(options.path, library()):
            print(f"html/{name}")
    except (OSError, UnicodeDecodeError) as error:
        print(f"dti-course: A lesson cannot be read or written: {error}", file=sys.stderr)
        return 2
    return 0


def _configure_django() -> None:
    """Our block classes import Django models; checking attributes against their fields needs no database."""
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(INSTALLED_APPS=["dti_xblocks.records"], USE_TZ=True)
        django.setup()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dti-course", description="Check, pack and show an OLX course.")
    parser.add_argument("--version", action="version", version=f"dti-course {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    runs = {"validate": validate_command, "build": build_command, "preview": preview_command, "briefs": briefs_command}
    for name, run in runs.items():
        command = commands.add_parser(name, help=(run.__doc__ or "").split("\n")[0], description=run.__doc__)
        command.set_defaults(run=run)
        command.add_argument(
            "path", type=Path, nargs="?", default=shipped_course(), help="a course folder or .tar.gz (default: Duty to Intervene)"
        )
        if name == "build":
            command.add_argument("--into", type=Path, default=Path("dist"), help="folder for the archive (default: dist)")
            command.add_argument("--key", default="", help="give the course another key (course-v1:ORG+NUMBER+RUN)")
        if name == "preview":
            command.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (default: 8000)")
            command.add_argument("--state", type=Path, default=_state_folder(), help="folder for learners' progress")
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("the port is a number from 1 to 65535")
    return int(text)


def _state_folder() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(base) / "dti-course"
