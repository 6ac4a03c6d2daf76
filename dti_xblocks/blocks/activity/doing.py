"""A learner does the activity: a try, the answers, another round."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from webob.multidict import MultiDict

from ...activity import play
from ...activity.kinds import CARDS, UnacceptableError
from ...activity.play import Standing
from ...platform.learner import Learner, is_impersonated
from ...records.access import RecordsUnavailableError
from ..base import RefusedError
from .host import ActivityHost
from .visit import Visit

log = logging.getLogger(__name__)


def answer(block: ActivityHost, learner: Learner, form: MultiDict) -> None:
    """One more try, or one more card. The answer is the new screen."""
    visit = opened(block, learner, form)
    changed(visit, lambda standing: play.tried(visit.activity, visit.deal, standing, form))


def show_answers(block: ActivityHost, learner: Learner, form: MultiDict) -> None:
    """Show the answers, to who has tried often enough."""
    visit = opened(block, learner, form)
    changed(visit, lambda standing: play.revealed(visit.activity, standing))


def again(block: ActivityHost, learner: Learner, form: MultiDict) -> None:
    """Begin another round. What was tried first stays on record."""
    changed(opened(block, learner, form), play.again)


def opened(block: ActivityHost, learner: Learner, form: MultiDict, cards: bool = True) -> Visit:
    """The visit to whose page `form` belongs. Raises `RefusedError` where nothing can be done here, or the page is an old one."""
    if is_impersonated(learner):
        raise RefusedError(_("You are viewing the course as a learner. Nobody can do this in another person's place."), 403)
    visit = Visit(block, learner)
    if visit.sound is None or (block.activity in CARDS) != cards:
        raise RefusedError(_("This activity is being edited. Please come back later."))
    if form.get("version") != visit.version:
        raise RefusedError(_("This activity has changed since you opened the page. Reload the page and try again."), 409)
    return visit


def changed(visit: Visit, step: Callable[[Standing], Standing]) -> Standing:
    """The standing after `step`. Raises `RefusedError`."""
    try:
        return visit.change(step)
    except UnacceptableError as error:
        raise refusal(error) from error
    except RecordsUnavailableError as error:
        log.exception("An activity could not be recorded")
        raise away() from error


def away() -> RefusedError:
    """The refusal where the records do not answer."""
    return RefusedError(_("The records cannot be reached. Nothing was saved. Please try again in a while."), 503)


def refusal(error: UnacceptableError) -> RefusedError:
    """`error` in words for the learner."""
    number = error.values.get("n", 0)
    sentences = {
        "unplaced": ngettext("{n} card has no place yet.", "{n} cards have no place yet.", int(str(number))),
        "twice": _("Two of them have the same place. Give each a place of its own."),
        "unnumbered": _("Give each card a number first."),
        "same-number": _("Two cards have the number {n}. Give each a number of its own."),
        "no-card": _("Choose a card first."),
        "not-yet": _("Try it yourself first."),
        "empty": _("Write something first. Nothing was saved."),
        "too-long": _("The text is too long: at most {limit} characters. Nothing was saved."),
    }
    return RefusedError(sentences[error.reason].format(**error.values))
