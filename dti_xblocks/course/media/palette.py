"""What everything is coloured like before light falls on it, and how much of the light it takes."""

from __future__ import annotations

import numpy as np

from .vectors import Array

INK = "#060a18"
COLOURS = {
    # people: one skin for everyone, which takes its colour from the light
    "skin": "#3a3f6b", "face": "#3a3f6b",
    "hair": "#0b1024", "hairlock": "#161d3e", "boot": "#080c1c", "shoe": "#10142a", "shirt": "#172447", "trouser": "#0f1832",
    "belt": "#070b1a", "buckle": "#4a5688", "cap": "#131d3c", "capband": "#0b1127", "visor": "#060a18", "metal": "#8a96c4",
    "nametag": "#7a86b4", "insignia": "#c9a24a", "patch": "#3d4f8f", "collar": "#1c2b57", "tie": "#0a0f24",
    "wshirt": "#aeb9de", "tunic": "#141d3d", "suit": "#1a1d38", "hoodie": "#3a3355", "jeans": "#1b2748", "tee": "#24485c",
    "plain": "#28466b", "coat": "#2a2440", "workjacket": "#3b3a3f", "whiteshirt": "#54618f", "medic": "#1d3a52",
    "medictrouser": "#14263a", "stripe": "#d8dfa0", "orange": "#7a3f2a", "blouse": "#5a2448", "cuff": "#aebbe6",
    "mask": "#7fb0b8",
    # cars and streets
    "carbody": "#10193a", "carroof": "#c3cdea", "glass": "#0a1128", "windshield": "#1b2a5c",
    "carinside": "#080d22", "sheen": "#3d5398", "headlight": "#fff3cf",
    "taillight": "#a01f38", "tyre": "#05070f", "hub": "#2a3560", "bumper": "#0a0f22", "bar-red": "#ff4a5a",
    "bar-blue": "#4a8dff", "grille": "#060a18", "carstripe": "#c9a24a", "letter": "#9aa6cc", "ground": "#0b1229",
    "pole": "#080c1c", "lamp": "#ffe2a6", "line": "#39466f", "brick": "#1a1530", "brickline": "#120f24",
    "concrete": "#161d3a", "dumpster": "#13263a", "roof": "#0a0f24", "busside": "#25355f", "busglass": "#ffd99a",
    "ambulance": "#8e9ac4", "curb": "#1c2448", "rail": "#2b355e", "far": "#0b1230",
    # rooms
    "wall": "#141d3c", "wall-warm": "#221b33", "wall-cold": "#152a3c", "wall-tile": "#1c3145", "trim": "#0c1228",
    "floor": "#0d1430", "ceiling": "#0b1026", "tube": "#e6f3ff", "door": "#101834", "doorlight": "#ffd99a", "desk": "#1f1830",
    "wood": "#2a2238", "chair": "#0a0f22", "seat": "#0a1024", "steel": "#39466f", "locker": "#1b2a4c", "lockergap": "#0a1026",
    "paper": "#c9d2ec", "pageline": "#5c6a98", "folder": "#8a6a3c", "folder-blue": "#4b5a8c", "folder-red": "#7a3540",
    "screen": "#2f6f93", "screenglow": "#9fd8ff", "screenframe": "#05070f", "dash": "#080d1e", "lampshade": "#ffcf7a",
    "lampstand": "#0a0f22", "board": "#26365f", "boardmark": "#c9d4f5", "flag-red": "#7a2a38", "flag-blue": "#22306a",
    "mug": "#c9d4f5", "shelf": "#26305a", "goods-a": "#c46a22", "goods-b": "#3d6fb8", "goods-c": "#8fa05a",
    "goods-d": "#a83a48", "goods-e": "#c9b27a", "cooler": "#8fd0e0", "bars": "#2b355e", "wire": "#1d2646", "plant": "#1d3a3a",
    "cell": "#0b1026", "sign": "#ffb24d", "sign-blue": "#5aa0ff", "sign-red": "#ff5a6a", "exit": "#ff4a5a",
    "white": "#dfe7fb", "blanket": "#5a6fa8", "orange-mat": "#8a4a2a", "phone": "#05070f",
}  # fmt: skip
# Less than 1: takes less light, so that lit cloth does not look like bare skin.
SOFT = {
    "hair": 0.45, "hairlock": 0.6, "shirt": 0.66, "tunic": 0.62, "collar": 0.7, "tie": 0.4, "boot": 0.4, "belt": 0.5, "cap": 0.8,
    "skin": 1.12, "face": 1.12, "glass": 0.42, "windshield": 0.5, "carinside": 0.2, "sheen": 0.55,
    "chair": 0.5, "trouser": 0.85, "suit": 0.7, "coat": 0.62, "jeans": 0.85, "tyre": 0.3, "dash": 0.7, "seat": 0.5,
    "capband": 0.6, "workjacket": 0.68, "hoodie": 0.7, "carbody": 0.85, "door": 0.8, "dumpster": 0.7, "lockergap": 0.3,
    "visor": 0.35, "tee": 0.55, "plain": 0.55, "blouse": 0.52, "whiteshirt": 0.62, "medic": 0.6, "orange": 0.75,
}  # fmt: skip
DULL = {"boot", "belt", "tyre", "visor", "grille"}  # take no half light
# On these, planes of light that are too small are left out, metres across: a face has no features. Half light makes no spots of
# folds in cloth; the edges that a lamp draws stay, thin as they are.
CLOTH = {
    "shirt", "trouser", "tunic", "suit", "hoodie", "jeans", "tee", "plain", "coat", "workjacket", "whiteshirt", "wshirt", "medic",
    "medictrouser", "orange", "blouse",
}  # fmt: skip
SPECKS = {"face": 0.016}
SPECKS_OF_FILL = {**SPECKS, **dict.fromkeys(CLOTH, 0.055)}
GLOWING = {
    "letter", "lamp", "headlight", "bar-red", "bar-blue", "taillight", "screen", "screenglow", "tube", "busglass",
    "doorlight", "lampshade", "cooler", "sign", "sign-blue", "sign-red", "exit",
}  # fmt: skip
# Large planes: light washes over them and fades.
WASHED = {
    "ground", "floor", "wall", "wall-warm", "wall-cold", "wall-tile", "ceiling", "brick", "brickline", "concrete", "desk",
    "far", "roof", "curb", "cell", "board", "wood", "locker",
}  # fmt: skip
SHINING = {"ground", "floor"}  # mirror, where the scene is wet or polished
FALLBACK = "#ff00ff"


def rgb(colour: str) -> Array:
    """Red, green and blue from 0 to 1 of "#rrggbb"."""
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255


def table(materials: list[str]) -> Array:
    """The colours of materials, one row each."""
    return np.array([rgb(COLOURS.get(name, FALLBACK)) for name in materials]).reshape(-1, 3)


def share(materials: list[str]) -> Array:
    """How much light each material takes."""
    return np.array([SOFT.get(name, 1.0) for name in materials])


def smallest(materials: list[str], kind: str) -> Array:
    """How large a plane of a kind of light must be on each material, metres across; with a last entry for none."""
    sizes = SPECKS_OF_FILL if kind == "fill" else SPECKS
    return np.array([sizes.get(name, 0.0) for name in materials] + [0.0])


def luminance(colour: Array) -> Array:
    """The relative luminance of WCAG, of colours in the last axis."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: Array, other: Array) -> float:
    """The contrast of WCAG between two colours, 1 to 21."""
    light, dark = sorted((float(luminance(one)), float(luminance(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)
