"""Whether a review is sound. Codes are permanent. Only RV000 keeps learners from reviewing."""

from __future__ import annotations

import re

from ..content import WARNING, Problem
from .model import ReviewForm

STRAYS = {
    "element": ("RV003", "The element <{what}> is not known here. Remove it or correct its name."),
    "attribute": ("RV004", "The attribute {what} is not known here and has no effect. Remove it."),
    "text": ("RV005", "The text “{what}” stands outside of the <prompt> and is not shown. Move it or remove it."),
    "repeated": ("RV002", "There is more than one <{what}>. Keep one; the others are not shown."),
}


def unreadable(reason: str) -> Problem:
    """RV000: the content is no well-formed XML."""
    return Problem("RV000", "review", f"The review cannot be read: {reason}")


def check(review: ReviewForm) -> list[Problem]:
    """Every problem of `review`, in the order of its lines. RV001: no question of the author's own, or an empty one."""
    found = []
    if not re.sub(r"<[^>]*>", "", review.prompt).strip():
        message = "There is no question to the learners. Write it in a <prompt>; without one a general question is asked."
        found.append(Problem("RV001", "prompt", message, WARNING, review.prompt_line))
    for stray in review.strays:
        code, message = STRAYS[stray.kind]
        severity = {"severity": WARNING} if stray.kind == "attribute" else {}
        found.append(Problem(code, "review", message.format(what=stray.name), line=stray.line, **severity))
    return sorted(found, key=lambda problem: (problem.line, problem.code))
