"""What becomes of the records of an account that is retired, or whose learner asks."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from dti_xblocks.case_law.anchoring import Anchor
from dti_xblocks.pledge import seal
from dti_xblocks.records import models, receivers
from dti_xblocks.records.apps import RecordsConfig
from dti_xblocks.records.case_law import marks, reading
from dti_xblocks.records.pledge import retention
from dti_xblocks.records.review import reviews
from dti_xblocks.records.scenario import runs
from dti_xblocks.records.video import watches
from dti_xblocks.video.viewing import Viewing
from tests.records.pledge import race_pledges
from tests.records.pledge.race_pledges import note, sound
from tests.records.pledge.retention.at_work import NOW, kept, of, people, signed, staff_read


@pytest.fixture
def course():
    return next(race_pledges.courses)


@pytest.fixture
def user_id():
    return next(people)


MISC = "openedx.core.djangoapps.user_api.accounts.signals.USER_RETIRE_LMS_MISC"


class User:
    """An account of the platform."""

    def __init__(self, user_id):
        self.id, self.username = user_id, f"u{user_id}"


@pytest.fixture
def learner(course, user_id):
    """Somebody with one of everything on record; the user id."""
    player = runs.Player(user_id, f"u{user_id}", course, f"block-of-{course}")
    runs.finish(player, runs.Finished(1, "v", [["s", "c", NOW.isoformat()]], "e", "good", 1, 1, NOW, NOW))
    reading.note(player, course, player.usage_key, "graham", "opened", NOW)
    marks.add(user_id, course, "key", "graham", Anchor("rule", 0, 0, "words"), "a note", NOW)
    who = {"user_id": user_id, "username": player.username, "course_key": course, "usage_key": player.usage_key}
    with watches.held(watches.Viewer(**who), NOW) as watched:
        watched.write(Viewing(position=3.0))
    reviews.save(**who, shown_as="Ana Reyes", stars=4, text="What I think", now=NOW)
    times = {"asked_at": NOW, "beat_at": NOW}
    models.Packet.objects.create(digest="d" * 64, owner_id=user_id, state="ready", title="Mine", body=b"%PDF", **times)
    models.PledgeBundle.objects.create(owner_id=user_id, course_key=course, usage_key="b", up_to=1, state="ready", **times)
    signed(user_id, course)
    note(user_id, course, "opened", turn=2)  # the way to a second signature, which never came
    return user_id


def retire(user_id):
    receivers.retire_learner(sender=None, user=User(user_id), extra="as later releases send it")


def test_by_default_retirement_takes_what_is_the_learners_own_and_keeps_what_was_signed(learner, course):
    documents = [row["document"] for row in of(models.SignedPledge, learner)]
    events = of(models.PledgeEvent, learner)
    retire(learner)
    assert of(models.ReaderMark, learner) == of(models.AuthorityProgress, learner) == []
    assert not models.Packet.objects.filter(owner_id=learner).exists()
    assert not models.PledgeBundle.objects.filter(owner_id=learner).exists()
    (review,) = of(models.CourseReview, learner)
    assert (review["stars"], review["text"], review["username"]) == (4, "", f"retired-{learner}")
    assert review["shown_as"] == review["reply"] == review["hidden_reason"] == ""
    for model in (models.ScenarioRun, models.ScenarioStart, models.VideoWatch):
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
