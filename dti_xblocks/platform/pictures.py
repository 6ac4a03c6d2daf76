"""The pictures among a course's files: for editors that let an author choose one by its looks, and which of them are there in a
second size for narrow screens."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from ..content.sizes import small_name
from .assets import picture_size
from .learner import course_key

log = logging.getLogger(__name__)

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

    A picture in two sizes is one: its small size is not listed, and shown for it where nothing smaller is.

    Raises what the platform's store raises when it cannot be read.
    """
    files = getattr(getattr(block.runtime, "tree", None), "static", None)
    if files is not None:  # the preview: the course's folder
        names = {name for name in files.names() if name.lower().endswith(ENDINGS)}
        found = [Picture(name, files.url(small_name(name) if small_name(name) in names else name)) for name in names]
    else:
        course = course_key(block)
        if course is None:
            return None
        listed = _in_contentstore(course)
        if listed is None:
            return None
        found = listed
    usable = {picture.name: picture for picture in found if NAME.fullmatch(picture.name)}
    for name in list(usable):
        usable.pop(small_name(name), None)
    return sorted(usable.values(), key=lambda picture: picture.name.casefold())[:MOST]


class SecondSizes:
    """Which pictures of the course of a block have a second size for narrow screens, and how many pixels the first one has.

    Asked once for each in a request.
    """

    def __init__(self, block: Any):
        self._block = block
        self._found: dict[str, str] = {}

    def of(self, address: str) -> str:
        """The address of the small size of the picture at `address` ("/static/lot.webp"); "" where the course has none.

        A picture is there without it: no fault on the way to it goes further than the log.
        """
        if address not in self._found:
            self._found[address] = self._small(address)
        return self._found[address]

    def pixels(self, address: str) -> tuple[int, int] | None:
        """How many across and down the picture at `address` is; None where nobody can tell."""
        return picture_size(self._block, address)

    def _small(self, address: str) -> str:
        name = small_name(address.removeprefix("/static/"))
        if not address.startswith("/static/") or not NAME.fullmatch(name) or not name.lower().endswith(ENDINGS):
            return ""
        try:
            return f"/static/{name}" if _is_there(self._block, name) else ""
        except Exception:
            log.warning("The second size of %s of %s cannot be found", address, self._block.scope_ids.usage_id, exc_info=True)
            return ""


def _is_there(block: Any, name: str) -> bool:
    files = getattr(getattr(block.runtime, "tree", None), "static", None)
    if files is not None:
        return files.find(name) is not None
    course = course_key(block)
    if course is None:
        return False
    try:
        from xmodule.contentstore.content import StaticContent
        from xmodule.contentstore.django import contentstore
    except ImportError:
        return False
    found = contentstore().find(StaticContent.compute_location(course, name), throw_on_not_found=False, as_stream=True)
    if found is not None:
        found.close()
    return found is not None


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
