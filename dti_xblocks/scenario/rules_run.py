"""Rules about what can happen in a scenario: ways through it, clocks, conditions, meters, the score."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ..content import WARNING, Finding
from ..drawing.graph import components
from .explore import Analysis
from .model import Choice, Ending, Need, Scenario, Scene, whole
from .rulebook import Setting, choices_in, explored_rule, owners, rule

SHORTEST_CLOCK, LONGEST_CLOCK = 5, 600  # seconds


@rule("SC007")
def unreachable(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """No way from the first scene leads here, so no learner will ever see it."""
    if setting.analysis:
        seen = setting.analysis.reached | _turned_away(scenario, setting.analysis)
        if not setting.analysis.ending:  # SC036 says more about that
            seen |= {ending.id for ending in scenario.endings}
    else:
        seen = _led_to(scenario)
    for item in scenario.places:
        if item.id not in seen:
            message = f"Nobody ever comes to “{item.id}”. Lead a choice to it that somebody can take, or remove it."
            yield item.id, message, item.line


@explored_rule("SC013")
def nothing_to_earn(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """No path earns a point, so every learner would get the full score whatever they do."""
    if analysis.ending and not analysis.possible:
        what = {"choices": "choice that can be taken", "endings": "ending that can be reached"}
        counted = what.get(scenario.score_by, "choice that can be taken and no ending that can be reached")
        yield "the scenario", f"No {counted} is worth a point. Give the stronger ones points.", 0


@explored_rule("SC027", WARNING)
def loop_without_way_out(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """A path comes back to where it was, and somebody may find no way from there to an ending, whatever they decide."""
    endless = analysis.endless if analysis.ending else ()
    scenes = [scene.id for scene in scenario.scenes if scene.id in endless]
    ahead = {scene_id: [place for place in _after(scenario, scene_id) if place in endless] for scene_id in scenes}
    for component in components(scenes, ahead.__getitem__):
        circle = [scene_id for scene_id in scenes if scene_id in set(component)]
        if len(circle) > 1 or circle[0] in ahead[circle[0]]:
            names = ", ".join(f"“{scene_id}”" for scene_id in circle)
            message = f"Who comes to {names} may go round for ever. Lead a choice there out to an ending."
            yield circle[0], message, scenario.known_scene(circle[0]).line


@rule("SC028")
def clock_without_timeout(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A clock needs an end: the choice of the same scene that is taken when time is over. It is taken whatever the conditions,
    so it has none; and the seconds must be enough to read, and few enough to press."""
    for scene in scenario.scenes:
        timeout = scene.choice(scene.timeout)
        if scene.clock == 0 and scene.timeout:
            message = "names a timeout and has no clock. Give it a clock, or remove the timeout."
        elif not scene.clock:
            continue
        elif not SHORTEST_CLOCK <= scene.clock <= LONGEST_CLOCK:
            message = f"has a clock of {scene.clock} seconds. Use {SHORTEST_CLOCK} to {LONGEST_CLOCK}."
        elif not scene.timeout:
            message = "has a clock and no timeout. Name the choice that is taken when time runs out."
        elif timeout is None:
            message = f"names the timeout “{scene.timeout}”, which is no choice of it."
        elif timeout.needs:
            message = f"leaves “{scene.timeout}” to the clock, which takes it even when its conditions do not hold. Remove them."
        else:
            continue
        yield scene.id, f"The scene “{scene.id}” {message}", scene.line


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
                yield where, f"An effect names the meter “{effect.meter}”, which does not exist.", effect.line
            elif effect.by is None:
                yield where, f"The effect on the meter “{effect.meter}” is no whole number, like -10 or 5.", effect.line


@rule("SC031", ground=True)
def every_choice_conditional(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Every choice that a scene offers has conditions: somebody could stand there with nothing to choose."""
    for scene in scenario.scenes:
        if scene.choices and not any(choice.offered and not choice.needs for choice in scene.choices):
            yield scene.id, f"The scene “{scene.id}” needs a choice that is offered to everybody, without conditions.", scene.line


@explored_rule("SC032", WARNING)
def never_holds(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """A condition that can never hold, whatever the learner does: what it guards might as well not be there."""
    turned_away = _turned_away(scenario, analysis)
    for where, name, owner in owners(scenario):
        outside = next(((need, bounds) for need in owner.needs if (bounds := _outside(scenario, need))), None)
        # SC037 says it of a choice that is never offered.
        tried = owner.offered and name.split("/")[0] in analysis.reached if isinstance(owner, Choice) else owner.id in turned_away
        if outside:
            need, bounds = outside
            yield where, f"The condition can never hold: the meter {bounds}.", need.line
        elif owner.needs and tried and name not in analysis.held:
            yield where, "The condition can never hold here, whatever is decided before. Change or remove it.", owner.line


@rule("SC033", ground=True)
def no_way_around(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or ending with conditions must say where those go on who do not meet them, and that way must come to an end."""
    passed: set[str] = set()
    for place in scenario.places:
        if place.otherwise and not scenario.place(place.otherwise):
            yield place.id, f"“{place.id}” sends on to “{place.otherwise}”, which does not exist.", place.line
        elif place.needs and not place.otherwise:
            message = f"“{place.id}” has conditions. Say in “otherwise” where to go on who does not meet them."
            yield place.id, message, place.line
        way = _sent_on(scenario, place, passed)
        passed.update(way)
        if way and way[-1] in way[:-1]:
            circle = way[way.index(way[-1]) :]
            yield circle[0], f"Who meets no conditions is sent round: {' > '.join(circle)}.", scenario.known_place(circle[0]).line


@rule("SC035", breaks_play=True)
def too_tangled(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Meters and conditions make more different courses of events than can be compared, so that nobody could say which path is
    the strongest."""
    if setting.tangled:
        message = "There are too many ways through to find the strongest path. Ask about fewer meters and earlier choices."
        yield "the scenario", message, 0


@explored_rule("SC036", breaks_play=True)
def no_way_to_an_ending(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """There are endings, and no decisions lead from the first scene to any of them."""
    if not analysis.ending:
        yield "the scenario", "No decisions lead from the first scene to an ending. Lead a choice to one.", 0


@rule("SC037", WARNING)
def never_taken(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice is not offered, and no clock takes it: it never happens."""
    for where, scene, choice in choices_in(scenario):
        if not choice.offered and (scene.clock == 0 or scene.timeout != choice.id):
            yield where, "This choice is not offered and is no clock's timeout, so nobody ever takes it.", choice.line


@rule("SC038", WARNING)
def unmoved_meter(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A meter that no choice moves tells the learner nothing."""
    moved = {effect.meter for _where, _scene, choice in choices_in(scenario) for effect in choice.effects if effect.by}
    for meter in scenario.meters:
        if meter.id not in moved:
            yield meter.id, f"No choice moves the meter “{meter.id}”. Give choices an <effect>, or remove it.", meter.line


@rule("SC039")
def conditional_start(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """The first scene is where everybody starts; nothing has happened that a condition could ask about."""
    if scenario.scenes and scenario.start.needs:
        yield scenario.start.id, f"“{scenario.start.id}” is the first scene and cannot have conditions.", scenario.start.line


@rule("SC040", WARNING)
def otherwise_without_needs(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or ending says where to go on who does not meet its conditions, and has none."""
    for place in scenario.places:
        if place.otherwise and not place.needs:
            yield place.id, f"“{place.id}” has an “otherwise” and no conditions, so nobody is ever sent on.", place.line


@rule("SC042", ground=True)
def unclear_clock(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """The clock of a scene is no number of seconds, so nobody knows how much time there is."""
    for scene in scenario.scenes:
        if scene.clock is None:
            yield scene.id, f"The clock of the scene “{scene.id}” is no whole number of seconds.", scene.line


@explored_rule("SC045")
def waiting_pays(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """Letting a clock run out earns more than any decisions do. Learners who need to play without a clock would lose score."""
    for scene_id in dict.fromkeys(analysis.idle):
        message = f"Letting the time run out in “{scene_id}” earns more than any decisions. Give it fewer points."
        yield scene_id, message, scenario.known_scene(scene_id).line


def _led_to(scenario: Scenario) -> set[str]:
    """Where choices lead, whatever the conditions."""
    found: set[str] = set()
    todo = [scenario.start.id] if scenario.scenes else []
    while todo:
        here = todo.pop()
        if here not in found:
            found.add(here)
            scene = scenario.scene(here)
            todo += [place for choice in (scene.choices if scene else ()) for place in _landings(scenario, choice.to)]
    return found


def _after(scenario: Scenario, scene_id: str) -> list[str]:
    return [place for choice in scenario.known_scene(scene_id).choices for place in _landings(scenario, choice.to)]


def _landings(scenario: Scenario, target: str) -> list[str]:
    """The places where one may end up on going to `target`: there, or where its conditions send one on to."""
    found: dict[str, None] = {}
    place = scenario.place(target)
    while place and place.id not in found:
        found[place.id] = None
        place = scenario.place(place.otherwise) if place.otherwise else None
    return list(found)


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


def _turned_away(scenario: Scenario, analysis: Analysis) -> set[str]:
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
            return f"A condition names the meter “{need.ref}”, which does not exist."
        if need.at_least is None and need.at_most is None:
            return f"A condition on the meter “{need.ref}” has no bound. Give “at-least”, “at-most” or both."
        return ""
    if need.kind == "choice":
        scene_id, _slash, choice_id = need.ref.partition("/")
        scene = scenario.scene(scene_id)
        found = scene and scene.choice(choice_id)
        return "" if found else f"A condition names the choice “{need.ref}”, which does not exist. Write scene-id/choice-id."
    if need.kind == "level":
        return "" if scenario.level(need.ref) else f"A condition names the level “{need.ref}”, which is not declared."
    return "A condition must name one meter with whole numbers as bounds, one choice, or one level."


def _outside(scenario: Scenario, need: Need) -> str:
    """The scale of the meter, in words, for a condition that no value on it can meet; "" for any other."""
    meter = scenario.meter(need.ref) if need.kind == "meter" else None
    if meter is None:
        return ""
    lowest, highest = whole(meter.lowest), whole(meter.highest)
    low = lowest if need.at_least is None else max(lowest, need.at_least)
    high = highest if need.at_most is None else min(highest, need.at_most)
    never = (low, high) == (lowest, highest) if need.negated else low > high
    return f"“{meter.id}” lies between {lowest} and {highest}" if never else ""
