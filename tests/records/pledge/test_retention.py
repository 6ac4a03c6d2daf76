"""What leaves the records: by time, by the retirement of an account, and how that is told by the chain."""

import io
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import override_settings

from dti_xblocks.case_law.anchoring import Anchor
from dti_xblocks.pledge import seal
from dti_xblocks.pledge.signing import moment
from dti_xblocks.records import models, receivers
from dti_xblocks.records.apps import RecordsConfig
from dti_xblocks.records.case_law import marks, reading
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge import pledges, retention
from dti_xblocks.records.review import reviews
from dti_xblocks.records.scenario import runs
from tests.records.pledge import race_pledges
from tests.records.pledge.race_pledges import note, sign, sound

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
MISC = "openedx.core.djangoapps.user_api.accounts.signals.USER_RETIRE_LMS_MISC"
people = itertools.count(7700)


class User:
    """An account of the platform."""

    def __init__(self, user_id):
        self.id, self.username = user_id, f"u{user_id}"


@pytest.fixture
def course():
    return next(race_pledges.courses)


@pytest.fixture
def user_id():
    return next(people)


def staff_read(course, of, staff=42):
    """A member of staff looks at the record of `of`."""
    details = {"what": "record", "of": of, "count": 1}
    happening = pledge_events.Happening(
        "staff-read", f"staff-read/{next(people)}", staff, "sergeant", course, f"block-of-{course}", NOW, details
    )
    return pledge_events.note(happening)[0]


def signed(user_id, course, turn=1):
    """Somebody goes the whole way, has the file made, and is looked at."""
    race_pledges.whole_way(user_id, course, turn)
    row = models.SignedPledge.objects.get(user_id=user_id, course_key=course, turn=turn)
    models.PledgeCopy.objects.create(pledge=row.id, body=b"%PDF", digest="d" * 64, made_at=NOW)
    staff_read(course, row.username)
    return row


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def kept(model, pk) -> dict:
    return model.objects.filter(pk=pk).values().get()


# -- one signature -----------------------------------------------------------------------------------------------------------


def test_an_erased_signature_keeps_its_hashes_and_its_place_in_the_chain(course, user_id):
    row = signed(user_id, course)
    before = kept(models.SignedPledge, row.pk)
    links = list(models.PledgeLink.objects.filter(chain=course).order_by("position").values())
    assert retention.erase_pledge(row.id, NOW, retention.RETENTION)
    gone = {"document": None, "private": None, "full_name": "", "signed_name": "", "username": ""}
    assert kept(models.SignedPledge, row.pk) == {**before, **gone}
    assert list(models.PledgeLink.objects.filter(chain=course).order_by("position").values())[: len(links)] == links
    assert not models.PledgeCopy.objects.filter(pledge=row.id).exists()
    assert models.SignedPledge.objects.filter(pk=row.pk, document__isnull=True, private__isnull=True).exists()  # NULL, not "null"
    sound(course, 6)


def test_an_event_says_what_was_erased_and_why(course, user_id):
    row = signed(user_id, course)
    around = models.PledgeEvent.objects.filter(course_key=course)
    ids = sorted(around.values_list("id", flat=True))
    retention.erase_pledge(row.id, NOW, retention.RETENTION)
    (event,) = around.filter(kind=pledge_events.ERASED)
    left = ("document_hash", "code_digest", "turn", "wording_hash", "method", "language")
    times = {"signed_at": moment(row.signed_at), "valid_until": moment(row.valid_until) if row.valid_until else ""}
    said = {name: getattr(row, name) for name in left} | times
    assert event.document["details"] == {"why": "retention", "events": ids, **said}
    assert (event.pledge, event.user_id, event.username, event.key) == (row.id, user_id, "", f"erased/{row.id}")
    assert event.document["user"] == {"user_id": user_id, "username": ""}
    assert set(around.filter(id__in=ids).values_list("document", flat=True)) == {None}
    assert sorted(around.filter(id__in=ids).values_list("username", flat=True)) == ["", "", "", "sergeant"]


def test_nothing_of_the_person_is_left(course, user_id):
    row = signed(user_id, course)
    pledges.withdraw(row, 42, "sergeant", f"u{user_id} has left", NOW)
    retention.erase_pledge(row.id, NOW, retention.REQUEST)
    for model in (models.SignedPledge, models.PledgeEvent):
        told = repr(list(model.objects.filter(course_key=course).values()))
        assert f"u{user_id}" not in told and "Zoë" not in told and "192.0.2" not in told, told
    assert pledges.by_code(row.code).withdrawn  # that much can still be answered
    sound(course)


def test_erasing_twice_is_erasing_once(course, user_id):
    row = signed(user_id, course)
    assert retention.erase_pledge(row.id, NOW, retention.RETENTION)
    assert not retention.erase_pledge(row.id, NOW, retention.RETENTION)
    assert not retention.erase_pledge(10**15, NOW, retention.RETENTION)
    assert models.PledgeEvent.objects.filter(course_key=course, kind="erased").count() == 1


def test_others_and_other_turns_stay_whole(course, user_id):
    row, second, other = signed(user_id, course), signed(user_id, course, turn=2), signed(next(people), course)
    staff_event = models.PledgeEvent.objects.get(kind="staff-read", document__details__of=other.username)
    before = [kept(type(each), each.pk) for each in (second, other, staff_event)]
    retention.erase_pledge(row.id, NOW, retention.RETENTION)
    assert [kept(type(each), each.pk) for each in (second, other, staff_event)] == before
    assert models.PledgeEvent.objects.filter(user_id=user_id, key__startswith="t2/", document__isnull=False).count() == 3
    assert models.PledgeCopy.objects.filter(pledge__in=(second.id, other.id)).count() == 2


def test_all_or_nothing_is_erased(course, user_id, monkeypatch):
    row = signed(user_id, course)
    monkeypatch.setattr(retention, "note", lambda happening: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        retention.erase_pledge(row.id, NOW, retention.RETENTION)
    assert fresh(row).document == row.document
    assert models.PledgeEvent.objects.filter(course_key=course, document__isnull=True).count() == 0


def test_many_who_erase_at_once_make_one_event(course, user_id):
    row = signed(user_id, course)
    done = race_pledges.together([lambda: retention.erase_pledge(row.id, NOW, retention.RETENTION)] * 8)
    assert done.count(True) == 1
    sound(course, 6)


# -- by time -----------------------------------------------------------------------------------------------------------------


def aged(course, days, valid_days=None):
    row, _added = sign(next(people), course)
    end = None if valid_days is None else datetime.now(UTC) - timedelta(days=valid_days)
    models.SignedPledge.objects.filter(pk=row.pk).update(signed_at=datetime.now(UTC) - timedelta(days=days), valid_until=end)
    return row


def command(*arguments) -> tuple[str, str]:
    output, errors = io.StringIO(), io.StringIO()
    call_command("dti_pledge_retention", *arguments, stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def test_signatures_are_kept_for_good_unless_said_otherwise(course):
    row = aged(course, 40_000)
    assert "kept for good" in command()[0]
    with override_settings(DTI_PLEDGE_RETENTION_DAYS=0):
        assert "kept for good" in command()[0]
    assert fresh(row).document
    retention.erase_pledge(row.id, NOW, retention.RETENTION)


def test_what_is_older_is_erased_counted_from_the_end_of_its_validity(course):
    old, new = aged(course, 101), aged(course, 99)
    ended, running = aged(course, 900, valid_days=101), aged(course, 900, valid_days=99)
    with override_settings(DTI_PLEDGE_RETENTION_DAYS=100):
        told, _errors = command("--dry-run")
        assert f"{course}: 2" in told and "would be erased" in told
        assert all(fresh(row).document for row in (old, new, ended, running))
        told, errors = command()
        assert f"{course}: 2" in told and "would" not in told and errors == ""
        assert [bool(fresh(row).document) for row in (old, new, ended, running)] == [False, True, False, True]
        assert "erased: 0." in command()[0]
    reasons = [row.document["details"]["why"] for row in models.PledgeEvent.objects.filter(course_key=course, kind="erased")]
    assert reasons == ["retention", "retention"]
    sound(course, 6)


def test_more_than_one_portion_is_erased(course, monkeypatch):
    monkeypatch.setattr(retention, "PORTION", 2)
    rows = [aged(course, 5_000) for _number in range(5)]
    with override_settings(DTI_PLEDGE_RETENTION_DAYS=4_000):
        assert f"{course}: 5" in command()[0]
    assert not any(fresh(row).document for row in rows)


@pytest.mark.parametrize("days", [-1, 1.5, "30", True, None])
def test_a_number_of_days_that_is_none_erases_nothing(days):
    with override_settings(DTI_PLEDGE_RETENTION_DAYS=days), pytest.raises(CommandError, match="DTI_PLEDGE_RETENTION_DAYS"):
        command()


# -- the retirement of an account ----------------------------------------------------------------------------------------------


@pytest.fixture
def learner(course, user_id):
    """Somebody with one of everything on record; the user id."""
    player = runs.Player(user_id, f"u{user_id}", course, f"block-of-{course}")
    runs.finish(player, runs.Finished(1, "v", [["s", "c", NOW.isoformat()]], "e", "good", 1, 1, NOW, NOW))
    reading.note(player, course, player.usage_key, "graham", "opened", NOW)
    marks.add(user_id, course, "key", "graham", Anchor("rule", 0, 0, "words"), "a note", NOW)
    who = {"user_id": user_id, "username": player.username, "course_key": course, "usage_key": player.usage_key}
    reviews.save(**who, stars=4, text="What I think", now=NOW)
    times = {"asked_at": NOW, "beat_at": NOW}
    models.Packet.objects.create(digest="d" * 64, owner_id=user_id, state="ready", title="Mine", body=b"%PDF", **times)
    models.PledgeBundle.objects.create(owner_id=user_id, course_key=course, usage_key="b", up_to=1, state="ready", **times)
    signed(user_id, course)
    note(user_id, course, "opened", turn=2)  # the way to a second signature, which never came
    return user_id


def retire(user_id):
    receivers.retire_learner(sender=None, user=User(user_id), extra="as later releases send it")


def of(model, user_id):
    return list(model.objects.filter(user_id=user_id).order_by("id").values())


def test_by_default_retirement_takes_what_is_the_learners_own_and_keeps_what_was_signed(learner, course):
    documents = [row["document"] for row in of(models.SignedPledge, learner)]
    events = of(models.PledgeEvent, learner)
    retire(learner)
    assert of(models.ReaderMark, learner) == of(models.AuthorityProgress, learner) == []
    assert not models.Packet.objects.filter(owner_id=learner).exists()
    assert not models.PledgeBundle.objects.filter(owner_id=learner).exists()
    (review,) = of(models.CourseReview, learner)
    assert (review["stars"], review["text"], review["username"]) == (4, "", f"retired-{learner}")
    for model in (models.ScenarioRun, models.ScenarioStart):
        assert [row["username"] for row in of(model, learner)] == [f"retired-{learner}"]
    entries = models.ScenarioDecision.objects.filter(run__user_id=learner, run__finish__isnull=False)
    assert list(entries.values_list("scene", "choice", "at")) == [("s", "c", NOW)]
    (pledge,) = of(models.SignedPledge, learner)
    assert ([pledge["document"]], pledge["private"], pledge["signed_name"]) == (documents, None, "Zoë 🚓")
    assert seal.intact(pledge["document"], pledge["document_hash"])
    assert of(models.PledgeEvent, learner) == events
    assert models.PledgeCopy.objects.filter(pledge=pledge["id"]).exists()
    sound(course, 6)


@override_settings(DTI_PLEDGE_RETIREMENT="keep")
def test_retirement_may_keep_signatures_as_they_are(learner):
    before = of(models.SignedPledge, learner)
    retire(learner)
    assert of(models.SignedPledge, learner) == before and before[0]["private"]
    assert of(models.ReaderMark, learner) == []


@override_settings(DTI_PLEDGE_RETIREMENT="erase")
def test_retirement_may_erase_signatures_and_every_event_around_them(learner, course):
    retire(learner)
    (pledge,) = of(models.SignedPledge, learner)
    assert (pledge["document"], pledge["full_name"], pledge["signed_name"], pledge["username"]) == (None, "", "", "")
    for model in (models.SignedPledge, models.PledgeEvent, models.ScenarioRun, models.ScenarioStart, models.CourseReview):
        told = repr(list(model.objects.filter(course_key=course).values()))
        assert f"u{learner}'" not in told and "Zoë" not in told, told
    erased = models.PledgeEvent.objects.filter(course_key=course, kind="erased").order_by("id")
    assert [row.document["details"]["why"] for row in erased] == ["retirement", "retirement"]
    without = set(models.PledgeEvent.objects.filter(course_key=course, document__isnull=True).values_list("id", flat=True))
    assert {event for row in erased for event in row.document["details"]["events"]} == without and len(without) == 5
    sound(course, 8)


@pytest.mark.parametrize("policy", ["trim", "erase", "keep"])
def test_a_second_retirement_finds_nothing_to_do(learner, course, policy):
    every = (models.SignedPledge, models.PledgeEvent, models.CourseReview, models.ScenarioRun, models.PledgeLink)
    with override_settings(DTI_PLEDGE_RETIREMENT=policy):
        retire(learner)
        before = [list(model.objects.order_by("id").values()) for model in every]
        retire(learner)
        assert [list(model.objects.order_by("id").values()) for model in every] == before
        assert set(retention.retire(learner, f"u{learner}", NOW).values()) == {0}


def test_others_stay_as_they_are(learner, course):
    other = signed(next(people), course)
    before = [kept(models.SignedPledge, other.pk), of(models.PledgeEvent, other.user_id), of(models.PledgeEvent, 42)]
    with override_settings(DTI_PLEDGE_RETIREMENT="erase"):
        retire(learner)
    after = [kept(models.SignedPledge, other.pk), of(models.PledgeEvent, other.user_id), of(models.PledgeEvent, 42)]
    assert after[:2] == before[:2]
    mine = [row for row in after[2] if row["document"] and row["document"]["details"]["of"] == other.username]
    assert mine == [row for row in before[2] if row["document"] and row["document"]["details"]["of"] == other.username] != []


@override_settings(DTI_PLEDGE_RETIREMENT="erase")
def test_what_a_retired_member_of_staff_has_looked_at_stays_on_record(course, user_id):
    row = signed(next(people), course)
    staff_read(course, row.username, staff=user_id)
    before = of(models.PledgeEvent, user_id)
    retire(user_id)
    assert of(models.PledgeEvent, user_id) == before and len(before) == 1


@pytest.mark.parametrize("fault", [RuntimeError("u7 Ana Reyes"), ImproperlyConfigured("x")])
def test_a_retirement_that_fails_is_seen_and_leaves_all_as_it_was(learner, monkeypatch, caplog, fault):
    def fails(*arguments):
        raise fault

    before = [of(model, learner) for model in (models.ReaderMark, models.CourseReview, models.SignedPledge)]
    monkeypatch.setattr(retention, "_from_nowhere", fails)
    with pytest.raises(receivers.RetirementFailedError, match=type(fault).__name__) as raised:
        retire(learner)
    assert [of(model, learner) for model in (models.ReaderMark, models.CourseReview, models.SignedPledge)] == before
    assert "could not be retired" in caplog.text
    assert "Reyes" not in caplog.text + str(raised.value) and raised.value.__suppress_context__
    monkeypatch.undo()
    retire(learner)
    assert of(models.ReaderMark, learner) == []


@override_settings(DTI_PLEDGE_RETIREMENT="perhaps")
def test_a_policy_that_is_none_erases_nothing(learner):
    with pytest.raises(receivers.RetirementFailedError, match="ImproperlyConfigured"):
        retire(learner)
    assert of(models.ReaderMark, learner) != []


def test_the_platform_is_told_where_to_find_the_receiver():
    """As edx-django-utils reads it, in the LMS only."""
    config = RecordsConfig.plugin_app["signals_config"]
    assert set(config) == {"lms.djangoapp"}
    (receiver,) = config["lms.djangoapp"]["receivers"]
    assert f"{RecordsConfig.name}.{config['lms.djangoapp']['relative_path']}" == receivers.__name__
    assert getattr(receivers, receiver["receiver_func_name"]) is receivers.retire_learner
    assert receiver["signal_path"] == MISC
