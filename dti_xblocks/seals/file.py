"""The seal of a file's bytes: a changed byte of a PDF of ours is found, offline, also where it has no PDF signature.

A PDF names itself by an identifier at its end (`/ID`), which may be any text. Ours holds what a seal needs: the code of the
pledge, the id of the key, the length of the file, and the Ed25519 signature of its SHA-256, the places of length and signature
being filled with zeros while it is hashed. Nothing is added to the file, so it stays the PDF/A that it was. A PDF signature may
follow behind, and the marker says whether one must.

No Django here: `dti-verify` uses it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .keys import KEY_ID_LENGTH, Keyring

FORMAT = "dti-file/1"
SEALED, SIGNED = "sealed", "signed"  # what a file is meant to be: with the seal alone, or with a PDF signature behind it
LENGTH_DIGITS, SIGNATURE_DIGITS = 10, 128
NO_KEY = "0" * KEY_ID_LENGTH
MOST_MARKERS = 20  # that are looked at: a PDF signature repeats the marker, and nobody else has a reason to
MARKER = re.compile(
    rb"dti-file/1 (?P<code>[0-9A-Z-]{1,40}) (?P<kind>sealed|signed) (?P<key>[0-9a-f]{16})"
    rb" (?P<length>[0-9]{10}) (?P<signature>[0-9a-f]{128})"
)

# What `check` finds.
INTACT, FOLLOWED, STRIPPED = "intact", "followed", "stripped"
ALTERED, UNKNOWN_KEY, NOT_SEALED, NONE = "altered", "unknown-key", "not-sealed", "none"


@dataclass(frozen=True)
class FileCheck:
    """What the seal says of a file.

    `state` is "intact" (every byte is as it was sealed), "followed" (so are the first `length` bytes; behind them is the PDF
    signature that has to be there, or something in its place: see `pades`), "stripped" (that signature is gone), "altered",
    "unknown-key" (sealed with a key that is not in the ring: nobody can tell), "not-sealed" (made while there was no seal) or
    "none" (no file of ours). `code` and `key_id` are what the file says of itself; believe them only where it is `genuine`.
    """

    state: str
    code: str = ""
    key_id: str = ""
    length: int = 0

    @property
    def genuine(self) -> bool:
        """True where the sealed bytes are as they were; more may follow them."""
        return self.state in (INTACT, FOLLOWED, STRIPPED)


class NotSealableError(ValueError):
    """The file has no place for the seal."""


def marker(code: str, key_id: str = "", kind: str = SEALED) -> bytes:
    """The identifier to give to a PDF that is being made, with places that `put` fills; without a key: that it is not sealed."""
    text = f"{FORMAT} {code} {kind} {key_id or NO_KEY} {'0' * LENGTH_DIGITS} {'0' * SIGNATURE_DIGITS}".encode("ascii")
    if not MARKER.fullmatch(text):
        raise NotSealableError(f"{code!r} is no code that a file can be sealed with")
    return text


def put(pdf: bytes, ring: Keyring) -> bytes:
    """`pdf`, made with a `marker` of the ring's key, sealed. Its length stays.

    Raises `NotSealableError`, also where the ring has no private key.
    """
    places = [each for each in _markers(pdf) if each["key"].decode() == ring.key_id and not int(each["signature"], 16)]
    if not places:
        raise NotSealableError("The file has no place for a seal of this key.")
    match = places[-1]  # the end of the file is where the identifier stands; what is before may be anybody's picture
    with_length = _filled(pdf, match, "length", f"{len(pdf):0{LENGTH_DIGITS}}")
    return _filled(with_length, match, "signature", ring.sign(_payload(pdf, match)))


def check(body: bytes, ring: Keyring) -> FileCheck:
    """What the seal in `body`, which may be anything, says."""
    best = FileCheck(ALTERED if FORMAT.encode() in body else NONE)
    for match in _markers(body):
        result = _checked(body, match, ring)
        if result.genuine:
            return result
        if not best.code:
            best = result
    return best


def _markers(body: bytes) -> Iterator[re.Match]:
    for number, match in enumerate(MARKER.finditer(body)):
        if number == MOST_MARKERS:
            return
        yield match


def _checked(body: bytes, match: re.Match, ring: Keyring) -> FileCheck:
    code, key_id, length = match["code"].decode(), match["key"].decode(), int(match["length"])
    if key_id == NO_KEY:
        return FileCheck(NOT_SEALED, code)
    if key_id not in ring.public:
        return FileCheck(UNKNOWN_KEY, code, key_id)
    sealed = body[:length]
    whole = len(sealed) == length and match.end() <= length
    if not whole or not ring.verify(key_id, _payload(sealed, match), match["signature"].decode()):
        return FileCheck(ALTERED, code, key_id)
    more = len(body) > length
    if match["kind"].decode() == SIGNED:
        return FileCheck(FOLLOWED if more else STRIPPED, code, key_id, length)
    return FileCheck(ALTERED if more else INTACT, code, key_id, length)


def _payload(sealed: bytes, match: re.Match) -> bytes:
    """What is signed: no link of a chain begins so, and none can be taken for the seal of a file."""
    plain = _filled(sealed, match, "length", "0" * LENGTH_DIGITS)
    plain = _filled(plain, match, "signature", "0" * SIGNATURE_DIGITS)
    return f"{FORMAT} {len(sealed)} {hashlib.sha256(plain).hexdigest()}".encode("ascii")


def _filled(body: bytes, match: re.Match, place: str, text: str) -> bytes:
    start, end = match.span(place)
    return body[:start] + text.encode("ascii") + body[end:]
