"""`manage.py lms|cms dti_setup --course KEY`: what an archive cannot carry, so that a course earns certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ....platform import course_setup
from ....platform.course_setup import HONOR, NoPlatformError, NoSuchCourseError
from ..doctor.cheap import TYPES

EARNING = (HONOR, "verified", "professional", "no-id-professional")


class Command(BaseCommand):
    """In the LMS: the mode and the certificates. In Studio: the menu. Run again, it changes nothing more."""

    help = (
        "Give a course a mode that earns certificates, let certificates come by themselves, and offer the blocks to its authors."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--course", required=True, metavar="KEY", help="for example course-v1:DTI+DTI101+v1")
        parser.add_argument("--mode", default=HONOR, choices=EARNING, help="the mode (default: %(default)s)")
        parser.add_argument(
            "--move-auditors", action="store_true", help="move everybody who audits the course into the mode, for good"
        )
        parser.add_argument(
            "--menu", action="store_true", help="in Studio: only put the blocks into the Advanced menu of the course"
        )

    def handle(self, *args: object, course: str, mode: str, move_auditors: bool, menu: bool, **options: Any) -> None:
        act: Callable[[], None] = (lambda: self._menu(course)) if menu else (lambda: self._lms(course, mode, move_auditors))
        try:
            act()
        except NoSuchCourseError as error:
            raise CommandError(f"{error} Import it first, or correct the key.") from error
        except NoPlatformError as error:
            raise CommandError("There is no Open edX around this command: run it with the platform's own manage.py.") from error

    def _lms(self, course: str, mode: str, move: bool) -> None:
        key = course_setup.course_key(course)
        faults = course_setup.certificate_faults(key)  # also finds out whether there is such a course
        new = course_setup.add_mode(key, mode)
        self.stdout.write(f"{course}: {'now has' if new else 'has'} the mode {mode}.")
        if not course_setup.modes(key).get(mode):
            raise CommandError(f"This site gives no certificates in the mode {mode}. Choose another with --mode.")
        switched = course_setup.let_certificates_come()
        self.stdout.write(f"Certificates {'now ' if switched else ''}come by themselves when somebody passes, on the whole site.")
        if move:
            self.stdout.write(f"Moved from audit to {mode}: {course_setup.move(key, mode)}.")
        elif auditing := course_setup.in_mode(key):
            self.stdout.write(f"{auditing} people audit the course and earn no certificate: --move-auditors moves them.")
        for fault in faults:
            self.stdout.write(self.style.WARNING(f"Still to do: {fault}"))

    def _menu(self, course: str) -> None:
        new = course_setup.offer(course_setup.course_key(course), list(TYPES))
        self.stdout.write(f"{course}: " + (f"authors now find {', '.join(new)} under Advanced." if new else "nothing to add."))
