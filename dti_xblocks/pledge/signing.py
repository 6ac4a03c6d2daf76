"""The act of signing: what a signer has entered, what is still missing, and the document that results.

Time, code, user and every text around the pledge come in as arguments.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from . import masks
from .model import Pledge
from .names import names_agree
from .seal import commitment, text_digest
from .strokes import Strokes
from .wording import wording_hash

FORMAT = "dti-pledge/2"
LONGEST_NAME = 255  # characters of the account's own name on the platform
LONGEST_ANSWER = 200
LONGEST_REASON = 500
JOINERS = frozenset("\u200c\u200d")  # the only format characters that words of some scripts need
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # letters to Unicode, of which nothing is shown
BLANKS = frozenset("\u2800\ufffc\U0001d159")  # symbols to Unicode, of which nothing is shown


@dataclass(frozen=True)
class Entries:
    """What a signer has put into the form, made clean by `clean`. `plan` has `text` and `statement`, or nothing."""

    affirmed: frozenset[str]
    answers: Mapping[str, str]
    name: str
    reason: str = ""
    strokes: Strokes = field(default_factory=list)
    offset: int | None = None  # minutes that the signer's clock is before UTC, as the browser says it
    plan: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Consent:
    """The agreement to sign electronically, given before and by itself. Texts are those that were shown then."""

    statement: str
    button: str
    disclosure: str
    disclosure_version: str
    given_at: datetime


@dataclass(frozen=True)
class Reading:
    """How the pledge was read: first opened, its end reached, seconds in between with the page in view. None: not recorded.

    `by` is "button" where the signer has said so, "scroll" where the end merely came into view.
    """

    opened_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: int = 0
    by: str = ""


@dataclass(frozen=True)
class Act:
    """When and where it is signed. `turn` counts the signatures of this signer in this block, from 1. `server_offset` is what
    the server's clock is before UTC, in minutes. `origin` is the address and browser of the request, as far as they are kept:
    the document holds only their hash, salted by `salt`, so that they can be erased without breaking the seal."""

    course: str
    block: str
    turn: int
    signed_at: datetime
    valid_until: datetime | None = None
    wording_label: str = ""
    course_title: str = ""
    certificate_text: str = ""
    logo: str = ""  # SHA-256 of the picture
    shown: str = ""
    server_offset: int = 0
    origin: Mapping[str, str] = field(default_factory=dict)
    salt: str = ""

    @property
    def private(self) -> dict[str, str]:
        """What is kept beside the document: its hash is in it."""
        return {"salt": self.salt, **self.origin} if self.origin else {}


@dataclass(frozen=True)
class Signer:
    """Whose account it is. `full_name` is the account's name as the platform has it: the username, or "", where it knows none."""

    user_id: int
    username: str
    full_name: str

    @property
    def account_name(self) -> str:
        """The name to sign with, made clean; "" where the platform knows none."""
        return "" if self.full_name == self.username else clean(self.full_name)

    @property
    def listed_name(self) -> str:
        """The name that stands in lists, beside the document: the same, or the username where the platform has that as a name."""
        return self.account_name or (self.username if self.full_name else "")


@dataclass(frozen=True)
class Surroundings:
    """What stands around the pledge on the page, in the language of the page."""

    title: str
    language: str
    disclosure: str
    disclosure_version: str
    consent_statement: str
    consent_button: str
    sign_button: str
    sign_statement: str  # what stands at that button: what pressing it means

    def consent(self, given_at: datetime) -> Consent:
        """The agreement to sign electronically, by these texts."""
        return Consent(self.consent_statement, self.consent_button, self.disclosure, self.disclosure_version, given_at)

    def as_dict(self) -> dict[str, str]:
        """All of it, for the hash of what was shown."""
        return {
            "language": self.language,
            "disclosure": self.disclosure,
            "disclosure_version": self.disclosure_version,
            "consent": self.consent_statement,
            "agree": self.consent_button,
            "button": self.sign_button,
            "statement": self.sign_statement,
        }


AFFIRMATION, ANSWER, NAME, REASON, TOO_LONG = "affirmation", "answer", "name", "reason", "too-long"
FORM, OPTION = "form", "option"
LARGEST_OFFSET = 15 * 60


@dataclass(frozen=True)
class Gap:
    """Something that keeps the pledge from being signed. `kind` is one of the words above; `what` the label or statement."""

    kind: str
    what: str = ""
    limit: int = 0
    detail: str = ""


def clean(text: object) -> str:
    """One line of text as it may be stored: NFC, single spaces, no control or format characters but joiners, no fillers.

    Anything other than text (a file in the form) is "", and so is text of which nothing would be seen.
    """
    if not isinstance(text, str):
        return ""
    kept = (
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in text
        if character in JOINERS or (character not in FILLERS and unicodedata.category(character) not in ("Cf", "Cs", "Co", "Cn"))
    )
    line = " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
    return line if any(unicodedata.category(character)[0] in "LNPS" for character in line if character not in BLANKS) else ""


def has_letter(name: str) -> bool:
    """True where there is a letter in `name` that is seen."""
    return any(unicodedata.category(character).startswith("L") for character in name if character not in FILLERS)


def name_differs(entries: Entries, signer: Signer) -> bool:
    """True when the typed name is not the account's. Where the platform knows no name there is nothing to differ from."""
    return bool(signer.account_name) and not names_agree(entries.name, signer.account_name)


def gaps(pledge: Pledge, entries: Entries, signer: Signer) -> list[Gap]:
    """Everything still missing, in the order of the page; empty when the pledge may be signed."""
    missing = [Gap(AFFIRMATION, statement.text) for statement in pledge.affirmations if statement.id not in entries.affirmed]
    for question in pledge.questions:
        answer = entries.answers.get(question.id, "")
        if question.required and not answer:
            missing.append(Gap(ANSWER, question.label))
        if len(answer) > LONGEST_ANSWER:
            missing.append(Gap(TOO_LONG, question.label, LONGEST_ANSWER))
        elif answer and question.mask and not masks.fits(answer, question.mask):
            missing.append(Gap(FORM, question.label, detail=question.mask))
        elif answer and question.options and answer not in question.options:
            missing.append(Gap(OPTION, question.label))
    if not has_letter(entries.name):
        missing.append(Gap(NAME))
    elif len(entries.name) > LONGEST_NAME:
        missing.append(Gap(TOO_LONG, entries.name[:40], LONGEST_NAME))
    elif name_differs(entries, signer) and not entries.reason:
        missing.append(Gap(REASON, signer.account_name))
    if len(entries.reason) > LONGEST_REASON:
        missing.append(Gap(TOO_LONG, entries.reason[:40], LONGEST_REASON))
    return missing


@dataclass(frozen=True)
class Signature:
    """Everything that one signature is made of. Only for one without `gaps`; times are aware."""

    pledge: Pledge
    entries: Entries
    signer: Signer
    surroundings: Surroundings
    consent: Consent
    reading: Reading
    act: Act

    def document(self, code: str) -> dict[str, Any]:
        """The whole record with its verification code, ready for `seal.canonical`."""
        return _document(self, code)


def _document(signature: Signature, code: str) -> dict[str, Any]:
    pledge, entries, signer, act = signature.pledge, signature.entries, signature.signer, signature.act
    surroundings, consent, reading = signature.surroundings, signature.consent, signature.reading
    differs = name_differs(entries, signer)
    return {
        "format": FORMAT,
        "code": code,
        "turn": act.turn,
        "title": surroundings.title,
        "language": surroundings.language,
        "wording": {
            "hash": wording_hash(pledge),
            "label": act.wording_label,
            "preamble": pledge.preamble,
            "closing": pledge.closing,
        },
        "shown": act.shown,
        "affirmations": [{"id": each.id, "text": each.text, "affirmed": True} for each in pledge.affirmations],
        "answers": [
            {"id": question.id, "label": question.label, "value": entries.answers.get(question.id, "")}
            for question in pledge.questions
        ],
        **({"plan": dict(entries.plan)} if entries.plan else {}),
        "reading": {
            "opened_at": moment(reading.opened_at) if reading.opened_at else "",
            "ended_at": moment(reading.ended_at) if reading.ended_at else "",
            "seconds": reading.seconds,
            "by": reading.by,
        },
        "consent": {
            "given": True,
            "given_at": moment(consent.given_at),
            "statement": consent.statement,
            "button": consent.button,
            "disclosure": consent.disclosure,
            "disclosure_version": consent.disclosure_version,
            "disclosure_hash": text_digest(consent.disclosure),
        },
        "signer": {"user_id": signer.user_id, "username": signer.username, "account_name": signer.account_name},
        "signature": {
            "kind": "drawn" if entries.strokes else "typed",
            "name": entries.name,
            "name_differs": differs,
            "reason": entries.reason if differs else "",
            "strokes": entries.strokes,
        },
        "statement": surroundings.sign_statement,
        "button": surroundings.sign_button,
        "certificate": {"text": act.certificate_text, "logo": act.logo},
        "place": {"course": act.course, "block": act.block, "title": act.course_title},
        "signed_at": moment(act.signed_at),
        "local_time": local_moment(act.signed_at, act.server_offset if entries.offset is None else entries.offset),
        "local_time_of": "server" if entries.offset is None else "browser",
        "valid_until": moment(act.valid_until) if act.valid_until else "",
        "origin": commitment(act.private) if act.private else "",
    }


def read_offset(text: object) -> int | None:
    """The minutes before UTC that a browser has sent, or None for what cannot be."""
    try:
        minutes = int(text) if isinstance(text, str) else LARGEST_OFFSET + 1  # a file in the form is not text
    except ValueError:
        return None
    return minutes if abs(minutes) <= LARGEST_OFFSET else None


def moment(when: datetime) -> str:
    """An aware time as UTC to the second, ISO 8601: 2026-11-23T11:26:00Z."""
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def local_moment(when: datetime, offset: int) -> str:
    """An aware time on a clock `offset` minutes before UTC: 2026-11-23T06:26:00-05:00."""
    return when.astimezone(timezone(timedelta(minutes=offset))).replace(microsecond=0).isoformat()
