"""How often a place of the picture flashes, as WCAG 2.3.1 counts: a flash is a rise and a fall of a tenth of the greatest
relative luminance, the darker of the two below 0.8, or of a saturated red; three in a second are the most.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

CHANGE, DARKER = 0.10, 0.80
MOST = 3
RED, RED_CHANGE = 0.8, 20.0  # share of red from which it is saturated; change of (R - G - B) x 320
COLUMNS, ROWS = 64, 36  # places that are looked at


class Flashes:
    """Counts while the frames go by; each `add` is a small picture (blue, green, red in bytes), `rate` of them a second."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._small: list[NDArray[np.uint8]] = []

    def add(self, small: NDArray[np.uint8]) -> None:
        """One frame more."""
        self._small.append(small)

    def most(self) -> float:
        """The most flashes within a second that any place had, halves for a rise alone."""
        if not self._small:
            return 0.0
        colours = np.stack(self._small)[..., ::-1].astype(np.float32) / 255
        linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
        light = linear @ np.array([0.2126, 0.7152, 0.0722], np.float32)
        reds = np.where(linear[..., 0] / np.maximum(linear.sum(-1), 1e-6) >= RED, linear[..., 0] * 2 - linear.sum(-1), 0) * 320
        general = most_changes(light.reshape(len(light), -1), CHANGE, DARKER, self.rate)
        return max(general, most_changes(np.maximum(reds, 0).reshape(len(reds), -1), RED_CHANGE, np.inf, self.rate)) / 2


def most_changes(values: NDArray[np.floating], change: float, darker: float, rate: int) -> int:
    """The most turns of at least `change` within a second, over columns of `values`; its rows are frames."""
    low, high = values[0].copy(), values[0].copy()
    direction = np.zeros(values.shape[1], np.int8)
    turns = np.zeros(values.shape, np.int16)
    for number, now in enumerate(values):
        rising = (now - low >= change) & (low < darker) & (direction <= 0)
        falling = (high - now >= change) & (now < darker) & (direction >= 0)
        turns[number] = rising | falling
        direction[rising], direction[falling] = 1, -1
        low = np.where(rising, now, np.minimum(low, now))
        high = np.where(falling, now, np.maximum(high, now))
        low, high = np.where(falling, now, low), np.where(rising, now, high)
    return most_within(turns, rate)


def most_within(turns: Sequence | NDArray[np.int16], rate: int) -> int:
    """The greatest sum over a second of any column."""
    total = np.cumsum(np.asarray(turns), axis=0)
    window = total.copy()
    window[rate:] -= total[:-rate] if rate < len(total) else 0
    return int(window.max())
