"""Captions of a film, from its timeline: WebVTT and SRT, in each language."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ..timeline import LineTime, Seconds, ShotTime, Timeline
from .breaking import cues_of, rows

FASTEST = 19.0  # characters a second, a little below what dti_video allows
LEAST = 1.0  # seconds that a caption stands, where the next one lets it
APART = 0.04  # seconds between one caption and the next
LINGER = 0.9  # seconds that a caption may stay after its words are said
# How long a mark holds the voice up, in characters.
HELD = {".": 7, "?": 7, "!": 7, "…": 7, ":": 5, ";": 5, ",": 3}
RADIO = {"en": "[Radio]", "es": "[Radio]"}
PHONE = {"en": "[Phone]", "es": "[Teléfono]"}
# Sounds that tell something to those who cannot hear them. Rain, rooms and streets are seen.
NOTES = {
    "phone": {"en": "[A phone rings]", "es": "[Suena un teléfono]"},
    "door": {"en": "[A door]", "es": "[Una puerta]"},
    "cuffs": {"en": "[Handcuffs click]", "es": "[Clic de esposas]"},
    "steps": {"en": "[Footsteps]", "es": "[Pasos]"},
    "heart": {"en": "[A heartbeat]", "es": "[Latidos]"},
}


@dataclass(frozen=True)
class Cue:
    """A caption from `start` to `end` seconds: one or two rows, and who speaks ("" for the narrator)."""

    start: float
    end: float
    rows: tuple[str, ...]
    speaker: str = ""

    @property
    def text(self) -> str:
        """The words in one row."""
        return " ".join(self.rows)


def captions(timeline: Timeline, lang: str, seconds: Seconds) -> list[Cue]:
    """The captions of a film. A caption begins when its first word is said, never before: it gives nothing away."""
    cues: list[Cue] = []
    before = ""
    lines = [(shot, line) for shot in timeline.shots for line in shot.lines]
    for number, (shot, line) in enumerate(lines):
        limit = lines[number + 1][1].start - APART if number + 1 < len(lines) else timeline.seconds - APART
        name = _name(timeline, line, lang)
        said = min(line.start + (seconds.get(lang, {}).get(line.key) or line.end - line.start), limit)
        dash = "– " if name and number and before != line.line.who else ""
        cues += _of_line(shot, line, lang, (said, limit), name, dash)
        before = line.line.who
    return cues


def vtt(cues: list[Cue]) -> str:
    """The captions as WebVTT."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        voice = f"<v {html.escape(cue.speaker, quote=False)}>" if cue.speaker else ""
        body = html.escape("\n".join(cue.rows), quote=False)
        parts.append(f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{voice}{body}\n")
    return "\n".join(parts)


def srt(cues: list[Cue]) -> str:
    """The captions as SubRip, for players that know no WebVTT."""
    return "\n".join(
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n" + "\n".join(cue.rows) + "\n"
        for number, cue in enumerate(cues, 1)
    )


def _of_line(shot: ShotTime, line: LineTime, lang: str, ends: tuple[float, float], name: str, dash: str) -> Iterator[Cue]:
    """The cues of one line, which is said until `ends[0]` and may stand until `ends[1]`."""
    written = f"{dash}{line.line.written(lang)}"
    if line.line.radio or line.line.phone:
        written = f"{(RADIO if line.line.radio else PHONE)[lang]} {written}"
    notes = " ".join(_notes(shot, line, lang))
    for text in (f"{notes} {written}", written) if notes else (written,):
        parts = cues_of(text)
        times = _times(parts, line.start, *ends)
        if times[-1] <= ends[1] + 0.001:
            break
    else:
        times = _squeezed(parts, line.start, ends[1])
    for number, part in enumerate(parts):
        last = number + 1 == len(parts)
        until = min(ends[1], max(times[number + 1], min(ends[0] + LINGER, times[number] + LEAST))) if last else times[number + 1]
        yield Cue(round(times[number], 3), round(until - (0 if last else APART), 3), tuple(rows(part)), name)


def _times(parts: list[str], start: float, said: float, limit: float) -> list[float]:
    """When each part begins, and when the last one ends: as it is said, but no faster than it can be read."""
    sizes = [_size(part) for part in parts]
    whole, at = sum(sizes), start
    times = [start]
    spoken = start
    for part, size in zip(parts, sizes, strict=True):
        spoken += (said - start) * size / whole
        at = max(spoken, at + len(part) / FASTEST + APART)
        times.append(at)
    times[-1] = max(said, min(times[-1], limit) if times[-1] - limit < 0.001 else times[-1])
    return times


def _squeezed(parts: list[str], start: float, limit: float) -> list[float]:
    """Where there is too little time for all: each part has time by its length."""
    whole, at, times = sum(map(len, parts)), start, [start]
    for part in parts:
        at += (limit - start) * len(part) / whole
        times.append(at)
    return times


def _notes(shot: ShotTime, line: LineTime, lang: str) -> Iterator[str]:
    """What is heard as the line begins, beside the words."""
    for one in shot.sounds:
        if one.sound.at is not None and one.sound.kind in NOTES and abs(one.start - line.start) < 0.3:
            yield NOTES[one.sound.kind][lang]


def _size(text: str) -> float:
    return len(text) + HELD.get(text[-1:], 0) + sum(HELD.get(mark, 0) for mark, after in pairwise(text) if after == " ")


def _name(timeline: Timeline, line: LineTime, lang: str) -> str:
    person = timeline.storyboard.cast.get(line.line.who)
    name = person.name.of(lang) if person else ""
    return name[:1].upper() + name[1:]


def _stamp(seconds: float, mark: str) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}{mark}{rest % 1000:03d}"
