"""The review block on a runtime that behaves as the platform does."""

import csv
import io
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import crum
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from webob import Request

from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.models import CourseReview
from dti_xblocks.records.review import reviews
from dti_xblocks.review_block import ReviewBlock
from tests import runtime
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

PROMPT = "<prompt><p>What will <em>help</em> you on the street?</p></prompt>"
SENT = "Thank you. Your review was sent."


@pytest.fixture
def block():
    return make_block(ReviewBlock, PROMPT, display_name="Review this course")


def rows(block):
    return list(CourseReview.objects.filter(usage_key=str(block.scope_ids.usage_id)))


def send(block, stars="4", text="Clear and useful."):
    return post(block, "submit", {"stars": stars, "text": text})


def test_the_page_asks_and_chooses_nothing(block):
    html = page(block)
    assert "What will <em>help</em> you on the street?" in html
    assert re.findall(r'name="stars" value="(\d)"', html) == ["1", "2", "3", "4", "5"]
    assert "1 star<" in html and "5 stars<" in html
    assert not re.search(r'name="stars"[^>]* checked', html) and "<fieldset>" in html and "<legend>" in html
    assert 'maxlength="5000"' in html
    assert block.runtime.place.published == []


def test_without_a_question_of_the_author_a_general_one_is_asked():
    assert "How was this course for you?" in page(make_block(ReviewBlock))


def test_a_review_is_recorded_shown_and_completes(block):
    response = send(block)
    assert response.status_code == 200
    html = response.json["html"]
    assert SENT in html and "data-dti-focus" in html and "4 stars" in html and "Clear and useful." in html
    assert "Change my review" in html
    [row] = rows(block)
    assert (row.user_id, row.username, row.stars, row.text) == (101, "reyes", 4, "Clear and useful.")
    assert row.course_key == "course-v1:DTI+DTI101+2026"
    place = block.runtime.place
    assert place.events("completion") == [{"completion": 1.0}]
    assert place.events("grade") == [] and not getattr(block, "has_score", False)
    assert place.events("dti.review.submitted") == [{"stars": 4}]


def test_a_review_is_changed_and_stays_one(block):
    send(block)
    html = page(again(block))
    assert re.search(r'value="4" required checked', html)
    assert "\nClear and useful.</textarea>" in html
    assert send(again(block), stars="2", text="").status_code == 200
    [row] = rows(block)
    assert (row.stars, row.text) == (2, "")
    assert row.changed_at > row.created_at
    assert len(block.runtime.place.events("completion")) == 1


@pytest.mark.parametrize("stars", ["", "0", "6", "four", None])
def test_stars_must_be_chosen(block, stars):
    response = post(block, "submit", {"text": "x"} if stars is None else {"stars": stars, "text": "x"})
    assert response.status_code == 400 and "Choose from 1 to 5 stars" in response.json["error"]
    assert rows(block) == [] and block.runtime.place.published == []


def test_a_text_that_is_too_long_is_refused(block):
    response = send(block, text="x" * 5001)
    assert response.status_code == 400 and "at most 5000 characters" in response.json["error"]
    assert send(block, text="x" * 5000).status_code == 200


def test_text_is_shown_as_text(block):
    send(block, text="<script>alert(1)</script>\n{{ x }} 👮🏽 كلام")
    for html in (page(again(block)), page(again(block, STAFF))):
        assert "<script>alert" not in html and "&lt;script&gt;" in html and "{{ x }} 👮🏽 كلام" in html


def test_a_text_that_starts_with_a_line_break_keeps_its_form(block):
    send(block, text="\n\n  second")
    assert "\nsecond</textarea>" in page(again(block))


def test_learners_never_see_other_reviews(block):
    send(again(block, OTHER), text="Private words")
    html = page(again(block, LEARNER))
    assert "Private words" not in html and "okafor" not in html and "For course staff" not in html


def test_the_day_is_written_as_the_language_writes_it(block):
    send(block)
    day = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
    CourseReview.objects.filter(usage_key=str(block.scope_ids.usage_id)).update(changed_at=day)
    assert "November 23, 2026" in page(again(block)) and "November 23, 2026" in page(again(block, STAFF))
    with translation.override("fr"):
        assert "23 novembre 2026" in page(again(block, LEARNER))


def test_staff_see_average_counts_and_texts(block):
    send(again(block, LEARNER), stars="5")
    send(again(block, OTHER), stars="2", text="Too long")
    html = page(again(block, STAFF))
    assert "2 reviews, on average 3.5 stars." in html and "Too long" in html and "okafor" in html
    counts = re.findall(r'<th scope="row">([^<]+)</th><td><svg[^>]*><rect width="(\d+)" height="14"/></svg> (\d+)</td>', html)
    assert counts == [
        ("5 stars", "240", "1"), ("4 stars", "0", "0"), ("3 stars", "0", "0"), ("2 stars", "240", "1"), ("1 star", "0", "0"),
    ]  # fmt: skip


def test_staff_see_that_there_is_nothing_yet(block):
    assert "Nobody has sent a review yet." in page(again(block, STAFF))


def test_the_csv_is_for_staff_and_holds_no_formulas(block):
    send(again(block, LEARNER), text="=1+1\nsecond line, with comma")
    assert get(again(block, LEARNER), "reviews_csv").status_code == 403
    assert get(again(block, ANONYMOUS), "reviews_csv").status_code == 403
    response = get(again(block, STAFF), "reviews_csv")
    [line] = csv.DictReader(io.StringIO(response.body.decode("utf-8-sig"), newline=""))
    assert line["Name"] == "reyes" and line["Stars"] == "4"
    assert line["Review"] == "'=1+1\nsecond line, with comma"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line["Changed at (UTC)"])


def test_a_reset_of_the_learners_state_loses_nothing(block):
    send(block)
    place = block.runtime.place
    for key in [key for key in place.store.db_dict if "reported" in str(key)]:
        del place.store.db_dict[key]
    place.published.clear()
    assert SENT in page(again(block))
    assert place.events("completion") == [{"completion": 1.0}]


def test_a_review_is_shown_when_its_completion_cannot_be_reported(block, monkeypatch):
    publish = runtime.BlockRuntime.publish

    def refusing(here, one, event, data):
        if event == "completion":
            raise ConnectionError("the broker of the tasks is down")
        publish(here, one, event, data)

    monkeypatch.setattr(runtime.BlockRuntime, "publish", refusing)
    assert SENT in send(block).json["html"]
    monkeypatch.undo()
    page(again(block))
    assert block.runtime.place.events("completion") == [{"completion": 1.0}]


def test_nobody_else_can_send(block):
    assert send(again(block, ANONYMOUS)).status_code == 403
    assert send(again(block, Person(999, "stranger"))).status_code == 403
    assert get(block, "submit", json=True).status_code == 405
    assert rows(block) == []


def test_staff_who_view_the_course_as_a_learner_cannot_send(block, monkeypatch):
    staff = SimpleNamespace(pk=STAFF.user_id, is_authenticated=True)
    monkeypatch.setattr(crum, "get_current_request", lambda: SimpleNamespace(user=staff, META={}))
    assert send(block).status_code == 403
    assert rows(block) == []


def test_a_visitor_who_is_not_signed_in_gets_a_notice(block):
    assert "sign in" in page(again(block, ANONYMOUS))


def test_studio_shows_the_form_and_keeps_nothing(block):
    studio = again(block, STAFF, studio="preview")
    assert "Send my review" in page(studio, "author_view")
    response = send(studio)
    assert response.status_code == 400 and "nothing is kept here" in response.json["error"]
    assert rows(block) == []


@pytest.mark.parametrize("key", ["library", "word"])
def test_it_works_outside_of_a_course(key):
    block = make_block(ReviewBlock, PROMPT, key=key)
    response = send(block)
    assert response.status_code == 400 and "nothing is kept here" in response.json["error"]
    assert rows(block) == [] and block.runtime.place.published == []


def test_without_any_service_it_is_a_notice():
    block = make_block(ReviewBlock, PROMPT, services={})
    assert "sign in" in page(block)
    assert send(block).status_code == 403


def test_missing_tables_are_a_notice_and_a_refusal(block, monkeypatch):
    def broken(*args, **kwargs):
        raise RecordsUnavailableError("no such table")

    monkeypatch.setattr(reviews, "of_learner", broken)
    monkeypatch.setattr(reviews, "save", broken)
    assert "cannot be sent right now" in page(block)
    assert "migrations of dti_records" in page(again(block, STAFF))
    response = send(block)
    assert response.status_code == 503 and "was not saved" in response.json["error"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["stars", "text", "x"]),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(["1", "5"]),
        ),
        max_size=6,
    )
)
def test_no_form_makes_the_handler_fail(block, pairs):
    assert post(again(block), "submit", pairs).status_code in (200, 400)


def test_a_file_in_place_of_text_is_refused(block):
    request = Request.blank("/handler/submit", POST={"stars": "3", "text": ("evil.txt", b"words")})
    request.headers["Accept"] = "application/json"
    assert block.runtime.handle(block, "submit", request).status_code == 400
    assert rows(block) == []


def test_a_plain_form_leads_back_to_its_page(block):
    response = post(block, "submit", {"stars": "3"}, json=False, referer="http://localhost/unit")
    assert (response.status_code, response.location) == (303, "http://localhost/unit")


def test_content_that_cannot_be_read_is_a_notice_and_staff_learn_why(block):
    place = block.runtime.place
    place.authoring = True
    author = again(block, STAFF)
    author.content = "<prompt>"
    author.save()
    place.authoring = False
    html = page(again(block, LEARNER))
    assert "being edited" in html and "RV000" not in html
    assert "RV000" in page(again(block, STAFF))
    assert page(again(block, STAFF, studio="preview"), "author_view").count("RV000") == 1


def test_content_that_is_no_xml_is_not_saved():
    with pytest.raises(ValueError, match="line 1"):
        ReviewBlock.clean_content("<prompt>")
    assert ReviewBlock.clean_content(PROMPT) == PROMPT


@pytest.mark.parametrize("content", [PROMPT, "<prompt/>", "\n  <!-- c --><prompt>a &amp; <strong>b</strong></prompt>\n"])
def test_the_content_survives_the_round_trip_to_the_byte(content):
    assert runtime.exported(make_block(ReviewBlock, content)) == content


def test_the_edit_form_is_shown(block):
    html = page(again(block, STAFF, studio="handler"), "studio_view")
    assert "Review this course" in html and "What will" in html


def test_apps_and_search_get_the_words(block):
    assert block.student_view_data() == {"title": "Review this course", "stars": [1, 2, 3, 4, 5], "longest_text": 5000}
    content = block.index_dictionary()["content"]
    assert content == {"display_name": "Review this course", "prompt": "What will help you on the street?"}


def test_few_queries_are_enough(block):
    page(block)
    with CaptureQueriesContext(connection) as reading:
        page(again(block))
    assert len(reading) <= 2
    with CaptureQueriesContext(connection) as sending:
        send(again(block))
    assert len(sending) <= 7
