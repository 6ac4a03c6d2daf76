"""How long the course takes, worked out from what is in it: words, films, questions, decisions, activities. `METHOD` says how.

Two readers are counted, a slow one and one of the usual pace; the time of the second is compared with the outline.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from ..case_law.library import library
from ..content import inner_xml
from ..scenario import olx as scenario_olx
from ..scenario.explore import analysis
from ..scenario.model import Line, Media, Scenario
from .items.model import BANKS, drawn_of, item_of
from .model import Block, OlxCourse
from .outline import Item

SLOW, USUAL = 200, 238  # words a minute
SECONDS = {"single": 20, "dropdown": 20, "multiple": 40}  # to think about a question, besides reading it
DECISION, STATEMENT, SIGNING, REVIEW, ACTIVITY = 10, 10, 60, 60, 15
OFF, LEAST_OFF = 0.15, 0.75  # how far an item may be from the outline: a share of its minutes, and minutes in any case

METHOD = f"""Words are read at {SLOW} and at {USUAL} a minute; compared with the outline is the second, the usual pace.
A lesson: the words of its pages, without graphics and without what opens on request: briefs, and the table of all circuits.
A film: its length, by the end of its captions.
A question: its words, those of the answers, of the feedback on the right ones and of the explanation,
and {SECONDS["single"]} seconds to think, {SECONDS["multiple"]} where several answers are right.
A bank: the average of its questions, times the number drawn.
A scenario: one run on the strongest path: what is told, all choices offered, what came of each,
and {DECISION} seconds a decision.
A list of case law: the twenty-second version of each authority; of an average one, where one is enough.
An activity: its words, and {ACTIVITY} seconds for each thing to place or to answer.
The pledge: its words, {STATEMENT} seconds a statement and {SIGNING} for the signature.
The review: its words and {REVIEW} seconds."""

ASKED = {"item", "card", "option", "pair", "prompt", "moment", "step"}  # what is placed or answered in an activity
TIMING = re.compile(r"-->\s*(?:(\d+):)?(\d+):(\d+)[.,](\d+)")
CAPTIONS = re.compile(r"[\w.-]+\.(?:vtt|srt)")


@dataclass(frozen=True)
class Time:
    """Words to read, seconds of doing and seconds of film."""

    words: float = 0
    seconds: float = 0
    film: float = 0

    def __add__(self, other: Time) -> Time:
        return Time(self.words + other.words, self.seconds + other.seconds, self.film + other.film)

    def times(self, factor: float) -> Time:
        """So often."""
        return Time(self.words * factor, self.seconds * factor, self.film * factor)

    def minutes(self, pace: int) -> float:
        """The minutes of a reader of `pace` words a minute."""
        return self.words / pace + (self.seconds + self.film) / 60

    @property
    def usual(self) -> float:
        """The minutes that are compared with the outline."""
        return self.minutes(USUAL)


@dataclass(frozen=True)
class Timed:
    """An item of the outline with the time that its subsection takes."""

    module: int
    item: Item
    block: Block
    time: Time

    @property
    def is_off(self) -> bool:
        """Whether the outline's minutes are not those of the content."""
        return off(self.item, self.time)


def off(item: Item, time: Time) -> bool:
    """Whether what an item takes is too far from the outline."""
    return abs(time.usual - item.minutes) > max(OFF * item.minutes, LEAST_OFF)


def timed(course: OlxCourse) -> Iterator[Timed]:
    """Every item of the outline that the course has, in order."""
    for module, chapter in zip(course.curriculum.modules, course.blocks("chapter"), strict=False):
        for item, part in zip(module.items, chapter.children, strict=False):
            yield Timed(module.number, item, part, time_of(course, part))


def time_of(course: OlxCourse, block: Block) -> Time:
    """What a block and all below it take."""
    below = sum((time_of(course, child) for child in block.children), Time())
    if block.tag in BANKS:
        return below.times(drawn_of(block) / len(block.children)) if block.children else below
    count = COUNTS.get(block.tag)
    return below if count is None else below + count(course, block)


def lines(course: OlxCourse) -> Iterator[str]:
    """The report: each item, the sum, and the method."""
    paces = f"{f'at {SLOW}':>7} {f'at {USUAL}':>7}"
    yield f"{'':<2} {'item':<34} {'words':>6} {'doing':>6} {'film':>6} {paces} {'outline':>8}"
    whole, planned = Time(), 0
    for each in timed(course):
        yield _row(str(each.module), each.item.title, each.time, each.item.minutes) + ("  off" if each.is_off else "")
        whole, planned = whole + each.time, planned + each.item.minutes
    yield _row("", "In all", whole, planned)
    yield ""
    yield METHOD


def _row(module: str, title: str, time: Time, planned: int) -> str:
    return (
        f"{module:<2} {title:<34} {time.words:>6.0f} {time.seconds / 60:>6.1f} {time.film / 60:>6.1f} "
        f"{time.minutes(SLOW):>7.1f} {time.minutes(USUAL):>7.1f} {planned:>8}"
    )


def _words(text: str) -> int:
    return len(re.sub(r"<[^>]*>", " ", text).split())


def _page(course: OlxCourse, block: Block) -> Time:
    name = course.page_of(block)
    text = course.text(name) if course.has_file(name) else inner_xml(block.node)
    return Time(_words(re.sub(r"<(details|figure).*?</\1>", " ", text, flags=re.DOTALL))) + _film(course, block)


def _problem(_course: OlxCourse, block: Block) -> Time:
    item = item_of(block)
    if item is None:
        return Time(_words("".join(block.node.itertext())), SECONDS["single"])
    right = [node for node in block.node.iter("choice", "option") if node.get("correct", "").lower() == "true"]
    hints = [hint for node in right for hint in node.iter("choicehint", "optionhint") if hint.get("selected") != "false"]
    read = [item.stem, item.explanation, *(option.text for option in item.options), *("".join(hint.itertext()) for hint in hints)]
    return Time(sum(map(_words, read)), SECONDS[item.kind])


def _scenario(_course: OlxCourse, block: Block) -> Time:
    try:
        scenario = scenario_olx.read(inner_xml(block.node), block.node.get("score_by") or "choices")
        path = analysis(scenario)
    except (ValueError, TypeError):
        return Time()  # the rules say what is wrong with it
    read = [scenario.introduction]
    for scene_id, choice_id in path.path:
        scene = scenario.scene(scene_id)
        choice = scene.choice(choice_id) if scene else None
        if scene and choice:
            read += [
                scene.title,
                *_told(scene.lines),
                *(each.text for each in scene.choices if each.offered),
                choice.outcome,
                choice.why,
            ]
    read += _ending(scenario, path.ending)
    return Time(sum(map(_words, read)), DECISION * len(path.path))


def _ending(scenario: Scenario, ending_id: str) -> list[str]:
    ending = next((each for each in scenario.endings if each.id == ending_id), None)
    return [ending.title, *_told(ending.lines)] if ending else []


def _told(parts: tuple[Line | Media, ...]) -> list[str]:
    return [part.html if isinstance(part, Line) else part.transcript for part in parts]


def _case_law(_course: OlxCourse, block: Block) -> Time:
    found = [library().get(node.get("ref", "")) for node in block.node.iter("authority")]
    words = [_words(authority.in_brief) for authority in found if authority is not None]
    one_is_enough = block.node.get("complete_when") == "any"
    return Time(round(sum(words) / max(1, len(words))) if one_is_enough else sum(words))


def _pledge(_course: OlxCourse, block: Block) -> Time:
    return Time(_words(inner_xml(block.node)), SIGNING + STATEMENT * len(list(block.node.iter("affirmation"))))


def _review(_course: OlxCourse, block: Block) -> Time:
    return Time(_words(inner_xml(block.node)), REVIEW)


def _activity(course: OlxCourse, block: Block) -> Time:
    asked = sum(node.tag in ASKED for node in block.node.iter() if isinstance(node.tag, str))
    return Time(_words(inner_xml(block.node)), ACTIVITY * asked) + _film(course, block)


def _film(course: OlxCourse, block: Block) -> Time:
    """The length of the films that a block shows: the latest end in its captions. What is read beside a film counts as seen."""
    names = sorted(set(CAPTIONS.findall(_source(course, block))))
    return Time(
        film=max((_length(course.text(f"static/{name}")) for name in names if course.has_file(f"static/{name}")), default=0)
    )


def _source(course: OlxCourse, block: Block) -> str:
    page = course.page_of(block)
    return course.text(page) if page and course.has_file(page) else etree.tostring(block.node, encoding="unicode")


def _length(captions: str) -> float:
    """The end of the last caption, in seconds."""
    ends = [int(h or 0) * 3600 + int(m) * 60 + int(s) + int(part) / 10 ** len(part) for h, m, s, part in TIMING.findall(captions)]
    return max(ends, default=0)


COUNTS: dict[str, Callable[[OlxCourse, Block], Time]] = {
    "html": _page,
    "problem": _problem,
    "dti_scenario": _scenario,
    "dti_case_law": _case_law,
    "dti_pledge": _pledge,
    "dti_review": _review,
    "dti_activity": _activity,
    "dti_video": _film,
    "video": _film,
}
