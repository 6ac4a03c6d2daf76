"""Where the films of a course are fetched from: its own files, which the platform's web workers serve, or an operator's place."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

from django.core.files.storage import storages

from . import conf
from .learner import course_key

log = logging.getLogger(__name__)


def film_address(name: str) -> str:
    """The address of the film that is the file `name` of the course.

    "/static/name", which the platform rewrites, unless the site has a place of its own: below its base address, or what the
    storage says, which may be a signed address. A storage that fails is as good as none.
    """
    place = conf.films()
    if "://" in place:
        return place + quote(name)
    if place:
        try:
            return str(storages[place].url(name))
        except Exception:
            log.exception("The storage %s of settings.DTI_FILMS gives no address for %s", place, name)
    return f"/static/{name}"


def address_for_authors(block: Any, name: str) -> str:
    """The address at which an author's browser finds that film: Studio does not rewrite the addresses of an editor.

    "" where there is no course (a library).
    """
    address = film_address(name)
    if not address.startswith("/static/"):
        return address
    files = getattr(getattr(block.runtime, "tree", None), "static", None)
    if files is not None:  # the preview: the course's folder
        return str(files.url(name))
    course = course_key(block)
    return quote(f"/{course.make_asset_key('asset', name)}", safe="/:+@") if course is not None else ""
