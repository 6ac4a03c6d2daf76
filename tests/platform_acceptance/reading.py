"""A reading list of case law, read and marked by its plain forms."""

from __future__ import annotations

from typing import Any

from . import courses, pages
from .outcome import Ledger
from .results import completion
from .visitors import Answer, Visitor, handler_address

PRIVATE = {"note": "PRIVATE-NOTE-KESTREL", "search": "PRIVATESEARCHKESTREL"}


def read_all(ledger: Ledger, learner: Visitor, block: Any) -> None:
    """Open every authority of the list."""
    usage = courses.usage(block)
    opened = [learner.get(address) for address in pages.links(learner.unit(usage).text, "read")]
    wrong = [answer.address for answer in opened if answer.status != 200 or answer.faults]
    ledger.same(f"{usage.block_id}: every authority opens", wrong, [], f"{len(opened)} authorities")
    ledger.same(f"{usage.block_id}: opening them all completes it", completion(learner, usage), 1.0)
    back = {link for each in opened for link in pages.links(each.text) if "/jump_to_id/" in link}
    led = {link: learner.ask("get", link) for link in back}
    lost = [link for link, each in led.items() if each.status != 302 or link.rpartition("/")[2] not in each.headers["Location"]]
    ledger.same(f"{usage.block_id}: every way back leads to a lesson", lost, [], f"{len(back)} lessons")


def use(ledger: Ledger, learner: Visitor, block: Any) -> None:
    """Everything else that a reader can do, once."""
    usage = courses.usage(block)
    listed = learner.unit(usage)
    read = [learner.get(address).text for address in pages.links(listed.text, "read")]
    ledger.note("an authority leads back to the lessons that use it", any("/jump_to_id/" in page for page in read))
    found = learner.send(listed, "find", q="graham")
    ledger.note("search finds an authority", found.status == 200 and bool(pages.links(found.text, "read")), _cost(found))
    nothing = learner.send(listed, "find", q=PRIVATE["search"])
    ledger.same("a search that finds nothing says so", (nothing.status, nothing.faults), (200, []))
    settled = learner.send(listed, "jurisdiction_set", jurisdiction="US-CA" if "US-CA" in _places(listed) else _places(listed)[1])
    ledger.note("the law of one's own state comes first", "dti-cl-home-law" in settled.text, _cost(settled))
    _marks(ledger, learner, usage, learner.get(pages.links(listed.text, "read")[0]))
    _packets(ledger, learner, learner.get(handler_address(usage, "packet")))


def _marks(ledger: Ledger, learner: Visitor, usage: Any, case: Answer) -> None:
    form = next(form for form in pages.forms(case.text) if form.handler == "mark_add" and "passage" in form.choices)
    passage = next(value for value in form.choices["passage"] if value)
    marked = learner.send(case, "mark_add", only=form, passage=passage, note=PRIVATE["note"])
    ledger.note("words are highlighted, with a note", "<mark" in marked.text and PRIVATE["note"] in marked.text, _cost(marked))
    kept = learner.send(marked, "bookmark")
    ledger.same("an authority is bookmarked", pages.form(kept.text, "bookmark").names, {"csrfmiddlewaretoken", "ref", "keep"})
    question = pages.form(kept.text, "answer_check")
    answers = question.choices["answer"] if question else []
    verdicts = [learner.send(kept, "answer_check", answer=value) for value in answers]
    ledger.note(
        "its question takes the right answer",
        any('data-right="yes"' in each.text for each in verdicts),
        f"{len(answers)} answers",
    )
    for name in ("notes_markdown", "notes_csv"):
        file = learner.get(handler_address(usage, name))
        ledger.note(f"the notes as a file ({name})", file.status == 200 and PRIVATE["note"] in file.text, _cost(file))
    ended = learner.send(learner.get(kept.address), "read_to_end")
    ledger.same("the end of an authority is noted", (ended.status, ended.faults), (200, []))


def _packets(ledger: Ledger, learner: Visitor, choice: Answer) -> None:
    file = learner.send(choice, "packet_make", which="module", format="html")
    ledger.note("a packet as one web page", file.status == 200 and b"<html" in file.body[:300], f"{len(file.body) / 1000:.0f} kB")
    page = learner.send(choice, "packet_make", which="module", format="pdf")
    made = [learner.get(address) for address in pages.links(page.text, "packet_file")[:1]]
    ledger.note(
        "a packet as PDF",
        bool(made) and made[0].body[:5] == b"%PDF-",
        f"{page.seconds:.1f} s, {len(made[0].body) / 1000:.0f} kB" if made else "",
    )


def _places(page: Answer) -> list[str]:
    form = pages.form(page.text, "jurisdiction_set")
    return form.choices["jurisdiction"] if form else []


def _cost(answer: Answer) -> str:
    return f"{answer.queries} SQL, {1000 * answer.seconds:.0f} ms"
