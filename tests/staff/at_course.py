"""A course on Open edX with a scenario, a pledge, a review and a list of authorities, its people, and asking the pages."""

import itertools
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator

from dti_xblocks.pledge import olx as pledge_olx
from dti_xblocks.pledge.wording import wording_hash
from dti_xblocks.records.models import SignedPledge
from dti_xblocks.staff import views
from tests.lms import structure
from tests.recorded_runs import record
from tests.scenario.example import BEST, CONTENT, MIXED, scenario

COURSE = CourseLocator("DTI", "DTI101", "staff")
KEY = str(COURSE)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLEDGE = "<preamble><p>I pledge.</p></preamble><affirm id='one'>I will step in.</affirm>"
OUTLINE = {
    "chapter/first": {
        "sequential/lesson": {"vertical/u1": {"html/text": {}, "problem/check": {"": {"has_score": True, "display_name": "Check yourself"}}}},
        "sequential/exam": {
            "": {"graded": True, "format": "Assessments"},
            "vertical/u2": {"problem/exam-q1": {"": {"has_score": True}}, "problem/exam-q2": {"": {"has_score": True}}},
        },
    },
    "chapter/second": {
        "sequential/story": {
            "": {"graded": True, "format": "Scenarios"},
            "vertical/u3": {"dti_scenario/night": {"": {"has_score": True}}, "discussion/talk": {"": {"completion_mode": "excluded"}}},
        },
        "sequential/end": {"vertical/u4": {"dti_pledge/pledge": {}, "dti_review/review": {}, "dti_case_law/cases": {}}},
    },
    "chapter/staff-only": {"sequential/hidden": {"vertical/u5": {"html/secret": {}}}},
}  # fmt: skip
COLLECTED = structure(COURSE, OUTLINE, hidden=("staff-only",))
_codes = itertools.count(1)


def usage(kind: str, name: str) -> BlockUsageLocator:
    return BlockUsageLocator(COURSE, kind, name)


def block(kind, name, title, **fields):
    return SimpleNamespace(scope_ids=SimpleNamespace(usage_id=usage(kind, name)), display_name=title, **fields)


BLOCKS = [
    block("dti_pledge", "pledge", "Your pledge", content=PLEDGE, valid_months=0, remind_days=30),
    block("dti_scenario", "night", "One night", content=CONTENT, score_by="choices", pass_mark=None),
    block("dti_review", "review", "Review", content=""),
    block("dti_case_law", "cases", "Cases", content=""),
]
WORDING = wording_hash(pledge_olx.examine(PLEDGE)[0])


def user(name: str, **values) -> User:
    return User.objects.create(username=name, **values)


def enroll(tables, name: str, full_name: str = "", cohort=None) -> User:
    one = user(name)
    tables.UserProfile.objects.create(user=one, name=full_name)
    tables.CourseEnrollment.objects.create(user=one, course_id=COURSE)
    if cohort is not None:
        tables.CohortMembership.objects.create(course_user_group=cohort, user=one, course_id=COURSE)
    return one


def complete(tables, one: User, *names: str, at: datetime = NOW) -> None:
    keys = {key.block_id: key for key in COLLECTED.fields}
    for number, name in enumerate(names):
        tables.BlockCompletion.objects.create(
            user=one, context_key=COURSE, block_key=keys[name], block_type=keys[name].block_type, completion=1.0,
            modified=at + timedelta(minutes=number),
        )  # fmt: skip


def graded(tables, one: User, percent: float, letter: str = "", exam: float | None = None, modified=NOW) -> None:
    tables.PersistentCourseGrade.objects.create(
        user_id=one.id, course_id=COURSE, percent_grade=percent, letter_grade=letter, modified=modified
    )
    if exam is not None:
        tables.PersistentSubsectionGrade.objects.create(
            user_id=one.id, course_id=COURSE, usage_key=usage("sequential", "exam"), earned_graded=exam, possible_graded=2.0,
            first_attempted=NOW,
        )  # fmt: skip


def answered(tables, one: User, name: str, grade: float, most: float = 1.0) -> None:
    tables.StudentModule.objects.create(
        student=one, course_id=COURSE, module_type="problem", module_state_key=usage("problem", name), grade=grade, max_grade=most
    )


def play(one: User, path, attempt: int = 1) -> None:
    player = SimpleNamespace(user_id=one.id, username=one.username, course_key=KEY, usage_key=str(usage("dti_scenario", "night")))
    record(scenario(), player, path, attempt=attempt)


def sign(one: User, wording: str = WORDING, turn: int = 1, at: datetime = NOW) -> str:
    code = f"AAAA-BBBB-CCCC-{next(_codes):04}"
    SignedPledge.objects.create(
        user_id=one.id, username=one.username, course_key=KEY, usage_key=str(usage("dti_pledge", "pledge")), turn=turn,
        wording_hash=wording, language="en", document={"code": code}, document_hash="h" * 64, code=code, code_digest=code, signed_at=at,
    )  # fmt: skip
    return code


def ask(view=views.people, who=None, key: str = KEY, checked: bool = False, **form):
    request = RequestFactory().post("/", form) if form else RequestFactory().get("/")
    request.user = AnonymousUser() if who is None else who
    request._dont_enforce_csrf_checks = not checked
    return view(request, key)


def html(answer) -> str:
    return answer.content.decode()


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()


def rows(answer) -> list[str]:
    """The people on a page, each as the text of their row."""
    body = re.search(r"<tbody>(.*?)</tbody>", html(answer), re.DOTALL)
    return [text(row) for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)] if body else []


def names(answer) -> list[str]:
    """The names on a page, in their order."""
    return [text(name) for name in re.findall(r'<th scope="row"><bdi>(.*?)</bdi>', html(answer))]


__all__ = ["BEST", "MIXED"]
