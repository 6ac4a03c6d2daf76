"""The settings of a review as authors see them in Studio."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STUDIO_SETTINGS = (
    ("display_name", _("Title"), _("What learners see above the review.")),
    ("edit_days", _("Days for changes"), _("How many days a learner may change a review. 0: always.")),
    (
        "after_share",
        _("After how much of the course (%)"),
        _("Learners may write a review when they have completed so much of the course. 0: at once."),
    ),
    (
        "shows_ratings",
        _("Show learners the figures"),
        _("The average and how many gave how many stars, from five reviews on. Texts are never shown to learners."),
    ),
)
