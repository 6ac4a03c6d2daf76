"""The pages that staff read: people and how their signatures stand, one record, the files. Who may is for the block to ask.

Nothing is asked of the database once per person: a page of the list is a handful of queries, however many are enrolled.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ...content import whole_number
from ...platform import csrf
from ...platform.addresses import asset, element_id
from ...platform.roster import roster_of
from ...records.pledge import roster as pledge_roster
from ...records.pledge.roster import CURRENT, EXPIRED, SOON, STATUSES, WITHDRAWN, WORDING, Asked
from ...templating import render
from ...templating.dates import day_text
from ...templating.listing import Pages, short_number
from . import staff_record as pledge_staff_record
from .report import PART, status_words
from .staff_files import chain_state, files

PEOPLE = 50  # on a page
NOT_SIGNED, TO_SIGN = "not-signed", "to-sign"


# -- what is asked -----------------------------------------------------------------------------------------------------------


def text(query, name: str) -> str:
    """A word of the query, "" where there is none."""
    return str(query.get(name) or "").strip()[:255]


def number(query, name: str, least: int = 0) -> int:
    """A whole number of the query; `least` for anything else."""
    return max(least, whole_number(text(query, name), digits=15) or 0)


def asked_by(block, query) -> Asked:
    """The signatures that the query asks for: status, q (part of a name), cohort."""
    status = text(query, "status")
    cohort = _cohort(query)
    people = roster_of(block).members(cohort) if cohort is not None else None
    return replace(block.asked_now(), status=status if status in STATUSES else "", search=text(query, "q"), people=people)


def unsigned_by(block, query) -> tuple:
    """(roster, part of a name, cohort) of those who have not signed."""
    return roster_of(block), text(query, "q"), _cohort(query)


def _cohort(query) -> int | None:
    return number(query, "cohort") if text(query, "cohort").isdigit() else None


# -- counts and the seal -------------------------------------------------------------------------------------------------------


def summary(block, asked: Asked) -> dict:
    """For the block's own page: numbers, notices and addresses. No personal data."""
    counted = pledge_roster.counts(asked)
    return {
        "facts": _facts(block, counted, roster_of(block)),
        "chain": chain_state(block),
        "list_url": block.runtime.handler_url(block, "signatures").rstrip("?"),
        "csv_url": block.runtime.handler_url(block, "signatures_csv").rstrip("?"),
        "one_file": counted["signatures"] <= PART,
    }


def _facts(block, counted: dict[str, int], roster, cohort: int | None = None) -> list[tuple[str, str]]:
    facts = [
        (_("Signed and valid"), counted[CURRENT] + counted[SOON]),
        (_("of these, ends soon"), counted[SOON]),
        (_("Ran out"), counted[EXPIRED]),
        (_("Signed an earlier wording"), counted[WORDING]),
        (_("Withdrawn"), counted[WITHDRAWN]),
    ]
    if roster.known:
        missing = roster.missing_count(pledge_roster.people(block.usage_text), "", cohort)
        facts.append((_("Enrolled and not signed"), missing))
    facts.append((_("Signatures in all"), counted["signatures"]))
    return [(name, short_number(value)) for name, value in facts]


# -- pages ---------------------------------------------------------------------------------------------------------------------


def page(block, learner, query) -> str:
    """One page as HTML. `query` has part ("list", "record" or "files") and what that part asks for."""
    part = text(query, "part")

    def link(**asked) -> str:
        return _link(block, **asked)

    if part == "record":
        title, body, context = pledge_staff_record.record(block, learner, text(query, "code"), link)
    elif part == "files":
        title, body, context = _("Files and checks"), "dti/pledge/staff_files.html", files(block, learner)
    else:
        part, title, body, context = "list", _("Signatures"), "dti/pledge/staff_list.html", _list(block, learner, query)
    tabs = [
        {"title": name, "address": _link(block, part=key), "here": key == part}
        for key, name in (("list", _("Signatures")), ("files", _("Files and checks")))
    ]
    frame = {
        "title": title,
        "tabs": tabs,
        "body": body,
        "stylesheet": asset(block, "css/pledge/staff.css"),
        "script": asset(block, "js/pledge/staff.js"),
        "uid": element_id(block),
        "csrf_token": csrf.token(),
        "list_url": _link(block, part="list"),
    }
    return render("dti/pledge/staff_page.html", {**frame, **context})


def _link(block, **query) -> str:
    kept = {name: value for name, value in query.items() if value not in ("", None)}
    return block.runtime.handler_url(block, "signatures", query=urlencode(kept))


def _list(block, learner, query) -> dict:
    asked, roster, cohort = asked_by(block, query), roster_of(block), _cohort(query)
    status = text(query, "status")
    status = status if status in (*STATUSES, NOT_SIGNED, TO_SIGN) else ""
    chosen = {"status": status, "q": asked.search, "cohort": cohort}
    # People who signed come first, each kind in the order of usernames; then those who are only enrolled.
    kinds = [EXPIRED, WORDING, WITHDRAWN] if status == TO_SIGN else [asked.status]
    counted = pledge_roster.counts(replace(asked, status="", search=""))
    known = None if asked.search else counted  # nothing is counted twice
    segments = [] if status == NOT_SIGNED else [_Signers(block, replace(asked, status=kind), known) for kind in kinds]
    if roster.known and status in ("", NOT_SIGNED, TO_SIGN):
        segments.append(_Missing(block, roster, asked.search, cohort))
    sizes = [segment.count() for segment in segments]
    pages = Pages.of(sum(sizes), PEOPLE, number(query, "page", 1), lambda page: _link(block, part="list", page=page, **chosen))
    rows = _cut(segments, sizes, pages.slice)
    ids = [row["user_id"] for row in rows]
    enrolled, cohorts = (roster.enrolled(ids), roster.cohort_names(ids)) if ids else (set(), {})
    for row in rows:
        row["left"] = roster.known and row["user_id"] not in enrolled
        row["cohort"] = cohorts.get(row["user_id"], "")
    chain = chain_state(block)  # before this reading adds to it
    if rows:
        block.note_staff_reading(learner, "list", "", len(rows))
    known_cohorts = roster.cohorts()
    return {
        "facts": _facts(block, counted, roster, cohort),
        "facts_of": next((one.name for one in known_cohorts if one.id == cohort), ""),
        "chain": chain,
        "people": rows,
        "found": short_number(sum(sizes)),
        "pages": pages,
        "search": asked.search,
        "narrow": bool(status or asked.search or cohort is not None),
        "choices": [{"value": value, "title": title, "chosen": value == status} for value, title in _choices(roster)],
        "cohorts": [{"value": one.id, "title": one.name, "chosen": one.id == cohort} for one in known_cohorts],
        "with_cohorts": bool(known_cohorts),
        "known": roster.known,
        "action": block.runtime.handler_url(block, "signatures").rstrip("?"),
        "files": [] if status in (NOT_SIGNED, TO_SIGN) else _csv_files(block, asked, chosen),
        "missing_url": _missing_url(block, roster, asked.search, cohort) if status in ("", NOT_SIGNED, TO_SIGN) else "",
    }


def _choices(roster) -> list[tuple[str, str]]:
    shown = [("", _("Everybody") if roster.known else _("Everybody who signed")), (CURRENT, _("Signed and valid")),
             (SOON, _("Ends soon")), (EXPIRED, _("Ran out")), (WORDING, _("Signed an earlier wording")),
             (WITHDRAWN, _("Withdrawn"))]  # fmt: skip
    if roster.known:
        shown.append((NOT_SIGNED, _("Never signed")))
    return [*shown, (TO_SIGN, _("Has to sign (all of these reasons)"))]


def _cut(segments: list, sizes: list[int], wanted: slice) -> list[dict]:
    """The rows `wanted` of all segments one after the other."""
    rows, begin = [], 0
    for segment, size in zip(segments, sizes, strict=True):
        start, stop = max(wanted.start - begin, 0), min(wanted.stop - begin, size)
        if start < stop:
            rows += segment.rows(start, stop)
        begin += size
    return rows


class _Signers:
    """People who have signed. `counted` are the numbers of each status, if they are known."""

    def __init__(self, block, asked: Asked, counted: dict[str, int] | None):
        self.block, self.asked, self.counted = block, asked, counted

    def count(self) -> int:
        if self.counted is None:
            return pledge_roster.count(self.asked)
        return sum(self.counted[status] for status in STATUSES if self.asked.status in ("", status))

    def rows(self, start: int, stop: int) -> list[dict]:
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
                "address": _link(self.block, part="record", code=row.code),
                "code": row.code,
            }
            for row in pledge_roster.page(self.asked, start, stop)
        ]


class _Missing:
    """People who are enrolled and have never signed."""

    def __init__(self, block, roster, search: str, cohort: int | None):
        self.roster, self.search, self.cohort = roster, search, cohort
        self.signed = pledge_roster.people(block.usage_text)

    def count(self) -> int:
        return self.roster.missing_count(self.signed, self.search, self.cohort)

    def rows(self, start: int, stop: int) -> list[dict]:
        none = {
            "signed_name": "",
            "status": NOT_SIGNED,
            "word": _("not signed"),
            "when": "",
            "ends": "",
            "address": "",
            "code": "",
        }
        return [
            {"user_id": one.user_id, "username": one.username, "name": one.full_name, **none}
            for one in self.roster.missing(self.signed, self.search, self.cohort, start, stop)
        ]


def _csv_files(block, asked: Asked, chosen: dict) -> list[dict]:
    kept = {name: value for name, value in chosen.items() if value not in ("", None)}
    return [
        {
            "address": block.runtime.handler_url(block, "signatures_csv", query=urlencode({**kept, "after": after})),
            "first": short_number(first),
            "last": short_number(last),
        }
        for after, first, last in pledge_roster.parts(asked, PART)
    ]


def _missing_url(block, roster, search: str, cohort: int | None) -> str:
    if not roster.known:
        return ""
    query = {name: value for name, value in (("q", search), ("cohort", cohort)) if value not in ("", None)}
    return block.runtime.handler_url(block, "not_signed_csv", query=urlencode(query))
