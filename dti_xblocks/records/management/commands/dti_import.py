"""`manage.py cms dti_import [--course KEY] [--language CODE] [--again]`: the course that ships with this package, into Studio."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ....platform import course_setup
from ....platform.course_setup import NoPlatformError, NoSuchCourseError

SHIPPED = "course-v1:DTI+DTI101+v1"
SHIPPED_IN = {"": SHIPPED, "es-419": f"{SHIPPED}-es"}  # by language; translations/languages.toml has them
NEXT = """
What to do now:
1. tutor local do dti-setup --course {key}
   (without Tutor: ./manage.py lms dti_setup --course {key}): learners earn certificates.
2. In Studio, under Settings, Certificates: put the name and title of your signatory in the place of the placeholder.
3. Look at the start and end of the course in Studio, under Settings, Schedule & Details."""


class Command(BaseCommand):
    """Nothing is imported over a course that is there, unless --again says so."""

    help = "Import the course that ships with this package. Run it in Studio: ./manage.py cms dti_import"

    def add_arguments(self, parser: CommandParser) -> None:
        what = f"the key to import under (default: {SHIPPED}, in another language with that behind it, as {SHIPPED_IN['es-419']})"
        parser.add_argument("--course", default="", metavar="KEY", help=what)
        parser.add_argument("--language", default="", choices=SHIPPED_IN, help="another language than English")
        parser.add_argument(
            "--again",
            action="store_true",
            help="import over a course that is there: what authors changed in it is lost, what learners did stays",
        )

    def handle(self, *args: object, course: str, language: str, again: bool, **options: Any) -> None:
        course = course or SHIPPED_IN[language]
        try:
            key = course_setup.course_key(course)
            there = course_setup.is_there(key)
        except NoSuchCourseError as error:
            raise CommandError(str(error)) from error
        except NoPlatformError as error:
            raise CommandError("There is no Studio around this command. Run it as ./manage.py cms dti_import.") from error
        if there and not again:
            raise CommandError(
                f"{course} is there already, and nothing was changed. --again imports over it: what authors changed in it since "
                "is lost; what learners did stays. --course KEY imports under another key."
            )
        with TemporaryDirectory(prefix="dti-import-") as folder:
            archive = _built(Path(folder), course, course_setup.banks(), language)
            with tarfile.open(archive) as tar:
                tar.extraction_filter = getattr(tarfile, "data_filter", None)  # early releases of Python 3.11 have none
                tar.extractall(folder)  # noqa: S202 - our own, made a moment ago
            call_command("import", folder, "course")
        if not course_setup.is_there(key):
            raise CommandError("The platform's import ended without a course: its messages above say why.")
        self.stdout.write(f"Imported {archive.name} as {course}.")
        self.stdout.write(NEXT.format(key=course))


def _built(folder: Path, course: str, banks: str, language: str) -> Path:
    """The archive, made by the tool for authors in a process of its own: it has settings of its own."""
    command = [sys.executable, "-m", "dti_xblocks.course", "build", "--into", str(folder), "--key", course, "--banks", banks]
    command += ["--language", language] if language else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    archives = sorted(folder.glob("*.tar.gz"))
    if done.returncode or len(archives) != 1:
        raise CommandError(f"The archive could not be built: {done.stderr.strip() or done.stdout.strip()}")
    return archives[0]
