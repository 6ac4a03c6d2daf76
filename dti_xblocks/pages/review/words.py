"""What the review says in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...review import model


def star_words(stars: int) -> str:
    """How many stars, in words: "1 star", "4 stars"."""
    return str(ngettext("{count} star", "{count} stars", stars)).format(count=stars)


def drawn(stars: int) -> str:
    """The stars as a picture; screen readers get `star_words`."""
    return "★" * stars + "☆" * (model.STARS[-1] - stars)


def unavailable(for_staff: bool) -> str:
    """That the records cannot be reached, with what staff need to know to have it mended."""
    if for_staff:
        return str(
            _(
                "Reviews cannot be kept: the records of dti-xblocks are not set up in this installation's database. "
                "Its operator has to run the migrations of dti_records."
            )
        )
    return str(_("Reviews cannot be sent right now. Please come back later, or tell your course staff."))
