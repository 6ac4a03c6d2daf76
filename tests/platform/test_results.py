"""How a learner stands in another part of the course: asked of the platform's scores, and never guessed."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from django.contrib import auth
from opaque_keys.edx.locator import CourseLocator

from dti_xblocks.platform.learner import current_learner
from dti_xblocks.platform.results import Result, result_of
from dti_xblocks.pledge_block import PledgeBlock
from tests.runtime import ANONYMOUS, COURSE, LEARNER, make_block

EXAM = COURSE.make_usage_key("sequential", "exam")
PROBLEM = COURSE.make_usage_key("problem", "last-question")


def pledge(**options):
    """A pledge whose runtime has the platform's ways only, unless `results` are given."""
    return make_block(PledgeBlock, **options)


def asked(block, name):
    return result_of(block, current_learner(block), name)


@pytest.mark.parametrize(
    ("known", "share"),
    [
        (("Final assessment", 8, 10, True), 0.8),
        (("Final assessment", 0, 10, True), 0.0),
        (("Final assessment", 0, 10, False), None),
        (("Final assessment", 0, 0, True), None),
        (("Final assessment", 12, 10, True), 1.0),
        (("Final assessment", -1, 10, True), 0.0),
    ],
)
def test_a_share_is_earned_of_possible_once_something_is_done(known, share):
    assert asked(pledge(results={"exam": known}), "exam") == Result("Final assessment", share, True)


def test_a_part_that_is_not_there_is_said_to_be_missing():
    assert asked(pledge(results={"exam": ("Exam", 1, 1, True)}), "exma") == Result("", None, False)


def test_titles_are_one_line():
    assert asked(pledge(results={"exam": (" Final\n  exam ", 1, 1, True)}), "exam").title == "Final exam"
    assert asked(pledge(results={"exam": (None, 1, 1, True)}), "exam").title == ""


@pytest.mark.parametrize(
    "options", [{"user": ANONYMOUS}, {"studio": "preview"}, {"studio": "handler"}, {"key": "library"}, {"key": "word"}], ids=str
)
def test_nothing_is_known_outside_of_a_course_in_front_of_a_learner(options):
    assert asked(pledge(results={"exam": ("Exam", 1, 1, True)}, **options), "exam") is None


def test_no_name_is_no_question():
    assert asked(pledge(results={"": ("Exam", 1, 1, True)}), "") is None


def test_a_runtime_that_fails_is_not_known_and_in_the_log(caplog, monkeypatch):
    block = pledge()
    monkeypatch.setattr(block.runtime, "course_result", lambda name: 1 / 0)
    assert asked(block, "exam") is None
    assert "exam" in caplog.text


# -- the platform ----------------------------------------------------------------------------------------------------------


class Structure(dict):
    """Blocks of a course by key, as the platform gives them."""

    def get_xblock_field(self, key, name, default=None):
        return getattr(self[key], name, default)


class Platform:
    """What stands in for the platform's grades: `scores` are (earned, possible, attempted) of a part as they are now, `saved`
    (earned, possible, override) as the platform has stored them."""

    def __init__(self):
        self.all = Structure({key: SimpleNamespace(location=key, display_name=f"The {key.block_id}") for key in (PROBLEM, EXAM)})
        self.seen = set(self.all)
        self.scores, self.saved, self.ungraded, self.calls = {}, {}, set(), []
        self.visible = "always"

    def grade(self, part, earned, possible, attempted, override=None):
        total = SimpleNamespace(earned=earned, possible=possible, first_attempted="2026-11-23" if attempted else None)
        none = SimpleNamespace(earned=0, possible=0, first_attempted=None)
        graded = none if part.location in self.ungraded else total
        return SimpleNamespace(override=override, graded_total=graded, all_total=total, show_correctness=self.visible)


@pytest.fixture
def platform(monkeypatch):
    found = Platform()

    class CourseData:
        def __init__(self, user, course=None, collected_block_structure=None, structure=None, course_key=None):
            assert course_key == COURSE
            self.user = user

        @property
        def collected_structure(self):
            return found.all

        @property
        def structure(self):
            return Structure({key: found.all[key] for key in found.all if key in found.seen})

    class SubsectionGradeFactory:
        def __init__(self, student, course=None, course_structure=None, course_data=None):
            assert course_data.user is student
            self.student = student

        def create(self, part, read_only=False, force_calculate=False):
            assert read_only
            found.calls.append(("create", self.student.pk))
            earned, possible, override = found.saved.get(part.location, (0, 10, None))
            return found.grade(part, earned, possible, part.location in found.saved, override)

        def update(self, part, only_if_higher=None, score_deleted=False, force_update_subsections=False, persist_grade=True):
            assert not persist_grade
            found.calls.append(("update", self.student.pk))
            return found.grade(part, *found.scores.get(part.location, (0, 10, False)))

    packages = ["lms", "lms.djangoapps", "lms.djangoapps.grades"]
    data, factory = ModuleType("lms.djangoapps.grades.course_data"), ModuleType("lms.djangoapps.grades.subsection_grade_factory")
    data.CourseData, factory.SubsectionGradeFactory = CourseData, SubsectionGradeFactory
    for module in (*map(ModuleType, packages), data, factory):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    people = SimpleNamespace(objects=SimpleNamespace(get=lambda pk: SimpleNamespace(pk=pk)))
    monkeypatch.setattr(auth, "get_user_model", lambda: people)
    monkeypatch.delattr("tests.runtime.BlockRuntime.course_result")
    return found


def test_the_scores_of_now_count_not_the_sum_that_the_platform_makes_later(platform):
    platform.saved[EXAM] = (2, 10, None)
    platform.scores[EXAM] = (9, 10, True)
    assert asked(pledge(), "exam") == Result("The exam", 0.9, True)
    assert {person for _call, person in platform.calls} == {LEARNER.user_id}


def test_a_score_put_there_by_staff_counts_before_the_learners_own(platform):
    platform.saved[EXAM] = (10, 10, "an override")
    platform.scores[EXAM] = (1, 10, True)
    assert asked(pledge(), "exam") == Result("The exam", 1.0, True)


def test_one_block_has_a_result_too(platform):
    platform.scores[PROBLEM] = (1, 2, True)
    assert asked(pledge(), "last-question") == Result("The last-question", 0.5, True)


def test_practice_counts_where_nothing_is_graded(platform):
    platform.ungraded.add(EXAM)
    platform.scores[EXAM] = (3, 4, True)
    assert asked(pledge(), "exam") == Result("The exam", 0.75, True)


def test_nothing_done_is_no_zero(platform):
    assert asked(pledge(), "exam") == Result("The exam", None, True)


@pytest.mark.parametrize(("visible", "told"), [("always", True), ("never", False), ("past_due", False)])
def test_where_results_are_kept_from_learners_the_figure_is_not_told(platform, visible, told):
    platform.visible = visible
    assert asked(pledge(), "exam").told is told


def test_a_subsection_comes_before_a_block_of_the_same_name(platform):
    twin = COURSE.make_usage_key("problem", "exam")
    platform.all = Structure({twin: SimpleNamespace(location=twin, display_name="A question"), **platform.all})
    platform.seen.add(twin)
    platform.scores[EXAM] = (1, 1, True)
    assert asked(pledge(), "exam").title == "The exam"


def test_a_part_that_is_not_open_to_this_learner_is_there_and_not_done(platform):
    platform.seen.discard(EXAM)
    platform.scores[EXAM] = (1, 1, True)
    assert asked(pledge(), "exam") == Result("The exam", None, True)


def test_a_name_that_the_course_has_not(platform):
    assert asked(pledge(), "exma") == Result("", None, False)


@pytest.mark.parametrize("part", ["CourseData", "SubsectionGradeFactory"])
def test_grades_that_fail_are_not_known(platform, monkeypatch, caplog, part):
    module = "course_data" if part == "CourseData" else "subsection_grade_factory"
    monkeypatch.setattr(sys.modules[f"lms.djangoapps.grades.{module}"], part, lambda *_args, **_more: 1 / 0)
    assert asked(pledge(), "exam") is None
    assert "ZeroDivisionError" in caplog.text


def test_without_a_platform_nothing_is_known(monkeypatch):
    monkeypatch.delattr("tests.runtime.BlockRuntime.course_result")
    assert asked(pledge(), "exam") is None


def test_another_courses_part_of_that_name_is_not_asked(platform):
    other = CourseLocator("DTI", "OTHER", "2026").make_usage_key("sequential", "elsewhere")
    assert other not in platform.all
    assert asked(pledge(), "elsewhere") == Result("", None, False)
