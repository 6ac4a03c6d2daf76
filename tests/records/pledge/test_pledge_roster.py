"""How everybody's signature stands, told by the database: the same as `pledge.validity` judges one; and who has not signed."""

import itertools
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator

from dti_xblocks.platform.roster import Cohort, Enrolled, roster_of
from dti_xblocks.pledge import validity
from dti_xblocks.records.models import PledgeEvent, PledgeLink, SignedPledge
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge import roster as pledge_roster
from tests import lms

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
COURSE = CourseLocator("DTI", "DTI101", "roster")
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def empty():
    yield
    for model in (SignedPledge, PledgeEvent, PledgeLink):
        model.objects.filter(**({"chain": "roster"} if model is PledgeLink else {"course_key": "roster"})).delete()


def signed(user_id=1, turn=1, usage="block", wording="now", signed_at=NOW - DAY, valid_until=None, withdrawn=False, **values):
    code = f"code-{next(_numbers)}"
    values = {"username": f"user{user_id:05}", "full_name": f"Name {user_id}", "signed_name": f"Signed {user_id}"} | values
    row = SignedPledge.objects.create(
        user_id=user_id, course_key="roster", usage_key=usage, turn=turn, wording_hash=wording, language="en", document={"code": code},
        document_hash="h" * 64, code=code, code_digest=code, signed_at=signed_at, valid_until=valid_until, **values,
    )  # fmt: skip
    if withdrawn:
        PledgeEvent.objects.create(
            user_id=user_id, username=row.username, course_key="roster", usage_key=usage, kind=pledge_events.WITHDRAWN,
            key=f"withdrawn/{row.id}", pledge=row.id, at=NOW, document={"kind": "withdrawn"}, document_hash="e" * 64,
        )  # fmt: skip
    return row


def asked(months=0, remind=30, now=NOW, **values):
    return pledge_roster.Asked("block", "now", validity.Terms(months, remind), now, **values)


def told(question=None):
    return {row.user_id: row.status for row in pledge_roster.page(question or asked(), 0, 1000)}


def of_one(rows, question):
    """The status by `pledge.validity`."""
    for row in rows:
        row.withdrawn = PledgeEvent.objects.filter(kind="withdrawn", pledge=row.id).exists()
    judged = validity.judge(rows, question.wording, question.terms, question.now)
    return judged.why or (pledge_roster.SOON if judged.remind else pledge_roster.CURRENT)


def test_each_status_is_found():
    signed(1)
    signed(2, wording="before")
    signed(3, withdrawn=True)
    signed(4, valid_until=NOW)
    signed(5, valid_until=NOW + 30 * DAY)
    signed(6, valid_until=NOW + 31 * DAY)
    signed(7, usage="another block")
    assert told() == {1: "current", 2: "wording", 3: "withdrawn", 4: "expired", 5: "soon", 6: "current"}
    assert pledge_roster.counts(asked()) == {
        "current": 2, "soon": 1, "expired": 1, "wording": 1, "withdrawn": 1, "signatures": 6,
    }  # fmt: skip


def test_the_last_signature_of_a_person_counts():
    signed(1, withdrawn=True)
    signed(1, 2, wording="before")
    last = signed(1, 3)
    assert told() == {1: "current"} and pledge_roster.count(asked()) == 1
    assert [(row.turn, row.status) for row in pledge_roster.of_person(asked(), 1)] == [
        (3, "current"), (2, "replaced"), (1, "withdrawn"),
    ]  # fmt: skip
    assert [row.status for row in pledge_roster.each(asked())] == ["withdrawn", "replaced", "current"]
    assert [row.id for row in pledge_roster.each(asked(status="current"))] == [last.id]


@given(
    signed_at=st.datetimes(datetime(2023, 1, 1), datetime(2026, 12, 31)),
    ahead=st.integers(-40 * 24, 40 * 24),
    months=st.integers(1, 40),
    remind=st.integers(0, 60),
)
@settings(max_examples=150, deadline=None)
def test_the_database_agrees_with_the_rules_of_one(signed_at, ahead, months, remind):
    SignedPledge.objects.filter(course_key="roster").delete()
    signed_at = signed_at.replace(tzinfo=UTC, microsecond=0)
    row = signed(1, signed_at=signed_at)
    end = validity.months_later(signed_at, months)
    for now in (end, end - timedelta(seconds=1), end + timedelta(hours=ahead), end - remind * DAY):
        question = asked(months, remind, now)
        assert told(question) == {1: of_one([row], question)}, (signed_at, now)


@pytest.mark.parametrize("day", [27, 28, 29, 30, 31])
@pytest.mark.parametrize("hour", [9, 12, 15])
def test_it_agrees_where_a_month_is_too_short(day, hour):
    row = signed(1, signed_at=datetime(2026, 1, day, hour, tzinfo=UTC))
    for now in (datetime(2026, 2, 28, 12, tzinfo=UTC), datetime(2026, 2, 28, 9, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)):
        question = asked(1, 0, now)
        assert told(question) == {1: of_one([row], question)}


def test_terms_of_a_thousand_months_are_no_fault():
    signed(1)
    assert told(asked(1200)) == {1: "current"} and told(asked(30000)) == {1: "current"}


def test_an_end_that_was_signed_stays():
    signed(1, signed_at=NOW - 400 * DAY, valid_until=NOW + 100 * DAY)
    assert told(asked(12)) == {1: "current"}


def test_it_is_searched_and_narrowed():
    for user_id in (1, 2, 3):
        signed(user_id, full_name=("Ana Reyes", "Ben Öz", "Ça Va")[user_id - 1])
    assert list(told(asked(search="REY"))) == [1] and list(told(asked(search="user00002"))) == [2]
    assert list(told(asked(search="Signed 3"))) == [3] and told(asked(search="%")) == told(asked(search="_x")) == {}
    assert list(told(asked(people=[2, 3]))) == [2, 3] and told(asked(people=[])) == {}
    assert pledge_roster.counts(asked(people=[2]))["current"] == 1


def test_parts_cover_everything_once():
    rows = [signed(user_id) for user_id in range(1, 8)]
    found = pledge_roster.parts(asked(), 3)
    assert [(first, last) for _after, first, last in found] == [(1, 3), (4, 6), (7, 7)]
    ids = [row.id for after, _first, _last in found for row in pledge_roster.each(asked(), after, 3)]
    assert ids == [row.id for row in rows]
    assert [pledge_roster.size(asked(), after, 3) for after, _first, _last in found] == [3, 3, 1]
    assert pledge_roster.parts(asked(search="nobody"), 3) == []


def test_rows_come_with_their_links(monkeypatch):
    monkeypatch.setattr(pledge_roster, "PORTION", 2)
    rows = [signed(user_id) for user_id in (1, 2, 3)]
    PledgeLink.objects.create(
        chain="roster", position=1, kind="pledge", entry_id=rows[1].id, entry="h" * 64, previous="0" * 64, digest="d" * 64,
        linked_at=NOW,
    )  # fmt: skip
    assert [row.link.position if row.link else None for row in pledge_roster.each(asked())] == [None, 1, None]
    with CaptureQueriesContext(connection) as queries:
        list(pledge_roster.each(asked()))
    assert len(queries) == 5  # two for each portion, and one that finds nothing


# -- who is enrolled -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables():
    with lms.tables() as made:
        yield made


@pytest.fixture
def platform(tables):
    """A block in Open edX."""
    usage = BlockUsageLocator(COURSE, "dti_pledge", "p")
    with lms.installed(tables):
        yield SimpleNamespace(scope_ids=SimpleNamespace(usage_id=usage), runtime=SimpleNamespace(), tables=tables)
    tables.CourseUserGroup.objects.all().delete()
    User.objects.filter(username__startswith="officer").delete()


def enroll(platform, number, name="", active=True, course=COURSE, role="", **values):
    user = User.objects.create(id=5000 + number, username=f"officer{number:02}", **values)
    platform.tables.UserProfile.objects.create(user=user, name=name or f"Officer {number}")
    platform.tables.CourseEnrollment.objects.create(user=user, course_id=str(course), is_active=active)
    if role:
        platform.tables.CourseAccessRole.objects.create(user=user, course_id=str(course), role=role)
    return user


def nobody():
    return pledge_roster.people("block")


def test_the_platform_tells_who_has_not_signed(platform):
    for number in (3, 1, 2):
        enroll(platform, number)
    signed(5002)
    enroll(platform, 4, active=False)
    enroll(platform, 5, role="staff")
    enroll(platform, 6, is_staff=True)
    enroll(platform, 7, is_active=False)
    enroll(platform, 8, course="course-v1:other+course+run")
    enroll(platform, 9, role="beta_testers")
    roster = roster_of(platform)
    assert roster.known
    assert roster.missing(nobody(), "", None, 0, 10) == [
        Enrolled(5001, "officer01", "Officer 1"), Enrolled(5003, "officer03", "Officer 3"), Enrolled(5009, "officer09", "Officer 9"),
    ]  # fmt: skip
    assert roster.missing_count(nobody()) == 3
    assert [one.user_id for one in roster.missing(nobody(), "", None, 1, 2)] == [5003]
    assert [one.user_id for one in roster.missing_after(nobody(), "", None, 5001, 1)] == [5003]
    assert roster.enrolled([5001, 5002, 5004, 5008, 1]) == {5001, 5002}


def test_the_platforms_people_are_searched_by_username_and_name(platform):
    enroll(platform, 1, name="Ana Reyes")
    enroll(platform, 2, name="Ben Okafor")
    roster = roster_of(platform)
    assert [one.username for one in roster.missing(nobody(), "REYES", None, 0, 9)] == ["officer01"]
    assert [one.username for one in roster.missing(nobody(), "officer02", None, 0, 9)] == ["officer02"]


def test_somebody_without_a_profile_is_listed(platform):
    user = enroll(platform, 1)
    platform.tables.UserProfile.objects.all().delete()
    assert roster_of(platform).missing(nobody(), "", None, 0, 9) == [Enrolled(user.id, "officer01", "")]


def test_the_platforms_cohorts_narrow_both_lists(platform):
    for number in (1, 2, 3):
        enroll(platform, number)
    group = platform.tables.CourseUserGroup.objects.create(name="Night shift", course_id=str(COURSE), group_type="cohort")
    platform.tables.CourseUserGroup.objects.create(name="Elsewhere", course_id="course-v1:o+c+r", group_type="cohort")
    for number in (1, 2):
        platform.tables.CohortMembership.objects.create(course_user_group=group, user_id=5000 + number, course_id=str(COURSE))
    signed(5001)
    signed(5003)
    roster = roster_of(platform)
    assert roster.cohorts() == [Cohort(group.id, "Night shift")]
    assert [one.user_id for one in roster.missing(nobody(), "", group.id, 0, 9)] == [5002]
    assert list(told(asked(people=roster.members(group.id)))) == [5001]
    assert roster.cohort_names([5001, 5003]) == {5001: "Night shift"}
    assert told(asked(people=roster.members(group.id + 99))) == {}


def test_where_nothing_is_known_nobody_is_enrolled():
    usage = BlockUsageLocator(COURSE, "dti_pledge", "p")
    roster = roster_of(SimpleNamespace(scope_ids=SimpleNamespace(usage_id=usage), runtime=SimpleNamespace()))
    assert not roster.known and roster.missing_count(nobody()) == 0 and roster.cohorts() == []
