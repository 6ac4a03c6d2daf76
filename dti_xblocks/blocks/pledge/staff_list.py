"""The list of people and the status of their signatures.

No query runs once per person: a page of the list takes a handful of queries, however many are enrolled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ...platform.addresses import form_action
from ...platform.learner import Learner
from ...platform.roster import roster_of
from ...records.pledge import roster as pledge_roster
from ...records.pledge.roster import CURRENT, EXPIRED, SOON, STATUSES, WITHDRAWN, WORDING, Asked
from ...templating.dates import day_text
from ...templating.listing import Pages, short_number
from .audit import note_reading
from .host import PledgeHost
from .report import PART, status_words
from .staff_files import chain_state
from .staff_query import NOT_SIGNED, TO_SIGN, Chosen, Missing, chosen_by, number

PEOPLE = 50  # on a page
Person = dict[str, Any]


class Segment(Protocol):
    """A part of the list: people of one kind, in the order of their usernames."""

    def count(self) -> int:
        """How many they are."""

    def rows(self, start: int, stop: int) -> list[Person]:
        """Some of them, as the template shows them."""


def people(block: PledgeHost, learner: Learner, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of the list that the query asks for. That it was read is recorded."""
    chosen, roster = chosen_by(query), roster_of(block)
    asked = chosen.asked(block)
    counted = pledge_roster.counts(replace(asked, status="", search=""))
    segments = _segments(block, chosen, asked, roster.known, counted)
    sizes = [segment.count() for segment in segments]
    pages = Pages.of(
        sum(sizes), PEOPLE, number(query, "page", 1), lambda page: link(block, part="list", page=page, **chosen.place)
    )
    rows = _cut(segments, sizes, pages.slice)
    _add_enrolment(rows, roster)
    chain = chain_state(block)  # before this reading adds to it
    if rows:
        note_reading(block, learner, "list", "", len(rows))
    return {
        "facts": facts(block, counted, roster, chosen.cohort),
        "chain": chain,
        "people": rows,
        "found": short_number(sum(sizes)),
        "pages": pages,
        "known": roster.known,
        **_search(block, chosen, roster),
        **_tables(block, chosen, asked, roster.known),
    }


def facts(block: PledgeHost, counted: Mapping[str, int], roster: Any, cohort: int | None = None) -> list[tuple[str, str]]:
    """The numbers above the list, with what each is called."""
    shown = [
        (_("Signed and valid"), counted[CURRENT] + counted[SOON]),
        (_("of these, ending soon"), counted[SOON]),
        (_("Ran out"), counted[EXPIRED]),
        (_("Signed an earlier wording"), counted[WORDING]),
        (_("Withdrawn"), counted[WITHDRAWN]),
    ]
    if roster.known:
        shown.append((_("Enrolled and not signed"), Missing(roster, pledge_roster.people(block.where.usage), "", cohort).count()))
    shown.append((_("Signatures in all"), counted["signatures"]))
    return [(name, short_number(value)) for name, value in shown]


def link(block: PledgeHost, **query: Any) -> str:
    """The address of one of the staff's pages."""
    return _address(block, "signatures", query)


def _address(block: PledgeHost, handler: str, query: Mapping[str, Any]) -> str:
    given = {name: value for name, value in query.items() if value not in ("", None)}
    return str(block.runtime.handler_url(block, handler, query=urlencode(given)))


def _segments(block: PledgeHost, chosen: Chosen, asked: Asked, known: bool, counted: dict[str, int]) -> list[Segment]:
    """People who signed come first, each kind in the order of usernames; then those who are only enrolled."""
    statuses = [EXPIRED, WORDING, WITHDRAWN] if chosen.status == TO_SIGN else [asked.status]
    numbers = None if asked.search else counted  # nothing is counted twice
    segments: list[Segment] = []
    if chosen.status != NOT_SIGNED:
        segments += [_Signers(block, replace(asked, status=status), numbers) for status in statuses]
    if known and chosen.with_missing:
        segments.append(_NotSigned(chosen.missing(block)))
    return segments


def _cut(segments: list[Segment], sizes: list[int], wanted: slice) -> list[Person]:
    """The rows `wanted` of all segments one after the other."""
    rows, begin = [], 0
    for segment, size in zip(segments, sizes, strict=True):
        start, stop = max(wanted.start - begin, 0), min(wanted.stop - begin, size)
        if start < stop:
            rows += segment.rows(start, stop)
        begin += size
    return rows


def _add_enrolment(rows: list[Person], roster: Any) -> None:
    ids = [row["user_id"] for row in rows]
    enrolled, cohorts = (roster.enrolled(ids), roster.cohort_names(ids)) if ids else (set(), {})
    for row in rows:
        row["left"] = roster.known and row["user_id"] not in enrolled
        row["cohort"] = cohorts.get(row["user_id"], "")


def _search(block: PledgeHost, chosen: Chosen, roster: Any) -> dict[str, Any]:
    """The form above the list."""
    cohorts = roster.cohorts()
    return {
        "facts_of": next((one.name for one in cohorts if one.id == chosen.cohort), ""),
        "search": chosen.search,
        "narrow": chosen.narrow,
        "choices": [
            {"value": value, "title": title, "chosen": value == chosen.status} for value, title in _choices(roster.known)
        ],
        "cohorts": [{"value": one.id, "title": one.name, "chosen": one.id == chosen.cohort} for one in cohorts],
        "with_cohorts": bool(cohorts),
        "action": form_action(block, "signatures"),
    }


def _choices(known: bool) -> list[tuple[str, str]]:
    shown = [("", _("Everybody") if known else _("Everybody who signed")), (CURRENT, _("Signed and valid")),
             (SOON, _("Ends soon")), (EXPIRED, _("Ran out")), (WORDING, _("Signed an earlier wording")),
             (WITHDRAWN, _("Withdrawn"))]  # fmt: skip
    if known:
        shown.append((NOT_SIGNED, _("Never signed")))
    return [*shown, (TO_SIGN, _("Has to sign (all of these reasons)"))]


def _tables(block: PledgeHost, chosen: Chosen, asked: Asked, known: bool) -> dict[str, Any]:
    """The CSV files of what is shown: the addresses of the parts, and of who has not signed. A search is posted there."""
    parts = [] if chosen.status in (NOT_SIGNED, TO_SIGN) else pledge_roster.parts(asked, PART)
    return {
        "files": [
            {
                "address": _address(block, "signatures_csv", {**chosen.place, "after": after}),
                "first": short_number(first),
                "last": short_number(last),
            }
            for after, first, last in parts
        ],
        "missing_url": _address(block, "not_signed_csv", {"cohort": chosen.cohort}) if known and chosen.with_missing else "",
    }


class _Signers:
    """People who have signed. `counted` are the numbers of each status, if they are known."""

    def __init__(self, block: PledgeHost, asked: Asked, counted: Mapping[str, int] | None):
        self._block, self._asked, self._counted = block, asked, counted

    def count(self) -> int:
        if self._counted is None:
            return pledge_roster.count(self._asked)
        return sum(self._counted[status] for status in STATUSES if self._asked.status in ("", status))

    def rows(self, start: int, stop: int) -> list[Person]:
        words = status_words()
        return [
            {
                "user_id": row.user_id,
                "username": row.username,
                "name": row.full_name if row.full_name != row.username else "",
                "signed_name": row.signed_name,
                "status": row.status,
                "word": words[row.status],
                "when": day_text(row.signed_at),
                "ends": day_text(row.ends) if row.ends else "",
                "address": link(self._block, part="record", pledge=row.id),
                "code": row.code,
            }
            for row in pledge_roster.page(self._asked, start, stop)
        ]


class _NotSigned:
    """People who are enrolled and have never signed."""

    def __init__(self, missing: Missing):
        self._missing = missing

    def count(self) -> int:
        return self._missing.count()

    def rows(self, start: int, stop: int) -> list[Person]:
        blank = dict.fromkeys(("signed_name", "when", "ends", "address", "code"), "")
        signed = {**blank, "status": NOT_SIGNED, "word": _("not signed")}
        return [
            {"user_id": one.user_id, "username": one.username, "name": one.full_name, **signed}
            for one in self._missing.people(start, stop)
        ]
