"""What a scenario is: plain, frozen values. Nothing here says whether it is sound; see `rules`."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from ..content import Stray
from .essence import essence, later, line_number

RESULTS = ("good", "mixed", "bad")
SCORED = ("choices", "endings", "both")  # what a score counts
SHOWN = ("play", "end")  # when a learner sees a meter
RADIO = "radio"  # how somebody may be heard who is not there
ASSET = re.compile(r"/static/\w[\w-]*(\.[\w-]+)+")  # the platform keeps a course's files in one flat folder


def is_asset(address: str) -> bool:
    """True for the plain address of a file of the course. No other picture or sound is ever shown."""
    return ASSET.fullmatch(address) is not None


def whole(number: int | None) -> int:
    """`number`, where the rules see to it that there is one. Raises `TypeError` where an unsound scenario has none."""
    if number is None:
        raise TypeError("The author wrote no whole number here.")
    return number


@dataclass(frozen=True)
class Line:
    """A piece of a scene, in order: narration, or what somebody says: the `Person` with the id `by`, or whoever `who` names.

    `html` is authored inline or block XML, not yet cleaned. `over` is "" for somebody who is there, or `RADIO`; `audio` names a
    course asset in which the line is spoken.
    """

    html: str
    who: str = ""
    line: int = line_number()
    by: str = later("")
    over: str = later("")
    audio: str = later("")


@dataclass(frozen=True)
class Media:
    """A piece of a scene that is not text. `kind` is "image", "video" or "audio"; `src` and `captions` name course assets.

    `alt` describes an image; one that is `decorative` tells nothing that the words do not, and has none. `title` names a video or
    audio; `transcript` is authored prose, not yet cleaned.
    """

    kind: str
    src: str
    alt: str = ""
    title: str = ""
    captions: str = ""
    transcript: str = ""
    line: int = line_number()
    decorative: bool = later(False)


@dataclass(frozen=True)
class Person:
    """Somebody who speaks, or whom the learner plays. `role` is a few words; `portrait` names a course asset.

    `initials` stand where there is no portrait, "" for those of the name. `knows` and `knows_not` are authored prose, not yet
    cleaned: what a learner is told who becomes this person.
    """

    id: str
    name: str
    role: str = ""
    portrait: str = ""
    initials: str = ""
    knows: str = ""
    knows_not: str = ""
    line: int = line_number()


@dataclass(frozen=True)
class Level:
    """A level of intervention, lowest first: officer, supervisor, agency, or rungs of another ladder."""

    id: str
    title: str
    html: str
    line: int = line_number()


@dataclass(frozen=True)
class Meter:
    """A number that choices move, always within `lowest` and `highest`; more is better.

    `show` is "play" (seen all the time) or "end" (in the review only). A bound is None where no whole number was written.
    """

    id: str
    title: str
    html: str
    start: int | None
    lowest: int | None
    highest: int | None
    show: str = "play"
    line: int = line_number()

    def moved(self, value: int, by: int | None) -> int:
        """`value` after an effect: it stays on the scale."""
        return max(whole(self.lowest), min(whole(self.highest), value + whole(by)))


@dataclass(frozen=True)
class Need:
    """A condition. `kind` says what `ref` names: a "meter" (within the bounds that are not None), a "choice"
    ("scene-id/choice-id", taken earlier in the run) or a "level" (reached earlier in the run). "" stands for an unclear one."""

    kind: str
    ref: str
    at_least: int | None = None
    at_most: int | None = None
    negated: bool = False
    line: int = line_number()


@dataclass(frozen=True)
class Effect:
    """What a choice does to a meter. `by` is None where the author wrote no whole number."""

    meter: str
    by: int | None
    line: int = line_number()


@dataclass(frozen=True)
class Choice:
    """What the learner may do in a scene, and what comes of it. `points` is None where the author wrote no whole number.

    `level` is the id of the `Level` that the choice is an example of, or "". A choice that is not `offered` is taken only
    when a clock runs out.
    """

    id: str
    to: str
    points: int | None
    text: str
    outcome: str
    why: str
    authorities: tuple[str, ...] = ()
    level: str = ""
    offered: bool = True
    needs: tuple[Need, ...] = ()
    effects: tuple[Effect, ...] = ()
    line: int = line_number()


@dataclass(frozen=True)
class Scene:
    """One moment with a decision. `level` is the id of a `Level`, or "".

    `clock` is how many seconds there are to decide (0: no clock; None: no number), `timeout` the id of the choice that is
    taken when they are over. Who does not meet all `needs` on arriving goes on to `otherwise`, a scene or an ending. `you` is the
    id of the `Person` whom the learner plays, or ""; `audio` names a course asset in which the whole scene is read.
    """

    id: str
    title: str
    level: str
    place: str
    time: str
    lines: tuple[Line | Media, ...]
    choices: tuple[Choice, ...]
    clock: int | None = 0
    timeout: str = ""
    needs: tuple[Need, ...] = ()
    otherwise: str = ""
    line: int = line_number()
    you: str = later("")
    audio: str = later("")

    def choice(self, choice_id: str) -> Choice | None:
        """The choice of that id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)


@dataclass(frozen=True)
class Ending:
    """Where a path ends. `result` is one of `RESULTS`. `needs` and `otherwise` as in a scene."""

    id: str
    title: str
    result: str
    lines: tuple[Line | Media, ...]
    points: int | None = 0
    needs: tuple[Need, ...] = ()
    otherwise: str = ""
    line: int = line_number()


@dataclass(frozen=True)
class Scenario:
    """A whole scenario; the first scene is the start. `score_by`, one of `SCORED`, says whose points make the score."""

    introduction: str
    levels: tuple[Level, ...]
    scenes: tuple[Scene, ...]
    endings: tuple[Ending, ...]
    strays: tuple[Stray, ...] = ()
    meters: tuple[Meter, ...] = ()
    score_by: str = "choices"
    people: tuple[Person, ...] = later(())

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:  # it goes through every word, and each look at `explore.analysis` asks for it
        return hash((self.introduction, self.scenes, self.endings))

    @cached_property
    def version(self) -> str:
        """SHA-256 of what is authored, whatever its indentation (an import drops blank text) and Unicode form."""
        told = json.loads(unicodedata.normalize("NFC", json.dumps(essence(self), ensure_ascii=False)))
        return hashlib.sha256(json.dumps(told).encode("utf-8")).hexdigest()

    @cached_property
    def _scenes(self) -> dict[str, Scene]:
        return {scene.id: scene for scene in reversed(self.scenes)}

    @cached_property
    def _endings(self) -> dict[str, Ending]:
        return {ending.id: ending for ending in reversed(self.endings)}

    @cached_property
    def _levels(self) -> dict[str, Level]:
        return {level.id: level for level in reversed(self.levels)}

    @cached_property
    def _meters(self) -> dict[str, Meter]:
        return {meter.id: meter for meter in reversed(self.meters)}

    @cached_property
    def meter_numbers(self) -> dict[str, int]:
        """Where each meter stands in `meters`."""
        return {meter.id: number for number, meter in enumerate(self.meters)}

    @property
    def places(self) -> tuple[Scene | Ending, ...]:
        """Where a run may stand: the scenes, then the endings."""
        return (*self.scenes, *self.endings)

    @property
    def start(self) -> Scene:
        """The first scene. A scenario without scenes has none: `IndexError`."""
        return self.scenes[0]

    def scene(self, scene_id: str) -> Scene | None:
        """The scene of that id, or None."""
        return self._scenes.get(scene_id)

    def ending(self, ending_id: str) -> Ending | None:
        """The ending of that id, or None."""
        return self._endings.get(ending_id)

    def place(self, place_id: str) -> Scene | Ending | None:
        """The scene or ending of that id, or None."""
        return self.scene(place_id) or self.ending(place_id)

    def known_scene(self, scene_id: str) -> Scene:
        """The scene of an id that is known to be one. Raises `KeyError`."""
        return self._scenes[scene_id]

    def known_place(self, place_id: str) -> Scene | Ending:
        """The scene or ending of an id that is known to be one. Raises `KeyError`."""
        return self.scene(place_id) or self._endings[place_id]

    def level(self, level_id: str) -> Level | None:
        """The level of that id, or None."""
        return self._levels.get(level_id)

    def meter(self, meter_id: str) -> Meter | None:
        """The meter of that id, or None."""
        return self._meters.get(meter_id)

    def person(self, person_id: str) -> Person | None:
        """The person of that id, or None."""
        return next((person for person in self.people if person.id == person_id), None)

    @property
    def timed(self) -> bool:
        """True when a scene runs against a clock."""
        return any(scene.clock for scene in self.scenes)

    def points_of(self, part: Choice | Ending) -> int:
        """What `part` counts in the score."""
        return (part.points or 0) if self.score_by in ("choices" if isinstance(part, Choice) else "endings", "both") else 0
