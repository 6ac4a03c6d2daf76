"""The institution's keys: Ed25519 for records, certificates for PDF signatures. No Django here.

A ring is read from PEM texts. The file that an institution hands out, `institution.pub`, is a ring of public keys, the present
one and all before it, and of the certificates that its PDF files are signed with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

# The files in a folder of keys: see `make`.
PRIVATE, PUBLIC = "sealing-key.pem", "institution.pub"
CERTIFICATE, CERTIFICATE_KEY = "certificate.pem", "certificate-key.pem"
KEY_ID_LENGTH = 16
MOST_BLOCKS = 500  # keys and certificates of one institution
EDGE = re.compile(r"-----(BEGIN|END) ([A-Z0-9 ]{1,60})-----")


class KeysUnusableError(ValueError):
    """A key that cannot be read or is of another kind. The message says which and what to do; it holds nothing of the key."""


@dataclass(frozen=True)
class Keyring:
    """Public keys by their ids, the private key that signs now (None: none), and certificates as PEM texts."""

    public: Mapping[str, Ed25519PublicKey] = field(default_factory=dict)
    private: Ed25519PrivateKey | None = field(default=None, repr=False)
    certificates: tuple[str, ...] = ()

    @property
    def key_id(self) -> str:
        """The id of the key that signs now; "" without one."""
        return key_id(self.private.public_key()) if self.private else ""

    def sign(self, payload: bytes) -> str:
        """The Ed25519 signature of `payload` (hex, 128 characters). Raises `KeysUnusableError` without a private key."""
        if self.private is None:
            raise KeysUnusableError("There is no private key to sign with.")
        return self.private.sign(payload).hex()

    def verify(self, key_id: str, payload: bytes, signature: str) -> bool:
        """True when `signature` (hex) is that of `payload` by the key of that id, and the key is in this ring."""
        key = self.public.get(key_id)
        if key is None:
            return False
        try:
            key.verify(bytes.fromhex(signature), payload)
        except (InvalidSignature, ValueError):
            return False
        return True


def key_id(key: Ed25519PublicKey) -> str:
    """The id of a key: the first 16 hex digits of the SHA-256 of its 32 bytes."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:KEY_ID_LENGTH]


def read(private: str = "", public: Iterable[str] = ()) -> Keyring:
    """The ring of a private key (PEM text, unencrypted PKCS 8) and of texts with public keys and certificates in PEM.

    Raises `KeysUnusableError`.
    """
    own = _private(private) if private.strip() else None
    keys = [own.public_key()] if own else []
    certificates = []
    for text in public:
        found = list(islice(blocks(text), MOST_BLOCKS + 1))
        if len(found) > MOST_BLOCKS:
            raise KeysUnusableError(f"There are more than {MOST_BLOCKS} keys and certificates in the file or setting.")
        if text.strip() and not found:
            raise KeysUnusableError("There is no public key in PEM form (“-----BEGIN PUBLIC KEY-----”) in the file or setting.")
        for kind, pem in found:
            if kind == "PUBLIC KEY":
                keys.append(_public(pem))
            elif kind == "CERTIFICATE":
                certificates.append(pem)
            else:
                raise KeysUnusableError(f"A {kind} has no place among public keys. Give away public keys and certificates only.")
    return Keyring({key_id(key): key for key in keys}, own, tuple(dict.fromkeys(certificates)))


def certificates_in(text: str) -> list[str]:
    """The certificates (PEM) in a text; none where it is no text of certificates."""
    return [pem for kind, pem in islice(blocks(text), MOST_BLOCKS) if kind == "CERTIFICATE"]


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """The PEM blocks in a text, which may be anything: (kind, block). It is read once from its beginning to its end."""
    kind, start = "", 0
    for edge in EDGE.finditer(text):
        if edge[1] == "BEGIN":
            kind, start = edge[2], edge.start()
        elif edge[2] == kind:
            yield kind, text[start : edge.end()]
            kind = ""


def public_pem(key: Ed25519PublicKey) -> str:
    """A public key as PEM text."""
    shape = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, shape).decode("ascii")


def _private(text: str) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(text.strip().encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeysUnusableError("The private key cannot be read. It has to be an unencrypted Ed25519 key in PEM form.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysUnusableError("The private key is of another kind. It has to be an Ed25519 key; dti_pledge_keys makes one.")
    return key


def _public(pem: str) -> Ed25519PublicKey:
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeysUnusableError("A public key cannot be read. It has to be an Ed25519 key in PEM form.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeysUnusableError("A public key is of another kind. It has to be an Ed25519 key.")
    return key
