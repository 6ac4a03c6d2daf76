"""The editor of a case-law block in Studio, over the library of this site."""

from __future__ import annotations

from typing import Any

from web_fragments.fragment import Fragment

from ...studio.case_law import editor
from ...studio.case_law.check import find
from ...studio.kit.requests import studio_request
from .host import ReadingListHost
from .site_library import site_library


def studio_page(block: ReadingListHost) -> Fragment:
    """The edit form."""
    return editor.case_law_fragment(block, site_library())


@studio_request(editor.Search.read, too_large=editor.TOO_MUCH)
def studio_find(block: ReadingListHost, search: editor.Search) -> dict[str, Any]:
    """What of the library answers a query; see `check.find`."""
    return find(site_library(), search.query, search.chosen)


@studio_request(editor.Unsaved.read)
def studio_check(block: ReadingListHost, unsaved: editor.Unsaved) -> dict[str, Any]:
    """The state of an unsaved list; see `editor.check_unsaved`."""
    return editor.check_unsaved(unsaved, site_library())
