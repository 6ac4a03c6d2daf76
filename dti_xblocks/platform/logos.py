"""The institution's logo: a picture from a file, made anew, so that nothing is left of the file but what is seen of it."""

from __future__ import annotations

import functools
import io
import os
import warnings
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from PIL import Image, ImageOps

from . import drawings

LARGEST, LARGEST_DRAWING = 1024**2, 256 * 1024  # bytes
MOST_PIXELS = 16_000_000  # a small file may unfold into a picture that fills the memory
BOX = (800, 400)  # pixels: sharp in print at the size that a logo has on our pages
RASTER = ("PNG", "JPEG")
SVG_TYPE, PNG_TYPE = "image/svg+xml", "image/png"


class LogoUnsoundError(ValueError):
    """There is no logo to be had. The message follows the name of the setting: what is wrong, and what to do."""


def logo(address: str | os.PathLike[str]) -> tuple[bytes, str]:
    """The picture at `address`, a path or the name of a static file, as (bytes, media type): an SVG stays one, all else is a PNG.

    Raises `LogoUnsoundError`.
    """
    path = _located(os.fspath(address))
    try:
        stat = path.stat()
        return _made(path, stat.st_mtime_ns, stat.st_size)
    except OSError as error:
        raise LogoUnsoundError(f"names the logo {os.fspath(address)!r}, which cannot be read: {error.strerror}") from error


@functools.lru_cache(maxsize=4)
def _made(path: Path, _changed: int, size: int) -> tuple[bytes, str]:
    """The picture, made once for each state of the file."""
    drawn = path.suffix.lower() == ".svg"
    most = LARGEST_DRAWING if drawn else LARGEST
    if size > most:
        raise LogoUnsoundError(f"names a logo of {size} bytes; save it with at most {most}")
    body = path.read_bytes()
    if not drawn:
        return _pixels(body), PNG_TYPE
    try:
        return drawings.sanitized(body), SVG_TYPE
    except drawings.DrawingUnsoundError as error:
        raise LogoUnsoundError(f"names an SVG that {error}") from error


def _located(address: str) -> Path:
    """Where the file is: an absolute path is itself, all else the name of a static file of the site."""
    found = address if os.path.isabs(address) else _collected(address) or _found(address)
    if not found or not os.path.isfile(found):
        raise LogoUnsoundError(f"names the logo {address!r}; there is no such file, and no static file of that name")
    return Path(found)


def _collected(name: str) -> str:
    """The static file where `collectstatic` has put it, "" where there is none."""
    try:
        path = staticfiles_storage.path(name)
    except (ImproperlyConfigured, NotImplementedError, SuspiciousFileOperation, ValueError):  # no STATIC_ROOT, a store elsewhere
        return ""
    return path if os.path.isfile(path) else ""


def _found(name: str) -> str:
    """The static file in its source, "" where there is none."""
    try:
        found = finders.find(name)
    except (ImproperlyConfigured, SuspiciousFileOperation, ValueError):
        return ""
    return str(found) if found else ""


def _pixels(body: bytes) -> bytes:
    """A PNG of nothing but the pixels: no profile, no comments, no more of them than a page needs."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is asked below
            with Image.open(io.BytesIO(body), formats=RASTER) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise LogoUnsoundError(f"names a logo of {picture.width} × {picture.height} pixels; make it smaller")
                seen = ImageOps.exif_transpose(picture)
                plain = seen.convert("RGBA" if seen.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, LogoUnsoundError):
            raise
        raise LogoUnsoundError("names a logo that is no PNG, JPEG or SVG; save it as one of these") from error
    plain.thumbnail(BOX)
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    target = io.BytesIO()
    clean.save(target, "PNG", optimize=True)
    return target.getvalue()
