"""Things that are carried, lie on tables, or are worn by no one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..part import Part
from ..vectors import Y, turn, unit, vector
from .shapes import Point, box, moved, ring, rod, soft_box, words


def handcuffs(a: Point, b: Point) -> list[Part]:
    """Cuffs around two wrists, and their chain."""
    left, right = vector(a), vector(b)
    axis = unit(right - left + np.array([0.3, 0.2, 0]))
    return [ring("cuff", left, 0.042, 0.010, axis), ring("cuff", right, 0.042, 0.010, axis), rod("cuff", left, right, 0.008, 8)]


def papers(count: int = 6, seed: int = 2, wide: float = 0.25, deep: float = 0.33, base: float = 0.75) -> list[Part]:
    """A stack of folders and files on a table."""
    random = np.random.default_rng(seed)
    parts, y = [], base
    for _ in range(count):
        thick = random.uniform(0.012, 0.03)
        material = str(random.choice(["folder", "folder", "folder-blue", "folder-red", "paper"]))
        place = (random.uniform(-0.015, 0.015), y + thick / 2, random.uniform(-0.015, 0.015))
        parts.append(box(material, place, (wide, thick, deep), turn(Y, random.uniform(-9, 9))))
        y += thick + 0.001
    return parts


def sheet(base: float = 0.755, lines: int = 7, turned: float = 0) -> list[Part]:
    """A page with lines of writing that cannot be read."""
    parts = [box("paper", (0, base, 0), (0.21, 0.004, 0.29))]
    parts += [
        box("pageline", (-0.01 * (k % 3), base + 0.003, -0.11 + k * 0.032), (0.16 - 0.02 * (k % 3), 0.002, 0.008))
        for k in range(lines)
    ]
    return moved(parts, turn(Y, turned), (0, 0, 0))


def open_file(base: float = 0.755) -> list[Part]:
    """An open folder with two pages."""
    return [
        box("folder", (0, base, 0), (0.46, 0.008, 0.32)),
        *moved(sheet(base + 0.007), np.eye(3), (-0.11, 0, 0)),
        *moved(sheet(base + 0.007, turned=3), np.eye(3), (0.11, 0, 0)),
    ]


def phone(lit: bool = True) -> list[Part]:
    """A phone, upright, its screen to -z."""
    return [
        box("phone", (0, 0, 0), (0.075, 0.155, 0.010)),
        *([box("screenglow", (0, 0, -0.007), (0.066, 0.14, 0.003))] if lit else []),
    ]


def mug(base: float = 0.75) -> list[Part]:
    """A paper cup on a table."""
    return [
        rod("mug", (0, base, 0), (0, base + 0.11, 0), 0.040, 20),
        rod("trim", (0, base + 0.11, 0), (0, base + 0.12, 0), 0.043, 20),
    ]


def envelope(base: float = 0.755) -> list[Part]:
    """A large envelope with a label."""
    return [box("folder", (0, base, 0), (0.24, 0.008, 0.33)), box("paper", (0.02, base + 0.005, 0.02), (0.10, 0.002, 0.05))]


def paper_bag() -> list[Part]:
    """A paper bag that somebody carries, its top rolled down; its middle is at the origin."""
    return [
        soft_box("goods-e", (0, 0, 0), (0.17, 0.26, 0.11)),
        box("folder", (0, 0.13, 0), (0.15, 0.045, 0.05)),
    ]


def wastebasket(fallen: bool = True) -> list[Part]:
    """A wastebasket, kicked over."""
    if not fallen:
        return [rod("steel", (0, 0, 0), (0, 0.32, 0), 0.14, 24)]
    return [
        rod("steel", (-0.16, 0.14, 0), (0.16, 0.14, 0.06), 0.14, 24),
        soft_box("paper", (0.30, 0.03, 0.10), (0.08, 0.06, 0.08)),
        soft_box("paper", (0.42, 0.03, -0.02), (0.07, 0.05, 0.07)),
    ]


def flag() -> list[Part]:
    """A flag that hangs on a staff."""
    folds = [
        box("flag-red" if k % 2 else "white", (0.05 + 0.035 * k, 1.55 - 0.03 * k, 0.02 * (k % 2)), (0.034, 0.95, 0.02))
        for k in range(6)
    ]
    return [
        rod("insignia", (0, 0, 0), (0, 2.3, 0), 0.014, 10),
        rod("trim", (0, 0, 0), (0, 0.05, 0), 0.16, 20),
        box("flag-blue", (0.08, 1.95, 0.012), (0.15, 0.36, 0.03)),
        *folds,
    ]


def microphone(base: float = 0.75) -> list[Part]:
    """A microphone on a table."""
    return [
        rod("trim", (0, base, 0), (0, base + 0.02, 0), 0.06, 20),
        rod("steel", (0, base, 0), (0, base + 0.24, 0.05), 0.008, 8),
        rod("screenframe", (0, base + 0.22, 0.045), (0, base + 0.30, 0.065), 0.022, 14),
    ]


def video_camera() -> list[Part]:
    """A camera on a tripod that looks to +z."""
    legs = [rod("trim", (0, 1.15, 0), tuple(turn(Y, 120 * k) @ np.array([0, 0, 0.42])), 0.014, 8) for k in range(3)]
    return [
        *legs,
        box("screenframe", (0, 1.26, 0), (0.14, 0.16, 0.26)),
        rod("glass", (0, 1.26, 0.13), (0, 1.26, 0.20), 0.05, 18),
        box("exit", (0.045, 1.36, 0.13), (0.014, 0.014, 0.01)),
    ]


def gavel_bench(long: float = 3.2) -> list[Part]:
    """A judge's bench: high, closed to +z."""
    return [
        box("wood", (0, 0.7, 0), (long, 1.4, 0.3)),
        box("desk", (0, 1.42, -0.1), (long + 0.1, 0.06, 0.7)),
        *[box("trim", (x, 0.7, 0.152), (0.8, 1.0, 0.01)) for x in (-1.05, 0, 1.05)],
    ]


def flashlight() -> list[Part]:
    """A flashlight whose lens is at +z."""
    return [rod("belt", (0, 0, -0.1), (0, 0, 0.08), 0.018, 12), rod("tube", (0, 0, 0.08), (0, 0, 0.10), 0.026, 12)]


def first_aid_kit(base: float = 0) -> list[Part]:
    """A bag with a cross."""
    return [
        soft_box("folder-red", (0, base + 0.13, 0), (0.40, 0.26, 0.24)),
        box("white", (0, base + 0.14, 0.124), (0.12, 0.036, 0.006)),
        box("white", (0, base + 0.14, 0.124), (0.036, 0.12, 0.006)),
    ]


def stretcher() -> list[Part]:
    """A wheeled stretcher along x."""
    return [
        soft_box("white", (0, 0.62, 0), (1.9, 0.12, 0.6)),
        soft_box("blanket", (0.25, 0.70, 0), (1.3, 0.06, 0.62)),
        *[rod("steel", (x, 0.1, z), (x * 0.8, 0.6, z), 0.016, 8) for x in (-0.8, 0.8) for z in (-0.25, 0.25)],
        *[rod("tyre", (x, 0.08, z - 0.02), (x, 0.08, z + 0.02), 0.08, 16) for x in (-0.8, 0.8) for z in (-0.25, 0.25)],
    ]


def practice_mat(wide: float = 4, deep: float = 3) -> list[Part]:
    """A training mat on the floor."""
    return [
        box("orange-mat", (0, 0.02, 0), (wide, 0.04, deep)),
        *[box("trim", (x, 0.042, 0), (0.02, 0.002, deep)) for x in np.linspace(-wide / 2, wide / 2, 5)],
    ]


def drawing_on_locker() -> list[Part]:
    """A sheet with a drawing, taped up, in the plane z = 0: a rat, from afar."""
    parts = [
        box("paper", (0, 0, 0), (0.21, 0.28, 0.004)),
        soft_box("pageline", (0, -0.02, 0.004), (0.10, 0.07, 0.006)),
        soft_box("pageline", (0.06, 0.02, 0.004), (0.05, 0.04, 0.006)),
    ]
    return [
        *parts,
        ring("pageline", (0.075, 0.05, 0.004), 0.012, 0.003),
        rod("pageline", (-0.05, -0.03, 0.004), (-0.09, 0.03, 0.004), 0.003, 6),
        box("insignia", (-0.01, -0.02, 0.009), (0.03, 0.03, 0.003)),
    ]


def sign(text: str = "OPEN", high: float = 0.3, colour: str = "sign") -> list[Part]:
    """Words that shine, readable from +z, their middle at the origin."""
    return words(colour, text, high, (0, 0, 0))


PROPS: dict[str, Callable[..., list[Part]]] = {
    "papers": papers,
    "sheet": sheet,
    "open-file": open_file,
    "phone": phone,
    "mug": mug,
    "envelope": envelope,
    "bag": paper_bag,
    "wastebasket": wastebasket,
    "flag": flag,
    "microphone": microphone,
    "video-camera": video_camera,
    "judge-bench": gavel_bench,
    "flashlight": flashlight,
    "first-aid": first_aid_kit,
    "stretcher": stretcher,
    "mat": practice_mat,
    "taped-drawing": drawing_on_locker,
    "sign": sign,
}
