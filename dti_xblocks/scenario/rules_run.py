"""Rules about what can happen in a scenario: ways through it, clocks, meters, the score."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import WARNING, Finding, sentence
from ..drawing.graph import components
from .explore import Analysis
from .model import Scenario
from .rulebook import THE_SCENARIO, Setting, choices_in, explored_rule, rule
from .rules_needs import turned_away

SHORTEST_CLOCK, LONGEST_CLOCK = 5, 600  # seconds


@rule("SC007")
def unreachable(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """No way from the first scene leads here, so no learner will ever see it."""
    if setting.analysis:
        seen = setting.analysis.reached | turned_away(scenario, setting.analysis)
        if not setting.analysis.ending:  # SC036 says more about that
            seen |= {ending.id for ending in scenario.endings}
    else:
        seen = _led_to(scenario)
    for item in scenario.places:
        if item.id not in seen:
            message = sentence(
                "Nobody ever comes to “{id}”. Lead a choice to it that somebody can take, or remove it.", id=item.id
            )
            yield item.id, message, item.line


@explored_rule("SC013")
def nothing_to_earn(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """No path earns a point, so every learner would get the full score whatever they do."""
    if analysis.ending and not analysis.possible:
        if scenario.score_by == "choices":
            message = sentence("No choice that can be taken is worth a point. Give the stronger ones points.")
        elif scenario.score_by == "endings":
            message = sentence("No ending that can be reached is worth a point. Give the stronger ones points.")
        else:
            message = sentence(
                "No choice that can be taken and no ending that can be reached is worth a point. Give the stronger ones points."
            )
        yield THE_SCENARIO, message, 0


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
            message = sentence("Who comes to {names} may go round for ever. Lead a choice there out to an ending.", names=names)
            yield circle[0], message, scenario.known_scene(circle[0]).line


@rule("SC028")
def clock_without_timeout(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A clock needs an end: the choice of the same scene that is taken when time is over. It is taken whatever the conditions,
    so it has none; and the seconds must be enough to read, and few enough to press."""
    for scene in scenario.scenes:
        timeout = scene.choice(scene.timeout)
        if scene.clock == 0 and scene.timeout:
            message = sentence(
                "The scene “{id}” names a timeout and has no clock. Give it a clock, or remove the timeout.", id=scene.id
            )
        elif not scene.clock:
            continue
        elif not SHORTEST_CLOCK <= scene.clock <= LONGEST_CLOCK:
            message = sentence(
                "The scene “{id}” has a clock of {clock} seconds. Use {shortest_clock} to {longest_clock}.",
                id=scene.id,
                clock=scene.clock,
                shortest_clock=SHORTEST_CLOCK,
                longest_clock=LONGEST_CLOCK,
            )
        elif not scene.timeout:
            message = sentence(
                "The scene “{id}” has a clock and no timeout. Name the choice that is taken when time runs out.", id=scene.id
            )
        elif timeout is None:
            message = sentence(
                "The scene “{id}” names the timeout “{timeout}”, which is no choice of it.", id=scene.id, timeout=scene.timeout
            )
        elif timeout.needs:
            message = sentence(
                "The scene “{id}” leaves “{timeout}” to the clock, which takes it even when its conditions do not hold. "
                "Remove them.",
                id=scene.id,
                timeout=scene.timeout,
            )
        else:
            continue
        yield scene.id, message, scene.line


@rule("SC035", breaks_play=True)
def too_tangled(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Meters and conditions make more different courses of events than can be compared, so that nobody could say which path is
    the strongest."""
    if setting.tangled:
        message = sentence(
            "There are too many ways through to find the strongest path. Ask about fewer meters and earlier choices."
        )
        yield THE_SCENARIO, message, 0


@explored_rule("SC036", breaks_play=True)
def no_way_to_an_ending(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """There are endings, and no decisions lead from the first scene to any of them."""
    if not analysis.ending:
        yield THE_SCENARIO, sentence("No decisions lead from the first scene to an ending. Lead a choice to one."), 0


@rule("SC037", WARNING)
def never_taken(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice is not offered, and no clock takes it: it never happens."""
    for where, scene, choice in choices_in(scenario):
        if not choice.offered and (scene.clock == 0 or scene.timeout != choice.id):
            yield where, sentence("This choice is not offered and is no clock's timeout, so nobody ever takes it."), choice.line


@rule("SC038", WARNING)
def unmoved_meter(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A meter that no choice moves tells the learner nothing."""
    moved = {effect.meter for _where, _scene, choice in choices_in(scenario) for effect in choice.effects if effect.by}
    for meter in scenario.meters:
        if meter.id not in moved:
            yield (
                meter.id,
                sentence("No choice moves the meter “{id}”. Give choices an <effect>, or remove it.", id=meter.id),
                meter.line,
            )


@rule("SC042", ground=True)
def unclear_clock(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """The clock of a scene is no number of seconds, so nobody knows how much time there is."""
    for scene in scenario.scenes:
        if scene.clock is None:
            yield scene.id, sentence("The clock of the scene “{id}” is no whole number of seconds.", id=scene.id), scene.line


@explored_rule("SC045")
def waiting_pays(scenario: Scenario, analysis: Analysis) -> Iterator[Finding]:
    """Letting a clock run out earns more than any decisions do. Learners who need to play without a clock would lose score."""
    for scene_id in dict.fromkeys(analysis.idle):
        message = sentence(
            "Letting the time run out in “{scene_id}” earns more than any decisions. Give it fewer points.", scene_id=scene_id
        )
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
