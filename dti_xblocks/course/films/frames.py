"""Any moment of a film as a picture: a function of time alone. Light bars move, cameras go their way, shots dissolve."""

from __future__ import annotations

import math
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from .acting import state
from .cels import HEIGHT, SMALL, WIDTH, Cels
from .lettering import card, faded, laid
from .motion import ease
from .storyboard import CARD
from .timeline import ShotTime, Timeline

cv2.setNumThreads(1)  # films are shared by processes; more threads would only wait for each other
BAR = 0.9  # times a second
LEAST_LIGHT = 0.28
DISSOLVE, DISSOLVE_PLACES = 0.3, 0.5  # seconds: within a scene, between scenes
FADE_IN, FADE_OUT = 0.5, 0.7
PARALLAX = 0.16  # of the camera's way, between what is near and the middle
WORDS_IN, WORDS_OUT = 0.3, 0.3
RAIN = ((1.25, 34, 26, 46), (1.6, 26, 34, 62), (2.0, 18, 50, 90))  # heights of the picture a second, drops, shortest, longest
SLANT = 0.22
Bytes = NDArray[np.uint8]


def bar(second: float) -> tuple[float, float]:
    """How bright red and blue are: raised cosines in opposite phase, so that no place flashes more than once a second."""

    def wave(phase: float) -> float:
        return LEAST_LIGHT + (1 - LEAST_LIGHT) * (0.5 - 0.5 * math.cos(2 * math.pi * (BAR * second + phase))) ** 1.4

    return wave(0.0), wave(0.5)


class Rain:
    """Rain in three depths, each a tile that moves down and aside."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        random = np.random.default_rng(4)
        self.tiles = [self._tile(random, count, short, long) for _, count, short, long in RAIN]

    def _tile(self, random: np.random.Generator, count: int, short: float, long: float) -> Bytes:
        tile, unit = np.zeros((self.height, self.width, 3), np.uint8), self.height / 720
        for _ in range(count):
            x, y, length = random.uniform(0, self.width), random.uniform(0, self.height), random.uniform(short, long) * unit
            for dx in (-self.width, 0, self.width):
                for dy in (-self.height, 0):  # so that the tile repeats without a seam
                    start = round(x + dx), round(y + dy)
                    end = round(x + dx - SLANT * length), round(y + dy + length)
                    cv2.line(tile, start, end, (34, 30, 27), 1, cv2.LINE_AA)
        return tile

    def over(self, picture: Bytes, second: float) -> Bytes:
        """The picture in the rain."""
        for (speed, *_), tile in zip(RAIN, self.tiles, strict=True):
            down = round(second * speed * self.height)
            shifted = np.roll(tile, (down % self.height, -round(down * SLANT) % self.width), (0, 1))
            picture = _whole(cv2.add(picture, shifted))
        return picture


class Film:
    """The frames of a film in a language. `cels` are those of the shots, None for cards; `loader` may bring them when needed."""

    def __init__(
        self, timeline: Timeline, loader: Callable[[int], Cels | None], raining: list[bool], language: str, size=(WIDTH, HEIGHT)
    ):
        self.timeline, self.language, self.raining, self.loader = timeline, language, raining, loader
        self.width, self.height = size
        self.rain = Rain(*size)
        self._loaded: dict[int, Cels | None] = {}
        self._drawn: dict[int, tuple[tuple, list[Bytes]]] = {}

    def frame(self, second: float) -> Bytes:
        """The picture (blue, green, red) of a moment."""
        shots, number = self.timeline.shots, self.timeline.at(second)
        for old in [one for one in self._loaded if one < number - 1]:
            del self._loaded[old]
            self._drawn.pop(old, None)
        picture = self._shot(number, second)
        if number:
            long = DISSOLVE if shots[number - 1].shot.scene == shots[number].shot.scene else DISSOLVE_PLACES
            share = (second - shots[number].start) / long
            if share < 1:
                before = self._shot(number - 1, second)
                on = ease(share)
                picture = _whole(cv2.addWeighted(picture, on, before, 1 - on, 0))
        light = min(second / FADE_IN, (self.timeline.seconds - second) / FADE_OUT, 1.0)
        return faded(picture, ease(light))

    def bare(self, number: int, second: float) -> Bytes:
        """A shot without words."""
        timed = self.timeline.shots[number]
        cels = self._cels(number)
        red, blue = bar(second)
        if cels is None:
            dark, warm, cold = card(self.width, self.height)
            picture = _mixed([dark, warm, cold], red * 0.8, blue * 0.8)
        else:
            picture = self._seen(cels, self._layers(number, cels, second), timed, second, red, blue)
        return self.rain.over(picture, second) if self.raining[number] else picture

    def _shot(self, number: int, second: float) -> Bytes:
        timed = self.timeline.shots[number]
        picture = self.bare(number, second)
        if timed.words is not None and timed.shot.words:
            out = 1.0 if number == len(self.timeline.shots) - 1 else ease((timed.end + 0.15 - second) / WORDS_OUT)
            much = ease((second - timed.words) / WORDS_IN) * out
            if much > 0:
                kind = "card" if timed.shot.scene == CARD else "foot"
                picture = laid(picture, timed.shot.words.words.of(self.language), much, kind)
        if timed.clock is not None and timed.shot.clock:
            picture = self._clock(picture, timed, second)
        return picture

    def _clock(self, picture: Bytes, timed: ShotTime, second: float) -> Bytes:
        clock, start = timed.shot.clock, timed.clock
        if clock is None or start is None or second < start - WORDS_IN:
            return picture
        gone = min(int(max(second - start, 0)), abs(clock.last - clock.first))
        shown = clock.first + (gone if clock.last > clock.first else -gone)
        return laid(picture, f"0:{shown:02}", ease((second - start + WORDS_IN) / WORDS_IN), "clock")

    def _cels(self, number: int) -> Cels | None:
        if number not in self._loaded:
            self._loaded[number] = self.loader(number)
        return self._loaded[number]

    def _layers(self, number: int, cels: Cels, second: float) -> list[Bytes]:
        """The layers of a shot's canvas with the drawing of a moment."""
        now = state(self.timeline.shots[number], second)
        kept = self._drawn.get(number)
        if kept is None or kept[0] != now:
            layers = cels.still
            if now in cels.patches:
                (left, top, right, bottom), pictures = cels.patches[now]
                layers = [one.copy() for one in cels.still]
                for layer, picture in zip(layers, pictures, strict=True):
                    layer[top:bottom, left:right] = picture
            kept = now, layers
            self._drawn[number] = kept
        return kept[1]

    def _seen(self, cels: Cels, layers: list[Bytes], timed: ShotTime, second: float, red: float, blue: float) -> Bytes:
        canvas = _mixed(layers, red, blue) if len(layers) == 3 else layers[0]
        way, frame = timed.shot.camera, cels.frame
        share = (second - timed.start) / (timed.end - timed.start)
        on = 0.45 * min(max(share, 0), 1.05) + 0.55 * ease(share)
        x, y, zoom = (a + (b - a) * on for a, b in zip(way.first, way.last, strict=True))
        step = frame.width / (self.width * zoom)
        left, top = (x - 0.5 / zoom) * frame.width - frame.window[0], (y - 0.5 / zoom) * frame.height - frame.window[1]
        if way.first == way.last:
            matrix = np.array([[step, 0, left + (step - 1) / 2], [0, step, top + (step - 1) / 2]], np.float32)
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            size = (self.width, self.height)
            return _whole(cv2.warpAffine(canvas, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))
        across = (np.arange(self.width // SMALL, dtype=np.float32) + 0.5) * SMALL * step + left
        down = (np.arange(self.height // SMALL, dtype=np.float32) + 0.5) * SMALL * step + top
        columns, rows = np.meshgrid(across, down)
        near = cv2.remap(cels.near, columns / SMALL, rows / SMALL, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        # The camera goes past what is near faster than past what is far; in the middle of the shot all is as it was drawn.
        mx, my, mzoom = ((a + b) / 2 for a, b in zip(way.first, way.last, strict=True))
        columns += (
            near * PARALLAX * ((x - mx) * frame.width + (columns - left - step * self.width / 2) * (zoom - mzoom) / zoom * -1)
        )
        rows += near * PARALLAX * ((y - my) * frame.height + (rows - top - step * self.height / 2) * (zoom - mzoom) / zoom * -1)
        size = (self.width, self.height)
        maps = [cv2.resize(one.astype(np.float32), size, interpolation=cv2.INTER_LINEAR) - 0.5 for one in (columns, rows)]
        return _whole(cv2.remap(canvas, maps[0], maps[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))


def _mixed(layers: list[Bytes], red: float, blue: float) -> Bytes:
    """The picture without a light bar, and the two that have one colour of it each, in the shares of a moment."""
    lit = cv2.addWeighted(layers[1], red, layers[2], blue, 0)
    return _whole(cv2.addWeighted(lit, 1, layers[0], 1 - red - blue, 0))


def _whole(picture: object) -> Bytes:
    """What OpenCV returns, in bytes."""
    return np.asarray(picture, np.uint8)
