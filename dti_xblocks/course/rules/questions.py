"""Rules about problems (CAPA questions)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ...content import ERROR, WARNING, Problem
from ..model import Block, OlxCourse
from .registry import at, rule


def options(block: Block):
    """The answers of a problem's choices: single, multiple, from a list."""
    return block.node.xpath(".//choicegroup/choice | .//checkboxgroup/choice | .//optioninput/option")


@rule("CX013")
def option_without_feedback(course: OlxCourse) -> Iterator[Problem]:
    """An option that says nothing when it is chosen: the learner hears "incorrect" and learns nothing."""
    for block in course.blocks("problem"):
        for option in options(block):
            name = "optionhint" if option.tag == "option" else "choicehint"
            hints = [hint for hint in option.iter(name) if "".join(hint.itertext()).strip()]
            words = " ".join((option.text or "").split())[:60]
            if option.getparent().tag == "checkboxgroup":
                answered = {hint.get("selected", "").lower() for hint in hints}
                missing = [f'<choicehint selected="{state}">' for state in ("true", "false") if state not in answered]
            else:
                missing = [] if hints else [f"<{name}>"]
            if missing:
                message = f"The option “{words}” has no feedback. Add {' and '.join(missing)}."
                yield at("CX013", block, message, ERROR if course.is_ours else WARNING, option.sourceline or 0)


@rule("CX014")
def no_right_answer(course: OlxCourse) -> Iterator[Problem]:
    """A question that cannot be answered: no right option, or several right ones where one can be chosen."""
    for block in course.blocks("problem"):
        for group in block.node.xpath(".//choicegroup | .//checkboxgroup"):
            marks = [choice.get("correct", "").lower() for choice in group.iter("choice")]
            right = [mark for mark in marks if mark == "true"]
            if not any(mark in ("true", "partial") or "$" in mark for mark in marks):
                severity = ERROR if course.is_ours else WARNING  # a survey has none, and the import changes nothing
                message = "No option of this question is marked as correct. Mark one."
                yield at("CX014", block, message, severity, group.sourceline or 0)
            elif group.tag == "choicegroup" and len(right) > 1:
                message = "Several options of this single-choice question are marked as correct. Leave one."
                yield at("CX014", block, message, WARNING, group.sourceline or 0)


@rule("CX018")
def outcome_named(course: OlxCourse) -> Iterator[Problem]:
    """A question of our course that does not say which learning outcome it measures: <!-- outcome: O2 -->."""
    if not course.is_ours:
        return
    for block in course.blocks("problem"):
        comments = [node.text or "" for node in block.node.iter() if node.tag is etree.Comment]
        named = [match[1] for text in comments if (match := re.search(r"outcome:\s*(\w+)", text))]
        if not named or any(name not in course.curriculum.outcomes for name in named):
            yield at("CX018", block, f"Name the outcome: <!-- outcome: one of {', '.join(course.curriculum.outcomes)} -->.")
