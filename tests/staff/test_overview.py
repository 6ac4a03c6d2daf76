"""What was hardest, of whom; and the file of everybody."""

import csv
import io
from datetime import timedelta

import pytest

from dti_xblocks.staff import overview, views
from tests.scenario.example import BEST, MIXED, WORST
from tests.staff.at_course import COURSE, NOW, answered, ask, complete, enroll, graded, html, play, sign, text


def shown(sergeant, **form) -> str:
    return text(html(ask(views.overview, sergeant, **form)))


def test_of_nobody_there_is_nothing(sergeant):
    told = shown(sergeant)
    assert (
        "People enrolled 0" in told and "Nobody has decided anything yet" in told and "Nobody has answered a question yet" in told
    )


@pytest.fixture
def cohort(tables):
    """Four people: three went wrong at the first scene, and two of them belong together."""
    night = tables.CourseUserGroup.objects.create(name="Night shift", course_id=COURSE, group_type="cohort")
    found = []
    for number, path in enumerate((BEST, MIXED, MIXED, WORST)):
        one = enroll(tables, f"officer{number}", f"Officer {number}", night if number < 2 else None)
        play(one, path)
        graded(tables, one, 0.9 if number == 0 else 0.2, "Pass" if number == 0 else "", modified=NOW + timedelta(minutes=number))
        answered(tables, one, "exam-q1", 1.0)
        answered(tables, one, "exam-q2", 0.0 if number else 2.0, 2.0)
        found.append(one)
    sign(found[0])
    return night


def test_how_many_passed_and_signed(cohort, sergeant):
    told = shown(sergeant)
    assert "People enrolled 4" in told and "Passed the course 1 25%" in told and "Have a valid pledge 1 25%" in told
    assert "People enrolled 2" in shown(sergeant, cohort=str(cohort.id))


def test_the_weakest_decisions_come_first(cohort, sergeant):
    told = shown(sergeant)
    first, second = told.index("1. Arrival-title"), told.index("2. Stairs-title")
    assert first < second and "25% took a strongest choice people there: 4" in told and "Most others: Leave-text." in told
    assert "50% took a strongest choice people there: 2" in told and "Desk-title" not in told
    assert "50% took a strongest choice people there: 2" in shown(sergeant, cohort=str(cohort.id))


def test_the_weakest_questions(cohort, sergeant):
    told = shown(sergeant)
    assert "Exam q2 First: Exam" in told and "25% of the points people there: 4" in told and "Exam q1" not in told
    assert "50% of the points people there: 2" in shown(sergeant, cohort=str(cohort.id))


def test_only_the_newest_are_looked_at(cohort, sergeant, monkeypatch):
    monkeypatch.setattr(overview, "NEWEST", 1)
    told = shown(sergeant)
    assert "0% took a strongest choice people there: 1" in told and "0% of the points people there: 1" in told


def test_what_hardly_anybody_came_to_is_not_among_the_weakest(cohort, sergeant, monkeypatch):
    monkeypatch.setattr(overview, "PART", 2)  # one in two
    told = shown(sergeant)
    assert "Arrival-title" in told and "Aftermath-title" in told
    monkeypatch.setattr(overview, "PART", 1)
    assert "Aftermath-title" not in shown(sergeant)


def test_nobody_is_named(cohort, sergeant):
    assert "fficer0" not in html(ask(views.overview, sergeant)) and "Officer 0" not in html(ask(views.overview, sergeant))


def test_the_file_has_the_same_as_the_list(cohort, sergeant, tables):
    one = enroll(tables, "areyes", "Ana Reyes", cohort)
    complete(tables, one, "text")
    play(one, MIXED)
    graded(tables, one, 0.917, "Pass", exam=1.5)
    code = sign(one)
    answer = ask(views.people_csv, sergeant, search="ana", order="grade", page="7")
    header, row = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
    told = dict(zip(header, row, strict=True))
    assert told == {
        "Username": "areyes", "Name": "Ana Reyes", "Cohort": "Night shift", "Modules done": "0", "Modules": "2",
        "Last worked in": "1. First", "Last active (UTC)": "2026-11-23T12:00:00Z", "One night: best": "24%", "One night: passed": "no",
        "One night: tries": "1", "One night: where the best run turned": "1. Arrival-title", "Assessments: average": "75%",
        "Assessments: begun": "1", "Course grade": "92%", "Passed": "yes", "Your pledge: code": code,
        "Your pledge: signed (UTC)": "2026-11-23T12:00:00Z", "Your pledge: status": "valid", "Stars in the review": "",
        "Authorities opened": "0",
        "Activities done": "0",
        "Films watched": "0",
        "Moments answered": "0",
    }  # fmt: skip


def test_the_file_has_everybody_in_portions(cohort, sergeant, monkeypatch):
    from dti_xblocks.staff import people

    monkeypatch.setattr(people, "PORTION", 2)
    body = b"".join(ask(views.people_csv, sergeant).streaming_content).decode()
    assert [line.split(",")[0] for line in body.splitlines()[1:]] == [f"officer{number}" for number in range(4)]
