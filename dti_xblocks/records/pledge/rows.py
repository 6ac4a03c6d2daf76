"""What the rows of the pledge's tables hold, for type checkers: the models are known only where the app is installed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

Document = dict[str, Any]  # canonical JSON: see `pledge.seal`


class SignedRow(Protocol):
    """A signature (`SignedPledge`). `document` is None once it was erased; `withdrawn` is set by `pledges` and `roster`."""

    id: int
    user_id: int
    username: str
    course_key: str
    usage_key: str
    turn: int
    full_name: str
    signed_name: str
    method: str
    wording_hash: str
    language: str
    document: Document | None
    document_hash: str
    private: Document | None
    code: str
    code_digest: str
    signed_at: datetime
    valid_until: datetime | None
    withdrawn: bool


class ListedRow(SignedRow, Protocol):
    """A signature with its status as `roster` judges it: one of `roster.STATUSES` or `REPLACED`; `ends` is None for never."""

    status: str
    ends: datetime | None
    link: LinkRow | None


class EventRow(Protocol):
    """An event (`PledgeEvent`). `document` is None once its text was erased; `pledge` is the row of a signature."""

    id: int
    user_id: int
    username: str
    course_key: str
    usage_key: str
    kind: str
    key: str
    pledge: int | None
    at: datetime
    document: Document | None
    document_hash: str


class PendingRow(Protocol):
    """A record that waits for its link (`PledgePending`)."""

    id: int
    chain: str
    kind: str
    entry_id: int
    entry: str


class LinkRow(PendingRow, Protocol):
    """A link of a chain (`PledgeLink`)."""

    position: int
    previous: str
    digest: str
    linked_at: datetime
    key_id: str
    signature: str


class HeadRow(Protocol):
    """The end of a chain (`PledgeChain`)."""

    id: int
    chain: str
    length: int
    head: str
    signed: int


class CopyRow(Protocol):
    """The file of a signature (`PledgeCopy`)."""

    id: int
    pledge: int
    body: bytes
    digest: str
    signed: bool


class BundleRow(Protocol):
    """The files of a block that a member of staff has asked for (`PledgeBundle`)."""

    id: int
    owner_id: int
    usage_key: str
    up_to: int
    state: str
    total: int
    done: int
    reason: str
    tries: int
    asked_at: datetime
    beat_at: datetime
