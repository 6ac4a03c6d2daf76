"""What an author may set in an activity: names of fields, and what the Studio form says of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ...activity.model import FLIP, MATCH, ORDER, PLAN, REFLECT, SAY, SORT, SPOT

ACTIVITIES = [
    {"value": SORT, "display_name": _("Sort: cards into groups")},
    {"value": ORDER, "display_name": _("Order: cards in a row")},
    {"value": MATCH, "display_name": _("Match: pairs")},
    {"value": FLIP, "display_name": _("Flip: cards with two sides")},
    {"value": SPOT, "display_name": _("Spot: signs in a picture")},
    {"value": REFLECT, "display_name": _("Reflect: a private note")},
    {"value": SAY, "display_name": _("Say it: one's own words beside model lines")},
    {"value": PLAN, "display_name": _("My plan: if …, then …")},
]

STUDIO_SETTINGS = (
    ("display_name", _("Title"), _("What learners see above the activity.")),
    ("activity", _("Kind"), _("What learners do. Cards and texts stay when you choose another.")),
    (
        "weight",
        _("Points in the grade"),
        _("0, as a rule: an activity is for practice. The best try counts; answers that were shown do not."),
    ),
    (
        "graded_tries",
        _("Tries that count"),
        _("With points: the best of so many first tries counts, and learners are told. 0: the best of all."),
    ),
    (
        "earlier",
        _("Plan to come back to"),
        _("For “My plan”: the url_name of the activity in which the plan was made. It is shown again here. Empty: none."),
    ),
)
