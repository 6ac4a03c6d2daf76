"""Nobody gets at what is somebody else's."""

from types import SimpleNamespace

import crum
import pytest
from django.test import RequestFactory

from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.pledge import pledges
from tests.blocks.pledge.attacks.at_work import ACTS, FOR_STAFF, events, on_record, rows, usage
from tests.blocks_at_work import agree, pledge_form
from tests.pledge.samples import PLEDGE
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

STRANGER = Person(999, "stranger", "No Body")


def signed(block, user=LEARNER):
    mine = again(block, user)
    assert post(mine, "sign", pledge_form(mine, name=user.full_name)).status_code == 200
    return next(row for row in rows(block) if row.user_id == user.user_id)


@pytest.mark.parametrize("who", [ANONYMOUS, STRANGER, OTHER], ids=lambda person: person.username or "anonymous")
@pytest.mark.parametrize("handler", ["pdf", "printable", "printable_file"])
def test_nobody_else_reads_a_record(block, who, handler):
    row = signed(block)
    response = get(again(block, who), handler, f"pledge={row.id}", json=True)
    assert response.status_code in (403, 404)
    for secret in (row.signed_name, row.document_hash, row.username):
        assert secret not in response.text
    unknown = get(again(block, who), handler, "pledge=999999999", json=True)
    assert (unknown.status_code, unknown.text) == (response.status_code, response.text), "nothing can be found by trying"


@pytest.mark.parametrize("handler", ["pdf", "printable"])
@pytest.mark.parametrize("who", [LEARNER, STAFF], ids=["signer", "staff"])
def test_a_record_of_another_course_is_not_read_here(block, handler, who):
    row = signed(block)
    elsewhere = make_block(PledgeBlock, PLEDGE, user=who)
    assert get(elsewhere, handler, f"pledge={row.id}", json=True).status_code == 404


@pytest.mark.parametrize("who", [ANONYMOUS, STRANGER], ids=["anonymous", "not enrolled"])
@pytest.mark.parametrize("handler", ACTS + FOR_STAFF)
def test_nobody_from_outside_makes_a_record(block, who, handler):
    form = [*pledge_form(block), ("consent", "yes"), ("confirm", "yes"), ("pledge", str(signed(block, OTHER).id))]
    before = on_record(block)
    assert post(again(block, who), handler, form).status_code == 403
    assert on_record(block) == before


@pytest.mark.parametrize("handler", FOR_STAFF)
def test_no_learner_does_what_is_for_staff(block, handler):
    row = signed(block)
    before = on_record(block)
    form = {"pledge": str(row.id), "reason": "It was not me at all", "confirm": "yes"}
    assert post(again(block, OTHER), handler, form).status_code == 403
    assert post(again(block), handler, form).status_code == 403
    assert on_record(block) == before and not pledges.of_learner(LEARNER.user_id, usage(block))[0].withdrawn


@pytest.mark.parametrize("handler", ACTS)
def test_staff_who_look_as_a_learner_make_no_record(block, monkeypatch, handler):
    form = [*pledge_form(block), ("consent", "yes"), ("seconds", "5")]
    before = on_record(block)
    request = RequestFactory().post("/")
    request.user = SimpleNamespace(pk=STAFF.user_id, is_authenticated=True)
    monkeypatch.setattr(crum, "get_current_request", lambda: request)
    assert post(again(block), handler, form).status_code == 403
    page(again(block))
    assert on_record(block) == before


def test_staff_who_look_at_the_page_as_a_learner_are_not_recorded_as_having_opened_it(block, monkeypatch):
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(pk=STAFF.user_id, is_authenticated=True)
    monkeypatch.setattr(crum, "get_current_request", lambda: request)
    page(block)
    assert events(block) == []


@pytest.mark.parametrize("handler", ACTS)
@pytest.mark.parametrize("options", [{"studio": "preview"}, {"studio": "handler"}, {"key": "library"}, {"key": "word"}], ids=str)
def test_where_no_course_is_taken_nothing_is_recorded(handler, options):
    block = make_block(PledgeBlock, PLEDGE, user=STAFF, **options)
    page(block)
    form = [*pledge_form(block, name="Dana Wu"), ("consent", "yes"), ("seconds", "5")]
    response = post(again(block), handler, form)
    assert response.status_code in (200, 400)
    if handler == "sign":
        assert response.status_code == 400 and "nothing is signed or kept" in response.json["error"]
    assert on_record(block) == (0, 0) and block.runtime.place.published == []


def test_a_form_of_another_block_of_the_same_words_signs_this_block_only(block):
    twin = make_block(PledgeBlock, PLEDGE)
    form = pledge_form(twin)
    assert post(block, "sign", form).status_code == 409, "no agreement was given here"
    agree(block)
    assert post(again(block), "sign", form).status_code == 200
    assert len(rows(block)) == 1 and rows(twin) == []


def test_who_signs_is_the_session_not_the_form(block):
    form = [
        *pledge_form(block),
        ("user_id", "102"),
        ("username", "okafor"),
        ("account_name", "Ben Okafor"),
        ("signed_at", "2020-01-01"),
    ]
    assert post(block, "sign", form).status_code == 200
    [row] = rows(block)
    assert (row.user_id, row.username, row.signed_at.year > 2020) == (LEARNER.user_id, "reyes", True)
