"""What the film says in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ...video.model import EARLY, IN_TIME, LATE, NEVER, TOO_LATE
from ...video.viewing import RIGHT, WRONG


def result_words(result: str) -> str:
    """A result in words: "Too early", "Right"."""
    words = {
        EARLY: _("Too early"),
        IN_TIME: _("In time"),
        LATE: _("Late"),
        TOO_LATE: _("Too late"),
        NEVER: _("You did not step in"),
        RIGHT: _("Right"),
        WRONG: _("Not right"),
    }
    return str(words.get(result, result))


def result_heading(result: str) -> str:
    """The same for tables about many people."""
    return str(_("Never stepped in")) if result == NEVER else result_words(result)


def tone(result: str) -> str:
    """How a result is marked: good, mixed or bad. The words say it, too."""
    return {RIGHT: "good", IN_TIME: "good", LATE: "mixed", EARLY: "mixed"}.get(result, "bad")


def unavailable(for_staff: bool) -> str:
    """That the records cannot be reached, with what staff need to know to have it mended."""
    if for_staff:
        return str(
            _(
                "What is watched cannot be kept: the records of dti-xblocks are not set up in this installation's database. "
                "Its operator has to run the migrations of dti_records."
            )
        )
    return str(_("The film cannot be shown right now. Please come back later, or tell your course staff."))
