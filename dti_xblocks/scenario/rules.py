"""What makes a scenario sound. A rule is a permanent code, a function with a docstring, and a broken example in the tests.

`check` runs them all; they stand in `rules_shape` (ids, targets, numbers), `rules_cast` (who is in it), `rules_story` (what is
told), `rules_needs` (conditions) and `rules_run` (what can happen). Codes of rules that are no more are not given again: SC008
refused loops, which are allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from ..content import ERROR, Problem
from . import rules_cast, rules_needs, rules_run, rules_shape, rules_story  # noqa: F401 - they enter their rules in the book when they are loaded
from .explore import analysis
from .model import Scenario
from .rulebook import RULES, THE_SCENARIO, Setting

UNREADABLE = "SC001"


def check(scenario: Scenario, known_authorities: Collection[str] | None = None, pass_mark: int | None = None) -> list[Problem]:
    """Every mistake in `scenario`, in order of line. What is None is not checked. Lines are those of the content."""
    setting = Setting(known_authorities, pass_mark)
    problems = [problem for rule in RULES if rule.ground for problem in rule.problems(scenario, setting)]
    if not problems:
        # Only now: the way through a scenario whose ids, targets or numbers are unsound leads anywhere, even to a crash.
        found = analysis(scenario)
        setting = replace(setting, analysis=found if found.complete else None, tangled=not found.complete)
    for rule in RULES:
        if not rule.ground:
            problems += rule.problems(scenario, setting)
    return sorted(problems, key=lambda problem: (problem.line, problem.code))


def unreadable(message: str, line: int = 0) -> Problem:
    """The problem of content that `olx.read` could not read."""
    return Problem(UNREADABLE, THE_SCENARIO, message, ERROR, line)


def playable(problems: Iterable[Problem]) -> bool:
    """True when none of `problems` keeps the scenario from being played."""
    return not breaking(problems)


def breaking(problems: Iterable[Problem]) -> list[Problem]:
    """Those of `problems` that keep the scenario from being played."""
    codes = {UNREADABLE, *(rule.code for rule in RULES if rule.breaks_play)}
    return [problem for problem in problems if problem.code in codes]
