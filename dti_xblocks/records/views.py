"""The download of a bundle: an address of the LMS itself, because it keeps the whole answer of a block's handler in memory."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ..copies import copy_of
from .access import RecordsUnavailableError
from .pledge import bundles

log = logging.getLogger(__name__)


@require_GET
def download(request: HttpRequest, token: str) -> HttpResponse | StreamingHttpResponse:
    """The ZIP of `token`, for the person to whom the block gave the token."""
    user = getattr(request, "user", None)
    user_id = user.pk if user is not None and user.is_authenticated else None
    try:
        bundle = bundles.read_token(token, user_id)
    except RecordsUnavailableError:
        log.exception("The files of pledges cannot be read")
        return HttpResponse(
            _("The records cannot be reached. Please try again in a while."), status=503, content_type="text/plain; charset=utf-8"
        )
    if bundle is None:
        # One answer for all: nothing can be learned by trying.
        message = _(
            "This address has run out, or is somebody else's. Go back to the list of signatures and ask for the files again."
        )
        return HttpResponse(message, status=404, content_type="text/plain; charset=utf-8")
    response = StreamingHttpResponse(bundles.zipped(bundle, lambda row: copy_of(row).body), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="signed-pledges.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["X-Accel-Buffering"] = "no"  # nginx would keep the whole file before it sends the first byte
    return response


def address(token: str) -> str:
    """Where `token` gives the ZIP, or "" where the site does not have our addresses."""
    for name in ("dti:pledge-files", "pledge-files"):
        try:
            return str(reverse(name, args=[token]))
        except NoReverseMatch:
            continue
    return ""
