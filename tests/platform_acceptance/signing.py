"""The pledge, signed by its plain forms and checked; and the review of the course."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from . import boot, courses, pages
from .outcome import Ledger
from .results import completion, score
from .visitors import Answer, Visitor

PRIVATE = {"answer in the pledge": "PRIVATE-ANSWER-KESTREL", "reason for another name": "PRIVATE-REASON-KESTREL",
           "name": "Ana Kestrel-Private", "review": "PRIVATE-REVIEW-KESTREL"}  # fmt: skip
VERIFY = "import sys; from dti_xblocks.seals.command import main; sys.exit(main())"  # what the command dti-verify runs
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@dataclass(frozen=True)
class Signing:
    """What somebody has signed: `page` with the form, its `form`, what was `entered`, and what came of it."""

    page: Answer
    form: pages.Form
    entered: dict[str, Any]
    signed: Answer

    @property
    def code(self) -> str:
        """The code that the signed pledge shows, "" where it shows none."""
        found = CODE.search(self.signed.text)
        return found[0] if found else ""


def sign(ledger: Ledger, learner: Visitor, block: Any) -> None:
    """Read, agree, sign; sign again, which changes nothing; take the file away and check it."""
    usage = courses.usage(block)
    done = _through(learner, usage)
    if not ledger.note(
        "the pledge is signed and shows its code",
        bool(done.code),
        f"{done.signed.queries} SQL, {1000 * done.signed.seconds:.0f} ms",
    ):
        return
    learner.send(done.page, "sign", only=done.form, **done.entered)
    ledger.same("the form sent twice makes one signature", len(_signatures(usage)), 1)
    ledger.same("it gives its point and completes", (score(learner, usage), completion(learner, usage)), (1.0, 1.0))
    shown = learner.unit(usage).text
    file = learner.get(address := pages.links(shown, "pdf")[0])
    ledger.note("the signed pledge as PDF", file.body[:5] == b"%PDF-", f"{len(file.body) / 1000:.0f} kB, {file.seconds:.1f} s")
    ledger.same("asked again it is the same, byte by byte", learner.get(address).body == file.body, True)
    ledger.same("signed for good, it offers no day for the calendar", pages.links(shown, "renewal_file"), [])
    _checked(ledger, file.body, done.code)


def for_a_time(ledger: Ledger, learner: Visitor, other: Visitor, block: Any) -> None:
    """Sign a pledge that runs out, and put the day into a calendar; nobody else gets it."""
    from icalendar import Calendar

    usage = courses.usage(block)
    done = _through(learner, usage)
    [row] = _signatures(usage)
    links = pages.links(learner.unit(usage).text, "renewal_file")
    ledger.note(
        "a pledge that runs out offers the day for the calendar", bool(done.code) and len(links) == 1, f"{len(links)} links"
    )
    file = learner.get(links[0])
    kind = file.headers.get("Content-Type", "").split(";")[0]
    ledger.same(
        "the file is one of a calendar", (file.status, file.faults, kind), (200, [], "text/calendar"), f"{file.queries} SQL"
    )
    [event] = Calendar.from_ical(file.body).walk("VEVENT")
    alarms = [each["trigger"].dt for each in event.walk("VALARM")]
    ledger.same(
        "its day is the one on record, with an alarm before it",
        (event["dtstart"].dt, alarms),
        (row.valid_until.date(), [-timedelta(days=block.remind_days)]),
        row.valid_until.date(),
    )
    address = str(event["url"])
    led = learner.ask("get", "/" + address.partition("://")[2].partition("/")[2])
    ledger.note("its address leads to the pledge", led.status == 302 and usage.block_id in led.headers["Location"], address)
    said = file.body.decode()
    ledger.same(
        "it holds no code, and no word of what was signed", [each for each in (done.code, *PRIVATE.values()) if each in said], []
    )
    ledger.same("nobody gets the day of somebody else", other.get(links[0]).status, 404)


def _through(learner: Visitor, usage: Any) -> Signing:
    """From the pledge's first page to the signature."""
    page = learner.unit(usage)
    if pages.form(page.text, "agree") is None:
        page = learner.send(page, "read_to_end")
    page = learner.send(page, "agree", consent="yes")
    form = pages.form(page.text, "sign")
    if form is None:
        raise LookupError(f"There is nothing to sign: {page.status}")
    answers = {name: _answer(form, name) for name in form.names if name.startswith("answer-")}
    entered = {
        **{name.replace("-", "_"): value for name, value in answers.items()},
        "affirm": form.choices["affirm"],
        "name": PRIVATE["name"],
        "reason": PRIVATE["reason for another name"],
    }
    return Signing(page, form, entered, learner.send(page, "sign", **entered))


def review(ledger: Ledger, learner: Visitor, block: Any) -> None:
    """Stars and a text, then other stars."""
    usage = courses.usage(block)
    sent = learner.send(learner.unit(usage), "submit", stars="5", text=PRIVATE["review"])
    ledger.note("a review is kept", PRIVATE["review"] in sent.text and not sent.faults, f"{sent.queries} SQL")
    changed = learner.send(learner.unit(usage), "submit", stars="4")
    ledger.same("it can be changed, and completes", (changed.status, completion(learner, usage)), (200, 1.0))


def _answer(form: pages.Form, name: str) -> str:
    options = [value for value in form.choices.get(name, []) if value]
    return options[0] if options else PRIVATE["answer in the pledge"]


def _signatures(usage: Any) -> list[Any]:
    from dti_xblocks.records.models import SignedPledge

    return list(SignedPledge.objects.filter(usage_key=str(usage)))


def _checked(ledger: Ledger, body: bytes, code: str) -> None:
    keys, path, spoilt = boot.work() / "keys/institution.pub", boot.work() / "pledge.pdf", boot.work() / "spoilt.pdf"
    path.write_bytes(body)
    spoilt.write_bytes(body[:2000] + bytes([body[2000] ^ 1]) + body[2001:])
    for file, verdict, what in (
        (path, "valid", "dti-verify finds the file in order"),
        (spoilt, "ALTERED", "dti-verify finds one changed byte"),
    ):
        command = [sys.executable, "-c", VERIFY, str(file), "--key", str(keys)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = (done.stdout.strip().splitlines() or [done.stderr[-200:]])[0]
        ledger.note(what, (done.returncode == 0) == (verdict == "valid") and verdict in said, said.replace(str(file.parent), ""))
    anybody = Visitor()
    for known, what in (
        (code, "the public page knows the code"),
        ("7QXD-03MB-K9TR-H4WN", "the public page does not know another"),
    ):
        page = anybody.ask("post", "/dti/verify", data={"code": known})
        ledger.note(
            what, page.status in (200, 303, 404) and not page.faults and _is_valid(page) == (known == code), f"HTTP {page.status}"
        )


def _is_valid(page: Answer) -> bool:
    title = re.search(r"<title>\s*(.*?)</title>", page.text, re.DOTALL)
    return bool(title) and "Valid" in title[1]
