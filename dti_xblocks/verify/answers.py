"""What a code or a file comes to, and how much of the person that tells."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime

from ..platform import conf
from ..platform.conf import AGENCY, COURSE, DATE, INITIALS, NAME
from ..pledge import seal
from ..records.pledge.lookup import Evidence, of_code, of_file
from ..seals import file as byte_seal
from ..seals import whole
from ..seals.keys import Keyring
from . import soundness

# What becomes of a code.
VALID, EXPIRED, WITHDRAWN, ERASED = "valid", "expired", "withdrawn", "erased"
UNSEALED, NO_KEY, ALTERED, UNKNOWN = "unsealed", "no-key", "altered", "unknown"
# What becomes of a file, beside these: a copy made before there was a seal, one whose PDF signature this site cannot check, and
# one that is not a PDF at all.
FILE_ALTERED, FILE_UNKNOWN, FILE_EARLY, FILE_NO_KEY, FILE_NO_PDF = (
    "file-altered", "file-unknown", "file-early", "file-no-key", "file-no-pdf",
)  # fmt: skip
GENUINE, PARTLY = "genuine", "partly"  # what is known of the file beside its record
FILE_SAYS = {whole.SOUND: GENUINE, whole.PARTLY: PARTLY}

MOST_INITIALS = 5
PDF_START = b"%PDF-"
START_WITHIN = 1024  # bytes: where readers of PDF look for the start


@dataclass(frozen=True)
class Answer:
    """What the page says. `file` is "" for an answer to a code; the dates are None where they are not to be shown."""

    state: str
    file: str = ""
    code: str = ""
    fingerprint: str = ""
    position: int = 0
    name: str = ""
    course: str = ""
    agency: str = ""
    signed_at: datetime | None = None
    valid_until: datetime | None = None
    withdrawn_at: datetime | None = None


def for_code(typed: str, ring: Keyring, now: datetime) -> Answer:
    """The answer to a code as somebody typed it, right or not."""
    return _answer(_of_typed(typed), ring, now)


def for_file(body: bytes, ring: Keyring, now: datetime) -> Answer:
    """The answer to a file, which may be anything. Only the file that is kept here is read as a PDF: what a stranger has written
    behind a seal is not."""
    if PDF_START not in body[:START_WITHIN]:
        return Answer(FILE_NO_PDF)
    kept = of_file(hashlib.sha256(body).hexdigest())
    checked = byte_seal.check(body, ring)
    if checked.state in (byte_seal.NONE, byte_seal.NOT_SEALED) and kept is None:
        return Answer(FILE_UNKNOWN if checked.state == byte_seal.NONE else FILE_EARLY)
    if checked.state == byte_seal.UNKNOWN_KEY:
        return Answer(FILE_NO_KEY)
    if checked.state not in (byte_seal.INTACT, byte_seal.FOLLOWED):
        return Answer(FILE_ALTERED)
    if kept is not None and kept.row.code == checked.code:
        return _of_kept(kept, body, ring, now)
    return _without_copy(checked, ring, now)


def _of_kept(kept: Evidence, body: bytes, ring: Keyring, now: datetime) -> Answer:
    """The file that is kept here, byte for byte. That alone says nothing: who can write to the database may have put it there."""
    said = FILE_SAYS.get(whole.check(body, ring).state)
    return replace(_answer(kept, ring, now), file=said) if said else Answer(FILE_ALTERED)


def _without_copy(checked: byte_seal.FileCheck, ring: Keyring, now: datetime) -> Answer:
    """A file that is not the one kept here: made anew since, or kept no longer, or with something added behind the seal."""
    evidence = _of_typed(checked.code)
    if checked.state == byte_seal.INTACT:
        return replace(_answer(evidence, ring, now), file=GENUINE)
    if evidence is not None and evidence.copy:  # there is one that was signed, and this is another
        return Answer(FILE_ALTERED)
    return replace(_answer(evidence, ring, now), file=PARTLY)


def _of_typed(typed: str) -> Evidence | None:
    code = seal.read_code(typed)
    return of_code(code) if code else None


def _answer(evidence: Evidence | None, ring: Keyring, now: datetime) -> Answer:
    if evidence is None:
        return Answer(UNKNOWN)
    state = _state(evidence, soundness.seal_of(evidence, ring), now)
    if state == ALTERED:  # nothing of what it says can be believed
        return Answer(ALTERED, code=evidence.row.code)
    bare = Answer(
        state,
        code=evidence.row.code,
        position=evidence.link.position if evidence.link is not None else 0,
        fingerprint=seal.fingerprint(evidence.row.document_hash),
    )
    return _with_words(bare, evidence, shown())


def _state(evidence: Evidence, sealed: str, now: datetime) -> str:
    row = evidence.row
    if sealed == soundness.BROKEN:
        return ALTERED
    if soundness.withdrawal(evidence) is not None:
        return WITHDRAWN
    if row.document is None:
        return ERASED
    if sealed != soundness.SEALED:
        return UNSEALED if sealed == soundness.UNSEALED else NO_KEY
    return EXPIRED if row.valid_until is not None and row.valid_until <= now else VALID


def _with_words(answer: Answer, evidence: Evidence, words: frozenset[str]) -> Answer:
    """`answer` with what `words` allow. The dates go together: from one the others can be guessed."""
    row, document = evidence.row, evidence.row.document
    withdrawn = soundness.withdrawal(evidence)
    if DATE in words:
        answer = replace(answer, withdrawn_at=withdrawn.at if withdrawn is not None else None)
    if document is None:
        return answer
    signed_name = document["signature"]["name"]
    return replace(
        answer,
        name=signed_name if NAME in words else initials(signed_name) if INITIALS in words else "",
        course=(document["place"].get("title") or document["place"]["course"]) if COURSE in words else "",
        agency=_agency(document) if AGENCY in words else "",
        signed_at=row.signed_at if DATE in words else None,
        valid_until=row.valid_until if DATE in words else None,
    )


def _agency(document: dict) -> str:
    return next((answer["value"] for answer in document["answers"] if answer["id"] == AGENCY), "")


def initials(name: str) -> str:
    """The first letters of the words of a name: "A. R." for Ana Reyes."""
    firsts = []
    for word in name.split():
        letter = next((character for character in word if unicodedata.category(character).startswith("L")), "")
        if letter:
            firsts.append(f"{letter.upper()}.")
    return " ".join(firsts[:MOST_INITIALS])


def shown() -> frozenset[str]:
    """What the institution lets everybody see of the person: settings.DTI_PLEDGE_VERIFY_SHOWS. Other words show nothing."""
    return conf.verify_shows()
