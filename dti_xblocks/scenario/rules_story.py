"""Rules about what is written: ids and targets, numbers, words, pictures and sound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from ..content import WARNING, Finding
from .model import RESULTS, SCORED, SHOWN, Choice, Media, Need, Scenario, is_asset
from .rulebook import Setting, choices_in, rule

IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_IDENTIFIER = 60  # a record of a run keeps an ending's id in 100 characters


@rule("SC002", ground=True)
def no_scene(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scenario needs at least one scene; the first is where it starts."""
    if not scenario.scenes:
        yield "the scenario", "There is no scene. Add a <scene>; the first one is where the scenario starts.", 0


@rule("SC003", ground=True)
def no_ending(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scenario needs at least one ending, or nobody ever finishes it."""
    if not scenario.endings:
        yield "the scenario", "There is no ending. Add an <ending> and lead a choice to it.", 0


@rule("SC004", ground=True)
def unusable_id(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An id is missing, too long, or not lower-case words joined by hyphens. Learners' progress is kept under these ids."""
    for where, item in _identified(scenario):
        if not IDENTIFIER.fullmatch(item.id) or len(item.id) > LONGEST_IDENTIFIER:
            problem = f"The id “{item.id}” cannot be used" if item.id else "An id is missing"
            yield where, f"{problem}. Use lower-case letters, digits and hyphens, at most {LONGEST_IDENTIFIER}.", item.line


@rule("SC005", ground=True)
def duplicate_id(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Two scenes or endings, levels, meters, or choices of one scene have the same id, so nobody can tell which is meant."""
    places = (*scenario.scenes, *scenario.endings)
    groups = [scenario.levels, scenario.meters, places, *(scene.choices for scene in scenario.scenes)]
    for group in groups:
        counts = Counter(item.id for item in group)
        seen = set()
        for item in group:
            if item.id in seen and item.id:
                yield item.id, f"The id “{item.id}” is used {counts[item.id]} times. Give each its own.", item.line
            seen.add(item.id)


@rule("SC006", ground=True)
def dangling_target(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice leads to a scene or ending that does not exist: a learner who takes it would be stuck."""
    for where, _scene, choice in choices_in(scenario):
        if not scenario.place(choice.to):
            target = f"leads to “{choice.to}”, which does not exist" if choice.to else "leads nowhere"
            yield where, f"This choice {target}. Name a scene or an ending in its “to”.", choice.line


@rule("SC009", ground=True)
def scene_without_choices(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene without a choice is a dead end. Where the story ends, write an ending."""
    for scene in scenario.scenes:
        if not scene.choices:
            yield scene.id, f"The scene “{scene.id}” has no choice. Add choices, or make it an <ending>.", scene.line


@rule("SC010", WARNING)
def only_one_choice(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """One choice is no decision: the learner can only go on. What only the clock takes is not offered and does not count."""
    for scene in scenario.scenes:
        if sum(choice.offered for choice in scene.choices) == 1:
            yield scene.id, f"The scene “{scene.id}” offers one choice only, which is no decision.", scene.line


@rule("SC011")
def choice_without_words(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice needs a text (what is done), an outcome (what comes of it) and a why (what the learner takes from it)."""
    for where, _scene, choice in choices_in(scenario):
        for name in ("text", "outcome", "why"):
            if not getattr(choice, name):
                yield where, f"This choice has no <{name}>.", choice.line


@rule("SC012", ground=True)
def points_not_whole(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Points are missing, or no whole number from 0 up, so the score cannot be counted."""
    for where, _scene, choice in choices_in(scenario):
        if choice.points is None and scenario.score_by != "endings":
            yield where, "The points of this choice are not a whole number from 0 up.", choice.line
    for ending in scenario.endings:
        if ending.points is None:
            yield ending.id, f"The points of the ending “{ending.id}” are not a whole number from 0 up.", ending.line


@rule("SC014")
def unknown_level(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or choice names a level that is not declared, or a scene names none and no choice does: the ladder cannot show
    where the learner stands."""
    on_choices = any(choice.level for _where, _scene, choice in choices_in(scenario))
    for scene in scenario.scenes:
        if scene.level and not scenario.level(scene.level):
            named = f"names the level “{scene.level}”, which is not declared"
            yield scene.id, f"The scene “{scene.id}” {named}. Use the id of a <level>.", scene.line
        elif not scene.level and scenario.levels and not on_choices:
            yield scene.id, f"The scene “{scene.id}” names no level. Use the id of a <level>, here or on choices.", scene.line
    for where, _scene, choice in choices_in(scenario):
        if choice.level and not scenario.level(choice.level):
            message = f"This choice names the level “{choice.level}”, which is not declared. Use the id of a <level>."
            yield where, message, choice.line


@rule("SC015", WARNING)
def unused_level(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A level is declared and no scene or choice is on it: the ladder promises what never comes."""
    used = {scene.level for scene in scenario.scenes}
    used |= {choice.level for _where, _scene, choice in choices_in(scenario)}
    for level in scenario.levels:
        if level.id not in used:
            yield level.id, f"No scene and no choice is on the level “{level.id}”.", level.line


@rule("SC016")
def untitled(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A level, meter, scene or ending has no title. Titles are headings and names: people find their way by them."""
    for kind, item in _titled(scenario):
        if not item.title:
            yield item.id or kind, f"The {kind} “{item.id}” has no title.", item.line


@rule("SC017")
def wordless(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or ending tells nothing: there is no paragraph, nobody speaks, and there is nothing to see or hear."""
    for item in (*scenario.scenes, *scenario.endings):
        if not any(isinstance(line, Media) or _words(line.html) for line in item.lines):
            yield item.id, f"“{item.id}” has no text. Tell what happens in <p> and <say>.", item.line


@rule("SC018")
def unknown_result(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An ending says whether it is good, mixed or bad; learners and reports see it."""
    for ending in scenario.endings:
        if ending.result not in RESULTS:
            message = f"The ending “{ending.id}” needs a result: {', '.join(RESULTS)}."
            yield ending.id, message, ending.line


@rule("SC019")
def unknown_authority(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice rests on an authority that the case-law library does not have, so learners could not look it up."""
    if setting.authorities is None:
        return
    for where, _scene, choice in choices_in(scenario):
        for slug in choice.authorities:
            if slug not in setting.authorities:
                yield where, f"The case-law library has no authority “{slug}”.", choice.line


@rule("SC020")
def unknown_element(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An element stands where none of that name is expected. It would be lost without a word."""
    for stray in scenario.strays:
        if stray.kind == "element":
            yield stray.where, f"<{stray.name}> is not known here and is ignored.", stray.line


@rule("SC021")
def unknown_attribute(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An attribute that means nothing here, most often a misspelt one."""
    for stray in scenario.strays:
        if stray.kind == "attribute":
            yield stray.where, f"The attribute “{stray.name}” is not known here and is ignored.", stray.line


@rule("SC022")
def unknown_tag(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Prose holds a tag that is not shown: only paragraphs, lists, quotations and emphasis are, and in places less."""
    for stray in scenario.strays:
        if stray.kind == "tag":
            yield stray.where, f"The tag <{stray.name}> may not stand in this text.", stray.line


@rule("SC023")
def stray_text(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Words stand outside of any paragraph, where nobody will read them."""
    for stray in scenario.strays:
        if stray.kind == "text":
            yield stray.where, f"The words “{stray.name}” stand outside of an element and are not shown.", stray.line


@rule("SC024")
def unknown_speaker(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Somebody speaks and nobody is named: a listener cannot see who."""
    for stray in scenario.strays:
        if stray.kind == "speaker":
            yield stray.where, "A <say> has no “who”. Name the person who speaks.", stray.line


@rule("SC025")
def impossible_pass_mark(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """The pass mark is a percentage of the strongest path: a whole number from 1 to 100."""
    if setting.pass_mark is not None and not 1 <= setting.pass_mark <= 100:
        yield "the scenario", f"The pass mark is {setting.pass_mark}; use a whole number from 1 to 100.", 0


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
            yield scene.id, f"Two choices of the scene “{scene.id}” have the same text.", scene.line


@rule("SC030")
def unusable_media(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A picture, video or sound that not everybody can take in, or whose file is no plain file of the course, "/static/name.ext".
    A file from elsewhere is never shown: it could vanish, change, or tell others who is looking."""
    for where, media in _media(scenario):
        if not is_asset(media.src):
            yield where, f"The {media.kind} “{media.src}” is no file of the course. Write /static/ and its name.", media.line
        if media.captions and not (is_asset(media.captions) and media.captions.lower().endswith(".vtt")):
            message = f"The captions “{media.captions}” are no file of the course. Write /static/ and the name of a .vtt file."
            yield where, message, media.line
        if media.kind == "image":
            if not media.alt:
                yield where, "An image has no “alt”. Say in words what there is to see.", media.line
            continue
        if not media.title:
            yield where, f"The {media.kind} has no title. People who cannot see it find it by its title.", media.line
        if not media.transcript:
            yield where, f"The {media.kind} has no <transcript>. Write what is said, and what can be seen and heard.", media.line


@rule("SC034", ground=True)
def unsound_scale(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A meter needs whole numbers, the lowest below the highest, and a start between them; otherwise nothing can move it."""
    for meter in scenario.meters:
        if None in (meter.start, meter.lowest, meter.highest):
            message = f"Of the meter “{meter.id}”, start, lowest or highest is no whole number."
        elif meter.lowest >= meter.highest:
            message = f"The lowest value of the meter “{meter.id}” is not below its highest."
        elif not meter.lowest <= meter.start <= meter.highest:
            message = f"The meter “{meter.id}” starts at {meter.start}, outside of {meter.lowest} to {meter.highest}."
        else:
            continue
        yield meter.id, message, meter.line


@rule("SC041", WARNING)
def uncaptioned(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A video without captions: who cannot hear it has to read the transcript beside it, apart from the pictures."""
    for where, media in _media(scenario):
        if media.kind == "video" and not media.captions:
            yield where, f"The video “{media.title}” has no captions. Name a .vtt file of the course.", media.line


@rule("SC043")
def unknown_show(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A meter is seen all the time ("play") or in the review only ("end"); any other word hides it until the end."""
    for meter in scenario.meters:
        if meter.show not in SHOWN:
            yield meter.id, f"The meter “{meter.id}” cannot be shown “{meter.show}”. Use: {', '.join(SHOWN)}.", meter.line


@rule("SC044", ground=True)
def unknown_score(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A setting says whose points make the score: those of choices, of endings, or both. Nothing else can be counted."""
    if scenario.score_by not in SCORED:
        yield "the scenario", f"The score cannot be counted by “{scenario.score_by}”. Use: {', '.join(SCORED)}.", 0


def _titled(scenario: Scenario):
    groups = {"level": scenario.levels, "meter": scenario.meters, "scene": scenario.scenes, "ending": scenario.endings}
    return [(kind, item) for kind, items in groups.items() for item in items]


def _identified(scenario: Scenario):
    for kind, item in _titled(scenario):
        yield f"{kind} {item.id}".strip(), item
    for where, _scene, choice in choices_in(scenario):
        yield where, choice


def _media(scenario: Scenario) -> Iterator[tuple[str, Media]]:
    for item in (*scenario.scenes, *scenario.endings):
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
