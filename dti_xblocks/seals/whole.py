"""A file as a whole: the seal of its bytes, the code in it, and what stands behind the sealed bytes.

No Django here, and nobody is trusted: not what a file says of itself, and not that it comes out of our own database.
"""

from __future__ import annotations

from dataclasses import dataclass

from . import file, pades
from .keys import Keyring

# What `check` finds. "partly": the sealed bytes are sound, and what follows them cannot be checked without pyHanko.
SOUND, PARTLY, UNKNOWN_KEY, ALTERED = "sound", "partly", "unknown-key", "altered"
OTHER_CODE = "other-code"

OF_SIGNATURE = {pades.VALID: SOUND, pades.UNCHECKED: PARTLY, pades.UNKNOWN_CERTIFICATE: UNKNOWN_KEY, pades.BROKEN: ALTERED}


@dataclass(frozen=True)
class WholeCheck:
    """What a file comes to: `state` is one of the words above. Believe `code` only where that is "sound" or "partly"; `signed`
    is true where a PDF signature belongs to it."""

    state: str
    code: str = ""
    signed: bool = False


def check(body: bytes, ring: Keyring) -> WholeCheck:
    """What `body` comes to for who has the public keys and certificates of `ring`. Never raises.

    The bytes behind the seal are read by pyHanko: give it files of a known source, not a stranger's.
    """
    sealed = file.check(body, ring)
    signed = sealed.state in (file.FOLLOWED, file.STRIPPED)
    return WholeCheck(_state(body, sealed, ring), sealed.code, signed)


def fault(body: bytes, code: str, ring: Keyring) -> str:
    """Why `body`, which was kept as the file of the pledge `code`, is not to be given away; "" when it is.

    Where `ring` has no keys at all nobody can tell, and only the code is compared.
    """
    checked = check(body, ring)
    if checked.code != code:
        return OTHER_CODE
    if checked.state in (SOUND, PARTLY) or (checked.state == UNKNOWN_KEY and not ring.public):
        return ""
    return checked.state


def _state(body: bytes, sealed: file.FileCheck, ring: Keyring) -> str:
    if sealed.state == file.INTACT:
        return SOUND
    if sealed.state == file.UNKNOWN_KEY:
        return UNKNOWN_KEY
    if sealed.state != file.FOLLOWED:
        return ALTERED
    return OF_SIGNATURE[pades.check(body, sealed.length, ring.certificates).state]
