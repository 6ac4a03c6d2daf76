"""The addresses of a block's files and handlers, and what every screen's template needs from the platform."""

from __future__ import annotations

from typing import Any, TypeVar

from xblock.core import XBlock

from .. import PUBLIC
from . import csrf
from .learner import course_key, in_studio
from .pictures import SecondSizes

Html = TypeVar("Html", bound=str)
MORE_SHEETS = {"scenario": ("css/scenario/people.css",)}


def style_sheets(kind: str) -> tuple[str, ...]:
    """The style sheets of the page of a `kind` of block, by their paths for `asset`."""
    return "css/dti.css", f"css/{kind}/page.css", *MORE_SHEETS.get(kind, ())


def asset(block: XBlock, path: str) -> str:
    """The address of a file of ours below static/. The version is part of it, so that files of two versions never mix."""
    return str(block.runtime.local_resource_url(block, f"{PUBLIC}/{path}"))


def form_action(block: XBlock, handler: str) -> str:
    """The address that a form posts to: that of the block's handler of this name."""
    return str(block.runtime.handler_url(block, handler)).rstrip("?")


def element_id(block: XBlock) -> str:
    """Unique on the page and valid in an `id` attribute."""
    usage = block.scope_ids.usage_id
    return f"dti-{usage.block_id}" if hasattr(usage, "block_id") else "dti-block"


def page_context(block: XBlock) -> dict[str, Any]:
    """What every screen's template needs."""
    return {
        "csrf_token": csrf.token(),
        "in_studio": in_studio(block),
        "uid": element_id(block),
        "second_sizes": SecondSizes(block),
    }


def with_real_addresses(block: XBlock, html: Html) -> Html:
    """`html` of a handler with its `/static/` and course addresses made real: the platform does so only for views.

    It is as safe as it was: the platform's service answers with text that a template would escape.
    """
    service = block.runtime.service(block, "replace_urls")
    return type(html)(service.replace_urls(html) if service else _with_files(block, html))


def _with_files(block: XBlock, html: str) -> str:
    """`html` with the addresses of the course's files, where Studio's handlers have no service for it."""
    course = course_key(block)
    try:
        from common.djangoapps.static_replace import replace_static_urls
    except ImportError:  # a runtime without a platform
        return html
    return str(replace_static_urls(html, course_id=course)) if course else html
