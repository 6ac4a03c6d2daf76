"""From a scene to its picture."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image as Pillow

from . import air
from .camera import Camera
from .paint import Image, look, paint
from .palette import SHINING, contrast, luminance
from .scene import Scene
from .stage import Stage

FINE = 1.3  # rays across for each pixel of the finished picture
QUALITY = 84


def drawn(scene: Scene, scale: float = 1.0, fine: float = FINE) -> Image:
    """The picture of a scene, `scale` times its size, with `fine` rays for each pixel across."""
    stage = Stage(scene)
    width, height = round(scene.width * scale), round(scene.height * scale)
    camera = stage.camera(round(width * fine), round(height * fine))
    backdrop = _backdrop(scene, camera)
    buffers = look(stage.world, camera, stage.lamps, scene.wet, backdrop)
    picture = paint(stage.world, stage.lamps, buffers, backdrop, scene.wet)
    if scene.fog:
        picture = air.fog(picture, buffers, **scene.fog)
    wet = np.isin(buffers.material, [number for number, name in enumerate(stage.world.materials) if name in SHINING])
    for one in stage.glows:
        picture = air.glow(camera, picture, buffers, one, scene.wet, wet)
    if scene.rain:
        picture = air.rain(camera, picture, scene.rain, seed=4)
    picture = air.vignette(picture, scene.dark_corners)
    image = Pillow.fromarray((np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8))
    return np.asarray(image.resize((width, height), Pillow.Resampling.LANCZOS), np.float32) / 255


def _backdrop(scene: Scene, camera: Camera) -> Image:
    picture = air.sky(camera, scene.sky)
    if scene.skyline:
        picture = air.skyline(camera, picture, **scene.skyline)
    for lights in scene.bokeh:
        picture = air.bokeh(camera, picture, lights.seed, lights.count, lights.colours, lights.band, lights.size)
    return picture


def encoded(picture: Image) -> bytes:
    """The picture as a WebP file."""
    image = Pillow.fromarray((picture * 255 + 0.5).astype(np.uint8))
    file = io.BytesIO()
    image.save(file, "WEBP", quality=QUALITY, method=6, use_sharp_yuv=True)
    return file.getvalue()


def lower_contrast(picture: Image) -> float:
    """The contrast of white words over the lower quarter, at the lightest hundredth of it."""
    lower = picture[-picture.shape[0] // 4 :].reshape(-1, 3).astype(float)
    lightest = lower[np.argsort(luminance(lower))[int(len(lower) * 0.99)]]
    return contrast(np.ones(3), lightest)


def contact_sheet(pictures: list[Path], into: Path, columns: int = 5, width: int = 320) -> None:
    """One picture of many, in rows."""
    height = width * 9 // 16
    sheet = Pillow.new("RGB", (columns * width, -(-len(pictures) // columns) * height))
    for number, path in enumerate(pictures):
        with Pillow.open(path) as picture:
            picture.thumbnail((width, height))
            sheet.paste(picture, (number % columns * width, number // columns * height))
    sheet.save(into)


def preview(scene: Scene, into: Path, width: int = 640) -> None:
    """A quick picture as a PNG file, to look at while a scene is made."""
    picture = drawn(scene, width / scene.width, fine=1.0)
    Pillow.fromarray((picture * 255 + 0.5).astype(np.uint8)).save(into)
