"""The list of who has signed, and the numbers on the block's page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dti_xblocks.blocks.pledge import staff_list
from dti_xblocks.records.models import (
    SignedPledge,
)
from tests.blocks.pledge.staff.at_work import OTHER_STAFF, PEOPLE, THIRD, listed, reads, sign, staff
from tests.runtime import ANONYMOUS, LEARNER, OTHER, again, get, page, search


def test_the_list_has_who_signed_and_who_did_not(block):
    sign(block)
    assert listed(block) == [("reyes", "valid"), ("okafor", "not signed"), ("zhou", "not signed")]
    assert listed(block, "status=not-signed") == [("okafor", "not signed"), ("zhou", "not signed")]
    assert listed(block, "status=current") == [("reyes", "valid")]
    assert listed(block, "status=expired") == []
    assert listed(block, "status=to-sign") == [("okafor", "not signed"), ("zhou", "not signed")]


def test_it_is_searched_by_username_and_name(block):
    sign(block)
    assert listed(block, "q=REYE") == listed(block, "q=ana") == [("reyes", "valid")]
    assert listed(block, "q=ben") == [("okafor", "not signed")]
    assert listed(block, "q=nobody") == []


def test_each_status_is_told(block):
    rows = {user.username: sign(block, user) for user in (LEARNER, OTHER, THIRD)}
    SignedPledge.objects.filter(id=rows["reyes"].id).update(wording_hash="0" * 64)
    SignedPledge.objects.filter(id=rows["okafor"].id).update(valid_until=datetime.now(UTC) - timedelta(days=1))
    SignedPledge.objects.filter(id=rows["zhou"].id).update(valid_until=datetime.now(UTC) + timedelta(days=3))
    assert dict(listed(block)) == {"reyes": "earlier wording", "okafor": "ran out", "zhou": "ends soon"}
    assert [name for name, _status in listed(block, "status=to-sign")] == ["okafor", "reyes"]
    assert listed(block, "status=soon") == [("zhou", "ends soon")]
    assert listed(block, "status=wording") == [("reyes", "earlier wording")]


def test_who_left_the_course_is_marked(block):
    sign(block)
    block = again(block, people=PEOPLE[1:])
    html = search(staff(block), "signatures", "q=reyes").text
    assert "not enrolled" in html


def test_where_enrolments_are_not_known_it_says_so(block):
    sign(block)
    block = again(block, people=None)
    html = get(staff(block), "signatures").text
    assert "Who is enrolled is not known here" in html and "Never signed" not in html
    assert listed(block) == [("reyes", "valid")]


def test_a_long_list_has_pages_of_few_queries(block, monkeypatch):
    monkeypatch.setattr(staff_list, "PEOPLE", 2)
    sign(block)
    names = [listed(block, f"page={number}") for number in (1, 2, 3)]
    assert names == [[("reyes", "valid"), ("okafor", "not signed")], [("zhou", "not signed")], [("zhou", "not signed")]]
    monkeypatch.setattr(staff_list, "PEOPLE", 50)
    with CaptureQueriesContext(
        connection,
    ) as few:
        listed(block)
    for user in (OTHER, THIRD):
        sign(block, user)
    with CaptureQueriesContext(connection) as more:
        listed(block)
    assert len(more) <= len(few)  # not one more for each person


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "status=<b>", "cohort=x", "cohort=7",
                                   "part=nothing", "q=%00%27", "q=" + "x" * 5000])  # fmt: skip
def test_a_strange_query_is_no_fault(block, query):
    sign(block)
    assert search(staff(block), "signatures", query).status_code == 200


def test_names_are_text_on_the_page(block):
    sign(block, name='<img src=x onerror=alert("1")> Reyes', reason="married")
    html = get(staff(block), "signatures").text
    assert "<img" not in html and "&lt;img" in html


def test_the_blocks_own_page_has_numbers_and_no_names(block):
    sign(block)
    html = page(staff(block))
    summary = html[html.index("dti-pledge-staff") :]
    assert "Open the signatures" in summary and "Enrolled and not signed" in summary
    assert "reyes" not in html and "Ana" not in html
    assert not reads(block)


def test_learners_do_not_see_it(block):
    sign(block)
    for user in (LEARNER, OTHER, OTHER_STAFF, ANONYMOUS):
        assert "dti-pledge-staff" not in page(again(block, user))
