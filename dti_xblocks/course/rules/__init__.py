"""The rules of `dti-course validate`.

A rule is a function with a permanent code, a docstring that is its manual, and a folder with a broken example in
tests/course/broken/. It takes the course as read and yields `Problem`s; one rule never hides another's findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...content import WARNING, Problem
from ..model import OlxCourse
from . import (  # noqa: F401 - they enter their rules in the book
    blocks,
    cleaner,
    curriculum,
    files,
    grading,
    items,
    languages,
    lessons,
    links,
    names,
    pictures,
    questions,
    sources,
    time,
)
from .registry import RULES

__all__ = ["RULES", "check"]

# Rules that count the words of English, or know its words of law: what a translation says is judged by its source.
OF_ENGLISH = frozenset({"CX045", "CX049", "CX061", "CX064", "CX065"})
# Rules about the form of answers: warnings while they are a mixture of two languages.
OF_FORM = frozenset({"CX041", "CX046", "CX050"})


def check(course: OlxCourse) -> Iterator[Problem]:
    """Every problem of every rule."""
    other = course.is_ours and course.curriculum.language != "en"
    mixed = course.is_ours and not course.curriculum.complete
    for rule in RULES:
        if other and rule.code in OF_ENGLISH:
            continue
        try:
            for found in rule.find(course):
                if isinstance(found, Problem):
                    yield replace(found, severity=WARNING) if mixed and rule.code in OF_FORM else found
        except Exception as error:  # a rule that fails is a finding, and no reason to be silent about the rest
            message = f"This rule could not be checked to the end ({error!r}); the others were. Please report it."
            yield Problem(rule.code, "course.xml", message, WARNING)
    # Last: rules read files (policies, say) that add to what reading itself found.
    yield from course.problems
