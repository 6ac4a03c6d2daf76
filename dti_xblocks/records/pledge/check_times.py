"""Times that cannot be: a pledge signed before it was agreed to, a link dated before the one it follows.

Such a record is as it was written; a clock was wrong, or somebody set it. So the verify page does not call it altered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from .columns import part
from .events import ERASED, WITHDRAWN
from .rows import EventRow, LinkRow, SignedRow

TOLERANCE = timedelta(minutes=5)  # between the clocks of servers
# Earlier and later: where a document has them.
ORDER = (
    (("reading", "opened_at"), ("reading", "ended_at")),
    (("reading", "opened_at"), ("signed_at",)),
    (("reading", "ended_at"), ("signed_at",)),
    (("consent", "given_at"), ("signed_at",)),
    (("signed_at",), ("valid_until",)),
)


def disordered(document: Any) -> Iterator[str]:
    """The times of a pledge's document that come before what they have to follow, as "later < earlier"."""
    for earlier, later in ORDER:
        before, after = _time(part(document, *earlier)), _time(part(document, *later))
        if before is not None and after is not None and is_before(after, before):
            yield f"{later[-1]} < {earlier[-1]}"


def event_disordered(event: EventRow, about: SignedRow | None) -> Iterator[str]:
    """The same for an event of the signature `about`."""
    if event.kind in (WITHDRAWN, ERASED) and about is not None and is_before(event.at, about.signed_at):
        yield "at < signed_at"


def link_disordered(link: LinkRow, before: datetime | None) -> Iterator[str]:
    """The same for a link after one that was made at `before`."""
    if before is not None and is_before(link.linked_at, before):
        yield "linked_at"


def is_before(later: datetime, earlier: datetime) -> bool:
    """True where `later` is before `earlier`, by more than clocks may differ."""
    return later < earlier - TOLERANCE


def _time(text: Any) -> datetime | None:
    """An aware time, None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else None
