"""The handlers of the editors: who may ask, what a request must be like, and how it is answered."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http.request import RawPostDataException
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from webob import Request, Response
from xblock.core import XBlock

from ...platform.learner import may_author

NOT_YOURS = gettext_lazy("You may not change this course.")
UNCHECKED = gettext_lazy("The content is too large to be checked while you write. It is checked when you save.")

# What reading a body can raise that is not what the editor's script sends. The last: a form, which Django has read already.
DAMAGED = (ValueError, LookupError, TypeError, AttributeError, RecursionError, RawPostDataException)


class StudioRefusedError(Exception):
    """A request that cannot be granted: a sentence for the author, a status, and what else the answer says."""

    def __init__(self, message: str | Promise, status: int = 400, **more: Any):
        super().__init__(message)
        self.status, self.more = status, more


class TooLargeError(ValueError):
    """More content than a handler deals with."""


def studio_request(
    read: Callable[[Request], Any],
    *,
    method: str = "POST",
    denied: str | Promise = NOT_YOURS,
    too_large: str | Promise = UNCHECKED,
) -> Callable[[Callable[[Any, Any], dict[str, Any]]], Any]:
    """Make `function(block, asked)`, which gives a dict, a handler of requests with `method` that answers with it as JSON.

    `read(request)` makes `asked` of the request (see `json_body`); whatever it raises of `DAMAGED` is a damaged form (400), and
    `TooLargeError`, or Django's limit on the size of a request, is answered with `too_large` (413). `StudioRefusedError` from
    either becomes its status and {"error": sentence}. Only who may change the block is answered; all others get `denied`.
    """

    def decorated(function: Callable[[Any, Any], dict[str, Any]]) -> Any:
        @functools.wraps(function)
        def handler(block: Any, request: Request, suffix: str = "") -> Response:
            try:
                if request.method != method:
                    raise StudioRefusedError(_("Please use the form on the page."), 405)
                if not may_author(block):
                    raise StudioRefusedError(denied, 403)
                return _json(function(block, _asked(read, request, too_large)), 200)
            except StudioRefusedError as refusal:
                return _json({"error": str(refusal), **refusal.more}, refusal.status)

        return XBlock.handler(handler)

    return decorated


def json_body(request: Request) -> Any:
    """The JSON value in the body of `request`. Raises one of `DAMAGED`, or `SuspiciousOperation` for too large a request."""
    return json.loads(request.body.decode("utf-8"))


def _asked(read: Callable[[Request], Any], request: Request, too_large: str | Promise) -> Any:
    try:
        return read(request)
    except (SuspiciousOperation, TooLargeError) as error:
        raise StudioRefusedError(too_large, 413) from error
    except DAMAGED as error:
        raise StudioRefusedError(_("The form arrived damaged. Please try again.")) from error


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(body), content_type="application/json", charset="utf-8", status=status)
