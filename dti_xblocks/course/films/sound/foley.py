"""The noises of a place and of what people do, made by code: rain, rooms, streets, radios, steps, cuffs. Nothing is recorded.

Each function returns numbers, 48,000 a second. Lasting sounds (`LASTING`) are as long as asked, and the root of their mean square
is 1; short ones (`SHORT`) have a highest peak of 1. How loud they are in a film is said in `mix`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.signal import butter, sosfilt

RATE = 48000
Sound = Any  # an array of floats


def _band(sound: Sound, low: float, high: float, order: int = 2) -> Sound:
    return sosfilt(butter(order, [low, high], "band", fs=RATE, output="sos"), sound)


def _below(sound: Sound, high: float, order: int = 2) -> Sound:
    return sosfilt(butter(order, high, "low", fs=RATE, output="sos"), sound)


def _even(sound: Sound) -> Sound:
    return sound / max(1e-9, float(np.sqrt((sound**2).mean())))


def _peak(sound: Sound) -> Sound:
    return sound / max(1e-9, float(np.abs(sound).max()))


def _seconds(count: float) -> Sound:
    return np.arange(int(count * RATE)) / RATE


def _swell(count: int, rng: np.random.Generator, every: float, least: float) -> Sound:
    """Something between `least` and 1 that changes slowly: a new height every so many seconds."""
    knots = max(2, int(count / RATE / every) + 2)
    return np.interp(np.arange(count) / RATE, np.arange(knots) * every, rng.uniform(least, 1, knots))


def _ring(length: float, tones: dict[float, float], fade: float) -> Sound:
    """Tones that die away: frequency -> strength."""
    t = _seconds(length)
    return sum(strength * np.sin(2 * np.pi * hertz * t) for hertz, strength in tones.items()) * np.exp(-t / fade)


def _placed(length: float, parts: list[tuple[float, Sound]]) -> Sound:
    whole = np.zeros(int(length * RATE))
    for at, sound in parts:
        first = int(at * RATE)
        kept = sound[: len(whole) - first]
        whole[first : first + len(kept)] += kept
    return whole


def rain(count: int, rng: np.random.Generator) -> Sound:
    """Rain on asphalt: a soft hiss, and drops that are near."""
    hiss = _band(rng.normal(size=count), 600, 6500) * _swell(count, rng, 2.5, 0.85)
    drops = _band((rng.random(count) < 16 / RATE) * rng.uniform(0.3, 1, count), 1700, 5200)
    return _even(_even(hiss) + 0.45 * _even(drops))


def room(count: int, rng: np.random.Generator) -> Sound:
    """A room at night: air, and lamps that hum."""
    t = np.arange(count) / RATE
    hum = np.sin(2 * np.pi * 120 * t) + 0.4 * np.sin(2 * np.pi * 240 * t + 1)
    return _even(_even(_below(rng.normal(size=count), 260)) + 0.12 * hum)


def street(count: int, rng: np.random.Generator) -> Sound:
    """A street some way off: tyres that swell and fade."""
    far = _band(rng.normal(size=count), 70, 420) * _swell(count, rng, 3.0, 0.35)
    wind = _band(rng.normal(size=count), 400, 1600) * _swell(count, rng, 1.7, 0.2)
    return _even(_even(far) + 0.25 * _even(wind))


def engine(count: int, rng: np.random.Generator) -> Sound:
    """An engine that idles."""
    t = np.arange(count) / RATE
    wander = 1 + 0.012 * (_swell(count, rng, 0.6, 0) - 0.5)
    turn = np.cumsum(wander) / RATE
    tones = ((41, 0.5, 0), (82, 0.35, 1), (123, 0.22, 2), (205, 0.1, 0))  # hertz, strength, phase
    idle = sum(strength * np.sin(2 * np.pi * hertz * turn + phase) for hertz, strength, phase in tones)
    return _even(_even(idle * (1 + 0.15 * np.sin(2 * np.pi * 6.8 * t))) + 0.3 * _even(_band(rng.normal(size=count), 90, 700)))


def squelch(rng: np.random.Generator) -> Sound:
    """A radio that opens: a click and a breath of noise."""
    t = _seconds(0.16)
    noise = _band(rng.normal(size=len(t)), 700, 3200) * np.exp(-(((t - 0.05) / 0.045) ** 2))
    click = _placed(0.16, [(0.0, _ring(0.02, {1900.0: 1.0, 3100.0: 0.5}, 0.003))])
    return _peak(_peak(noise) + 0.5 * click)


def steps(rng: np.random.Generator) -> Sound:
    """Four steps of boots."""
    parts = []
    for number in range(4):
        heel = _ring(0.16, {rng.uniform(62, 80): 1.0, rng.uniform(120, 150): 0.4}, 0.035)
        grit = _band(rng.normal(size=int(0.09 * RATE)), 900, 4200) * np.exp(-_seconds(0.09) / 0.022)
        at = 0.02 + number * 0.54 + rng.uniform(-0.02, 0.02)
        parts += [(max(0.0, at), heel), (at + 0.03, 0.22 * _peak(grit)), (at + 0.11, 0.12 * _peak(grit))]
    return _peak(_placed(2.2, parts))


def cuffs(rng: np.random.Generator) -> Sound:
    """Handcuffs: a ratchet, and the lock."""
    parts, at = [], 0.01
    for _ in range(9):
        parts.append((at, rng.uniform(0.5, 0.8) * _ring(0.05, {2300.0: 0.7, 3900.0: 1.0, 6100.0: 0.5}, 0.007)))
        at += rng.uniform(0.02, 0.032)
    parts.append((at + 0.05, _ring(0.12, {1500.0: 0.6, 2700.0: 1.0, 4400.0: 0.7}, 0.018)))
    return _peak(_placed(0.6, parts))


def door(rng: np.random.Generator) -> Sound:
    """A door that falls shut."""
    t = _seconds(0.5)
    boom = _ring(0.5, {58.0: 1.0, 96.0: 0.6, 143.0: 0.3}, 0.09)
    slam = _band(rng.normal(size=len(t)), 140, 1100) * np.exp(-t / 0.04)
    latch = _placed(0.5, [(0.03, _ring(0.06, {1250.0: 1.0, 2600.0: 0.6}, 0.01))])
    return _peak(boom + 0.8 * _peak(slam) + 0.3 * latch)


def phone(rng: np.random.Generator) -> Sound:
    """A phone that rings twice, as in North America: 440 and 480 Hz."""
    t = _seconds(0.9)
    ring = (np.sin(2 * np.pi * 440 * t) + np.sin(2 * np.pi * 480 * t)) * (1 + 0.3 * np.sin(2 * np.pi * 20 * t))
    ring *= np.minimum(1, np.minimum(t, 0.9 - t) / 0.02)
    return _peak(_placed(2.4, [(0.0, ring), (1.4, ring)]))


def tick(rng: np.random.Generator) -> Sound:
    """One tick of a clock."""
    return _peak(_ring(0.05, {2150.0 + rng.uniform(-60, 60): 1.0, 3400.0: 0.4}, 0.006))


def beat(rng: np.random.Generator) -> Sound:
    """One beat of a heart."""
    first, second = _ring(0.2, {52.0: 1.0, 78.0: 0.3}, 0.05), _ring(0.2, {60.0: 0.7, 92.0: 0.2}, 0.04)
    return _peak(_placed(0.6, [(0.0, first), (0.27, second)]))


LASTING: dict[str, Callable[[int, np.random.Generator], Sound]] = {"rain": rain, "room": room, "street": street, "engine": engine}
SHORT: dict[str, Callable[[np.random.Generator], Sound]] = {
    "squelch": squelch, "steps": steps, "cuffs": cuffs, "door": door, "phone": phone,
}  # fmt: skip
# These come again and again until the shot ends: the sound, and every how many seconds.
AGAIN: dict[str, tuple[Callable[[np.random.Generator], Sound], float]] = {"clock": (tick, 1.0), "heart": (beat, 0.95)}
