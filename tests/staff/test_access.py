"""Who sees the pages: staff of this very course; everybody else learns nothing."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.test import RequestFactory

from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.staff import training_views, views
from tests.scenario.example import BEST
from tests.staff.at_course import KEY, ask, enroll, html, play, sign

VIEWS = (
    views.people,
    views.overview,
    views.roster,
    views.people_csv,
    training_views.training,
    training_views.training_csv,
    training_views.training_pdf,
)
pytestmark = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)


@pytest.fixture
def officer(tables):
    one = enroll(tables, "areyes", "Ana Reyes")
    play(one, BEST)
    return one, sign(one)


def test_visitors_learners_and_staff_of_other_courses_are_refused(view, officer, tables):
    other = User.objects.create(username="lieutenant")
    tables.CourseAccessRole.objects.create(user=other, course_id="course-v1:DTI+DTI101+other", role="staff")
    one, code = officer
    for who in (None, one, other, User.objects.create(username="someone")):
        answer = ask(view, who, search="a")
        assert answer.status_code == 403 and "Only course staff" in html(answer)
        assert not any(word in html(answer) for word in ("Reyes", "areyes", code, "Course<"))


def test_staff_of_the_course_and_of_the_site_see_it(view, officer, sergeant):
    assert ask(view, sergeant).status_code == 200
    assert ask(view, User.objects.create(username="chief", is_staff=True)).status_code == 200


@pytest.mark.parametrize("key", ["nonsense", "course-v1:DTI+DTI101+gone", "library-v1:DTI+bank", "../../etc"])
def test_a_course_that_is_none(view, key, tables):
    answer = ask(view, User.objects.create(username="chief", is_staff=True), key)
    assert answer.status_code == 404 and "no such course" in html(answer)


def test_a_form_without_its_token_is_refused(view, sergeant):
    assert ask(view, sergeant, checked=True, search="a").status_code == 403


def test_nothing_else_is_answered(view, sergeant):
    request = RequestFactory().put("/")
    request.user = sergeant
    assert view(request, KEY).status_code == 405


def test_answers_are_kept_nowhere(view, officer, sergeant):
    answer = ask(view, sergeant)
    assert "no-store" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin" and "noindex" in answer["X-Robots-Tag"]


def test_records_that_cannot_be_reached_are_a_sentence(view, officer, sergeant, monkeypatch):
    def gone(*_asked):
        raise RecordsUnavailableError("no table")

    monkeypatch.setattr(views, "parts_of", gone)
    answer = ask(view, sergeant)
    assert answer.status_code == 503 and "cannot be reached" in html(answer)


def test_names_are_no_markup_and_no_formula(view, sergeant, tables):
    one = enroll(tables, "evil", "=<img src=x onerror=alert(1)>")
    play(one, BEST)
    answer = ask(view, sergeant)
    if answer.streaming:
        (_header, *rows) = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
        # who has not passed stands in no training record: test_training has those who have
        assert [row[:2] for row in rows] == [["evil", "'=<img src=x onerror=alert(1)>"]] * (view is views.people_csv)
    else:
        assert "<img" not in html(answer)
        assert "script-src" not in answer["Content-Security-Policy"] and "default-src 'none'" in answer["Content-Security-Policy"]
