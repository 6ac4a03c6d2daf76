"""Rules that keep the lessons of our own course to their skeleton. Other courses have their own.

A lesson is an item of the curriculum of the kind "lesson": a subsection of units. What a unit says in its own words is in the
html pages of it; briefs, goals, the list of authorities, graphics, tables and the words of a picture are there to be looked up,
and are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from ...content import Problem
from ..model import Block, OlxCourse
from ..outline import Item
from .registry import at, rule

UNIT_WORDS = 280
ACTIVE_MOMENTS = 2
ACTIVE = frozenset({"problem", "dti_scenario", "dti_activity", "dti_video", "itembank"})
REPEATED_WORDS = 14  # so many words in a row, in two lessons, are told twice
CARDS = {
    "dti-goals": "what the learner can do after it (“dti-goals”)",
    "dti-say": "words to say (“dti-say”)",
    "dti-street": "what to do on the street (“dti-street”)",
    "dti-key": "the lesson in short (“dti-key”)",
    "dti-authorities": "the authorities relied on (“dti-authorities”)",
}
_LOOKED_UP = (
    "//*[contains(concat(' ', @class, ' '), ' dti-brief ') or contains(concat(' ', @class, ' '), ' dti-goals ')"
    " or contains(concat(' ', @class, ' '), ' dti-authorities ') or contains(concat(' ', @class, ' '), ' dti-figure ')"
    " or contains(concat(' ', @class, ' '), ' dti-picture ')] | //table"
)


def lessons(course: OlxCourse) -> Iterator[tuple[Item, Block]]:
    """Each lesson of the curriculum with its subsection."""
    if course.is_ours and course.top is not None:
        for module, chapter in zip(course.curriculum.modules, course.blocks("chapter"), strict=False):
            for item, part in zip(module.items, chapter.children, strict=False):
                if item.kind == "lesson":
                    yield item, part


def pages(course: OlxCourse, part: Block) -> Iterator[tuple[Block, etree._Element]]:
    """The html blocks below `part` with their pages, parsed."""
    for block in part.below():
        name = course.page_of(block)
        if block.tag == "html" and course.has_file(name) and (text := course.text(name)).strip():
            yield block, html.fromstring(f"<div>{text}</div>")


def own_words(page: etree._Element) -> list[str]:
    """The words that a page says itself, without what is looked up. The page is changed by it."""
    for node in page.xpath(_LOOKED_UP):
        node.drop_tree()
    return " ".join(page.itertext()).split()


def _named(page: etree._Element, name: str) -> list[etree._Element]:
    return page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")


@rule("CX060")
def lesson_whole(course: OlxCourse) -> Iterator[Problem]:
    """A lesson without its goals, words to say, a step for the street, a summary or its authorities.

    Or with a goal for an outcome that the curriculum does not give to it.
    """
    for item, part in lessons(course):
        parsed = [page for _, page in pages(course, part)]
        for name, what in CARDS.items():
            if not any(_named(page, name) for page in parsed):
                yield at("CX060", part, f"The lesson “{item.title}” lacks {what}.")
        for page in parsed:
            for goal in page.xpath("//li[@data-outcome]"):
                if goal.get("data-outcome") not in item.outcomes:
                    known = ", ".join(item.outcomes)
                    message = f"The lesson “{item.title}” has a goal for {goal.get('data-outcome')}; its outcomes are {known}."
                    yield at("CX060", part, message)


@rule("CX061")
def one_idea_a_unit(course: OlxCourse) -> Iterator[Problem]:
    """A unit of a lesson with more than 280 words of its own: it is cut in two, or cut down."""
    for item, part in lessons(course):
        for unit in part.children:
            words = sum(len(own_words(page)) for _, page in pages(course, unit))
            if words > UNIT_WORDS:
                yield at("CX061", unit, f"This unit of “{item.title}” has {words} words; one idea takes {UNIT_WORDS} at most.")


@rule("CX062")
def active_moments(course: OlxCourse) -> Iterator[Problem]:
    """A lesson in which the learner does something fewer than two times."""
    for item, part in lessons(course):
        moments = sum(block.tag in ACTIVE for block in part.below())
        if moments < ACTIVE_MOMENTS:
            message = f"In “{item.title}” the learner acts {moments} times; at least {ACTIVE_MOMENTS} are needed."
            yield at("CX062", part, message)


@rule("CX063")
def authorities_listed(course: OlxCourse) -> Iterator[Problem]:
    """A lesson whose list of authorities is not the list of those that its pages link."""
    for item, part in lessons(course):
        linked: set[str] = set()
        listed: set[str] = set()
        for _, page in pages(course, part):
            linked.update(link.get("data-authority", "") for link in page.xpath("//a[@data-authority]"))
            for card in _named(page, "dti-authorities"):
                listed.update(re.findall(r"#case-([\w-]+)", " ".join(card.xpath(".//a/@href"))))
        for slug in sorted(linked - listed):
            yield at("CX063", part, f"“{item.title}” links {slug}, and does not list it under its authorities.")
        for slug in sorted(listed - linked):
            yield at("CX063", part, f"“{item.title}” lists {slug} under its authorities, and links it nowhere.")


@rule("CX064")
def told_once(course: OlxCourse) -> Iterator[Problem]:
    """Fourteen words in a row that stand in two lessons: a case has one home, elsewhere a line and a link."""
    told: dict[tuple[str, ...], str] = {}
    for item, part in lessons(course):
        found = False
        for _, page in pages(course, part):
            words = [word.lower() for word in re.findall(r"[\w’'-]+", " ".join(own_words(page)))]
            for start in range(len(words) - REPEATED_WORDS + 1):
                run = tuple(words[start : start + REPEATED_WORDS])
                if told.setdefault(run, item.title) != item.title and not found:
                    found = True
                    yield at("CX064", part, f"“{item.title}” tells again what “{told[run]}” has told: “{' '.join(run)}”.")
