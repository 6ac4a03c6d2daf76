"""The keys of the scenario's editor, and what they do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def shortcuts() -> list:
    """Keys, and what they do. The first ones are for the map, see `shortcutsOnMap`."""
    return [
        ["→", _("follow the first arrow")],
        ["←", _("go back to where an arrow comes from")],
        ["↑ / ↓", _("go to the box above or below")],
        [_("Home / End"), _("go to the start, to the last ending")],
        [_("Enter / Space"), _("edit the box")],
        [pgettext("a key", "Delete"), _("delete the box; you can undo it")],
        [_("Shift+→ / Shift+↓"), _("move the box")],
        ["N / E", _("new scene, new ending")],
        ["P", _("play from here")],
        ["+ / - / 0", _("zoom in, zoom out, fit")],
        ["T", _("tidy up")],
        ["/ / ?", _("find, help")],
        ["Ctrl+Z", _("undo (in a text field: undo typing)")],
        ["Ctrl+Y / Ctrl+Shift+Z", _("redo")],
        ["Ctrl+S", _("save")],
        ["Esc", _("close a dialog")],
    ]
