"""`manage.py lms dti_pledge_reminders [--days 30] [--dry-run]`: e-mail those whose signed pledge runs out soon, each once.

Run it once a day by cron. An e-mail goes out by Django's mail settings, as the other messages of the site.
"""

from __future__ import annotations

from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from ....pages.pledge import renewal
from ....platform import clock
from ....platform.institution import institution
from ....platform.site import block_address
from ...access import RecordsUnavailableError
from ...pledge import reminders

MOST_DAYS = 365
FAULTS_IN_A_ROW = 5  # then the mail server is down, and nobody else need wait for it


class Command(BaseCommand):
    """Tell people in time that they have to sign again."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=30, help=f"how many days before it runs out (1 to {MOST_DAYS}; 30)")
        parser.add_argument("--dry-run", action="store_true", help="only say how many it would be")

    def handle(self, *args: object, days: int, dry_run: bool, **options: object) -> None:
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days: a number of days from 1 to {MOST_DAYS}, not {days}.")
        if not block_address("", ""):
            raise CommandError("Set LMS_ROOT_URL: the e-mail links to the pledge.")
        try:
            sent, failed = self._run(days, dry_run)
        except RecordsUnavailableError as error:
            raise CommandError(f"The records cannot be reached: {error}") from error
        self.stdout.write(f"Reminders {'to send' if dry_run else 'sent'}: {sent}.")
        if failed:
            raise CommandError(f"Not sent: {failed}. They are tried again when this command runs the next time.")

    def _run(self, days: int, dry_run: bool) -> tuple[int, int]:
        now, sent, failed, in_a_row = clock.now().replace(microsecond=0), 0, 0, 0
        for one in reminders.due(now, days):
            if dry_run:
                sent += 1
                continue
            try:
                sent += reminders.remind(one, now, _send)
                in_a_row = 0
            except (OSError, SMTPException) as error:
                failed, in_a_row = failed + 1, in_a_row + 1
                self.stderr.write(f"Signature {one.pledge}: {type(error).__name__}: the e-mail could not be sent")
                if in_a_row == FAULTS_IN_A_ROW:
                    raise CommandError(
                        f"{in_a_row} e-mails in a row could not be sent, {sent} were: look at EMAIL_HOST. The rest waits."
                    ) from error
        return sent, failed


def _send(one: reminders.Due) -> None:
    address = block_address(one.course_key, one.usage_key)
    with translation.override(one.language or None):
        title, text = renewal.message(one.name, one.label, one.ends, address, institution().name)
    EmailMessage(title, text, to=[one.email]).send()
