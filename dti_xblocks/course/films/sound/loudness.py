"""How loud a sound is (ITU-R BS.1770: LUFS, true peak), and how to make it as loud as it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import lfilter, resample_poly

TARGET = -16.0  # LUFS
CEILING = -2.0  # dB true peak of the mix: coding as AAC may add to it, and -1 is the limit
BLOCK, STEP = 0.4, 0.1  # seconds
# The filters of BS.1770 at 48,000 a second: the head, then the low cut.
SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
CUT = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


@dataclass(frozen=True)
class Loudness:
    """LUFS of the whole, and the true peak in dB."""

    lufs: float
    peak: float


def integrated(sound: Any, rate: int = 48000) -> float:
    """The loudness of a sound of one channel, in LUFS; -70 for silence."""
    if rate != 48000:
        raise ValueError("The filters are those for 48,000 numbers a second.")
    heard = lfilter(*CUT, lfilter(*SHELF, sound))
    size, step = int(BLOCK * rate), int(STEP * rate)
    sums = np.concatenate(([0.0], np.cumsum(heard**2)))
    starts = np.arange(0, max(1, len(heard) - size + 1), step)
    power = (sums[np.minimum(starts + size, len(heard))] - sums[starts]) / size
    loud = power[_lufs(power) > -70]
    if not len(loud):
        return -70.0
    kept = loud[_lufs(loud) > _lufs(loud.mean()) - 10]
    return float(_lufs(kept.mean()))


def true_peak(sound: Any) -> float:
    """The highest peak between the numbers too, in dB."""
    highest = 0.0
    for first in range(0, len(sound), 480000):
        part = sound[max(0, first - 200) : first + 480200]
        highest = max(highest, float(np.abs(resample_poly(part, 4, 1)).max()))
    return float(20 * np.log10(max(highest, 1e-9)))


def measure(sound: Any) -> Loudness:
    """Both numbers of a sound."""
    return Loudness(round(integrated(sound), 2), round(true_peak(sound), 2))


def normalized(sound: Any) -> Any:
    """`sound` at the loudness that all films have, its peaks held below the ceiling."""
    made, ceiling = sound, CEILING
    gain = 0.0
    for _ in range(4):
        gain += TARGET - integrated(made)
        made = limited(sound * 10 ** (gain / 20), ceiling)
        over = true_peak(made) - CEILING
        if over > 0:
            ceiling -= over
            made = limited(sound * 10 ** (gain / 20), ceiling)
        if abs(TARGET - integrated(made)) < 0.05:
            break
    return made


def limited(sound: Any, ceiling: float, rate: int = 48000) -> Any:
    """`sound` with its peaks pressed below `ceiling` dB: softly, and from a little before each."""
    most = 10 ** (ceiling / 20)
    wanted = np.minimum(1.0, most / np.maximum(np.abs(sound), 1e-9))
    width = int(0.008 * rate) | 1
    gain = uniform_filter1d(minimum_filter1d(wanted, 2 * width + 1), width)
    return np.clip(sound * gain, -most, most)


def _lufs(power: Any) -> Any:
    return -0.691 + 10 * np.log10(np.maximum(power, 1e-12))
