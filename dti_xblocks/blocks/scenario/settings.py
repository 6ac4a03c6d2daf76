"""The settings of a scenario: what there is to choose from, and what authors read of each."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from ...scenario import results
from ...scenario.model import SCORED

PASS_MARK = 70  # percent
CHOICES, ENDINGS, BOTH = SCORED

SCORE_BY: list[dict[str, Any]] = [
    {"display_name": gettext_lazy("the choices"), "value": CHOICES},
    {"display_name": gettext_lazy("the ending"), "value": ENDINGS},
    {"display_name": gettext_lazy("the choices and the ending"), "value": BOTH},
]
COUNTED: list[dict[str, Any]] = [
    {"display_name": gettext_lazy("the best"), "value": results.BEST},
    {"display_name": gettext_lazy("the latest"), "value": results.LATEST},
    {"display_name": gettext_lazy("the first"), "value": results.FIRST},
]
CLOCK_RULE: list[dict[str, Any]] = [
    {"display_name": gettext_lazy("the learner decides before the start"), "value": "learner"},
    {"display_name": gettext_lazy("the time as written"), "value": "on"},
    {"display_name": gettext_lazy("ten times the time"), "value": "extended"},
    {"display_name": gettext_lazy("no clock"), "value": "off"},
]
PASSED, FINISHED = "passed", "finished"
COMPLETES: list[dict[str, Any]] = [
    {"display_name": gettext_lazy("a run that passes"), "value": PASSED},
    {"display_name": gettext_lazy("any run to an ending"), "value": FINISHED},
]
PRACTICE, COUNTS = "practice", "counts"
REPLAYS: list[dict[str, Any]] = [
    {"display_name": gettext_lazy("as practice, and never counts"), "value": PRACTICE},
    {"display_name": gettext_lazy("as a try that counts"), "value": COUNTS},
]

STUDIO_SETTINGS = (
    ("display_name", gettext_lazy("Title"), gettext_lazy("Shown above the scenario.")),
    ("weight", gettext_lazy("Weight"), gettext_lazy("Points this scenario counts in the grade.")),
    (
        "pass_mark",
        gettext_lazy("Pass mark (%)"),
        gettext_lazy("Percent of the strongest path's points from which the review says “passed”."),
    ),
    ("score_by", gettext_lazy("The score counts"), gettext_lazy("Points may stand on choices, on endings, or on both.")),
    ("max_tries", gettext_lazy("Tries"), gettext_lazy("How often a learner may play it. 0 means any number of times.")),
    ("counted", gettext_lazy("Run that counts"), gettext_lazy("Which finished run goes into the grade.")),
    (
        "completes",
        gettext_lazy("Complete after"),
        gettext_lazy("When the course shows this part as complete. Who has used all tries is complete, too."),
    ),
    (
        "clock_rule",
        gettext_lazy("Scenes with a clock"),
        gettext_lazy("Learners may need more time, or no clock at all. Neither costs them points."),
    ),
    (
        "replays",
        gettext_lazy("Replay from the turn"),
        gettext_lazy("How it is taken when a learner plays again only from the decision at which the run turned."),
    ),
    (
        "first_acts",
        gettext_lazy("Tell what others did first"),
        gettext_lazy(
            "After a decision, learners read how many of the others stepped in there in their first run. It is told from ten "
            "finished first runs on, in round figures, where some choices are on a level and others are on none."
        ),
    ),
)
