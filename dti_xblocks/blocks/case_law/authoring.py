"""The editor of a case-law block in Studio, over the library of this site."""

from __future__ import annotations

from web_fragments.fragment import Fragment
from webob import Request, Response
from xblock.core import XBlock

from ...studio.case_law import editor
from .host import ReadingListHost
from .site_library import site_library


def studio_page(block: ReadingListHost) -> Fragment:
    """The edit form."""
    return editor.case_law_fragment(block, site_library())


@XBlock.handler
def studio_find(block: ReadingListHost, request: Request, suffix: str = "") -> Response:
    """What of the library answers a query; see `editor.answer_find`."""
    return editor.answer_find(block, request, site_library())


@XBlock.handler
def studio_check(block: ReadingListHost, request: Request, suffix: str = "") -> Response:
    """The state of an unsaved list; see `editor.answer_check`."""
    return editor.answer_check(block, request, site_library())
