"""The settings of a film: what authors read of each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

STUDIO_SETTINGS: tuple[tuple[str, Any, Any], ...] = (
    ("display_name", _("Title"), _("What learners see above the film.")),
    (
        "complete_share",
        _("Percent to watch"),
        _("The film is complete when so much of it was watched and every question and decision is answered."),
    ),
    (
        "weight",
        _("Points in the grade"),
        _("What the answers count in the grade of a graded subsection. 0: they count nothing. The first answers count."),
    ),
)
