"""Files that the course's authors have uploaded, read on the server: for what is made there and must hold them."""

from __future__ import annotations

import io
import logging
import re
import warnings

from PIL import Image

from .learner import course_key

log = logging.getLogger(__name__)

LARGEST = 1024**2  # bytes
MOST_PIXELS = 16_000_000  # a small file may unfold into a picture that fills the memory
ADDRESS = re.compile(r"/static/([^/\\\s?#\"'<>][^\\\s?#\"'<>]*)")
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}  # media types by the names that Pillow has for formats


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


def _read(block, name: str) -> bytes | None:
    files = getattr(getattr(block.runtime, "tree", None), "static", None)
    if files is not None:  # the preview: the course's folder
        path = files.find(name)
        return path.read_bytes() if path and path.stat().st_size <= LARGEST else None
    course = course_key(block)
    return _from_contentstore(course, name) if course is not None else None


def _from_contentstore(course, name: str) -> bytes | None:
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
        return b"".join(found.stream_data()) if (found.length or 0) <= LARGEST else None
    finally:
        found.close()


def _measures(body: bytes) -> tuple[str, int, int]:
    """(media type, width, height) as the file itself says; an empty type for what is no PNG or JPEG. No pixel is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the caller asks how large it is
            with Image.open(io.BytesIO(body), formats=list(KINDS)) as picture:
                return KINDS[picture.format or ""], *picture.size
    except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError):
        return "", 0, 0
