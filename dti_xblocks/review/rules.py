"""Whether a review is sound. Codes are permanent. Only RV000 keeps learners from reviewing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..content import ATTRIBUTE, ELEMENT, REPEATED, TEXT, WARNING, Finding, Problem, Rulebook, pattern, sentence
from .model import ReviewForm

RULES: Rulebook[[ReviewForm]] = Rulebook()
UNREADABLE = "RV000"


def unreadable(reason: str) -> Problem:
    """The problem of content that is no well-formed XML."""
    return Problem(UNREADABLE, "review", sentence("The review cannot be read: {reason}", reason=reason))


def check(review: ReviewForm) -> list[Problem]:
    """Every problem of `review`, in the order of its lines."""
    return RULES.problems(review)


@RULES.rule("RV001", WARNING)
def no_question(review: ReviewForm) -> Iterator[Finding]:
    """There is no question of the author's own, or an empty one: learners are asked a general one."""
    if not re.sub(r"<[^>]*>", "", review.prompt).strip():
        message = sentence(
            "There is no question to the learners. Write it in a <prompt>; without one a general question is asked."
        )
        yield "prompt", message, review.prompt_line


@RULES.rule("RV002")
def repeated_prompt(review: ReviewForm) -> Iterator[Finding]:
    """There are several questions, and only the first is shown."""
    return _strays(review, REPEATED, pattern("There is more than one <{name}>. Keep one; the others are not shown."))


@RULES.rule("RV003")
def unknown_element(review: ReviewForm) -> Iterator[Finding]:
    """An element that has no meaning where it stands."""
    return _strays(review, ELEMENT, pattern("The element <{name}> is not known here. Remove it or correct its name."))


@RULES.rule("RV004", WARNING)
def unknown_attribute(review: ReviewForm) -> Iterator[Finding]:
    """An attribute that has no meaning."""
    return _strays(review, ATTRIBUTE, pattern("The attribute {name} is not known here and has no effect. Remove it."))


@RULES.rule("RV005")
def loose_text(review: ReviewForm) -> Iterator[Finding]:
    """Words outside of the question, which nobody sees."""
    return _strays(
        review, TEXT, pattern("The text “{name}” stands outside of the <prompt> and is not shown. Move it or remove it.")
    )


def _strays(review: ReviewForm, kind: str, message: str) -> Iterator[Finding]:
    for stray in review.strays:
        if stray.kind == kind:
            yield "review", sentence(message, name=stray.name), stray.line
