"""Tables of signed pledges for course staff: signatures as CSV, in parts, who has not signed, and the platform's own report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from ...platform.roster import Enrolled
from ...pledge.signing import moment
from ...records.pledge import roster as pledge_roster
from ...records.pledge.roster import CURRENT, EXPIRED, REPLACED, SOON, WITHDRAWN, WORDING, Asked
from ...records.pledge.rows import LinkRow, ListedRow
from ...records.tables import csv_stream
from .host import PledgeHost
from .staff_query import Missing, asked_now

PART = 20_000  # signatures in a file: the platform keeps a handler's whole answer in memory
PORTION = 500  # people read at a time

Item = TypeVar("Item")


def status_words() -> dict[str, str]:
    """What a signature's status is called."""
    return {
        CURRENT: _("valid"),
        SOON: _("ends soon"),
        EXPIRED: _("ran out"),
        WORDING: _("earlier wording"),
        WITHDRAWN: _("withdrawn"),
        REPLACED: _("signed again since"),
    }


def method_word(method: str) -> str:
    """How it was signed."""
    return str({"typed": _("typed"), "drawn": _("typed and drawn")}.get(method, method))


def seal_word(link: LinkRow | None) -> str:
    """How far the seal of the signature with this link is complete."""
    if link is None:
        return str(_("not in the chain yet"))
    return str(_("sealed")) if link.signature else str(_("in the chain, not signed yet"))


def signed_csv(asked: Asked, after: int, labels: list[str]) -> Iterator[bytes]:
    """The signatures behind the row `after` as CSV, at most `PART` of them, piece by piece.

    Raises `RecordsUnavailableError` at once.

    `labels` are the questions of the pledge as it now is: each has a column; answers to others stand together in the last.
    """
    rows = _at_once(pledge_roster.each(asked, after, PART))
    return csv_stream([*_header(), *labels, _("Answers to earlier questions")], _rows(rows, asked, labels))


def missing_csv(missing: Missing, after: int) -> Iterator[bytes]:
    """Who is enrolled and has not signed, behind the user id `after`, at most `PART` of them."""
    people = _at_once(_people(missing, after))
    return csv_stream([_("Username"), _("Name of the account")], ((one.username, one.full_name) for one in people))


def rows_for_platform(block: PledgeHost, limit: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """(username, {column: value}) for each signature in `block`, at most `limit` of them. What was erased is left out."""
    rows = (row for row in pledge_roster.each(asked_now(block), documents=False) if row.username)
    words = status_words()
    for row in rows if limit is None else islice(rows, limit):
        yield (
            row.username,
            {
                _("Signed name"): row.signed_name,
                _("Signed at (UTC)"): moment(row.signed_at),
                _("Status"): words[row.status],
                _("Valid until (UTC)"): moment(row.ends) if row.ends else "",
                _("Wording"): row.wording_hash,
                _("Verification code"): row.code,
                _("Seal"): seal_word(row.link),
            },
        )


def _people(missing: Missing, after: int) -> Iterator[Enrolled]:
    left = PART
    while left > 0 and (people := missing.after(after, min(PORTION, left))):
        yield from people
        left -= len(people)
        after = people[-1].user_id


def _at_once(rows: Iterator[Item]) -> Iterator[Item]:
    """`rows`, with the first of them asked for now: what is missing must be found out before the answer begins."""
    first = list(islice(rows, 1))
    return chain(first, rows)


def _header() -> list[str]:
    return [
        *(_("Username"), _("Name of the account"), _("Signed name"), _("Name differs"), _("Reason"), _("Signed at (UTC)")),
        *(_("Wording"), _("Present wording"), _("Language"), _("Verification code"), _("SHA-256 of the record")),
        *(_("Number of the signature"), _("Method"), _("Valid until (UTC)"), _("Withdrawn"), _("Status")),
        *(_("Position in the chain"), _("Seal")),
    ]


def _rows(rows: Iterable[ListedRow], asked: Asked, labels: list[str]) -> Iterator[list[Any]]:
    words, yes, no = status_words(), _("yes"), _("no")
    for row in rows:
        document = row.document or {}
        signature = document.get("signature") or {}
        answers = {answer["label"]: answer["value"] for answer in document.get("answers") or ()}
        others = [f"{label}: {value}" for label, value in answers.items() if value and label not in labels]
        yield [
            *(row.username, row.full_name, row.signed_name, yes if signature.get("name_differs") else no),
            *(signature.get("reason", ""), moment(row.signed_at), row.wording_hash),
            *(yes if row.wording_hash == asked.wording else no, row.language, row.code, row.document_hash),
            *(row.turn, method_word(row.method), moment(row.ends) if row.ends else "", yes if row.withdrawn else no),
            *(words[row.status], row.link.position if row.link else "", seal_word(row.link)),
            *(answers.get(label, "") for label in labels),
            " / ".join(others),
        ]
