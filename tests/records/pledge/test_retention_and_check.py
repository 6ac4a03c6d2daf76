"""What was erased as it should be is no finding of the check; what was erased otherwise is."""

from datetime import UTC, datetime

import pytest
from django.test import override_settings

from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records import models
from dti_xblocks.records.pledge import check as pledge_check
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge import pledges, retention
from dti_xblocks.seals.site import site_keys
from tests import runtime
from tests.blocks_at_work import pledge_form
from tests.pledge.samples import PLEDGE
from tests.records.pledge.race_pledges import new_key

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
COURSE = str(runtime.COURSE)


@pytest.fixture(autouse=True)
def a_course_of_its_own():
    """Nothing of other tests in the chain of the course, and nothing of these left."""
    with override_settings(DTI_PLEDGE_KEYS={"private": new_key()}):
        clear()
        yield
        clear()


def clear():
    for kind in (models.SignedPledge, models.PledgeEvent):
        kind.objects.filter(course_key=COURSE).delete()
    for kind in (models.PledgeChain, models.PledgeLink, models.PledgePending):
        kind.objects.filter(chain=COURSE).delete()


@pytest.fixture
def signed():
    """Two learners have signed; the first one's row."""
    block = runtime.make_block(PledgeBlock, PLEDGE)
    rows = []
    for person in (runtime.LEARNER, runtime.OTHER):
        mine = runtime.again(block, person)
        form = pledge_form(mine, name=person.full_name)
        assert runtime.post(runtime.again(mine, person), "sign", form).status_code == 200
        rows.append(models.SignedPledge.objects.get(user_id=person.user_id, usage_key=mine.where.usage))
    details = {"what": "record", "of": runtime.LEARNER.username, "count": 1}
    staff = runtime.STAFF
    pledge_events.note(
        pledge_events.Happening(
            "staff-read", "staff-read/1", staff.user_id, staff.username, COURSE, rows[0].usage_key, NOW, details
        )
    )
    return rows[0]


def check():
    return pledge_check.check(COURSE, site_keys().ring)


def test_what_was_recorded_is_sound(signed):
    report = check()
    assert report.sound, report.first
    assert report.records == 7  # twice opened, agreed and signed, and once looked at


@pytest.mark.parametrize("policy", ["trim", "erase", "keep"])
def test_a_retired_learner_leaves_a_sound_chain(signed, policy):
    pledges.withdraw(signed, runtime.STAFF.user_id, runtime.STAFF.username, "has left", NOW)
    with override_settings(DTI_PLEDGE_RETIREMENT=policy):
        retention.retire(signed.user_id, signed.username, NOW)
    assert check().sound, check().first
    assert bool(models.SignedPledge.objects.get(pk=signed.pk).document) == (policy != "erase")
    page = runtime.page(runtime.make_block(PledgeBlock, PLEDGE))  # the next one is asked to sign as ever
    assert 'name="shown"' in page


def test_what_was_kept_long_enough_leaves_a_sound_chain(signed):
    retention.erase_pledge(signed.id, NOW, retention.RETENTION)
    report = check()
    assert report.sound and report.erased, report.first


@pytest.mark.parametrize("model", [models.SignedPledge, models.PledgeEvent])
def test_a_text_that_somebody_removed_by_hand_is_found(signed, model):
    model.objects.filter(user_id=signed.user_id).update(document=None, username="")
    assert not check().sound


def test_a_sound_erasure_does_not_cover_another_one(signed):
    retention.erase_pledge(signed.id, NOW, retention.RETENTION)
    others = models.SignedPledge.objects.filter(course_key=COURSE, document__isnull=False)
    others.update(document=None, private=None, full_name="", signed_name="", username="")
    assert not check().sound
