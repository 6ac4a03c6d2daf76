"""The review's screen."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...pages.notices import notice
from ...pages.review import views
from ...pages.review.words import unavailable
from ...platform.addresses import form_action, page_context
from ...platform.learner import Learner, in_studio
from ...platform.progress import publish_completion
from ...records.access import RecordsUnavailableError
from ...records.review import reviews
from ...review import olx
from ...templating import render
from .host import ReviewHost
from .report import reads_reviews, staff_report

log = logging.getLogger(__name__)


def screen(block: ReviewHost, learner: Learner | None) -> str:
    """The form, or the learner's review with a way to change it; with the report below it for staff."""
    review, problems = olx.examine(block.content)
    if review is None:
        listing = render("dti/problems.html", {"problems": problems}) if reads_reviews(block, learner) else ""
        return _joined(notice(_("This review is being edited. Please come back later.")), listing)
    try:
        mine = _mine(block, learner)
        report = staff_report(block, learner)
    except RecordsUnavailableError:
        log.exception("Reviews cannot be read: are the migrations of dti_records applied?")
        return _joined(notice(unavailable(learner is not None and learner.is_staff)), "")
    if mine is not None:
        _report_once(block)
    context = {**page_context(block), "form_action": form_action(block, "submit")}
    return _joined(views.own_part(review, mine, context), report)


def _joined(first: str, second: str) -> str:
    html: str = format_html("{}{}", first, second)
    return html


def _mine(block: ReviewHost, learner: Learner | None) -> Any | None:
    if learner is None or in_studio(block):
        return None
    return reviews.of_learner(learner.user_id, block.where.usage)


def _report_once(block: ReviewHost) -> None:
    """Report completion for the review on record, unless done: also when staff have reset the learner's state."""
    if block.reported:
        return
    try:
        publish_completion(block, 1.0)
    except Exception:
        # The review is safe and must be shown; the report is tried again with the next view.
        log.exception("%s: completion could not be reported", block.where.usage)
        return
    block.reported = True
