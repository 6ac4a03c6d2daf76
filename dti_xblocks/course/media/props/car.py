"""Cars: a patrol car as a sedan or as an SUV, an ambulance, a bus, and the inside of a car."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import trimesh
from scipy.interpolate import PchipInterpolator
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry import Point as Spot
from shapely.ops import unary_union

from ..part import Part
from ..vectors import Array, X, Y, turn, unit, vector
from .shapes import Point, box, moved, plate, quad, ring, rod, soft_box, words

AXLES = (-1.46, 1.50)
HALF = 0.98  # of the width
NARROWER = PchipInterpolator([0.2, 0.45, 0.75, 1.06, 1.8], [0.94, 0.995, 1, 0.955, 0.72])  # by height, without creases
PANE = [(0, 0), (1, 0), (1, 1), (0, 1)]
BODIES = {  # body, cabin, side windows; the car's front is at +x
    "suv": (
        [
            (-2.44, 0.32),
            (-2.50, 0.50),
            (-2.46, 0.95),
            (-2.40, 1.06),
            (0.98, 1.12),
            (1.6, 1.08),
            (2.22, 0.99),
            (2.42, 0.86),
            (2.48, 0.62),
            (2.46, 0.36),
            (2.3, 0.27),
            (-2.3, 0.27),
        ],
        [(-2.40, 1.05), (-2.08, 1.68), (-1.9, 1.74), (0.05, 1.76), (0.25, 1.72), (1.06, 1.10)],
        [
            [(-2.20, 1.14), (-1.98, 1.60), (-1.50, 1.64), (-1.50, 1.14)],
            [(-1.42, 1.14), (-1.42, 1.64), (-0.62, 1.665), (-0.62, 1.14)],
            [(-0.54, 1.14), (-0.54, 1.665), (0.06, 1.675), (0.20, 1.64), (0.80, 1.16)],
        ],
    ),
    "sedan": (
        [
            (-2.44, 0.32),
            (-2.50, 0.50),
            (-2.47, 0.86),
            (-2.40, 0.97),
            (-1.70, 1.02),
            (0.98, 1.04),
            (1.6, 1.01),
            (2.22, 0.93),
            (2.42, 0.82),
            (2.48, 0.60),
            (2.46, 0.36),
            (2.3, 0.27),
            (-2.3, 0.27),
        ],
        [(-1.78, 1.00), (-1.20, 1.40), (-0.95, 1.46), (0.02, 1.48), (0.22, 1.44), (1.10, 1.02)],
        [
            [(-1.52, 1.07), (-1.12, 1.36), (-0.66, 1.40), (-0.66, 1.07)],
            [(-0.58, 1.07), (-0.58, 1.40), (0.04, 1.40), (0.18, 1.37), (0.82, 1.08)],
        ],
    ),
}


def _narrower(vertices: Array) -> Array:
    """Cars are narrower at the top, at the sill, and towards both ends."""
    x, y = vertices[:, 0], vertices[:, 1]
    share = NARROWER(y)
    vertices = vertices.copy()
    vertices[:, 2] *= share * (1 - 0.10 * np.clip((np.abs(x) - 1.75) / 0.75, 0, 1) ** 2)
    return vertices


def _slab(material: str, outline: Polygon, half: float) -> list[Part]:
    mesh = trimesh.creation.extrude_polygon(outline, 2 * half)
    vertices, faces = trimesh.remesh.subdivide_to_size(mesh.vertices - [0, 0, half], mesh.faces, 0.10)
    normals = np.cross(vertices[faces[:, 1]] - vertices[faces[:, 0]], vertices[faces[:, 2]] - vertices[faces[:, 0]])
    side = np.abs(normals[:, 2]) > 0.99 * (np.linalg.norm(normals, axis=1) + 1e-9)
    vertices = _narrower(vertices)
    return [Part(material, vertices, faces[side], True), Part(material, vertices, faces[~side])]


def patrol_car(body: str = "suv", police: bool = True) -> list[Part]:
    """A car, 5 m long, its front at +x; `body` "suv" or "sedan"; without `police` it is anybody's."""
    low, high, windows = BODIES[body]
    hull = Polygon(low)
    for x in AXLES:
        hull = hull.difference(Spot(x, 0.36).buffer(0.43))
    parts = _slab("carbody", hull, HALF) + _slab("carroof" if police else "carbody", Polygon(high), HALF + 0.005)
    for window in windows:
        parts += _slab("glass", Polygon(window), HALF + 0.014)
    parts += _panes(body) + _ends() + _wheels()
    belt = 0.90 if body == "suv" else 0.84
    if police:
        parts += _bar(1.86 if body == "suv" else 1.56)
        stripe = Polygon(
            [
                (-2.40, belt - 0.10),
                (-2.36, belt),
                (-0.75, belt),
                (1.05, belt + 0.06),
                (2.2, belt - 0.02),
                (2.25, belt - 0.05),
                (1.0, belt),
                (-0.7, belt - 0.10),
            ]
        )
        parts += _slab("carstripe", stripe, HALF + 0.004)
        for sign in (-1, 1):
            parts += words("letter", "POLICE", 0.20, (-0.42, 0.60, sign * (HALF + 0.002)), turn(Y, 0 if sign > 0 else 180))
        parts += [box("bumper", (2.56, 0.60, sign * 0.26), (0.07, 0.46, 0.07)) for sign in (-1, 1)]
        parts.append(box("bumper", (2.57, 0.74, 0), (0.05, 0.06, 0.60)))
    for x in (-0.62, 0.42):  # door handles
        parts += [box("trim", (x, belt + 0.06, sign * 0.985), (0.16, 0.03, 0.03)) for sign in (-1, 1)]
    return parts


def _panes(body: str) -> list[Part]:
    """Windshield and rear window."""
    if body == "suv":
        front, back = ((1.03, 1.16, 0.86), (0.30, 1.71, 0.70)), ((-2.385, 1.16, 0.86), (-2.125, 1.64, 0.70))
    else:
        front, back = ((1.06, 1.06, 0.86), (0.26, 1.43, 0.72)), ((-1.72, 1.06, 0.84), (-1.22, 1.41, 0.70))
    panes = []
    for material, ((x0, y0, z0), (x1, y1, z1)) in (("windshield", front), ("glass", back)):
        corners = ((x0, y0, -z0), (x0, y0, z0), (x1, y1, z1), (x1, y1, -z1))
        panes.append(quad(material, *corners))
        for number, (what, shape) in enumerate(BEHIND[material]):
            pieces = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
            panes += [_on_pane(what, corners, piece, 0.004 + 0.003 * number) for piece in pieces]
    return panes


def _on_pane(material: str, corners: Sequence[Point], shape: Polygon, lift: float) -> Part:
    """A flat shape on a pane of four corners; its x runs from 0 to 1 across, its y from 0 to 1 upwards."""
    low_left, low_right, high_right, high_left = (vector(one) for one in corners)
    points, faces = trimesh.creation.triangulate_polygon(shape, engine="earcut")
    x, y = points[:, :1], points[:, 1:2]
    outwards = unit(np.cross(high_left - low_left, low_right - low_left))
    outwards = outwards if outwards[1] > 0 else -outwards
    on = (low_left * (1 - x) + low_right * x) * (1 - y) + (high_left * (1 - x) + high_right * x) * y
    return Part(material, on + outwards * lift, faces)


def _seats() -> Polygon | MultiPolygon:
    """Two seats with their head restraints, and the top of a dashboard, as they are seen behind a windshield."""
    seats = [Spot(x, 0.40).buffer(0.085).union(Spot(x, 0.20).buffer(0.15)) for x in (0.29, 0.71)]
    return unary_union([*seats, Polygon([(0, 0), (1, 0), (1, 0.16), (0, 0.16)])]).intersection(Polygon(PANE))


def _sheen(*bands: tuple[float, float]) -> Polygon | MultiPolygon:
    """Slanting bands of reflected sky: each from and to where it meets the lower edge of a pane."""
    slant = [Polygon([(a, 0.02), (b, 0.02), (b + 0.30, 0.98), (a + 0.30, 0.98)]) for a, b in bands]
    return unary_union(slant).intersection(Polygon(PANE).buffer(-0.02))


def _ends() -> list[Part]:
    """Lights, mirrors, grille, number plates, bumpers."""
    parts = [box("grille", (2.47, 0.66, 0), (0.05, 0.22, 1.0)), box("bumper", (2.47, 0.40, 0), (0.08, 0.16, 1.5))]
    parts += [box("hub", (2.497, 0.60 + 0.06 * k, 0), (0.01, 0.012, 0.96)) for k in range(3)]
    parts += [box("bumper", (-2.47, 0.44, 0), (0.10, 0.16, 1.6)), box("letter", (-2.50, 0.70, 0), (0.02, 0.11, 0.34))]
    for sign in (-1, 1):
        parts.append(box("headlight", (2.36, 0.82, sign * 0.70), (0.14, 0.12, 0.34), turn(Y, -sign * 14)))
        parts.append(box("taillight", (-2.44, 0.84, sign * 0.76), (0.09, 0.14, 0.28)))
        parts.append(box("carbody", (0.86, 1.12, sign * 1.03), (0.12, 0.13, 0.2)))
    return parts


def _wheels() -> list[Part]:
    parts = []
    for sign in (-1, 1):
        for x in AXLES:
            place = (x, 0.36, sign * 0.82)
            parts.append(rod("tyre", (x, 0.36, sign * 0.69), (x, 0.36, sign * 0.95), 0.36, 36))
            parts.append(rod("hub", (x, 0.36, sign * 0.935), (x, 0.36, sign * 0.965), 0.23, 36))
            parts.append(rod("tyre", (x, 0.36, sign * 0.955), (x, 0.36, sign * 0.975), 0.07, 24))
            for k in range(5):
                way = turn((0, 0, 1), 72 * k) @ np.array([0.0, 0.14, 0])
                parts.append(
                    box("tyre", np.array(place) + way + [0, 0, sign * 0.146], (0.035, 0.14, 0.01), turn((0, 0, 1), 72 * k))
                )
    return parts


def _bar(height: float) -> list[Part]:
    """The light bar: red on the side of +z, blue on the other."""
    parts = [box("bumper", (-0.28, height, 0), (0.24, 0.10, 0.10)), box("bumper", (-0.28, height - 0.08, 0), (0.18, 0.06, 1.1))]
    for sign, material in ((1, "bar-red"), (-1, "bar-blue")):
        parts.append(soft_box(material, (-0.28, height, sign * 0.34), (0.26, 0.13, 0.58)))
    return parts


def ambulance(wagon: bool = False) -> list[Part]:
    """A box ambulance, its open back at -x, a step below it; as a `wagon` it is a dark one of the police."""
    body = "carbody" if wagon else "ambulance"
    parts = [box(body, (0.2, 1.62, 0), (4.2, 2.3, 2.1)), box(body, (3.0, 1.20, 0), (1.5, 1.5, 2.0))]
    parts += [box("carstripe", (0.2, 1.25, sign * 1.056), (4.2, 0.18, 0.01)) for sign in (-1, 1)]
    parts += [box("doorlight", (-1.91, 1.62, 0), (0.02, 1.7, 1.5)), box("bumper", (-2.10, 0.46, 0), (0.40, 0.10, 1.9))]
    parts += [box(body, (-2.0, 1.62, sign * 1.35), (0.06, 1.9, 0.72), turn(Y, sign * 24)) for sign in (-1, 1)]
    parts += [box("bar-red" if sign > 0 else "bar-blue", (-1.85, 2.86, sign * 0.7), (0.2, 0.14, 0.5)) for sign in (-1, 1)]
    parts += words("letter", "POLICE" if wagon else "AMBULANCE", 0.22, (0.3, 2.2, 1.06))
    for x in (-1.2, 2.9):
        parts += [rod("tyre", (x, 0.42, sign * 0.78), (x, 0.42, sign * 1.06), 0.42, 32) for sign in (-1, 1)]
    return parts


def bus() -> list[Part]:
    """A coach, 11 m long, its front at +x and its windows lit."""
    parts = [box("busside", (0, 1.75, 0), (11, 2.9, 2.5)), box("grille", (0, 0.36, 0), (10.6, 0.3, 2.3))]
    for k in range(8):
        parts += [box("busglass", (-4.6 + k * 1.22, 2.25, sign * 1.256), (1.06, 0.85, 0.02)) for sign in (-1, 1)]
    parts.append(box("busglass", (5.506, 2.1, 0), (0.02, 1.5, 2.2)))
    parts += [box("carstripe", (0, 1.45, sign * 1.256), (11, 0.14, 0.01)) for sign in (-1, 1)]
    for x in (-3.4, 3.5):
        parts += [rod("tyre", (x, 0.48, sign * 0.95), (x, 0.48, sign * 1.28), 0.48, 32) for sign in (-1, 1)]
    return parts


def cabin() -> list[Part]:
    """The inside of a patrol car: two front seats with their backs to +z, dashboard, wheel at -x, computer, mirror."""
    parts = []
    for x in (-0.42, 0.42):
        parts += [
            soft_box("seat", (x, 0.56, 0.22), (0.48, 0.66, 0.16), turn(X, -8)),
            soft_box("seat", (x, 1.00, 0.30), (0.25, 0.15, 0.10), turn(X, -6)),
        ]
        parts += [rod("metal", (x + side, 0.86, 0.26), (x + side, 0.95, 0.29), 0.012) for side in (-0.05, 0.05)]
    parts.append(ring("dash", (-0.42, 0.84, -0.52), 0.185, 0.018, turn(X, -22) @ np.array([0, 0, 1])))
    parts.append(box("dash", (-0.42, 0.82, -0.54), (0.34, 0.05, 0.03), turn(X, -22)))
    parts += [
        box("dash", (0, 0.58, -0.86), (2.2, 0.42, 0.5)),
        box("dash", (-0.42, 0.83, -0.76), (0.42, 0.10, 0.22)),
        box("dash", (0, 0.60, -0.45), (0.22, 0.5, 0.5)),
    ]
    tilt = turn(X, -14) @ turn(Y, 6)
    parts += [
        box("screenframe", (0.03, 0.98, -0.52), (0.27, 0.18, 0.02), tilt),
        box("screen", (0.03, 0.982, -0.508), (0.245, 0.155, 0.006), tilt),
    ]
    parts += [
        box("dash", (0.03, 0.875, -0.43), (0.27, 0.02, 0.18)),
        soft_box("seat", (0.02, 1.42, -0.62), (0.26, 0.075, 0.03), turn(Y, 8)),
    ]
    return parts


def windshield_frame() -> list[Part]:
    """Roof and pillars around the windshield of "cabin"."""
    outer = Polygon([(-3, -0.5), (3, -0.5), (3, 3), (-3, 3)])
    inner = Polygon(
        [(-1.06, 0.6), (1.06, 0.6), (0.80, 1.44), (0.70, 1.53), (0.4, 1.56), (-0.4, 1.56), (-0.70, 1.53), (-0.80, 1.44)]
    )
    return moved(plate("screenframe", outer.difference(inner.buffer(0.03)), 0.05), np.eye(3), (0, 0, -0.95))


# What is seen on and behind glass, from the back to the front.
BEHIND: dict[str, list[tuple[str, Polygon | MultiPolygon]]] = {
    "windshield": [
        ("carinside", _seats()),
        ("carinside", Polygon([(0.44, 0.86), (0.56, 0.86), (0.55, 0.96), (0.45, 0.96)])),  # the mirror
        ("sheen", _sheen((0.10, 0.24), (0.28, 0.32))),
        ("trim", unary_union([LineString([(0.12, 0.03), (0.46, 0.10)]), LineString([(0.54, 0.03), (0.88, 0.10)])]).buffer(0.012)),
    ],
    "glass": [("sheen", _sheen((0.16, 0.26), (0.30, 0.33)))],
}

PROPS: dict[str, Callable[..., list[Part]]] = {
    "patrol-car": patrol_car,
    "ambulance": ambulance,
    "bus": bus,
    "car-inside": cabin,
    "windshield": windshield_frame,
}
