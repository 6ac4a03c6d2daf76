"""Rules about the people of a scenario: who speaks, whom the learner plays, portraits and recorded voices."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import WARNING, Finding, sentence
from .model import Line, Scenario, is_asset
from .rulebook import Setting, rule


@rule("SC046")
def unknown_person(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A line or a scene names a person who is not in the cast, so nobody can be shown."""
    for scene in scenario.scenes:
        if scene.you and not scenario.person(scene.you):
            yield (
                scene.id,
                sentence("The scene is played as “{you}”, who is not in the cast. Use the id of a <person>.", you=scene.you),
                scene.line,
            )
    for where, line in _spoken(scenario):
        if line.by and not scenario.person(line.by):
            yield where, sentence("“{by}”, who speaks, is not in the cast. Use the id of a <person>.", by=line.by), line.line


@rule("SC047")
def unusable_portrait_or_voice(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A portrait or a recorded voice is no plain file of the course, "/static/name.ext". A file from elsewhere is never shown or
    heard: it could vanish, change, or tell others who is looking."""
    for person in scenario.people:
        if person.portrait and not is_asset(person.portrait):
            message = sentence(
                "The portrait “{portrait}” is no file of the course. Write /static/ and its name.", portrait=person.portrait
            )
            yield person.id, message, person.line
    for scene in scenario.scenes:
        if scene.audio and not is_asset(scene.audio):
            yield (
                scene.id,
                sentence("The recording “{audio}” is no file of the course. Write /static/ and its name.", audio=scene.audio),
                scene.line,
            )
    for where, line in _spoken(scenario):
        if line.audio and not is_asset(line.audio):
            yield (
                where,
                sentence("The recording “{audio}” is no file of the course. Write /static/ and its name.", audio=line.audio),
                line.line,
            )


@rule("SC048", WARNING)
def role_without_words(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """The learner becomes somebody else, and nothing says what that person knows: who plays on knows more than the person may."""
    played = dict.fromkeys(scene.you for scene in scenario.scenes if scenario.person(scene.you))
    for person in scenario.people:
        later = person.id in list(played)[1:]
        if later and not (person.knows or person.knows_not):
            yield (
                person.id,
                sentence("The learner becomes “{name}”. Say in <knows> and <knows-not> what there is to know.", name=person.name),
                person.line,
            )


@rule("SC049", WARNING)
def same_name_twice(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Two people of the cast have the same name, so a learner cannot tell who speaks."""
    seen = set()
    for person in scenario.people:
        if person.name and person.name in seen:
            yield person.id, sentence("Two people have the name “{name}”.", name=person.name), person.line
        seen.add(person.name)


def _spoken(scenario: Scenario) -> Iterator[tuple[str, Line]]:
    for place in scenario.places:
        for line in place.lines:
            if isinstance(line, Line):
                yield place.id, line
