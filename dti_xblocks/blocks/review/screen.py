"""The review's screen."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...pages.notices import notice
from ...pages.review import views
from ...pages.review.words import unavailable
from ...platform import clock
from ...platform.addresses import form_action, page_context
from ...platform.learner import Learner, in_studio
from ...platform.progress import report_completion
from ...platform.share_done import share_done
from ...records.access import RecordsUnavailableError
from ...records.review import reviews
from ...review import model, olx
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
        ratings = _ratings(block)
        report = staff_report(block, learner)
    except RecordsUnavailableError:
        log.exception("Reviews cannot be read: are the migrations of dti_records applied?")
        return _joined(notice(unavailable(learner is not None and learner.is_staff)), "")
    if mine is not None:
        _report_once(block)
    context = {**page_context(block), "form_action": form_action(block, "submit")}
    person = views.Person(learner.username, learner.full_name) if learner is not None else None
    first = views.own_part(review, mine, context, person, _terms(block, learner, mine))
    return _joined(_joined(first, ratings), report)


def _terms(block: ReviewHost, learner: Learner | None, mine: Any | None) -> views.Terms:
    """What the learner may do now, and what is said of it."""
    if mine is not None:
        until = model.closes_at(mine.created_at, block.edit_days)
        return views.Terms(until, model.is_closed(mine.created_at, block.edit_days, clock.now()))
    share = share_done(block, learner) if block.after_share > 0 else None
    waits = not model.may_review(share, block.after_share)
    return views.Terms(waits_for=block.after_share if waits else 0, done=int((share or 0.0) * 100))


def _ratings(block: ReviewHost) -> str:
    """The figures for learners, "" where the author does not show them, or too few have sent a review."""
    if not block.shows_ratings or in_studio(block):
        return ""
    summary = reviews.summary(block.where.usage)
    return views.ratings(summary, page_context(block)) if summary["count"] >= model.LEAST else ""


def _joined(first: str, second: str) -> str:
    html: str = format_html("{}{}", first, second)
    return html


def _mine(block: ReviewHost, learner: Learner | None) -> Any | None:
    if learner is None or in_studio(block):
        return None
    return reviews.of_learner(learner.user_id, block.where.usage)


def _report_once(block: ReviewHost) -> None:
    """Report completion for the review on record, unless done: also when staff have reset the learner's state."""
    if not block.reported:
        report_completion(block)
        block.reported = True
