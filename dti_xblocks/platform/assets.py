"""Files that the course's authors have uploaded, read on the server: for what is made there and must hold them."""

from __future__ import annotations

import logging
import re
import struct

from .learner import course_key

log = logging.getLogger(__name__)

LARGEST = 1024**2  # bytes
MOST_PIXELS = 16_000_000  # a small file may unfold into a picture that fills the memory
ADDRESS = re.compile(r"/static/([^/\\\s?#\"'<>][^\\\s?#\"'<>]*)")
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


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
    """(media type, width, height) as the file itself says; an empty type for what is no PNG or JPEG."""
    if body.startswith(PNG) and len(body) >= 24:
        return ("image/png", *struct.unpack(">II", body[16:24]))
    if body.startswith(JPEG):
        return ("image/jpeg", *_of_jpeg(body))
    return ("", 0, 0)


def _of_jpeg(body: bytes) -> tuple[int, int]:
    """Width and height from the frame header (ITU-T T.81, B.2.2); zeros where there is none."""
    at = 2
    while at + 9 <= len(body) and body[at] == 0xFF:
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
