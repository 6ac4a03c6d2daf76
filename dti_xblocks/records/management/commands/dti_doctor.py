"""`manage.py dti_doctor [--course KEY] [--json]`: is this installation fit to run, and if not, what to do."""

from __future__ import annotations

import functools
import json
from collections import Counter
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandParser

from .... import __version__
from ...access import RecordsUnavailableError
from ...pledge.check import courses
from ..doctor import cheap, data, site, versions, work
from ..doctor.finding import ABSENT, NOTE, OK, STATES, WRONG, Check, Finding

MARKS = {OK: "ok    ", NOTE: "note  ", WRONG: "WRONG ", ABSENT: "absent"}


class Command(BaseCommand):
    """Each line says what is so; what is not as it should be has a second line that says how to mend it."""

    help = "Check this installation. The exit code is 1 when something is wrong."
    requires_system_checks: ClassVar[list[str]] = []  # what they would stop at is what this tells about

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--course", action="append", default=[], metavar="KEY", help="look at this course, too (default: those with pledges)"
        )
        parser.add_argument("--json", action="store_true", help="for programs")
        parser.add_argument(
            "--wait",
            type=float,
            default=work.SECONDS,
            metavar="SECONDS",
            help="how long a worker may take (default: %(default)s)",
        )

    def handle(self, *args: object, course: list[str], wait: float, **options: Any) -> None:
        found = [finding for check in checks(course, wait) for finding in check()]
        if options["json"]:
            self.stdout.write(json.dumps(report(found), indent=2, ensure_ascii=False))
        else:
            self._tell(found)
        if any(one.state == WRONG for one in found):
            raise SystemExit(1)

    def _tell(self, found: list[Finding]) -> None:
        style = {OK: self.style.SUCCESS, NOTE: self.style.WARNING, WRONG: self.style.ERROR, ABSENT: str}
        for one in found:
            self.stdout.write(f"{style[one.state](MARKS[one.state])} {one.check}: {one.says}")
            if one.mend:
                self.stdout.write(f"         -> {one.mend}")
        counts = Counter(one.state for one in found)
        self.stdout.write(f"dti-xblocks {__version__}: " + ", ".join(f"{counts[state]} {state}" for state in STATES))


def checks(of_courses: list[str], wait: float) -> list[Check]:
    """Every check, in the order in which one would mend things."""
    return [
        versions.versions,
        cheap.our_settings,
        site.blocks,
        data.tables,
        cheap.key_files,
        data.seals,
        data.chain,
        data.storage,
        work.engine,
        work.fonts,
        cheap.broker,
        functools.partial(work.worker, wait),
        cheap.tracking_log,
        cheap.libraries,
        cheap.translations,
        site.released_languages,
        site.certificates,
        functools.partial(site.of_courses, of_courses or _with_pledges()),
    ]


def report(found: list[Finding]) -> dict[str, Any]:
    """The same for programs."""
    lines = [{"check": one.check, "state": one.state, "says": one.says, "mend": one.mend} for one in found]
    return {"version": __version__, "healthy": not any(one.state == WRONG for one in found), "findings": lines}


def _with_pledges() -> list[str]:
    try:
        return [key for key in courses() if key]
    except RecordsUnavailableError:
        return []  # the line about tables says why
