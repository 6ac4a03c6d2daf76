"""The activity's screen."""

from __future__ import annotations

import logging
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...activity.kinds import CARDS
from ...activity.model import plain
from ...pages.activity import views
from ...pages.activity.words import unavailable
from ...pages.notices import notice
from ...platform.addresses import form_action, page_context
from ...platform.learner import Learner, in_studio
from ...records.access import RecordsUnavailableError
from ...templating import render
from .host import ActivityHost
from .own import written
from .visit import Visit

log = logging.getLogger(__name__)
HANDLERS = ("answer", "show_answers", "again", "write", "forget", "own_words_markdown")


def screen(block: ActivityHost, learner: Learner | None, said: dict[str, str] | None = None) -> str:
    """The activity as the learner has it. `said` are words that are shown and not kept."""
    visit = Visit(block, learner)
    at_work = learner is not None and learner.is_staff and not in_studio(block)
    if visit.sound is None:
        listing = render("dti/problems.html", {"problems": visit.problems}) if at_work else ""
        return _joined(notice(_("This activity is being edited. Please come back later.")), listing)
    try:
        standing = visit.standing()
        html: str = (
            views.with_cards(visit.activity, visit.deal, standing, context_of(visit))
            if block.activity in CARDS
            else views.of_own_words(visit.activity, standing, written(block, learner), said, context_of(visit))
        )
    except RecordsUnavailableError:
        log.exception("Activities cannot be read: are the migrations of dti_records applied?")
        return _joined(notice(unavailable(learner is not None and learner.is_staff)), "")
    visit.report_done(standing)
    return html


def context_of(visit: Visit) -> dict[str, Any]:
    """What every template of a screen needs."""
    block = visit.block
    urls = {f"{name}_url": form_action(block, name) for name in HANDLERS}
    return {**page_context(block), **urls, "version": visit.version, "kept": visit.kept, "counting": visit.counting}


def _joined(first: str, second: str) -> str:
    html: str = format_html("{}{}", first, second)
    return html


def for_apps(block: ActivityHost) -> dict[str, Any]:
    """What is known of the activity before it is done: nothing that tells an answer, no ids, in no telling order."""
    visit = Visit(block, None)
    if visit.sound is None:
        return {"title": block.display_name, "activity": block.activity, "task": "", "cards": [], "groups": []}
    cards = [] if block.activity not in CARDS else [plain(card.text) for card in visit.deal.cards]
    groups = [group.name for group in visit.activity.groups]
    return {
        "title": block.display_name,
        "activity": block.activity,
        "task": plain(visit.activity.task),
        "cards": cards,
        "groups": groups,
    }


def script_words() -> dict[str, str]:
    """What the block's script says besides what all say."""
    return {
        "placed": _("{card}: now in {place}."),
        "taken": _("{card}: has no place now."),
        "picked": _("{card} is chosen. Press its place."),
        "moved": _("{card}: now number {n}."),
        "here": _("Place it here"),
        "up": _("Move up: {card}"),
        "down": _("Move down: {card}"),
    }
