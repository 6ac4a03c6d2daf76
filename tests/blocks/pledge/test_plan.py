"""The signer's own plan on the certificate: only if they want it, as it was shown, and otherwise nobody else's."""

import io
import re
from datetime import UTC, datetime

import pypdf
import pytest

from dti_xblocks.pages.pledge.record import record_page
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records import models, own_words
from dti_xblocks.records.pledge.sealed import sealed_record
from dti_xblocks.seals.command import facts_of
from tests.blocks.pledge.at_work import rows, sign, signed
from tests.blocks_at_work import pledge_form
from tests.pledge.samples import PLEDGE
from tests.runtime import COURSE, LEARNER, OTHER, STAFF, again, get, make_block, page, post

PLAN = {"if": "a knee on a neck", "then": "say “Switch” & put my hand on his arm"}
SENTENCE = "If I see a knee on a neck, then I will say “Switch” & put my hand on his arm"
SHOWN = SENTENCE.replace("&", "&amp;")


def write_plan(words=PLAN, user=LEARNER, course=str(COURSE), block="plan-7", kind="plan", day=1):
    found = own_words.of_learner(user.user_id, f"{course}/{block}")
    own_words.write(
        user_id=user.user_id, course_key=course, usage_key=f"{course}/{block}", kind=kind, title="My plan", words=words,
        seen=found.version if found else 0, now=datetime(2026, 11, day, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_written():
    models.OwnWords.objects.all().delete()


@pytest.fixture
def offering():
    return make_block(PledgeBlock, PLEDGE, offer_plan=True)


def form_with_plan(block, **changes):
    pairs = pledge_form(block, plan="yes", **changes)
    return [*pairs, ("plan_shown", re.search(r'name="plan_shown" value="([0-9a-f]{64})"', page(block))[1])]


def test_it_is_offered_with_a_box_that_is_not_checked(offering):
    write_plan()
    pledge_form(offering)
    html = page(again(offering))
    assert SHOWN in html and "Put my plan on the certificate" in html
    box = re.search(r'<input type="checkbox" name="plan"[^>]*>', html)[0]
    assert "checked" not in box and "required" not in box
    assert "which your course staff can read" in html


def test_who_does_not_check_the_box_signs_what_everybody_signs(offering):
    write_plan()
    plain = make_block(PledgeBlock, PLEDGE)
    documents = [rows(signed(block))[0].document for block in (offering, plain)]
    assert [set(document) for document in documents] == [set(documents[0])] * 2 and "plan" not in documents[0]
    everything = page(again(offering)) + record_page(sealed_record(rows(offering)[0]), "")
    assert "knee on a neck" not in everything and "My plan" not in everything


def test_what_was_shown_is_signed_and_stands_on_page_and_certificate(offering):
    write_plan()
    answer = post(offering, "sign", form_with_plan(offering))
    assert answer.status_code == 200, answer.text
    (row,) = rows(offering)
    assert row.document["plan"] == {"text": SENTENCE, "statement": "Put my plan on the certificate"}
    html = page(again(offering))
    assert html.count(SHOWN) == 2, "on the certificate, and in what is on record"
    paper = record_page(sealed_record(row), "")
    assert SHOWN in paper and paper.index(row.code) < paper.index(SHOWN), "below the code, which keeps its place"
    assert ("The signer's own plan", SENTENCE) in facts_of(row.document)
    write_plan({"if": "another", "then": "thing"}, day=2)
    assert SHOWN in page(again(offering)), "the record is as it was signed"
    copy = get(again(offering), "pdf", f"pledge={row.id}")
    first = pypdf.PdfReader(io.BytesIO(copy.body)).pages[0].extract_text()
    assert row.code in first and "knee on a neck" in first and "If I see another" not in first


def test_a_plan_that_was_changed_in_the_meantime_is_not_signed_unread(offering):
    write_plan()
    form = form_with_plan(offering)
    write_plan({"if": "another", "then": "thing"}, day=2)
    answer = post(again(offering), "sign", form)
    assert answer.status_code == 409 and "Your plan has changed" in answer.json["error"] and rows(offering) == []
    assert post(again(offering), "sign", form_with_plan(again(offering))).status_code == 200
    assert rows(offering)[0].document["plan"]["text"] == "If I see another, then I will thing"


@pytest.mark.parametrize(
    "forged", [("plan_shown", "0" * 64), ("plan_shown", ""), ("plan_shown", "If I see")], ids=["digest", "nothing", "text"]
)
def test_only_the_plan_that_is_the_signers_can_be_signed(offering, forged):
    write_plan()
    answer = post(offering, "sign", [*pledge_form(offering, plan="yes"), forged])
    assert answer.status_code == 409 and rows(offering) == []


def test_nobody_else_s_plan_and_none_of_another_course_is_offered(offering):
    write_plan(user=OTHER)
    write_plan(course="course-v1:Other+C+R")
    write_plan(kind="reflect", words={"text": "My note"}, block="note")
    pledge_form(offering)
    html = page(again(offering))
    assert 'name="plan"' not in html and "knee on a neck" not in html and "My note" not in html


def test_the_one_made_last_is_offered_and_a_removed_one_is_not(offering):
    write_plan(day=1)
    write_plan({"if": "my hands shake", "then": "breathe"}, block="plan-9", day=3)
    pledge_form(offering)
    assert "If I see my hands shake, then I will breathe" in page(again(offering))
    own_words.forget(LEARNER.user_id, f"{COURSE}/plan-9")
    assert SHOWN in page(again(offering))


def test_without_the_setting_no_plan_is_read():
    block = make_block(PledgeBlock, PLEDGE)
    write_plan()
    pledge_form(block)
    assert "knee on a neck" not in page(again(block))
    answer = post(again(block), "sign", [*pledge_form(again(block), plan="yes"), ("plan_shown", "x")])
    assert answer.status_code == 409 and rows(block) == []


def test_staff_read_it_only_where_it_was_signed(offering):
    write_plan()
    assert sign(offering).status_code == 200
    staff = again(offering, STAFF)
    told = page(staff) + get(staff, "signatures", json=True).text + get(staff, "signatures_csv").text
    assert "knee on a neck" not in told
