"""How far a player comes in a scenario who looks only at how the choices are worded: the share of runs that pass."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ...content import inner_xml
from ...scenario import olx
from ...scenario.explore import analysis
from ...scenario.model import Choice, Ending, Scenario
from ...scenario.motion import begin, gain, open_choices, take
from ...scenario.percent import passes
from ..model import Block, OlxCourse
from .cues import QUOTE
from .vocabulary import Vocabulary, vocabulary, words

RUNS = 400  # of each strategy
LONGEST = 200  # decisions; who goes round in circles for ever has not passed
LIMIT = 0.10  # share of runs that may pass
SEED = 2026


@dataclass(frozen=True)
class Played:
    """How many of the runs of a strategy pass, and the share of the points that they earn on average, 0 to 1."""

    strategy: str
    passed: float
    points: float


@dataclass(frozen=True)
class Scenarios:
    """One scenario of the course under attack."""

    block: Block
    played: tuple[Played, ...]


STRATEGIES = ("random", "quotation", "most clauses", "calmest", "firmest", "does not wait", "longest", "shortest")


def value(strategy: str, text: str, known: Vocabulary) -> float:
    """What a strategy gives for the words of a choice."""
    counted = {
        "quotation": lambda: len(QUOTE.findall(text)) > 0,
        "most clauses": lambda: len(known.clauses.findall(text)),
        "calmest": lambda: -len(known.rough.findall(text)),
        "firmest": lambda: len(known.rough.findall(text)),
        "does not wait": lambda: -len(known.waiting.findall(text)),
        "longest": lambda: len(words(text)),
        "shortest": lambda: -len(words(text)),
    }
    return counted[strategy]() if strategy in counted else 0


def attacked(course: OlxCourse) -> Iterator[Scenarios]:
    """Every scenario of a course that can be played, under every strategy."""
    for block in course.blocks("dti_scenario"):
        try:
            scenario = olx.read(inner_xml(block.node), block.node.get("score_by") or "choices")
        except ValueError:
            continue  # a rule says what is wrong with it
        if scenario.scenes and analysis(scenario).possible:
            mark = block.node.get("pass_mark") or "70"
            yield Scenarios(block, tuple(play(scenario, name, int(mark), course.curriculum.language) for name in STRATEGIES))


@lru_cache(maxsize=64)
def play(scenario: Scenario, strategy: str, pass_mark: int, language: str = "en") -> Played:
    """`RUNS` runs; the same ones each time."""
    chance = random.Random(f"{SEED}/{strategy}")  # noqa: S311 - nothing here is secret
    possible = analysis(scenario).possible
    known = vocabulary(language)
    earned = [_run(scenario, strategy, chance, known) for _run_number in range(RUNS)]
    return Played(
        strategy,
        sum(passes(points, possible, pass_mark) for points in earned) / RUNS,
        sum(min(points, possible) for points in earned) / RUNS / possible,
    )


def _run(scenario: Scenario, strategy: str, chance: random.Random, known: Vocabulary) -> int:
    """The points of one run, 0 for one without an end."""
    standing, points = begin(scenario), 0
    for _decision in range(LONGEST):
        choices = open_choices(scenario, standing)
        if not choices:
            ending = scenario.place(standing.place)
            return points + scenario.points_of(ending) if isinstance(ending, Ending) else points
        choice = chance.choice(_best(strategy, choices, known))
        points += gain(scenario, standing, choice)
        standing = take(scenario, standing, choice)
    return 0


def _best(strategy: str, choices: tuple[Choice, ...], known: Vocabulary) -> list[Choice]:
    """The choices of the highest value."""
    valued = [(value(strategy, re.sub(r"<[^>]*>", "", choice.text), known), choice) for choice in choices]
    most = max(worth for worth, _choice in valued)
    return [choice for worth, choice in valued if worth == most]
