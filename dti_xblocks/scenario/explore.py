"""Walks a scenario through everything that can happen in it, once, and keeps what is worth knowing: its `Analysis`.

Two runs that differ only in what no condition ahead asks about are the same standing here (`horizon`). A scenario without
conditions has as many standings as places; how much more there is to follow is bounded.

The strongest path goes straight: it never takes a way back into a loop (`graph.backward`). Else one link "try again from here"
would raise what is possible by every scene on the branches that a good run passes by, and no straight run could be a full one.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from ..drawing.graph import backward, components
from .horizon import normalizer
from .model import Choice, Scenario
from .motion import Standing, begin, open_choices, take

MOST = 100_000  # ways from one standing to the next; beyond that a scenario is too tangled to be scored
FEW = 4  # effects of a choice that cost no more than following it; each further handful counts as one more way


@dataclass
class Analysis:
    """What exploring found. Points are those that the scenario's `score_by` counts.

    `path`: the strongest path as (scene id, choice id), without a way back where an ending can be reached so; `ending`: where it
    ends, "" when no ending can be reached. `back`: the ways back, as (scene id, id of the place come to).
    `reached`: ids of the scenes and endings that can be come to. `held`: the owners of conditions that held somewhere, a
    place's id or "scene-id/choice-id". `stuck`: scenes where somebody may find no choice. `endless`: scenes from which somebody
    may find no way to an ending. `idle`: the scenes where letting the clock run out is part of a path that earns more than the
    strongest path of decisions. `complete`: False when there was more than `MOST` to follow, so that nothing here is final.
    """

    scenario: Scenario = field(repr=False)
    reached: set[str] = field(default_factory=set)
    held: set[str] = field(default_factory=set)
    stuck: set[str] = field(default_factory=set)
    endless: set[str] = field(default_factory=set)
    idle: tuple[str, ...] = ()
    complete: bool = True
    path: tuple[tuple[str, str], ...] = ()
    ending: str = ""
    back: frozenset[tuple[str, str]] = frozenset()
    _worth: dict[Standing, int | None] = field(default_factory=dict, repr=False)
    _best: dict[Standing, str] = field(default_factory=dict, repr=False)
    _first: dict[str, Standing] = field(default_factory=dict, repr=False)
    _normalized: Callable[[Standing], Standing] = field(default=lambda standing: standing, repr=False)

    @property
    def possible(self) -> int:
        """The points of the strongest path."""
        return self.worth(begin(self.scenario)) if self.scenario.scenes else 0

    def worth(self, standing: Standing) -> int:
        """The most points that a straight path earns from `standing` on; 0 where none comes to an ending."""
        return self._worth.get(self._normalized(standing)) or 0

    def best_choice(self, standing: Standing) -> str:
        """The id of the choice that keeps to a strongest path from `standing`; "" where there is none."""
        return self._best.get(self._normalized(standing), "")

    def best_choice_at(self, scene_id: str) -> str:
        """The same for whoever comes to the scene by the shortest way."""
        first = self._first.get(scene_id)
        return self._best.get(first, "") if first else ""

    def strongest_at(self, scene_id: str) -> frozenset[str]:
        """The ids of all choices that are worth the most to whoever comes to the scene by the shortest way."""
        first = self._first.get(scene_id)
        if first is None:
            return frozenset()
        worth = {choice.id: self.worth_of(first, choice) for choice in open_choices(self.scenario, first)}
        most = max(worth.values(), default=0)
        return frozenset(choice_id for choice_id, points in worth.items() if points == most)

    def worth_of(self, standing: Standing, choice: Choice) -> int:
        """The most points that a path through `choice` earns from `standing` on, straight after it; a way back earns no more."""
        after = take(self.scenario, standing, choice)
        ahead = 0 if (standing.place, after.place) in self.back else self.worth(after)
        return self.scenario.points_of(choice) + ahead


class Way(NamedTuple):
    """From one standing on to the next, by its number. `late` when the clock takes it."""

    choice: str
    points: int
    to: int
    late: bool = False


class Place(NamedTuple):
    """A standing with the ways on, and the points that an ending gives (None: it is no ending)."""

    standing: Standing
    ways: list[Way]
    final: int | None


@functools.lru_cache(maxsize=64)
def analysis(scenario: Scenario) -> Analysis:
    """What exploring `scenario` found, worked out once for as long as it is asked for."""
    return explore(scenario)


def explore(scenario: Scenario) -> Analysis:
    """The analysis of a scenario whose ids, targets and numbers are sound (`rules`)."""
    found = Analysis(scenario, _normalized=normalizer(scenario))
    if not scenario.scenes:
        return found
    places = _survey(found)
    if not found.complete:
        return found
    found.back = _back(places)
    offered = [[way for way in place.ways if not way.late] for place in places]
    straight = _straight(places, offered, found.back)
    worth = _worth(places, straight)
    best = _nearest(places, straight, worth)
    if worth[0] is None:
        best = _shortest(places, offered)
        worth[0] = _points_on(places, best) if best[0] else None
    found._worth = {place.standing: points for place, points in zip(places, worth, strict=True)}
    found._best = {place.standing: way.choice for place, way in zip(places, best, strict=True) if way}
    steps, last = _trace(places, best)
    found.path = tuple((scene_id, way.choice) for scene_id, way in steps)
    found.ending = last if scenario.ending(last) else ""
    hopeless = {place.standing.place for place, way in zip(places, _shortest(places, offered), strict=True) if way is None}
    found.endless = {place_id for place_id in hopeless if scenario.scene(place_id)} - found.stuck
    if found.ending and any(way.late for place in places for way in place.ways):
        found.idle = _idle(places, found.back, worth[0] or 0)
    return found


def _back(places: list[Place]) -> frozenset[tuple[str, str]]:
    """The ways back, between scenes; those that only a clock takes are ways as well."""
    ahead: dict[str, list[str]] = {place.standing.place: [] for place in places}
    for place in places:
        ahead[place.standing.place] += [places[way.to].standing.place for way in place.ways]
    return backward(ahead)


def _straight(places: list[Place], ways: list[list[Way]], back: frozenset[tuple[str, str]]) -> list[list[Way]]:
    """`ways` without those back."""
    return [
        [way for way in ahead if (place.standing.place, places[way.to].standing.place) not in back]
        for place, ahead in zip(places, ways, strict=True)
    ]


def _survey(found: Analysis) -> list[Place]:
    """Every standing that can be come to, the start first."""
    scenario, normalized = found.scenario, found._normalized
    numbers: dict[Standing, int] = {}
    queue: deque[Standing] = deque()
    places: list[Place] = []
    followed = 0

    def number(standing: Standing) -> int:
        if standing not in numbers:
            numbers[standing] = len(numbers)
            queue.append(standing)
        return numbers[standing]

    number(normalized(begin(scenario)))
    while queue:
        if followed > MOST:
            found.complete = False
            break
        standing = queue.popleft()
        ways: list[Way] = []
        ending = scenario.ending(standing.place)
        places.append(Place(standing, ways, scenario.points_of(ending) if ending else None))
        found.reached.add(standing.place)
        found._first.setdefault(standing.place, standing)
        place, scene = scenario.place(standing.place), scenario.scene(standing.place)
        if place and place.needs:  # or one would have been sent on
            found.held.add(place.id)
        if scene is None:
            continue
        choices = open_choices(scenario, standing)
        if not choices:
            found.stuck.add(scene.id)
        found.held.update(f"{scene.id}/{choice.id}" for choice in choices if choice.needs)
        late = scene.choice(scene.timeout) if scene.clock else None
        for choice in (*choices, late) if late else choices:
            after = number(normalized(take(scenario, standing, choice)))
            ways.append(Way(choice.id, scenario.points_of(choice), after, late=len(ways) == len(choices)))
        followed += len(ways) + sum(len(choice.effects) // FEW for choice in choices)
    return places


def _worth(places: list[Place], ways: list[list[Way]]) -> list[int | None]:
    """What each place is worth by `ways`, which make no circle; None where they lead to no ending."""
    worth: list[int | None] = [None] * len(places)
    for (number,) in components(range(len(places)), lambda number: [way.to for way in ways[number]]):
        offers = [way.points + there for way in ways[number] if (there := worth[way.to]) is not None]
        worth[number] = max(offers) if offers else places[number].final
    return worth


def _shortest(places: list[Place], ways: list[list[Way]]) -> list[Way | None]:
    """At each place the first step of the shortest way to an ending; None at an ending, and where there is no way to one."""
    first = _nearest(places, [[way._replace(points=0) for way in ahead] for ahead in ways], [0] * len(places))
    return [way and next(other for other in ahead if other.choice == way.choice) for way, ahead in zip(first, ways, strict=True)]


def _points_on(places: list[Place], best: list[Way | None]) -> int:
    """The points of the path along `best`: the first decision at a scene counts."""
    steps, last = _trace(places, best)
    first = {scene_id: way.points for scene_id, way in reversed(steps)}
    return sum(first.values()) + next(place.final or 0 for place in places if place.standing.place == last)


def _nearest(places: list[Place], ways: list[list[Way]], worth: list[int | None]) -> list[Way | None]:
    """At each place the way that earns what it is worth in the fewest decisions; None at an ending, and where there is none."""
    before: list[list[int]] = [[] for _place in places]
    strongest: list[list[Way]] = []
    for number, points in enumerate(worth):
        strongest.append([way for way in ways[number] if (there := worth[way.to]) is not None and way.points + there == points])
        for way in strongest[number]:
            before[way.to].append(number)
    steps = {number: 0 for number, place in enumerate(places) if place.final is not None}
    queue = deque(steps)
    while queue:
        after = queue.popleft()
        for number in before[after]:
            if number not in steps:
                steps[number] = steps[after] + 1
                queue.append(number)
    found: list[Way | None] = []
    for number, ahead in enumerate(strongest):
        left = steps.get(number, 0) - 1
        found.append(next((way for way in ahead if steps.get(way.to) == left), None))
    return found


def _trace(places: list[Place], best: list[Way | None]) -> tuple[list[tuple[str, Way]], str]:
    """The best ways from the start on, each with the scene it leaves, and the place where they end."""
    steps, number = [], 0
    while way := best[number]:
        steps.append((places[number].standing.place, way))
        number = way.to
    return steps, places[number].standing.place


def _idle(places: list[Place], back: frozenset[tuple[str, str]], possible: int) -> tuple[str, ...]:
    every = _straight(places, [place.ways for place in places], back)
    worth = _worth(places, every)
    if (worth[0] or 0) <= possible:
        return ()
    steps, _last = _trace(places, _nearest(places, every, worth))
    return tuple(scene_id for scene_id, way in steps if way.late)
