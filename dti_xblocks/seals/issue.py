"""How a file is closed: with the seal of its bytes, and a PDF signature behind it where the institution has a certificate.

The kind is chosen before the file is made, because its pages say what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from . import file, pades
from .site import SiteKeys

SIGNED, SEALED, UNSEALED = file.SIGNED, file.SEALED, ""


@dataclass(frozen=True)
class Words:
    """What a PDF signature says: what the field is, and why it is signed."""

    title: str
    reason: str


def identifier(code: str, kind: str, keys: SiteKeys) -> bytes:
    """What a PDF of that `kind` has to be made with, so that `close` can close it.

    Raises `NotSignedError` where it could not be signed now, and `NotSealableError`.
    """
    if kind == UNSEALED:
        return file.marker(code)
    if kind == SIGNED and (fault := pades.fault(keys.certificate, keys.certificate_key, datetime.now(UTC))):
        raise pades.NotSignedError(fault)
    return file.marker(code, keys.ring.key_id, kind)


def close(pdf: bytes, kind: str, keys: SiteKeys, words: Words) -> bytes:
    """`pdf`, made with an `identifier` of the same kind, as it is given away. Raises `NotSignedError` and `NotSealableError`."""
    if kind == UNSEALED:
        return pdf
    sealed = file.put(pdf, keys.ring)
    if kind == SEALED:
        return sealed
    stamps = str(getattr(settings, "DTI_PLEDGE_TIMESTAMP_URL", "") or "")
    more = {"title": words.title, "reason": words.reason, "timestamp_url": stamps}
    return pades.sign(sealed, keys.certificate, keys.certificate_key, **more)
