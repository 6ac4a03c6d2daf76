"""What a camera sees of a stage: once of all that stands still, and then, for each drawing, of those who move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..media import water
from ..media.camera import Camera
from ..media.light import KINDS, Lamp, chosen
from ..media.paint import Image, lamp_share
from ..media.palette import GLOWING, SHINING, WASHED, rgb, table
from ..media.vectors import Array, unit, units, vector
from ..media.world import Hits
from .staging import FilmStage, Moving, Solid

STRIP = 80_000  # rays at once
BIAS = 0.025
SHADOWED, SHADOW = 0.5, 1.1  # metres: how high what throws a shadow is, and how long the shadow that moves
UNSEEN, UNSEEN_PLANE = 0.02, 0.1  # light that is too little for a wash, for a plane
Floats = NDArray[np.floating]
Ints = NDArray[np.integer]
Rect = tuple[int, int, int, int]  # left, top, right, bottom, in pixels of the canvas


@dataclass
class Seen:
    """A rectangle of pixels: distance (infinite for none), material, group, light of each lamp, and what wet ground mirrors, one
    picture for each of the lights that change (see `cels`).
    """

    distance: NDArray[np.float32]
    material: NDArray[np.int16]
    group: NDArray[np.int16]
    light: list[NDArray[np.float32]]
    mirror: list[Image]


class Caster:
    """Casts the rays of a window of a camera's picture. `layers` are the colours of light that are painted by themselves."""

    def __init__(self, stage: FilmStage, camera: Camera, window: Rect, backdrop: Image, layers: Sequence[str]) -> None:
        self.stage, self.camera, self.window, self.layers = stage, camera, window, tuple(layers)
        self.size = (window[3] - window[1], window[2] - window[0])
        self.backdrop = backdrop
        self.shining = np.array([name in SHINING for name in stage.world.materials] + [False])
        self.outside = np.array([name == "ground" for name in stage.world.materials] + [False])
        self.washed = np.array([name in WASHED for name in stage.world.materials] + [False])
        self.glowing = np.array([name in GLOWING for name in stage.world.materials] + [False])
        self.takes = lamp_share(stage.world)
        self.colours = table(stage.world.materials)
        self._still()

    def _rays(self, rect: Rect) -> tuple[Array, Array]:
        left, top, right, bottom = rect
        camera = self.camera
        x = (np.arange(left, right) + self.window[0] + 0.5) / camera.width * 2 - 1
        y = -((np.arange(top, bottom) + self.window[1] + 0.5) / camera.height * 2 - 1) * camera.height / camera.width
        across, down = np.meshgrid(x, y)
        ways = camera.ahead * camera.zoom + across[..., None] * camera.right + down[..., None] * camera.up
        ways = units(ways.reshape(-1, 3))
        return np.broadcast_to(camera.eye, ways.shape).copy(), ways

    def _falls(self, lamp: Lamp, worlds: Sequence[Solid], hits: Hits, where: NDArray[np.bool_] | None = None) -> Floats:
        """How much light of a lamp each hit has (as `Lamp.falls_on`), nothing where it is too little to be seen."""
        lit = np.zeros(len(hits.hit), np.float32)
        on = np.array([*chosen(lamp, self.stage.groups), False])[hits.group]
        index = np.flatnonzero(on if where is None else on & where)
        ways, far = _ways(lamp, hits.places[index])
        much = np.einsum("ij,ij->i", hits.normals[index], ways) * lamp.power
        if lamp.reach and lamp.at is not None:
            much = much / (1 + (far / lamp.reach) ** 2)
        seen = much > np.where(self.washed[hits.material[index]], UNSEEN, UNSEEN_PLANE)
        index, ways, far, much = index[seen], ways[seen], far[seen], much[seen]
        if lamp.shadow and KINDS[lamp.kind].shadow:
            start = hits.places[index] + hits.flat[index] * BIAS
            for world in worlds:
                free = ~world.blocked(start, ways, far - 0.02)
                index, ways, far, much, start = index[free], ways[free], far[free], much[free], start[free]
        lit[index] = np.minimum(much, 1)
        return lit

    def _still(self) -> None:
        """Cast everything that stands still, and keep it."""
        height, width = self.size
        count = height * width
        world, lamps = self.stage.still, self.stage.lamps
        self.distance = np.full(count, np.inf, np.float32)
        self.places, self.normals, self.flat = (np.zeros((count, 3), np.float32) for _ in range(3))
        self.material, self.group = np.full(count, -1, np.int16), np.full(count, -1, np.int16)
        self.light = [np.zeros(count, np.float32) for _ in lamps]
        self.mirror = [np.zeros((count, 3), np.float32) for _ in ("", *self.layers)] if self.stage.scene.wet else []
        self.mirror_far = np.full(count, np.inf, np.float32)
        rows = max(STRIP // width, 1)
        for top in range(0, height, rows):
            rect = (0, top, width, min(top + rows, height))
            at = slice(top * width, rect[3] * width)
            origins, ways = self._rays(rect)
            hits = world.cast(origins, ways)
            self.distance[at] = np.where(hits.hit, hits.distance, np.inf)
            self.places[at], self.normals[at], self.flat[at] = hits.places, hits.normals, hits.flat
            self.material[at], self.group[at] = hits.material, hits.group
            for lamp, light in zip(lamps, self.light, strict=True):
                light[at] = self._falls(lamp, (world,), hits)
            if self.mirror:
                wet = self.shining[hits.material]
                far, colours = self._mirrored(
                    world, hits.places[wet], hits.distance[wet], self.outside[hits.material[wet]], ways[wet], sky=True
                )
                index = np.flatnonzero(wet) + top * width
                self.mirror_far[index] = far
                for picture, colour in zip(self.mirror, colours, strict=True):
                    picture[index] = colour

    def _mirrored(
        self, world: Solid, places: Array, distance: Floats, outside: NDArray[np.bool_], ways: Array, sky: bool
    ) -> tuple[Floats, list[Floats]]:
        """How far away is what wet ground mirrors, and its colours in each light: as in `media/paint`."""
        normals = water.ripples(places, distance)
        back = ways - 2 * (ways * normals).sum(1)[:, None] * normals
        back[:, 1] = np.abs(back[:, 1]) + 1e-4
        hits = world.cast(places + np.array([0, 0.004, 0]), back)
        colours = [self.colours[hits.material].astype(np.float32) for _ in ("", *self.layers)]
        takes = (self.takes[hits.material] * ~self.glowing[hits.material])[:, None]
        for lamp, layer in zip(self.stage.lamps, self.stage.lamp_colours, strict=True):
            much = self._falls(lamp, (world,), hits)
            on = np.array([*chosen(lamp, self.stage.groups), False])[hits.group]
            for threshold, colour, mix in KINDS[lamp.kind].levels:
                weight = (on & (much > threshold))[:, None] * mix * takes
                for number, name in enumerate(("", *self.layers)):
                    if layer not in self.layers or layer == name:
                        colours[number] = colours[number] * (1 - weight) + rgb(colour) * weight
        far = np.where(hits.hit, hits.distance, np.inf)
        if sky:
            height = self.backdrop.shape[0]
            row = (0.5 - back[:, 1] * self.camera.zoom * self.camera.width / self.camera.height / 2) * height
            above = self.backdrop[np.clip(row, 0, height - 1).astype(int), self.backdrop.shape[1] // 2]
            colours = [np.where(hits.hit[:, None], colour, above) for colour in colours]
        much = water.mirrors(places, outside)[:, None].astype(np.float32)
        return far, [colour * much for colour in colours]

    def reach(self, moving: Moving) -> Rect:
        """The rectangle of the canvas that those who move change: themselves, their image on wet ground, shadows near them."""
        every = moving.points[:: max(len(moving.points) // 4000, 1)]
        points = [every]
        if self.mirror:
            points.append(every * np.array([1, -1, 1]))
        low = every[every[:, 1] < SHADOWED]
        for lamp in self.stage.lamps:
            if lamp.shadow and KINDS[lamp.kind].shadow and KINDS[lamp.kind].much and len(low):
                ways = low - vector(lamp.at) if lamp.at is not None else np.broadcast_to(-unit(lamp.way or (0, 1, 0)), low.shape)
                down = ways[:, 1] < -0.12 * np.linalg.norm(ways, axis=1)
                length = np.minimum(low[down, 1] / -ways[down, 1], SHADOW / np.linalg.norm(ways[down], axis=1))
                points.append(low[down] + ways[down] * length[:, None])
        away = np.concatenate(points) - self.camera.eye
        depth = np.maximum(away @ self.camera.ahead, 0.05)
        scale = self.camera.zoom * self.camera.width / 2 / depth
        x = (away @ self.camera.right) * scale + self.camera.width / 2 - self.window[0]
        y = self.camera.height / 2 - (away @ self.camera.up) * scale - self.window[1]
        height, width = self.size
        left, right = (int(v) for v in np.clip((x.min() - 6, x.max() + 6), 0, width))
        top, bottom = (int(v) for v in np.clip((y.min() - 6, y.max() + 6), 0, height))
        return left, top, max(right, left + 1), max(bottom, top + 1)

    def see(self, rect: Rect, moving: Moving | None) -> Seen:
        """What is seen in a rectangle, with those who move."""
        left, top, right, bottom = rect
        index = (np.arange(top, bottom)[:, None] * self.size[1] + np.arange(left, right)).reshape(-1)
        distance, material, group = self.distance[index], self.material[index], self.group[index]
        light = [one[index] for one in self.light]
        mirror = [one[index] for one in self.mirror]
        if moving:
            origins, ways = self._rays(rect)
            hits = moving.world.cast(origins, ways)
            before = hits.hit & (hits.distance < distance)
            both = (moving.world, self.stage.still)
            for lamp, one in zip(self.stage.lamps, light, strict=True):
                self._shadow(lamp, one, index, ~before, moving)
                one[before] = self._falls(lamp, both, hits, before)[before]
            for mine, theirs in ((distance, hits.distance), (material, hits.material), (group, hits.group)):
                mine[before] = theirs[before]
            if mirror:
                self._mirror_moving(mirror, index, ways, self.shining[material], moving)
        shape = (bottom - top, right - left)
        return Seen(
            distance.reshape(shape), material.reshape(shape), group.reshape(shape), [one.reshape(shape) for one in light],
            [one.reshape(*shape, 3) for one in mirror],
        )  # fmt: skip

    def _shadow(self, lamp: Lamp, light: Floats, index: Ints, where: NDArray[np.bool_], moving: Moving) -> None:
        """Take away the light that those who move are in the way of."""
        if not (lamp.shadow and KINDS[lamp.kind].shadow):
            return
        lit = np.flatnonzero(where & (light > 0.02))
        places = self.places[index[lit]].astype(float)
        ways, far = _ways(lamp, places)
        to = moving.middle - places
        along = (to * ways).sum(1)
        near = ((to * to).sum(1) - along * along < moving.radius**2) & (along > -moving.radius)
        if near.any():
            start = places[near] + self.flat[index[lit[near]]] * BIAS
            light[lit[near]] *= ~moving.world.blocked(start, ways[near], far[near] - 0.02)

    def _mirror_moving(self, mirror: list[Image], index: Ints, ways: Array, shining: NDArray[np.bool_], moving: Moving) -> None:
        wet = np.flatnonzero(shining)
        if len(wet):
            at = index[wet]
            outside = self.outside[self.material[at]]
            far, colours = self._mirrored(
                moving.world, self.places[at].astype(float), self.distance[at], outside, ways[wet], sky=False
            )
            nearer = np.isfinite(far) & (far < self.mirror_far[index[wet]])
            for picture, colour in zip(mirror, colours, strict=True):
                picture[wet[nearer]] = colour[nearer]


def _ways(lamp: Lamp, places: Array) -> tuple[Array, Array]:
    """The way to a lamp from each place, and how far it is."""
    if lamp.at is None:
        return np.broadcast_to(unit(lamp.way or (0, 1, 0)), places.shape), np.full(len(places), 1e3)
    away = vector(lamp.at) - places
    far = np.sqrt(np.einsum("ij,ij->i", away, away))
    return away / (far[:, None] + 1e-9), far
