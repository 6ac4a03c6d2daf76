"""How it looks: three steps, a certificate when it is signed, the seal that follows, the institution that vouches."""

from pathlib import Path

from django.test import override_settings
from lxml import html

from dti_xblocks.course import preview
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records import models
from dti_xblocks.records.pledge import pledges
from dti_xblocks.seals.site import site_keys
from tests.blocks.pledge.at_work import rows, signed
from tests.blocks_at_work import agree, read_to_end
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import OTHER, again, get, make_block, page, post

BADGE = Path(preview.__file__).with_name("assets") / "badge.svg"
SOON, SEALED, WAITS = "Sealing takes a moment.", "Sealed.", "Your signature is on record and counts."


def tree(block):
    return html.document_fromstring(page(block))


def steps(block) -> list[str]:
    """The state of each of the three steps."""
    found = tree(block).xpath("//ol[@class='dti-pledge-steps']/li")
    assert [each.get("aria-current") for each in found].count("step") <= 1
    return [each.get("class").removeprefix("dti-pledge-step-") for each in found]


def test_three_steps_lead_to_the_signature():
    block = make_block(PledgeBlock, PLEDGE_OLX, require_reading=True)
    assert steps(block) == ["now", "next", "next"]
    read_to_end(block)
    assert steps(again(block)) == ["done", "now", "next"]
    folded = tree(again(block)).xpath("//details[not(@open)]//div[@class='dti-pledge-text']")
    assert len(folded) == 1  # it was read: it need not stand there again
    agree(again(block))
    assert steps(again(block)) == ["done", "done", "now"]


def test_who_has_not_said_that_it_was_read_has_it_in_full(block):
    assert steps(block) == ["done", "now", "next"]
    assert tree(block).xpath("//div[@class='dti-pledge-text'][not(ancestor::details)]")


def test_before_a_gate_no_step_has_begun():
    assert steps(make_block(PledgeBlock, PLEDGE_OLX, opens_on="2199-01-01")) == ["next"] * 3


def test_without_a_script_all_statements_stand_below_each_other(block):
    agree(block)
    form = tree(again(block)).xpath("//form[@data-dti-signing]")[0]
    assert len(form.xpath(".//fieldset[@data-dti-statements]//input[@name='affirm'][not(ancestor::*[@hidden])]")) == 2
    assert form.xpath(".//*[@data-dti-walk][@hidden]") and not form.xpath(".//*[@data-dti-after][@hidden]")


def test_the_signed_pledge_is_a_certificate_and_all_else_is_folded(block):
    address = "https://lms.example.edu/dti/verify"
    with override_settings(DTI_INSTITUTION={"name": "Sunset PD", "logo": BADGE}, DTI_PLEDGE_VERIFY_URL=address):
        found = tree(signed(block))
    [row] = rows(block)
    [card] = found.find_class("dti-pledge-certificate")
    text = " ".join(card.text_content().split())
    for said in ("Sunset PD", "Our pledge", "Signed by", "Ana Reyes", "Signed on", row.code, SEALED):
        assert said in text, said
    assert next(each.get("alt") for each in card.iter("img")) == "Logo of Sunset PD"
    assert "QR code" in [each.get("alt") for each in card.iter("img")][-1]
    assert "I will step in." not in text and "told before agreeing" not in text
    folds = found.xpath("//section[@class='dti-pledge-signed']//details")
    assert len(folds) == 4 and not any("open" in each.attrib for each in folds)
    inside = " ".join(each.text_content() for each in folds)
    for said in ("I will step in.", "told before agreeing", "Sunset Police Department", "Fingerprint of the record"):
        assert said in inside, said


def test_without_an_institution_there_is_no_letterhead(block):
    with override_settings(DTI_INSTITUTION=None):
        found = tree(signed(block))
    assert found.find_class("dti-pledge-certificate") and not found.find_class("dti-letterhead")


def test_a_seal_that_is_on_its_way_is_explained_and_looked_for(block, monkeypatch):
    with monkeypatch.context() as before_the_end_of_the_request:
        before_the_end_of_the_request.setattr(pledges, "later", lambda _chain: None)
        html_now = page(signed(block))
    [row] = rows(block)
    assert SOON in html_now and "data-dti-look" in html_now and SEALED not in html_now
    assert "This record is not sealed yet: sealing takes a moment" in html_now
    answer = post(again(block), "look_again", {})
    assert answer.status_code == 200 and SEALED in answer.json["html"] and "data-dti-look" not in answer.json["html"]
    assert rows(block)[0].document == row.document


def test_where_there_is_no_key_nobody_is_told_to_wait(block):
    with override_settings(DTI_PLEDGE_KEYS=None):
        html_now = page(signed(block))
        assert site_keys().missing and WAITS in html_now and "data-dti-look" not in html_now
    answer = post(again(block), "look_again", {})
    assert SEALED in answer.json["html"]


def test_nobody_sees_anothers_pledge_by_looking_again(block):
    signed(block)
    answer = post(again(block, OTHER), "look_again", {})
    assert (
        answer.status_code == 200
        and "dti-pledge-signed" not in answer.json["html"]
        and rows(block)[0].code not in answer.json["html"]
    )
    assert len(rows(block)) == 1


def test_the_file_that_was_made_stays_whatever_the_institution_is_called_later(block):
    mine = signed(block)
    [row] = rows(block)
    with override_settings(DTI_INSTITUTION={"name": "Sunset PD"}):
        first = get(mine, "pdf", f"pledge={row.id}").body
        kept = models.PledgeCopy.objects.get(pledge=row.id)
    with override_settings(DTI_INSTITUTION={"name": "Another PD", "logo": BADGE, "paper": "A4"}):
        assert get(again(block), "pdf", f"pledge={row.id}").body == first == bytes(kept.body)
        assert "Another PD" in get(again(block), "printable", f"pledge={row.id}").text
    [after] = rows(block)
    assert (after.document, after.document_hash) == (row.document, row.document_hash)
