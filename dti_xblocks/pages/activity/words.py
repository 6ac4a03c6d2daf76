"""What an activity says in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...activity.model import FLIP, MATCH, ORDER, SPOT


def result(kind: str, right: int, count: int, done: bool, revealed: bool) -> str:
    """The sentence above the cards after a try."""
    sentence: str
    if revealed:
        sentence = {ORDER: _("Here is the right order."), SPOT: _("Here is what there was to find.")}.get(
            kind, _("Here is where they belong.")
        )
    elif done:
        sentence = {
            ORDER: _("That is the right order."),
            MATCH: _("All pairs are right."),
            SPOT: _("You have found everything."),
            FLIP: _("You have turned all of them."),
        }.get(kind, _("Everything is in its place."))
    elif kind == SPOT:
        sentence = ngettext("{right} of {count} found.", "{right} of {count} found.", count)
    elif kind == FLIP:
        sentence = ngettext("{right} of {count} turned.", "{right} of {count} turned.", count)
    else:
        sentence = ngettext(
            "{right} of {count} is right. Move the others, and check again.",
            "{right} of {count} are right. Move the others, and check again.",
            right,
        )
    return sentence.format(right=right, count=count)


def unavailable(for_staff: bool) -> str:
    """That the records cannot be reached, with what staff need to know to have it mended."""
    if for_staff:
        return str(
            _(
                "Activities cannot be kept: the records of dti-xblocks are not set up in this installation's database. "
                "Its operator has to run the migrations of dti_records."
            )
        )
    return str(_("This activity cannot be done right now. Please come back later, or tell your course staff."))
