"""What staff do with a review: reply to it, hide it with a reason, show it again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...pages.review.words import unavailable
from ...platform import clock
from ...platform.learner import Learner, keeps_records
from ...platform.progress import emit
from ...records.access import RecordsUnavailableError
from ...records.review import reviews
from ...review import model
from ..base import RefusedError
from .host import ReviewHost

log = logging.getLogger(__name__)


def reply(block: ReviewHost, learner: Learner, form: MultiDict) -> None:
    """Set the reply to a review; an empty one takes it away. The answer is the new screen."""
    number, text = _asked(block, learner, form, "reply", model.LONGEST_REPLY)
    _do(block, reviews.reply, number, text)
    emit(block, "dti.review.replied", {"review": number, "removed": not text})


def hide(block: ReviewHost, learner: Learner, form: MultiDict) -> None:
    """Hide a review with a reason, or show it again. The answer is the new screen."""
    number, reason = _asked(block, learner, form, "reason", model.LONGEST_REASON)
    if form.get("show"):
        reason = ""
    elif not reason:
        raise RefusedError(_("Say why this review is to be hidden. Nothing was changed."))
    _do(block, reviews.hide, number, reason)
    emit(block, "dti.review.hidden" if reason else "dti.review.shown", {"review": number})


def _asked(block: ReviewHost, learner: Learner, form: MultiDict, field: str, longest: int) -> tuple[int, str]:
    if not learner.is_staff:
        raise RefusedError(_("Only course staff can do this."), 403)
    if not keeps_records(block):
        raise RefusedError(_("This is a preview for authors: nothing is kept here."))
    number = str(form.get("review") or "")
    if not (number.isascii() and number.isdigit() and len(number) <= 18):
        raise RefusedError(_("There is no such review. Reload the page and try again."), 404)
    try:
        return int(number), model.read_text(form.get(field), longest)
    except model.UnacceptableError as error:
        message = _("The text is too long: at most {limit} characters. Nothing was saved.")
        raise RefusedError(message.format(limit=longest)) from error


def _do(block: ReviewHost, act: Callable[[str, int, str, datetime], bool], number: int, text: str) -> None:
    try:
        found = act(block.where.usage, number, text, clock.now())
    except RecordsUnavailableError as error:
        log.exception("A review could not be answered")
        raise RefusedError(unavailable(for_staff=True), 503) from error
    if not found:
        raise RefusedError(_("There is no such review. Reload the page and try again."), 404)
