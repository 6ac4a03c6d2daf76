"""Rooms: floors, walls with doors and windows, ceilings with tubes; a corridor, a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from shapely.geometry import Polygon
from shapely.geometry import box as area

from ..part import Part
from ..vectors import Y, turn
from .shapes import box, moved, plate, quad, rod, words

Opening = Sequence[float]  # left, bottom, right, top


def wall(
    long: float = 6, high: float = 2.8, windows: Sequence[Opening] = (), material: str = "wall", blinds: bool = False
) -> list[Part]:
    """A wall along x that looks to +z, with open windows, their frames, and a skirting."""
    outline: Polygon = area(-long / 2, 0, long / 2, high)
    parts = []
    for left, bottom, right, top in windows:
        outline = outline.difference(area(left, bottom, right, top))
        middle, half = (left + right) / 2, (right - left) / 2
        parts += [box("trim", (middle, y, 0.05), (half * 2 + 0.16, 0.06, 0.14)) for y in (bottom, top)]
        parts += [box("trim", (x, (bottom + top) / 2, 0.05), (0.05, top - bottom, 0.10)) for x in (left, middle, right)]
        if blinds:
            parts += [box("trim", (middle, y, 0.02), (half * 2, 0.012, 0.03)) for y in np.arange(top - 0.5, top, 0.045)]
    parts += plate(material, outline, 0.12, -0.12)
    return [*parts, box("trim", (0, 0.05, 0.012), (long, 0.10, 0.024))]


def room(
    *,
    wide: float = 6,
    deep: float = 5,
    high: float = 2.8,
    windows: Sequence[Opening] = (),
    material: str = "wall",
    tubes: int = 2,
    sides: str = "both",
    blinds: bool = False,
    ceiling: bool = True,
) -> list[Part]:
    """A room open to the viewer: the back wall at z = -deep / 2, which has the windows; `sides` "both", "left", "right" or
    "none"; `tubes` rows of light.
    """
    back = -deep / 2
    parts = moved(wall(wide, high, windows, material, blinds), np.eye(3), (0, 0, back))
    for sign, name in ((-1, "left"), (1, "right")):
        if sides in (name, "both"):
            parts += moved(wall(deep + 4, high, (), material), turn(Y, -sign * 90), (sign * wide / 2, 0, 2))
    parts.append(quad("floor", (-wide * 2, 0, back), (-wide * 2, 0, 9), (wide * 2, 0, 9), (wide * 2, 0, back)))
    if ceiling:
        parts.append(box("ceiling", (0, high + 0.05, 1), (wide + 0.4, 0.1, deep + 4)))
        parts += [
            box("tube", (x, high - 0.01, z), (0.16, 0.02, 1.2))
            for x in np.linspace(-wide / 4, wide / 4, max(tubes, 1))[:tubes]
            for z in (back + 1.2, back + 3.4)
        ]
    return parts


def corridor(
    *,
    wide: float = 2.4,
    long: float = 14,
    high: float = 2.7,
    material: str = "wall-cold",
    tubes: int = 5,
    doors: int = 3,
    exit_sign: bool = True,
) -> list[Part]:
    """A corridor away from the viewer, from z = 3 to z = 3 - long, with doors on both sides and a lit one at its end."""
    end = 3 - long
    parts = [
        quad("floor", (-wide / 2, 0, end), (-wide / 2, 0, 8), (wide / 2, 0, 8), (wide / 2, 0, end)),
        box("ceiling", (0, high + 0.05, end / 2 + 2), (wide, 0.1, long + 6)),
    ]
    for sign in (-1, 1):
        parts.append(box(material, (sign * (wide / 2 + 0.05), high / 2, end / 2 + 3), (0.1, high, long + 8)))
        parts.append(box("trim", (sign * (wide / 2 - 0.008), 0.06, end / 2 + 3), (0.016, 0.12, long + 8)))
        parts.append(box("trim", (sign * (wide / 2 - 0.006), 1.0, end / 2 + 3), (0.012, 0.05, long + 8)))
        for z in np.linspace(end + 2.0, 0.5, doors) if doors else ():
            parts.append(box("door", (sign * (wide / 2 - 0.01), 1.03, z + sign * 0.5), (0.03, 2.06, 0.92)))
            parts.append(box("steel", (sign * (wide / 2 - 0.03), 1.0, z + sign * 0.5 + 0.36), (0.05, 0.04, 0.12)))
    parts += [
        box(material, (0, high / 2, end), (wide, high, 0.1)),
        box("doorlight", (0, 1.45, end + 0.06), (0.7, 1.1, 0.02)),
        box("door", (0, 1.03, end + 0.05), (0.95, 2.06, 0.02)),
    ]
    parts += [box("tube", (0, high - 0.01, z), (0.22, 0.02, 1.1)) for z in np.linspace(end + 1.5, 1.5, tubes)] if tubes else []
    if exit_sign:
        parts += words("exit", "EXIT", 0.14, (0, high - 0.28, end + 0.07))
    return parts


def bars(wide: float = 3, high: float = 2.4, step: float = 0.12) -> list[Part]:
    """The barred front of a cell along x."""
    parts = [rod("bars", (x, 0, 0), (x, high, 0), 0.013, 8) for x in np.arange(-wide / 2, wide / 2 + 0.01, step)]
    return parts + [box("bars", (0, y, 0), (wide, 0.06, 0.05)) for y in (0.04, 1.15, high)]


def door(lit: bool = False, window: bool = True, open_by: float = 0) -> list[Part]:
    """A door, 0.95 wide, its hinges at x = -0.475, opened by an angle; `lit` shines through its pane."""
    leaf = [box("door", (0.475, 1.03, 0), (0.95, 2.06, 0.045)), box("steel", (0.86, 1.0, 0.05), (0.12, 0.03, 0.06))]
    if window:
        leaf.append(box("doorlight" if lit else "glass", (0.475, 1.55, 0.026), (0.34, 0.55, 0.01)))
    frame = [box("trim", (x, 1.05, 0), (0.08, 2.1, 0.14)) for x in (-0.515, 0.515)] + [
        box("trim", (0, 2.12, 0), (1.11, 0.08, 0.14))
    ]
    return moved(leaf, turn(Y, -open_by), (-0.475, 0, 0)) + frame


def doorway(wide: float = 1.1, high: float = 2.1) -> list[Part]:
    """Light from the next room: an opening that shines."""
    return [
        quad("doorlight", (-wide / 2, 0, 0), (wide / 2, 0, 0), (wide / 2, high, 0), (-wide / 2, high, 0)),
        *[box("trim", (x, high / 2, 0.02), (0.08, high, 0.1)) for x in (-wide / 2, wide / 2)],
        box("trim", (0, high, 0.02), (wide + 0.08, 0.08, 0.1)),
    ]


PROPS: dict[str, Callable[..., list[Part]]] = {
    "wall": wall,
    "room": room,
    "corridor": corridor,
    "bars": bars,
    "door": door,
    "doorway": doorway,
}
