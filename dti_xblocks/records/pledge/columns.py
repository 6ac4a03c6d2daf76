"""The columns beside a document: each copies a value of it, for lists and searches. The document is what was sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ...pledge import seal

# Column: where the document has the same.
OF_PLEDGES = {
    "user_id": ("signer", "user_id"),
    "username": ("signer", "username"),
    "course_key": ("place", "course"),
    "usage_key": ("place", "block"),
    "turn": ("turn",),
    "signed_name": ("signature", "name"),
    "method": ("signature", "kind"),
    "wording_hash": ("wording", "hash"),
    "language": ("language",),
    "code": ("code",),
}
OF_EVENTS = {
    "user_id": ("user", "user_id"),
    "username": ("user", "username"),
    "course_key": ("place", "course"),
    "usage_key": ("place", "block"),
    "kind": ("kind",),
    "key": ("key",),
    "pledge": ("pledge",),
}


def of_pledge(document: dict[str, Any]) -> dict[str, Any]:
    """The columns of a new signature with this document, as far as the document has them."""
    values = {name: part(document, *path) for name, path in OF_PLEDGES.items()}
    ends = document["valid_until"]
    return {
        **values,
        "code_digest": seal.text_digest(document["code"]),
        "document": document,
        "document_hash": seal.digest(document),
        "signed_at": datetime.fromisoformat(document["signed_at"]),
        "valid_until": datetime.fromisoformat(ends) if ends else None,
    }


def part(document: Any, *path: str) -> Any:
    """What a document has at the end of `path`; None where it has no such place, whatever it is."""
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def hashed(document: Any) -> str:
    """The hash of a document; "" for what no record can be."""
    try:
        return seal.digest(document)
    except (TypeError, ValueError):
        return ""
