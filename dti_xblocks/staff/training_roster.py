"""The roster for the training file as PDF: tagged, sealed, and signed with the institution's certificate where there is one."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..pdf import Archive
from ..pdf import render as render_pdf
from ..platform import clock
from ..platform.institution import institution
from ..platform.staff_course import StaffCourse
from ..seals import issue
from ..seals.file import marker
from ..seals.pades import NotSignedError
from ..seals.site import SiteKeys, site_keys
from ..templating import render
from ..templating.dates import day_text, moment_text
from . import words
from .parts import Parts
from .training import Record, Training, columns

log = logging.getLogger(__name__)

MOST = 500  # officers in one file
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none of them is taken for another


def roster_pdf(course: StaffCourse, parts: Parts, asked: Training, cohort: str, found: Sequence[Record]) -> bytes:
    """The file. Raises `PdfUnavailableError`, and `NotSealableError` where the keys of the site cannot seal."""
    keys = site_keys()
    number = "ROSTER-" + "".join(secrets.choice(LETTERS) for _place in range(12))
    context = {
        "language": str(get_language() or "en"),
        "title": _("Training roster"),
        "number": number,
        "institution": institution().name,
        "course": course,
        "asked": asked,
        "cohort": cohort,
        "first": day_text(asked.first),
        "last": day_text(asked.last),
        "made": moment_text(clock.now()),
        "columns": columns(parts),
        "pledges": [part.title for part in parts.pledges],
        "rows": [_row(place, record) for place, record in enumerate(found, start=1)],
    }
    for kind in issue.kinds(keys):
        try:
            return _file(context, number, kind, keys)
        except NotSignedError as error:
            log.error("The certificate in settings.DTI_PLEDGE_KEYS cannot sign, so a roster is sealed only: %s", error.code)
    raise AssertionError("a file that is neither sealed nor signed can always be made")


def _file(context: dict[str, Any], number: str, kind: str, keys: SiteKeys) -> bytes:
    issue.require(kind, keys)
    identifier = marker(number, keys.ring.key_id if kind else "", kind or issue.SEALED)
    page = render("dti/staff/training_roster.html", {**context, "kind": kind})
    pdf = render_pdf(str(page), title=f"{context['title']} {number}", for_archive=Archive(identifier))
    return issue.close(pdf, kind, keys, title=_("Signature of the institution"), reason=_("Issued as a training roster"))


def _row(place: int, record: Record) -> dict[str, Any]:
    one = record.passed
    return {
        "place": place,
        "name": one.who.full_name or one.who.username,
        "username": one.who.username,
        "given": record.given,
        "score": words.share(one.percent),
        "at": day_text(one.at),
        "certificate": one.certificate,
        "signed": [
            {"code": row.code, "day": day_text(row.signed_at), "word": words.statuses()[row.status]} if row else None
            for row in record.signatures
        ],
    }
