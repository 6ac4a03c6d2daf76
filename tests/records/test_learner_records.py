"""The command for data requests: everything about one learner, and nothing about another."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from dti_xblocks.case_law.anchoring import Anchor
from dti_xblocks.records.case_law import marks, reading
from dti_xblocks.records.models import (
    AuthorityProgress,
    CourseReview,
    Packet,
    PledgeBundle,
    PledgeCopy,
    PledgeEvent,
    PledgeLink,
    ReaderMark,
    ScenarioDecision,
    ScenarioRun,
    ScenarioStart,
    SignedPledge,
    VideoAnswer,
    VideoWatch,
)
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.scenario import journal, runs
from dti_xblocks.records.video import watches
from dti_xblocks.video.viewing import Answer, Viewing
from tests.records.pledge import race_pledges

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def two_learners():
    courses = {user_id: next(race_pledges.courses) for user_id in (881, 882)}
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
        with watches.held(watches.Viewer(**who), NOW) as watched:
            answer = Answer(f"moment-{user_id}", 1, ("a",), "right", 1, 1, "film", NOW)
            watched.write(Viewing(spans=((0.0, 2.0),), answers=(answer,)))
        race_pledges.whole_way(user_id, courses[user_id])
        row = SignedPledge.objects.get(user_id=user_id)
        times = {"asked_at": NOW, "beat_at": NOW}
        PledgeCopy.objects.create(pledge=row.id, body=b"%PDF", digest=f"{user_id:064}", made_at=NOW)
        PledgeBundle.objects.create(owner_id=user_id, course_key="c", usage_key="b", up_to=1, state="ready", **times)
        Packet.objects.create(digest="d" * 64, owner_id=user_id, state="ready", title="Mine", body=b"%PDF", **times)
        looked_at(user_id, courses[user_id])
    yield courses
    for kind in (ScenarioRun, ScenarioStart, CourseReview, VideoWatch, SignedPledge, AuthorityProgress, ReaderMark, PledgeEvent):
        kind.objects.filter(user_id__in=(881, 882, 42)).delete()
    for kind in (Packet, PledgeBundle):
        kind.objects.filter(owner_id__in=(881, 882)).delete()
    for course in courses.values():
        PledgeLink.objects.filter(chain=course).delete()


def looked_at(user_id, course):
    """A member of staff opens the record of this learner."""
    details = {"what": "record", "of": f"u{user_id}", "count": 1}
    happening = pledge_events.Happening(
        "staff-read", f"staff-read/{user_id}", 42, "sergeant", course, f"block-of-{course}", NOW, details
    )
    pledge_events.note(happening)


def run(*arguments) -> dict:
    output = io.StringIO()
    call_command("dti_learner_records", *arguments, stdout=output, stderr=io.StringIO())
    return json.loads(output.getvalue())


def test_it_prints_what_is_on_record_about_one_learner(two_learners):
    found = run("881")
    assert [row["text"] for row in found["coursereview"]] == ["text of 881"]
    assert [(row["spans"], row["entries"]) for row in found["videowatch"]] == [([[0.0, 2.0]], 1)]
    assert [row["moment"] for row in found["videoanswer"]] == ["moment-881"]
    assert [row["scene"] for row in found["scenariodecision"]] == ["scene-881"]
    assert [row["attempt"] for row in found["scenariostart"]] == [1]
    assert [row["ending"] for row in found["scenariorun"]] == ["ending"]
    assert [(row["slug"], row["step"]) for row in found["authorityprogress"]] == [("case-881", "opened")]
    assert [(row["quote"], row["note"]) for row in found["readermark"]] == [("words", "note of 881")]
    assert CourseReview.objects.filter(user_id=881).exists()


def test_everything_about_a_pledge_is_printed_with_its_seal_and_who_looked_at_it(two_learners):
    found = run("881")
    course = two_learners[881]
    (pledge,) = found["signedpledge"]
    assert pledge["document"]["signature"]["name"] == "Zoë 🚓" and pledge["private"]["address"] == "192.0.2.1"
    assert [row["kind"] for row in found["pledgeevent"]] == ["opened", "ended", "consented", "staff-read"]
    assert found["pledgeevent"][3]["document"]["user"] == {"user_id": 42, "username": "sergeant"}
    assert [(row["chain"], row["position"]) for row in found["pledgelink"]] == [(course, number) for number in range(1, 6)]
    assert {row["entry"] for row in found["pledgelink"]} == {
        row["document_hash"] for row in (*found["signedpledge"], *found["pledgeevent"])
    }
    assert found["pledgepending"] == []
    assert [(row["digest"], "body" in row) for row in found["pledgecopy"]] == [(f"{881:064}", False)]
    assert [(row["owner_id"], "body" in row) for row in found["packet"]] == [(881, False)]
    assert [row["owner_id"] for row in found["pledgebundle"]] == [881]
    assert "u882" not in json.dumps(found) and two_learners[882] not in json.dumps(found)


def test_who_looked_under_an_older_username_is_found_too(two_learners):
    SignedPledge.objects.filter(user_id=881).update(username="renamed")
    assert "staff-read" in [row["kind"] for row in run("881")["pledgeevent"]]


def test_somebody_of_whom_nothing_is_on_record(two_learners):
    assert {len(rows) for rows in run("999999").values()} == {0}


def test_erasing_keeps_signed_pledges_unless_told_otherwise(two_learners):
    run("881", "--erase")
    for kind in (CourseReview, ScenarioRun, ScenarioStart, VideoWatch, AuthorityProgress, ReaderMark):
        assert not kind.objects.filter(user_id=881).exists()
        assert kind.objects.filter(user_id=882).exists()
    assert set(VideoAnswer.objects.filter(moment__startswith="moment-88").values_list("moment", flat=True)) == {"moment-882"}
    assert set(ScenarioDecision.objects.filter(scene__startswith="scene-88").values_list("scene", flat=True)) == {"scene-882"}
    assert not Packet.objects.filter(owner_id=881).exists() and Packet.objects.filter(owner_id=882).exists()
    (row,) = SignedPledge.objects.filter(user_id=881)
    assert row.document["signature"]["name"] == "Zoë 🚓" and row.private is None
    run("881", "--erase", "--pledges")
    (row,) = SignedPledge.objects.filter(user_id=881)
    assert (row.document, row.full_name, row.signed_name, row.username) == (None, "", "", "")
    assert "u881" not in json.dumps(run("881"))
    race_pledges.sound(two_learners[881], 6)
    assert CourseReview.objects.filter(user_id=882).exists()
    assert SignedPledge.objects.get(user_id=882).document and SignedPledge.objects.get(user_id=882).private
