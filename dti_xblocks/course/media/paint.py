"""From hits and light to a picture: flat planes of colour with ink where one thing ends before another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, binary_erosion, find_objects, gaussian_filter, label

from . import water
from .camera import Camera
from .light import KINDS, Lamp, chosen
from .palette import DULL, GLOWING, INK, SHINING, WASHED, rgb, share, smallest, table
from .vectors import Array
from .world import Hits, World

Image = NDArray[np.floating]  # height x width x 3, 0 to 1
STRIP = 90  # rows that are cast at once
INK_STEP = 0.012  # of the distance: a jump that gets a line


@dataclass
class Buffers:
    """What the camera sees, a value a pixel: distance (infinite for none), material, group, light of each lamp, mirror image.
    `metre` is how many pixels a metre has that is one metre away.
    """

    distance: NDArray[np.float32]
    material: NDArray[np.int16]
    group: NDArray[np.int16]
    light: list[NDArray[np.float32]]
    mirror: Image | None
    metre: float


def look(world: World, camera: Camera, lamps: Sequence[Lamp], shine: float, backdrop: Image) -> Buffers:
    """Cast all rays of the camera, strip by strip."""
    size = (camera.height, camera.width)
    buffers = Buffers(
        np.full(size, np.inf, np.float32), np.full(size, -1, np.int16), np.full(size, -1, np.int16),
        [np.zeros(size, np.float32) for _ in lamps], np.zeros((*size, 3), np.float32) if shine else None,
        camera.size(1, 1),
    )  # fmt: skip
    shining = [number for number, name in enumerate(world.materials) if name in SHINING]
    for first in range(0, camera.height, STRIP):
        last = min(first + STRIP, camera.height)
        origins, ways = camera.rays(first, last)
        hits = world.cast(origins, ways)
        shape, rows = (last - first, camera.width), slice(first, last)
        buffers.distance[rows] = np.where(hits.hit, hits.distance, np.inf).reshape(shape)
        buffers.material[rows], buffers.group[rows] = hits.material.reshape(shape), hits.group.reshape(shape)
        for lamp, light in zip(lamps, buffers.light, strict=True):
            light[rows] = lamp.falls_on(world, hits).reshape(shape)
        if buffers.mirror is not None:
            wet = np.isin(hits.material, shining)
            seen = np.zeros((len(wet), 3), np.float32)
            if wet.any():
                seen[wet] = _mirrored(world, camera, lamps, hits, wet, ways[wet], backdrop)
            buffers.mirror[rows] = seen.reshape(*shape, 3)
    return buffers


def _mirrored(
    world: World, camera: Camera, lamps: Sequence[Lamp], seen: Hits, wet: NDArray[np.bool_], ways: Array, backdrop: Image
) -> Array:
    """The colours that wet ground mirrors, broken by ripples."""
    places, distance = seen.places[wet], seen.distance[wet]
    outside = _of(world, {"ground"})[seen.material[wet]]
    normals = water.ripples(places, distance)
    back = ways - 2 * (ways * normals).sum(1)[:, None] * normals
    back[:, 1] = np.abs(back[:, 1]) + 1e-4
    hits = world.cast(places + np.array([0, 0.004, 0]), back)
    colours = table(world.materials)[hits.material]
    for lamp in lamps:
        much = np.where(hits.hit, lamp.falls_on(world, hits), 0)
        on = np.array([*chosen(lamp, world.groups), False])[hits.group]
        for threshold, colour, mix in KINDS[lamp.kind].levels:
            weight = (
                (on & (much > threshold) & ~_of(world, GLOWING)[hits.material])[:, None]
                * mix
                * lamp_share(world)[hits.material][:, None]
            )
            colours = colours * (1 - weight) + rgb(colour) * weight
    height = backdrop.shape[0]
    row = np.clip((0.5 - back[:, 1] * camera.zoom * camera.width / camera.height / 2) * height, 0, height - 1).astype(int)
    sky = backdrop[row, backdrop.shape[1] // 2]
    return np.where(hits.hit[:, None], colours, sky) * water.mirrors(places, outside)[:, None]


def lamp_share(world: World) -> Array:
    """How much light each material takes, with a last row for none."""
    return np.minimum(np.append(share(world.materials), 0), 1.2)


def _of(world: World, names: set[str]) -> NDArray[np.bool_]:
    """Which materials are among the names, with a last entry for none."""
    return np.array([name in names for name in world.materials] + [False])


def paint(world: World, lamps: Sequence[Lamp], buffers: Buffers, backdrop: Image, shine: float) -> Image:
    """The picture without air: planes of light on the materials, washes on walls and floors, ink."""
    picture = backdrop.copy()
    hit = buffers.material >= 0
    base = np.vstack([table(world.materials), np.zeros(3)]).astype(np.float32)
    picture[hit] = base[buffers.material[hit]]
    washed, glowing = _of(world, WASHED)[buffers.material], _of(world, GLOWING)[buffers.material]
    for lamp, light in zip(lamps, buffers.light, strict=True):
        kind = KINDS[lamp.kind]
        on = np.array([*chosen(lamp, world.groups), False])[buffers.group]
        if kind.much:
            weight = (np.where(washed & on, light, 0) * kind.much)[..., None]
            picture = picture * (1 - weight) + rgb(kind.wash).astype(np.float32) * weight
        _planes(world, lamp, light, buffers, picture, on & ~washed & ~glowing)
    if buffers.mirror is not None:
        shining = _of(world, SHINING)[buffers.material]
        wet = (shining * shine)[..., None].astype(np.float32)
        mirror = water.smeared(buffers.mirror, shining, picture.shape[1] / 1600)
        picture = picture * (1 - wet * 0.55) + mirror * wet
    _ink(buffers, picture, washed, _of(world, {"face"})[buffers.material])
    return picture.astype(np.float32)


def _planes(
    world: World, lamp: Lamp, light: NDArray[np.float32], buffers: Buffers, picture: Image, where: NDArray[np.bool_]
) -> None:
    """Paint the planes of one lamp: from a threshold on, the material's colour mixed with the lamp's. Edges are rounded within
    each group of things, so that no triangle of the mesh shows.
    """
    sigma = 1.3 * picture.shape[1] / 1600
    takes, dull, specks = lamp_share(world).astype(np.float32), _of(world, DULL), smallest(world.materials, lamp.kind)
    base = np.vstack([table(world.materials), np.zeros(3)]).astype(np.float32)
    for number, box in enumerate(find_objects((np.where(where, buffers.group, -1) + 1).astype(np.int32)), start=0):
        if box is None:
            continue
        inside = (buffers.group[box] == number) & where[box]
        within = gaussian_filter(inside.astype(np.float32), sigma)
        material = buffers.material[box]
        small = specks[material]
        metre = buffers.metre / float(np.median(buffers.distance[box][inside]))
        for threshold, colour, mix in KINDS[lamp.kind].levels:
            lit = inside & (light[box] > threshold) & ~(dull[material] & (threshold < 0.6))
            if not lit.any():
                continue
            lit = without_specks(lit, inside, small, metre)
            even = gaussian_filter(lit.astype(np.float32), sigma) / np.maximum(within, 1e-3)
            edge = np.clip((even - 0.5) * 4 + 0.5, 0, 1) * inside
            much = np.minimum(mix * takes[material], 1)[..., None]
            target = base[material] * (1 - much) + rgb(colour).astype(np.float32) * much
            picture[box] = picture[box] * (1 - edge[..., None]) + target * edge[..., None]


def without_specks(
    lit: NDArray[np.bool_], inside: NDArray[np.bool_], specks: NDArray[np.floating], metre: float
) -> NDArray[np.bool_]:
    """What is lit of a figure, without spots, bright or dark, that are too small: less than `specks` across (metres, one value a
    pixel, 0 for all). `metre` is how many pixels a metre has. Spots at the edge are left: they may go on.
    """
    lit = lit.copy()
    for size in np.unique(specks[inside & (specks > 0)]):
        where, least = inside & (specks == size), (size * metre) ** 2
        for bright in (True, False):
            spots, _ = label(where & (lit == bright))
            areas = np.bincount(spots.ravel())
            areas[0] = lit.size
            areas[np.concatenate([spots[0], spots[-1], spots[:, 0], spots[:, -1]])] = lit.size
            lit[areas[spots] < least] = not bright
    return lit


def _ink(buffers: Buffers, picture: Image, washed: NDArray[np.bool_], face: NDArray[np.bool_]) -> None:
    """A thin dark line on the nearer side of where one thing ends before another; none within a face, which has no features."""
    distance = np.minimum(buffers.distance, 1e4)
    edges = np.zeros(distance.shape, bool)
    for axis in (0, 1):
        step = np.diff(distance, axis=axis)
        near, far = [slice(None)] * 2, [slice(None)] * 2
        near[axis], far[axis] = slice(None, -1), slice(1, None)
        limit = INK_STEP * np.minimum(distance[tuple(near)], distance[tuple(far)])
        edges[tuple(near)] |= step > limit
        edges[tuple(far)] |= -step > limit
    edges = binary_dilation(edges, iterations=max(1, round(picture.shape[1] / 1600))) & ~washed & (buffers.material >= 0)
    edges &= ~binary_erosion(face, iterations=max(2, round(picture.shape[1] / 700)))
    weight = (gaussian_filter(edges.astype(np.float32), 0.6) * 0.55)[..., None]
    picture[:] = picture * (1 - weight) + rgb(INK).astype(np.float32) * weight
