"""The message catalogues: scripts/translations.py extract|compile|missing|pseudo FOLDER.

extract   brings the English catalogue up to date (needs GNU gettext), and every translation with it: what is new has none yet
compile   writes the .mo file of every translation
missing   lists what has no translation
pseudo    writes a catalogue of the language en-xa below FOLDER, in which nothing is English: for tests
"""

import os
import sys
from pathlib import Path
from typing import ClassVar

import django
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import catalogue

PACKAGE = catalogue.LOCALE.parent.parent


class Collect(makemessages.Command):
    """Django's collector, which also knows how the rules for authors mark their sentences (dti_xblocks/content/sentences.py)."""

    xgettext_options: ClassVar = [*makemessages.Command.xgettext_options, "--keyword=sentence", "--keyword=pattern"]


def extract() -> None:
    """Bring all catalogues up to date with the code."""
    settings.configure(LOCALE_PATHS=[str(catalogue.LOCALE)], USE_I18N=True)
    django.setup()
    os.chdir(PACKAGE)
    ignored = ["course/rules/*", "course/export/*", "web/*"]  # the course tool speaks English
    call_command(Collect(), locale=[catalogue.SOURCE], no_location=True, no_wrap=True, ignore_patterns=ignored)
    source = catalogue.read(catalogue.path_of(catalogue.SOURCE))
    for language in catalogue.languages():
        path = catalogue.path_of(language)
        messages = catalogue.merged(source, catalogue.read(path))
        path.write_text(catalogue.written(catalogue.header(path), messages), encoding="utf-8")
    missing()


def compile_all() -> None:
    """Write the .mo files."""
    for language in catalogue.languages():
        path = catalogue.path_of(language)
        path.with_suffix(".mo").write_bytes(catalogue.compiled(catalogue.read(path)))


def missing() -> None:
    """Print what has no translation."""
    for language in catalogue.languages():
        for one in catalogue.read(catalogue.path_of(language)):
            if not one.translated:
                print(f"{language}: {one.text}")


def pseudo(folder: Path) -> None:
    """Write the catalogue in which nothing is English."""
    path = folder / catalogue.PSEUDO / "LC_MESSAGES/django.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(catalogue.compiled(catalogue.pseudo_messages(catalogue.read(catalogue.path_of(catalogue.SOURCE)))))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["extract"]:
            extract()
        case ["compile"]:
            compile_all()
        case ["missing"]:
            missing()
        case ["pseudo", folder]:
            pseudo(Path(folder))
        case _:
            sys.exit(__doc__)
