"""The command for data requests: everything about one learner, and nothing about another."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from dti_xblocks.case_law.anchoring import Anchor
from dti_xblocks.records import journal, marks, reading, runs
from dti_xblocks.records.models import (
    AuthorityProgress,
    CourseReview,
    ReaderMark,
    ScenarioDecision,
    ScenarioRun,
    ScenarioStart,
    SignedPledge,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def two_learners():
    for user_id in (881, 882):
        who = {"user_id": user_id, "username": f"u{user_id}", "course_key": "c", "usage_key": f"records-{user_id}"}
        player = runs.Player(**who)
        journal.begin(player, 0, NOW)
        with journal.held(player, 1) as held:
            held.append([f"scene-{user_id}", "choice", NOW.isoformat()], "ending", 3)
        runs.finish(player, runs.Finished(1, "v", held.decisions, "ending", "good", 1, 1, NOW, NOW))
        reading.note(player, "c", who["usage_key"], f"case-{user_id}", "opened", NOW)
        marks.add(user_id, "c", "key", f"case-{user_id}", Anchor("rule", 0, 0, "words"), f"note of {user_id}", NOW)
        CourseReview.objects.create(**who, stars=4, text=f"text of {user_id}", created_at=NOW, changed_at=NOW)
        SignedPledge.objects.create(
            **who,
            **{"full_name": "A", "signed_name": "A", "wording_hash": "w", "language": "en", "document": {}, "document_hash": "h"},
            **{"code": f"code-{user_id}", "signed_at": NOW},
        )
    yield
    for kind in (ScenarioRun, ScenarioStart, CourseReview, SignedPledge, AuthorityProgress, ReaderMark):
        kind.objects.filter(user_id__in=(881, 882)).delete()


def run(*arguments) -> dict:
    output = io.StringIO()
    call_command("dti_learner_records", *arguments, stdout=output, stderr=io.StringIO())
    return json.loads(output.getvalue())


def test_it_prints_what_is_on_record_about_one_learner(two_learners):
    found = run("881")
    assert [row["text"] for row in found["coursereview"]] == ["text of 881"]
    assert [row["code"] for row in found["signedpledge"]] == ["code-881"]
    assert [row["scene"] for row in found["scenariodecision"]] == ["scene-881"]
    assert [row["attempt"] for row in found["scenariostart"]] == [1]
    assert [row["path"][0][0] for row in found["scenariorun"]] == ["scene-881"]
    assert [(row["slug"], row["step"]) for row in found["authorityprogress"]] == [("case-881", "opened")]
    assert [(row["quote"], row["note"]) for row in found["readermark"]] == [("words", "note of 881")]
    assert CourseReview.objects.filter(user_id=881).exists()


def test_erasing_keeps_signed_pledges_unless_told_otherwise(two_learners):
    run("881", "--erase")
    for kind in (CourseReview, ScenarioRun, ScenarioStart, AuthorityProgress, ReaderMark):
        assert not kind.objects.filter(user_id=881).exists()
        assert kind.objects.filter(user_id=882).exists()
    assert set(ScenarioDecision.objects.filter(scene__startswith="scene-88").values_list("scene", flat=True)) == {"scene-882"}
    assert SignedPledge.objects.filter(user_id=881).exists()
    run("881", "--erase", "--pledges")
    assert not SignedPledge.objects.filter(user_id=881).exists()
    assert CourseReview.objects.filter(user_id=882).exists() and SignedPledge.objects.filter(user_id=882).exists()
