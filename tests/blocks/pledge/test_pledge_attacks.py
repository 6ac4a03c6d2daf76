"""What hostile, broken or misplaced requests could do to a pledge, and that it comes to nothing: no fault, nothing half saved."""

import json
import random
import unicodedata
from types import SimpleNamespace
from urllib.parse import urlencode

import crum
import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from webob import Request

from dti_xblocks.pledge import seal, signing
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.records.models import PledgeEvent, PledgeImage, PledgeLink, PledgePending, SignedPledge
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import pledges
from tests.blocks_at_work import agree, pledge_form, read_to_end, shown
from tests.pledge.samples import PLEDGE
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

ACTS = ("read_to_end", "agree", "take_back", "sign")
FOR_STAFF = ("withdraw_signature", "prepare_files", "check_chain")
STRANGER = Person(999, "stranger", "No Body")
ASKED = PLEDGE.replace('label="Agency"', 'label="Agency" format="AA-9999"')
FIELDS = [
    "shown",
    "turn",
    "affirm",
    "answer-agency",
    "answer-rank",
    "consent",
    "name",
    "reason",
    "strokes",
    "offset",
    "seconds",
    "by",
]
FIELDS += ["code", "confirm", "csrfmiddlewaretoken", "x", "", "\x00"]


@pytest.fixture
def block():
    return make_block(PledgeBlock, PLEDGE)


def usage(block) -> str:
    return str(block.scope_ids.usage_id)


def rows(block) -> list:
    return list(SignedPledge.objects.filter(usage_key=usage(block)).order_by("id"))


def events(block) -> list:
    return list(PledgeEvent.objects.filter(usage_key=usage(block)).order_by("id"))


def on_record(block) -> tuple:
    return len(rows(block)), len(events(block))


def assert_whole(block):
    """Everything on record is intact, and has its one place in the chain or waits for it."""
    for kind, found in (("pledge", rows(block)), ("event", events(block))):
        for row in found:
            assert seal.intact(row.document, row.document_hash)
            places = PledgeLink.objects.filter(kind=kind, entry_id=row.id, entry=row.document_hash).count()
            places += PledgePending.objects.filter(kind=kind, entry_id=row.id, entry=row.document_hash).count()
            assert places == 1
    for row in rows(block):
        assert row.document["signature"]["name"] == row.signed_name == signing.clean(row.signed_name)
        assert all(each["affirmed"] is True for each in row.document["affirmations"])
        assert row.document["consent"]["given"] is True


def raw(block, handler: str, body: bytes, content_type: str = "application/x-www-form-urlencoded"):
    request = Request.blank(f"/handler/{handler}", method="POST", body=body, content_type=content_type)
    request.headers["Accept"] = "application/json"
    return block.runtime.handle(block, handler, request)


# -- any form at all -------------------------------------------------------------------------------------------------------

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


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ACTS + FOR_STAFF), st.binary(max_size=300), st.sampled_from(["application/x-www-form-urlencoded",
       "multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/plain; charset=utf-16", "x"]))  # fmt: skip
def test_no_bytes_make_a_fault(block, handler, body, content_type):
    page(block)  # that it was opened is recorded with the first screen
    before = on_record(block)
    assert 400 <= raw(block, handler, body, content_type).status_code < 500 or handler == "take_back"
    assert on_record(block) == before
    assert again(block).reported == ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=40), st.sampled_from(["pdf", "printable", "signatures", "signatures_csv", "not_signed_csv", "files_state"])
)
def test_no_query_makes_a_fault(block, text, handler):
    query = urlencode({"code": text, "after": text, "search": text, "status": text, "page": text}, errors="surrogatepass")
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


# -- names -----------------------------------------------------------------------------------------------------------------

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
    printed = get(again(mine), "printable", f"code={row.code}")
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
    assert not set(text) & signing.BIDI_CONTROLS


def test_half_a_character_in_any_field_is_no_fault(block):
    form = dict(pledge_form(block))
    for name in form:
        body = urlencode([*form.items(), (name, "\ud83d")], errors="surrogatepass").encode()
        assert raw(again(block), "sign", body).status_code in (200, 400, 409)
    assert_whole(block)


# -- somebody else's -------------------------------------------------------------------------------------------------------


def signed(block, user=LEARNER):
    mine = again(block, user)
    assert post(mine, "sign", pledge_form(mine, name=user.full_name)).status_code == 200
    return next(row for row in rows(block) if row.user_id == user.user_id)


@pytest.mark.parametrize("who", [ANONYMOUS, STRANGER, OTHER], ids=lambda person: person.username or "anonymous")
@pytest.mark.parametrize("handler", ["pdf", "printable", "printable_file"])
def test_nobody_else_reads_a_record(block, who, handler):
    row = signed(block)
    response = get(again(block, who), handler, f"code={row.code}", json=True)
    assert response.status_code in (403, 404)
    for secret in (row.signed_name, row.document_hash, row.username):
        assert secret not in response.text
    unknown = get(again(block, who), handler, f"code={seal.make_code(random.Random(1).choice)}", json=True)
    assert (unknown.status_code, unknown.text) == (response.status_code, response.text), "no code can be found by trying"


@pytest.mark.parametrize("handler", ["pdf", "printable"])
@pytest.mark.parametrize("who", [LEARNER, STAFF], ids=["signer", "staff"])
def test_a_record_of_another_course_is_not_read_here(block, handler, who):
    row = signed(block)
    elsewhere = make_block(PledgeBlock, PLEDGE, user=who)
    assert get(elsewhere, handler, f"code={row.code}", json=True).status_code == 404


@pytest.mark.parametrize("who", [ANONYMOUS, STRANGER], ids=["anonymous", "not enrolled"])
@pytest.mark.parametrize("handler", ACTS + FOR_STAFF)
def test_nobody_from_outside_makes_a_record(block, who, handler):
    form = [*pledge_form(block), ("consent", "yes"), ("confirm", "yes"), ("code", signed(block, OTHER).code)]
    before = on_record(block)
    assert post(again(block, who), handler, form).status_code == 403
    assert on_record(block) == before


@pytest.mark.parametrize("handler", FOR_STAFF)
def test_no_learner_does_what_is_for_staff(block, handler):
    row = signed(block)
    before = on_record(block)
    form = {"code": row.code, "reason": "It was not me at all", "confirm": "yes"}
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


# -- steps left out, sent twice, out of order ------------------------------------------------------------------------------


def test_without_the_agreement_nothing_is_signed(block):
    form = {"shown": shown(block), "turn": "1", "name": "Ana Reyes", "affirm": "law", "answer-agency": "PD", "consent": "yes"}
    assert post(block, "sign", form).status_code == 409
    assert rows(block) == []


def test_an_agreement_taken_back_in_another_tab_stops_the_form_that_is_open(block):
    form = pledge_form(block)
    assert post(again(block), "take_back", {}).status_code == 200
    assert post(block, "sign", form).status_code == 409
    assert rows(block) == []


def test_the_reading_that_is_required_cannot_be_left_out():
    block = make_block(PledgeBlock, PLEDGE, require_reading=True)
    text = shown(block)
    assert agree(block).status_code == 409
    assert post(block, "sign", {"shown": text, "turn": "1", "name": "Ana Reyes"}).status_code == 409
    assert read_to_end(block, shown="0" * 64).status_code == 409
    assert [event.kind for event in events(block)] == ["opened"]


def test_a_gate_holds_for_every_act_also_when_it_closes_again(block):
    open_now = {"exam": ("Exam", 9, 10, True)}
    gated = make_block(PledgeBlock, PLEDGE, gate_block="exam", gate_percent=80, results=open_now)
    form = pledge_form(gated)
    closed = again(gated, results={"exam": ("Exam", 5, 10, True)})
    assert post(closed, "sign", form).status_code == 409
    assert rows(gated) == []
    assert post(again(gated, results={}), "sign", form).status_code == 409
    assert post(again(gated, results=open_now), "sign", form).status_code == 200


@pytest.mark.parametrize("turn", ["", "0", "2", "-1", "1e9", "x", "9" * 400, "1 "])
def test_a_forged_turn_makes_no_second_signature(block, turn):
    form = [(name, value) for name, value in pledge_form(block) if name != "turn"]
    assert post(block, "sign", [*form, ("turn", turn)]).status_code in (200, 409)
    assert post(again(block), "sign", [*form, ("turn", turn)]).status_code == 200
    assert [row.turn for row in rows(block)] == [1] or rows(block) == []
    assert_whole(block)


@pytest.mark.parametrize("breaks", ["pend", "present_row"])
def test_a_fault_between_two_writes_leaves_neither(block, monkeypatch, breaks):
    form = pledge_form(block)

    def fail(*_ignored):
        raise RuntimeError("between two writes")

    with monkeypatch.context() as broken:
        broken.setattr(pledges, breaks, fail)
        with pytest.raises(RuntimeError):
            post(again(block), "sign", form)
    assert rows(block) == [] and block.runtime.place.events("grade") == []
    assert post(again(block), "sign", form).status_code == 200
    assert_whole(block)


def test_a_chain_that_cannot_be_continued_now_costs_no_signature(block, monkeypatch, caplog):
    form = pledge_form(block)
    with monkeypatch.context() as broken:
        broken.setattr(pledge_chain, "complete", fail := lambda *_ignored: 1 / 0)
        assert fail and post(again(block), "sign", form).status_code == 200
    assert_whole(block)
    assert "could not be continued now" in caplog.text


def test_a_picture_is_kept_once_and_only_with_a_signature(block, monkeypatch):
    count = PledgeImage.objects.count()
    post(block, "sign", {"shown": shown(block)})
    assert PledgeImage.objects.count() == count
