"""Signers in many processes, and processes that are killed while somebody signs. On SQLite here; `tests/databases.py` does the
same on PostgreSQL and MariaDB."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
MIGRATE = """
import json, sys
from tests.records.pledge.race_signers import configure
configure(json.loads(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""

MIGRATE_PREVIEW = """
import sys
from pathlib import Path
from dti_xblocks.course.preview.settings import configure
configure(Path(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


@pytest.fixture
def database(tmp_path):
    """A new database in a file, as Django's setting in JSON."""
    address = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "db.sqlite3"), "OPTIONS": {"timeout": 60}}
    run("-c", MIGRATE, json.dumps(address))
    return json.dumps(address)


def run(*arguments) -> str:
    """The last line that a program of ours printed. Fails with all that it said."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=HERE.parents[2], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("style", ["atomic", "plain"])
def test_a_process_that_is_killed_loses_halves_and_doubles_nothing(database, style):
    assert "nothing lost, halved or doubled" in run(HERE / "crash.py", database, style)


@pytest.mark.parametrize("style", ["atomic", "plain"])
def test_a_block_whose_process_is_killed_says_what_is_so_and_reports_the_grade(tmp_path, style):
    run("-c", MIGRATE_PREVIEW, tmp_path)
    assert "nothing lost, halved or doubled" in run(HERE / "block_crash.py", tmp_path, style)


def test_32_signers_in_processes_of_their_own_make_one_chain(database):
    assert "a sealed chain of 132" in run(HERE / "race_signers.py", database, 32, "plain")
