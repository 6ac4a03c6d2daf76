"""One signature is erased: by hand, and when its time is over."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from dti_xblocks.pledge.signing import moment
from dti_xblocks.records import models
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge import pledges, retention
from tests.records.pledge import race_pledges
from tests.records.pledge.race_pledges import sign, sound
from tests.records.pledge.retention.at_work import NOW, kept, people, signed


@pytest.fixture
def course():
    return next(race_pledges.courses)


@pytest.fixture
def user_id():
    return next(people)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


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
