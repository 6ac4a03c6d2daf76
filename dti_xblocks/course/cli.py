"""`dti-course`: validate, build or preview an OLX course, attack its tests, count its minutes, write into it."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from .. import __version__
from ..content import ERROR
from .banks import AS_WRITTEN, FORMS
from .build import build
from .difference import command as difference
from .documents import command as documents
from .films import command as films
from .films import delivery
from .identity import from_key, identity
from .languages import command as translations
from .languages import opening as languages
from .languages.opening import opened
from .media import command as media
from .next_steps import next_steps
from .outline import Outline
from .paths import command as paths
from .source import CourseUnreadableError, shipped_course
from .standalone import configure_django


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
    with opened(options) as (root, keeps):
        problems = problems_of(root, keeps)
    for problem in problems:
        place = f"{problem.where}:{problem.line}" if problem.line else problem.where
        print(f"{problem.severity} {problem.code} {place}: {problem.message}")
    errors = sum(problem.severity == ERROR for problem in problems)
    print(f"{options.path}: {errors} errors, {len(problems) - errors} warnings")
    return 1 if errors else 0


def problems_of(root: Path, keeps: Outline | None = None) -> list:
    """The problems of the course in `root`, errors first, each once, in the order of files and lines."""
    configure_django()
    from .olx import read
    from .rules import check

    found = set(check(read(root, keeps)))
    return sorted(
        found, key=lambda problem: (problem.severity != ERROR, problem.where, problem.line, problem.code, problem.message)
    )


def build_command(options) -> int:
    """Write the archive that Studio imports; a course with errors is not built."""
    with opened(options) as (root, keeps):
        errors = [problem for problem in problems_of(root, keeps) if problem.severity == ERROR]
        if errors:
            print(
                f"dti-course: the course has {len(errors)} errors, so nothing was built. See: dti-course validate",
                file=sys.stderr,
            )
            return 1
        course = identity(root)
        key = from_key(options.key, course) if options.key else None
        try:
            without, instead = delivery.delivered(root, delivery.chosen(options))
            archive = build(root, options.into, course, key, options.banks, without, instead)
        except OSError as error:
            print(f"dti-course: The archive cannot be written into {options.into}: {error.strerror}.", file=sys.stderr)
            return 2
    print(archive)  # the one line for programs
    print(next_steps(archive, key or course, not options.route, options.language), file=sys.stderr)
    return 0


def preview_command(options) -> int:
    """Show the course in a browser; blocks until interrupted."""
    try:
        from .preview.errors import PreviewError
        from .preview.serve import serve
    except ImportError as error:
        print(f"dti-course: the preview needs more packages ({error.name}). Install dti-xblocks[preview].", file=sys.stderr)
        return 2
    try:
        with opened(options) as (root, _keeps):
            delivery.put(root, options.language)
            serve(root, port=options.port, state_dir=options.state)
    except PreviewError as error:
        print(f"dti-course: {error}", file=sys.stderr)
        return 2
    return 0


def items_command(options) -> int:
    """List the questions that count, and attack them and the scenarios by form alone."""
    return _report(options, "items")


def minutes_command(options) -> int:
    """Count how long each item of the course takes, against its outline."""
    return _report(options, "minutes")


def _report(options, name: str) -> int:
    configure_django()
    from . import minutes
    from .items import report
    from .olx import read

    with opened(options) as (root, keeps):
        for line in {"items": report.lines, "minutes": minutes.lines}[name](read(root, keeps)):
            print(line)
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


def media_command(options) -> int:
    """Build the pictures of a course folder from the scene files beside it, and check them."""
    return media.run(options)


def papers_command(options) -> int:
    """Write the field guide, the wallet card and the handout page into a course folder, from one text."""
    configure_django()
    from ..pdf import PdfUnavailableError
    from .papers import guide, write_papers

    if not options.path.is_dir():
        print(f"dti-course: {options.path} is no folder. Unpack the archive first.", file=sys.stderr)
        return 2
    try:
        for name in write_papers(options.path, guide()):
            print(name)
    except (OSError, PdfUnavailableError) as error:
        print(f"dti-course: A paper cannot be written: {error}", file=sys.stderr)
        return 2
    return 0


def graphics_command(options) -> int:
    """Write the information graphics into the pages of a course folder that name them, from one text."""
    from .graphics import GraphicsError, graphics, write_graphics

    if not options.path.is_dir():
        print(f"dti-course: {options.path} is no folder. Unpack the archive first.", file=sys.stderr)
        return 2
    try:
        for name in write_graphics(options.path, graphics(options.words) if options.words else graphics()):
            print(f"html/{name}")
    except (OSError, UnicodeDecodeError, GraphicsError) as error:
        print(f"dti-course: A graphic cannot be written: {error}", file=sys.stderr)
        return 2
    return 0


def authorities_command(options) -> int:
    """List the library's entries with the month in which each was last checked; with --stale, only the old ones."""
    from ..case_law.library import library
    from .authorities import last_checked, stale, table

    rows = last_checked(library(), options.on)
    old = rows if options.stale is None else stale(rows, options.stale)
    if old:
        print(table(old))
    if options.stale is None:
        return 0
    print(f"{len(old)} of {len(rows)} were last checked more than {options.stale} days before {options.on}.", file=sys.stderr)
    return 1 if old else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dti-course", description="Check, pack and show an OLX course.")
    parser.add_argument("--version", action="version", version=f"dti-course {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    runs = {
        "validate": validate_command,
        "build": build_command,
        "preview": preview_command,
        "items": items_command,
        "minutes": minutes_command,
        "briefs": briefs_command,
        "graphics": graphics_command,
        "papers": papers_command,
        "media": media_command,
        "films": films.run,
        "report": documents.report_command,
        "accreditation": documents.accreditation_command,
    }
    more = {
        "media": media.add_arguments,
        "films": films.add_arguments,
        "report": documents.add_report_arguments,
        "accreditation": documents.add_accreditation_arguments,
    }
    for name, run in runs.items():
        command = commands.add_parser(name, help=(run.__doc__ or "").split("\n")[0], description=run.__doc__)
        command.set_defaults(run=run)
        command.add_argument(
            "path", type=Path, nargs="?", default=shipped_course(), help="a course folder or .tar.gz (default: Duty to Intervene)"
        )
        if name in ("validate", "build", "preview", "items", "minutes", "report", "accreditation"):
            paths.add_argument(command)
        if name in ("validate", "build", "preview", "items", "minutes"):
            languages.add_argument(command)
        if name == "build":
            command.add_argument("--into", type=Path, default=Path("dist"), help="folder for the archive (default: dist)")
            command.add_argument("--key", default="", help="give the course another key (course-v1:ORG+NUMBER+RUN)")
            command.add_argument(
                "--banks",
                choices=FORMS,
                default=AS_WRITTEN,
                help="how questions are drawn: itembank (Verawood and later), library_content (Teak, Ulmo), plain (not drawn)",
            )
            delivery.add_arguments(command)
        if name in more:
            more[name](command)
        if name == "graphics":
            command.add_argument("--words", type=Path, help="another text than the course's: a translation of graphics.toml")
        if name == "preview":
            command.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (default: 8000)")
            command.add_argument("--state", type=Path, default=_state_folder(), help="folder for learners' progress")
    difference.add_command(commands)
    translations.add_command(commands)
    command = commands.add_parser(
        "authorities", help=(authorities_command.__doc__ or "").split("\n")[0], description=authorities_command.__doc__
    )
    command.set_defaults(run=authorities_command)
    command.add_argument("--stale", type=_days, metavar="DAYS", help="only those checked longer ago; exit code 1 if any is")
    command.add_argument(
        "--on", type=date.fromisoformat, default=datetime.now(tz=UTC).date(), help="count to this day (default: today)"
    )
    return parser


def _days(text: str) -> int:
    if not text.isdigit():
        raise argparse.ArgumentTypeError("DAYS is a whole number")
    return int(text)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("the port is a number from 1 to 65535")
    return int(text)


def _state_folder() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(base) / "dti-course"
