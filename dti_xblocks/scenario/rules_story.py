"""Rules about what is told: titles and words, levels, pictures and sound, authorities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from ..content import WARNING, Finding, sentence
from .model import RESULTS, Choice, Media, Need, Scenario, is_asset
from .rulebook import Setting, choices_in, rule, titled


@rule("SC011")
def choice_without_words(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice needs a text (what is done), an outcome (what comes of it) and a why (what the learner takes from it)."""
    for where, _scene, choice in choices_in(scenario):
        for name in ("text", "outcome", "why"):
            if not getattr(choice, name):
                yield where, sentence("This choice has no <{name}>.", name=name), choice.line


@rule("SC014")
def unknown_level(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or choice names a level that is not declared, or a scene names none and no choice does: the ladder cannot show
    where the learner stands."""
    on_choices = any(choice.level for _where, _scene, choice in choices_in(scenario))
    for scene in scenario.scenes:
        if scene.level and not scenario.level(scene.level):
            message = sentence(
                "The scene “{id}” names the level “{level}”, which is not declared. Use the id of a <level>.",
                id=scene.id,
                level=scene.level,
            )
            yield scene.id, message, scene.line
        elif not scene.level and scenario.levels and not on_choices:
            yield (
                scene.id,
                sentence("The scene “{id}” names no level. Use the id of a <level>, here or on choices.", id=scene.id),
                scene.line,
            )
    for where, _scene, choice in choices_in(scenario):
        if choice.level and not scenario.level(choice.level):
            message = sentence(
                "This choice names the level “{level}”, which is not declared. Use the id of a <level>.", level=choice.level
            )
            yield where, message, choice.line


@rule("SC015", WARNING)
def unused_level(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A level is declared and no scene or choice is on it: the ladder promises what never comes."""
    used = {scene.level for scene in scenario.scenes}
    used |= {choice.level for _where, _scene, choice in choices_in(scenario)}
    for level in scenario.levels:
        if level.id not in used:
            yield level.id, sentence("No scene and no choice is on the level “{id}”.", id=level.id), level.line


@rule("SC016")
def untitled(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A level, meter, scene or ending has no title, or a person no name. People find their way by them."""
    for kind, item in titled(scenario):
        if not item.title:
            yield item.id or kind, sentence("The {kind} “{id}” has no title.", kind=kind, id=item.id), item.line
    for person in scenario.people:
        if not person.name:
            yield person.id or "person", sentence("The person “{id}” has no name.", id=person.id), person.line


@rule("SC017")
def wordless(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or ending tells nothing: there is no paragraph, nobody speaks, and there is nothing to see or hear."""
    for item in scenario.places:
        if not any(isinstance(line, Media) or _words(line.html) for line in item.lines):
            yield item.id, sentence("“{id}” has no text. Tell what happens in <p> and <say>.", id=item.id), item.line


@rule("SC018")
def unknown_result(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An ending says whether it is good, mixed or bad; learners and reports see it."""
    for ending in scenario.endings:
        if ending.result not in RESULTS:
            message = sentence("The ending “{id}” needs a result: {names}.", id=ending.id, names=", ".join(RESULTS))
            yield ending.id, message, ending.line


@rule("SC019")
def unknown_authority(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice rests on an authority that the case-law library does not have, so learners could not look it up."""
    if setting.authorities is None:
        return
    for where, _scene, choice in choices_in(scenario):
        for slug in choice.authorities:
            if slug not in setting.authorities:
                yield where, sentence("The case-law library has no authority “{slug}”.", slug=slug), choice.line


@rule("SC026", WARNING)
def word_for_word(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Two choices of a scene have the same text, so a learner cannot tell them apart. Where their conditions exclude each other
    nobody sees both."""
    for scene in scenario.scenes:
        alike: dict[str, list[Choice]] = {}
        for choice in scene.choices:
            if choice.offered and choice.text:
                alike.setdefault(choice.text, []).append(choice)
        if any(not _exclusive(*pair) for choices in alike.values() for pair in combinations(choices[:9], 2)):
            yield scene.id, sentence("Two choices of the scene “{id}” have the same text.", id=scene.id), scene.line


@rule("SC030")
def unusable_media(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A picture, video or sound that not everybody can take in, or whose file is no plain file of the course, "/static/name.ext".
    A file from elsewhere is never shown: it could vanish, change, or tell others who is looking."""
    for where, media in _media(scenario):
        if not is_asset(media.src):
            yield (
                where,
                sentence(
                    "The {kind} “{src}” is no file of the course. Write /static/ and its name.", kind=media.kind, src=media.src
                ),
                media.line,
            )
        if media.captions and not (is_asset(media.captions) and media.captions.lower().endswith(".vtt")):
            message = sentence(
                "The captions “{captions}” are no file of the course. Write /static/ and the name of a .vtt file.",
                captions=media.captions,
            )
            yield where, message, media.line
        if media.kind == "image":
            if media.decorative and media.alt:
                yield where, sentence("An image is marked decorative and has an “alt”. Take one of the two away."), media.line
            elif not media.decorative and not media.alt:
                message = sentence('An image has no “alt”. Say in words what there is to see, or mark it decorative="yes".')
                yield where, message, media.line
            continue
        if not media.title:
            yield (
                where,
                sentence("The {kind} has no title. People who cannot see it find it by its title.", kind=media.kind),
                media.line,
            )
        if not media.transcript:
            yield (
                where,
                sentence("The {kind} has no <transcript>. Write what is said, and what can be seen and heard.", kind=media.kind),
                media.line,
            )


@rule("SC041", WARNING)
def uncaptioned(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A video without captions: who cannot hear it has to read the transcript beside it, apart from the pictures."""
    for where, media in _media(scenario):
        if media.kind == "video" and not media.captions:
            yield (
                where,
                sentence("The video “{title}” has no captions. Name a .vtt file of the course.", title=media.title),
                media.line,
            )


def _media(scenario: Scenario) -> Iterator[tuple[str, Media]]:
    for item in scenario.places:
        for line in item.lines:
            if isinstance(line, Media):
                yield item.id, line


def _words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html).strip()


def _exclusive(one: Choice, other: Choice) -> bool:
    """True when the conditions of two choices plainly never hold together: one asks what the other refuses."""
    for need in one.needs:
        for against in other.needs:
            if against == replace(need, negated=not need.negated):
                return True
            meter = need.kind == against.kind == "meter" and need.ref == against.ref and not (need.negated or against.negated)
            if meter and (_above(need, against) or _above(against, need)):
                return True
    return False


def _above(high: Need, low: Need) -> bool:
    return high.at_least is not None and low.at_most is not None and high.at_least > low.at_most
