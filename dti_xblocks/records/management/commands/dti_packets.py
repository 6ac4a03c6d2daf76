"""`manage.py dti_packets [--purge] [--make]`: the case-law packets of this site."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandParser

from ....platform import clock
from ... import tasks
from ...case_law import packets


class Command(BaseCommand):
    """Count packets; remove those that have expired, and make those that are waiting."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--purge", action="store_true", help="remove what is old: personal files, failed ones, unasked ones")
        parser.add_argument("--make", action="store_true", help="make here what is waiting (a site without Celery workers)")

    def handle(self, *args: object, purge: bool, make: bool, **options: object) -> None:
        if purge:
            self.stdout.write(f"Removed {packets.purge(clock.now())} packets.")
        if make:
            waiting = packets.JOBS.waiting(clock.now())
            for number in waiting:
                tasks.make_packet(number)
            self.stdout.write(f"Made what was waiting: {len(waiting)}.")
        for state, counts in sorted(packets.summary().items()):
            shared, personal, size = counts["shared"], counts["personal"], counts["bytes"]
            self.stdout.write(f"{state}: {shared} shared, {personal} personal, {size / 1024**2:.1f} MB")
