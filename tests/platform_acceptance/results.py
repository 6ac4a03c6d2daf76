"""What the platform makes of what a learner did: scores, completion, the grade and the certificate."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import html

from . import courses
from .outcome import Ledger
from .visitors import Visitor, handler_address

BANKS = ("itembank", "library_content")


def score(learner: Visitor, usage: Any) -> float | None:
    """The share of the points of a block that the platform has for the learner."""
    from lms.djangoapps.courseware.models import StudentModule

    kept = StudentModule.objects.filter(student=learner.user, module_state_key=usage).first()
    return kept.grade / kept.max_grade if kept and kept.max_grade else None


def completion(learner: Visitor, usage: Any) -> float | None:
    """How far the platform has the block as complete."""
    from completion.models import BlockCompletion

    kept = BlockCompletion.objects.filter(user=learner.user, block_key=usage).first()
    return kept and kept.completion


def take_the_rest(ledger: Ledger, learner: Visitor, blocks: list[Any]) -> None:
    """Answer every question rightly, and view what is complete when it was viewed."""
    wrong, others = [], undrawn(learner, blocks)
    problems = [courses.usage(block) for block in courses.of_kind(blocks, "problem")]
    problems = [usage for usage in problems if usage not in others]
    for usage in problems:
        answer = learner.post_form(handler_address(usage, "xmodule_handler", "problem_check"), right_answers(learner, usage))
        if answer.status != 200 or answer.json.get("success") != "correct":
            wrong.append(f"{usage.block_id}: {answer.status} {answer.text[:80]}")
    figures = f"{len(problems)} questions; {len(others)} are not drawn"
    ledger.same("every question that is there takes its right answer", wrong, [], figures)
    viewed = 0
    for unit in courses.of_kind(blocks, "vertical"):
        page = learner.unit(courses.usage(unit))
        for node in html.fromstring(page.text).iter("div"):
            if node.get("data-mark-completed-on-view-after-delay") and node.get("data-usage-id"):
                learner.post_json(handler_address(_key(node.get("data-usage-id")), "publish_completion"), {"completion": 1.0})
                viewed += 1
    ledger.note("texts are complete when they were viewed", viewed > 0, f"{viewed} blocks")


def outcome(ledger: Ledger, learner: Visitor, course: Any, blocks: list[Any]) -> None:
    """The grade as it is and as it is worked out anew, what is not complete, and the certificate."""
    from lms.djangoapps.certificates.models import GeneratedCertificate
    from lms.djangoapps.grades.api import CourseGradeFactory

    grade = CourseGradeFactory().read(learner.user, course_key=course)
    ledger.same(
        "everything right is the best grade", (round(grade.percent, 4), grade.passed), (1.0, True), f"letter {grade.letter_grade}"
    )
    anew = CourseGradeFactory().update(learner.user, course_key=course, force_update_subsections=True)
    ledger.same("worked out anew it is the same", (anew.percent, anew.letter_grade), (grade.percent, grade.letter_grade))
    mine = [courses.usage(block) for block in blocks if _counts(block)]
    others = undrawn(learner, blocks)
    open_ = [usage.block_id for usage in mine if usage not in others and completion(learner, usage) != 1.0]
    ledger.same("every block is complete", open_, [])
    progress = learner.get(f"/api/course_home/progress/{course}")
    ledger.same(
        "the progress page has nothing left",
        progress.json.get("completion_summary", {}).get("incomplete_count"),
        0,
        progress.status,
    )
    kept = GeneratedCertificate.objects.filter(user=learner.user, course_id=course).first()
    ledger.same("a certificate is issued by itself", kept and kept.status, "downloadable", kept and f"grade {kept.grade}")
    if kept:
        page = learner.get(f"/certificates/{kept.verify_uuid}")
        ledger.note("its page can be opened", page.status == 200 and not page.faults, f"{len(page.body) / 1000:.0f} kB")
    for name, address in _FEEDS.items():
        answer = learner.get(
            address.format(course=str(course).replace("+", "%2B"), kinds=",".join(courses.OURS), name=learner.username)
        )
        ledger.same(f"{name} answers", (answer.status, answer.faults), (200, []))


_FEEDS = {
    "the outline": "/api/course_home/outline/{course}",
    "the list of dates": "/api/course_home/dates/{course}",
    "the data of the mobile apps": "/api/courses/v2/blocks/?course_id={course}&username={name}&depth=all"
    "&requested_fields=completion,graded,student_view_data&student_view_data={kinds}",
}


def drawn(ledger: Ledger, learner: Visitor, course: Any, blocks: list[Any]) -> None:
    """Each bank shows as many questions as it draws, the same ones again, and no others are graded."""
    from lms.djangoapps.grades.api import CourseGradeFactory

    asked: Counter[str] = Counter()
    odd = []
    for bank in courses.of_kind(blocks, *BANKS):
        shown, again = (_shown(learner, bank) for _time in (1, 2))
        asked[bank.get_parent().get_parent().location.block_id] += bank.max_count
        if len(shown) != bank.max_count or shown != again:
            odd.append(f"{bank.location.block_id}: {len(shown)} of {bank.max_count}")
    ledger.same("every bank shows what it draws, twice the same", odd, [], f"{asked.total()} questions")
    grade = CourseGradeFactory().update(learner.user, course_key=course, force_update_subsections=True)
    parts = [part for chapter in grade.chapter_grades.values() for part in chapter["sections"]]
    points = {part.location.block_id: part.graded_total.possible for part in parts if part.location.block_id in asked}
    drawn_ones = asked.total()
    for task in (block for block in courses.of_kind(blocks, *courses.OURS) if getattr(block, "weight", 0)):
        if (name := task.get_parent().get_parent().location.block_id) in points:
            asked[name] += task.weight
    ledger.same("what is drawn is graded, and the tasks beside it, and nothing else", points, dict(asked),
                f"{drawn_ones} questions, {asked.total() - drawn_ones:.0f} points of tasks")  # fmt: skip


def undrawn(learner: Visitor, blocks: list[Any]) -> set[Any]:
    """The questions of banks that the learner did not draw: to the platform they are not in the learner's course."""
    banks = courses.of_kind(blocks, *BANKS)
    return {courses.usage(child) for bank in banks for child in bank.get_children()} - {
        usage for bank in banks for usage in _shown(learner, bank)
    }


def _shown(learner: Visitor, bank: Any) -> set[Any]:
    """The questions of a bank on the page of its unit."""
    page = learner.unit(courses.usage(bank.get_parent())).text
    return {usage for child in bank.get_children() if f'"{(usage := courses.usage(child))}"' in page}


def right_answers(learner: Visitor, usage: Any) -> dict[str, Any]:
    """The form of a question with the answers that the platform itself takes for right."""
    from django.test import RequestFactory
    from lms.djangoapps.courseware.block_render import get_block_by_usage_id

    request = RequestFactory().get("/")
    request.user, request.session = learner.user, {}
    block, _tracking = get_block_by_usage_id(request, str(usage.course_key), str(usage))
    shown = learner.post_form(handler_address(usage, "xmodule_handler", "problem_get"), {}).json["html"]
    names, found = set(re.findall(r'name="(input_[^"]+)"', shown)), {}
    for key, value in block.lcp.get_question_answers().items():
        several = f"input_{key}[]" in names
        values = list(value) if isinstance(value, (list, tuple)) else [value]
        found[f"input_{key}[]" if several else f"input_{key}"] = values if several else str(values[0])
    return found


def _counts(block: Any) -> bool:
    from xblock.completable import XBlockCompletionMode

    return bool(XBlockCompletionMode.get_mode(block) == XBlockCompletionMode.COMPLETABLE)


def _key(text: str) -> Any:
    from opaque_keys.edx.keys import UsageKey

    return UsageKey.from_string(text)
