"""People in clothes: a build, a pose, an outfit and hair make parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .body import Build, rig, shape, triangles
from .cloth import Cloth, Mask, cloth, of_bones
from .gear import MARKS, Wearer
from .head import HATS, skin_and_hair
from .part import Part
from .skeleton import FINGERS, Pose, Skeleton
from .vectors import Array

HEM = 0.035  # of trousers above the ankle, metres
SHORT = 0.72  # where a short sleeve ends, as a share of the upper arm


@dataclass(frozen=True)
class Outfit:
    """Clothes: their cut, materials (above the waist, below, shoes), sleeves, and what is worn on them."""

    cut: str
    top: str
    bottom: str
    shoes: str = "boot"
    short: bool = False
    marks: tuple[str, ...] = ()


POLICE = ("belt", "radio", "collar", "patch")
OUTFITS = {
    "officer": Outfit("uniform", "shirt", "trouser", short=True, marks=POLICE),
    "officer-long": Outfit("uniform", "shirt", "trouser", marks=POLICE),
    "sergeant": Outfit("uniform", "shirt", "trouser", short=True, marks=("belt", "radio", "collar", "chevrons")),
    "lieutenant": Outfit("shirt", "whiteshirt", "trouser", marks=("collar", "bars", "patch")),
    "chief": Outfit("tunic", "tunic", "trouser", marks=("collar", "tie", "stars")),
    "suit": Outfit("tunic", "suit", "suit", marks=("tie",)),
    "hoodie": Outfit("hoodie", "hoodie", "jeans"),
    "tee": Outfit("shirt", "tee", "jeans", short=True),
    "shirt": Outfit("shirt", "plain", "jeans"),
    "coat": Outfit("hoodie", "coat", "trouser"),
    "work-jacket": Outfit("hoodie", "workjacket", "jeans"),
    "medic": Outfit("uniform", "medic", "medictrouser", short=True, marks=("vest", "collar")),
    "jail": Outfit("shirt", "orange", "orange"),
    "blouse": Outfit("shirt", "blouse", "trouser"),
}


def person(build: Build, pose: Pose, outfit: str, hair: str = "short", hat: str = "") -> tuple[Skeleton, list[Part]]:
    """A person: the skeleton, for what others do with hands on it, and the parts."""
    skeleton, worn = Skeleton(build, pose), OUTFITS[outfit]
    clothes = cloth(build, worn.cut)
    wearer = Wearer(skeleton, clothes.vertices)
    parts = _clothes(skeleton, worn, clothes)
    parts += skin_and_hair(skeleton, build, hair, _bare(skeleton, worn.short))
    if hat:
        parts += HATS[hat](skeleton)
    for mark in worn.marks:
        parts += MARKS[mark](wearer)
    if worn.top != "shirt":
        parts = [replace(part, material=worn.top) if part.material == "collar" else part for part in parts]
    return skeleton, parts


def _down_the_arm(skeleton: Skeleton, vertices: Array) -> tuple[Array, Array]:
    """How far down the upper arm each vertex is (0 shoulder, 1 elbow), and the arm's vector, of the left side."""
    shoulder = skeleton.joints["upperarm_l"]
    arm = skeleton.joints["lowerarm_l"] - shoulder
    mirrored = vertices.copy()
    mirrored[:, 0] = np.abs(mirrored[:, 0])
    return ((mirrored - shoulder) @ arm) / (arm @ arm), arm


def _clothes(skeleton: Skeleton, outfit: Outfit, clothes: Cloth) -> list[Part]:
    faces, vertices = triangles("helper-tights"), clothes.vertices.copy()
    arm = clothes.upper_arm | clothes.lower_arm
    along, way = _down_the_arm(skeleton, vertices)
    if outfit.short:
        inside = ((along <= SHORT) & (clothes.upper_arm | ~clothes.lower_arm))[faces].sum(1)
        keep = ~(clothes.lower_arm[faces].any(1) & (inside == 0)) & ~((along > SHORT) & arm)[faces].all(1)
        past = arm & (along > SHORT)  # to the hem, so that it is a line and no zigzag of triangles
        back = np.outer(along[past] - SHORT, way)
        back[:, 0] *= np.sign(vertices[past, 0])
        vertices[past] -= back
    else:
        hand = of_bones("hand", *(f"{finger}_0{k}" for finger in FINGERS for k in (1, 2, 3)))
        keep = ~hand[faces].all(1)
    ankle = vertices[:, 1] - skeleton.joints["foot_l"][1] - HEM
    low = (ankle < 0.15)[faces].all(1)
    posed = skeleton.skin(vertices, rig().weights)
    waist = skeleton.joints["pelvis"][1] + (0.03 if outfit.marks else -0.07)
    border = np.where(arm, 0.1, vertices[:, 1] - waist)
    return [
        Part(outfit.shoes, posed, faces[low & keep], True, ankle, outfit.bottom),
        Part(outfit.bottom, posed, faces[~low & keep], True, border, outfit.top),
    ]


def _bare(skeleton: Skeleton, short: bool) -> Mask:
    """Which vertices of the body show: head, neck, hands, and with short sleeves the arms."""
    head = of_bones("head", "neck_01")
    hands = of_bones("hand", "lowerarm", *(f"{finger}_0{k}" for finger in FINGERS for k in (1, 2, 3)))
    if not short:
        return head | hands
    weights = rig().weights
    upper = weights[:, rig().index("upperarm_l")] + weights[:, rig().index("upperarm_r")] > 0.5
    along, _ = _down_the_arm(skeleton, shape(skeleton.build)[0])
    return head | hands | (upper & (along > 0.60))
