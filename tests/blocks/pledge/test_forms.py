"""Without a script, rough handling, and authoring."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from webob import Request

from dti_xblocks.blocks.pledge import screen as screens
from dti_xblocks.pledge_block import PledgeBlock
from tests import runtime
from tests.blocks.pledge.at_work import edited, rows, signed
from tests.blocks_at_work import pledge_form
from tests.pledge.samples import PLEDGE as PLEDGE_OLX
from tests.runtime import STAFF, again, make_block, page, post


def test_a_plain_form_leads_back_to_its_page(block):
    response = post(block, "sign", pledge_form(block), json=False, referer="http://localhost/unit")
    assert (response.status_code, response.location) == (303, "http://localhost/unit")


def test_a_plain_form_that_lacks_something_says_how_to_get_back_to_the_entries(block):
    response = post(block, "sign", pledge_form(block, name=""), json=False)
    assert response.status_code == 400
    assert "Type your full name." in response.text and "Back button" in response.text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["shown", "affirm", "answer-agency", "answer-rank", "consent", "name", "reason", "x"]),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(["law", "act", "yes", "Ana Reyes"]),
        ),
        max_size=12,
    ),
    st.booleans(),
)
def test_no_form_makes_the_handler_fail(block, pairs, real_shown):
    form = pairs + ([pledge_form(block)[0]] if real_shown and "<form" in page(block) else [])
    assert post(again(block), "sign", form).status_code in (200, 400, 409)


def test_a_file_in_place_of_text_is_refused(block):
    request = Request.blank(
        "/handler/sign",
        POST={"shown": dict(pledge_form(block))["shown"], "name": ("evil.txt", b"Ana Reyes"), "affirm": ("a", b"law")},
    )
    request.headers["Accept"] = "application/json"
    response = block.runtime.handle(block, "sign", request)
    assert response.status_code == 400 and "damaged" in response.json["error"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"name": "Ana"}'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"name=%ff%fe&shown=%ED%A0%80&%"),
        ("text/plain", b"\x00\xff"),
    ],
)
def test_a_damaged_request_is_refused(block, content_type, body):
    request = Request.blank("/handler/sign", method="POST", body=body, content_type=content_type)
    request.headers["Accept"] = "application/json"
    response = block.runtime.handle(block, "sign", request)
    assert 400 <= response.status_code < 500
    assert rows(block) == []


@pytest.mark.parametrize("content", ["", "<preamble><p>Why.</p></preamble>", PLEDGE_OLX.replace('"act"', '"law"')])
def test_an_unsound_pledge_cannot_be_signed_and_staff_learn_why(content):
    block = make_block(PledgeBlock, content)
    html = page(block)
    assert "being edited" in html and "PL0" not in html
    assert "PL0" in page(again(block, STAFF))
    assert "being edited" in sign_raw(block).json["error"]
    assert block.problems()


def sign_raw(block):
    response = post(block, "sign", {})
    assert response.status_code == 400
    return response


def test_content_that_cannot_be_read_keeps_what_was_signed(block):
    signed(block)
    broken = edited(block, "<closing>", "<closing")
    html = page(broken)
    assert "being edited" in html and rows(block)[0].code in html
    assert "PL000" in page(again(block, STAFF))


def test_problems_stand_once_on_the_page_in_studio():
    html = page(make_block(PledgeBlock, "", studio=True, user=STAFF), "author_view")
    assert html.count("PL001") == 1


def test_content_that_is_no_xml_is_not_saved():
    with pytest.raises(ValueError, match="line 1"):
        PledgeBlock.clean_content("<preamble>")
    assert PledgeBlock.clean_content(PLEDGE_OLX) == PLEDGE_OLX


@pytest.mark.parametrize(
    "content", [PLEDGE_OLX, "<preamble/>", '<!-- note -->\n  <affirmation id="a">é &lt; <em>x</em></affirmation>']
)
def test_the_content_survives_the_round_trip_to_the_byte(content):
    assert runtime.exported(make_block(PledgeBlock, content)) == content


def test_the_edit_form_is_shown(block):
    html = page(again(block, STAFF, studio="handler"), "studio_view")
    assert "Our pledge" in html and "affirmation" in html and 'name="weight"' in html


def test_apps_and_search_get_the_words(block):
    assert block.student_view_data() == {
        "title": "Our pledge",
        "statements": ["I know the law & my agency's policy.", "I will step in."],
    }
    content = block.index_dictionary()["content"]
    assert content["display_name"] == "Our pledge" and "people trust me. I know the law" in content["pledge"]


def test_few_queries_are_enough(block):
    page(block)
    with CaptureQueriesContext(
        connection,
    ) as reading:
        page(again(block))
    assert len(reading) <= 2
    form = pledge_form(block)
    with CaptureQueriesContext(connection) as signing:
        post(again(block), "sign", form)
    # Half of them are the chain's: what is pending is linked and signed when the signature stands. Where SQLite's transactions begin as
    # readers (Django before 5.1), there is a write more; see `write_first`.
    assert len(signing) <= (25 if getattr(connection, "transaction_mode", None) else 26)


def test_the_page_shows_even_when_something_of_ours_breaks(block, monkeypatch):
    monkeypatch.setattr(screens, "_parts", lambda *args: 1 / 0)
    assert "could not be shown" in page(block)
