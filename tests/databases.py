"""The records on a real database server: migrations up and down, every constraint under concurrent writers, and the races.

Run by scripts/databases.sh (make test-databases), which starts a PostgreSQL and a MariaDB of its own on this machine.
The address of the server is in the environment: DTI_DATABASE_ENGINE, _NAME, _USER, _HOST, _PORT.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest
from django.conf import settings

sys.path.insert(0, str(Path(__file__).parent.parent))

settings.configure(
    INSTALLED_APPS=["dti_xblocks.records"],
    USE_TZ=True,
    SECRET_KEY="only for these tests",
    DATABASES={
        "default": {
            "ENGINE": f"django.db.backends.{os.environ['DTI_DATABASE_ENGINE']}",
            "NAME": os.environ["DTI_DATABASE_NAME"],
            "USER": os.environ["DTI_DATABASE_USER"],
            "HOST": os.environ["DTI_DATABASE_HOST"],
            "PORT": os.environ.get("DTI_DATABASE_PORT", ""),
            "OPTIONS": {},
        }
    },
)
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import IntegrityError, connection, connections, transaction  # noqa: E402

from dti_xblocks.records.models import (  # noqa: E402
    ActivityStanding,
    AuthorityProgress,
    CourseReview,
    OwnWords,
    PledgeChain,
    PledgeEvent,
    PledgeLink,
    PledgePending,
    ReaderMark,
    ScenarioDecision,
    ScenarioRun,
    ScenarioStart,
    ScenarioTally,
    SignedPledge,
    VideoAnswer,
    VideoWatch,
)
from tests.records import race_threads  # noqa: E402
from tests.records.activity import race_activities  # noqa: E402
from tests.records.case_law import race_marks  # noqa: E402
from tests.records.pledge import race_pledges, race_signers  # noqa: E402
from tests.records.scenario import race_runs, race_tallies  # noqa: E402
from tests.records.video import race_watches  # noqa: E402

WRITERS = 16
WHO = {"user_id": 7, "username": "j" * 255, "course_key": "course-v1:" + "c" * 245, "usage_key": "block-v1:" + "b" * 246}
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = {
    ScenarioStart: {"attempt": 1, "started_at": NOW},
    ScenarioDecision: {
        "serial": 0,
        "position": 0,
        "scene": "ü" * 100,
        "choice": "🚓" * 100,
        "how": "time-up",
        "led_to": "ü" * 100,
        "seconds": 2_000_000_000,
        "at": NOW,
        "at_text": "t" * 40,
    },
    ScenarioRun: {
        "attempt": 1,
        "scenario_version": "a" * 64,
        "ending": "e",
        "result": "good",
        "earned": 1.0,
        "possible": 2.0,
        "started_at": NOW,
        "finished_at": NOW,
    },
    ScenarioTally: {"name": "seconds", "portion": 64, "marks": "m" * 255, "counted": json.dumps([["🚓" * 100, 7]] * 2000)},
    SignedPledge: {
        "full_name": "Zoë 🚓",
        "signed_name": "Zoë",
        "wording_hash": "b" * 64,
        "language": "en",
        "document": {"text": "ü"},
        "document_hash": "c" * 64,
        "signed_at": NOW,
        "private": {"address": "::1", "browser": "🚓"},
    },
    PledgeEvent: {"kind": "taken-back", "key": "k" * 100, "at": NOW, "document": {"text": "🚓"}, "document_hash": "c" * 64},
    PledgeChain: {"chain": WHO["course_key"], "length": 2**53, "head": "d" * 64},
    PledgeLink: {
        "chain": WHO["course_key"],
        "position": 2**53,
        "kind": "pledge",
        "entry_id": 2**53,
        "entry": "e" * 64,
        "previous": "d" * 64,
        "digest": "c" * 64,
        "linked_at": NOW,
        "key_id": "a" * 16,
        "signature": "b" * 128,
    },
    PledgePending: {"chain": WHO["course_key"], "kind": "pledge", "entry_id": 2**53, "entry": "e" * 64},
    VideoWatch: {"spans": [[0.0, 2.5]], "watched": 2.5, "tape": "t" * 100, "began_at": NOW, "seen_at": NOW},
    VideoAnswer: {
        "serial": 0,
        "moment": "m" * 100,
        "attempt": 1,
        "picked": ["c" * 60],
        "result": "in-time",
        "at": 14399.9,
        "points": 1.0,
        "possible": 2.0,
        "how": "stills",
        "made_at": NOW,
    },
    CourseReview: {"stars": 5, "text": "good 👍", "created_at": NOW, "changed_at": NOW},
    AuthorityProgress: {"slug": "s" * 100, "step": "opened", "at": NOW},
    ActivityStanding: {
        "kind": "sort",
        "first": {"placed": {"ü": "🚓"}},
        "answer": {"placed": {"ü": "🚓"}},
        "tries": 2_000_000_000,
        "started_at": NOW,
        "changed_at": NOW,
    },
    OwnWords: {
        "kind": "plan",
        "title": "🚓" * 255,
        "words": {"if": "🚓" * 5000, "then": "ü" * 5000},
        "version": 2_000_000_000,
        "created_at": NOW,
        "changed_at": NOW,
    },
    ReaderMark: {
        "key": "k" * 60,
        "slug": "s" * 100,
        "section": "c" * 40,
        "paragraph": 32767,
        "start": 2_000_000_000,
        "quote": "ü" * 2000,
        "prefix": "🚓" * 64,
        "suffix": "🚓" * 64,
        "note": "🚓" * 5000,
        "created_at": NOW,
        "changed_at": NOW,
    },
}
# These tests know nothing of the database that they run on.
MODULES = (
    "scenario/test_journal",
    "scenario/test_run_report",
    "scenario/test_tallies",
    "pledge/test_pledges",
    "pledge/test_pledge_events",
    "pledge/test_pledge_chain",
    "pledge/retention/test_erasing",
    "pledge/retention/test_accounts",
    "review/test_reviews",
    "activity/test_standings",
    "activity/test_own_words",
    "video/test_watches",
    "case_law/test_marks",
    "case_law/test_reading",
    "case_law/test_packets",
    "case_law/test_packet_tasks",
    "test_learner_records",
    "test_access",
    "test_migrations",
)


def owner(model) -> dict:
    """Whose row it is, as the model says it."""
    if model in (PledgeChain, PledgeLink, PledgePending):
        return {}
    if model is ScenarioTally:
        return {"usage_key": WHO["usage_key"]}
    if model is VideoAnswer:
        return {"watch": VideoWatch.objects.get(user_id=WHO["user_id"])}
    if model in (ScenarioDecision, ScenarioRun):
        start = ScenarioStart.objects.get(user_id=WHO["user_id"])
        return {"run": start} if model is ScenarioDecision else {**WHO, "start": start}
    if model is OwnWords:
        return {name: WHO[name] for name in ("user_id", "course_key", "usage_key")}
    return {name: WHO[name] for name in ("user_id", "course_key")} if model is ReaderMark else WHO


def write(model, number: int) -> bool:
    """Insert the one row of `model`, as one of many writers; True for the writer who won."""
    try:
        with transaction.atomic():
            code = {"code": f"code-{number}", "code_digest": f"{number:064}"} if model is SignedPledge else {}
            model.objects.create(**owner(model), **ROWS[model], **code)
        return True
    except IntegrityError:
        return False
    finally:
        connection.close()


def constraints() -> int:
    """One writer of many wins, at every constraint. How many kinds of records were tried."""
    for model in ROWS:
        with ThreadPoolExecutor(WRITERS) as writers:
            winners = sum(writers.map(lambda number, model=model: write(model, number), range(WRITERS)))
        rows = model.objects.count()
        assert (winners, rows) == (1, 1), f"{model.__name__}: {winners} writers won, {rows} rows"
    kept = SignedPledge.objects.get()
    assert (kept.full_name, kept.document) == ("Zoë 🚓", {"text": "ü"})
    assert ScenarioDecision.objects.get().choice == "🚓" * 100
    assert ReaderMark.objects.get().note == "🚓" * 5000
    return len(ROWS)


def isolations() -> list[str | None]:
    """What MySQL sites use: Django's own choice, and the server's. Elsewhere the server's alone."""
    return ["read committed", "repeatable read"] if connection.vendor == "mysql" else [None]


def races() -> int:
    """Every race, alone and with each request in a transaction that began before. How many races there were."""
    done = 0
    kinds = (race_threads, race_tallies, race_marks, race_activities, race_watches, race_pledges)
    checks = [check for kind in kinds for check in kind.CHECKS]
    race_runs.Site.set_up()
    for isolation in isolations():
        connections.close_all()
        if isolation:
            connections.databases["default"]["OPTIONS"]["isolation_level"] = isolation
        for atomic in (False, True):
            for check in checks:
                check(2 * WRITERS, older=atomic)
            race_runs.check_everybody_gets_on(WRITERS, atomic, user_id=9500 + done)
            race_runs.check_a_replay_begins_once(WRITERS, atomic, user_id=9700 + done)
            done += len(checks) + 2
        processes()
    race_runs.Site.tear_down()
    return done


def processes() -> None:
    """Signers in processes of their own, and processes that are killed; each says what it found."""
    database, folder = race_signers.address_of(connection), Path(__file__).parent / "records/pledge"
    connections.close_all()
    for style in ("plain", "atomic"):
        for program, *more in (("race_signers.py", str(2 * WRITERS)), ("crash.py",)):
            subprocess.run([sys.executable, str(folder / program), database, *more, style], check=True, timeout=600)


def main() -> int:
    call_command("migrate", verbosity=0)
    tried = constraints()
    call_command("migrate", "dti_records", "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    raced = races()
    folder = Path(__file__).parent / "records"
    failed = pytest.main(["-q", "--noconftest", "-p", "no:cacheprovider", *(str(folder / f"{name}.py") for name in MODULES)])
    with connection.cursor() as cursor:
        cursor.execute("select version()")
        version = cursor.fetchone()[0][:40]
    connections.close_all()
    print(f"{tried} constraints and {raced} races passed  ({connection.vendor} {version}, {WRITERS} to {2 * WRITERS} at once)")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
