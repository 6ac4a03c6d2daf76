"""Rules about grading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...content import ERROR, WARNING, Problem
from ..model import OURS, Block, OlxCourse
from ..tags import OF_THE_PLATFORM
from .registry import at, rule

DEFAULT_GRADERS = ("Homework", "Lab", "Midterm Exam", "Final Exam")  # of a course without a grading policy


@rule("CX010")
def graders_match_formats(course: OlxCourse) -> Iterator[Problem]:
    """A subsection's format that no grader has, or a grader that no subsection feeds: points that never count."""
    policy_file = course.grading_file
    graders = {grader.get("type"): grader for grader in course.grading.get("GRADER", []) if isinstance(grader, dict)}
    severity = ERROR if course.is_ours else WARNING  # the import changes nothing of it
    if not course.has_file(policy_file):
        yield from _without_policy(course)
        return
    names = ", ".join(str(name) for name in graders)
    counts: Counter[object] = Counter()
    for block in course.blocks("sequential"):
        kind, graded = block.setting("format"), is_graded(block)
        if graded and not kind:
            message = f"“{block.title}” is graded but has no format. Set it to one of: {names}."
            yield at("CX010", block, message, severity)
        elif graded and kind not in graders:
            message = f"“{block.title}” has the format “{kind}”, which is no grader. Use one of: {names}."
            yield at("CX010", block, message, severity)
        elif kind and kind in graders and not graded:
            message = f"“{block.title}” has the format “{kind}” but is not graded. Grade it or drop the format."
            yield at("CX010", block, message, severity)
        if graded:
            counts[kind] += 1
    for kind, grader in graders.items():
        if not counts[kind]:
            message = f"No graded subsection has the format “{kind}”: its weight can never be earned."
            yield Problem("CX010", policy_file, message, severity)
        elif counts[kind] < grader.get("min_count", 0):
            message = f"“{kind}” has min_count {grader['min_count']} but {counts[kind]} subsections: the missing ones count as 0."
            yield Problem("CX010", policy_file, message, severity)


def is_graded(block: Block) -> bool:
    """Whether a subsection counts: as it says itself, or as the nearest block around it says."""
    here: Block | None = block
    while here is not None:
        if (said := here.switch("graded")) is not None:
            return said
        here = here.parent
    return False


def _without_policy(course: OlxCourse) -> Iterator[Problem]:
    """What graded subsections come to where the course says nothing: the platform has graders of its own."""
    graded = [block for block in course.blocks("sequential") if is_graded(block)]
    names = ", ".join(DEFAULT_GRADERS)
    if graded:
        message = f"There is no grading policy, so the platform's own applies, with the formats {names}. Add the file."
        yield Problem("CX010", course.grading_file, message, WARNING)
    for block in graded:
        kind = block.setting("format")
        if kind not in DEFAULT_GRADERS:
            message = (
                f"“{block.title}” is graded and needs a format of the platform's own grading policy: {names}. Or add a policy."
            )
            yield at("CX010", block, message, ERROR if course.is_ours else WARNING)


@rule("CX011")
def weights_and_cutoffs(course: OlxCourse) -> Iterator[Problem]:
    """Weights that do not add up to 1, or no pass mark between 0 and 1."""
    if not course.grading:
        return
    policy_file = course.grading_file
    graders = [grader for grader in course.grading.get("GRADER", []) if isinstance(grader, dict)]
    total = sum(grader.get("weight", 0) for grader in graders)
    severity = ERROR if course.is_ours else WARNING  # the import changes nothing of it
    if graders and abs(total - 1) > 0.001:
        message = f"The weights of the graders add up to {total:g}, not 1. Correct them."
        yield Problem("CX011", policy_file, message, severity)
    cutoffs = course.grading.get("GRADE_CUTOFFS", {})
    if not cutoffs or not all(isinstance(value, (int, float)) and 0 < value <= 1 for value in cutoffs.values()):
        message = 'GRADE_CUTOFFS needs at least one mark above 0 and up to 1, such as {"Pass": 0.8}.'
        yield Problem("CX011", policy_file, message, severity)


@rule("CX022")
def graded_points_exist(course: OlxCourse) -> Iterator[Problem]:
    """A graded subsection without anything that gives points: it counts as nothing, silently."""
    scored = {
        "problem",
        "dti_scenario",
        "dti_pledge",
        "lti",
        "lti_consumer",
        "staffgradedxblock",
        "drag-and-drop-v2",
        "openassessment",
        "edx_sga",
    }
    for block in course.blocks("sequential"):
        judged = all(part.tag in OF_THE_PLATFORM | OURS for part in block.below())  # others may give points, too
        if judged and is_graded(block) and not any(part.tag in scored or _weighs(part) for part in block.below()):
            message = f"“{block.title}” is graded but has nothing that gives points. Add a question or make it ungraded."
            yield at("CX022", block, message, WARNING)


def _weighs(block: Block) -> bool:
    """Whether the author has given an activity points; as a rule it has none."""
    return block.tag == "dti_activity" and (block.node.get("weight") or "0").strip("0.") != ""
