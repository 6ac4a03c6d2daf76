"""What the script of the block says."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Beside those of all blocks, by the names that the script knows."""
    return {
        "copied": _("Citation copied."),
        "notCopied": _("The citation could not be copied. Select it and copy it by hand."),
        "highlight": _("Highlight"),
        "writeNote": _("Write a note"),
        "selected": _("Words selected. Buttons to highlight them or to write a note follow the text."),
        "highlighted": _("Highlighted."),
        "linkCopied": _("Link copied."),
        "linkInAddress": _("The link is in the address bar."),
        "tools": _("For the selected words"),
        "chosen": _("Selected: {words}"),
        "loading": _("Loading…"),
    }
