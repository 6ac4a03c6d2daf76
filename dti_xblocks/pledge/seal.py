"""Canonical JSON, its hash, and the code by which people name a record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

# Crockford's base 32: no I, L, O, U, so that a code can be read aloud and typed from paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16  # 80 bits: not to be guessed
GROUP = 4


def canonical(document) -> bytes:
    """`document` (dicts, lists, strings, whole numbers, booleans, None) as the one JSON text it has: sorted keys, no space.

    For such documents with ASCII keys this is what RFC 8785 asks for. Floats are refused: their text differs by language.
    """
    _refuse_floats(document)
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def digest(document) -> str:
    """SHA-256 (hex, 64 characters) of the canonical JSON."""
    return hashlib.sha256(canonical(document)).hexdigest()


def text_digest(text: str) -> str:
    """SHA-256 (hex) of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def intact(document, document_hash: str) -> bool:
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


def _refuse_floats(value) -> None:
    if isinstance(value, float):
        raise TypeError("A record holds no fractional numbers.")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("A record's keys are strings.")
            _refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _refuse_floats(item)
