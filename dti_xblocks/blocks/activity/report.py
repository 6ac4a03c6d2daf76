"""What course staff learn: what was right in the first try, card by card; the people as CSV. Never what anybody wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from ...activity.kinds import CARDS
from ...activity.model import Activity, Card, plain
from ...activity.play import first_marks
from ...pages.activity import views
from ...pages.activity.words import unavailable
from ...platform.addresses import element_id, form_action
from ...platform.learner import Learner
from ...records.access import RecordsUnavailableError
from ...records.activity import standings
from ...records.tables import csv_bytes, safe_cell
from ..base import RefusedError
from .host import ActivityHost
from .visit import Visit


def page(block: ActivityHost, learner: Learner, query: dict[str, str]) -> str:
    """The report, for staff: a page of its own, for it looks at everybody who has begun."""
    if not learner.is_staff:
        raise RefusedError(_("Only course staff can read this."), 403)
    visit = Visit(block, learner)
    if visit.sound is None:
        raise RefusedError(_("This activity is being edited. Please come back later."))
    try:
        return _report(visit)
    except RecordsUnavailableError as error:
        raise RefusedError(unavailable(for_staff=True), 503) from error


def _report(visit: Visit) -> str:
    block = visit.block
    begun = done = tries = 0
    counts = {card.id: [0, 0] for card in visit.activity.cards}  # right, answered
    for row in standings.every(block.where.usage):
        begun, done, tries = begun + 1, done + (row.done_at is not None), tries + row.tries
        for card, right in _first(visit.activity, row):
            if right is not None:
                counts[card.id][0] += right
                counts[card.id][1] += 1
    cards = [(plain(card.text), counts[card.id][0], counts[card.id][1], card.sign) for card in visit.activity.cards]
    html: str = views.report(
        visit.activity.kind, begun, done, tries, cards, form_action(block, "activity_csv"), element_id(block)
    )
    return html


def activity_csv(block: ActivityHost, learner: Learner, query: dict[str, str]) -> tuple[bytes, str, str]:
    """Everybody in this activity, for staff."""
    if not learner.is_staff:
        raise RefusedError(_("Only course staff can download this."), 403)
    visit = Visit(block, learner)
    cards = visit.sound.cards if visit.sound and block.activity in CARDS else ()
    header = [_("Username"), _("Tries"), _("Answers shown"), _("Started at (UTC)"), _("Done at (UTC)")]
    header += [safe_cell(card.id) for card in cards]
    try:
        rows = [[*_person(row), *_cells(visit.sound, row)] for row in standings.every(block.where.usage)]
    except RecordsUnavailableError as error:
        raise RefusedError(unavailable(for_staff=True), 503) from error
    return csv_bytes(header, rows), "text/csv", "activity.csv"


def report_rows(block: ActivityHost, states: Iterable[Any], limit: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows of the platform's response report, (username, {title: cell}), of at most `limit` people; nothing without records."""
    visit = Visit(block, None)
    wanted = {entry.username for entry in states}
    try:
        rows = [row for row in standings.every(block.where.usage) if row.username in wanted]
    except RecordsUnavailableError:
        return
    for row in rows[:limit]:
        found: dict[str, Any] = {
            _("Tries"): row.tries,
            _("Done"): _("yes") if row.done_at else _("no"),
            _("Answers shown"): _("yes") if row.revealed else _("no"),
        }
        if visit.sound:
            for card, right in _first(visit.sound, row):
                title = _("First try: {card}").format(card=card.id)
                found[title] = _("not answered") if right is None else _("right") if right else _("wrong")
        yield row.username, found


def _first(activity: Activity, row: Any) -> list[tuple[Card, bool | None]]:
    """What was right in a learner's first try; of what is done card by card, in all of them."""
    if activity.kind not in CARDS:
        return []
    return first_marks(activity, row.answer if CARDS[activity.kind].steps else row.first)


def _person(row: Any) -> list[Any]:
    return [row.username, row.tries, _("yes") if row.revealed else _("no"), _iso(row.started_at), _iso(row.done_at)]


def _cells(activity: Activity | None, row: Any) -> list[Any]:
    if activity is None:
        return []
    return ["" if right is None else int(right) for _card, right in _first(activity, row)]


def _iso(when: datetime | None) -> str:
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z" if when else ""
