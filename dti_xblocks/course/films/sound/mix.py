"""All that is heard in a film, in one: voices at their times, the noises of the places under them, the short sounds."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

import numpy as np
from scipy.signal import butter, resample_poly, sosfilt

from ..timeline import ShotTime, Timeline
from . import foley, waves
from .foley import RATE
from .loudness import Loudness, measure, normalized
from .speak import RATE as SPOKEN_RATE
from .speak import recording

# How loud things are beside the voices, whose loud parts have a root mean square of 0.11.
LEVELS = {
    "rain": 0.011, "room": 0.0045, "street": 0.009, "engine": 0.010,
    "squelch": 0.10, "steps": 0.13, "cuffs": 0.12, "door": 0.16, "phone": 0.08, "clock": 0.05, "heart": 0.16,
}  # fmt: skip
FADE = 0.5  # seconds in which one place gives way to the next
DUCKED = 0.5  # what is left of the noises while somebody speaks
RADIO_LEAD = 0.11  # seconds by which the radio opens before its words
RADIO_BAND = (380.0, 2900.0)


def mix(timeline: Timeline, var: Path, lang: str, raining: Collection[str] = ()) -> Any:
    """The sound of a film, 48,000 numbers a second; `raining` are the ids of shots in which it rains without a `sounds` entry."""
    count = round(timeline.seconds * RATE)
    rng = np.random.default_rng(zlib.crc32(timeline.storyboard.name.encode()))
    voices, hits = np.zeros(count), np.zeros(count)
    for line in timeline.lines():
        said = _voice(recording(var, timeline.storyboard, lang, line.key), line.line.radio or line.line.phone)
        _add(voices, said, line.start)
        if line.line.radio:
            _add(hits, LEVELS["squelch"] * foley.squelch(rng), line.start - RADIO_LEAD)
            _add(hits, 0.6 * LEVELS["squelch"] * foley.squelch(rng), line.start + len(said) / RATE + 0.02)
    for shot in timeline.shots:
        _hits(hits, shot, rng)
    return voices + (_places(timeline, raining, count, rng) + hits) * _duck(voices) * _ends(count)


def write(timeline: Timeline, var: Path, lang: str, into: Path, raining: Collection[str] = ()) -> Loudness:
    """The sound of a film as a WAV file of one channel, at the loudness of all films; how loud it is."""
    sound = normalized(mix(timeline, var, lang, raining))
    waves.write(into, sound, RATE)
    return measure(sound)


def _voice(path: Path, radio: bool) -> Any:
    """A recording at the rate of the mix; through a radio or a phone it loses its depths and heights."""
    said, rate = waves.read(path)
    if rate != SPOKEN_RATE:
        raise ValueError(f"{path} has {rate} numbers a second, not {SPOKEN_RATE}")
    sound = resample_poly(said, RATE // SPOKEN_RATE, 1)
    low, high = RADIO_BAND if radio else (70.0, 12000.0)
    heard = sosfilt(butter(4 if radio else 2, [low, high], "band", fs=RATE, output="sos"), sound)
    if not radio:
        return heard
    pressed = np.tanh(heard * 4) / 4
    return pressed * np.sqrt((sound**2).mean() / max(1e-12, (pressed**2).mean())) * 0.9


def _places(timeline: Timeline, raining: Collection[str], count: int, rng: np.random.Generator) -> Any:
    """The lasting sounds, each as loud as the shots want it, one giving way to the next."""
    whole = np.zeros(count)
    times = np.arange(count) / RATE
    for kind, made in foley.LASTING.items():
        wanted = [_wants(shot, kind, raining) for shot in timeline.shots]
        if not any(wanted):
            continue
        knots, levels = [], []
        for shot, level in zip(timeline.shots, wanted, strict=True):
            half = min(FADE, (shot.end - shot.start) / 2) / 2
            knots += [shot.start + half, shot.end - half]
            levels += [level, level]
        whole += made(count, rng) * LEVELS[kind] * np.interp(times, knots, levels)
    return whole


def _wants(shot: ShotTime, kind: str, raining: Collection[str]) -> float:
    """How much of a lasting sound a shot has; the air of a room is in all of them, so that there is never nothing."""
    asked = any(one.sound.kind == kind and one.sound.at is None for one in shot.sounds)
    if kind == "rain":
        asked = asked or shot.shot.id in raining
    return 1.0 if asked else 0.6 if kind == "room" else 0.0


def _hits(into: Any, shot: ShotTime, rng: np.random.Generator) -> None:
    """The short sounds of a shot, and those that come again until it ends."""
    for one in shot.sounds:
        kind = one.sound.kind
        if kind in foley.SHORT:
            _add(into, LEVELS[kind] * foley.SHORT[kind](rng), one.start)
        elif kind in foley.AGAIN:
            made, every = foley.AGAIN[kind]
            for at in np.arange(one.start, shot.end - 0.2, every):
                _add(into, LEVELS[kind] * made(rng), float(at))
        elif one.sound.at is not None:  # a lasting sound from a moment on
            count = int((shot.end - one.start) * RATE)
            if count > 0:
                rise = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.3 * RATE))
                _add(into, LEVELS[kind] * foley.LASTING[kind](count, rng) * rise, one.start)


def _add(whole: Any, sound: Any, at: float) -> None:
    first = max(0, round(at * RATE))
    kept = sound[: max(0, len(whole) - first)]
    whole[first : first + len(kept)] += kept


def _duck(voices: Any) -> Any:
    """What the noises are multiplied by: less where somebody speaks."""
    heard = sosfilt(butter(1, 3.5, "low", fs=RATE, output="sos"), np.abs(voices))
    return 1 - (1 - DUCKED) * np.clip(heard / 0.035, 0, 1)


def _ends(count: int) -> Any:
    """The film begins and ends softly."""
    at = np.arange(count) / RATE
    return np.minimum(1, np.minimum(at / 0.4, at[::-1] / 0.7))
