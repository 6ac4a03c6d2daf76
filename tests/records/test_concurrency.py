"""Many requests of one learner at the same moment leave one record of each thing, and all of them get good answers.

On SQLite here; `tests/databases.py` asks the same of PostgreSQL and MariaDB.
"""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from suite.states import begin

from dti_xblocks.course.preview.settings import DATABASE
from tests import runtime
from tests.records import race_threads
from tests.records.activity import race_activities
from tests.records.case_law import race_marks
from tests.records.scenario import race_runs, race_tallies
from tests.records.video import race_watches

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PROCESSES, THREADS = 4, 4


def race(folder, kind: str, processes: int = PROCESSES, threads: int = THREADS) -> list[str]:
    """The statuses of all answers that racing processes and threads got."""
    command = [sys.executable, Path(__file__).with_name("race_processes.py"), ROOT, folder, kind, str(processes), str(threads)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture
def folder(tmp_path):
    """A state folder with the tables in it."""
    return begin(tmp_path / "state")


@pytest.mark.parametrize(("kind", "table"), [("pledge", "dti_records_signedpledge"), ("review", "dti_records_coursereview")])
def test_a_race_of_equal_requests_makes_one_record(folder, kind, table):
    assert race(folder, kind) == ["200"] * (PROCESSES * THREADS)
    with sqlite3.connect(folder / DATABASE) as database:
        assert database.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (1,)


def test_a_race_of_processes_makes_and_removes_marks(folder):
    """Each thread adds one mark that all add and one of its own, sets a bookmark and takes it away, and takes a step."""
    statuses = race(folder, "marks")
    assert len(statuses) == 4 * PROCESSES * THREADS and set(statuses) <= {"200", "True", "False"}
    assert statuses.count("True") == 1  # the step was new to one of them
    with sqlite3.connect(folder / DATABASE) as database:
        keys = [key for (key,) in database.execute('SELECT "key" FROM dti_records_readermark ORDER BY "key"')]
        assert keys.count("shared") == 1 and len([key for key in keys if key.startswith("own-")]) == PROCESSES * THREADS
        assert set(keys) - {"shared"} - {key for key in keys if key.startswith("own-")} <= {"bookmark:graham"}
        assert database.execute("SELECT COUNT(*) FROM dti_records_authorityprogress").fetchone() == (1,)


def test_a_race_that_plays_one_run_makes_one_decision_at_each_step(folder):
    """Four processes play the same run through, with different choices and without waiting for each other."""
    with sqlite3.connect(folder / DATABASE) as database:
        database.execute(f"CREATE TABLE {race_runs.TABLE} (owner INTEGER PRIMARY KEY, state TEXT NOT NULL)")
        database.execute(f"INSERT INTO {race_runs.TABLE} VALUES ({runtime.LEARNER.user_id}, '{{}}')")
    assert race(folder, "begin", 1, 1) == ["200"]
    statuses = race(folder, "scenario")
    assert set(statuses) == {"200"} and len(statuses) >= 4
    with sqlite3.connect(folder / DATABASE) as database:
        rows = database.execute("SELECT serial, position, scene, choice != '' FROM dti_records_scenariodecision ORDER BY serial")
        assert rows.fetchall() == [
            *[(0, 0, "scene-0", 1), (1, 1, "scene-1", 0), (2, 2, "scene-1", 1), (3, 3, "scene-2", 1)],
        ]
        starts = database.execute("SELECT attempt, entries, length FROM dti_records_scenariostart").fetchall()
        runs = database.execute("SELECT attempt, ending FROM dti_records_scenariorun").fetchall()
        assert (starts, runs) == ([(1, 4, 4)], [(1, "safe")])


@pytest.mark.parametrize("check", race_threads.CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_the_journal_in_a_race(check):
    check(16)


@pytest.mark.parametrize("check", race_tallies.CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_reports_in_a_race(check):
    check(16)


@pytest.mark.parametrize("check", race_marks.CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_marks_and_reading_in_a_race(check):
    check(16)


@pytest.mark.parametrize("check", race_activities.CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_activities_in_a_race(check):
    check(16)


@pytest.mark.parametrize("check", race_watches.CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_films_in_a_race(check):
    check(16)


def test_everybody_in_a_race_gets_on():
    race_runs.Site.set_up()
    try:
        race_runs.check_everybody_gets_on(16)
        race_runs.check_a_replay_begins_once(16)
    finally:
        race_runs.Site.tear_down()
