"""What course staff learn: the figures, the latest reviews, and all of them as CSV."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from ...pages.review import views
from ...pages.review.words import unavailable
from ...platform.addresses import form_action, page_context
from ...platform.learner import Learner, in_studio
from ...records.access import RecordsUnavailableError
from ...records.review import reviews
from ...records.tables import csv_bytes
from ..base import RefusedError
from .host import ReviewHost

SHOWN = 20


def reads_reviews(block: ReviewHost, learner: Learner | None) -> bool:
    """Whether `learner` is course staff in the course itself: Studio's page lists problems itself, and shows no reviews."""
    return learner is not None and learner.is_staff and not in_studio(block)


def staff_report(block: ReviewHost, learner: Learner | None) -> str:
    """The report below the form, "" for everybody else. Raises `RecordsUnavailableError`."""
    if not reads_reviews(block, learner):
        return ""
    usage = block.where.usage
    summary, latest = reviews.summary(usage), reviews.latest(usage, SHOWN)
    acts = {"csv": "reviews_csv", "reply": "reply", "hide": "hide"}
    addresses = {name: form_action(block, handler) for name, handler in acts.items()}
    html: str = views.report(summary, latest, addresses, page_context(block))
    return html


def reviews_csv(block: ReviewHost, learner: Learner, query: dict[str, str]) -> tuple[bytes, str, str]:
    """All reviews in this block, for staff."""
    if not learner.is_staff:
        raise RefusedError(_("Only course staff can download this."), 403)
    header = [
        _("Name"), _("Stars"), _("Review"), _("Written at (UTC)"), _("Changed at (UTC)"), _("Reply"), _("Hidden because"),
    ]  # fmt: skip
    try:
        rows = [_cells(row) for row in reviews.every(block.where.usage)]
    except RecordsUnavailableError as error:
        raise RefusedError(unavailable(for_staff=True), 503) from error
    return csv_bytes(header, rows), "text/csv", "course-reviews.csv"


def _cells(row: Any) -> list[object]:
    """Name, stars, text, written, changed, reply, why hidden."""
    written, changed = _iso(row.created_at), _iso(row.changed_at)
    return [row.shown_as, row.stars, row.text, written, changed, row.reply, row.hidden_reason]


def _iso(when: datetime) -> str:
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
