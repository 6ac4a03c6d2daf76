"""The rules of `dti-course validate`.

A rule is a function with a permanent code, a docstring that is its manual, and a folder with a broken example in
tests/course/broken/. It takes the course as read and yields `Problem`s; one rule never hides another's findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...content import ERROR, Problem
from ..olx import Block, OlxCourse

Rule = Callable[[OlxCourse], Iterable[Problem]]
RULES: dict[str, Rule] = {}


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a rule under its permanent code."""

    def register(function: Rule) -> Rule:
        if code in RULES:
            raise ValueError(f"{code} is taken by {RULES[code].__name__}")
        RULES[code] = function
        return function

    return register


def at(code: str, block: Block, message: str, severity: str = ERROR, line: int = 0) -> Problem:
    """A problem at `block`, or at a line inside its file."""
    return Problem(code, block.file, message, severity, line or block.line)


def check(course: OlxCourse) -> Iterator[Problem]:
    """Every problem of every rule."""
    from . import blocks, cleaner, curriculum, files, grading, links, questions  # noqa: F401 - they register their rules

    for function in RULES.values():
        yield from function(course)
    # Last: rules read files (policies, say) that add to what reading itself found.
    yield from course.problems
