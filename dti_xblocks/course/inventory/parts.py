"""The items of a course, each with its units, goals, activities, authorities, time and reading level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ...content import inner_xml
from ...scenario import olx as scenario_olx
from ...scenario.explore import analysis
from ..items.model import BANKS, Pool, draw, pools
from ..minutes import Time, time_of, timed
from ..model import Block, OlxCourse
from ..outline import Item
from .passages import page, passages
from .reading import grade

ACTIVITIES = {"dti_activity": "", "dti_scenario": "scenario", "dti_video": "film with decisions", "video": "film"}
FINAL = "Final Assessment"


@dataclass(frozen=True)
class Goal:
    """What a learner can do after a lesson, and the outcome of the course that it serves."""

    outcome: str
    text: str


@dataclass(frozen=True)
class Activity:
    """Something that a learner does besides reading and tests. `kind` is "sort", "scenario" and the like."""

    kind: str
    title: str
    name: str


@dataclass(frozen=True)
class Unit:
    """A page of the course: how long it takes, what stands on it, in order, and the headings of its text."""

    title: str
    time: Time
    contents: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """An item of the outline as the course has it. `number` is "2.3"; `checks` are questions that do not count; `decisions` those
    on the strongest path of its scenarios; `authorities` the slugs that its pages link or its list has."""

    number: str
    item: Item
    block: Block
    time: Time
    grade: float | None
    units: tuple[Unit, ...]
    goals: tuple[Goal, ...]
    activities: tuple[Activity, ...]
    checks: int
    decisions: int
    authorities: frozenset[str]
    pool: Pool | None

    @property
    def name(self) -> str:
        """Its url_name."""
        return self.block.url_name

    @property
    def module(self) -> int:
        """The number of its module."""
        return int(self.number.split(".")[0])

    @property
    def is_final(self) -> bool:
        """Whether it is the final assessment."""
        return self.block.setting("format") == FINAL

    @property
    def active_moments(self) -> int:
        """How often a learner does something in it, tests that count left out."""
        return len(self.activities) + self.checks


def parts(course: OlxCourse) -> list[Part]:
    """Every item of the outline that the course has, in order."""
    tested = {pool.name: pool for pool in pools(course)}
    found: list[Part] = []
    for each in timed(course):
        place = sum(part.module == each.module for part in found) + 1
        found.append(_part(course, f"{each.module}.{place}", each.item, each.block, each.time, tested))
    return found


def _part(course: OlxCourse, number: str, item: Item, block: Block, time: Time, tested: dict[str, Pool]) -> Part:
    below = list(block.below())
    pages = [_parsed(course, one) for one in below if one.tag == "html"]
    return Part(
        number=number,
        item=item,
        block=block,
        time=time,
        grade=grade(passages(course, block)),
        units=tuple(_unit(course, unit) for unit in block.children),
        goals=tuple(
            Goal(node.get("data-outcome", ""), _line(node)) for one in pages for node in one.xpath("//li[@data-outcome]")
        ),
        activities=tuple(_activity(one) for one in below if one.tag in ACTIVITIES),
        checks=0 if block.switch("graded") and item.kind == "assessment" else sum(one.tag == "problem" for one in below),
        decisions=sum(_decisions(one) for one in below if one.tag == "dti_scenario"),
        authorities=frozenset(_authorities(pages, below)),
        pool=tested.get(block.url_name),
    )


def _parsed(course: OlxCourse, block: Block) -> etree._Element:
    """A page with all that is on it."""
    name = course.page_of(block)
    return etree.HTML(f"<div>{course.text(name) if course.has_file(name) else inner_xml(block.node)}</div>")


def _line(node: etree._Element) -> str:
    return " ".join("".join(node.itertext()).split())


def _authorities(pages: list[etree._Element], below: list[Block]) -> Iterator[str]:
    for one in pages:
        yield from one.xpath("//a[@data-authority]/@data-authority")
    for block in below:
        if block.tag == "dti_case_law":
            yield from (node.get("ref", "") for node in block.node.iter("authority") if node.get("ref"))


def _activity(block: Block) -> Activity:
    kind = ACTIVITIES[block.tag] or str(block.node.get("activity") or "activity")
    return Activity(kind, block.title or block.url_name, block.url_name)


def _unit(course: OlxCourse, unit: Block) -> Unit:
    contents: list[str] = []
    topics: list[str] = []
    for block in unit.below():
        if block.tag == "html":
            found = page(course, block)
            topics += [_line(node) for node in found.iter("h3") if not _is_card(node)]
            if re.sub(r"\s", "", _line(found)):
                contents.append("text")
        elif (what := _said(block)) and what not in contents:
            contents.append(what)
    return Unit(unit.title, time_of(course, unit), tuple(contents), tuple(topics))


def _is_card(heading: etree._Element) -> bool:
    """Whether a heading is that of a card, which every lesson has: goals, words to say, the lesson in short."""
    return any("dti-card" in (node.get("class") or "").split() for node in heading.iterancestors())


def _said(block: Block) -> str:
    """A block in a few words."""
    if block.tag in BANKS:
        return f"{draw(block)} questions drawn of {len(block.children)}"
    if block.tag in ACTIVITIES:
        activity = _activity(block)
        return (
            f"{activity.kind}: {activity.title}"
            if block.tag != "dti_activity"
            else f"activity ({activity.kind}): {activity.title}"
        )
    if block.tag == "problem":
        return "" if block.parent is not None and block.parent.tag in BANKS else "check question, not graded"
    named = {
        "dti_case_law": "list of authorities with packets to download",
        "dti_pledge": "pledge",
        "dti_review": "course review",
    }
    return named.get(block.tag, "")


def _decisions(block: Block) -> int:
    try:
        return len(analysis(scenario_olx.read(inner_xml(block.node), block.node.get("score_by") or "choices")).path)
    except (ValueError, TypeError):
        return 0  # the rules say what is wrong with it
