"""How a file is closed: with the seal of its bytes, and a PDF signature behind it where the institution has a certificate.

The kind is chosen before the file is made, because its pages say what it is.
"""

from __future__ import annotations

from ..platform import clock, conf
from . import file, pades
from .site import SiteKeys, site_keys

SIGNED, SEALED, UNSEALED = file.SIGNED, file.SEALED, ""


def kinds(keys: SiteKeys) -> tuple[str, ...]:
    """What files can be here, the best first."""
    if keys.missing:
        return (UNSEALED,)
    return (SIGNED, SEALED, UNSEALED) if keys.certificate else (SEALED, UNSEALED)


def fault(keys: SiteKeys | None = None) -> str:
    """Why files get no PDF signature though a certificate is set, as one of the words of `pades`; "" when nothing is wrong."""
    keys = keys or site_keys()
    return pades.fault(keys.certificate, keys.certificate_key, clock.now()) if keys.certificate else ""


def require(kind: str, keys: SiteKeys) -> None:
    """Raise `NotSignedError` where a file of that `kind` could not be closed now, as far as is known before it is made."""
    if kind == SIGNED and (code := fault(keys)):
        raise pades.NotSignedError(code)


def close(pdf: bytes, kind: str, keys: SiteKeys, *, title: str, reason: str) -> bytes:
    """`pdf`, made with a `file.marker` of the same kind, as it is given away. A PDF signature says what it is (`title`) and why.

    Raises `NotSignedError` and `NotSealableError`.
    """
    if kind == UNSEALED:
        return pdf
    sealed = file.put(pdf, keys.ring)
    if kind == SEALED:
        return sealed
    stamps = conf.timestamp_url()
    return pades.sign(sealed, keys.certificate, keys.certificate_key, title=title, reason=reason, timestamp_url=stamps)
