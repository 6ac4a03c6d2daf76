"""The views: the public page and the institution's public keys. Nobody signs in, and nothing is changed."""

from __future__ import annotations

import base64
import functools
import hashlib
import logging
from pathlib import Path

from django.db import transaction
from django.http import HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import PUBLIC
from ..pages.pledge.letterhead import letterhead
from ..platform import clock
from ..platform.institution import institution as who_vouches
from ..records.access import RecordsUnavailableError
from ..seals import site
from ..seals.keys import public_pem
from ..templating import render
from ..templating.dates import day_text
from . import answers, limits, uploads, words
from .answers import Answer

log = logging.getLogger(__name__)

FILES = Path(__file__).parent.parent / "web" / PUBLIC
SHEETS = ("css/dti.css", "css/verify/page.css")
SCRIPTS = ("js/verify/code.js",)
LONGEST_TYPED = 100
POLICY = "default-src 'none'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
NO_SNIFFING = {"X-Content-Type-Options": "nosniff"}


# Without a token: the answer is the same for everybody, depends on nobody's session and changes nothing, so there is nothing that
# another site could make a visitor do. In return the page sets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.non_atomic_requests
def verify(request):
    """The page, with the answer to the form, or to ?code= as on paper that was printed before codes stood behind the "#"."""
    asked = request.method == "POST" or bool(request.GET.get("code", "").strip())
    if not asked:
        return _page(request)
    seconds = limits.wait(request)
    if seconds:
        message = _("Too many checks were made in a short time. Please wait a minute and try again.")
        return _page(request, fault=message, status=429, headers={"Retry-After": str(seconds)})
    try:
        if request.method == "POST":
            return _posted(request)
        return _page(request, answers.for_code(request.GET["code"][:LONGEST_TYPED], _ring(), clock.now()))
    except RecordsUnavailableError:
        log.exception("The verify page cannot read the records")
        message = _("The records cannot be reached right now. This says nothing about the pledge. Please try again later.")
        return _page(request, fault=message, status=503, headers={"Retry-After": "60"})


def _posted(request) -> HttpResponse:
    try:
        code, body = uploads.entries(request)
    except uploads.TooLargeError:
        return _page(request, fault=_("This file is too large to be a signed pledge. The limit is 5 MB."), status=413)
    except uploads.DamagedError:
        return _page(request, fault=_("The form arrived damaged. Please try again."), status=400)
    if body:
        return _page(request, answers.for_file(body, _ring(), clock.now()))
    if code and code.strip():
        return _page(request, answers.for_code(code[:LONGEST_TYPED], _ring(), clock.now()))
    return _page(request, fault=_("Type a verification code or choose a PDF file."), status=400)


@require_http_methods(["GET", "HEAD"])
@transaction.non_atomic_requests
def institution(_request):
    """All public keys and certificates of this site, for checks without it."""
    keys = site.site_keys()
    certificates = dict.fromkeys(pem.strip() + "\n" for pem in (keys.certificate, *keys.ring.certificates) if pem.strip())
    own = keys.ring.key_id
    pems = [public_pem(key) for name, key in sorted(keys.ring.public.items(), key=lambda pair: pair[0] != own)]
    if not pems:
        kind = "text/plain; charset=utf-8"
        return HttpResponse(_("This site has no keys yet."), status=404, content_type=kind, headers=NO_SNIFFING)
    headers = {"Content-Disposition": 'attachment; filename="institution.pub"', "Cache-Control": "no-cache", **NO_SNIFFING}
    return HttpResponse("".join([*pems, *certificates]), content_type="application/x-pem-file", headers=headers)


def _ring():
    return site.site_keys().checking


def _page(request, answer: Answer | None = None, fault: str = "", status: int = 200, headers: dict | None = None) -> HttpResponse:
    (style, style_hash), (script, script_hash) = _inside(SHEETS), _inside(SCRIPTS)
    context = {
        "head": letterhead(*who_vouches()),
        "paper": False,
        "answer": answer,
        "verdict": words.verdict(answer) if answer else "",
        "sentences": words.sentences(answer) if answer else [],
        "fault": fault,
        "style": style,
        "script": script,
        "keys": f"{request.path.rstrip('/')}/institution.pub",
        "has_keys": bool(_ring().public),
        "signed": _day(answer and answer.signed_at),
        "until": _day(answer and answer.valid_until),
        "withdrawn": _day(answer and answer.withdrawn_at),
    }
    sent = {
        "Content-Security-Policy": f"style-src '{style_hash}'; script-src '{script_hash}'; {POLICY}",
        "Referrer-Policy": "no-referrer",  # a code may stand in the address
        "Cache-Control": "no-store, private",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
        **NO_SNIFFING,
        **(headers or {}),
    }
    return HttpResponse(render("dti/verify/screen.html", context), status=status, headers=sent)


def _day(when) -> str:
    return day_text(when) if when else ""


@functools.cache
def _inside(names: tuple[str, ...]) -> tuple[str, str]:
    """The text of style sheets or scripts, and its hash for the CSP. It is in the page, which so needs no file of any site's."""
    text = "\n" + "\n".join((FILES / name).read_text(encoding="utf-8") for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return mark_safe(text), f"sha256-{digest}"  # noqa: S308 - our own files
