"""Rules about conditions and effects of a scenario, and where those go on who do not meet them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..content import WARNING, Finding, sentence
from .explore import Analysis
from .model import Choice, Ending, Need, Scenario, Scene, whole
from .rulebook import Setting, choices_in, explored_rule, owners, rule


@rule("SC029", ground=True)
def unclear_need_or_effect(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A condition or an effect that nobody can work out: it names nothing, more than one thing, something unknown, or its number
    is no whole number."""
    for where, _name, owner in owners(scenario):
        for need in owner.needs:
            if message := _unclear(scenario, need):
                yield where, message, need.line
    for where, _scene, choice in choices_in(scenario):
        for effect in choice.effects:
            if not scenario.meter(effect.meter):
                yield (
                    where,
                    sentence("An effect names the meter “{meter}”, which does not exist.", meter=effect.meter),
                    effect.line,
                )
            elif effect.by is None:
                yield (
                    where,
                    sentence("The effect on the meter “{meter}” is no whole number, like -10 or 5.", meter=effect.meter),
                    effect.line,
                )


@rule("SC031", ground=True)
def every_choice_conditional(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Every choice that a scene offers has conditions: somebody could stand there with nothing to choose."""
    for scene in scenario.scenes:
        if scene.choices and not any(choice.offered and not choice.needs for choice in scene.choices):
            yield (
                scene.id,
                sentence("The scene “{id}” needs a choice that is offered to everybody, without conditions.", id=scene.id),
                scene.line,
            )


@explored_rule("SC032", WARNING)
def never_holds(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """A condition that can never hold, whatever the learner does: what it guards might as well not be there."""
    passed_by = turned_away(scenario, analysis)
    for where, name, owner in owners(scenario):
        outside = next(((need, bounds) for need in owner.needs if (bounds := _outside(scenario, need))), None)
        # SC037 says it of a choice that is never offered.
        tried = owner.offered and name.split("/")[0] in analysis.reached if isinstance(owner, Choice) else owner.id in passed_by
        if outside:
            need, bounds = outside
            yield where, bounds, need.line
        elif owner.needs and tried and name not in analysis.held:
            yield (
                where,
                sentence("The condition can never hold here, whatever is decided before. Change or remove it."),
                owner.line,
            )


@rule("SC033", ground=True)
def no_way_around(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or ending with conditions must say where those go on who do not meet them, and that way must come to an end."""
    passed: set[str] = set()
    for place in scenario.places:
        if place.otherwise and not scenario.place(place.otherwise):
            yield (
                place.id,
                sentence("“{id}” sends on to “{otherwise}”, which does not exist.", id=place.id, otherwise=place.otherwise),
                place.line,
            )
        elif place.needs and not place.otherwise:
            message = sentence("“{id}” has conditions. Say in “otherwise” where to go on who does not meet them.", id=place.id)
            yield place.id, message, place.line
        way = _sent_on(scenario, place, passed)
        passed.update(way)
        if way and way[-1] in way[:-1]:
            circle = way[way.index(way[-1]) :]
            yield (
                circle[0],
                sentence("Who meets no conditions is sent round: {names}.", names=" > ".join(circle)),
                scenario.known_place(circle[0]).line,
            )


@rule("SC039")
def conditional_start(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """The first scene is where everybody starts; nothing has happened that a condition could ask about."""
    if scenario.scenes and scenario.start.needs:
        yield (
            scenario.start.id,
            sentence("“{id}” is the first scene and cannot have conditions.", id=scenario.start.id),
            scenario.start.line,
        )


@rule("SC040", WARNING)
def otherwise_without_needs(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or ending says where to go on who does not meet its conditions, and has none."""
    for place in scenario.places:
        if place.otherwise and not place.needs:
            yield (
                place.id,
                sentence("“{id}” has an “otherwise” and no conditions, so nobody is ever sent on.", id=place.id),
                place.line,
            )


def _sent_on(scenario: Scenario, place: Scene | Ending | None, passed: Collection[str] = ()) -> list[str]:
    """The places that one is sent through from `place` on while no conditions are met, the last twice where it is a circle.
    What was `passed` before is not gone through again."""
    way: dict[str, None] = {}
    while place and place.needs and place.otherwise and place.id not in passed:
        if place.id in way:
            return [*way, place.id]
        way[place.id] = None
        place = scenario.place(place.otherwise)
    return list(way)


def turned_away(scenario: Scenario, analysis: Analysis) -> set[str]:
    """Places that choices lead to and that nobody may enter, because their conditions never hold."""
    found: set[str] = set()
    todo = [scenario.start.id]
    for _where, scene, choice in choices_in(scenario):
        late = scene.clock and choice.id == scene.timeout
        open_to_some = choice.offered and (not choice.needs or f"{scene.id}/{choice.id}" in analysis.held)
        if scene.id in analysis.reached and (late or open_to_some):
            todo.append(choice.to)
    while todo:
        place = scenario.known_place(todo.pop())
        if place.needs and place.id not in analysis.held and place.id not in found:
            found.add(place.id)
            todo.append(place.otherwise)
    return found


def _unclear(scenario: Scenario, need: Need) -> str:
    """What is wrong with a condition, "" where nothing is."""
    if need.kind == "meter":
        if not scenario.meter(need.ref):
            return sentence("A condition names the meter “{ref}”, which does not exist.", ref=need.ref)
        if need.at_least is None and need.at_most is None:
            return sentence("A condition on the meter “{ref}” has no bound. Give “at-least”, “at-most” or both.", ref=need.ref)
        return ""
    if need.kind == "choice":
        scene_id, _slash, choice_id = need.ref.partition("/")
        scene = scenario.scene(scene_id)
        found = scene and scene.choice(choice_id)
        return (
            ""
            if found
            else sentence("A condition names the choice “{ref}”, which does not exist. Write scene-id/choice-id.", ref=need.ref)
        )
    if need.kind == "level":
        return (
            ""
            if scenario.level(need.ref)
            else sentence("A condition names the level “{ref}”, which is not declared.", ref=need.ref)
        )
    return sentence("A condition must name one meter with whole numbers as bounds, one choice, or one level.")


def _outside(scenario: Scenario, need: Need) -> str:
    """What is wrong with a condition that no value on its meter can meet; "" for any other."""
    meter = scenario.meter(need.ref) if need.kind == "meter" else None
    if meter is None:
        return ""
    lowest, highest = whole(meter.lowest), whole(meter.highest)
    low = lowest if need.at_least is None else max(lowest, need.at_least)
    high = highest if need.at_most is None else min(highest, need.at_most)
    never = (low, high) == (lowest, highest) if need.negated else low > high
    return (
        sentence(
            "The condition can never hold: the meter “{id}” lies between {lowest} and {highest}.",
            id=meter.id,
            lowest=lowest,
            highest=highest,
        )
        if never
        else ""
    )
