"""From what is seen to pictures: one without the lights that change, and one with each of them, so that a frame is a mixture."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import find_objects

from ..media import water
from ..media.air import Glow
from ..media.light import KINDS, chosen
from ..media.paint import INK_STEP, Image, without_specks
from ..media.palette import DULL, GLOWING, INK, SHINING, WASHED, rgb, smallest, table
from .casting import Caster, Rect, Seen

PAD = 12  # pixels around a rectangle, so that edges are rounded within it as they are outside
DIMMED = 0.80  # of their light have those who are not looked at
VIGNETTE = "#03050d"
LEAST = 0.003  # a weight that makes no difference
Floats = NDArray[np.floating]


class Painter:
    """Paints rectangles of a caster's canvas, all alike: a patch fits where it is cut out."""

    def __init__(self, caster: Caster, look: str = "") -> None:
        self.caster, self.stage, self.scene = caster, caster.stage, caster.stage.scene
        world = self.stage.world
        self.unit = caster.camera.width / 1600
        self.base = np.vstack([table(world.materials), np.zeros(3)]).astype(np.float32)
        self.takes = caster.takes.astype(np.float32)
        self.washed, self.dull, self.glowing, self.shining, self.face = (
            np.array([name in names for name in world.materials] + [False])
            for names in (WASHED, DULL, GLOWING, SHINING, {"face"})
        )
        others = [name in self.stage.figures and name != look for name in self.stage.groups]
        self.dim = np.array([*others, False]) if look else None
        self.air = [self._air(one) for one in self.stage.glows]
        self.corners = self._corners()

    def paint(self, rect: Rect, seen: Seen) -> list[Image]:
        """The pictures of a rectangle: without what changes, then with each layer of light alone."""
        left, top, right, bottom = rect
        names = ("", *self.caster.layers)
        first = self.caster.backdrop[top + self._y : bottom + self._y, left + self._x : right + self._x].copy()
        hit = seen.material >= 0
        first[hit] = self.base[seen.material[hit]]
        pictures = [first.copy() for _ in names]
        washed, glowing = self.washed[seen.material], self.glowing[seen.material]
        for lamp, layer, light in zip(self.stage.lamps, self.stage.lamp_colours, seen.light, strict=True):
            into = self._into(pictures, layer)
            kind = KINDS[lamp.kind]
            on = np.array([*chosen(lamp, self.stage.groups), False])[seen.group]
            if kind.much:
                weight = np.where(washed & on, light, 0) * np.float32(kind.much)
                for picture in into:
                    _blend(picture, kind.wash, weight)
            self._planes(lamp.kind, light, seen, into, on & ~washed & ~glowing)
        if seen.mirror:
            shining = self.shining[seen.material]
            wet = (shining * self.scene.wet)[..., None].astype(np.float32)
            for picture, mirror in zip(pictures, seen.mirror, strict=True):
                picture *= 1 - wet * 0.55
                picture += water.smeared(mirror, shining, self.unit) * wet
        ink = self._ink(seen, washed)
        self._finish(pictures, seen, rect, ink)
        return pictures

    def _finish(self, pictures: Sequence[Image], seen: Seen, rect: Rect, ink: Floats) -> None:
        """Ink, and what is in the air; each glow in the pictures that have its light."""
        left, top, right, bottom = rect
        names = ("", *self.caster.layers)
        fog = self._fog(seen)
        glows = [self._weight(one, air, rect, seen) for one, air in zip(self.stage.glows, self.air, strict=True)]
        corners = self.corners[top:bottom, left:right]
        dim = None if self.dim is None else np.where(self.dim[seen.group], DIMMED, 1).astype(np.float32)
        for number, picture in enumerate(pictures):
            _blend(picture, INK, ink)
            if fog is not None:
                _blend(picture, self.scene.fog["colour"], fog)
            for one, layer, weight in zip(self.stage.glows, self.stage.glow_colours, glows, strict=True):
                if weight is not None and (layer not in self.caster.layers or layer == names[number]):
                    _blend(picture, one.colour, weight)
            if dim is not None:
                picture *= dim[..., None]
            _blend(picture, VIGNETTE, corners)

    @property
    def _x(self) -> int:
        return self.caster.window[0]

    @property
    def _y(self) -> int:
        return self.caster.window[1]

    def _into(self, pictures: Sequence[Image], layer: str) -> Sequence[Image]:
        names = ("", *self.caster.layers)
        return [pictures[names.index(layer)]] if layer in self.caster.layers else pictures

    def _planes(self, kind: str, light: Image, seen: Seen, into: Sequence[Image], where: NDArray[np.bool_]) -> None:
        """The planes of one lamp, as the pictures have them (`media/paint`), into several pictures at once."""
        sigma = 1.3 * self.unit
        for number, box in enumerate(find_objects((np.where(where, seen.group, -1) + 1).astype(np.int32))):
            if box is None:
                continue
            inside = (seen.group[box] == number) & where[box]
            material, within = seen.material[box], None
            specks, metre = (
                smallest(self.stage.world.materials, kind)[material],
                self.caster.camera.size(1, float(np.median(seen.distance[box][inside]))),
            )
            for threshold, colour, mix in KINDS[kind].levels:
                lit = inside & (light[box] > threshold) & ~(self.dull[material] & (threshold < 0.6))
                if not lit.any():
                    continue
                lit = without_specks(lit, inside, specks, metre)
                if within is None:
                    within = np.maximum(_soft(inside, sigma), 1e-3)
                even = _soft(lit, sigma) / within
                edge = (np.clip((even - 0.5) * 4 + 0.5, 0, 1) * inside)[..., None]
                much = np.minimum(mix * self.takes[material], 1)[..., None]
                target = self.base[material] * (1 - much) + rgb(colour).astype(np.float32) * much
                for picture in into:
                    picture[box] += (target - picture[box]) * edge

    def _ink(self, seen: Seen, washed: NDArray[np.bool_]) -> Image:
        distance = np.minimum(seen.distance, 1e4)
        edges = np.zeros(distance.shape, bool)
        for axis in (0, 1):
            step = np.diff(distance, axis=axis)
            near, far = [slice(None)] * 2, [slice(None)] * 2
            near[axis], far[axis] = slice(None, -1), slice(1, None)
            limit = INK_STEP * np.minimum(distance[tuple(near)], distance[tuple(far)])
            edges[tuple(near)] |= step > limit
            edges[tuple(far)] |= -step > limit
        cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
        edges = cv2.dilate(edges.astype(np.uint8), cross, iterations=max(1, round(self.unit))).astype(bool)
        face = self.face[seen.material].astype(np.uint8)
        if face.any():
            edges &= ~cv2.erode(face, cross, iterations=max(2, round(self.unit * 1600 / 700))).astype(bool)
        return _soft(edges & ~washed & (seen.material >= 0), 0.6) * np.float32(0.55)

    def _fog(self, seen: Seen) -> Image | None:
        if not self.scene.fog:
            return None
        weight = np.minimum(1 - np.exp(-np.minimum(seen.distance, 1e4) * self.scene.fog["density"]), 0.75)
        return np.where(seen.material >= 0, weight, 0).astype(np.float32)

    def _air(self, one: Glow) -> tuple[float, Image, Image | None] | None:
        """How strong a glow is at each pixel of the canvas, and its streak on wet ground; None where it is behind the camera."""
        camera = self.caster.camera
        x, y, depth = camera.see(one.at)
        if depth <= 0.05:
            return None
        rows, columns = np.mgrid[0 : self.caster.size[0], 0 : self.caster.size[1]].astype(np.float32)
        rows, columns = rows + self._y, columns + self._x
        stops, much = (0.0, 0.12, 0.3, 0.6, 1.0), (1.0, 0.62, 0.30, 0.085, 0.0)

        def falloff(across: Image) -> Image:
            return np.interp(across, stops, much).astype(np.float32)

        halo = falloff(np.hypot(columns - x, (rows - y) / one.tall) / camera.size(one.size, depth)) * one.strength
        streak = None
        if self.scene.wet:
            mx, my, mdepth = camera.see((one.at[0], -one.at[1], one.at[2]))
            ripple = 0.82 + 0.18 * np.sin(rows * 0.55 / self.unit + np.sin(columns * 0.02) * 2)
            wide = camera.size(one.size, mdepth) * 0.42
            streak = falloff(np.hypot((columns - mx) / wide, (rows - my) / (wide * 3.2))) * ripple
            streak = (streak * one.strength * self.scene.wet).astype(np.float32)
        return depth, halo, streak

    def _weight(self, one: Glow, air: tuple[float, Image, Image | None] | None, rect: Rect, seen: Seen) -> Image | None:
        if air is None:
            return None
        left, top, right, bottom = rect
        depth, halo, streak = air
        here = [one[top:bottom, left:right] for one in (halo, streak) if one is not None]
        if not any((one > LEAST).any() for one in here):
            return None
        behind = _soft(seen.distance > depth * 0.98 - 0.05, 1.2 * self.unit)
        weight = here[0] * behind
        if streak is not None:
            weight = weight + np.where(self.shining[seen.material], streak[top:bottom, left:right], 0)
        return np.minimum(weight, 1).astype(np.float32)

    def _corners(self) -> Image:
        camera = self.caster.camera
        rows, columns = np.mgrid[0 : self.caster.size[0], 0 : self.caster.size[1]].astype(np.float32)
        away = np.hypot((columns + self._x) / camera.width - 0.5, (rows + self._y) / camera.height - 0.48) / 0.75
        return (np.clip((away - 0.55) / 0.45, 0, 1) * self.scene.dark_corners).astype(np.float32)


def _soft(mask: NDArray[np.bool_], sigma: float) -> Floats:
    """A mask with soft edges."""
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
    return np.asarray(soft, np.float32)


def _blend(picture: Image, colour: str, weight: Floats) -> None:
    """Mix a colour into a picture, by so much at each pixel; only in the box where it is any."""
    rows, columns = np.flatnonzero(weight.max(axis=1) > LEAST), np.flatnonzero(weight.max(axis=0) > LEAST)
    if len(rows):
        box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        share = weight[box]
        for channel, value in enumerate(rgb(colour).astype(np.float32)):
            plane = picture[..., channel][box]
            plane += (value - plane) * share
