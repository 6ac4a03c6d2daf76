"""What was on record before there were journals, and turns of pledges, is found by everything that came with them."""

import hashlib
import importlib
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import pledges
from dti_xblocks.records.scenario import journal, run_report, runs
from dti_xblocks.seals.keys import Keyring

BLOCK = "block-of-older-runs"


@pytest.fixture(autouse=True)
def without_pledges_of_other_tests():
    """What was erased, or signed twice with the same wording, has no place in the tables of before."""
    models.SignedPledge.objects.all().delete()


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


PLEDGES, COURSE = "block-of-older-pledges", "course-of-older-pledges"
BEFORE, AFTER = "0004_case_law", "0007_pledges_once_per_turn"


def older_pledge(objects, user_id: int, wording: str):
    """A signature as it was recorded before there were turns; its document as it was then."""
    code = f"{wording}-{user_id}"
    document = {"format": "dti-pledge/1", "code": code, "wording": {"hash": wording}, "é": "Zoë 🚓"}
    who = {"user_id": user_id, "username": f"u{user_id}", "course_key": COURSE, "usage_key": PLEDGES}
    return objects.create(
        **who, full_name="Zoë 🚓", signed_name="Zoë", wording_hash=wording, language="en", document=document,
        document_hash=hashlib.sha256(code.encode()).hexdigest(), code=code, signed_at=START,
    )  # fmt: skip


@pytest.fixture
def older_pledges():
    """Three of one learner, one of another, written alternately, as rows of plain values."""
    objects = migrate(BEFORE).get_model("dti_records", "SignedPledge").objects
    for user_id, wording in ((1, "w1"), (2, "w1"), (1, "w2"), (1, "w3")):
        older_pledge(objects, user_id, wording)
    before = list(objects.filter(usage_key=PLEDGES).order_by("id").values())
    migrate(AFTER)
    yield before
    call_command("migrate", "dti_records", verbosity=0)  # what came later, for the tests after these
    models.SignedPledge.objects.filter(course_key=COURSE).delete()
    for kind in (models.PledgeChain, models.PledgeLink, models.PledgePending):
        kind.objects.filter(chain=COURSE).delete()


def test_older_pledges_get_their_turns_and_the_hashes_of_their_codes(older_pledges):
    rows = list(models.SignedPledge.objects.filter(usage_key=PLEDGES).order_by("id").values())
    assert [(row["user_id"], row["turn"]) for row in rows] == [(1, 1), (2, 1), (1, 2), (1, 3)]
    assert [row["code_digest"] for row in rows] == [hashlib.sha256(row["code"].encode()).hexdigest() for row in rows]
    assert {(row["method"], row["private"], row["valid_until"]) for row in rows} == {("typed", None, None)}
    assert [{name: row[name] for name in older_pledges[0]} for row in rows] == older_pledges
    assert pledges.by_code("w2-1").turn == 2
    assert [row.wording_hash for row in pledges.of_learner(1, PLEDGES)] == ["w1", "w2", "w3"]


def test_older_pledges_are_linked_in_the_order_signed(older_pledges):
    assert pledge_chain.state(COURSE)["pending"] == 4
    assert COURSE in set(pledge_chain.chains())
    pledge_chain.complete(COURSE, Keyring())
    links = models.PledgeLink.objects.filter(chain=COURSE).order_by("position")
    assert list(links.values_list("kind", "entry_id", "entry")) == [
        ("pledge", row["id"], row["document_hash"]) for row in older_pledges
    ]


def test_the_way_back_and_forth_again_loses_no_pledge(older_pledges):
    objects = migrate(BEFORE).get_model("dti_records", "SignedPledge").objects
    assert list(objects.filter(usage_key=PLEDGES).order_by("id").values()) == older_pledges
    older_pledge(objects, 2, "w9")
    with pytest.raises(IntegrityError), transaction.atomic():
        older_pledge(objects, 2, "w9")  # once per wording, as it was
    migrate(AFTER)
    assert [row.turn for row in pledges.of_learner(2, PLEDGES)] == [1, 2]
    assert pledge_chain.state(COURSE)["pending"] == 5


def test_migrating_twice_asks_for_one_link_each(older_pledges):
    """MySQL ends a transaction with every change of a table: a migration that was cut off begins again."""
    complete = importlib.import_module("dti_xblocks.records.migrations.0006_turns_and_chains_of_older_pledges").complete
    complete(migrate(AFTER), None)
    assert pledge_chain.state(COURSE)["pending"] == 4
    assert [row.turn for row in pledges.of_learner(1, PLEDGES)] == [1, 2, 3]
