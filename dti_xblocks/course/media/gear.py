"""What is worn on clothes: duty belt, radio, badge, collar, tie, and the marks of rank."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import trimesh
from numpy.typing import NDArray

from .body import BODY, rig, shape, triangles
from .part import Faces, Part, grid
from .skeleton import Skeleton
from .vectors import Array, Y, turn, unit

# Around the belt: degrees from the left hip through the front, height, size (across, up, out).
POUCHES = (
    (62, 0, (0.05, 0.075, 0.035)),
    (118, 0, (0.05, 0.075, 0.035)),
    (12, -0.01, (0.055, 0.12, 0.04)),
    (-40, 0, (0.075, 0.07, 0.035)),
    (-140, 0, (0.075, 0.07, 0.035)),
)
SHOULDER_MIC = "belt"


class Wearer:
    """A dressed skeleton: where the front of its clothes is. `cloth` are the clothes' vertices at rest."""

    def __init__(self, skeleton: Skeleton, cloth: Array) -> None:
        self.skeleton = skeleton
        self.cloth = cloth
        self.worn = np.unique(triangles("helper-tights"))

    def front(self, x: float, y: float) -> float:
        """How far forward the cloth is at this place of the chest."""
        points = self.cloth[self.worn[self.cloth[self.worn, 2] > 0]]
        return float(points[np.argmin((points[:, 0] - x) ** 2 + (points[:, 1] - y) ** 2), 2])

    def weights(self, count: int, **shares: float) -> Array:
        """Weights of new vertices, the same for all."""
        table = np.zeros((count, len(rig().order)))
        for bone, share in shares.items():
            table[:, rig().index(bone)] = share
        return table

    def pinned(self, material: str, mesh: trimesh.Trimesh, place: Sequence[float], bone: str) -> Part:
        """A thing that moves with one bone."""
        return Part(material, self.skeleton.attach(mesh.vertices + np.array(place), bone), mesh.faces)


def duty_belt(wearer: Wearer) -> list[Part]:
    """Belt, holster on the right hip, pouches."""
    skeleton, height = wearer.skeleton, wearer.skeleton.joints["pelvis"][1] + 0.055
    ring = wearer.worn[(np.abs(wearer.cloth[wearer.worn, 1] - height) < 0.03) & (np.abs(wearer.cloth[wearer.worn, 0]) < 0.25)]
    points = wearer.cloth[ring]
    middle = np.array([0, height, (points[:, 2].max() + points[:, 2].min()) / 2])
    wide, deep = np.abs(points[:, 0]).max() + 0.014, (points[:, 2].max() - points[:, 2].min()) / 2 + 0.014
    around = np.linspace(0, 2 * np.pi, 49)[:-1]
    band = np.concatenate([np.stack([wide * np.cos(around), np.full(48, h), deep * np.sin(around)], 1) for h in (-0.03, 0.03)])
    weights = wearer.weights(len(band), pelvis=0.7, spine_01=0.3)
    parts = [Part("belt", skeleton.skin(band + middle, weights), grid(2, 48, closed=True))]
    things = [(185, -0.08, (0.055, 0.20, 0.05), 0.028), (183, 0.035, (0.04, 0.075, 0.045), 0.035)]
    things += [(angle, dy, size, 0.02) for angle, dy, size in POUCHES]
    for angle, dy, size, out in things:
        t = np.radians(angle)
        place = middle + np.array([(wide + out) * np.cos(t), dy, (deep + out) * np.sin(t)])
        box = trimesh.creation.box(size)
        parts.append(Part("belt", skeleton.attach(box.vertices @ turn(Y, 90 - angle).T + place, "pelvis"), box.faces))
    buckle = trimesh.creation.box((0.055, 0.045, 0.012))
    parts.append(wearer.pinned("buckle", buckle, middle + np.array([0, 0, deep + 0.004]), "pelvis"))
    return parts


def radio_and_badge(wearer: Wearer) -> list[Part]:
    """The microphone at the left shoulder, the badge on the left breast, a camera in the middle of the chest, a name tag."""
    joints = wearer.skeleton.joints
    x, y = joints["clavicle_l"][0] + 0.075, joints["clavicle_l"][1] - 0.06
    parts = [
        wearer.pinned(
            SHOULDER_MIC, trimesh.creation.box((0.045, 0.07, 0.03)), (x, y, wearer.front(x, y + 0.03) + 0.022), "spine_03"
        )
    ]
    x, y = 0.075, joints["spine_03"][1] + 0.10
    shield = trimesh.creation.cylinder(0.022, 0.01, sections=6)
    parts.append(wearer.pinned("metal", shield, (x, y, wearer.front(x, y) + 0.006), "spine_03"))
    parts.append(
        wearer.pinned("nametag", trimesh.creation.box((0.055, 0.012, 0.008)), (-x, y, wearer.front(-x, y) + 0.006), "spine_03")
    )
    y -= 0.045
    parts.append(
        wearer.pinned("belt", trimesh.creation.box((0.050, 0.075, 0.022)), (0, y, wearer.front(0, y) + 0.010), "spine_03")
    )
    return parts


def collar(wearer: Wearer) -> list[Part]:
    """The collar of a shirt or a tunic: it stands up at the back and opens towards the front."""
    height = wearer.skeleton.joints["neck_01"][1]
    body = shape_of(wearer)
    around = np.linspace(0, 2 * np.pi, 41)[:-1]
    opening = np.clip((np.sin(around) - 0.55) / 0.45, 0, 1)
    rings = []
    for rise, out, drop in ((-0.034, 0.020, 0.030), (0.000, 0.017, 0.045), (0.026, 0.010, 0.080)):
        near = body[(np.abs(body[:, 1] - height - rise - 0.02) < 0.012) & (np.abs(body[:, 0]) < 0.085)]
        wide, back, front = np.abs(near[:, 0]).max(), near[:, 2].min(), near[:, 2].max()
        flare = out * (0.40 + 0.60 * np.clip(np.sin(around) + 0.7, 0, 1))
        deep = min((front - back) / 2, 0.066) + flare
        x, z = (min(wide, 0.064) + flare) * np.cos(around), (back + front) / 2 + deep * np.sin(around)
        rings.append(np.stack([x, height + rise - 0.030 * np.sin(around) - drop * opening**1.5, z + 0.016 * opening], 1))
    band = np.concatenate(rings)
    weights = wearer.weights(len(band), spine_03=0.75, neck_01=0.25)
    return [Part("collar", wearer.skeleton.skin(band, weights), grid(3, 40, closed=True), True)]


def shape_of(wearer: Wearer) -> Array:
    """The bare body's vertices at rest."""
    return shape(wearer.skeleton.build)[0][:BODY]


def tie_and_lapels(wearer: Wearer) -> list[Part]:
    """A white shirt and a tie in the opening of a tunic, and three buttons."""
    top = wearer.skeleton.joints["neck_01"][1] - 0.022
    heights = np.linspace(top, top - 0.25, 9)

    def strip(material: str, half: Callable[[float], float], lift: float, rows: Array) -> Part:
        points = []
        for k, y in enumerate(rows):
            for sign in (-1, 1):
                x = sign * half(k / (len(rows) - 1))
                points.append((x, y, max(wearer.front(x, y), wearer.front(0, y)) + lift))
        return Part(
            material,
            wearer.skeleton.skin(np.array(points), wearer.weights(len(points), spine_03=1)),
            grid(len(rows), 2, closed=False),
        )

    parts = [strip("wshirt", lambda t: 0.062 * (1 - t) + 0.004, 0.012, heights)]
    parts.append(strip("tie", lambda t: 0.020 + 0.012 * t, 0.018, heights[:8]))
    for k in range(3):
        y = heights[-1] - 0.035 - 0.075 * k
        button = trimesh.creation.icosphere(1, 0.010)
        parts.append(wearer.pinned("metal", button, (0, y, wearer.front(0, y) + 0.006), "spine_02"))
    return parts


def _on_sleeves(wearer: Wearer, quads: Sequence[Sequence[tuple[float, float]]]) -> list[Part]:
    """Marks on both sleeves. A corner: metres down the arm from the shoulder, and the angle from its outer side (radians)."""
    skeleton, parts = wearer.skeleton, []
    for sign, side in ((1, "_l"), (-1, "_r")):
        shoulder = skeleton.joints["upperarm" + side]
        down = unit(skeleton.joints["lowerarm" + side] - shoulder)
        out = unit(np.array([sign, 0.0, 0]) - down * down[0] * sign)
        forward = np.cross(down, out)
        sleeve = wearer.worn[rig().weights[wearer.worn, rig().index("upperarm" + side)] > 0.5]
        points = wearer.cloth[sleeve] - shoulder
        along = points @ down
        off = points - np.outer(along, down)
        radius = np.linalg.norm(off, axis=1)
        for quad in quads:
            corners = []
            for far, angle in quad:
                way = out * np.cos(angle) + forward * np.sin(angle)
                near = np.argsort((along - far) ** 2 + np.linalg.norm(off - way * radius[:, None], axis=1) ** 2)[:5]
                corners.append(shoulder + down * far + way * (radius[near].mean() + 0.006))
            weights = wearer.weights(4, **{"upperarm" + side: 1.0})
            faces: Faces = np.array([(0, 1, 2), (0, 2, 3), (0, 2, 1), (0, 3, 2)])
            parts.append(Part("insignia", skeleton.skin(np.array(corners), weights), faces))
    return parts


def chevrons(wearer: Wearer) -> list[Part]:
    """A sergeant's three chevrons, points up."""
    quads = []
    for k in range(3):
        start = 0.075 + k * 0.026
        for sign in (-1, 1):
            for a in range(4):
                w0, w1 = sign * a * 0.17, sign * (a + 1) * 0.17
                h0, h1 = start + abs(w0) * 0.045, start + abs(w1) * 0.045
                quads.append([(h0, w0), (h1, w1), (h1 + 0.013, w1), (h0 + 0.013, w0)])
    return _on_sleeves(wearer, quads)


def shoulder_patch(wearer: Wearer) -> list[Part]:
    """The agency's patch at the top of both sleeves."""
    steps: NDArray[np.float64] = np.linspace(-0.36, 0.36, 5)
    quads = [[(0.032, a), (0.032, b), (0.088 - 0.05 * b * b, b), (0.088 - 0.05 * a * a, a)] for a, b in itertools.pairwise(steps)]
    return [Part("patch", part.vertices, part.faces) for part in _on_sleeves(wearer, quads)]


def _on_collar(wearer: Wearer, mesh: trimesh.Trimesh, places: Sequence[float]) -> list[Part]:
    parts = []
    for sign in (-1, 1):
        for k, out in enumerate(places):
            x, y = sign * out, wearer.skeleton.joints["clavicle_l"][1] + 0.030 - 0.016 * k
            parts.append(wearer.pinned("metal", mesh, (x, y - 0.015, wearer.front(x, y) + 0.012), "spine_03"))
    return parts


def stars(wearer: Wearer) -> list[Part]:
    """A chief's two stars on each collar."""
    return _on_collar(wearer, trimesh.creation.cylinder(0.015, 0.007, sections=5), (0.040, 0.076))


def bars(wearer: Wearer) -> list[Part]:
    """A lieutenant's bar on each collar."""
    return _on_collar(wearer, trimesh.creation.box((0.034, 0.014, 0.007)), (0.052,))


def safety_vest(wearer: Wearer) -> list[Part]:
    """Two bright stripes around the chest of a medic."""
    stripes = []
    faces = triangles("helper-tights")
    y = wearer.cloth[:, 1]
    trunk = np.abs(wearer.cloth[:, 0]) < 0.22
    for height in (0.02, 0.14):
        on = trunk & (np.abs(y - wearer.skeleton.joints["spine_02"][1] - height) < 0.035)
        chosen = faces[on[faces].all(1)]
        stripes.append(Part("stripe", wearer.skeleton.skin(wearer.cloth * [1.03, 1, 1.05], rig().weights), chosen, True))
    return stripes


MARKS: dict[str, Callable[[Wearer], list[Part]]] = {
    "belt": duty_belt,
    "radio": radio_and_badge,
    "collar": collar,
    "tie": tie_and_lapels,
    "chevrons": chevrons,
    "patch": shoulder_patch,
    "stars": stars,
    "bars": bars,
    "vest": safety_vest,
}
