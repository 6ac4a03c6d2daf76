"""The institution at the head of a page: its name and logo."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """`name` is "" where nothing is to be shown; `logo` the address of the picture (data:), or "". `size` is what the page is
    printed on, as CSS names it ("Letter", "A4"); "" where the reader's printer decides."""

    name: str = ""
    logo: str = ""
    size: str = ""


def letterhead(name: str, logo: tuple[bytes, str] | None, size: str = "") -> Letterhead:
    """A letterhead of `name` with `logo` as (bytes, media type)."""
    return Letterhead(name, data_address(*logo) if logo else "", size)


def data_address(body: bytes, media_type: str) -> str:
    """A picture as an address that holds it."""
    return f"data:{media_type};base64,{b64encode(body).decode('ascii')}"
