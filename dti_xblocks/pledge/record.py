"""A signed pledge as it stands on record: read from the database once, and handed on whole to whoever shows or files it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from . import seal
from .strokes import svg_path

SEAL_FORMAT = "dti-seal/1"


class PledgeErasedError(Exception):
    """The record of this signature was erased by retention: there is nothing to show, and no file."""


@dataclass(frozen=True)
class RecordLink:
    """The place of a record in its course's chain. `payload` is what was signed of it (see `seal.link`); `key_id` and `signature`
    are "" until it is sealed."""

    position: int
    linked_at: datetime
    payload: dict[str, Any]
    key_id: str = ""
    signature: str = ""

    @property
    def proof(self) -> bytes:
        """The seal as canonical JSON, to be checked without us."""
        proof = {"format": SEAL_FORMAT, "link": self.payload, "key_id": self.key_id, "signature": self.signature}
        return seal.canonical(proof)


@dataclass(frozen=True)
class SealedRecord:
    """A signature on record. `document` is what was signed (see `signing.Signature`), `document_hash` its SHA-256, `link` its
    place in the chain (None while it waits for one), `logo` the picture on the certificate as (bytes, media type),
    `verify_page` the address of the page where anybody can check a pledge, or ""."""

    row_id: int
    code: str
    language: str
    signed_at: datetime
    document: dict[str, Any]
    document_hash: str
    link: RecordLink | None = None
    logo: tuple[bytes, str] | None = None
    verify_page: str = ""

    @property
    def is_sealed(self) -> bool:
        """True where the institution's key has signed the record's link."""
        return self.link is not None and bool(self.link.signature)

    @property
    def address(self) -> str:
        """The address that shows at once what the record's code comes to; "" where the page's is not known.

        The code stands behind the #, which browsers keep to themselves: no server's log has it.
        """
        return f"{self.verify_page.partition('#')[0]}#{self.code}" if self.verify_page else ""

    @property
    def drawing(self) -> str:
        """The drawn signature as the path of an SVG (see `strokes.svg_path`); "" for one that was only typed."""
        return svg_path(self.document["signature"]["strokes"])

    @property
    def text(self) -> bytes:
        """The document as canonical JSON: the bytes that were hashed."""
        return seal.canonical(self.document)
