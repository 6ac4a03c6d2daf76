"""Files that the course's authors have uploaded, read on the server: for what is made there and must hold them."""

from __future__ import annotations

import hashlib
import io
import logging
import re
import warnings
from collections.abc import Mapping

from django.core.cache import cache
from PIL import ExifTags, Image

from .learner import course_key

log = logging.getLogger(__name__)

LARGEST = 1024**2  # bytes
MOST_PIXELS = 16_000_000  # a small file may unfold into a picture that fills the memory
ADDRESS = re.compile(r"/static/([^/\\\s?#\"'<>][^\\\s?#\"'<>]*)")
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}  # media types by the names that Pillow has for formats
SHOWN = {**KINDS, "GIF": "image/gif", "WEBP": "image/webp"}  # and those of what only browsers show
LARGEST_SHOWN = 8 * 1024**2  # bytes of a picture that is measured
KEPT = 3600  # seconds that a size is kept: the browser goes by the picture once it is there
TURNED = (5, 6, 7, 8)  # orientations of photographs that browsers show lying on their side


def course_asset(block, address: str) -> tuple[bytes, str] | None:
    """The picture at `address` ("/static/seal.png") of the course of `block`, as (bytes, media type).

    None for what is no PNG or JPEG by its content, is too large, or is not there. A picture is an adornment: no fault on the way
    to it goes further than the log.
    """
    match = ADDRESS.fullmatch(address or "")
    if match is None or ".." in match[1]:
        return None
    try:
        body = _read(block, match[1])
    except Exception:
        log.warning("The picture %s of the course of %s cannot be read", address, block.scope_ids.usage_id, exc_info=True)
        return None
    if body is None or len(body) > LARGEST:
        return None
    kind, width, height = _measures(body)
    return (body, kind) if kind and 0 < width * height <= MOST_PIXELS else None


def picture_size(block, address: str) -> tuple[int, int] | None:
    """How many pixels across and down the picture at `address` of the course of `block` is, so that a page keeps its place free.

    None for what is not there or is no PNG, JPEG, GIF or WebP. No fault on the way to it goes further than the log.
    """
    match = ADDRESS.fullmatch(address or "")
    if match is None or ".." in match[1]:
        return None
    try:
        course = course_key(block)
        if course is None or getattr(block.runtime, "tree", None) is not None:  # the preview reads a folder: nothing to be kept
            size = _size(block, match[1])
        else:
            key = "dti.picture-size." + hashlib.sha256(f"{course} {address}".encode()).hexdigest()
            size = cache.get_or_set(key, lambda: _size(block, match[1]), KEPT)
    except Exception:
        log.warning("The size of %s of the course of %s cannot be found", address, block.scope_ids.usage_id, exc_info=True)
        return None
    return size if size and all(size) else None


def _size(block, name: str) -> tuple[int, int]:
    body = _read(block, name, LARGEST_SHOWN)
    return (0, 0) if body is None else _measures(body, SHOWN)[1:]


def course_text(block, address: str) -> str | None:
    """The text file at `address` ("/static/film-en.vtt") of the course of `block`, in UTF-8; None where it is not there, is too
    large or cannot be read. A reason stands in the log."""
    match = ADDRESS.fullmatch(address or "")
    if match is None or ".." in match[1]:
        return None
    try:
        body = _read(block, match[1])
    except Exception:
        log.warning("The file %s of the course of %s cannot be read", address, block.scope_ids.usage_id, exc_info=True)
        return None
    return None if body is None or len(body) > LARGEST else body.decode("utf-8-sig", "replace")


def _read(block, name: str, most: int = LARGEST) -> bytes | None:
    files = getattr(getattr(block.runtime, "tree", None), "static", None)
    if files is not None:  # the preview: the course's folder
        path = files.find(name)
        return path.read_bytes() if path and path.stat().st_size <= most else None
    course = course_key(block)
    return _from_contentstore(course, name, most) if course is not None else None


def _from_contentstore(course, name: str, most: int) -> bytes | None:
    """Where the platform keeps the uploaded files of its courses."""
    try:
        from xmodule.contentstore.content import StaticContent
        from xmodule.contentstore.django import contentstore
    except ImportError:  # a runtime without a platform
        return None
    found = contentstore().find(StaticContent.compute_location(course, name), throw_on_not_found=False, as_stream=True)
    if found is None:
        return None
    try:
        return b"".join(found.stream_data()) if (found.length or 0) <= most else None
    finally:
        found.close()


def _measures(body: bytes, kinds: Mapping[str, str] = KINDS) -> tuple[str, int, int]:
    """(media type, width, height) as the file itself says; an empty type for what is none of `kinds`. No pixel is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the caller asks how large it is
            with Image.open(io.BytesIO(body), formats=list(kinds)) as picture:
                across, down = picture.size
                if picture.format == "JPEG" and picture.getexif().get(ExifTags.Base.Orientation) in TURNED:
                    across, down = down, across
                return kinds[picture.format or ""], across, down
    except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError):
        return "", 0, 0
