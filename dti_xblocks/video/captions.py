"""Caption files: WebVTT as browsers read it, and what readers of captions need (BBC and DCMP guidelines agree on it)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..content import WARNING, Finding, Problem, Rulebook

FASTEST = 20  # characters a second
MOST_LINES = 2
LARGEST = 512 * 1024  # bytes of a file
MOST_CUES = 5000
STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMING = re.compile(rf"{STAMP}[ \t]+-->[ \t]+{STAMP}(?:[ \t].*)?")
TAG = re.compile(r"<[^>]*>")
SPEAKER = re.compile(r"<v(?:\.[^ \t>]*)?[ \t]+([^>]+)>")


@dataclass(frozen=True)
class Cue:
    """One caption: from `start` to `end` seconds, its lines of plain words, and who speaks ("" where that is not said)."""

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str = ""
    line: int = 0

    @property
    def text(self) -> str:
        """The words on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class Track:
    """A caption file as it was read: `lang` names it, `broken` are lines with an arrow that are no times."""

    lang: str
    is_vtt: bool
    cues: tuple[Cue, ...]
    broken: tuple[int, ...] = ()
    seconds: float = 0.0


RULES: Rulebook[[Track]] = Rulebook()


def read(text: str, lang: str = "", seconds: float = 0.0) -> Track:
    """The captions in `text`; `seconds` is the length of the film, 0 where it is not known. Never raises."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_vtt = bool(re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]))
    cues: list[Cue] = []
    broken: list[int] = []
    at = 1 if is_vtt else 0
    while at < len(lines) and len(cues) < MOST_CUES:
        if "-->" not in lines[at]:
            at += 1
            continue
        number, match = at + 1, TIMING.fullmatch(lines[at].strip())
        body = []
        at += 1
        while at < len(lines) and lines[at].strip() and "-->" not in lines[at]:
            body.append(lines[at])
            at += 1
        if match is None:
            broken.append(number)
            continue
        parts = match.groups()
        cues.append(_cue(_seconds(*parts[:4]), _seconds(*parts[4:]), body, number))
    return Track(lang, is_vtt, tuple(cues), tuple(broken), seconds)


def check(track: Track) -> list[Problem]:
    """Every problem of a caption file; lines are those of the file."""
    return RULES.problems(track)


@RULES.rule("VD030")
def is_webvtt(track: Track) -> Iterator[Finding]:
    """The file is no WebVTT, or has no caption in it: browsers show nothing of it."""
    if not track.is_vtt:
        yield track.lang, "The file does not begin with WEBVTT. Save the captions as WebVTT.", 1
    elif not track.cues:
        yield track.lang, "There is no caption in the file.", 1
    for line in track.broken:
        yield track.lang, "The times of this caption cannot be read. Write 00:01.000 --> 00:03.000.", line


@RULES.rule("VD031")
def cues_are_in_order(track: Track) -> Iterator[Finding]:
    """A caption ends before it begins, or begins before the one above it: it comes at the wrong time or never."""
    before = -1.0
    for cue in track.cues:
        if cue.end <= cue.start:
            yield track.lang, "This caption ends before it begins.", cue.line
        if cue.start < before:
            yield track.lang, "This caption begins before the one above it. Put them in order.", cue.line
        before = max(before, cue.start)


@RULES.rule("VD032", WARNING)
def cues_do_not_overlap(track: Track) -> Iterator[Finding]:
    """Two captions at the same time cover the picture."""
    for one, other in pairwise(track.cues):
        if one.start <= other.start < one.end:
            yield track.lang, "This caption comes while the one above it is still shown.", other.line


@RULES.rule("VD033", WARNING)
def cues_can_be_read(track: Track) -> Iterator[Finding]:
    """More than 20 characters a second cannot be read."""
    for cue in track.cues:
        time = cue.end - cue.start
        if time > 0 and len(cue.text) / time > FASTEST:
            speed = round(len(cue.text) / time)
            message = f"This caption has {speed} characters a second; people read {FASTEST}. Show it longer, or make it shorter."
            yield track.lang, message, cue.line


@RULES.rule("VD034", WARNING)
def cues_have_two_lines(track: Track) -> Iterator[Finding]:
    """More than two lines cover the picture."""
    for cue in track.cues:
        if len(cue.lines) > MOST_LINES:
            yield track.lang, f"This caption has {len(cue.lines)} lines. Two are the most.", cue.line


@RULES.rule("VD035", WARNING)
def cues_are_in_the_film(track: Track) -> Iterator[Finding]:
    """A caption after the end of the film is never shown. Other ways, which stand behind it, may have some."""
    if track.cues and track.seconds and track.cues[0].start >= track.seconds:
        yield track.lang, "All captions come after the end of the film.", track.cues[0].line


def _seconds(hours: str | None, minutes: str, seconds: str, part: str) -> float:
    return int((hours or "0")[-4:]) * 3600 + int(minutes) * 60 + int(seconds) + int(part) / 1000


def _cue(start: float, end: float, body: list[str], line: int) -> Cue:
    named = SPEAKER.search(" ".join(body))
    words = tuple(" ".join(html.unescape(TAG.sub("", one)).split()) for one in body)
    speaker = " ".join(html.unescape(named[1]).split()) if named else ""
    return Cue(start, end, tuple(one for one in words if one), speaker, line)
