"""What a film with decisions in it is. All times are seconds of the film, to a tenth."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from ..content import Stray

EARLY, IN_TIME, LATE, TOO_LATE = WINDOW_KINDS = ("early", "in-time", "late", "too-late")
NEVER = "never"
LONGEST = 4 * 3600.0  # seconds of a film
TIME = re.compile(r"(?:(?:(\d{1,2}):)?([0-5]?\d):)?(\d{1,5})(?:\.(\d{1,3}))?")
FILE = re.compile(r"/static/([^/\\\s?#\"'<>][^\\\s?#\"'<>]*)")


def read_time(text: str) -> float | None:
    """The seconds in "8", "8.5", "1:08.5" or "1:02:03"; None for anything else."""
    match = TIME.fullmatch(text.strip()) if text.isascii() else None
    if match is None:
        return None
    hours, minutes, seconds, part = match.groups()
    if minutes is not None and int(seconds) > 59:
        return None
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return round(whole + (float(f"0.{part}") if part else 0.0), 1)


def clock_text(seconds: float) -> str:
    """A time as players write it: "1:08", "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@dataclass(frozen=True)
class Film:
    """The file. `seconds` is how long it counts; what is behind that is shown only as another way. `line` is 0 without one."""

    src: str = ""
    poster: str = ""
    seconds: float = 0.0
    line: int = field(default=0, compare=False)

    @property
    def name(self) -> str:
        """The name of the file in the course; "" where `src` is no file of the course."""
        match = FILE.fullmatch(self.src)
        return match[1] if match and ".." not in match[1] else ""


@dataclass(frozen=True)
class Captions:
    """A WebVTT file of the course in one language. `label` may be empty."""

    lang: str
    src: str
    label: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Still:
    """A still with its words, for people who read the film. It stands for the film from `at` to the next one."""

    at: float
    src: str
    alt: str
    text: str
    line: int = field(default=0, compare=False)

    @property
    def words(self) -> int:
        """How many words there are to read."""
        return len(re.sub(r"<[^>]*>", " ", self.text).split())


@dataclass(frozen=True)
class Choice:
    """One answer to a question. `text` and `feedback` are HTML."""

    id: str
    text: str
    correct: bool
    feedback: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Question:
    """The film pauses at `at` and asks. With `multiple` exactly the correct choices must be picked."""

    id: str
    at: float
    prompt: str
    choices: tuple[Choice, ...]
    multiple: bool = False
    points: float = 1.0
    line: int = field(default=0, compare=False)

    @property
    def to(self) -> float:
        """The end of the moment: a question takes no time of the film."""
        return self.at

    @property
    def possible(self) -> float:
        """The most points."""
        return self.points


@dataclass(frozen=True)
class Window:
    """A stretch of a tape up to `until`, or `NEVER`: what stepping in then earns, what is said, and what followed.

    `other` is the part of the film (from, to) that shows what happens then; None where it just goes on.
    """

    kind: str
    until: float
    points: float
    feedback: str
    followed: str
    other: tuple[float, float] | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Way:
    """How somebody may step in. Its points count where the moment earns something."""

    id: str
    text: str
    points: float
    feedback: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Tape:
    """From `at` to `to` a situation runs, and the learner steps in, or does not. `windows` follow each other from `at` on."""

    id: str
    at: float
    to: float
    prompt: str
    windows: tuple[Window, ...]
    ways: tuple[Way, ...]
    never: Window
    line: int = field(default=0, compare=False)

    @property
    def possible(self) -> float:
        """The most points: of the best window and the best way."""
        return max((one.points for one in self.windows), default=0.0) + max((one.points for one in self.ways), default=0.0)

    def window_at(self, at: float) -> Window:
        """The window in which `at` lies; the first or last one for what lies outside."""
        return next((one for one in self.windows if at < one.until), self.windows[-1])


Moment = Question | Tape


@dataclass(frozen=True)
class Video:
    """A film as authored. `moments` are in the order of the film."""

    film: Film = Film()
    captions: tuple[Captions, ...] = ()
    stills: tuple[Still, ...] = ()
    moments: tuple[Moment, ...] = ()
    strays: tuple[Stray, ...] = field(default=(), compare=False)

    @cached_property
    def _by_id(self) -> dict[str, Moment]:
        return {moment.id: moment for moment in self.moments}

    def moment(self, name: str) -> Moment | None:
        """The moment of that id."""
        return self._by_id.get(name)

    @property
    def possible(self) -> float:
        """The most points of all moments."""
        return sum(moment.possible for moment in self.moments)

    def still_end(self, index: int) -> float:
        """Where the film goes on behind still `index`."""
        return self.stills[index + 1].at if index + 1 < len(self.stills) else self.film.seconds

    def tape_at(self, at: float) -> Tape | None:
        """The tape that runs at `at`."""
        return next((one for one in self.moments if isinstance(one, Tape) and one.at <= at < one.to), None)
