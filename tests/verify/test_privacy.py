"""The public verify page: what it keeps to itself."""

import itertools
import re

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from dti_xblocks.seals.site import site_keys
from dti_xblocks.verify import answers
from tests.pdf.pledge_samples import signed_row
from tests.verify.at_work import NOW, PAGE, UNKNOWN, ask, courses, pdf_of, send, verdict


def test_the_institution_says_what_is_shown_of_the_person(client):
    row = signed_row(course=next(courses), name="Ana María Reyes-Ortiz", account="Ana Reyes", reason="Married",
                     course_title="Duty to Intervene")  # fmt: skip
    secret = ("officer-", "Married", "4711", "Sergeant", "block-v1", "course-v1")
    everything = {
        "name": "Ana María Reyes-Ortiz",
        "initials": "A. M. R.",
        "course": "Duty to Intervene",
        "agency": "Example Police Department",
        "date": "November 23, 2026",
    }
    with override_settings(DTI_PLEDGE_VERIFY_RATE=10_000):
        for count in range(len(everything) + 1):
            for words in itertools.combinations(everything, count):
                with override_settings(DTI_PLEDGE_VERIFY_SHOWS=words):
                    page = ask(client, row.code).content.decode()
                expected = {word for word in words if not (word == "initials" and "name" in words)}
                assert {word for word, text in everything.items() if text in facts_of(page)} == expected
                for hidden in secret:
                    assert hidden not in page


def facts_of(page: str) -> str:
    return re.search(r'<dl class="dti-verify-facts">(.*?)</dl>', page, re.DOTALL)[1]


@pytest.mark.parametrize("setting", [(), None, "", ("nonsense",), "nonsense"])
def test_a_setting_without_words_shows_nothing_of_the_person(client, row, setting):
    with override_settings(DTI_PLEDGE_VERIFY_SHOWS=setting):
        page = ask(client, row.code).content.decode()
    for hidden in ("A. R.", "Ana", "Duty to Intervene</", "November", "2026"):
        assert hidden not in facts_of(page)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ana Reyes", "A. R."), ("王小明", "王."), ("محمد علي", "م. ع."), ("(Bo) o'Neil 3rd", "B. O. R."), ("1 2", ""), ("", "")],
)
def test_initials_in_every_script(name, letters):
    assert answers.initials(name) == letters


BAD_CODES = [
    UNKNOWN, "7QXD-03MB-K9TR-H4WN", "7QXD", "x" * 90, "' OR 1=1 --", "\x00", "<script>alert(1)</script>", "０" * 16, "مرحبا", "%s",
]  # fmt: skip


def test_all_codes_that_are_none_have_one_and_the_same_answer(client):
    pages = {(ask(client, code).content, ask(client, code).status_code) for code in BAD_CODES[:9]}
    pages.add((client.post(PAGE, {"code": BAD_CODES[9]}).content, 200))
    assert len(pages) == 1
    assert verdict(ask(client, UNKNOWN)) == "Unknown"


def test_the_lookup_never_names_the_code_to_the_database(row):
    with CaptureQueriesContext(connection) as queries:
        answers.for_code(row.code, site_keys().ring, NOW)
    assert all(row.code not in query["sql"] for query in queries)


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "{{ 7*7 }}", "\u202eabc"])
def test_what_is_typed_never_comes_back(client, typed):
    for response in (ask(client, typed), client.post(PAGE, {"code": typed})):
        assert typed not in response.content.decode()
        assert "alert(1)" not in response.content.decode()


def test_what_was_signed_is_text_on_the_page(client):
    row = signed_row(course=next(courses), name="<img src=x> Reyes", account="", course_title="<b>Course</b>")
    with override_settings(DTI_PLEDGE_VERIFY_SHOWS=("name", "course")):
        page = ask(client, row.code).content.decode()
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt; Reyes" in page
    assert "<b>Course" not in page


def test_the_log_holds_no_code(client, row, caplog):
    caplog.set_level(0)
    ask(client, row.code)
    ask(client, UNKNOWN)
    send(client, pdf_of(row))
    assert row.code not in caplog.text
    assert UNKNOWN not in caplog.text
    assert "Failed lookup" not in caplog.text
