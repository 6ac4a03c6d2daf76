"""What is between the things and the viewer, and behind them: sky and skyline, haze, glow, rain, the dark of the corners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw
from scipy.ndimage import gaussian_filter

from .camera import Camera
from .paint import Buffers, Image
from .palette import rgb

SKIES = {  # from the top to the horizon
    "night": ((0.0, "#050817"), (0.55, "#0d1638"), (1.0, "#2a3266")),
    "city": ((0.0, "#050817"), (0.6, "#101a42"), (1.0, "#333a72")),
    "dusk": ((0.0, "#0a1234"), (0.55, "#26337a"), (0.8, "#6a4f8f"), (1.0, "#e08a4a")),
    "dawn": ((0.0, "#16205a"), (0.45, "#4a4f9a"), (0.75, "#c07a8a"), (1.0, "#ffc08a")),
    "evening": ((0.0, "#0c1440"), (0.6, "#2d2f78"), (1.0, "#a05a78")),
    "day": ((0.0, "#2c4a92"), (0.6, "#5f86c8"), (1.0, "#b9cdf0")),
    "dark": ((0.0, "#04060f"), (1.0, "#0a1028")),
}
WINDOWS = ("#ffb24d", "#ffd58a", "#8fa8ff")


@dataclass(frozen=True)
class Glow:
    """Light in the air around a point: `size` in metres, before what is nearer than it nothing."""

    at: tuple[float, ...]
    size: float
    colour: str = "#ffb24d"
    strength: float = 0.8
    tall: float = 1.0


def sky(camera: Camera, name: str) -> Image:
    """The sky, and below the horizon the dark of the ground far away."""
    stops = SKIES[name]
    rows = np.clip(np.arange(camera.height) / max(camera.horizon, 1), 0, 1)
    colours = np.stack([np.interp(rows, [s for s, _ in stops], [rgb(c)[k] for _, c in stops]) for k in range(3)], 1)
    return np.repeat(colours[:, None], camera.width, 1).astype(np.float32)


def skyline(camera: Camera, picture: Image, seed: int, tall: float, lit: float, colour: str = "#0b1230") -> Image:
    """Houses along the horizon and before it, the tallest `tall` of the picture's height; of their windows a share `lit`."""
    image = Pillow.fromarray((picture * 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    random = np.random.default_rng(seed)
    unit, base = camera.width / 1600, camera.horizon + 2
    for row, (far, low) in enumerate(((0.45, 0.5), (0.0, 0.12))):  # the row behind is nearer to the sky's colour
        x = -40 * unit
        tone = tuple(int(v) for v in (rgb(colour) * (1 - far) + picture[max(int(base) - 3, 0), 0] * far * 0.8) * 255)
        while x < camera.width + 40:
            wide = random.integers(50, 130) * unit
            high = camera.height * tall * (low + (1 - low) * random.random()) * (1 if row == 0 else 0.62)
            draw.rectangle((x, base - high, x + wide, camera.height), fill=tone)
            for wy in np.arange(base - high + 10 * unit, base + 150 * unit, 15 * unit):
                for wx in np.arange(x + 7 * unit, x + wide - 9 * unit, 13 * unit):
                    if random.random() < lit:
                        shine = rgb(WINDOWS[random.integers(3)]) * 0.55 + np.array(tone) / 255 * 0.45
                        draw.rectangle((wx, wy, wx + 6 * unit, wy + 8 * unit), fill=tuple(int(v * 255) for v in shine))
            x += wide + random.choice((0, 0, 4, 10)) * unit
    return np.asarray(image, np.float32) / 255


def bokeh(
    camera: Camera, picture: Image, seed: int, count: int, colours: Sequence[str], band: tuple[float, float], size: float
) -> Image:
    """Lights out of focus: circles in a band of the picture's height (0 top, 1 bottom), up to `size` pixels of 1600."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0 : camera.height, 0 : camera.width].astype(np.float32)
    unit = camera.width / 1600
    for _ in range(count):
        x, y = random.uniform(0, camera.width), random.uniform(*band) * camera.height
        radius, much = random.uniform(0.35, 1) * size * unit, random.uniform(0.2, 0.6)
        away = np.hypot(columns - x, rows - y) / radius
        weight = (np.clip((1 - away) * radius / 2, 0, 1) * (0.7 + 0.3 * np.clip(away, 0, 1)) * much)[..., None]
        picture = picture * (1 - weight) + rgb(colours[int(random.integers(len(colours)))]).astype(np.float32) * weight
    return picture


def fog(picture: Image, buffers: Buffers, colour: str, density: float) -> Image:
    """What is far away fades towards a colour."""
    weight = np.minimum(1 - np.exp(-np.minimum(buffers.distance, 1e4) * density), 0.75)
    weight = (np.where(buffers.material >= 0, weight, 0))[..., None].astype(np.float32)
    return picture * (1 - weight) + rgb(colour).astype(np.float32) * weight


def glow(camera: Camera, picture: Image, buffers: Buffers, one: Glow, shine: float, wet: NDArray[np.bool_]) -> Image:
    """The glow, behind what is nearer; on wet ground its streak."""
    x, y, depth = camera.see(one.at)
    if depth <= 0.05:
        return picture
    radius = camera.size(one.size, depth)
    rows, columns = np.mgrid[0 : camera.height, 0 : camera.width].astype(np.float32)

    def falloff(across: NDArray[np.float32]) -> NDArray[np.float32]:
        stops, much = (0.0, 0.12, 0.3, 0.6, 1.0), (1.0, 0.62, 0.30, 0.085, 0.0)
        return np.interp(across, stops, much).astype(np.float32)

    behind = gaussian_filter((buffers.distance > depth * 0.98 - 0.05).astype(np.float32), 1.2 * camera.width / 1600)
    weight = falloff(np.hypot(columns - x, (rows - y) / one.tall) / radius) * behind * one.strength
    if shine:
        mx, my, mdepth = camera.see((one.at[0], -one.at[1], one.at[2]))
        ripple = 0.82 + 0.18 * np.sin(rows * 0.55 * 1600 / camera.width + np.sin(columns * 0.02) * 2)
        wide = camera.size(one.size, mdepth) * 0.42
        streak = falloff(np.hypot((columns - mx) / wide, (rows - my) / (wide * 3.2))) * ripple
        weight = weight + np.where(wet, streak * one.strength * shine, 0)
    weight = np.minimum(weight, 1)[..., None]
    return picture * (1 - weight) + rgb(one.colour).astype(np.float32) * weight


def rain(camera: Camera, picture: Image, count: int, seed: int) -> Image:
    """Thin strokes of rain."""
    random = np.random.default_rng(seed)
    veil = Pillow.new("L", (camera.width, camera.height), 0)
    draw, unit = ImageDraw.Draw(veil), camera.width / 1600
    for _ in range(count):
        x, y, long = random.uniform(-50, 1680) * unit, random.uniform(-60, 900) * unit, random.uniform(28, 90) * unit
        draw.line((x, y, x - 0.22 * long, y + long), fill=255, width=max(1, round(1.3 * unit)))
    weight = (np.asarray(veil, np.float32) / 255 * 0.14)[..., None]
    return picture * (1 - weight) + rgb("#cfdcff").astype(np.float32) * weight


def vignette(picture: Image, much: float = 0.72) -> Image:
    """Darker corners."""
    height, width = picture.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot(columns / width - 0.5, rows / height - 0.48) / 0.75
    weight = (np.clip((away - 0.55) / 0.45, 0, 1) * much)[..., None]
    return picture * (1 - weight) + rgb("#03050d").astype(np.float32) * weight
