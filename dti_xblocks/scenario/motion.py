"""How a run moves through a scenario: where a choice leads, what it changes, and what is open from there."""

from __future__ import annotations

from typing import NamedTuple

from .model import Choice, Need, Scenario, Scene


class Standing(NamedTuple):
    """Where a run stands, with all that conditions may ask and points depend on. A tuple: `explore` keeps many of them.

    `place` is the id of a scene or an ending, `meters` the values in the scenario's order, `taken` the choices so far as
    "scene-id/choice-id", `levels` the levels reached, `decided` the scenes in which a decision was made.
    """

    place: str
    meters: tuple[int, ...] = ()
    taken: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    decided: frozenset[str] = frozenset()


def begin(scenario: Scenario) -> Standing:
    """The standing before the first decision."""
    return arrive(scenario, Standing("", tuple(meter.start or 0 for meter in scenario.meters)), scenario.start.id)


def take(scenario: Scenario, standing: Standing, choice: Choice) -> Standing:
    """The standing after `choice` of the present scene."""
    meters = list(standing.meters)
    for effect in choice.effects:
        number = scenario.meter_numbers.get(effect.meter)
        if number is not None:
            meters[number] = scenario.meters[number].moved(meters[number], effect.by)
    after = Standing(
        standing.place,
        tuple(meters),
        standing.taken | {f"{standing.place}/{choice.id}"},
        standing.levels | {choice.level} if choice.level else standing.levels,
        standing.decided | {standing.place},
    )
    return arrive(scenario, after, choice.to)


def arrive(scenario: Scenario, standing: Standing, target: str) -> Standing:
    """The standing on coming to `target`, or to where its conditions send one on to.

    A place whose conditions send one round in a circle (which `rules` refuses) is entered after all.
    """
    passed = set()
    place = scenario.place(target)
    while place and place.id not in passed and place.otherwise and not holds(scenario, standing, place.needs):
        passed.add(place.id)
        place = scenario.place(place.otherwise) or place
    levels = standing.levels | {place.level} if isinstance(place, Scene) and place.level else standing.levels
    return Standing(place.id if place else target, standing.meters, standing.taken, levels, standing.decided)


def holds(scenario: Scenario, standing: Standing, needs: tuple[Need, ...]) -> bool:
    """True when every one of `needs` is met."""
    return all(_met(scenario, standing, need) is not need.negated for need in needs)


def open_choices(scenario: Scenario, standing: Standing) -> tuple[Choice, ...]:
    """The choices that a learner who stands so may take; none at an ending."""
    scene = scenario.scene(standing.place)
    if scene is None:
        return ()
    return tuple(choice for choice in scene.choices if choice.offered and holds(scenario, standing, choice.needs))


def gain(scenario: Scenario, standing: Standing, choice: Choice) -> int:
    """The points for taking `choice` now: the first decision in a scene counts, whoever comes back earns nothing more."""
    return 0 if standing.place in standing.decided else scenario.points_of(choice)


def _met(scenario: Scenario, standing: Standing, need: Need) -> bool:
    if need.kind == "meter":
        values = [value for meter, value in zip(scenario.meters, standing.meters, strict=True) if meter.id == need.ref]
        return any(
            (need.at_least is None or value >= need.at_least) and (need.at_most is None or value <= need.at_most)
            for value in values
        )
    return need.ref in (standing.taken if need.kind == "choice" else standing.levels)
