"""Items and pools: the questions of a course that count, read from its problems."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from ..model import Block, OlxCourse

BANKS = ("itembank", "library_content")
GROUPS = {"choicegroup": "single", "checkboxgroup": "multiple", "optioninput": "dropdown"}
NOTE = re.compile(r"(outcome|lesson|source|difficulty)\s*[:=]\s*([\w-]+)")
OWN_LESSON = "lesson"  # as a source: the lesson itself, where no authority decides the question


@dataclass(frozen=True)
class Option:
    """One answer. `text` is what a learner reads, on one line; `line` where it stands."""

    text: str
    right: bool
    line: int


@dataclass(frozen=True)
class Item:
    """One question with its answers in the order in which they are written.

    `outcome`, `lesson`, `source` and `difficulty` are its author's notes, "" where one is missing. `kind` is single, multiple
    or dropdown; `shuffled` whether the platform changes the order of the answers. `explanation` is the markup of its solution.
    """

    block: Block
    name: str
    kind: str
    stem: str
    options: tuple[Option, ...]
    shuffled: bool
    explanation: str
    outcome: str
    lesson: str
    source: str
    difficulty: str

    @property
    def rights(self) -> int:
        """How many answers are right."""
        return sum(option.right for option in self.options)


@dataclass(frozen=True)
class Task:
    """An activity that counts, beside the questions: cards to order or to match, signs to find in a picture.

    Its notes stand in the comment before it, as inside it a comment does not outlive an import.
    """

    block: Block
    kind: str
    outcome: str
    lesson: str
    source: str
    difficulty: str

    @property
    def name(self) -> str:
        """The url_name."""
        return self.block.url_name


@dataclass(frozen=True)
class Pool:
    """What one assessment draws from. `drawn` is how many of the items a learner gets; everybody gets all `tasks`."""

    block: Block
    items: tuple[Item, ...]
    drawn: int
    tasks: tuple[Task, ...] = ()
    language: str = "en"

    @property
    def name(self) -> str:
        """The url_name of the subsection."""
        return self.block.url_name

    @property
    def usual_rights(self) -> int:
        """The most frequent number of right answers in its multiple-choice questions, 0 without any."""
        counts = Counter(item.rights for item in self.items if item.kind == "multiple")
        return counts.most_common(1)[0][0] if counts else 0


def pools(course: OlxCourse) -> list[Pool]:
    """The pools of all graded subsections that have questions, in course order."""
    found = []
    for block in course.blocks("sequential"):
        if block.switch("graded"):
            items = tuple(filter(None, (item_of(one) for one in block.below() if one.tag == "problem" and _counts(one))))
            if items:
                tasks = tuple(task_of(one) for one in block.below() if one.tag == "dti_activity" and _has_points(one))
                found.append(Pool(block, items, drawn_of(block), tasks, course.curriculum.language))
    return found


def _has_points(activity: Block) -> bool:
    return str(activity.setting("weight") or "0").strip("0.") != ""


def task_of(activity: Block) -> Task:
    """The task that an activity is."""
    before = activity.node.getprevious()
    notes = dict(NOTE.findall(before.text or "")) if before is not None and before.tag is etree.Comment else {}
    kind = str(activity.setting("activity") or "sort")
    return Task(activity, kind, **{name: notes.get(name, "") for name in ("outcome", "lesson", "source", "difficulty")})


def _counts(problem: Block) -> bool:
    """Whether a problem in a graded subsection gives points: a check in between has the weight 0."""
    return problem.switch("graded") is not False and str(problem.setting("weight") or "1") not in ("0", "0.0")


def drawn_of(block: Block) -> int:
    """How many problems a learner gets of those below `block`: of a bank as many as it draws."""
    if block.tag == "problem":
        return 1
    below = sum(drawn_of(child) for child in block.children)
    if block.tag not in BANKS:
        return below
    count = draw(block)
    return below if count < 0 else min(below, count)


def draw(bank: Block) -> int:
    """The number that a bank draws, below 0 for all; 1 where it does not say, as on the platform."""
    text = str(bank.setting("max_count") or "1")
    return int(text) if re.fullmatch(r"-?\d+", text) else 1


def item_of(block: Block) -> Item | None:
    """The item that a problem is, None for one that is no choice among answers."""
    groups = block.node.xpath(".//choicegroup | .//checkboxgroup | .//optioninput")
    if not groups or not len(groups[0]):
        return None
    group = groups[0]
    notes = dict(match for node in block.node.iter(etree.Comment) for match in NOTE.findall(node.text or ""))
    labels = block.node.xpath(".//label")
    solutions = block.node.xpath(".//solution")
    return Item(
        block=block,
        name=block.url_name,
        kind=GROUPS[group.tag],
        stem=_plain(labels[0]) if labels else "",
        options=tuple(
            Option(_plain(node, ("choicehint", "optionhint")), node.get("correct", "").lower() == "true", node.sourceline or 0)
            for node in group.iter("choice", "option")
        ),
        shuffled=group.get("shuffle") == "true",
        explanation="".join(etree.tostring(node, encoding="unicode") for node in solutions),
        **{name: notes.get(name, "") for name in ("outcome", "lesson", "source", "difficulty")},
    )


def _plain(node: etree._Element, without: tuple[str, ...] = ()) -> str:
    """The words of an element on one line, without those in elements of these names."""
    parts = [node.text or ""]
    for child in node:
        if child.tag not in without and isinstance(child.tag, str):
            parts.append(_plain(child, without))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())
