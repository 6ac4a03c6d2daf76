"""Handlers: who may ask, what a request must be like, and how it is answered."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from webob import Request, Response
from webob.multidict import MultiDict
from xblock.core import XBlock

from ...platform import limits
from ...platform.addresses import asset, style_sheets, with_real_addresses
from ...platform.learner import Learner, current_learner, is_impersonated, may_take
from ...platform.progress import send_owed
from ...studio.kit.values import CONTROLS
from ...templating import render
from .asked import RefusedError, asked_of, form_of

Body = bytes | Iterator[bytes]
HOUR = 3600  # seconds
DOWNLOADS = 60  # files of one kind that a learner may have in an hour
TIMES_FOR_STAFF = 10  # tables come in parts, and pledges are looked at one by one


@dataclass(frozen=True)
class Onward:
    """The result of a form: `html` for a request of our script; `address` for a plain form, which is redirected there."""

    html: str
    address: str


@dataclass(frozen=True)
class Refreshed:
    """A page that changes without a form: a browser without our script loads it again after `seconds`."""

    html: str
    seconds: int


def action(method: Callable[[Any, Learner, MultiDict], str | Onward | None]) -> Any:
    """Make `method(block, learner, form)` a POST handler that answers with the block's new screen.

    A method that returns HTML (or `Onward`) answers with that: a block of several screens stays on the one of the form.

    `form` is the request's multi-dict of form fields. A script that asks for JSON gets `{"html": ...}`; a plain form gets a
    redirect back to its page. `RefusedError` becomes its HTTP status and a sentence. Nobody but a person who may take the
    block (signed in and enrolled, or staff) gets through.
    """

    @functools.wraps(method)
    def handler(block: Any, request: Request, suffix: str = "") -> Response:
        try:
            if request.method != "POST":
                raise RefusedError(_("Please use the form on the page."), 405)
            learner = current_learner(block)
            if learner is None:
                raise RefusedError(_("Please sign in and try again. Nothing was saved."), 403)
            if not may_take(block, learner):
                raise RefusedError(_("Only people enrolled in this course can do this. Nothing was saved."), 403)
            send_again(block, learner)
            made = method(block, learner, form_of(request))
            html, onward = (made.html, made.address) if isinstance(made, Onward) else (made, "")
            screen = block.screen(learner) if html is None else html
            return answer(request, {"html": with_real_addresses(block, screen)}, onward=onward)
        except RefusedError as refusal:
            return refused(block, request, refusal)

    return XBlock.handler(handler)


def reading(method: Callable[[Any, Learner, dict[str, str]], str | Refreshed]) -> Any:
    """Make `method(block, learner, query)` a handler that changes nothing. It gives HTML (or `Refreshed`).

    `query` is `asked_of` a GET or POST request: what a person typed comes by POST, never in the address. A script that asks for
    JSON gets {"html": ...}, all others a page of its own.
    """

    @functools.wraps(method)
    def handler(block: Any, request: Request, suffix: str = "") -> Response:
        try:
            learner = _reader(block, _("Please sign in to the course to read this."))
            made = method(block, learner, asked_of(request))
            html, seconds = (made.html, made.seconds) if isinstance(made, Refreshed) else (made, 0)
            html = with_real_addresses(block, html)
        except RefusedError as refusal:
            return refused(block, request, refusal)
        if "application/json" in request.headers.get("Accept", ""):
            return answer(request, {"html": html})
        sheets = [asset(block, sheet) for sheet in style_sheets(block.kind)]
        page = render("dti/plain_page.html", {"title": block.display_name, "kind": block.kind, "screen": html, "sheets": sheets})
        response = Response(page, content_type="text/html", charset="utf-8")
        if seconds:
            response.headers["Refresh"] = str(seconds)
        return response

    return XBlock.handler(handler)


def download(method: Callable[[Any, Learner, dict[str, str]], tuple[Body, str, str]], hourly: int = DOWNLOADS) -> Any:
    """Make `method(block, learner, query) -> (body, content_type, filename)` a handler that serves a file.

    `query` is as for `reading`; `body` is bytes, or an iterator of them that is sent piece by piece. A learner gets files of this
    kind `hourly` times in an hour, from whichever blocks, and staff `TIMES_FOR_STAFF` as often: whatever a file costs, nobody can
    ask for it on and on.
    """

    @functools.wraps(method)
    def handler(block: Any, request: Request, suffix: str = "") -> Response:
        try:
            learner = _reader(block, _("Please sign in to the course to download this file."))
            most = hourly * TIMES_FOR_STAFF if learner.is_staff else hourly
            if limits.wait(f"dti-download-{method.__name__}", str(learner.user_id), most, HOUR):
                raise RefusedError(_("You have downloaded this file very often in this hour. Try again later."), 429)
            body, content_type, filename = method(block, learner, asked_of(request))
        except RefusedError as refusal:
            return refused(block, request, refusal)
        response = Response(
            **({"body": body} if isinstance(body, bytes) else {"app_iter": body}),
            content_type=content_type,
            charset="utf-8" if content_type.startswith("text/") else None,
        )
        response.headers.update(  # given to Response(), these would replace the content type
            {
                "Content-Disposition": f'attachment; filename="{filename}"',
                "X-Content-Type-Options": "nosniff",
                "Cache-Control": "private, no-store",
            }
        )
        return response

    return XBlock.handler(handler)


def answer(request: Request, body: dict[str, Any], status: int = 200, onward: str = "") -> Response:
    """`body` as JSON for a script; for a plain form a redirect `onward` or back, or a small page with the refusal."""
    if "application/json" in request.headers.get("Accept", ""):
        return Response(json.dumps(body), content_type="application/json", charset="utf-8", status=status)
    back = _page_of_form(request)
    if status < 400 and (onward or back):
        return Response(status=303, location=onward or back)
    message = body.get("error") or _("Saved. Go back to the course page and reload it.")
    page = render("dti/plain_answer.html", {"message": message, "back": back})
    return Response(page, content_type="text/html", charset="utf-8", status=status)


def _page_of_form(request: Request) -> str:
    """The page of this site that the request's `Referer` names; "" where it names none, or is no address at all."""
    referer = request.referer or ""
    try:
        parts = urlsplit(referer)
    except ValueError:  # for example "http://[x"
        return ""
    if parts.scheme not in ("http", "https") or CONTROLS.search(referer):  # urlsplit leaves line breaks out, a header cannot
        return ""
    # By host name only: behind a proxy that ends TLS, the request's own scheme and port may be others.
    return referer if parts.hostname == request.domain else ""


def refused(block: Any, request: Request, refusal: RefusedError) -> Response:
    """The refusal as an answer; to a plain form (400 or 503) with the `refusal_hint` of a block that has one."""
    message, hint = str(refusal), str(getattr(block, "refusal_hint", ""))
    if hint and refusal.status in (400, 503) and "application/json" not in request.headers.get("Accept", ""):
        message = f"{message} {hint}"
    return answer(request, {"error": message}, refusal.status)


def send_again(block: Any, learner: Learner) -> None:
    """Send what the platform did not take before; not where staff look at the course as `learner`."""
    if block.owed and not is_impersonated(learner):
        send_owed(block)


def _reader(block: Any, refusal: str) -> Learner:
    learner = current_learner(block)
    if learner is None or not may_take(block, learner):
        raise RefusedError(refusal, 403)
    return learner
