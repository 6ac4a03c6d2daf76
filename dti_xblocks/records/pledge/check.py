"""Is the chain of a course as it was written? Every link, every record behind it, and every column beside its document.

The chain is read in portions, so that memory does not grow with it, and while others sign: what they add meanwhile is left for
the next check. Nothing is changed. A fault is a value (`Finding`); the check goes on after it, to count the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from types import ModuleType
from typing import Any

from django.db.models import Exists, Min, OuterRef

from ...pledge import seal
from ...seals.keys import Keyring
from ..access import records
from .chain import EVENT, PLEDGE, payload_of
from .check_files import FilesOfRows
from .check_report import LIMIT, Finding, Head, Report
from .check_rows import Erasures, event_faults, pledge_faults
from .check_times import disordered, event_disordered, link_disordered
from .rows import HeadRow, LinkRow, PendingRow, SignedRow

PORTION = 250  # a document has a few thousand characters

LINK, CHAIN, PENDING, COPY = "PledgeLink", "PledgeChain", "PledgePending", "PledgeCopy"
TABLES = {PLEDGE: "SignedPledge", EVENT: "PledgeEvent"}


Entries = dict[tuple[str, int], Any]  # records by kind and id: `SignedRow`s and `EventRow`s


def check(
    chain: str,
    ring: Keyring,
    on_progress: Callable[[int, int], None] | None = None,
    expect: Head | None = None,
    files: bool = False,
) -> Report:
    """Check everything of the course with the key `chain`, and with `files` the kept PDF files too, which takes longer.

    `ring` has the public keys and certificates; `on_progress(links done, of)` is called after each portion; `expect` is a head
    that was noted down before. Raises `RecordsUnavailableError`.
    """
    with records() as models:
        check_of_files = FilesOfRows(models, chain, ring) if files else None
        return _Check(models, chain, ring, expect, check_of_files).run(on_progress or (lambda done, total: None))


def courses() -> list[str]:
    """The keys of all courses with a chain, or with a record that should be in one."""
    with records() as models:
        keys: set[str] = set()
        for table, column in (
            (CHAIN, "chain"),
            (LINK, "chain"),
            (PENDING, "chain"),
            *((each, "course_key") for each in TABLES.values()),
        ):
            rows = getattr(models, table).objects.order_by(column)
            keys.update(rows.values_list(column, flat=True).distinct())
        return sorted(keys)


class _Check:
    """One check under way."""

    def __init__(self, models: ModuleType, chain: str, ring: Keyring, expect: Head | None, files: FilesOfRows | None):
        self.models, self.chain, self.ring, self.files = models, chain, ring, files
        self.expect = Head(*expect) if expect else None
        self.report = Report(chain)
        self.erasures = Erasures(models, chain)
        self.about: dict[int | None, SignedRow] = {}  # the signatures that the events of this portion name
        self.last_signed = 0
        self.linked_at: datetime | None = None  # of the link before

    def run(self, on_progress: Callable[[int, int], None]) -> Report:
        """The whole check."""
        rows = self.models.PledgeLink.objects.filter(chain=self.chain)
        heads = self.models.PledgeChain.objects.filter(chain=self.chain)
        # In this order: others add links meanwhile, and a link and the head that counts it are written together.
        head = heads.first()
        end = rows.order_by("-position").values_list("position", flat=True).first() or 0
        noted = heads.first()
        for portion in self._portions(rows, end):
            entries = self._entries(portion)
            for link in portion:
                self._link(link, head)
                self._entry(link, entries)
            on_progress(self.report.head.position, end)
        if end and noted is None:
            self._about_chain(None, "no-head")
        elif end > getattr(noted, "length", 0):
            self._about_chain(noted, "beyond", str(end))
        self._end(head, heads.first())
        self._pending()
        self._unlinked()
        if self.files:
            self._of_files(self.files.strays())
            self.report.files, self.report.files_in_part = self.files.seen, self.files.in_part
        return self.report

    # -- links ---------------------------------------------------------------------------------------------------------

    def _portions(self, rows: Any, end: int) -> Iterator[list[LinkRow]]:
        """All links up to the position `end`, in order. By ranges of positions: so a position that is taken twice is seen."""
        last = -1
        while True:
            start = rows.filter(position__gt=last, position__lte=end).aggregate(start=Min("position"))["start"]
            if start is None:
                return
            last = start + PORTION - 1
            yield list(rows.filter(position__gte=start, position__lte=min(last, end)).order_by("position", "id"))

    def _link(self, link: LinkRow, head: HeadRow | None) -> None:
        report, before = self.report, self.report.head
        report.links += 1
        if link.position == before.position:
            self._about_link(link, "twice")
        elif link.position != before.position + 1:
            lost = sorted({before.position + 1, link.position - 1})
            self._about_link(link, "gap", "–".join(map(str, lost)))
        elif link.previous != before.digest:
            self._about_link(link, "previous")
        payload = _payload(link)
        computed = hashlib.sha256(payload).hexdigest()
        if computed != link.digest:
            self._about_link(link, "digest")
        self._signature(link, payload, head.signed if head else 0)
        for place in link_disordered(link, self.linked_at):
            self._about_link(link, "times", place)
        report.head, self.linked_at = Head(link.position, link.digest), link.linked_at
        if self.expect and self.expect.position == link.position and computed != self.expect.digest:
            self._about_link(link, "expected")
        if head and head.length == link.position and head.head != link.digest:
            self._about_chain(head, "head", str(link.position))

    def _signature(self, link: LinkRow, payload: bytes, signed: int) -> None:
        if not link.signature and link.position > signed:
            self.report.unsigned += 1
            if link.key_id:
                self._about_link(link, "unsigned")
        elif not link.signature:
            self._about_link(link, "unsigned")
        else:
            self.last_signed = link.position
            self.report.keys[link.key_id] += 1
            if link.key_id not in self.ring.public:
                self._about_link(link, "unknown-key", link.key_id)
            elif not self.ring.verify(link.key_id, payload, link.signature):
                self._about_link(link, "signature", link.key_id)

    def _end(self, head: HeadRow | None, now: HeadRow | None) -> None:
        """What the whole of the links has to agree with: the end as it was noted before they were read, and as it is `now`."""
        last = self.report.head
        if head and last.position < head.length:
            self._about_chain(head, "cut", str(head.length))
        if head and not head.length and head.head != seal.START:
            self._about_chain(head, "head", "0")
        if now and max(self.last_signed, head.signed if head else 0) > min(now.signed, now.length):
            self._about_chain(now, "signed", str(now.signed))
        if self.expect and self.expect.position > last.position:
            self._about_chain(now, "expected-more", str(self.expect.position))

    # -- records -------------------------------------------------------------------------------------------------------

    def _entries(self, links: Sequence[PendingRow]) -> Entries:
        """The records of `links` by (kind, id)."""
        entries: Entries = {}
        for kind, table in TABLES.items():
            ids = {link.entry_id for link in links if link.kind == kind}
            rows = getattr(self.models, table).objects.in_bulk(ids) if ids else {}
            entries |= {(kind, key): row for key, row in rows.items()}
        named = {row.pledge for (kind, _id), row in entries.items() if kind == EVENT and row.pledge is not None}
        self.about = self.models.SignedPledge.objects.in_bulk(named) if named else {}
        self.erasures.look_up([row for (kind, _id), row in entries.items() if kind == PLEDGE and row.document is None])
        return entries

    def _entry(self, link: LinkRow, entries: Entries) -> None:
        row = entries.get((link.kind, link.entry_id))
        if row is None:
            known = link.kind in TABLES
            self._find(TABLES.get(link.kind, LINK), link.entry_id if known else link.id, link.position, "", "no-entry")
        else:
            self._record(link.kind, row, link.entry, link.position)

    def _record(self, kind: str, row: Any, entry: str, position: int) -> None:
        """A signature or event whose hash is `entry` by its link, or by the row that waits for the link."""
        code = row.code if kind == PLEDGE else ""
        if row.document_hash != entry:
            self._find(TABLES[kind], row.id, position, code, "entry")
        if kind == PLEDGE:
            self.report.pledges += 1
            faults, times = pledge_faults(row, self.chain, self.erasures), disordered(row.document)
        else:
            self.report.events += 1
            about = self.about.get(row.pledge)
            faults, times = event_faults(row, self.chain, self.erasures, about), event_disordered(row, about)
        self.report.erased += row.document is None
        for fault, what in (*faults, *(("times", place) for place in times)):
            self._find(TABLES[kind], row.id, position, code, fault, what)
        if kind == PLEDGE and self.files:
            self._of_files(self.files.faults(row))

    def _of_files(self, faults: Iterable[tuple[int, str, str, str]]) -> None:
        for copy, code, fault, what in faults:
            self._find(COPY, copy, 0, code, fault, what)

    def _pending(self) -> None:
        """Records that have no link yet: those who wait are checked as those who have one."""
        last = 0
        waiting = self.models.PledgePending.objects.filter(chain=self.chain).order_by("id")
        while portion := list(waiting.filter(id__gt=last)[:PORTION]):
            last = portion[-1].id
            ids = [one.entry_id for one in portion]
            linked = self.models.PledgeLink.objects.filter(kind__in=TABLES, entry_id__in=ids).values_list("kind", "entry_id")
            has_link, entries = set(linked), self._entries(portion)
            for one in portion:
                row = entries.get((one.kind, one.entry_id))
                if (one.kind, one.entry_id) in has_link:
                    continue  # linked meanwhile, or after a database was restored in part: checked with its link
                self.report.pending += 1
                if row is None:
                    self._find(PENDING, one.id, 0, "", "no-entry")
                else:
                    self._record(one.kind, row, one.entry, 0)

    def _unlinked(self) -> None:
        """Rows of the course that neither have a link nor wait for one; and links that share a record."""
        for kind, table in TABLES.items():
            same = {"kind": kind, "entry_id": OuterRef("pk"), "chain": self.chain}
            has = [Exists(getattr(self.models, each).objects.filter(**same)) for each in (LINK, PENDING)]
            rows = getattr(self.models, table).objects.filter(~has[0], ~has[1], course_key=self.chain).order_by("id")
            unlinked = rows.only("id", "code") if kind == PLEDGE else rows.only("id")
            for row in unlinked[:LIMIT]:
                self._find(table, row.id, 0, getattr(row, "code", "") if kind == PLEDGE else "", "unlinked")
            if len(self.report.findings) >= LIMIT:
                self.report.faults += max(0, rows.count() - LIMIT)

    # -- findings ------------------------------------------------------------------------------------------------------

    def _about_link(self, link: LinkRow, fault: str, what: str = "") -> None:
        self._find(LINK, link.id, link.position, "", fault, what)

    def _about_chain(self, head: HeadRow | None, fault: str, what: str = "") -> None:
        self._find(CHAIN, head.id if head else None, 0, "", fault, what)

    def _find(self, *values: Any) -> None:
        self.report.faults += 1
        if len(self.report.findings) < LIMIT:
            self.report.findings.append(Finding(*values))


def _payload(link: LinkRow) -> bytes:
    """What is signed of a link; nothing where its values are none that a link can have."""
    try:
        return seal.canonical(payload_of(link))
    except (TypeError, ValueError):
        return b""
