"""`manage.py dti_pledge_retention [--dry-run]`: erase signed pledges kept for settings.DTI_PLEDGE_RETENTION_DAYS."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ....platform import clock, conf
from ...access import RecordsUnavailableError
from ...pledge import chain as pledge_chain
from ...pledge import retention

EVERY = 1000  # signatures between two lines about progress


class Command(BaseCommand):
    """Erase what old signatures say. Their hashes stay in the chain, with an event for each that says so."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say how many it would be in which course")

    def handle(self, *args: object, dry_run: bool, **options: object) -> None:
        try:
            self._run(dry_run)
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        except RecordsUnavailableError as error:
            raise CommandError(f"The records cannot be reached: {error}") from error

    def _run(self, dry_run: bool) -> None:
        days, now = conf.retention_days(), clock.now().replace(microsecond=0)
        if not days:
            self.stdout.write("settings.DTI_PLEDGE_RETENTION_DAYS is 0 or not set: signed pledges are kept for good.")
            return
        courses: Counter[str] = Counter()
        for pledge_id, course_key in retention.overdue(now, days):
            if dry_run or retention.erase_pledge(pledge_id, now, retention.RETENTION):
                courses[course_key] += 1
            if courses.total() and courses.total() % EVERY == 0:
                self.stderr.write(f"{courses.total()} so far …")
        for course_key, count in sorted(courses.items()):
            self.stdout.write(f"{course_key}: {count}")
        done = "would be erased" if dry_run else "erased"
        self.stdout.write(f"Signed pledges kept for more than {days} days {done}: {courses.total()}.")
        if waiting := {} if dry_run else {chain for chain in courses if pledge_chain.state(chain)["pending"]}:
            self.stderr.write(f"Not linked yet (run verify_pledges --complete): {', '.join(sorted(waiting))}")
