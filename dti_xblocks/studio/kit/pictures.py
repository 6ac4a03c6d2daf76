"""The course's pictures, for an editor's picker."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.translation import gettext as _

from ...platform.pictures import MOST, pictures
from .requests import StudioRefusedError, json_body, studio_request

log = logging.getLogger(__name__)


@studio_request(json_body)
def studio_pictures(block: Any, asked: Any) -> dict[str, Any]:
    """The pictures to choose from, and what to do where there are none.

    {"pictures": [{"name": of the file, "src": its address in content, "shown": address of a small one}], "note": str}
    """
    try:
        found = pictures(block)
    except Exception as error:
        log.exception("The pictures of the course of %s cannot be listed", block.scope_ids.usage_id)
        message = _("The course’s files cannot be listed at the moment. Close this, and write /static/ and the name of the file.")
        raise StudioRefusedError(message, 503) from error
    listed = [{"name": picture.name, "src": picture.src, "shown": picture.shown} for picture in found or []]
    return {"pictures": listed, "note": _note(found)}


def _note(found: list | None) -> str:
    if found is None:
        return _(
            "A library has no files of a course. Close this, and write /static/ and the name that the file has in the courses "
            "that use this block."
        )
    if not found:
        return _("The course has no pictures yet. Upload some in Studio: Content, then Files. Then come back here.")
    if len(found) == MOST:
        return _(
            "The course has many pictures, and not all of them are listed. Of others write /static/ and the name of the file."
        )
    return ""
