"""The pledge, signed by its plain forms and checked; and the review of the course."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

from . import boot, courses, pages
from .outcome import Ledger
from .results import completion, score
from .visitors import Answer, Visitor

PRIVATE = {"answer in the pledge": "PRIVATE-ANSWER-KESTREL", "reason for another name": "PRIVATE-REASON-KESTREL",
           "name": "Ana Kestrel-Private", "review": "PRIVATE-REVIEW-KESTREL"}  # fmt: skip
VERIFY = "import sys; from dti_xblocks.seals.command import main; sys.exit(main())"  # what the command dti-verify runs
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


def sign(ledger: Ledger, learner: Visitor, block: Any) -> None:
    """Read, agree, sign; sign again, which changes nothing; take the file away and check it."""
    usage = courses.usage(block)
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
    signed = learner.send(page, "sign", **entered)
    code = CODE.search(signed.text)
    if not ledger.note(
        "the pledge is signed and shows its code", code is not None, f"{signed.queries} SQL, {1000 * signed.seconds:.0f} ms"
    ):
        return
    learner.send(page, "sign", only=form, **entered)
    ledger.same("the form sent twice makes one signature", _signatures(), 1)
    ledger.same("it gives its point and completes", (score(learner, usage), completion(learner, usage)), (1.0, 1.0))
    address = pages.links(learner.unit(usage).text, "pdf")[0]
    file = learner.get(address)
    ledger.note("the signed pledge as PDF", file.body[:5] == b"%PDF-", f"{len(file.body) / 1000:.0f} kB, {file.seconds:.1f} s")
    ledger.same("asked again it is the same, byte by byte", learner.get(address).body == file.body, True)
    _checked(ledger, file.body, code[0])


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


def _signatures() -> int:
    from dti_xblocks.records.models import SignedPledge

    return int(SignedPledge.objects.count())


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
