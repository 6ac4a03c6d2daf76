"""The list of people: what it tells of each, whom it shows, in which order, and in how many statements."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dti_xblocks.records.models import ActivityStanding, AuthorityProgress, CourseReview, PledgeEvent, VideoAnswer, VideoWatch
from dti_xblocks.staff import views
from dti_xblocks.staff.parts import parts_of
from tests.scenario.example import BEST, MIXED, POSSIBLE
from tests.staff.at_course import (
    COURSE,
    KEY,
    NOW,
    answered,
    ask,
    complete,
    enroll,
    graded,
    html,
    names,
    play,
    rows,
    sign,
    text,
    usage,
)

FIRST = ("text", "check", "exam-q1", "exam-q2")
SECOND = ("night", "pledge", "review", "cases")


@pytest.fixture
def people(tables):
    """Ana is through, Ben is on his way, Cal has not begun."""
    night = tables.CourseUserGroup.objects.create(name="Night shift", course_id=COURSE, group_type="cohort")
    ana, ben = enroll(tables, "areyes", "Ana Reyes", night), enroll(tables, "bokafor", "Ben Okafor")
    enroll(tables, "cwu")
    complete(tables, ana, *FIRST, *SECOND)
    complete(tables, ben, "text", at=NOW + timedelta(days=1))
    graded(tables, ana, 0.91, "Pass", exam=2.0)
    graded(tables, ben, 0.4, exam=1.0)
    play(ana, BEST)
    play(ben, MIXED)
    play(ben, MIXED[:1], attempt=2)
    return ana, ben, night


def test_it_tells_of_everybody_what_staff_ask(people, sergeant):
    ana, _ben, _night = people
    code = sign(ana)
    CourseReview.objects.create(
        user_id=ana.id, username="areyes", shown_as="areyes", course_key=KEY, usage_key=str(usage("dti_review", "review")), stars=4, text="secret words",
        created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    for step in ("opened", "ended"):
        AuthorityProgress.objects.create(
            user_id=ana.id,
            username="areyes",
            course_key=KEY,
            usage_key=str(usage("dti_case_law", "cases")),
            slug="byrd",
            step=step,
            at=NOW,
        )
    answer = ask(who=sergeant)
    assert answer.status_code == 200 and names(answer) == ["Ana Reyes", "Ben Okafor", "cwu"]
    first, second, third = rows(answer)
    for told in ("areyes", "Night shift", "2 of 2", "Last: 2. Second, November 23, 2026", "100% ✓ passed 1 try", "100%", "91% ✓ passed",
                 code, "November 23, 2026", "4 ★ 4 stars"):  # fmt: skip
        assert told in first, (told, first)
    assert first.endswith(" 1") and "Turned at" not in first
    share = round(100 * (2100 + 1900) / POSSIBLE)
    for told in (
        "0 of 2",
        "Last: 1. First",
        f"{share}% ✕ not passed 2 tries",
        "Turned at 1. Arrival-title",
        "50%",
        "40% ✕",
        "not signed",
    ):
        assert told in second, (told, second)
    assert "0 of 2" in third and "Last:" not in third and third.count("nothing yet") == 4
    assert "secret words" not in html(answer)


def test_who_began_and_has_not_finished(people, sergeant, tables):
    dee = enroll(tables, "dee")
    play(dee, BEST[:1])
    assert "not finished 1 try" in rows(ask(who=sergeant, search="dee"))[0]


def test_what_became_of_a_signature_is_said(people, sergeant, tables):
    ana, ben, _night = people
    sign(ana)
    sign(ana, wording="other", turn=2)
    answer = ask(who=sergeant)
    assert "earlier wording" in rows(answer)[0]
    assert names(ask(who=sergeant, show="unsigned")) == ["Ana Reyes", "Ben Okafor", "cwu"]
    sign(ben)
    assert names(ask(who=sergeant, show="unsigned")) == ["Ana Reyes", "cwu"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"show": "failed"}, ["Ben Okafor", "cwu"]),
        ({"show": "scenario-0"}, ["Ben Okafor", "cwu"]),
        ({"show": "scenario-9"}, ["Ana Reyes", "Ben Okafor", "cwu"]),
        ({"last": "0"}, ["Ben Okafor"]),
        ({"last": "1"}, ["Ana Reyes"]),
        ({"last": "nowhere"}, ["cwu"]),
        ({"last": "7"}, ["Ana Reyes", "Ben Okafor", "cwu"]),
        ({"search": "OKAFOR"}, ["Ben Okafor"]),
        ({"search": "cw"}, ["cwu"]),
        ({"search": "%"}, []),
        ({"search": "ben\0"}, ["Ben Okafor"]),
        ({"search": "ben", "show": "failed", "last": "0"}, ["Ben Okafor"]),
        ({"cohort": "999"}, []),
        ({"page": "99"}, ["Ana Reyes", "Ben Okafor", "cwu"]),
        ({"page": "-1", "order": "<b>", "cohort": "x", "last": "x"}, ["Ana Reyes", "Ben Okafor", "cwu"]),
        ({"order": "name"}, ["cwu", "Ana Reyes", "Ben Okafor"]),
        ({"order": "grade"}, ["cwu", "Ben Okafor", "Ana Reyes"]),
        ({"order": "active"}, ["cwu", "Ana Reyes", "Ben Okafor"]),
        ({"order": "scenario-0"}, ["cwu", "Ben Okafor", "Ana Reyes"]),
    ],
)
def test_whom_it_shows_in_which_order(people, sergeant, form, expected):
    assert names(ask(who=sergeant, **form)) == expected


def test_a_cohort_and_the_order_of_signatures(people, sergeant):
    ana, ben, night = people
    assert names(ask(who=sergeant, cohort=str(night.id))) == ["Ana Reyes"]
    sign(ana, at=NOW)
    sign(ben, at=NOW - timedelta(days=1))
    assert names(ask(who=sergeant, order="signed")) == ["cwu", "Ben Okafor", "Ana Reyes"]


def test_staff_and_strangers_are_not_listed(people, sergeant, tables):
    tables.CourseEnrollment.objects.create(user=sergeant, course_id=COURSE)
    tables.CourseAccessRole.objects.create(user=sergeant, course_id=COURSE, role="staff")
    tables.CourseEnrollment.objects.filter(user__username="cwu").update(is_active=False)
    assert names(ask(who=sergeant)) == ["Ana Reyes", "Ben Okafor"]


def test_a_run_on_an_earlier_version_has_no_turn(people, sergeant, monkeypatch):
    _ana, ben, _night = people
    from dti_xblocks.records.models import ScenarioRun

    ScenarioRun.objects.filter(user_id=ben.id).update(scenario_version="f" * 64)
    row = rows(ask(who=sergeant, search="ben"))[0]
    assert "not passed" in row and "Turned at" not in row


def test_what_staff_put_in_place_of_a_score_counts(people, sergeant, tables):
    grade = tables.PersistentSubsectionGrade.objects.get(earned_graded=1.0)
    tables.PersistentSubsectionGradeOverride.objects.create(grade=grade, earned_graded_override=1.8, possible_graded_override=2.0)
    assert "90%" in rows(ask(who=sergeant, search="ben"))[0]


def test_pages_are_turned_by_the_form(people, sergeant, tables, monkeypatch):
    monkeypatch.setattr(views, "PEOPLE", 2)
    first, last = ask(who=sergeant, order="username"), ask(who=sergeant, page="2")
    assert names(first) == ["Ana Reyes", "Ben Okafor"] and names(last) == names(ask(who=sergeant, page="50")) == ["cwu"]
    assert 'name="page" value="2"' in html(first) and "Page 1 of 2" in html(first) and 'name="page" value="1"' in html(last)


def test_no_word_of_a_search_is_in_an_address(people, sergeant):
    page = html(ask(who=sergeant, search="okafor", show="failed"))
    addresses = [part.split('"')[0] for name in ('href="', 'action="', 'formaction="') for part in page.split(name)[1:]]
    assert addresses and all("?" not in address and "okafor" not in address.lower() for address in addresses), addresses
    assert page.count('method="post"') == page.count("<form")


def test_the_number_of_statements_does_not_grow_with_the_people(people, sergeant, tables):
    def statements(view) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ask(view, sergeant, show="failed").status_code == 200
        return len(queries)

    def more(start, stop):
        for number in range(start, stop):
            one = enroll(tables, f"officer{number}", f"Officer {number}")
            complete(tables, one, "text", "check")
            graded(tables, one, 0.5, exam=1.0)
            play(one, MIXED)
            sign(one)
            answered(tables, one, "check", 0.0)

    more(0, 3)
    pages = (views.people, views.roster, views.overview)
    statements(views.people)  # the first reading begins the course's chain
    few = [statements(view) for view in pages]
    more(3, 30)
    assert [statements(view) for view in pages] == few
    assert max(few) < 40


def test_that_it_was_read_is_on_record_where_signatures_were_shown(people, sergeant):
    ana, _ben, _night = people

    def read():
        return list(PledgeEvent.objects.filter(course_key=KEY, kind="staff-read").values_list("username", "document__details"))

    ask(who=sergeant)
    assert read() == []
    sign(ana)
    ask(who=sergeant)
    ask(views.roster, sergeant, search="areyes")
    list(ask(views.people_csv, sergeant).streaming_content)
    assert read() == [
        ("sergeant", {"what": what, "of": "", "count": count}) for what, count in (("list", 1), ("roster", 1), ("csv", 3))
    ]
    ask(views.overview, sergeant)
    assert len(read()) == 3


def test_the_roster_says_what_it_is_of(people, sergeant):
    _ana, _ben, night = people
    page = html(ask(views.roster, sergeant, cohort=str(night.id), search="rey", show="scenario-0"))
    for told in (KEY, "Night shift", "Not passed: One night", "Name contains rey", "People 0", "Nobody matches"):
        assert told in text(page), told
    everybody = text(html(ask(views.roster, sergeant)))
    for told in (
        "1 Ana Reyes areyes Night shift 2/2 100% 100% 91% yes not signed",
        "3 cwu cwu 0/2",
        "Training coordinator",
        "People 3",
    ):
        assert told in everybody, (told, everybody)


def test_the_roster_goes_back_to_the_same_list(people, sergeant):
    page = html(ask(views.roster, sergeant, show="failed", last="0", order="grade", search="ben"))
    for name, value in (("show", "failed"), ("last", "0"), ("order", "grade"), ("search", "ben")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_how_many_activities_are_done_is_told_where_there_are_any(people, sergeant, monkeypatch):
    ana, _ben, _night = people
    acts = tuple(str(usage("dti_activity", name)) for name in ("sort", "note"))
    monkeypatch.setattr(views, "parts_of", lambda course, now: replace(parts_of(course, now), activities=acts))
    for place in (acts[0], "elsewhere"):
        ActivityStanding.objects.create(
            user_id=ana.id, username="areyes", course_key=KEY, usage_key=place, kind="sort", first={}, answer={}, tries=1,
            started_at=NOW, changed_at=NOW, done_at=NOW,
        )  # fmt: skip
    first, second, _third = rows(ask(who=sergeant))
    assert first.endswith("1 of 2") and second.endswith("0 of 2")


def test_how_many_films_were_watched_and_moments_answered_is_told_where_there_are_any(people, sergeant, monkeypatch, tables):
    ana, ben, _night = people
    films = tuple(str(usage("dti_video", name)) for name in ("opener", "ladder"))
    monkeypatch.setattr(views, "parts_of", lambda course, now: replace(parts_of(course, now), films=films))
    for who, place, finished in ((ana, films[0], NOW), (ana, films[1], None), (ben, films[0], None), (ana, "elsewhere", NOW)):
        watch = VideoWatch.objects.create(
            user_id=who.id, username=who.username, course_key=KEY, usage_key=place, began_at=NOW, finished_at=finished
        )
        for serial, (moment, attempt) in enumerate((("one", 1), ("one", 2), ("two", 1)) if who == ana else ()):
            VideoAnswer.objects.create(
                watch=watch,
                serial=serial,
                moment=moment,
                attempt=attempt,
                result="right",
                points=1,
                possible=1,
                how="film",
                made_at=NOW,
            )
    first, second, third = rows(ask(who=sergeant))
    assert first.endswith("1 of 2 4 moments answered"), first
    assert second.endswith("0 of 2 0 moments answered") and third.endswith("0 of 2 0 moments answered")
    sheet = list(csv.reader(io.StringIO(b"".join(ask(views.people_csv, sergeant).streaming_content).decode("utf-8-sig"))))
    assert sheet[0][-2:] == ["Films watched", "Moments answered"]
    assert sorted(row[-2:] for row in sheet[1:]) == [["0", "0"], ["0", "0"], ["1", "4"]]
    VideoWatch.objects.all().delete()
