"""`dti-course report` and `dti-course accreditation`: documents about a course."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from ...pdf import PdfUnavailableError
from ..accreditation import UnknownProfileError, packet, profile, profiles
from ..identity import identity
from ..olx import read
from ..paths.command import opened
from ..report import report
from ..standalone import configure_django
from .markdown import as_markdown
from .pdf import as_pdf
from .word import WordUnavailableError, as_docx

FORMATS = ("pdf", "docx")


def add_report_arguments(command: argparse.ArgumentParser) -> None:
    """The options of `report`, beside the course."""
    command.add_argument("--into", type=Path, metavar="FILE", help="write the report into this file (default: print it)")


def report_command(options: argparse.Namespace) -> int:
    """Write what is in a course, in figures: minutes, reading level, objectives, activities, questions, attacks, authorities."""
    configure_django()
    with opened(options) as (root, keeps):
        text = as_markdown(report(read(root, keeps)))
    if options.into is None:
        print(text, end="")
        return 0
    try:
        options.into.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"dti-course: The report cannot be written into {options.into}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


def add_accreditation_arguments(command: argparse.ArgumentParser) -> None:
    """The options of `accreditation`, beside the course."""
    command.add_argument("--profile", default="general", metavar="NAME", help="the body it is for (default: general)")
    command.add_argument("--list", action="store_true", help="list the bodies, and how far their rules are known here")
    command.add_argument("--into", type=Path, default=Path("dist"), metavar="FOLDER", help="folder for the files (default: dist)")
    command.add_argument("--only", choices=FORMATS, help="one of the two files alone")
    command.add_argument(
        "--on", type=date.fromisoformat, default=datetime.now(tz=UTC).date(), help="revision date, YYYY-MM-DD (default: today)"
    )


def accreditation_command(options: argparse.Namespace) -> int:
    """Write the packet that a standards board asks for, as PDF and DOCX, from the course's own files."""
    configure_django()
    if options.list:
        for one in profiles():
            print(f"{one.name:<12} {one.body}: {one.known}")
        return 0
    writers = {"pdf": as_pdf, "docx": as_docx}
    try:
        chosen = profile(options.profile)
        with opened(options) as (root, keeps):
            course = read(root, keeps)
            document = packet(course, chosen, options.on)
            slug = identity(root).slug
            options.into.mkdir(parents=True, exist_ok=True)
            for form in [options.only] if options.only else FORMATS:
                path = options.into / f"{slug}-accreditation-{chosen.name}.{form}"
                path.write_bytes(writers[form](document))
                print(path)
    except UnknownProfileError as error:
        print(f"dti-course: {error}", file=sys.stderr)
        return 2
    except (PdfUnavailableError, WordUnavailableError) as error:
        print(f"dti-course: {error} The other file is made with --only.", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"dti-course: The packet cannot be written into {options.into}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0
