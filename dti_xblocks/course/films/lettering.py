"""Words in the picture: those that a shot shows, the cards, and the clock in the corner."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from ..media.palette import contrast, luminance, rgb

FONT = Path(__file__).parents[2] / "pdf" / "fonts" / "SourceSansPro-Semibold.ttf"
SIZE, LARGE, CLOCK = 54, 74, 64  # pixels of a picture of 720 rows
LEFT, BOTTOM, EDGE = 72, 92, 56
AMBER, WHITE, CLOCK_COLOUR = "#ffb24d", "#ffffff", "#ffd58a"
DARK = (18, 7, 4)  # blue, green, red of what is laid under words
UNDER = 240  # rows at the foot, of 720, that are darkened under words
Bytes = NDArray[np.uint8]


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


@cache
def _words(text: str, size: int, width: int, height: int, kind: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Colours (blue, green, red) and how much they cover, of words at the foot, in the middle or in the corner."""
    scale = height / 720
    image = Pillow.new("RGBA", (width, height), (255, 255, 255, 0))
    draw, font = ImageDraw.Draw(image), _font(round(size * scale))
    colour = CLOCK_COLOUR if kind == "clock" else WHITE
    paint = (*(int(part * 255) for part in rgb(colour)), 255)
    if kind == "foot":
        x, y = LEFT * scale, height - BOTTOM * scale
        amber = (*(int(part * 255) for part in rgb(AMBER)), 255)
        draw.rectangle((x, y - size * 0.78 * scale, x + 6 * scale, y + size * 0.16 * scale), fill=amber)
        draw.text((x + 24 * scale, y), text, font=font, fill=paint, anchor="ls")
    elif kind == "clock":
        draw.text((width - EDGE * scale, EDGE * scale), text, font=font, fill=paint, anchor="rt")
    else:
        rows = _rows(text, font, width * 0.8)
        for number, row in enumerate(rows):
            y = height / 2 + (number - (len(rows) - 1) / 2) * size * 1.2 * scale
            draw.text((width / 2, y), row, font=font, fill=paint, anchor="mm")
    picture = np.asarray(image, np.float32)
    return picture[..., 2::-1], picture[..., 3:] / np.float32(255)


def _rows(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The words in as few rows as they need, of nearly one length."""
    words, count = text.split(), max(1, -(-int(font.getlength(text)) // int(width)))
    rows: list[str] = []
    for word in words:
        if rows and font.getlength(f"{rows[-1]} {word}") <= max(width if count == 1 else font.getlength(text) / count * 1.15, 1):
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


@cache
def _shade(wide: float, width: int, height: int) -> NDArray[np.float32]:
    """How much the picture is darkened around words of a width, at the left of its foot."""
    scale = height / 720
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32) / scale
    above = np.clip((rows - (720 - UNDER)) / (UNDER - 160), 0, 1)
    beside = np.clip(1 - (columns - LEFT - 24 - wide / scale) / 260, 0, 1)
    return (0.62 * _soft(above) * _soft(beside))[..., None].astype(np.float32)


def _soft(share: NDArray[np.float32]) -> NDArray[np.float32]:
    return share * share * (3 - 2 * share)


def laid(picture: Bytes, text: str, much: float, kind: str = "foot") -> Bytes:
    """The picture with words over it; `much` from 0 to 1."""
    height, width = picture.shape[:2]
    size = {"foot": SIZE, "clock": CLOCK, "card": LARGE}[kind]
    colours, covers = _words(text, size, width, height, kind)
    rows = np.flatnonzero(covers.any((1, 2)))
    top = int(height - UNDER * height / 720) if kind == "foot" else int(rows[0])
    bottom = height if kind == "foot" else int(rows[-1]) + 1
    part = picture[top:bottom].astype(np.float32)
    if kind == "foot":
        part += (np.array(DARK, np.float32) - part) * _shade(_wide(text, height), width, height)[top:bottom] * much
    part += (colours[top:bottom] - part) * covers[top:bottom] * much
    picture[top:bottom] = (part + 0.5).astype(np.uint8)
    return picture


def _wide(text: str, height: int) -> float:
    return _font(round(SIZE * height / 720)).getlength(text)


def legible(picture: Bytes, text: str) -> float:
    """The contrast of words at the foot with what is under them, at the lightest hundredth of it. `picture` has no words yet."""
    height, width = picture.shape[:2]
    _, covers = _words(text, SIZE, width, height, "foot")
    rows, columns = np.flatnonzero(covers.any((1, 2))), np.flatnonzero(covers.any((0, 2)))
    under = picture.astype(np.float32) + (np.array(DARK, np.float32) - picture) * _shade(_wide(text, height), width, height)
    box = under[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1, ::-1].reshape(-1, 3) / 255
    lightest = box[np.argsort(luminance(box))[int(len(box) * 0.99)]]
    return round(contrast(np.ones(3), lightest), 1)


@cache
def card(width: int, height: int) -> tuple[Bytes, Bytes, Bytes]:
    """The ground of cards: dark, and with the red and the blue of a light bar from below."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    dark = np.full((height, width, 3), (20, 8, 5), np.float32)
    pictures = [dark]
    for x, colour in ((0.10, "#ff3347"), (0.90, "#3d86ff")):
        away = np.hypot(columns - x * width, (rows - height * 1.04)) / (width * 0.52)
        weight = (np.clip(1 - away, 0, 1) ** 2 * 0.42)[..., None]
        pictures.append(dark + (rgb(colour)[::-1].astype(np.float32) * 255 - dark) * weight)
    dither = np.random.default_rng(5).random((height, width, 1), np.float32)  # else the soft ground shows bands
    made = [np.clip(one + dither, 0, 255).astype(np.uint8) for one in pictures]
    return made[0], made[1], made[2]


def faded(picture: Bytes, light: float) -> Bytes:
    """The picture towards black; `light` 1 leaves it."""
    return picture if light >= 1 else np.asarray(cv2.convertScaleAbs(picture, alpha=max(light, 0)), np.uint8)
