"""What makes a scenario sound. A rule is a permanent code, a function with a docstring, and a broken example in the tests.

`RULES` lists them all; `check` runs them. A rule's docstring is its manual: what is wrong, and why it matters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from ..problems import ERROR, WARNING, Problem
from .model import RESULTS, Scenario

UNREADABLE = "SC001"
IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_IDENTIFIER = 60  # a record of a run keeps an ending's id in 100 characters

Finding = tuple[str, str, int]  # where, sentence, line


@dataclass(frozen=True)
class Setting:
    """What the rules are told beside the scenario. `authorities` and `pass_mark` are None when they are not known."""

    authorities: Collection[str] | None = None
    pass_mark: int | None = None


@dataclass(frozen=True)
class Rule:
    """`breaks_play` says that a scenario with this mistake cannot be played at all."""

    code: str
    find: Callable[[Scenario, Setting], Iterable[Finding]]
    severity: str = ERROR
    breaks_play: bool = False

    @property
    def manual(self) -> str:
        """What the rule is about, for the authors' guide."""
        return (self.find.__doc__ or "").strip()


RULES: list[Rule] = []


def rule(code: str, severity: str = ERROR, breaks_play: bool = False):
    """Enter a function in `RULES`."""

    def enter(find):
        RULES.append(Rule(code, find, severity, breaks_play))
        return find

    return enter


def check(scenario: Scenario, known_authorities: Collection[str] | None = None, pass_mark: int | None = None) -> list[Problem]:
    """Every mistake in `scenario`, in order of line. What is None is not checked. Lines are those of the content."""
    setting = Setting(known_authorities, pass_mark)
    problems = [
        Problem(rule.code, where, message, rule.severity, line)
        for rule in RULES
        for where, message, line in rule.find(scenario, setting)
    ]
    return sorted(problems, key=lambda problem: (problem.line, problem.code))


def unreadable(message: str, line: int = 0) -> Problem:
    """The problem of content that `olx.read` could not read."""
    return Problem(UNREADABLE, "the scenario", message, ERROR, line)


def playable(problems: Iterable[Problem]) -> bool:
    """True when none of `problems` keeps the scenario from being played."""
    breaking = {UNREADABLE, *(rule.code for rule in RULES if rule.breaks_play)}
    return not any(problem.code in breaking for problem in problems)


@rule("SC002", breaks_play=True)
def no_scene(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scenario needs at least one scene; the first is where it starts."""
    if not scenario.scenes:
        yield "the scenario", "There is no scene. Add a <scene>; the first one is where the scenario starts.", 0


@rule("SC003", breaks_play=True)
def no_ending(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scenario needs at least one ending, or nobody ever finishes it."""
    if not scenario.endings:
        yield "the scenario", "There is no ending. Add an <ending> and lead a choice to it.", 0


@rule("SC004", breaks_play=True)
def unusable_id(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """An id is missing, too long, or not lower-case words joined by hyphens. Learners' progress is kept under these ids."""
    for where, item in _identified(scenario):
        if not IDENTIFIER.fullmatch(item.id) or len(item.id) > LONGEST_IDENTIFIER:
            problem = f"The id “{item.id}” cannot be used" if item.id else "An id is missing"
            yield where, f"{problem}. Use lower-case letters, digits and hyphens, at most {LONGEST_IDENTIFIER}.", item.line


@rule("SC005", breaks_play=True)
def duplicate_id(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Two scenes or endings, two levels, or two choices of one scene have the same id, so nobody can tell which is meant."""
    groups = [scenario.levels, (*scenario.scenes, *scenario.endings), *(scene.choices for scene in scenario.scenes)]
    for group in groups:
        counts = Counter(item.id for item in group)
        seen = set()
        for item in group:
            if item.id in seen and item.id:
                yield item.id, f"The id “{item.id}” is used {counts[item.id]} times. Give each its own.", item.line
            seen.add(item.id)


@rule("SC006", breaks_play=True)
def dangling_target(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice leads to a scene or ending that does not exist: a learner who takes it would be stuck."""
    for where, _scene, choice in _choices(scenario):
        if not scenario.scene(choice.to) and not scenario.ending(choice.to):
            target = f"leads to “{choice.to}”, which does not exist" if choice.to else "leads nowhere"
            yield where, f"This choice {target}. Name a scene or an ending in its “to”.", choice.line


@rule("SC007")
def unreachable(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """No path from the first scene leads here, so no learner will ever see it."""
    reached = _reached(scenario)
    for item in (*scenario.scenes, *scenario.endings):
        if item.id not in reached:
            yield item.id, f"No choice leads to “{item.id}”. Lead one to it, or remove it.", item.line


@rule("SC008", breaks_play=True)
def loop(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A path comes back to a scene it has passed. Scores are counted along paths that end, so there are no loops yet."""
    done: set[str] = set()
    for first in scenario.scenes:
        path: dict[str, list] = {}  # the scenes on the way here, each with the choices still to follow
        if first.id not in done:
            path[first.id] = list(first.choices)
        while path:
            here = next(reversed(path))
            if not path[here]:
                done.add(here)
                del path[here]
                continue
            choice = path[here].pop(0)
            if choice.to in path:
                way = list(path)[list(path).index(choice.to) :]
                yield f"{here} > {choice.id}", f"This choice closes a loop: {' > '.join([*way, choice.to])}.", choice.line
            elif choice.to not in done and (target := scenario.scene(choice.to)):
                path[target.id] = list(target.choices)


@rule("SC009", breaks_play=True)
def scene_without_choices(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene without a choice is a dead end. Where the story ends, write an ending."""
    for scene in scenario.scenes:
        if not scene.choices:
            yield scene.id, f"The scene “{scene.id}” has no choice. Add choices, or make it an <ending>.", scene.line


@rule("SC010", WARNING)
def only_one_choice(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """One choice is no decision: the learner can only go on."""
    for scene in scenario.scenes:
        if len(scene.choices) == 1:
            yield scene.id, f"The scene “{scene.id}” has one choice only, which is no decision.", scene.line


@rule("SC011")
def choice_without_words(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A choice needs a text (what is done), an outcome (what comes of it) and a why (what the learner takes from it)."""
    for where, _scene, choice in _choices(scenario):
        for name in ("text", "outcome", "why"):
            if not getattr(choice, name):
                yield where, f"This choice has no <{name}>.", choice.line


@rule("SC012", breaks_play=True)
def points_not_whole(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """Points are missing, or no whole number from 0 up, so the score cannot be counted."""
    for where, _scene, choice in _choices(scenario):
        if choice.points is None:
            yield where, "The points of this choice are not a whole number from 0 up.", choice.line


@rule("SC013")
def nothing_to_earn(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """No path earns a point, so every learner would get the full score whatever they do."""
    points = [choice.points for _where, _scene, choice in _choices(scenario)]
    if points and not any(worth != 0 for worth in points):
        yield "the scenario", "No choice is worth a point. Give the stronger choices points.", 0


@rule("SC014")
def unknown_level(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene names no level, or one that is not declared, so the ladder cannot show where the learner stands."""
    for scene in scenario.scenes:
        if not scenario.level(scene.level):
            named = f"names the level “{scene.level}”, which is not declared" if scene.level else "names no level"
            yield scene.id, f"The scene “{scene.id}” {named}. Use the id of a <level>.", scene.line


@rule("SC015", WARNING)
def unused_level(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A level is declared and no scene plays on it: the ladder promises what never comes."""
    used = {scene.level for scene in scenario.scenes}
    for level in scenario.levels:
        if level.id not in used:
            yield level.id, f"No scene plays on the level “{level.id}”.", level.line


@rule("SC016")
def untitled(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A level, scene or ending has no title. Titles are headings: people find their way by them."""
    for kind, items in (("level", scenario.levels), ("scene", scenario.scenes), ("ending", scenario.endings)):
        for item in items:
            if not item.title:
                yield item.id or kind, f"The {kind} “{item.id}” has no title.", item.line


@rule("SC017")
def wordless(scenario: Scenario, setting: Setting) -> Iterator[Finding]:
    """A scene or ending tells nothing: there is no paragraph and nobody speaks."""
    for item in (*scenario.scenes, *scenario.endings):
        if not item.lines:
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
    for where, _scene, choice in _choices(scenario):
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
    """Two choices of a scene have the same text, so a learner cannot tell them apart."""
    for scene in scenario.scenes:
        texts = Counter(choice.text for choice in scene.choices if choice.text)
        if any(count > 1 for count in texts.values()):
            yield scene.id, f"Two choices of the scene “{scene.id}” have the same text.", scene.line


def _identified(scenario: Scenario):
    for kind, items in (("level", scenario.levels), ("scene", scenario.scenes), ("ending", scenario.endings)):
        for item in items:
            yield f"{kind} {item.id}".strip(), item
    for where, _scene, choice in _choices(scenario):
        yield where, choice


def _choices(scenario: Scenario):
    for scene in scenario.scenes:
        for choice in scene.choices:
            yield f"{scene.id} > {choice.id}", scene, choice


def _reached(scenario: Scenario) -> set[str]:
    reached: set[str] = set()
    todo = [scenario.start.id] if scenario.scenes else []
    while todo:
        here = todo.pop()
        if here in reached:
            continue
        reached.add(here)
        scene = scenario.scene(here)
        todo += [choice.to for choice in scene.choices] if scene else []
    return reached
