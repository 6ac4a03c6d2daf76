"""Django is configured once, as the preview configures it: the tests run on the runtime that people use."""

import tempfile
from pathlib import Path

from dti_xblocks.course.preview.settings import configure

STATE = Path(tempfile.mkdtemp(prefix="dti-tests-"))


def pytest_configure(config):
    configure(STATE)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
