"""Rules about the shape of what is written: ids and targets, numbers and scales, and what the reader could not place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..content import WARNING, Finding, pattern, sentence
from .model import SCORED, SHOWN, Choice, Ending, Level, Meter, Person, Scenario, Scene
from .rulebook import THE_SCENARIO, Setting, choices_in, rule, titled

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_IDENTIFIER = 60  # a record of a run keeps an ending's id in 100 characters


@rule("SC002", ground=True)
def no_scene(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scenario needs at least one scene; the first is where it starts."""
    if not scenario.scenes:
        yield THE_SCENARIO, sentence("There is no scene. Add a <scene>; the first one is where the scenario starts."), 0


@rule("SC003", ground=True)
def no_ending(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scenario needs at least one ending, or nobody ever finishes it."""
    if not scenario.endings:
        yield THE_SCENARIO, sentence("There is no ending. Add an <ending> and lead a choice to it."), 0


@rule("SC004", ground=True)
def unusable_id(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An id is missing, too long, or not lower-case words joined by hyphens. Learners' progress is kept under these ids."""
    for where, item in _identified(scenario):
        if not IDENTIFIER.fullmatch(item.id) or len(item.id) > LONGEST_IDENTIFIER:
            if item.id:
                message = sentence(
                    "The id “{id}” cannot be used. Use lower-case letters, digits and hyphens, at most {longest_identifier}.",
                    id=item.id,
                    longest_identifier=LONGEST_IDENTIFIER,
                )
            else:
                message = sentence(
                    "An id is missing. Use lower-case letters, digits and hyphens, at most {longest_identifier}.",
                    longest_identifier=LONGEST_IDENTIFIER,
                )
            yield where, message, item.line


@rule("SC005", ground=True)
def duplicate_id(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Two scenes or endings, people, levels, meters or choices of a scene have the same id: nobody can tell which is meant."""
    choices = [scene.choices for scene in scenario.scenes]
    groups: list[Sequence[Person | Level | Meter | Scene | Ending | Choice]]
    groups = [scenario.people, scenario.levels, scenario.meters, scenario.places, *choices]
    for group in groups:
        counts = Counter(item.id for item in group)
        seen = set()
        for item in group:
            if item.id in seen and item.id:
                yield (
                    item.id,
                    sentence("The id “{id}” is used {counts} times. Give each its own.", id=item.id, counts=counts[item.id]),
                    item.line,
                )
            seen.add(item.id)


@rule("SC006", ground=True)
def dangling_target(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice leads to a scene or ending that does not exist: a learner who takes it would be stuck."""
    for where, _scene, choice in choices_in(scenario):
        if not scenario.place(choice.to):
            if choice.to:
                message = sentence(
                    "This choice leads to “{to}”, which does not exist. Name a scene or an ending in its “to”.", to=choice.to
                )
            else:
                message = sentence("This choice leads nowhere. Name a scene or an ending in its “to”.")
            yield where, message, choice.line


@rule("SC009", ground=True)
def scene_without_choices(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene without a choice is a dead end. Where the story ends, write an ending."""
    for scene in scenario.scenes:
        if not scene.choices:
            yield (
                scene.id,
                sentence("The scene “{id}” has no choice. Add choices, or make it an <ending>.", id=scene.id),
                scene.line,
            )


@rule("SC010", WARNING)
def only_one_choice(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """One choice is no decision: the learner can only go on. What only the clock takes is not offered and does not count."""
    for scene in scenario.scenes:
        if sum(choice.offered for choice in scene.choices) == 1:
            yield scene.id, sentence("The scene “{id}” offers one choice only, which is no decision.", id=scene.id), scene.line


@rule("SC012", ground=True)
def points_not_whole(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Points are missing, or no whole number from 0 up, so the score cannot be counted."""
    for where, _scene, choice in choices_in(scenario):
        if choice.points is None and scenario.score_by != "endings":
            yield where, sentence("The points of this choice are not a whole number from 0 up."), choice.line
    for ending in scenario.endings:
        if ending.points is None:
            yield (
                ending.id,
                sentence("The points of the ending “{id}” are not a whole number from 0 up.", id=ending.id),
                ending.line,
            )


@rule("SC020")
def unknown_element(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An element stands where none of that name is expected. It would be lost without a word."""
    return _strays(scenario, "element", pattern("<{name}> is not known here and is ignored."))


@rule("SC021")
def unknown_attribute(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An attribute that means nothing here, most often a misspelt one."""
    return _strays(scenario, "attribute", pattern("The attribute “{name}” is not known here and is ignored."))


@rule("SC022")
def unknown_tag(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Prose holds a tag that is not shown: only paragraphs, lists, quotations and emphasis are, and in places less."""
    return _strays(scenario, "tag", pattern("The tag <{name}> may not stand in this text."))


@rule("SC023")
def stray_text(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Words stand outside of any paragraph, where nobody will read them."""
    return _strays(scenario, "text", pattern("The words “{name}” stand outside of an element and are not shown."))


@rule("SC024")
def unknown_speaker(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Somebody speaks and nobody is named: a listener cannot see who."""
    return _strays(scenario, "speaker", sentence("A <say> has neither “by” nor “who”. Name the person who speaks."))


@rule("SC025")
def impossible_pass_mark(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """The pass mark is a percentage of the strongest path: a whole number from 1 to 100."""
    if setting.pass_mark is not None and not 1 <= setting.pass_mark <= 100:
        yield (
            THE_SCENARIO,
            sentence("The pass mark is {pass_mark}; use a whole number from 1 to 100.", pass_mark=setting.pass_mark),
            0,
        )


@rule("SC034", ground=True)
def unsound_scale(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A meter needs whole numbers, the lowest below the highest, and a start between them; otherwise nothing can move it."""
    for meter in scenario.meters:
        if meter.start is None or meter.lowest is None or meter.highest is None:
            message = sentence("Of the meter “{id}”, start, lowest or highest is no whole number.", id=meter.id)
        elif meter.lowest >= meter.highest:
            message = sentence("The lowest value of the meter “{id}” is not below its highest.", id=meter.id)
        elif not meter.lowest <= meter.start <= meter.highest:
            message = sentence(
                "The meter “{id}” starts at {start}, outside of {lowest} to {highest}.",
                id=meter.id,
                start=meter.start,
                lowest=meter.lowest,
                highest=meter.highest,
            )
        else:
            continue
        yield meter.id, message, meter.line


@rule("SC043")
def unknown_show(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A meter is seen all the time ("play") or in the review only ("end"); any other word hides it until the end."""
    for meter in scenario.meters:
        if meter.show not in SHOWN:
            yield (
                meter.id,
                sentence(
                    "The meter “{id}” cannot be shown “{show}”. Use: {names}.",
                    id=meter.id,
                    show=meter.show,
                    names=", ".join(SHOWN),
                ),
                meter.line,
            )


@rule("SC044", ground=True)
def unknown_score(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A setting says whose points make the score: those of choices, of endings, or both. Nothing else can be counted."""
    if scenario.score_by not in SCORED:
        yield (
            THE_SCENARIO,
            sentence(
                "The score cannot be counted by “{score_by}”. Use: {names}.", score_by=scenario.score_by, names=", ".join(SCORED)
            ),
            0,
        )


def _identified(scenario: Scenario) -> Iterator[tuple[str, Person | Level | Meter | Scene | Ending | Choice]]:
    for person in scenario.people:
        yield f"person {person.id}".strip(), person
    for kind, item in titled(scenario):
        yield f"{kind} {item.id}".strip(), item
    for where, _scene, choice in choices_in(scenario):
        yield where, choice


def _strays(scenario: Scenario, kind: str, message: str) -> Iterator[Finding]:
    """A finding for each stray of this kind; `message` may name it as {name}."""
    return ((stray.where, sentence(message, name=stray.name), stray.line) for stray in scenario.strays if stray.kind == kind)
