"""Any form at all, any name: the pledge refuses, or records what it should, and is whole afterwards."""

import json
import unicodedata
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webob import Request

from dti_xblocks.pledge import signing
from dti_xblocks.pledge_block import PledgeBlock
from tests.blocks.pledge.attacks.at_work import ACTS, FIELDS, FOR_STAFF, assert_whole, on_record, rows
from tests.blocks_at_work import pledge_form, shown
from tests.pledge.samples import PLEDGE
from tests.runtime import LEARNER, STAFF, Person, again, get, make_block, page, post

ASKED = PLEDGE.replace('label="Agency"', 'label="Agency" format="AA-9999"')


def raw(block, handler: str, body: bytes, content_type: str = "application/x-www-form-urlencoded"):
    request = Request.blank(f"/handler/{handler}", method="POST", body=body, content_type=content_type)
    request.headers["Accept"] = "application/json"
    return block.runtime.handle(block, handler, request)


LIKELY = [
    "law",
    "act",
    "yes",
    "Ana Reyes",
    "NY-0001",
    "1",
    "2",
    "-300",
    "",
    "[[[1,2],[300,200]]]",
    "[[[1]]]",
    "NaN",
    "9" * 400,
    "scroll",
]
values = st.sampled_from(LIKELY) | st.text(max_size=60)
forms = st.lists(st.tuples(st.sampled_from(FIELDS), values), max_size=14)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ACTS + FOR_STAFF), forms, st.booleans()), min_size=1, max_size=4), st.booleans())
def test_no_sequence_of_forms_makes_a_fault_or_half_a_record(requests, ready):
    block = make_block(PledgeBlock, ASKED, user=LEARNER)
    complete = dict(pledge_form(block, answer_agency="NY-0001")) if ready else {"shown": shown(block)}
    for handler, form, real in requests:
        sent = [*form, *(((name, complete[name]) for name in ("shown", "turn") if name in complete) if real else ())]
        body = urlencode(sent, errors="surrogatepass").encode()
        response = raw(again(block), handler, body)
        assert response.status_code in (200, 400, 403, 404, 409), (handler, sent, response.status_code)
        assert "html" in response.json or response.json["error"]
    page(again(block))
    assert_whole(block)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ACTS + FOR_STAFF), st.binary(max_size=300), st.sampled_from(["application/x-www-form-urlencoded",
       "multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain; charset=utf-16", "x"]))  # fmt: skip
def test_no_bytes_make_a_fault(block, handler, body, content_type):
    page(block)  # that it was opened is recorded with the first screen
    before = on_record(block)
    assert 400 <= raw(block, handler, body, content_type).status_code < 500 or handler == "take_back"
    assert on_record(block) == before
    assert again(block).reported == ""


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=40), st.sampled_from(["pdf", "printable", "signatures", "signatures_csv", "not_signed_csv", "files_state"])
)
def test_no_query_makes_a_fault(block, text, handler):
    query = urlencode({"pledge": text, "after": text, "search": text, "status": text, "page": text}, errors="surrogatepass")
    for person in (LEARNER, STAFF):
        assert get(again(block, person), handler, query, json=True).status_code in (200, 400, 403, 404)


DRAWINGS = {
    "no json": "<svg onload=alert(1)>",
    "objects": '[{"x":1,"y":2}]',
    "fractions": "[[[1.5,2],[300,200]]]",
    "outside": "[[[1,2],[3000,200]]]",
    "endless": "[" * 50_000,
    "wide": "[[[1" + "0" * 5000 + ",2]]]",
    "too long": json.dumps([[[1, 2]] * 20_000]),
    "many strokes": json.dumps([[[0, 0], [100, 0]]] * 101),
    "truth": "[[[true,2],[300,200]]]",
    "nothing in it": "[[],[[1,2]]]",
    "a dot": "[[[1,2]]]",
    "nul": "\x00",
    "half a character": "\ud800",
}


@pytest.mark.parametrize("drawn", DRAWINGS.values(), ids=DRAWINGS)
def test_an_unsound_drawing_is_refused_and_the_same_form_without_it_is_signed(block, drawn):
    form = dict(pledge_form(block))
    sent = [*((name, value) for name, value in pledge_form(block) if name != "strokes"), ("strokes", drawn)]
    response = raw(block, "sign", urlencode(sent, errors="surrogatepass").encode())
    assert response.status_code == 400 and response.json["error"]
    assert rows(block) == []
    assert post(again(block), "sign", [pair for pair in sent if pair[0] != "strokes"]).status_code == 200
    assert form["turn"] == "1" and len(rows(block)) == 1


def test_a_form_of_megabytes_is_refused_as_too_long(block):
    form = [*pledge_form(block, name="Ana Reyes"), ("reason", "x" * 3_000_000)]
    response = post(block, "sign", [pair for pair in form if pair != ("reason", "")])
    assert response.status_code == 400 and "too long" in response.json["error"] and len(response.json["error"]) < 500
    assert rows(block) == []


def test_thousands_of_boxes_are_no_fault(block):
    form = [*pledge_form(block), *(("affirm", f"x{number}") for number in range(5000))]
    assert post(block, "sign", form).status_code == 200
    assert [each["id"] for each in rows(block)[0].document["affirmations"]] == ["law", "act"]


NAMES = [
    "Ana Reyes", "José Núñez-O’Brien", "Đặng Thị Thảo", "Łukasz Żółć", "Ærøskøbing Þór", "Νίκος Παπαδόπουλος", "Ольга Йованович",
    "Ґанна Їжак", "Արամ Խաչատրյան", "გიორგი მაისურაძე", "יעל כהן", "محمد بن عبد الله", "علی رضایی می\u200cخواهد", "प्रिया शर्मा",
    "রহিম উদ্দিন", "ਹਰਪ੍ਰੀਤ ਸਿੰਘ", "કૃષ્ણ પટેલ", "சுப்பிரமணியன்", "నాగేశ్వరరావు", "ಶ್ರೀನಿವಾಸ", "മോഹൻലാൽ", "නිමල් පෙරේරා", "สมชาย ใจดี", "ສົມສັກ",
    "အောင်ဆန်း", "សុខ សាន្ត", "བསྟན་འཛིན", "ተስፋዬ ገብረ", "王伟", "山田 太郎", "ヤマダ・タロウ", "김민준", "Ꮳꮃꭹ", "ᠮᠣᠩᠭᠣᠯ", "𞤀𞤣𞤤𞤢𞤥", "𠮷野家", "Ｗｉｄｅ Ｎａｍｅ",
    "👮🏽\u200d♀️ Ana", "Ana 🇺🇸 Reyes", "Z͑͗a̧͠lg̨o Text", "<script>alert(1)</script> Ana", "{{ settings.SECRET_KEY }} {% load x %} Ana",
    "Robert'); DROP TABLE dti_signed_pledge;--", "=HYPERLINK(\"x\") Ana", "%s %(x)s {0} Ana", "Ana\\u0000 \\x00", "A" * 255,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_script_is_signed_kept_and_shown_as_it_is(block, name):
    mine = again(block, Person(LEARNER.user_id, "reyes", name))
    response = post(mine, "sign", pledge_form(mine, name=name))
    assert response.status_code == 200, response.json
    [row] = rows(block)
    assert row.signed_name == unicodedata.normalize("NFC", name)
    assert row.document["signature"]["name_differs"] is False
    assert_whole(block)
    html = page(again(mine))
    assert ("<script>alert" not in html and "SECRET_KEY }}" in html) or "SECRET_KEY" not in name
    printed = get(again(mine), "printable", f"pledge={row.id}")
    assert printed.status_code == 200 and "<script>alert" not in printed.text


HIDDEN = {
    "nul": "Ana\x00Reyes", "escape": "Ana\x1b[31m Reyes", "lines": "Ana\r\nReyes", "line separator": "Ana\u2028Reyes",
    "turned round": "\u202eAna Reyes\u202c", "isolates": "\u2066Ana\u2069 Reyes", "byte order mark": "\ufeffAna Reyes",
    "no characters": "Ana\ufffe Reyes\uffff", "private": "Ana\ue000 Reyes", "tabs": "\tAna\t\tReyes\x0b",
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN.values(), ids=HIDDEN)
def test_control_and_direction_characters_never_reach_the_record(block, name):
    sent = pledge_form(block, name=name, reason=name, answer_agency=name)
    assert post(block, "sign", sent).status_code in (200, 400)
    post(again(block), "sign", pledge_form(block, name=name, reason="mine")) if not rows(block) else None
    [row] = rows(block)
    text = row.signed_name + json.dumps(row.document["answers"], ensure_ascii=False)
    assert not [character for character in text if unicodedata.category(character) in ("Cc", "Co", "Cs", "Cn", "Zl", "Zp")]
    assert not [each for each in set(text) - signing.JOINERS if unicodedata.category(each) == "Cf" or each in signing.FILLERS]


def test_half_a_character_in_any_field_is_no_fault(block):
    form = dict(pledge_form(block))
    for name in form:
        body = urlencode([*form.items(), (name, "\ud83d")], errors="surrogatepass").encode()
        assert raw(again(block), "sign", body).status_code in (200, 400, 409)
    assert_whole(block)
