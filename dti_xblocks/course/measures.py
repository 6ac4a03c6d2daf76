"""What one block of a course takes of a learner's time, by its kind: `COUNTS`, and in words `METHOD`.

Counted is somebody who takes the course once: reads every page, sees every film, meets every question, and answers right at the
first try. What opens only when it is asked for is not counted, whether briefs, long descriptions of pictures, or explanations;
nor is anything done again. Nobody has been timed. No research that this course rests on says how fast officers read or decide, so
every number below is an assumption of ours; what it stands for is said beside it, and one kind of act has one number everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from ..activity import model as activity_of
from ..activity import olx as activity_olx
from ..case_law.library import library
from ..case_law.progress import ANY
from ..content import inner_xml
from ..scenario import olx as scenario_olx
from ..scenario.explore import analysis
from ..scenario.model import Line, Media, Scenario
from ..video import olx as video_olx
from ..video.model import Tape
from .items.model import item_of
from .model import Block, OlxCourse

SLOW, USUAL = 200, 238  # words a minute
SECONDS = {"single": 20, "dropdown": 20, "multiple": 40}  # to think about a question, besides reading it
DECISION = 10  # to decide in a scenario or in a film, or where a card goes: a choice of few, after they were read
TURNING = 5  # to turn a card over, which asks for no answer
WRITING = 60  # to write a line or two of one's own: in a plan, a note, what one would say, a review
STATEMENT, SIGNING = 10, 60  # to agree to a statement of the pledge, which is a decision; to sign
PACKET = 15  # to choose a form of a packet and download it

METHOD = f"""Words are read at {SLOW} and at {USUAL} a minute; compared with the outline is the second, the usual pace.
All numbers of this method are assumptions of ours: nobody has been timed, and the research in the library has none of them.
Counted is somebody who does everything once, and right at the first try; who errs and tries again takes longer.
What opens on request is not counted: briefs, pictures in words, explanations and examples, the table of all circuits.
A lesson: the words of its pages, without graphics.
A film: its length, without the parts that only show another way.
A question in a film: its words, those of all answers and of the feedback on the right one,
and {DECISION} seconds, as for a decision in a scenario, or twice that where several answers are right.
A tape to stop: its words, those of all ways to step in, of what is said of the best, and {DECISION} seconds to decide.
A question: its words, those of the answers and of the feedback on the right ones,
and {SECONDS["single"]} seconds to think, {SECONDS["multiple"]} where several answers are right.
A bank: the average of its questions, times the number drawn.
A scenario: one run on the strongest path: what is told, all choices offered, what came of each,
and {DECISION} seconds a decision.
A list of case law: name and line of each authority that no page before it names, {PACKET} seconds to download the packet,
and the twenty-second version of one authority of average length.
A list to look things up in, where one is enough: {DECISION} seconds to find it, and its twenty-second version.
An activity: its words, and {DECISION} seconds for each card to sort, to match, to order or to find,
{TURNING} to turn one over, {WRITING} to write a line of one's own.
The pledge: its words, {STATEMENT} seconds a statement and {SIGNING} for the signature.
The review: its words and {WRITING} seconds."""

TIMING = re.compile(r"-->\s*(?:(\d+):)?(\d+):(\d+)[.,](\d+)")
CAPTIONS = re.compile(r"[\w.-]+\.(?:vtt|srt)")
NAMED = re.compile(r'data-authority="([\w.-]+)"')


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


def _reading(texts: Iterable[str], seconds: float = 0) -> Time:
    return Time(sum(len(re.sub(r"<[^>]*>", " ", text).split()) for text in texts), seconds)


def _page(course: OlxCourse, block: Block) -> Time:
    text = re.sub(r"<(details|figure).*?</\1>", " ", _source(course, block), flags=re.DOTALL)
    return _reading([text]) + _captioned(course, block)


def _problem(_course: OlxCourse, block: Block) -> Time:
    item = item_of(block)
    if item is None:
        return _reading([inner_xml(block.node)], SECONDS["single"])
    right = [node for node in block.node.iter("choice", "option") if node.get("correct", "").lower() == "true"]
    hints = [hint for node in right for hint in node.iter("choicehint", "optionhint") if hint.get("selected") != "false"]
    return _reading(
        [item.stem, *(option.text for option in item.options), *("".join(hint.itertext()) for hint in hints)], SECONDS[item.kind]
    )


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
            read += [scene.title, *_told(scene.lines), *(each.text for each in scene.choices if each.offered)]
            read += [choice.outcome, choice.why]
    return _reading([*read, *_ending(scenario, path.ending)], DECISION * len(path.path))


def _ending(scenario: Scenario, ending_id: str) -> list[str]:
    ending = next((each for each in scenario.endings if each.id == ending_id), None)
    return [ending.title, *_told(ending.lines)] if ending else []


def _told(parts: tuple[Line | Media, ...]) -> list[str]:
    return [part.html if isinstance(part, Line) else part.transcript for part in parts]


def _case_law(course: OlxCourse, block: Block) -> Time:
    listed = [one for node in block.node.iter("authority") if (one := library().get(node.get("ref", "")))]
    if not listed:
        return Time()
    one_of_them = _reading(one.in_brief for one in listed).times(1 / len(listed))
    if block.node.get("complete_when") == ANY:
        return one_of_them + Time(seconds=DECISION)
    before = _named_before(course, block)
    lines = _reading(text for one in listed if one.slug not in before for text in (one.heading, one.in_a_line))
    return lines + one_of_them + Time(seconds=PACKET)


def _named_before(course: OlxCourse, block: Block) -> set[str]:
    """The authorities that pages, questions and lists before a block name."""
    found: set[str] = set()
    for each in course.blocks("html", "problem", "dti_case_law"):
        if each is block:
            break
        found.update(NAMED.findall(_source(course, each)), (node.get("ref", "") for node in each.node.iter("authority")))
    return found


def _pledge(_course: OlxCourse, block: Block) -> Time:
    return _reading([inner_xml(block.node)], SIGNING + STATEMENT * len(list(block.node.iter("affirmation"))))


def _review(_course: OlxCourse, block: Block) -> Time:
    return _reading([inner_xml(block.node)], WRITING)


def _activity(_course: OlxCourse, block: Block) -> Time:
    activity = activity_olx.from_element(block.node, str(block.setting("activity") or activity_of.SORT))
    kind, cards = activity.kind, activity.cards
    read = [activity.task, activity.after, *(group.name for group in activity.groups)]
    if kind in (activity_of.REFLECT, activity_of.PLAN):  # the cards of a plan are examples, which open on request
        return _reading(read, WRITING)
    read += [text for card in cards for text in (card.text, card.back, card.why if card.sign else "")]
    if kind == activity_of.SAY:
        return _reading(read, WRITING)
    found = sum(card.sign for card in cards)
    return _reading(read, (TURNING if kind == activity_of.FLIP else DECISION) * found)


def _video(_course: OlxCourse, block: Block) -> Time:
    """A film with the questions and tapes in it. What is read beside a film counts as seen."""
    video = video_olx.from_element(block.node)
    spent = Time(film=video.film.seconds)
    for moment in video.moments:
        if isinstance(moment, Tape):
            window = max(moment.windows, key=lambda one: one.points, default=None)
            way = max(moment.ways, key=lambda one: one.points, default=None)
            said = [window.feedback, window.followed] if window else []
            said += [way.feedback] if way else []
            spent += _reading([moment.prompt, *(each.text for each in moment.ways), *said], DECISION)
        else:
            said = [choice.feedback for choice in moment.choices if choice.correct]
            doing = DECISION * (2 if moment.multiple else 1)
            spent += _reading([moment.prompt, *(choice.text for choice in moment.choices), *said], doing)
    return spent


def _captioned(course: OlxCourse, block: Block) -> Time:
    """The length of a film that is no block of ours: the latest end in its captions."""
    names = sorted(set(CAPTIONS.findall(_source(course, block))))
    texts = [course.text(f"static/{name}") for name in names if course.has_file(f"static/{name}")]
    return Time(film=max(map(_length, texts), default=0))


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
    "dti_video": _video,
    "video": _captioned,
}
