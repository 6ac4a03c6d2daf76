"""What was on record before there were journals is found in every report afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dti_xblocks.records import journal, models, run_report, runs

BLOCK = "block-of-older-runs"
START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def migrate(name: str):
    """Bring the records to migration `name`; the models as they then are."""
    executor = MigrationExecutor(connection)
    target = [("dti_records", name)]
    executor.migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


def at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.fixture
def older():
    """A finished run, one with no start on record, one whose path is damaged, and a start without an end."""
    apps = migrate("0001_initial")
    start, run = (apps.get_model("dti_records", name).objects for name in ("ScenarioStart", "ScenarioRun"))
    path = [["one", "a", at(5).isoformat()], ["two", "b", at(30).isoformat()]]
    values = {"scenario_version": "v" * 64, "ending": "safe", "result": "good", "earned": 3, "possible": 4}
    for user_id, attempt, its_path in ((1, 1, path), (2, 3, path), (3, 1, [["one", "a", "no time"]])):
        who = {"user_id": user_id, "username": f"u{user_id}", "course_key": "c", "usage_key": BLOCK, "attempt": attempt}
        run.create(**who, **values, path=its_path, started_at=START, finished_at=at(30))
        if user_id != 2:
            start.create(**who, started_at=START)
    start.create(user_id=4, username="u4", course_key="c", usage_key=BLOCK, attempt=1, started_at=START)
    migrate("0003_journals_of_older_runs")
    yield path
    models.ScenarioRun.objects.filter(usage_key=BLOCK).delete()
    models.ScenarioStart.objects.filter(usage_key=BLOCK).delete()
    call_command("migrate", "dti_records", verbosity=0)  # what came later, for the tests after these


def test_older_runs_get_their_journals(older):
    for user_id, attempt in ((1, 1), (2, 3)):
        player = runs.Player(user_id, f"u{user_id}", "c", BLOCK)
        assert journal.read(player, attempt) == journal.Entries(older, START, 1, "v" * 64)
        rows = models.ScenarioDecision.objects.filter(run__user_id=user_id, run__usage_key=BLOCK).order_by("serial")
        assert list(rows.values_list("led_to", "seconds", "how")) == [("two", 5, ""), ("safe", 25, "")]
        with journal.held(player, attempt) as held:
            assert held.decisions == older
    assert journal.read(runs.Player(3, "u3", "c", BLOCK), 1).decisions == []
    assert models.ScenarioRun.objects.get(user_id=3, usage_key=BLOCK).path == [["one", "a", "no time"]]

    assert run_report.totals(BLOCK) == run_report.Totals(4, 3, 4, 3, 30)
    assert run_report.choices(BLOCK) == [("one", "a", "", 2), ("two", "b", "", 2)]
    assert run_report.left(BLOCK) == [("", 1)]
    assert [run.seconds for run in run_report.paths(BLOCK, "u2")] == [[5, 25]]
