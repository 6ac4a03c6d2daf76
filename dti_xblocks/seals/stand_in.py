"""A key and a seal that stand in for those of a record that there is not, so that it takes as long to say so. No Django here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from .keys import Keyring, key_id


@dataclass(frozen=True)
class StandIn:
    """Something to verify, with success, that means nothing."""

    ring: Keyring
    payload: bytes
    signature: str

    def verify(self) -> bool:
        """As much work as to verify a record's seal."""
        return self.ring.verify(self.ring.key_id, self.payload, self.signature)


@cache
def stand_in(payload: bytes) -> StandIn:
    """One for `payload`, with a key of this process that nobody else has."""
    private = Ed25519PrivateKey.generate()
    ring = Keyring({key_id(private.public_key()): private.public_key()}, private)
    return StandIn(ring, payload, ring.sign(payload))
