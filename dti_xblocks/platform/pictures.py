"""The pictures among a course's files, for editors that let an author choose one by its looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from .learner import course_key

MOST = 2000  # pictures that are listed of a course
KINDS = {
    "image/avif": (".avif",),
    "image/gif": (".gif",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/svg+xml": (".svg",),
    "image/webp": (".webp",),
}
ENDINGS = tuple(ending for endings in KINDS.values() for ending in endings)
NAME = re.compile(r"\w[\w-]*(\.[\w-]+)+")  # what may stand after "/static/" in content


@dataclass(frozen=True)
class Picture:
    """A picture of the course. `shown` is an address at which an author's browser finds a small one, or the picture itself."""

    name: str
    shown: str

    @property
    def src(self) -> str:
        """Its address in content, which goes with the course wherever it is taken."""
        return f"/static/{self.name}"


def pictures(block: Any) -> list[Picture] | None:
    """The pictures of the course of `block`, by name, `MOST` at most; None where there is no course (a library, a workbench).

    Raises what the platform's store raises when it cannot be read.
    """
    files = getattr(getattr(block.runtime, "tree", None), "static", None)
    if files is not None:  # the preview: the course's folder
        found = [Picture(name, files.url(name)) for name in files.names() if name.lower().endswith(ENDINGS)]
    else:
        course = course_key(block)
        if course is None:
            return None
        listed = _in_contentstore(course)
        if listed is None:
            return None
        found = listed
    usable = (picture for picture in found if NAME.fullmatch(picture.name))
    return sorted(usable, key=lambda picture: picture.name.casefold())[:MOST]


def _in_contentstore(course: Any) -> list[Picture] | None:
    """Where the platform keeps the uploaded files of its courses; None for a runtime without a platform."""
    try:
        from xmodule.contentstore.django import contentstore
    except ImportError:
        return None
    of_pictures = {"contentType": {"$in": list(KINDS)}}
    files, _count = contentstore().get_all_content_for_course(course, maxresults=MOST, filter_params=of_pictures)
    return [_picture(course, file) for file in files]


def _picture(course: Any, file: dict[str, Any]) -> Picture:
    key, small = file["asset_key"], file.get("thumbnail_location")
    # the last part of an old kind of address, as Studio's own list of files reads it
    shown = course.make_asset_key("thumbnail", small[4]) if small else key
    return Picture(key.block_id, quote(f"/{shown}", safe="/:+@"))
