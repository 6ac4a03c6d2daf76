"""`dti-verify FILE.pdf --key institution.pub`: is this signed pledge genuine? Offline, without Django, without the server.

The bytes of the file are checked first, and nothing is read out of a file whose seal does not hold: what is parsed afterward is
what the institution made.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ..pledge import seal
from ..pledge.signing import moment
from . import file, pades
from .keys import Keyring, KeysUnusableError, read

LARGEST_FILE, LARGEST_KEYS = 32 * 1024**2, 1024**2
LARGEST_PART = 4 * 1024**2  # of record.json and seal.json
MEMORY, SECONDS = 2 * 1024**3, 120

VALID, ALTERED, NOT_SEALED, UNKNOWN_KEY, UNCHECKED, UNREADABLE = (
    "valid", "altered", "not-sealed", "unknown-key", "unchecked", "unreadable",
)  # fmt: skip
STATUS = {VALID: 0, ALTERED: 1}  # and 2 for all others: nobody can tell
HEADINGS = {
    VALID: "valid",
    ALTERED: "ALTERED",
    NOT_SEALED: "not sealed yet",
    UNKNOWN_KEY: "unknown key",
    UNCHECKED: "not checked to the end",
    UNREADABLE: "cannot be checked",
}
OF_BYTES = {
    file.STRIPPED: (ALTERED, "The PDF signature that belongs to this file has been taken off."),
    file.ALTERED: (ALTERED, "The bytes of the file are not those that the institution sealed."),
    file.UNKNOWN_KEY: (UNKNOWN_KEY, ("The file says that it was sealed with the key {key}, which is not in the key file. It may "
                                     "be another institution's, or the key file may be old.")),
    file.NOT_SEALED: (NOT_SEALED, "The file was made before the record was sealed, so it proves nothing. Download it again."),
    file.NONE: (UNREADABLE, "The file has no seal of a pledge: it is another file, or its seal was taken off."),
}  # fmt: skip
ONLINE = "Whether it was withdrawn since can only be seen online, on the institution's verify page."


@dataclass
class Verdict:
    """What the file comes to: `state` is one of the words above, `reasons` and `checks` are sentences, `facts` pairs of what the
    record says (only of a file whose bytes are as the institution sealed them)."""

    state: str
    reasons: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The exit status of the command."""
        return STATUS.get(self.state, 2)


class _OutOfTimeError(BaseException):
    """The time of the process is over. No `Exception`: what catches those for strange files must not catch this."""

    @classmethod
    def stop(cls, *_given: object) -> None:
        raise cls


class _NotValidError(Exception):
    """The file is not valid: (state, sentence)."""


def verify(body: bytes, ring: Keyring, now: datetime | None = None) -> Verdict:
    """What the file `body` comes to, for somebody who has the public keys and certificates in `ring`. Never raises."""
    verdict = Verdict(VALID)
    try:
        _bytes(body, ring, verdict)
    except _NotValidError as reason:
        verdict.state, sentence = reason.args
        verdict.reasons.append(sentence)
        return verdict
    until = dict(verdict.facts).get("Valid until", "")
    if until and until < moment(now or datetime.now(UTC)):
        verdict.reasons.append(f"genuine, but its time ran out at {until}")
    return verdict


def _bytes(body: bytes, ring: Keyring, verdict: Verdict) -> None:
    if not body.startswith(b"%PDF-"):
        raise _NotValidError(UNREADABLE, "This is no PDF file.")
    checked = file.check(body, ring)
    if checked.state in OF_BYTES:
        state, sentence = OF_BYTES[checked.state]
        raise _NotValidError(state, sentence.format(key=checked.key_id))
    verdict.checks.append(f"Every byte that was sealed is as it was (key {checked.key_id}).")
    record = _record(body[: checked.length], checked, ring, verdict)
    try:
        verdict.facts = facts_of(record)
    except (KeyError, TypeError, AttributeError):
        raise _NotValidError(ALTERED, "The record in the file is not as records are.") from None
    if checked.state == file.FOLLOWED:
        _signature(body, checked.length, ring, verdict)


def _signature(body: bytes, length: int, ring: Keyring, verdict: Verdict) -> None:
    checked = pades.check(body, length, ring.certificates)
    if checked.state == pades.UNCHECKED:
        raise _NotValidError(
            UNCHECKED,
            "The sealed part of the file is genuine. Behind it is a PDF signature, which cannot be checked here because pyHanko "
            "is not installed (pip install pyhanko): what the pages show may have been changed there.",
        )
    if checked.state == pades.UNKNOWN_CERTIFICATE:
        raise _NotValidError(
            UNKNOWN_KEY,
            f"Behind the sealed part is a PDF signature by “{checked.signer}”, whose certificate is not in the key file: what "
            "the pages show may have been changed there.",
        )
    if checked.state != pades.VALID:
        raise _NotValidError(
            ALTERED, "Something was changed in the file, or added to it, after it was sealed: its PDF signature is broken."
        )
    verdict.checks.append(f"The PDF signature is by “{checked.signer}”, covers the whole file, and is in order.")
    if checked.stamped_at:
        when = checked.stamped_at.isoformat()
        verdict.checks.append(f"A time stamp says: signed before {when}. Who stamped it is not checked.")


def _record(sealed: bytes, checked: file.FileCheck, ring: Keyring, verdict: Verdict) -> dict:
    """The record in the file, when it is the one that the seal of the chain belongs to. Raises `_NotValidError`."""
    record, around = _parts(sealed)
    try:
        link = around["link"]
        payload, key_id, signature = seal.canonical(link), str(around["key_id"]), str(around["signature"])
        entry, kind, chain, place = link["entry"], link["kind"], link["chain"], (link["position"], link["linked_at"])
        digest, code = seal.digest(record), record["code"]
        wording = {
            "preamble": record["wording"]["preamble"],
            "affirmations": [each["text"] for each in record["affirmations"]],
            "closing": record["wording"]["closing"],
        }
        texts = {
            "wording": seal.digest(wording) == record["wording"]["hash"],
            "consent text": seal.text_digest(record["consent"]["disclosure"]) == record["consent"]["disclosure_hash"],
        }
        course = record["place"]["course"]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _NotValidError(ALTERED, "The record in the file is not as records are.") from None
    if key_id not in ring.public:
        raise _NotValidError(UNKNOWN_KEY, f"The record was sealed with the key {key_id}, which is not in the key file.")
    if not ring.verify(key_id, payload, signature):
        raise _NotValidError(ALTERED, "The seal of the record is not the institution's.")
    if link["format"] != seal.LINK_FORMAT or kind != "pledge" or entry != digest or chain != course:
        raise _NotValidError(ALTERED, "The record in the file is not the one that was sealed.")
    if code != checked.code:
        raise _NotValidError(ALTERED, "The record in the file is that of another code.")
    for what in (name for name, right in texts.items() if not right):
        raise _NotValidError(ALTERED, f"The {what} in the record does not belong to its hash.")
    verdict.checks.append(
        f"The record is the one that was sealed as number {place[0]} of the chain of {chain} at {place[1]} "
        f"(key {key_id}). Its fingerprint is {seal.fingerprint(digest)}."
    )
    verdict.checks.append("The wording and the consent text belong to their hashes in the record.")
    return record


def _parts(sealed: bytes) -> tuple[dict, dict]:
    """record.json and seal.json out of a file whose bytes are the institution's. Raises `_NotValidError`."""
    try:
        import pypdf
    except ImportError:
        raise _NotValidError(
            UNCHECKED, "The record in the file cannot be read because pypdf is not installed (pip install pypdf)."
        ) from None
    try:
        attached = pypdf.PdfReader(io.BytesIO(sealed)).attachments
        parts = []
        for name in ("record.json", "seal.json"):
            (text,) = attached[name]
            if len(text) > LARGEST_PART:
                raise ValueError(name)
            value = json.loads(text)
            if seal.canonical(value) != text:
                raise _NotValidError(ALTERED, f"{name} in the file is not in the one form that records have.")
            parts.append(value)
    except _NotValidError:
        raise
    except Exception as error:  # whatever pypdf says
        raise _NotValidError(UNREADABLE, f"The record cannot be read out of the file ({type(error).__name__}).") from error
    return parts[0], parts[1]


def facts_of(record: dict) -> list[tuple[str, str]]:
    """What people want to know, in plain words. Pairs, no dictionary: an author may call a question “Signed by”."""
    signature, signer, place = record["signature"], record["signer"], record["place"]
    facts = {
        "Signed by": signature["name"],
        "Account": f"{signer['account_name']} ({signer['username']})" if signer["account_name"] else signer["username"],
        "Reason for another name": signature.get("reason", ""),
        "Pledge": record["title"],
        "Course": " ".join(filter(None, (place.get("title", ""), f"({place['course']})" if place["course"] else ""))),
        "Signed at": record["signed_at"],
        "Signer's local time": record.get("local_time", ""),
        "Valid until": record.get("valid_until", ""),
        "Way of signing": "typed and drawn" if signature["kind"] == "drawn" else "typed",
        "Statements affirmed": str(len(record["affirmations"])),
        "Agreed to sign electronically": record["consent"].get("given_at", "") or "with the signature",
        "Button pressed": record["button"],
        "Verification code": record["code"],
    }
    answers = [(f"Answer: {each['label']}", each["value"]) for each in record["answers"]]
    answers.append(("The signer's own plan", record.get("plan", {}).get("text", "")))
    return [(name, value) for name, value in [*facts.items(), *answers] if value]


def report(name: str, verdict: Verdict) -> str:
    """The verdict for people, every character of which can be shown."""
    heading = HEADINGS[verdict.state]
    lines = [f"{name}: {heading}" + (": " + verdict.reasons[0] if verdict.reasons else "")]
    if verdict.facts:
        width = max(len(label) for label, _value in verdict.facts)
        what = "What the record says:" if verdict.state == VALID else "What the sealed record says, whatever else is in the file:"
        lines += ["", what, *(f"  {label:<{width}}  {value}" for label, value in verdict.facts)]
    if verdict.checks:
        lines += ["", "What was checked:", *(f"  {sentence}" for sentence in verdict.checks)]
    if verdict.state == VALID:
        lines += ["", ONLINE]
    return "\n".join("".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in line) for line in lines)


def run(arguments: list[str] | None = None) -> int:
    """The command: its exit status is 0 for a valid file, 1 for one that was altered, 2 where nobody can tell."""
    parser = argparse.ArgumentParser(
        prog="dti-verify",
        description="Check the PDF file of a signed pledge, offline.",
        epilog="Exit status: 0 the file is valid; 1 it was altered; 2 it cannot be told.",
    )
    parser.add_argument("file", type=Path, help="the PDF file")
    parser.add_argument("--key", type=Path, required=True, help="institution.pub: get it from the institution itself")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL + 1)  # what is wrong with a file is said below
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        verdict = _judged(options.file, options.key)
    except _OutOfTimeError:
        verdict = Verdict(
            UNREADABLE, [f"It was not done after {SECONDS} seconds: such a file is none that an institution hands out."]
        )
    except MemoryError:
        verdict = Verdict(UNREADABLE, ["There is not enough memory: such a file is none that an institution hands out."])
    if options.json:
        print(json.dumps({"file": str(options.file), "status": verdict.status, **vars(verdict)}, ensure_ascii=True, indent=2))
    else:
        print(report(str(options.file), verdict))
    return verdict.status


def _judged(path: Path, key: Path) -> Verdict:
    """What the file at `path` comes to by the key file."""
    what = "The key file cannot be used"
    try:
        ring = read(public=[_bounded(key, LARGEST_KEYS).decode("utf-8")])
        if not ring.public:
            raise KeysUnusableError("It holds no public key.")
        what = "The file cannot be read"
        return verify(_bounded(path, LARGEST_FILE), ring)
    except (OSError, ValueError) as error:
        return Verdict(UNREADABLE, [f"{what}: {error}"])


def _bounded(path: Path, most: int) -> bytes:
    if not path.is_file():
        raise ValueError(f"{path} is no file.")
    with path.open("rb") as source:
        body = source.read(most + 1)
    if len(body) > most:
        raise ValueError(f"{path} has more than {most // 1024**2} MB.")
    return body


def main() -> int:
    """The entry point: `run`, in a process that uses so much memory and time and no more."""
    try:
        import resource
        import signal

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        signal.signal(signal.SIGALRM, _OutOfTimeError.stop)
        signal.alarm(SECONDS)
    except (ImportError, AttributeError, ValueError, OSError):
        logging.getLogger(__name__).debug("This system has no limits to set.")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter of a name
    return run()
