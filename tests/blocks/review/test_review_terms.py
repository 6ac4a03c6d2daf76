"""What an author lets learners do with a review, and what staff do with one."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from dti_xblocks.platform import clock
from dti_xblocks.records.models import CourseReview
from dti_xblocks.review_block import ReviewBlock
from tests.runtime import LEARNER, OTHER, STAFF, Person, again, get, make_block, page, post

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def made(monkeypatch):
    """Makes a review block with settings, at a time that `made.now` sets."""
    at = [NOW]
    monkeypatch.setattr(clock, "now", lambda: at[0])

    def make(**settings):
        return make_block(ReviewBlock, "<prompt><p>How was it?</p></prompt>", **settings)

    make.later = lambda **much: at.__setitem__(0, at[0] + timedelta(**much))
    return make


def send(block, stars="4", text="Useful.", **more):
    return post(block, "submit", {"stars": stars, "text": text, **more})


def row_of(block):
    return CourseReview.objects.get(usage_key=str(block.scope_ids.usage_id))


def crowd(block, stars):
    """One review by each of several people."""
    place = block.runtime.place
    for number, given in enumerate(stars, start=3000):
        place.enrolled.add(number)
        assert send(again(block, Person(number, f"p{number}")), stars=str(given), text=f"text {number}").status_code == 200


# -- the name ------------------------------------------------------------------------------------------------------------


def test_a_learner_chooses_the_name_that_staff_read(made):
    block = made()
    html = page(block)
    assert re.findall(r'name="signed" value="(\w+)"( checked)?', html) == [("name", ""), ("username", " checked"), ("nobody", "")]
    for signed, shown in (("name", "Ana Reyes"), ("username", "reyes"), ("nobody", "")):
        send(again(block), signed=signed)
        assert row_of(block).shown_as == shown
        assert re.search(rf'value="{signed}" checked', page(again(block)))
    assert "Without a name" in page(again(block, STAFF))
    assert "reyes" not in page(again(block, STAFF))


def test_a_name_of_somebody_else_cannot_be_signed(made):
    block = made()
    response = send(block, signed="Chief Okafor")
    assert response.status_code == 400 and "Choose the name" in response.json["error"]
    assert not CourseReview.objects.filter(usage_key=str(block.scope_ids.usage_id)).exists()


def test_the_file_for_staff_names_nobody_who_did_not_want_it(made):
    block = made()
    send(block, signed="nobody")
    body = get(again(block, STAFF), "reviews_csv").body.decode("utf-8-sig")
    assert "reyes" not in body
    [line] = csv.DictReader(io.StringIO(body, newline=""))
    assert (line["Name"], line["Stars"]) == ("", "4")


# -- the time for changes ------------------------------------------------------------------------------------------------


def test_a_review_can_be_changed_for_thirty_days(made):
    block = made()
    send(block)
    assert "You can change it until December 23, 2026." in page(again(block))
    made.later(days=29)
    assert send(again(block), stars="3").status_code == 200
    made.later(days=1)
    response = send(again(block), stars="1", text="Changed my mind.")
    assert response.status_code == 400 and "is over" in response.json["error"]
    assert (row_of(block).stars, row_of(block).text) == (3, "Useful.")
    html = page(again(block))
    assert "It could be changed until December 23, 2026." in html and "Change my review" not in html


def test_an_author_may_let_reviews_be_changed_always(made):
    block = made(edit_days=0)
    send(block)
    made.later(days=4000)
    assert "You can change it until" not in page(again(block))
    assert send(again(block), stars="1").status_code == 200


# -- after how much of the course ----------------------------------------------------------------------------------------


def done(block, share):
    """Have the runtime say how much of the course is completed."""
    block.runtime.course_share_done = lambda: share
    return block


def test_a_review_waits_for_the_course_where_the_author_says_so(made):
    block = made(after_share=50)
    html = page(done(block, 0.304))
    assert "when you have completed 50% of the course. So far it is 30%." in html and "Send my review" not in html
    response = send(done(again(block), 0.304))
    assert response.status_code == 400 and "completed 50%" in response.json["error"]
    assert "Send my review" in page(done(again(block), 0.5))
    assert send(done(again(block), 0.5)).status_code == 200


def test_what_was_written_can_be_changed_whatever_is_completed_now(made):
    block = made(after_share=50)
    send(done(block, 0.6))
    assert send(done(again(block), 0.1), stars="2").status_code == 200


def test_nobody_waits_where_nobody_knows_what_is_completed(made):
    block = made(after_share=50)

    def broken():
        raise RuntimeError("no completion")

    block.runtime.course_share_done = broken
    assert "Send my review" in page(block)
    assert send(made(after_share=50)).status_code == 200


# -- figures for learners ------------------------------------------------------------------------------------------------


def test_learners_see_figures_from_five_reviews_on_and_no_text(made):
    block = made(shows_ratings=True)
    crowd(block, (5, 5, 4, 1))
    assert "What others gave" not in page(again(block, LEARNER))
    crowd_of_five = again(block, OTHER)
    send(crowd_of_five, stars="5", text="secret words")
    html = page(again(block, LEARNER))
    assert "5 reviews, on average 4.0 stars." in html and "What others gave" in html
    assert "secret words" not in html and "okafor" not in html and "text 3000" not in html


def test_learners_see_no_figures_where_the_author_does_not_say_so(made):
    block = made()
    crowd(block, (5, 5, 4, 1, 3))
    assert "What others gave" not in page(again(block, LEARNER))


def test_hidden_reviews_count_in_no_figure(made):
    block = made(shows_ratings=True)
    crowd(block, (5, 5, 5, 5, 5, 1))
    last = CourseReview.objects.filter(usage_key=str(block.scope_ids.usage_id)).latest("id")
    assert post(again(block, STAFF), "hide", {"review": str(last.id), "reason": "names a victim"}).status_code == 200
    assert "5 reviews, on average 5.0 stars." in page(again(block, LEARNER))
    staff = page(again(block, STAFF))
    assert "1 is hidden and not counted." in staff and "names a victim" in staff and "text 3005" in staff
    assert post(again(block, STAFF), "hide", {"review": str(last.id), "show": "1"}).status_code == 200
    assert "6 reviews" in page(again(block, LEARNER))
    place = block.runtime.place
    assert place.events("dti.review.hidden") == place.events("dti.review.shown") == [{"review": last.id}]


def test_staff_get_words_for_the_about_page_once_enough_have_sent_a_review(made):
    block = made()
    crowd(block, (5, 5, 4, 4))
    assert "For the About page" not in page(again(block, STAFF))
    send(again(block, LEARNER), stars="5")
    assert "&lt;p&gt;4.6 of 5 stars, by 5 learners.&lt;/p&gt;</textarea>" in page(again(block, STAFF))


# -- replies -------------------------------------------------------------------------------------------------------------


def test_staff_reply_and_only_who_wrote_the_review_reads_it(made):
    block = made()
    send(block)
    number = str(row_of(block).id)
    response = post(again(block, STAFF), "reply", {"review": number, "reply": "We'll <b>mend</b> it."})
    assert response.status_code == 200
    mine = page(again(block, LEARNER))
    assert "Reply of the course staff" in mine and "We&#x27;ll &lt;b&gt;mend&lt;/b&gt; it." in mine
    assert "mend" not in page(again(block, OTHER))
    assert block.runtime.place.events("dti.review.replied") == [{"review": int(number), "removed": False}]
    send(again(block, LEARNER), stars="5")
    assert row_of(block).reply == "We'll <b>mend</b> it."
    post(again(block, STAFF), "reply", {"review": number, "reply": " "})
    assert "Reply of the course staff" not in page(again(block, LEARNER))
    assert row_of(block).replied_at is None


@pytest.mark.parametrize("handler", ["reply", "hide"])
def test_learners_can_neither_reply_nor_hide(made, handler):
    block = made()
    send(block)
    number = str(row_of(block).id)
    response = post(again(block, OTHER), handler, {"review": number, "reply": "x", "reason": "x"})
    assert response.status_code == 403
    assert (row_of(block).reply, row_of(block).hidden_at) == ("", None)


@pytest.mark.parametrize("number", ["", "0", "x", "-1", "9" * 30, "٣"])
def test_a_review_that_is_not_there_is_refused(made, number):
    block = made()
    send(block)
    assert post(again(block, STAFF), "reply", {"review": number, "reply": "x"}).status_code == 404


def test_a_review_of_another_block_is_out_of_reach(made):
    one, other = made(), made()
    send(one)
    response = post(again(other, STAFF), "hide", {"review": str(row_of(one).id), "reason": "x"})
    assert response.status_code == 404
    assert row_of(one).hidden_at is None


def test_hiding_needs_a_reason_and_texts_have_an_end(made):
    block = made()
    send(block)
    number = str(row_of(block).id)
    assert "Say why" in post(again(block, STAFF), "hide", {"review": number, "reason": " "}).json["error"]
    assert "at most 300" in post(again(block, STAFF), "hide", {"review": number, "reason": "x" * 301}).json["error"]
    assert "at most 2000" in post(again(block, STAFF), "reply", {"review": number, "reply": "x" * 2001}).json["error"]
    assert (row_of(block).reply, row_of(block).hidden_at) == ("", None)


def test_in_studio_nothing_is_kept(made):
    block = made()
    send(block)
    response = post(again(block, STAFF, studio="preview"), "reply", {"review": str(row_of(block).id), "reply": "x"})
    assert response.status_code == 400
    assert row_of(block).reply == ""
