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
from .cues import CLAUSE, QUOTE, WAITING, words

RUNS = 400  # of each strategy
LONGEST = 200  # decisions; who goes round in circles for ever has not passed
LIMIT = 0.10  # share of runs that may pass
SEED = 2026
ROUGH = re.compile(
    r"\b(?:pull|push|grab|shove|shout|yell|order|drag|knock|force|step|stop|take|seize|demand|refuse|call|radio)\w*\b|!",
    re.IGNORECASE,
)


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


VALUES = {
    "random": lambda text: 0,
    "quotation": lambda text: len(QUOTE.findall(text)) > 0,
    "most clauses": lambda text: len(CLAUSE.findall(text)),
    "calmest": lambda text: -len(ROUGH.findall(text)),
    "firmest": lambda text: len(ROUGH.findall(text)),
    "does not wait": lambda text: -len(WAITING.findall(text)),
    "longest": lambda text: len(words(text)),
    "shortest": lambda text: -len(words(text)),
}


def attacked(course: OlxCourse) -> Iterator[Scenarios]:
    """Every scenario of a course that can be played, under every strategy."""
    for block in course.blocks("dti_scenario"):
        try:
            scenario = olx.read(inner_xml(block.node), block.node.get("score_by") or "choices")
        except ValueError:
            continue  # a rule says what is wrong with it
        if scenario.scenes and analysis(scenario).possible:
            mark = block.node.get("pass_mark") or "70"
            yield Scenarios(block, tuple(play(scenario, name, int(mark)) for name in VALUES))


@lru_cache(maxsize=64)
def play(scenario: Scenario, strategy: str, pass_mark: int) -> Played:
    """`RUNS` runs; the same ones each time."""
    chance = random.Random(f"{SEED}/{strategy}")  # noqa: S311 - nothing here is secret
    possible = analysis(scenario).possible
    earned = [_run(scenario, strategy, chance) for _run_number in range(RUNS)]
    return Played(
        strategy,
        sum(passes(points, possible, pass_mark) for points in earned) / RUNS,
        sum(min(points, possible) for points in earned) / RUNS / possible,
    )


def _run(scenario: Scenario, strategy: str, chance: random.Random) -> int:
    """The points of one run, 0 for one without an end."""
    standing, points = begin(scenario), 0
    for _decision in range(LONGEST):
        choices = open_choices(scenario, standing)
        if not choices:
            ending = scenario.place(standing.place)
            return points + scenario.points_of(ending) if isinstance(ending, Ending) else points
        choice = chance.choice(_best(strategy, choices))
        points += gain(scenario, standing, choice)
        standing = take(scenario, standing, choice)
    return 0


def _best(strategy: str, choices: tuple[Choice, ...]) -> list[Choice]:
    """The choices of the highest value."""
    valued = [(VALUES[strategy](re.sub(r"<[^>]*>", "", choice.text)), choice) for choice in choices]
    most = max(value for value, _choice in valued)
    return [choice for value, choice in valued if value == most]
