"""What can still make a difference from a place on: two runs that differ in nothing else are one to `explore`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from ..drawing.graph import components
from .model import Choice, Ending, Meter, Need, Scenario, Scene, whole
from .motion import Standing

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scale:
    """What conditions ahead ask of a meter: is it at least one of `cuts` (ascending)? And how far it can still rise and fall."""

    meter: Meter
    cuts: tuple[int, ...]
    rise: float
    fall: float

    def project(self, value: int) -> int:
        """The value that stands for `value` and all others that no condition ahead can tell from it."""
        if not self.cuts:
            return 0
        if value + self.rise < self.cuts[0]:
            return whole(self.meter.lowest)
        if value - self.fall >= self.cuts[-1]:
            return whole(self.meter.highest)
        if not self.rise and not self.fall:
            return max(cut for cut in self.cuts if cut <= value)
        return value


@dataclass(frozen=True)
class Horizon:
    """What matters at a place: the meters, the choices and levels that conditions ahead ask about."""

    scales: tuple[Scale, ...] = ()
    choices: frozenset[str] = NOTHING
    levels: frozenset[str] = NOTHING

    def project(self, standing: Standing) -> Standing:
        """`standing` without what makes no difference any more."""
        return Standing(
            standing.place,
            tuple([scale.project(value) for scale, value in zip(self.scales, standing.meters, strict=True)]),
            standing.taken & self.choices if self.choices else NOTHING,
            standing.levels & self.levels if self.levels else NOTHING,
        )


def normalizer(scenario: Scenario) -> Callable[[Standing], Standing]:
    """A function that gives one standing for all those between which nothing makes a difference from their place on."""
    horizons = _horizons(scenario)

    def normalized(standing: Standing) -> Standing:
        here = horizons.get(standing.place)
        return here.project(standing) if here else standing

    return normalized


def _horizons(scenario: Scenario) -> dict[str, Horizon]:
    ways = {place.id: _ways(place) for place in scenario.places}
    targets = {place_id: [target for target, _choice in ways[place_id] if target in ways] for place_id in ways}
    asked: dict[str, frozenset[Need]] = {}
    reach: dict[str, tuple[tuple[float, float], ...]] = {}
    horizons = {}
    for component in components(targets, lambda place_id: targets[place_id]):
        inside = frozenset(component) if len(component) > 1 or component[0] in targets[component[0]] else NOTHING
        needs = frozenset().union(*(_asked_on_leaving(scenario, place_id, targets[place_id]) for place_id in component))
        needs = needs.union(*(asked[target] for place_id in component for target in targets[place_id] if target in asked))
        onward = [way for place_id in component for way in ways[place_id]]
        reach_here = tuple(_reach(meter, number, onward, inside, reach) for number, meter in enumerate(scenario.meters))
        horizon = Horizon(
            scales=tuple(
                Scale(meter, _cuts(meter, needs), *ahead) for meter, ahead in zip(scenario.meters, reach_here, strict=True)
            ),
            choices=frozenset(need.ref for need in needs if need.kind == "choice"),
            levels=frozenset(need.ref for need in needs if need.kind == "level"),
        )
        for place_id in component:
            asked[place_id], reach[place_id], horizons[place_id] = needs, reach_here, horizon
    return horizons


def _ways(place: Scene | Ending) -> list[tuple[str, Choice | None]]:
    """Where one can get to from a place: by its choices, and by not meeting its conditions."""
    choices = place.choices if isinstance(place, Scene) else ()
    return [*((choice.to, choice) for choice in choices), *([(place.otherwise, None)] if place.otherwise else [])]


def _asked_on_leaving(scenario: Scenario, place_id: str, targets: list[str]) -> list[Need]:
    """The conditions of the choices at a place, and of the places to which they lead."""
    scene = scenario.scene(place_id)
    asked = [need for choice in (scene.choices if scene else ()) for need in choice.needs]
    places = [scenario.place(target) for target in targets]
    return [*asked, *(need for place in places if place for need in place.needs)]


def _cuts(meter: Meter, needs: frozenset[Need]) -> tuple[int, ...]:
    bounds = [need for need in needs if need.kind == "meter" and need.ref == meter.id]
    lower = {need.at_least for need in bounds if need.at_least is not None}
    upper = {need.at_most + 1 for need in bounds if need.at_most is not None}
    return tuple(sorted(lower | upper))


def _reach(
    meter: Meter,
    number: int,
    onward: list[tuple[str, Choice | None]],
    inside: frozenset[str],
    reach: dict[str, tuple[tuple[float, float], ...]],
) -> tuple[float, float]:
    """How far the meter can rise and fall on the way on. Around a circle that moves it: without end."""
    rise = fall = 0.0
    for target, choice in onward:
        moves = [whole(effect.by) for effect in choice.effects if effect.meter == meter.id] if choice else []
        up: float = sum(by for by in moves if by > 0)
        down: float = -sum(by for by in moves if by < 0)
        if target in inside:
            up, down = (inf if up else 0), (inf if down else 0)
        else:
            rise_there, fall_there = reach[target][number] if target in reach else (0, 0)
            up, down = up + rise_there, down + fall_there
        rise, fall = max(rise, up), max(fall, down)
    return rise, fall
