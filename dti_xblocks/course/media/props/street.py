"""Streets, yards and fronts of houses."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..part import Part
from ..vectors import turn
from .shapes import box, quad, rod, words


def ground(size: float = 60, lines: bool = False) -> list[Part]:
    """The ground, with the lines of a parking lot where wanted."""
    parts = [quad("ground", (-size, 0, -size), (-size, 0, size), (size, 0, size), (size, 0, -size))]
    if lines:
        parts += [
            quad("line", (x, 0.004, -7), (x, 0.004, -2.2), (x + 0.1, 0.004, -2.2), (x + 0.1, 0.004, -7))
            for x in np.arange(-12, 12, 2.7)
        ]
    return parts


def street_light(height: float = 3.9, arm: float = 1.2) -> list[Part]:
    """A lamp post with its arm to +x; the lamp is at (arm, height, 0)."""
    return [
        rod("pole", (0, 0, 0), (0, height - 0.12, 0), 0.07),
        rod("pole", (0, height - 0.12, 0), (arm, height + 0.05, 0), 0.05),
        box("lamp", (arm + 0.1, height, 0), (0.55, 0.10, 0.2)),
    ]


def motel(doors: int = 5, sign: bool = True) -> list[Part]:
    """Two storeys of a motel: doors, lit windows, a walkway with a rail and a stair. It looks to +z."""
    wide = doors * 3.2
    left = -wide / 2
    parts = [
        box("wall-warm", (0, 2.9, -1.2), (wide, 5.8, 0.2)),
        box("concrete", (0, 2.75, -0.4), (wide + 0.4, 0.18, 1.6)),
        box("roof", (0, 5.9, -0.5), (wide + 0.8, 0.2, 2.2)),
    ]
    for floor in (0.0, 2.84):
        for k in range(doors):
            x = left + 1.0 + k * 3.2
            parts.append(box("door", (x, floor + 1.05, -1.08), (0.95, 2.1, 0.06)))
            parts.append(
                box("doorlight" if (k + int(floor)) % 3 == 0 else "far", (x + 1.4, floor + 1.35, -1.08), (1.1, 1.0, 0.05))
            )
            parts.append(box("lamp", (x + 0.72, floor + 2.05, -1.04), (0.12, 0.18, 0.10)))
    parts += [rod("rail", (left, 2.84 + h, 0.35), (-left, 2.84 + h, 0.35), 0.025, 8) for h in (0.55, 1.0)]
    parts += [rod("rail", (x, 2.84, 0.35), (x, 3.84, 0.35), 0.018, 6) for x in np.arange(left, -left + 0.1, 0.4)]
    parts += [rod("pole", (x, 0, 0.3), (x, 5.8, 0.3), 0.06, 10) for x in np.arange(left, -left + 0.1, 3.2)]
    if sign:
        parts += [box("trim", (left - 1.3, 4.6, 0.4), (2.2, 0.9, 0.16)), *words("sign", "LODGE", 0.36, (left - 1.3, 4.6, 0.49))]
        parts.append(rod("pole", (left - 1.3, 0, 0.4), (left - 1.3, 4.2, 0.4), 0.08))
    return parts


def stairs(steps: int = 14, wide: float = 1.1) -> list[Part]:
    """A stair that rises to -z, with a rail."""
    parts = [box("concrete", (0, 0.18 * k + 0.09, -0.28 * k), (wide, 0.18, 0.30)) for k in range(steps)]
    top = 0.18 * steps
    for x in (-wide / 2, wide / 2):
        parts.append(rod("rail", (x, 0.95, 0), (x, top + 0.9, -0.28 * steps), 0.03, 10))
        parts += [rod("rail", (x, 0.18 * k, -0.28 * k), (x, 0.18 * k + 0.95, -0.28 * k), 0.015, 6) for k in range(0, steps, 2)]
    return parts


def ice_machine() -> list[Part]:
    """A vending cabinet that glows."""
    return [
        box("cooler", (0, 1.25, 0.36), (0.75, 0.6, 0.02)),
        box("busside", (0, 0.95, 0), (0.95, 1.9, 0.7)),
        *words("letter", "ICE", 0.20, (0, 1.68, 0.36)),
    ]


def brick_wall(long: float = 12, high: float = 7, windows: int = 3, lit: int = 1) -> list[Part]:
    """The back of a house along x, looking to +z, with windows on its upper floors of which `lit` shine."""
    parts = [box("brick", (0, high / 2, -0.15), (long, high, 0.3))]
    parts += [box("brickline", (0, y, 0), (long, 0.012, 0.012)) for y in np.arange(0.3, high, 0.3)]
    for k in range(windows):
        x = -long / 2 + (k + 0.5) * long / windows
        parts.append(box("doorlight" if k < lit else "glass", (x, high * 0.62, 0.01), (0.9, 1.2, 0.03)))
        parts.append(box("concrete", (x, high * 0.62 - 0.66, 0.05), (1.1, 0.08, 0.16)))
    parts += [rod("pole", (-long / 2 + 0.7, 0, 0.1), (-long / 2 + 0.7, high, 0.1), 0.06, 10)]
    return parts


def dumpster() -> list[Part]:
    """A dumpster with a lid."""
    return [
        box("dumpster", (0, 0.65, 0), (1.9, 1.1, 1.1)),
        box("trim", (0, 1.25, -0.05), (1.96, 0.07, 1.2), turn((1, 0, 0), 6)),
        box("trim", (0, 0.9, 0.56), (1.9, 0.06, 0.04)),
        *[box("trim", (x, 0.65, 0.56), (0.06, 1.1, 0.04)) for x in (-0.6, 0, 0.6)],
        *[rod("tyre", (x, 0.06, 0.4), (x + 0.1, 0.06, 0.4), 0.07, 12) for x in (-0.8, 0.8)],
    ]


def shop_back() -> list[Part]:
    """The back door of a shop: wall, lit door, a lamp above, a sign."""
    return [
        box("brick", (0, 2.4, -0.15), (14, 4.8, 0.3)),
        box("door", (1.2, 1.05, 0.02), (1.0, 2.1, 0.05)),
        box("lamp", (1.2, 2.45, 0.12), (0.3, 0.12, 0.2)),
        box("doorlight", (-2.6, 1.5, 0.02), (1.6, 0.9, 0.03)),
        box("trim", (-2.6, 3.4, 0.1), (4.4, 0.75, 0.15)),
        *words("sign", "MARKET", 0.42, (-2.6, 3.4, 0.18)),
    ]


def terminal() -> list[Part]:
    """The glass front of a bus terminal, looking to +z: lit panes, posts, canopy, sign."""
    parts = [box("concrete", (0, 4.1, 0), (18, 1.0, 0.4)), box("roof", (0, 3.5, 1.5), (18, 0.25, 3.4))]
    parts += [box("doorlight", (-7.8 + 1.95 * k, 1.75, -0.1), (1.8, 3.4, 0.03)) for k in range(9)]
    parts += [box("trim", (-8.8 + 1.95 * k, 1.75, 0), (0.12, 3.5, 0.12)) for k in range(10)]
    parts += [rod("pole", (x, 0, 2.8), (x, 3.4, 2.8), 0.10, 16) for x in (-6, 0, 6)]
    return parts + words("sign", "EASTGATE", 0.55, (0, 4.1, 0.21))


def back_steps(wide: float = 6) -> list[Part]:
    """The back door of a station with four broad steps and a rail; it looks to +z, the door is at (0, 0.72, -1.2)."""
    parts = [
        box("brick", (0, 2.2, -1.6), (wide, 4.4, 0.3)),
        box("roof", (0, 4.45, -1.5), (wide + 0.3, 0.12, 0.7)),
        box("door", (0, 1.77, -1.42), (1.1, 2.1, 0.06)),
        box("lamp", (0, 3.1, -1.36), (0.4, 0.12, 0.16)),
    ]
    parts += [box("concrete", (0, 0.09 + 0.18 * k, -0.24 - 0.32 * k), (3.0, 0.18, 1.6 - 0.32 * k)) for k in range(4)]
    parts += [rod("rail", (x, 0.9, 0.4), (x, 1.62, -1.3), 0.03, 10) for x in (-1.45, 1.45)]
    parts += [rod("rail", (x, 0, 0.4), (x, 0.9, 0.4), 0.03, 10) for x in (-1.45, 1.45)]
    return parts


def curb(long: float = 20) -> list[Part]:
    """A sidewalk's edge along x."""
    return [box("curb", (0, 0.07, 0), (long, 0.14, 2.0))]


def fence(long: float = 8) -> list[Part]:
    """Chain-link, of posts and two rails."""
    parts = [rod("wire", (x, 0, 0), (x, 2.1, 0), 0.025, 8) for x in np.arange(-long / 2, long / 2 + 0.1, 2)]
    parts += [rod("wire", (-long / 2, y, 0), (long / 2, y, 0), 0.02, 6) for y in (0.1, 2.05)]
    for k in np.arange(-long / 2 - 2, long / 2, 0.22):
        a, b = max(k, -long / 2), min(k + 2, long / 2)
        parts.append(rod("wire", (a, a - k, 0), (b, b - k, 0), 0.005, 4))
        parts.append(rod("wire", (a, 2 - (a - k), 0), (b, 2 - (b - k), 0), 0.005, 4))
    return parts


def storefront(name: str = "OPEN") -> list[Part]:
    """A convenience store at night: wide lit panes, a sign."""
    parts = [box("wall", (0, 2.0, -0.2), (11, 4.0, 0.3)), box("trim", (0, 3.4, 0), (11.2, 0.9, 0.3))]
    parts += [box("doorlight", (-4.0 + 2.0 * k, 1.45, -0.03), (1.8, 2.3, 0.03)) for k in range(5)]
    parts += [box("shelf", (-4.0 + 2.0 * k, 0.9, -0.005), (1.7, 0.06, 0.02)) for k in (0, 1, 3, 4)]
    return parts + words("sign", name, 0.5, (0, 3.4, 0.16))


PROPS: dict[str, Callable[..., list[Part]]] = {
    "ground": ground,
    "street-light": street_light,
    "motel": motel,
    "stairs": stairs,
    "ice-machine": ice_machine,
    "brick-wall": brick_wall,
    "dumpster": dumpster,
    "shop-back": shop_back,
    "terminal": terminal,
    "back-steps": back_steps,
    "curb": curb,
    "fence": fence,
    "storefront": storefront,
}
