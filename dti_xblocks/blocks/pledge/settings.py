"""The settings of a pledge in Studio: field, label and help of each, in the order of the form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

STUDIO_SETTINGS = (
    ("display_name", gettext_lazy("Title"), gettext_lazy("What learners see above the pledge.")),
    (
        "weight",
        gettext_lazy("Points"),
        gettext_lazy("How many points signing gives. The subsection must be graded for them to count."),
    ),
    (
        "wording_label",
        gettext_lazy("Name of this version"),
        gettext_lazy("For people, such as “2027”. What counts as a version is the wording itself."),
    ),
    (
        "require_reading",
        gettext_lazy("Learners must read to the end first"),
        gettext_lazy(
            "They confirm at the end of the text that they have read it. When they opened it and for how long is recorded."
        ),
    ),
    (
        "allow_drawing",
        gettext_lazy("Learners may draw their signature"),
        gettext_lazy("Besides typing their name, which is always enough by itself."),
    ),
    (
        "offer_plan",
        gettext_lazy("Learners may put their plan on the certificate"),
        gettext_lazy("The plan of an activity “My plan” in this course, if they want. It becomes part of the signed record."),
    ),
    (
        "gate_block",
        gettext_lazy("Must be passed first"),
        gettext_lazy("The url_name of a subsection or problem of this course, such as m09-final-assessment. Empty: nothing."),
    ),
    ("gate_percent", gettext_lazy("Result needed there (percent)"), gettext_lazy("0 to 100.")),
    (
        "opens_on",
        gettext_lazy("Can be signed from"),
        gettext_lazy("A day (2027-01-15) or a time (2027-01-15T08:00), in UTC. Empty: at once."),
    ),
    (
        "valid_months",
        gettext_lazy("Months until it has to be signed again"),
        gettext_lazy("12 is yearly. 0: a signature does not run out."),
    ),
    (
        "remind_days",
        gettext_lazy("Days before its end when learners are reminded"),
        gettext_lazy("From then on they may sign again."),
    ),
    ("certificate_text", gettext_lazy("Text on the certificate"), gettext_lazy("Plain lines at the top of the signed PDF.")),
    (
        "agency_logo",
        gettext_lazy("Logo on the certificate"),
        gettext_lazy("A PNG or JPEG from Files, such as /static/seal.png."),
    ),
)
