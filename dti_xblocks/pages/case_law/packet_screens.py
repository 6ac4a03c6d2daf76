"""The screens of packets: choosing what is in one, waiting for it, taking it away; and what is said when there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...case_law.model import Authority
from ...case_law.packet import Choice
from ...templating import render

REASONS = {
    "pages": gettext_lazy("It would have too many pages. Choose fewer authorities."),
    "size": gettext_lazy("It would be too large a file. Choose fewer authorities."),
    "time": gettext_lazy("It took too long. Choose fewer authorities, or try again when the site is less busy."),
    "memory": gettext_lazy("It needed too much memory, or was broken off. Choose fewer authorities, or try again in an hour."),
    "unavailable": gettext_lazy("PDF files cannot be made on this site at the moment. Download it as a web page instead."),
    "lost": gettext_lazy("The work was broken off several times. Try again later."),
    "broken": gettext_lazy("Something went wrong while it was being made. Try again, or download it as a web page."),
}


class PacketRow(Protocol):
    """A packet as the records have it."""

    id: int
    owner_id: int
    digest: str
    state: str
    reason: str
    done: int
    expected: int
    size: int


@dataclass(frozen=True)
class Addresses:
    """The addresses of the screens of one choice. `state`: progress of a packet that is being made; `show`: its present state."""

    packet: str
    show: str
    make: str
    print: str
    html: str
    file: str
    state: str = ""


@dataclass(frozen=True)
class ChoiceForm:
    """What there is to choose from: the block's own list and the `others` of the library. `marks` counts the learner's."""

    choice: Choice
    listed: Sequence[Authority]
    others: Sequence[Authority]
    library_size: int
    marks: int
    pdf_fault: str
    staff: bool


def choice_screen(around: dict[str, Any], form: ChoiceForm, addresses: Addresses) -> SafeString:
    """The form. `around` is what all screens of the block need: token, ids, addresses."""
    groups = [(_("In this part"), form.listed), (_("Elsewhere in the library"), form.others)]
    context = {
        **around,
        "make_url": addresses.make,
        "print_url": addresses.print,
        "choice": form.choice,
        "groups": [
            {"label": label, "items": [{"item": one, "chosen": one.slug in form.choice.refs} for one in group]}
            for label, group in groups
            if group
        ],
        "listed": len(form.listed),
        "library_size": form.library_size,
        "marks": form.marks,
        "pdf_fault": form.pdf_fault,
        "staff": form.staff,
    }
    return render("dti/case_law/packets.html", context)


def ready_screen(
    around: dict[str, Any], title: str, choice: Choice, addresses: Addresses, row: PacketRow | None = None
) -> SafeString:
    """The packet is there: the PDF of `row`, or without it the web page, which is made while it is downloaded."""
    context = {**_for_choice(around, title, choice, addresses), "row": row, "file_url": addresses.file if row else addresses.html}
    return render("dti/case_law/packets_ready.html", context)


def status_screen(
    around: dict[str, Any], title: str, choice: Choice, addresses: Addresses, row: PacketRow, waits: bool, may_try: bool
) -> SafeString:
    """The packet `row` is being made (`waits`), or could not be; `may_try` offers to try again."""
    context = {
        **_for_choice(around, title, choice, addresses),
        "row": row,
        "waits": waits,
        "text": progress_text(row) if waits else "",
        "may_try": may_try,
        "reason": "" if waits else REASONS.get(row.reason, REASONS["broken"]),
        "state_url": addresses.state,
    }
    return render("dti/case_law/packets_wait.html", context)


def state_piece(row: PacketRow) -> SafeString:
    """How far the packet is, for the script that waits: a few words, and the state beside them."""
    return render("dti/case_law/packets_state.html", {"row": row, "text": progress_text(row)})


def progress_text(row: PacketRow) -> str:
    """How far the packet `row` is, as a sentence."""
    if row.state == "waiting":
        return str(_("Waiting for its turn."))
    if row.done == 0:
        return str(_("Being made: getting ready."))
    if row.done > row.expected:
        return str(_("Being made: page {page}, nearly done.")).format(page=row.done)
    return str(_("Being made: page {page} of about {total}.")).format(page=row.done, total=row.expected)


def choice_refusal(code: str) -> str:
    """What to say to a choice of which no packet can be made (`packet.BadChoiceError.code`)."""
    sentences = {
        "which": _("Choose what should be in the packet."),
        "many": _("These are too many to choose one by one. Choose fewer, or take the whole library."),
    }
    return str(sentences.get(code) or _("Choose at least one authority."))


def no_pdf(is_staff: bool, reason: str) -> str:
    """A notice that there is no PDF; staff also see why."""
    message = str(_("The packet is not available as a PDF file at the moment. Please download it as a web page instead."))
    return f"{message} {reason}" if is_staff else message


def file_name(title: str, choice: Choice) -> str:
    """A file's name without its ending. One with notes says so, lest it be passed on by mistake."""
    own = slugify(_("with my notes")) or "personal"
    return "-".join([slugify(title)[:80] or "case-law", *([own] if choice.personal else [])])


def _for_choice(around: dict[str, Any], title: str, choice: Choice, addresses: Addresses) -> dict[str, Any]:
    return {
        **around,
        "packet_url": addresses.packet,
        "show_url": addresses.show,
        "make_url": addresses.make,
        "print_url": addresses.print,
        "html_url": addresses.html,
        "title": title,
        "choice": choice,
    }
