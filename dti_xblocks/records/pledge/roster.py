"""Who has signed a block's pledge, and the status of each signature. The database decides and counts; see `pledge.validity`.

The statuses are those of `pledge.validity`, of each person's last signature. Enrolments are the caller's business: it gives
the ids of a cohort.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

from django.db.models import Case, CharField, Count, Exists, Max, OuterRef, Q, Value, When

from ...pledge import validity
from ...pledge.validity import EXPIRED, WITHDRAWN, WORDING, Terms
from ..access import records
from .chain import PLEDGE
from .events import WITHDRAWN as WITHDRAWAL
from .rows import ListedRow

__all__ = ["CURRENT", "EXPIRED", "REPLACED", "SOON", "STATUSES", "WITHDRAWN", "WORDING", "Asked"]

CURRENT, SOON, REPLACED = "current", "soon", "replaced"
STATUSES = (CURRENT, SOON, EXPIRED, WORDING, WITHDRAWN)
PORTION = 500  # rows read at a time


@dataclass(frozen=True)
class Asked:
    """Which signatures: those of one block, judged by the `wording` and `terms` that hold now.

    `status` is one of `STATUSES`, or "" for all; `search` is part of a username or name; `people` are user ids (a list or a
    query), or None for everybody.
    """

    usage_key: str
    wording: str
    terms: Terms
    now: datetime
    status: str = ""
    search: str = ""
    people: Any = None

    @property
    def narrow(self) -> bool:
        """True where not all signatures are asked for."""
        return bool(self.status or self.search or self.people is not None)


def counts(asked: Asked) -> dict[str, int]:
    """How many people's last signature has each status, and "signatures": how many there are in all."""
    with records() as models:
        rows, every = _rows(models, asked), replace(asked, status="")
        numbers = _numbers(_narrowed(models, rows, every), asked)
        # Few sign again, and few withdraw. To look for that behind each signature took longer than all the rest.
        again = rows.filter(turn__gt=1).order_by().values("user_id")
        numbers.subtract(_numbers(_narrowed(models, rows.filter(_later(models), user_id__in=again), every), asked))
        gone = (
            _narrowed(models, _last(models, rows), every).order_by().filter(id__in=_withdrawals(models, asked).values("pledge"))
        )
        some = _statuses(models, _as_if_kept(gone, asked), asked)
        for kept, status, number in some.values_list("kept", "status").annotate(number=Count("id")):
            numbers[kept] -= number
            numbers[status] += number
        total = rows.count()
    return {**dict.fromkeys(STATUSES, 0), **numbers, "signatures": total}


def _numbers(rows: Any, asked: Asked) -> Counter[str]:
    """How many of `rows` have each status, or would have it without a withdrawal."""
    return Counter(dict(_as_if_kept(rows.order_by(), asked).values_list("kept").annotate(number=Count("id"))))


def count(asked: Asked) -> int:
    """How many people's last signature is asked for."""
    with records() as models:
        return int(_narrowed(models, _last(models, _rows(models, asked)), asked).count())


def page(asked: Asked, start: int, stop: int) -> list[ListedRow]:
    """Some of the last signatures that are asked for, in the order of usernames, each with `status` and `ends`."""
    with records() as models:
        # The status is asked for where it matters only: of all before they are sorted, it would cost more than the rest.
        rows = _narrowed(models, _last(models, _rows(models, asked)), asked).order_by("username", "user_id")
        ids = list(rows.values_list("id", flat=True)[start:stop])
        by_id = _statuses(models, models.SignedPledge.objects.filter(id__in=ids), asked).defer("document", "private").in_bulk()
        return [_judged(by_id[number], asked) for number in ids if number in by_id]


def people(usage_key: str) -> Any:
    """The signatures of a block as a query set, for asking who is not among them."""
    with records() as models:
        return models.SignedPledge.objects.filter(usage_key=usage_key).order_by()


def counting(asked: Asked) -> Any:
    """The signatures that count now, as a query set, for asking who is not among them."""
    with records() as models:
        return _statuses(models, _last(models, _rows(models, asked)), asked).filter(status__in=(CURRENT, SOON)).order_by()


def newest(usage_key: str) -> Any:
    """`user_id` and `value`, when each person last signed, as a query set."""
    with records() as models:
        rows = models.SignedPledge.objects.filter(usage_key=usage_key).order_by()
        return rows.values("user_id").annotate(value=Max("signed_at"))


def answers(usage_key: str, user_ids: list[int]) -> dict[int, dict[str, str]]:
    """What each of these people entered when they last signed, by the ids of the questions; nothing once it was erased."""
    with records() as models:
        rows = models.SignedPledge.objects.filter(usage_key=usage_key, user_id__in=user_ids).order_by("turn")
        last = dict(rows.values_list("user_id", "document"))
    return {
        user_id: {str(one["id"]): str(one["value"]) for one in (document or {}).get("answers", ())}
        for user_id, document in last.items()
    }


def of_person(asked: Asked, user_id: int) -> list[ListedRow]:
    """All signatures of one person, newest first, each with `status` ("replaced" for all but the last) and `ends`."""
    with records() as models:
        rows = _statuses(models, _rows(models, asked).filter(user_id=user_id), asked, replaced=True)
        return [_judged(row, asked) for row in rows.order_by("-turn").defer("document", "private")]


def portion(asked: Asked, after: int, limit: int, documents: bool = True) -> list[ListedRow]:
    """The next signatures behind the row `after`, in the order recorded, each with `status`, `ends`, and its `link` or None.

    All signatures, also replaced ones; of a narrower question only the last of each person.
    """
    with records() as models:
        rows = _files(models, asked).filter(id__gt=after).order_by("id")
        listed = [_judged(row, asked) for row in (rows if documents else rows.defer("document", "private"))[:limit]]
        links = models.PledgeLink.objects.filter(kind=PLEDGE, entry_id__in=[row.id for row in listed])
        by_row = {link.entry_id: link for link in links} if listed else {}
    for row in listed:
        row.link = by_row.get(row.id)
    return listed


def each(asked: Asked, after: int = 0, limit: int | None = None, documents: bool = True) -> Iterator[ListedRow]:
    """As `portion`, at most `limit` of them, in memory that does not grow with their number."""
    left = limit
    while left is None or left > 0:
        rows = portion(asked, after, PORTION if left is None else min(PORTION, left), documents)
        if not rows:
            return
        yield from rows
        after = rows[-1].id
        left = None if left is None else left - len(rows)


def parts(asked: Asked, size: int) -> list[tuple[int, int, int]]:
    """(row before the first, number of the first, number of the last) of each part of `size` signatures of `portion`."""
    with records() as models:
        rows = _files(models, asked)
        total, ids = rows.count(), rows.order_by("id").values_list("id", flat=True)
        first = [(0, 1, min(size, total))] if total else []
        return first + [(ids[done - 1], done + 1, min(done + size, total)) for done in range(size, total, size)]


def size(asked: Asked, after: int, limit: int) -> int:
    """How many signatures `portion` gives behind the row `after`, at most `limit`."""
    with records() as models:
        return int(_files(models, asked).filter(id__gt=after).order_by()[:limit].count())


def over(months: int, now: datetime) -> Q:
    """The signatures (`signed_at`) that ran out by `now` because they count for `months`: as `validity.months_later` says.

    Days that a shorter month does not have end on its last day, so that several days may end on one; each at its time of day.
    """
    now = now.astimezone(UTC)
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    if year < 1:
        return Q(pk__in=[])
    length = calendar.monthrange(year, month + 1)[1]
    last_today = now.day == calendar.monthrange(now.year, now.month)[1]
    month_start = datetime(year, month + 1, 1, tzinfo=UTC)
    ended = Q(signed_at__lt=month_start + timedelta(days=min(now.day - 1, length)))
    for day in range(now.day, length + 1 if last_today else min(now.day, length) + 1):
        start = month_start + timedelta(days=day - 1)
        time = timedelta(hours=now.hour, minutes=now.minute, seconds=now.second, microseconds=now.microsecond)
        ended |= Q(signed_at__gte=start, signed_at__lte=start + time)
    return ended


def _rows(models: ModuleType, asked: Asked) -> Any:
    return models.SignedPledge.objects.filter(usage_key=asked.usage_key)


def _files(models: ModuleType, asked: Asked) -> Any:
    rows = _rows(models, asked)
    if not asked.narrow:
        return _statuses(models, rows, asked, replaced=True)
    return _statuses(models, _narrowed(models, _last(models, rows), replace(asked, status="")), asked, only=asked.status)


def _later(models: ModuleType) -> Any:
    """That the same person signed again."""
    return Exists(
        models.SignedPledge.objects.filter(
            user_id=OuterRef("user_id"), usage_key=OuterRef("usage_key"), turn__gt=OuterRef("turn")
        )
    )


def _last(models: ModuleType, rows: Any) -> Any:
    return rows.filter(~_later(models))


def _narrowed(models: ModuleType, rows: Any, asked: Asked) -> Any:
    if asked.search:
        sought = Q(username__icontains=asked.search) | Q(full_name__icontains=asked.search)
        rows = rows.filter(sought | Q(signed_name__icontains=asked.search))
    if asked.people is not None:
        rows = rows.filter(user_id__in=asked.people)
    if not asked.status:
        return rows
    return _statuses(models, rows, asked, only=asked.status)


def _statuses(models: ModuleType, rows: Any, asked: Asked, replaced: bool = False, only: str = "") -> Any:
    """`rows` with the status of each, in the order of `validity.judge`; those with the status `only`, if one is named."""
    withdrawn = models.PledgeEvent.objects.filter(kind=WITHDRAWAL, pledge=OuterRef("pk"))
    # A withdrawal whose text was erased counts only where the signature's was too: see `pledges.is_of`.
    gone = Exists(withdrawn.filter(document__isnull=False)) | (Q(document__isnull=True) & Exists(withdrawn))
    cases = [When(gone, then=Value(WITHDRAWN))]
    if replaced:
        cases.append(When(_later(models), then=Value(REPLACED)))
    cases += _cases(asked)
    judged = rows.annotate(status=Case(*cases, default=Value(CURRENT), output_field=CharField()))
    return judged.filter(_needed(models, asked, only), status=only) if only else judged


def _needed(models: ModuleType, asked: Asked, status: str) -> Q:
    """What has to be so of a signature with that status, so that nothing else is asked about most of the others."""
    if status == WITHDRAWN:
        return Q(id__in=_withdrawals(models, asked).values("pledge"))
    if status in (EXPIRED, SOON):
        now = asked.now if status == EXPIRED else asked.now + timedelta(days=asked.terms.remind_days)
        return Q(wording_hash=asked.wording) & _ended(asked.terms, now)
    return ~Q(wording_hash=asked.wording) if status == WORDING else Q(wording_hash=asked.wording)


def _withdrawals(models: ModuleType, asked: Asked) -> Any:
    return models.PledgeEvent.objects.filter(kind=WITHDRAWAL, usage_key=asked.usage_key, pledge__isnull=False)


def _as_if_kept(rows: Any, asked: Asked) -> Any:
    """`rows` with the status that each has, or would have without a withdrawal, as `kept`."""
    return rows.annotate(kept=Case(*_cases(asked), default=Value(CURRENT), output_field=CharField()))


def _cases(asked: Asked) -> list[When]:
    ended, near = _ended(asked.terms, asked.now), _ended(asked.terms, asked.now + timedelta(days=asked.terms.remind_days))
    return [
        When(~Q(wording_hash=asked.wording), then=Value(WORDING)),
        When(ended, then=Value(EXPIRED)),
        When(near, then=Value(SOON)),
    ]


def _ended(terms: Terms, now: datetime) -> Q:
    ended = Q(valid_until__lte=now)
    return ended | (Q(valid_until__isnull=True) & over(terms.months, now)) if terms.months else ended


def _judged(row: ListedRow, asked: Asked) -> ListedRow:
    row.ends = validity.ends(row, asked.terms)
    row.withdrawn = row.status == WITHDRAWN
    return row
