"""Training records: who passed within some days, as rows for a file and as a roster that is sealed; nobody else sees any of it."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pypdf
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from dti_xblocks.platform import clock
from dti_xblocks.records.models import PledgeEvent, SignedPledge
from dti_xblocks.seals import file
from dti_xblocks.seals.site import site_keys
from dti_xblocks.staff import training, training_roster, training_views
from tests.pdf import pledge_samples as samples
from tests.pdf.verapdf import faults_of
from tests.staff.at_course import COURSE, KEY, NOW, ask, enroll, graded, html, sign, text

CSV, PDF, PAGE = training_views.training_csv, training_views.training_pdf, training_views.training
YEAR = {"first": "2026-01-01", "last": "2026-12-31"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()


def passed(tables, name: str, full_name: str = "", at: datetime = NOW, percent: float = 0.9, cohort=None):
    one = enroll(tables, name, full_name, cohort)
    graded(tables, one, percent, "Pass")
    tables.PersistentCourseGrade.objects.filter(user_id=one.id).update(passed_timestamp=at)
    return one


def with_answers(one, **answers):
    row = SignedPledge.objects.get(user_id=one.id)
    given = [{"id": name, "label": name.title(), "value": value} for name, value in answers.items()]
    SignedPledge.objects.filter(pk=row.pk).update(document={"code": row.code, "answers": given})
    return row.code


@pytest.fixture
def asking(monkeypatch):
    """The pledge of the course asks for agency and badge."""
    from tests.staff import at_course

    content = (
        at_course.PLEDGE + "<field id='agency' label='Agency' required='true'/><field id='badge' label='Badge or POST number'/>"
    )
    monkeypatch.setattr(at_course.BLOCKS[0], "content", content)


def records(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def words(answer) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages).split())


# -- the rows ----------------------------------------------------------------------------------------------------------


def test_a_row_has_name_number_hours_score_dates_code_and_certificate(asking, tables, sergeant):
    one = passed(tables, "areyes", "Ana Reyes", percent=0.87)
    sign(one)
    code = with_answers(one, agency="Harbor PD", badge="4711")
    tables.GeneratedCertificate.objects.create(
        user=one, course_id=COURSE, verify_uuid="abc123", status="downloadable", created_date=NOW + timedelta(hours=1)
    )
    [row] = records(ask(CSV, sergeant, hours="4", **YEAR))
    assert row == {
        "Name": "Ana Reyes", "Username": "areyes", "Agency": "Harbor PD", "Badge or POST number": "4711", "Cohort": "",
        "Course": "Course", "Course key": KEY, "Hours": "4", "Score": "87%", "Passed (UTC)": "2026-11-23T12:00:00Z",
        "Certificate": "abc123", "Certificate made (UTC)": "2026-11-23T13:00:00Z", "Your pledge: code": code,
        "Your pledge: signed (UTC)": "2026-11-23T12:00:00Z", "Your pledge: status": row["Your pledge: status"],
    }  # fmt: skip
    assert row["Your pledge: status"] in ("valid", "earlier wording")


def test_only_who_passed_within_the_days_is_filed_by_the_sites_clock(tables, sergeant):
    passed(tables, "before", at=datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC))
    passed(tables, "first", at=datetime(2026, 11, 1, tzinfo=UTC))
    passed(tables, "last", at=datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC))
    passed(tables, "after", at=datetime(2026, 12, 1, tzinfo=UTC))
    graded(tables, enroll(tables, "failed"), 0.3)
    enroll(tables, "new")
    november = {"first": "2026-11-01", "last": "2026-11-30"}
    assert [row["Username"] for row in records(ask(CSV, sergeant, **november))] == ["first", "last"]
    with override_settings(TIME_ZONE="America/Chicago"):
        assert [row["Username"] for row in records(ask(CSV, sergeant, **november))] == ["last", "after"]


def test_one_cohort_and_no_certificate_that_is_not_given_out(tables, sergeant):
    night = tables.CourseUserGroup.objects.create(name="Night shift", course_id=COURSE, group_type="cohort")
    one = passed(tables, "areyes", cohort=night)
    passed(tables, "bstone")
    tables.GeneratedCertificate.objects.create(
        user=one, course_id=COURSE, verify_uuid="abc", status="notpassing", created_date=NOW
    )
    [row] = records(ask(CSV, sergeant, cohort=str(night.id), **YEAR))
    assert (row["Username"], row["Cohort"], row["Certificate"]) == ("areyes", "Night shift", "")


def test_a_pledge_that_was_signed_again_or_erased_gives_what_there_is(asking, tables, sergeant):
    one, other = passed(tables, "areyes"), passed(tables, "bstone")
    sign(one)
    with_answers(one, badge="1")
    code = sign(one, turn=2)
    SignedPledge.objects.filter(code=code).update(
        document={"code": code, "answers": [{"id": "badge", "label": "B", "value": "2"}]}
    )
    sign(other)
    SignedPledge.objects.filter(user_id=other.id).update(document=None)
    rows = records(ask(CSV, sergeant, **YEAR))
    assert [row["Badge or POST number"] for row in rows] == ["2", ""]
    assert rows[0]["Your pledge: code"] == code


def test_no_name_and_no_answer_can_act_as_a_formula(asking, tables, sergeant):
    one = passed(tables, "areyes", "=1+1")
    sign(one)
    with_answers(one, agency="=HYPERLINK(1)")
    [row] = records(ask(CSV, sergeant, **YEAR))
    assert row["Agency"] == "'=HYPERLINK(1)" and row["Name"] == "'=1+1"


def test_the_number_of_statements_does_not_grow_with_the_officers(asking, tables, sergeant):
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            records(ask(CSV, sergeant, **YEAR))
        return len(asked)

    sign(passed(tables, "officer0"))
    few = statements()
    for number in range(1, 21):
        sign(passed(tables, f"officer{number}"))
    assert statements() <= few + 1, "one more where the second portion is asked for"


def test_portions_leave_nobody_out(tables, sergeant, monkeypatch):
    monkeypatch.setattr(training, "PORTION", 2)
    for number in range(5):
        passed(tables, f"officer{number}")
    assert [row["Username"] for row in records(ask(CSV, sergeant, **YEAR))] == [f"officer{number}" for number in range(5)]


# -- the page ----------------------------------------------------------------------------------------------------------


def test_the_page_counts_and_names_nobody(tables, sergeant):
    passed(tables, "areyes", "Ana Reyes")
    page = html(ask(PAGE, sergeant))
    assert "Officers: 1" in text(page) and "Reyes" not in page and "areyes" not in page
    assert 'value="2026-01-01"' in page and 'value="2026-11-23"' in page, "this year until today"
    assert 'formaction="/dti/course/' in page and "training.pdf" in page and "training.csv" in page
    assert "Nobody who is enrolled passed" in html(ask(PAGE, sergeant, first="2025-01-01", last="2025-02-01"))


@pytest.mark.parametrize(
    ("form", "first", "last", "hours"),
    [
        ({}, date(2026, 1, 1), date(2026, 11, 23), ""),
        ({"first": "2026-11-30", "last": "2026-11-01"}, date(2026, 11, 1), date(2026, 11, 30), ""),
        ({"first": "soon", "last": "2026-13-01", "hours": "4,5"}, date(2026, 1, 1), date(2026, 11, 23), "4.5"),
        ({"hours": "=1+1"}, date(2026, 1, 1), date(2026, 11, 23), ""),
        ({"hours": "4000"}, date(2026, 1, 1), date(2026, 11, 23), ""),
    ],
)
def test_what_makes_no_sense_is_left_out(form, first, last, hours):
    asked = training.training_of(form, NOW.date())
    assert (asked.first, asked.last, asked.hours) == (first, last, hours)


# -- the roster --------------------------------------------------------------------------------------------------------


def test_the_roster_is_sealed_and_has_what_the_training_file_needs(asking, tables, sergeant, tmp_path):
    one = passed(tables, "areyes", "Ana Reyes")
    sign(one)
    code = with_answers(one, agency="Harbor PD", badge="4711")
    with override_settings(DTI_PLEDGE_KEYS=samples.sealing_only("Harbor PD"), DTI_INSTITUTION={"name": "Harbor Academy"}):
        answer = ask(PDF, sergeant, hours="4", **YEAR)
        found = file.check(answer.content, site_keys().checking)
        altered = answer.content.replace(b"endobj", b"endobJ", 1)
        assert found.state == file.INTACT and found.code.startswith("ROSTER-")
        assert file.check(altered, site_keys().checking).state == file.ALTERED
    said = words(answer)
    for part in (
        "Harbor Academy",
        "Ana Reyes",
        "4711",
        "90%",
        code,
        "Hours credited to each officer: 4",
        "sealed by the institution",
    ):
        assert part in said, part
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "en"
    path = tmp_path / "roster.pdf"
    path.write_bytes(answer.content)
    assert faults_of(path) == [[]]


def test_with_a_certificate_the_roster_is_signed_as_pdf(tables, sergeant, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC))  # as the certificate of the tests has it
    passed(tables, "areyes")
    with override_settings(DTI_PLEDGE_KEYS=samples.institution("Harbor PD")):
        answer = ask(PDF, sergeant, **YEAR)
        assert file.check(answer.content, site_keys().checking).state == file.FOLLOWED
    assert "sealed and signed by the institution" in words(answer) and b"/ByteRange" in answer.content


def test_without_keys_the_roster_says_that_it_is_neither(tables, sergeant):
    passed(tables, "areyes")
    with override_settings(DTI_PLEDGE_KEYS=None):
        assert "neither sealed nor signed" in words(ask(PDF, sergeant, **YEAR))


def test_a_roster_of_nobody_or_of_too_many_is_the_page_again(tables, sergeant, monkeypatch):
    assert "Nobody who is enrolled passed" in html(ask(PDF, sergeant, **YEAR))
    monkeypatch.setattr(training_roster, "MOST", 1)
    passed(tables, "areyes")
    passed(tables, "bstone")
    page = html(ask(PDF, sergeant, **YEAR))
    assert "at most 1 officers" in text(page) and "training.pdf" not in page and "training.csv" in page


# -- limits and traces -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", [CSV, PDF], ids=["csv", "pdf"])
def test_files_have_a_limit_in_an_hour(view, tables, sergeant, monkeypatch):
    monkeypatch.setattr(training_views, "FILES", 1)
    passed(tables, "areyes")
    assert ask(view, sergeant, **YEAR).status_code == 200
    refused = ask(view, sergeant, **YEAR)
    assert refused.status_code == 429 and "Try again later" in html(refused)


def test_each_file_is_an_event_of_the_chain_and_the_page_is_none(tables, sergeant):
    sign(passed(tables, "areyes"))
    ask(PAGE, sergeant, **YEAR)
    assert not PledgeEvent.objects.filter(course_key=KEY).exists()
    records(ask(CSV, sergeant, **YEAR))
    ask(PDF, sergeant, **YEAR)
    read = PledgeEvent.objects.filter(course_key=KEY, kind="staff-read").order_by("id")
    assert list(read.values_list("username", "document__details")) == [
        ("sergeant", {"what": what, "of": "", "count": 1}) for what in ("training-csv", "training-pdf")
    ]
