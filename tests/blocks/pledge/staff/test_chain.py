"""How far the chain is sealed, and its check."""

import json
from datetime import UTC, datetime, timedelta

from django.test import override_settings

from dti_xblocks.blocks.pledge import staff as pledge_staff
from dti_xblocks.records import tasks
from dti_xblocks.records.models import (
    PledgeEvent,
    SignedPledge,
)
from dti_xblocks.records.pledge import chain_checks
from dti_xblocks.records.pledge import check as pledge_check
from tests.blocks.pledge.staff.at_work import sign, staff, table
from tests.runtime import LEARNER, OTHER, again, get, page, post


def test_a_missing_key_is_told_with_what_to_do(block):
    sign(block)
    for html in (page(staff(block)), get(staff(block), "signatures").text):
        assert "This site has no sealing key" in html and "DTI_PLEDGE_KEYS" in html
    assert "sealing key" not in page(again(block, LEARNER))


def test_a_key_that_cannot_be_used_is_told(block):
    sign(block)
    with override_settings(DTI_PLEDGE_KEYS={"private": "-----BEGIN secret words-----"}):
        html = get(staff(block), "signatures").text
    assert "cannot be used" in html and "secret words" not in html


def test_a_sealed_record_says_so(block, with_key):
    row = sign(block)
    html = get(staff(block), "signatures", f"part=record&pledge={row.id}").text
    assert "they are unchanged" in html and "no sealing key" not in html
    assert table(get(staff(block), "signatures_csv"))[1][17] == "sealed"


def test_a_seal_by_a_key_that_is_not_known_is_told(block, with_key):
    row = sign(block)
    with override_settings(DTI_PLEDGE_KEYS=None):
        assert "a key that is not known here" in get(staff(block), "signatures", f"part=record&pledge={row.id}").text


def test_the_whole_chain_is_checked(block, with_key, monkeypatch):
    sign(block)
    sound = pledge_check.Report("course", pledges=1, head=pledge_check.Head(7, "a" * 64))
    monkeypatch.setattr(chain_checks, "check", lambda chain, ring: sound)  # other tests have spoiled the chain of this course
    assert post(staff(block), "check_chain").status_code == 200
    html = get(staff(block), "signatures", "part=files").text
    assert "records are unchanged and in their places" in html and f"7:{'a' * 64}" in html
    monkeypatch.undo()
    row = sign(block, OTHER)
    SignedPledge.objects.filter(id=row.id).update(document={**row.document, "title": "Another"})
    post(staff(block), "check_chain")
    html = get(staff(block), "signatures", "part=files").text
    assert "verify_pledges" in html and "unchanged and in their places" not in html
    kinds = list(PledgeEvent.objects.filter(usage_key=block.where.usage, kind__startswith="check").values_list("kind", flat=True))
    assert kinds == ["check-asked", "checked", "check-asked", "checked"]


def test_a_long_chain_is_checked_in_the_background(block, with_key, monkeypatch):
    sign(block)
    sent = []
    monkeypatch.setattr(chain_checks, "AT_ONCE", 0)
    monkeypatch.setattr(pledge_staff.work, "later", lambda task, number: sent.append((task, number)))
    post(staff(block), "check_chain")
    post(staff(block), "check_chain")  # one is under way
    ((task, number),) = sent
    assert "A check is under way" in get(staff(block), "signatures", "part=files").text
    task(number)
    task(number)
    assert PledgeEvent.objects.filter(usage_key=block.where.usage, kind="checked").count() == 1
    assert "Last check" in get(staff(block), "signatures", "part=files").text


def test_a_check_of_which_nothing_was_heard_may_be_asked_for_again(block, monkeypatch):
    monkeypatch.setattr(chain_checks, "PATIENCE", timedelta(seconds=-1))
    now = datetime.now(UTC)
    chain_checks.ask(1, "x", "course", block.where.usage, now)
    assert chain_checks.last("course", block.where.usage, now).state == "lost"
    tasks.check_pledges(0)  # no such event: nothing happens


def test_pages_are_json_for_scripts(block):
    sign(block)
    assert json.loads(get(staff(block), "files_state", json=True).text)["html"] is not None
