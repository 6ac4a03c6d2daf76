"""Canonical JSON, its hash, the links of a chain, and the code by which people name a record.

Each record of a course (a signature, an event around it) has a link: its position, its hash and the hash of the link before it.
Whoever alters, removes or moves a record, or a link, breaks the chain at that place. A link is signed with the institution's key
when there is one; the key is no business of this module.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

# Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16  # 80 bits: not to be guessed
GROUP = 4
LINK_FORMAT = "dti-link/1"
LARGEST = 2**53 - 1  # of the whole numbers that every reader of JSON has
START = "0" * 64  # stands for the link before the first


def canonical(document: Any) -> bytes:
    """`document` (dicts, lists, strings, whole numbers, booleans, None) as the one JSON text that RFC 8785 gives it.

    Raises `TypeError` and `ValueError` for what has no such text, or none that is the same in every language: fractional
    numbers, whole ones of more than 53 bits, keys that are no ASCII strings, half characters.
    """
    _refuse(document)
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def digest(document: Any) -> str:
    """SHA-256 (hex, 64 characters) of the canonical JSON."""
    return hashlib.sha256(canonical(document)).hexdigest()


def link(chain: str, position: int, previous: str, kind: str, entry: str, linked_at: str) -> dict[str, Any]:
    """The link of a record whose canonical JSON has the SHA-256 `entry`. `chain` is the course key, `position` counts from 1,
    `previous` is the digest of the link before (`START` for none), `linked_at` a time as `signing.moment` writes it.

    Its canonical JSON is what the institution's key signs; its digest is what the next link refers to.
    """
    values = {"chain": chain, "position": position, "previous": previous, "kind": kind, "entry": entry}
    return {"format": LINK_FORMAT, **values, "linked_at": linked_at}


def commitment(private: dict[str, Any]) -> str:
    """The hash by which a document refers to `private`, which holds a random "salt" so that nobody can guess the rest.

    What is private may be erased: the document stands all the same.
    """
    return digest(private)


def text_digest(text: str) -> str:
    """SHA-256 (hex) of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def intact(document: Any, document_hash: str) -> bool:
    """True when `document` is still the one that was hashed."""
    return digest(document) == document_hash


def fingerprint(document_hash: str) -> str:
    """The first 16 digits of a hash in groups of four, for people to compare."""
    return " ".join(document_hash[start : start + GROUP] for start in range(0, 4 * GROUP, GROUP))


def make_code(choose: Callable[[str], str]) -> str:
    """A new code such as `7QXD-03MB-K9TR-H4WN`. `choose` picks one character of a string: give it `secrets.choice`."""
    drawn = "".join(choose(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(drawn[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def read_code(typed: str) -> str:
    """`typed` as `make_code` writes codes, or "" when it is none: any case, any spacing, O for 0, I and L for 1."""
    plain = "".join(character for character in typed.upper() if character.isalnum())
    plain = plain.replace("O", "0").replace("I", "1").replace("L", "1")
    if len(plain) != CODE_LENGTH or any(character not in ALPHABET for character in plain):
        return ""
    return "-".join(plain[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def _refuse(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("A record holds no fractional numbers.")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > LARGEST:
        raise ValueError("A record holds no numbers of more than 53 bits.")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise TypeError("A record's keys are ASCII strings.")
            _refuse(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse(item)
