"""Extract or compile the message catalogues: scripts/translations.py extract|compile. Needs GNU gettext."""

import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

PACKAGE = Path(__file__).resolve().parent.parent / "dti_xblocks"
LOCALE = PACKAGE / "records/locale"

settings.configure(LOCALE_PATHS=[str(LOCALE)], USE_I18N=True)
django.setup()
if sys.argv[1:] == ["extract"]:
    os.chdir(PACKAGE)
    ignored = ["course/rules/*", "course/export/*", "web/*"]  # the course tool speaks English
    call_command("makemessages", locale=["en"], no_location=True, no_wrap=True, ignore_patterns=ignored)
elif sys.argv[1:] == ["compile"]:
    os.chdir(LOCALE)
    call_command("compilemessages")
else:
    sys.exit(__doc__)
