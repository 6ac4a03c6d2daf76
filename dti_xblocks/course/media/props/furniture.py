"""Furniture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import trimesh

from ..part import Part, grid
from ..vectors import X, Y, turn, unit, vector
from .shapes import box, moved, plate, ring, rod, soft_box, star, words


def table(wide: float = 1.6, deep: float = 0.8, high: float = 0.75, material: str = "desk", panel: bool = False) -> list[Part]:
    """A table; with a `panel` its front, at +z, is closed."""
    parts = [box(material, (0, high - 0.025, 0), (wide, 0.05, deep))]
    if panel:
        return [*parts, box(material, (0, high / 2, deep / 2 - 0.06), (wide - 0.08, high - 0.06, 0.03))]
    return parts + [
        box("steel", (sx * (wide / 2 - 0.06), high / 2, sz * (deep / 2 - 0.06)), (0.05, high, 0.05))
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]


def chair(back: bool = True) -> list[Part]:
    """A plain chair whose sitter looks to +z; its seat is 0.45 high."""
    parts = [soft_box("chair", (0, 0.43, 0.02), (0.46, 0.07, 0.46))]
    parts += [rod("steel", (sx * 0.19, 0, sz * 0.19), (sx * 0.19, 0.42, sz * 0.17), 0.014, 8) for sx in (-1, 1) for sz in (-1, 1)]
    if back:
        parts += [soft_box("chair", (0, 0.76, -0.23), (0.44, 0.34, 0.05), turn(X, -6))]
        parts += [rod("steel", (sx * 0.18, 0.42, -0.19), (sx * 0.18, 0.86, -0.24), 0.014, 8) for sx in (-1, 1)]
    return parts


def office_chair() -> list[Part]:
    """A desk chair with a high back; its sitter looks to +z."""
    parts = [
        soft_box("chair", (0, 0.44, 0), (0.54, 0.10, 0.52)),
        soft_box("chair", (0, 0.92, -0.29), (0.52, 0.74, 0.09), turn(X, -5)),
    ]
    parts.append(rod("steel", (0, 0.08, 0), (0, 0.42, 0), 0.03, 12))
    parts += [rod("steel", (0, 0.09, 0), tuple(turn(Y, 72 * k) @ np.array([0, 0.05, 0.30])), 0.018, 8) for k in range(5)]
    return parts


def bench(long: float = 2.0, material: str = "steel", back: bool = True) -> list[Part]:
    """A bench of slats, its seat 0.45 high; who sits looks to +z."""
    parts = [box(material, (0, 0.44, z), (long, 0.03, 0.09)) for z in (-0.15, -0.04, 0.07, 0.18)]
    parts += [box(material, (x, 0.22, 0), (0.06, 0.44, 0.40)) for x in (-long / 2 + 0.15, long / 2 - 0.15)]
    if back:
        parts += [box(material, (0, y, -0.22), (long, 0.09, 0.03)) for y in (0.62, 0.76)]
        parts += [box(material, (x, 0.6, -0.235), (0.05, 0.44, 0.03)) for x in (-long / 2 + 0.15, long / 2 - 0.15)]
    return parts


def counter(long: float = 3.0, glass: bool = False) -> list[Part]:
    """A front counter along x, 1.05 high; the public stands at +z."""
    parts = [
        box("wood", (0, 0.5, 0), (long, 1.0, 0.55)),
        box("desk", (0, 1.03, 0.05), (long + 0.1, 0.05, 0.75)),
        box("trim", (0, 0.06, 0.28), (long, 0.12, 0.02)),
    ]
    if glass:
        parts += [box("trim", (x, 1.55, 0), (0.05, 1.0, 0.05)) for x in np.linspace(-long / 2, long / 2, 4)]
        parts.append(box("trim", (0, 2.06, 0), (long, 0.05, 0.06)))
    return parts


def lockers(count: int = 6) -> list[Part]:
    """A row of lockers along x that look to +z, 0.38 wide each, 1.9 high."""
    parts = []
    for k in range(count):
        x = (k - (count - 1) / 2) * 0.38
        parts += [box("locker", (x, 0.98, -0.25), (0.37, 1.86, 0.5)), box("steel", (x + 0.13, 1.0, 0.01), (0.02, 0.12, 0.02))]
        parts += [box("lockergap", (x, 1.60 + 0.04 * row, 0.002), (0.18, 0.012, 0.006)) for row in range(4)]
        parts.append(box("lockergap", (x + 0.185, 0.98, -0.02), (0.008, 1.86, 0.05)))
    return parts


def desk_lamp(turned: float = 0) -> list[Part]:
    """A desk lamp on a table 0.75 high; its bulb is at (0.24, 1.14, 0.06) before it is turned."""
    elbow, neck = (-0.07, 1.10, -0.02), vector((0.13, 1.33, 0.02))
    down = unit((0.11, -0.19, 0.04))  # the way that the shade opens
    around, side = np.linspace(0, 2 * np.pi, 33)[:-1], unit(np.cross(down, (0, 0, 1)))
    circle = np.cos(around)[:, None] * side + np.sin(around)[:, None] * np.cross(down, side)
    rings = [(0.0, 0.030), (0.045, 0.034), (0.075, 0.062), (0.165, 0.118)]  # along the way and across it
    shell = np.concatenate([neck + down * far + circle * wide for far, wide in rings])
    mouth = np.concatenate([neck + down * 0.148 + circle * 0.106, [neck + down * 0.148]])
    bulb = trimesh.creation.icosphere(2, 0.042)
    parts = [
        rod("lampstand", (0, 0.75, 0), (0, 0.77, 0), 0.09, 24),
        rod("lampstand", (0, 0.77, 0), elbow, 0.012),
        rod("lampstand", elbow, neck, 0.012),
        rod("lampstand", neck - down * 0.025, neck + down * 0.01, 0.030, 24),
        Part("lampshade", shell, grid(len(rings), 32, closed=True), True),
        Part("lamp", mouth, np.array([(k, (k + 1) % 32, 32) for k in range(32)])),
        Part("lamp", bulb.vertices + neck + down * 0.138, bulb.faces, True),
    ]
    return moved(parts, turn(Y, turned), (0, 0, 0))


def shelves(long: float = 4.0, high: float = 1.7, seed: int = 1) -> list[Part]:
    """Shop shelves along x with goods on their side of +z."""
    random = np.random.default_rng(seed)
    parts = [box("shelf", (0, high / 2, -0.2), (long, high, 0.06))]
    for level in np.arange(0.15, high - 0.2, 0.38):
        parts.append(box("shelf", (0, level, 0), (long, 0.03, 0.42)))
        x = -long / 2 + 0.05
        while x < long / 2 - 0.15:
            wide, tall = random.uniform(0.07, 0.16), random.uniform(0.14, 0.30)
            goods = str(random.choice(["goods-a", "goods-b", "goods-c", "goods-d", "goods-e"]))
            if random.random() < 0.5:  # cans and bottles, a few of one kind side by side
                for k in range(random.integers(2, 5)):
                    place = x + 0.04 + 0.08 * k
                    if place < long / 2 - 0.1:
                        parts.append(
                            rod(goods, (place, level + 0.015, 0.12), (place, level + 0.015 + tall * 0.7, 0.12), 0.034, 12)
                        )
                        x += 0.08
            else:
                parts.append(box(goods, (x + wide / 2, level + tall / 2 + 0.015, 0.10), (wide * 0.9, tall, 0.14)))
                x += wide
            x += 0.14 if random.random() < 0.2 else 0.01
    return parts


def cooler(doors: int = 4) -> list[Part]:
    """Lit drink coolers along x that look to +z."""
    parts = [box("trim", (0, 1.05, -0.3), (doors * 0.75 + 0.1, 2.1, 0.6))]
    for k in range(doors):
        x = (k - (doors - 1) / 2) * 0.75
        parts.append(box("cooler", (x, 1.08, 0.005), (0.66, 1.75, 0.01)))
        for level in range(4):
            parts += [
                box(
                    "goods-b" if (column + level + k) % 3 else "goods-d",
                    (x - 0.25 + column * 0.125, 0.42 + level * 0.42, 0.015),
                    (0.075, 0.24, 0.01),
                )
                for column in range(5)
            ]
    return parts


def whiteboard(wide: float = 2.2, high: float = 1.1, seed: int = 3) -> list[Part]:
    """A board with lines of writing that cannot be read, in the plane z = 0, its middle at the height 1.6."""
    random = np.random.default_rng(seed)
    parts = [box("board", (0, 1.6, 0), (wide, high, 0.03)), box("trim", (0, 1.6 - high / 2, 0.04), (wide, 0.04, 0.08))]
    for row in range(5):
        y, x = 1.6 + high / 2 - 0.20 - row * 0.17, -wide / 2 + 0.15
        while x < wide / 2 - 0.5 and random.random() < 0.9:
            long = random.uniform(0.08, 0.30)
            parts.append(box("boardmark", (x + long / 2, y, 0.018), (long, 0.022, 0.004)))
            x += long + 0.06
    return parts


def screen_on_wall(wide: float = 1.6, show: str = "") -> list[Part]:
    """A large screen in the plane z = 0, its middle at the height 1.65; `show` is "news", "slide", "pause" or nothing."""
    high = wide * 0.58
    parts = [
        box("screenframe", (0, 1.65, 0), (wide, high, 0.05)),
        box("screenglow", (0, 1.65, 0.028), (wide - 0.06, high - 0.06, 0.004)),
    ]
    z = 0.032
    if show == "news":
        parts += [
            box("screenframe", (0, 1.65 + high * 0.06, z), (wide - 0.10, high * 0.72, 0.002)),
            box("exit", (0, 1.65 - high * 0.40, z), (wide - 0.08, high * 0.10, 0.004)),
        ]
        parts += [
            soft_box(
                "screen",
                (wide * (0.12 * k - 0.1), 1.65 - high * 0.16 + 0.02 * k, z),
                (wide * 0.22, high * (0.34 + 0.1 * k), 0.004),
            )
            for k in (0, 1)
        ]
        parts += [
            box("bar-blue", (-wide * 0.22, 1.65 + high * 0.22, z), (wide * 0.10, high * 0.06, 0.004)),
            *words("letter", "CHANNEL 6", high * 0.07, (-wide * 0.25, 1.65 - high * 0.40, z + 0.003)),
        ]
    elif show == "slide":
        parts += [box("dash", (0, 1.65 + high * 0.30, z), (wide * 0.8, high * 0.07, 0.002))]
        parts += [
            box("screen", (-wide * 0.12, 1.65 + high * (0.12 - 0.12 * k), z), (wide * (0.56 - 0.08 * k), high * 0.035, 0.002))
            for k in range(4)
        ]
        parts += words("dash", "31 / 40", high * 0.06, (wide * 0.36, 1.65 - high * 0.38, z))
    elif show == "pause":
        parts += [box("screenframe", (0, 1.65, z), (wide - 0.10, high - 0.10, 0.002))]
        parts += [box("screenglow", (x * wide * 0.05, 1.65, z + 0.004), (wide * 0.055, high * 0.30, 0.004)) for x in (-1, 1)]
        parts += words("exit", "1:09", high * 0.11, (wide * 0.34, 1.65 + high * 0.34, z + 0.003))
    return parts


def computer() -> list[Part]:
    """A monitor on a table 0.75 high, seen from its front at +z, and a keyboard."""
    return [
        box("screenframe", (0, 1.02, 0), (0.52, 0.33, 0.03)),
        box("screenglow", (0, 1.02, 0.017), (0.49, 0.30, 0.004)),
        box("steel", (0, 0.81, -0.02), (0.05, 0.12, 0.03)),
        box("steel", (0, 0.757, 0), (0.22, 0.012, 0.16)),
        box("steel", (0, 0.762, 0.30), (0.42, 0.018, 0.14)),
    ]


def cell_bunk() -> list[Part]:
    """A bunk along x at a wall."""
    return [box("steel", (0, 0.42, 0), (1.95, 0.06, 0.75)), soft_box("blanket", (0, 0.49, 0), (1.9, 0.12, 0.70))]


def cabinet(high: float = 1.3) -> list[Part]:
    """A filing cabinet of three drawers."""
    parts = [box("steel", (0, high / 2, -0.3), (0.46, high, 0.6))]
    for k in range(3):
        y = high * (k + 0.5) / 3
        parts += [
            box("lockergap", (0, high * (k + 1) / 3, 0.003), (0.46, 0.012, 0.006)),
            box("metal", (0, y + 0.05, 0.012), (0.14, 0.02, 0.02)),
        ]
    return parts


def coffee_machine() -> list[Part]:
    """A coffee machine on a small table."""
    return [
        *table(0.9, 0.5, 0.85),
        box("trim", (0, 1.05, -0.05), (0.32, 0.40, 0.30)),
        box("screenglow", (0.08, 1.18, 0.105), (0.05, 0.03, 0.004)),
        rod("mug", (-0.32, 0.85, 0.1), (-0.32, 0.94, 0.1), 0.04, 16),
        rod("glass", (0, 0.86, 0.08), (0, 0.98, 0.08), 0.06, 16),
    ]


def medal_wall() -> list[Part]:
    """A round seal on a wall, its middle at the height 1.9: a star in a ring."""
    return [ring("insignia", (0, 1.9, 0.02), 0.34, 0.02), *moved(plate("insignia", star(0.26), 0.02), np.eye(3), (0, 1.9, 0.01))]


PROPS: dict[str, Callable[..., list[Part]]] = {
    "table": table,
    "chair": chair,
    "office-chair": office_chair,
    "bench": bench,
    "counter": counter,
    "lockers": lockers,
    "desk-lamp": desk_lamp,
    "shelves": shelves,
    "cooler": cooler,
    "whiteboard": whiteboard,
    "wall-screen": screen_on_wall,
    "computer": computer,
    "bunk": cell_bunk,
    "cabinet": cabinet,
    "coffee-machine": coffee_machine,
    "seal": medal_wall,
}
