"""The act of signing: what a signer has entered, what is still missing, and the document that results.

Time, code, user and every text around the pledge come in as arguments.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .model import Pledge
from .names import names_agree
from .seal import text_digest
from .wording import wording_hash

FORMAT = "dti-pledge/1"
LONGEST_NAME = 255  # characters of the account's own name on the platform
LONGEST_ANSWER = 200
LONGEST_REASON = 500
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True)
class Entries:
    """What a signer has put into the form, made clean by `clean`."""

    affirmed: frozenset[str]
    answers: Mapping[str, str]
    consent: bool
    name: str
    reason: str = ""


@dataclass(frozen=True)
class Signer:
    """Whose account it is. `account_name` is "" where the platform knows none."""

    user_id: int
    username: str
    account_name: str


@dataclass(frozen=True)
class Surroundings:
    """What stands around the pledge on the page, in the language of the page."""

    title: str
    language: str
    disclosure: str
    disclosure_version: str
    consent: str
    button: str

    def as_dict(self) -> dict:
        """All of it, for the hash of what was shown."""
        return {
            "language": self.language,
            "disclosure": self.disclosure,
            "disclosure_version": self.disclosure_version,
            "consent": self.consent,
            "button": self.button,
        }


AFFIRMATION, ANSWER, CONSENT, NAME, REASON, TOO_LONG = "affirmation", "answer", "consent", "name", "reason", "too-long"


@dataclass(frozen=True)
class Gap:
    """Something that keeps the pledge from being signed. `kind` is one of the words above; `what` the label or statement."""

    kind: str
    what: str = ""
    limit: int = 0


def clean(text) -> str:
    """One line of text as it may be stored: NFC, no control characters, no invisible direction marks, single spaces.

    Anything that is no text (a file in the form) is "".
    """
    if not isinstance(text, str):
        return ""
    kept = (
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in text
        if character not in BIDI_CONTROLS and unicodedata.category(character) not in ("Cs", "Co", "Cn")
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def name_differs(entries: Entries, signer: Signer) -> bool:
    """True when the typed name is not the account's. Where the platform knows no name there is nothing to differ from."""
    return bool(signer.account_name) and not names_agree(entries.name, signer.account_name)


def gaps(pledge: Pledge, entries: Entries, signer: Signer) -> list[Gap]:
    """Everything still missing, in the order of the page; empty when the pledge may be signed."""
    found = [Gap(AFFIRMATION, statement.text) for statement in pledge.affirmations if statement.id not in entries.affirmed]
    for question in pledge.questions:
        answer = entries.answers.get(question.id, "")
        if question.required and not answer:
            found.append(Gap(ANSWER, question.label))
        if len(answer) > LONGEST_ANSWER:
            found.append(Gap(TOO_LONG, question.label, LONGEST_ANSWER))
    if not entries.consent:
        found.append(Gap(CONSENT))
    if not any(unicodedata.category(character).startswith("L") for character in entries.name):
        found.append(Gap(NAME))
    elif len(entries.name) > LONGEST_NAME:
        found.append(Gap(TOO_LONG, entries.name[:40], LONGEST_NAME))
    elif name_differs(entries, signer) and not entries.reason:
        found.append(Gap(REASON, signer.account_name))
    if len(entries.reason) > LONGEST_REASON:
        found.append(Gap(TOO_LONG, entries.reason[:40], LONGEST_REASON))
    return found


def document(
    pledge: Pledge,
    entries: Entries,
    signer: Signer,
    surroundings: Surroundings,
    *,
    course: str,
    block: str,
    signed_at: datetime,
    code: str,
) -> dict:
    """The whole record, ready for `seal.canonical`. Call it only when `gaps` are none. `signed_at` is aware."""
    differs = name_differs(entries, signer)
    return {
        "format": FORMAT,
        "code": code,
        "title": surroundings.title,
        "language": surroundings.language,
        "wording": {"hash": wording_hash(pledge), "preamble": pledge.preamble, "closing": pledge.closing},
        "affirmations": [{"id": each.id, "text": each.text, "affirmed": True} for each in pledge.affirmations],
        "answers": [
            {"id": question.id, "label": question.label, "value": entries.answers.get(question.id, "")}
            for question in pledge.questions
        ],
        "consent": {
            "given": True,
            "statement": surroundings.consent,
            "disclosure": surroundings.disclosure,
            "disclosure_version": surroundings.disclosure_version,
            "disclosure_hash": text_digest(surroundings.disclosure),
        },
        "signer": {"user_id": signer.user_id, "username": signer.username, "account_name": signer.account_name},
        "signature": {
            "kind": "typed",
            "name": entries.name,
            "name_differs": differs,
            "reason": entries.reason if differs else "",
        },
        "button": surroundings.button,
        "place": {"course": course, "block": block},
        "signed_at": moment(signed_at),
    }


def moment(when: datetime) -> str:
    """An aware time as UTC to the second, ISO 8601: 2026-11-23T11:26:00Z."""
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
