"""Who may not, and who may more: people without rights at the handlers of learners, and staff at their reports."""

from __future__ import annotations

from collections import Counter
from typing import Any

from . import courses, doing, pages, reading
from .outcome import Ledger
from .tables import command
from .visitors import Visitor, handler_address

# What changes something, for learners and for staff; and the handlers of the editors.
ACTIONS = {
    "dti_scenario": ("begin", "enter", "choose", "go_on", "again", "replay", "open_answers", "settle", "studio_save", "studio_play",
                     "studio_pictures"),
    "dti_case_law": ("jurisdiction_set", "read_to_end", "answer_check", "mark_add", "mark_change", "mark_remove", "bookmark", "packet_make",
                     "studio_save", "studio_check", "studio_find"),
    "dti_pledge": ("read_to_end", "agree", "take_back", "sign", "look_again", "withdraw_signature", "prepare_files", "check_chain",
                   "studio_save", "studio_check", "studio_pictures"),
    "dti_review": ("submit", "reply", "hide", "studio_save", "studio_check"),
    "dti_activity": ("answer", "show_answers", "again", "write", "forget", "studio_save", "studio_check", "studio_pictures"),
    "dti_video": ("watch", "answer", "turn_still", "change_mode", "studio_save", "studio_check", "studio_pictures"),
}  # fmt: skip
# What learners read, and the files that they may have.
READINGS = {
    "dti_scenario": ("authority", "review_pdf"),
    "dti_case_law": ("contents", "read", "find", "my_notes", "notes_csv", "notes_markdown", "packet", "packet_state", "packet_file",
                     "packet_html", "packet_print"),
    "dti_pledge": ("pdf", "printable", "printable_file", "renewal_file"),
    "dti_activity": ("own_words_markdown",),
}  # fmt: skip
# What only staff may read.
REPORTS = {"dti_scenario": ("report",), "dti_case_law": ("sources_csv",),
           "dti_pledge": ("signatures", "signatures_csv", "not_signed_csv", "files_state"), "dti_review": ("reviews_csv",),
           "dti_activity": ("report", "activity_csv"), "dti_video": ("report", "answers_csv")}  # fmt: skip
# The same, for which a report's own links are needed: the part that is asked for, or what was prepared.
LINKED = {"dti_scenario": ("runs_csv",), "dti_pledge": ("signed_files", "files_address")}
UNSIGNED = "/handler_noauth/"  # where the LMS lets everybody reach a block's handler, signed in or not


SOME = 5  # blocks of a kind at which people without rights try their hands: all of a kind have the same handlers


def refused(ledger: Ledger, course: Any, blocks: list[Any]) -> None:
    """Nobody gets anything by calling handlers."""
    people = {"somebody who is not enrolled": Visitor("stranger"), "a visitor who is not signed in": Visitor()}
    ways = {"every handler": "/handler/", "every handler at the address that asks for no account": UNSIGNED}
    some = [block for kind in courses.OURS for block in courses.of_kind(blocks, kind)[:SOME]]
    done, read = _addresses(some, ACTIONS), _addresses(some, READINGS, REPORTS, LINKED)
    for who, visitor in people.items():
        for what, way in ways.items():
            answers = [visitor.post_form(address.replace("/handler/", way), {"attempt": "0"}) for address in done]
            answers += [visitor.get(address.replace("/handler/", way)) for address in read]
            statuses = Counter(answer.status for answer in answers)
            fine = set(statuses) <= {400, 403, 404, 405} and not _faults(answers)
            ledger.note(f"{who} is refused by {what}", fine, dict(statuses))
    learner = Visitor("okafor", name="Ben Okafor").enrolled(course)
    answers = [learner.get(address) for address in _addresses(blocks, REPORTS, LINKED)]
    ledger.note(
        "a learner reads no report",
        all(answer.status in (403, 404) for answer in answers),
        dict(Counter(a.status for a in answers)),
    )
    edits = [
        learner.post_json(handler_address(courses.usage(block), "studio_save"), {"settings": {}, "content": "", "version": ""})
        for block in courses.of_kind(blocks, *courses.OURS)
    ]
    ledger.same("a learner saves nothing by an editor's handler", {answer.status for answer in edits}, {403})


def staff(ledger: Ledger, learner: Visitor, blocks: list[Any]) -> None:
    """Reports on pages and as files, and the commands of an operator, for what `learner` did."""
    sergeant = Visitor("sergeant", staff=True)
    answers = {
        " ".join(address.rsplit("@", 1)[-1].split("/handler/")): sergeant.get(address) for address in _addresses(blocks, REPORTS)
    }
    wrong = [
        f"{name}: {answer.status} {answer.faults}" for name, answer in answers.items() if answer.status != 200 or answer.faults
    ]
    ledger.same("staff read every report", wrong, [], f"{len(answers)} reports")
    words = (reading.PRIVATE["note"], *doing.PRIVATE.values())
    private = [name for name, answer in answers.items() if any(word in answer.text for word in words)]
    ledger.same("no report has a learner's note, plan or words", private, [])
    links = [link for answer in answers.values() if "<html" in answer.text[:500] for link in pages.links(answer.text)]
    followed = [sergeant.get(link) for link in dict.fromkeys(links) if "/handler/" in link]
    ledger.same(
        "every link of a report leads somewhere",
        [a.address for a in followed if a.status != 200 or a.faults],
        [],
        f"{len(followed)} links",
    )
    admin = Counter(sergeant.get(f"/admin/dti_records/{model}/").status for model in _registered())
    ledger.same("every page of Django admin opens", set(admin), {200}, f"{sum(admin.values())} tables")
    for words in (("verify_pledges",), ("dti_learner_records", str(learner.user.id)), ("dti_packets",)):
        well, said = command(*words)
        ledger.note(f"manage.py {words[0]}", well, "" if well else said)


def _addresses(blocks: list[Any], *tables: dict[str, tuple[str, ...]]) -> list[str]:
    """Where the handlers that `tables` name by kind are, of all our blocks."""
    ours = [(courses.usage(block), courses.kind(block)) for block in courses.of_kind(blocks, *courses.OURS)]
    return [handler_address(usage, name) for table in tables for usage, kind in ours for name in table.get(kind, ())]


def _registered() -> list[str]:
    from django.contrib import admin

    return [model._meta.model_name for model in admin.site._registry if model._meta.app_label == "dti_records"]


def _faults(answers: list[Any]) -> list[str]:
    return [fault for answer in answers for fault in answer.faults]
