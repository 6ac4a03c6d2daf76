"""Rules about the questions that count in our own course: what each says of itself, and that form gives nothing away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from ...case_law.library import library
from ...content import Problem
from ..items.attacks import attacks
from ..items.model import BANKS, OWN_LESSON, Item, Pool, Task, draw, pools
from ..items.report import key
from ..items.runs import LIMIT, attacked
from ..items.told import retold
from ..items.vocabulary import vocabulary, words
from ..model import OlxCourse
from .registry import at, rule

DIFFICULTIES = ("1", "2", "3")
LEAST, DRAWN = 12, 8  # questions of a module's pool, and how many a learner gets
FINAL_LEAST, FINAL_DRAWN = 60, 25
SAME = 0.6  # share of words that two stems have in common
SHORT = 0.5  # of the usual length of the other answers, in characters
MULTIPLES = 4  # of which a course may have equal numbers of right answers


def _ours(course: OlxCourse) -> list[Pool]:
    """The pools of our own course; none of another."""
    return pools(course) if course.is_ours else []


def _items(course: OlxCourse) -> Iterator[Item]:
    for pool in _ours(course):
        yield from pool.items


def _described(course: OlxCourse) -> list[Task]:
    """The tasks that count; none in a course that was built, whose notes between blocks have stayed with the author."""
    tasks = [task for pool in _ours(course) for task in pool.tasks]
    return tasks if any(task.outcome or task.lesson or task.source or task.difficulty for task in tasks) else []


@rule("CX040")
def item_described(course: OlxCourse) -> Iterator[Problem]:
    """A question or a task that counts without its lesson, source or difficulty, in a comment such as that of its outcome."""
    lessons = {block.url_name for block in course.blocks("sequential")}
    tasks = _described(course)
    counted: list[Item | Task] = [*_items(course), *tasks]
    for item in counted:
        if item.lesson not in lessons:
            yield at("CX040", item.block, f"“{item.lesson}” is no lesson of this course. Name the one that teaches the answer.")
        if item.source != OWN_LESSON and library().get(item.source) is None:
            message = (
                f"The source “{item.source}” is not in the library. Name an authority, or “{OWN_LESSON}” where none decides."
            )
            yield at("CX040", item.block, message)
        if item.difficulty not in DIFFICULTIES:
            yield at("CX040", item.block, f"Say how difficult the question is: {', '.join(DIFFICULTIES)}.")
    for task in tasks:
        if task.outcome not in course.curriculum.outcomes:
            yield at("CX040", task.block, f"Name the outcome in the comment before it: {', '.join(course.curriculum.outcomes)}.")


@rule("CX041")
def passed_by_form(course: OlxCourse) -> Iterator[Problem]:
    """A pool in which somebody who looks only at the form of the answers is more than 8 points better than by guessing."""
    for pool in _ours(course):
        found = [attack for attack in attacks(pool) if attack.succeeds]
        if found:
            best = found[0]
            message = (
                f"“{best.strategy}” earns {best.score:.0%} here, guessing {best.chance:.0%}. Too good: {len(found)} strategies. "
                "Give the answers an equal shape. dti-course items shows them."
            )
            yield at("CX041", pool.block, message)


@rule("CX042")
def key_in_a_pattern(course: OlxCourse) -> Iterator[Problem]:
    """Right answers that stand in a pattern: the same four letters in a row twice, or one letter four times running."""
    for pool in _ours(course):
        together: dict[int, str] = {}  # what a learner sees one below the other
        for item in pool.items:
            if item.kind != "multiple":
                together[id(item.block.parent)] = together.get(id(item.block.parent), "") + key(item)
        for letters in together.values():
            if found := re.search(r"(.{4}).*\1|(.)\2{3}", letters):
                message = f"The right answers are {letters}: “{found[1] or found[0]}” is a pattern. Move some."
                yield at("CX042", pool.block, message)


@rule("CX043")
def multiple_always_alike(course: OlxCourse) -> Iterator[Problem]:
    """Multiple choice in which the same number of answers is right each time."""
    multiples = [item for item in _items(course) if item.kind == "multiple"]
    for item in multiples:
        if not 2 <= item.rights < len(item.options):
            message = f"{item.rights} of {len(item.options)} answers are right. At least two must be, and one must not."
            yield at("CX043", item.block, message)
    for pool in _ours(course):
        several = [item for item in pool.items if item.kind == "multiple"]
        if len(several) >= MULTIPLES and len({item.rights for item in several}) == 1:
            yield at(
                "CX043",
                pool.block,
                f"All multiple-choice questions here have {several[0].rights} right answers. Vary the number.",
            )


@rule("CX044")
def asked_twice(course: OlxCourse) -> Iterator[Problem]:
    """Two questions whose situations are nearly the same: a learner may get both."""
    known = vocabulary(course.curriculum.language)
    asked = [(item, known.content_words(item.stem)) for item in _items(course)]
    for (one, ours), (other, theirs) in combinations(asked, 2):
        if len(ours & theirs) > SAME * len(ours | theirs):
            yield at("CX044", other.block, f"This question is nearly that of {one.name}. Tell another situation.")


@rule("CX045")
def case_told_again(course: OlxCourse) -> Iterator[Problem]:
    """A question that counts with the facts of a case that a lesson tells (items/told.toml): memory answers it, not judgment."""
    for item in _items(course):
        for slug, found in retold(item):
            message = f"This is {slug} again ({', '.join(found)}). Tell a situation of its own."
            yield at("CX045", item.block, message)


@rule("CX046")
def answer_far_shorter(course: OlxCourse) -> Iterator[Problem]:
    """An answer of less than half the length of the others: nobody takes it, and guessing gets easier."""
    for item in _items(course):
        for option in item.options:
            others = [len(each.text) for each in item.options if each is not option]
            if item.kind == "single" and others and len(option.text) < SHORT * sum(others) / len(others):
                message = f"The answer “{option.text}” is far shorter than the others. Give it their shape."
                yield at("CX046", item.block, message, line=option.line)


@rule("CX047")
def explanation_without_source(course: OlxCourse) -> Iterator[Problem]:
    """A question that counts whose explanation does not link what it rests on: its authority, or its lesson."""
    for item in _items(course):
        wanted = f"/jump_to_id/{item.lesson}" if item.source == OWN_LESSON else f'data-authority="{item.source}"'
        if len(words(item.explanation)) and f"{wanted}" in item.explanation:
            continue
        what = "its lesson" if item.source == OWN_LESSON else f"the authority “{item.source}”"
        yield at("CX047", item.block, f"The explanation must link {what}: {wanted}.")


@rule("CX048")
def pool_too_small(course: OlxCourse) -> Iterator[Problem]:
    """An assessment that draws from too few questions, draws too few, asks of too few outcomes, or does not shuffle answers."""
    for pool in _ours(course):
        final = pool.block.setting("format") == course.curriculum.final
        least, drawn = (FINAL_LEAST, FINAL_DRAWN) if final else (LEAST, DRAWN)
        banks = [block for block in pool.block.below() if block.tag in BANKS]
        tasks = len(pool.tasks)
        if len(pool.items) < least or pool.drawn != drawn - tasks or not banks:
            message = (
                f"{pool.drawn} questions are drawn from {len(pool.items)}. Draw {drawn - tasks} from at least {least}, with "
                f"<itembank>: with what is to be done besides they are {drawn}."
            )
            yield at("CX048", pool.block, message)
        for bank in banks:
            if not 0 < draw(bank) < len(bank.children):
                yield at("CX048", bank, "This bank draws all its questions, or none. Let it draw fewer than it has.")
        missing = sorted(set(course.curriculum.outcomes) - {item.outcome for item in pool.items})
        if final and missing:
            yield at("CX048", pool.block, f"The {course.curriculum.final} has no question for {', '.join(missing)}.")
        for item in pool.items:
            if item.kind == "single" and not item.shuffled:
                yield at("CX048", item.block, 'The answers must be shuffled: <choicegroup shuffle="true">.')


@rule("CX050")
def scenario_passed_by_form(course: OlxCourse) -> Iterator[Problem]:
    """A scenario that more than one run in ten passes whose player looks only at how the choices are worded."""
    for scenario in attacked(course) if course.is_ours else ():
        over = [played for played in scenario.played if played.passed > LIMIT]
        if over:
            best = max(over, key=lambda played: played.passed)
            message = (
                f"“{best.strategy}” passes {best.passed:.0%} of its runs, at most {LIMIT:.0%} may; {len(over)} strategies do. "
                "Word the strong choices like the weak ones. dti-course items shows all strategies."
            )
            yield at("CX050", scenario.block, message)
