"""`manage.py verify_pledges [COURSE_KEY] [--complete] [--no-files] [--expect …]` checks that pledges are as they were signed."""

from __future__ import annotations

import re
import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ....seals.keys import Keyring
from ....seals.site import SiteKeys, site_keys
from ... import models
from ...access import RecordsUnavailableError
from ...pledge import chain as pledge_chain
from ...pledge.check import check, courses
from ...pledge.check_report import Head, Report

SECONDS_BETWEEN = 2  # two signs of progress


class Command(BaseCommand):
    """Check the chain of one course, or of all. The exit code is 1 when something is wrong."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("course_key", nargs="?", help="the course, for example course-v1:DTI+DTI101+2026 (default: all)")
        parser.add_argument("--complete", action="store_true", help="first link and sign what waits for it")
        parser.add_argument(
            "--no-files", action="store_true", help="do not check the kept PDF files, which takes most of the time"
        )
        parser.add_argument(
            "--expect",
            metavar="POSITION:DIGEST",
            help="what an earlier check of this course printed as its end: the chain has to be the same up to there",
        )

    def handle(
        self, *args: object, course_key: str | None, complete: bool, no_files: bool, expect: str | None, **options: object
    ) -> None:
        expected = _read(expect) if expect else None
        if expected and course_key is None:
            raise CommandError("--expect belongs to one course: name it.")
        keys = site_keys()
        if keys.fault:
            self._warn(f"The keys cannot be used: {keys.fault}")
        elif not keys.ring.public:
            self._warn("settings.DTI_PLEDGE_KEYS names no keys: signatures of the chain cannot be checked.")
        try:
            chains = [course_key] if course_key is not None else courses()
            if complete:
                self._complete(chains, keys)
            reports = [self._check(chain, keys.checking, expected, not no_files) for chain in chains]
        except RecordsUnavailableError as error:
            raise CommandError(f"The records cannot be read: {error}") from error
        if course_key is not None and not reports[0].links + reports[0].pending and reports[0].sound:
            raise CommandError(f"Nothing is on record for {course_key}.")
        if not reports:
            self.stdout.write("No pledges are on record.")
        bad = [report for report in reports if not report.sound]
        if bad:
            raise CommandError(f"FAULTS in {len(bad)} of {len(reports)} chains. Nothing was changed.")

    def _complete(self, chains: list[str], keys: SiteKeys) -> None:
        for chain in chains:
            try:
                linked, signed = pledge_chain.complete(chain, keys.ring)
            except RecordsUnavailableError as error:  # its end is not where its head says: the check tells more
                self._warn(f"{_named(chain)} could not be completed: {error}")
                continue
            self.stdout.write(f"{_named(chain)}: linked {linked}, signed {signed}.")
        if keys.missing:
            self._warn("There is no private key: links were made, but not signed.")

    def _check(self, chain: str, ring: Keyring, expected: Head | None, files: bool) -> Report:
        told = time.monotonic()

        def progress(done: int, total: int) -> None:
            nonlocal told
            if done == total or time.monotonic() - told >= SECONDS_BETWEEN:
                told = time.monotonic()
                self.stderr.write(f"{_named(chain)}: {done} of {total} links", self.style.NOTICE)

        report = check(chain, ring, progress, expected, files)
        self._tell(report)
        return report

    def _tell(self, report: Report) -> None:
        out = self.stdout.write
        out(f"{_named(report.chain)}: {report.links} links, {report.pledges} signed pledges, {report.events} events.")
        for key, links in sorted(report.keys.items()):
            out(f"  {links} links signed by key {key}")
        if report.files:
            out(f"  {report.files} kept PDF files were checked.")
        if report.files_in_part:
            out(f"  {report.files_in_part} PDF signatures were not checked: pyHanko is not installed (extra “sign”).")
        if report.unsigned:
            out(f"  {report.unsigned} links are not signed yet.")
        if report.pending:
            out(f"  {report.pending} records wait for their link. --complete makes it.")
        if report.erased:
            out(f"  {report.erased} records were erased by retention or retirement; their hashes are in the chain.")
        for finding in report.findings:
            table = getattr(models, finding.table)._meta.db_table
            out(self.style.ERROR(f"  FAULT: {finding} [{table}]"))
        if report.faults > len(report.findings):
            out(self.style.ERROR(f"  and {report.faults - len(report.findings)} more faults."))
        out("  sound" if report.sound else self.style.ERROR(f"  {report.faults} faults"))
        out(f"  ends at {report.head}")

    def _warn(self, text: str) -> None:
        self.stderr.write(text, self.style.WARNING)


def _named(chain: str) -> str:
    return chain or "(records without a course)"


def _read(text: str) -> Head:
    match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip().lower())
    if match is None:
        raise CommandError("--expect takes a position and a digest, as a check prints them: 120:9f86d0…")
    return Head(int(match[1]), match[2])
