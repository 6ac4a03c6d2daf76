"""What a request says: the fields of its form, and the few names that may stand in an address.

Addresses are kept by web servers, proxies and the platform's logs, and forms as browsers send them by the platform's tracking
log: see docs/decisions/0013-private-words.md.
"""

from __future__ import annotations

import json

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from webob import Request
from webob.multidict import MultiDict

from ...studio.kit.values import CONTROLS

# All that a handler hears of the query of an address: places in the library, parts and pages of a report, numbers of rows. What a
# person types, a name or a verification code comes in the body of a request, and is not heard here.
IN_ADDRESSES = frozenset(
    {
        *("ref", "circuit", "which", "refs", "personal", "show", "digest"),  # authorities and packets
        *("part", "page", "inside", "after", "person", "pledge", "status", "cohort"),  # reports and tables
    }
)
MOST_FIELDS = 1000  # as Django's own limit is for forms
# What Django, webob and json raise for a body or query that they cannot read: multipart data without a boundary, more fields than
# Django takes, an encoding that is none, brackets without end. webob raises a DeprecationWarning for one that is not UTF-8.
DAMAGED = (
    *(ValueError, LookupError, DeprecationWarning, RecursionError),
    *(BadRequest, SuspiciousOperation, MultiPartParserError, RawPostDataException),
)


class RefusedError(Exception):
    """A request that cannot be granted. The message is a sentence fit to show to the learner or author."""

    def __init__(self, message: str, status: int = 400):
        super().__init__(message)
        self.status = status


def form_of(request: Request) -> MultiDict:
    """The form fields of a POST request, all of them text. Raises `RefusedError` for any other body.

    A plain form sends them as browsers do; our script as JSON, [[name, value], …].
    """
    try:
        form = _json_fields(request) if request.content_type == "application/json" else request.POST
    except DAMAGED as error:
        raise _damaged() from error
    if not all(isinstance(value, str) for value in form.values()):  # an uploaded file in place of a field
        raise _damaged()
    return form


def asked_of(request: Request) -> dict[str, str]:
    """What is asked for, the last of each name, without control characters: `IN_ADDRESSES` of the query, and the form of a POST
    request. Raises `RefusedError` for what is not text."""
    try:
        said = {name: request.GET[name] for name in sorted(IN_ADDRESSES) if name in request.GET}
    except DAMAGED as error:
        raise RefusedError(_("This address is damaged. Go back and follow the link again.")) from error
    if request.method == "POST":
        said.update(form_of(request))
    return {name: CONTROLS.sub("", value) for name, value in said.items()}


def _json_fields(request: Request) -> MultiDict:
    pairs = json.loads(request.body.decode("utf-8"))
    if not isinstance(pairs, list) or len(pairs) > MOST_FIELDS:
        raise ValueError("no list of fields")
    form = MultiDict()
    for name, value in pairs:
        if not (isinstance(name, str) and isinstance(value, str)):
            raise ValueError("no field")
        f"{name}{value}".encode()  # half of a character can be written in JSON, and stored nowhere
        form.add(name, value)
    return form


def _damaged() -> RefusedError:
    return RefusedError(_("The form arrived damaged. Nothing was saved. Please try again."))
