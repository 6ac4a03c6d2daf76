"""What an author may set in a case-law block: names of fields, and what the Studio form says of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

STUDIO_SETTINGS = (
    ("display_name", gettext_lazy("Title"), gettext_lazy("What learners see above the list.")),
    (
        "packet_title",
        gettext_lazy("Packet title"),
        gettext_lazy("The title on the cover of the packet. Empty: the title of the list."),
    ),
    (
        "complete_when",
        gettext_lazy("Complete when"),
        gettext_lazy("What a learner has to do with every authority of the list."),
    ),
    ("search", gettext_lazy("Search"), gettext_lazy("Learners may search the whole library.")),
    ("notes", gettext_lazy("Notes"), gettext_lazy("Learners may highlight, write private notes and set bookmarks.")),
    (
        "jurisdiction_panel",
        gettext_lazy("My jurisdiction"),
        gettext_lazy("Learners may choose their state, and see its circuit's test and its own statute first."),
    ),
    ("packets", gettext_lazy("Packets"), gettext_lazy("Learners may download the authorities as a file.")),
    ("agency_name", gettext_lazy("Agency"), gettext_lazy("Your agency's name on the cover of packets.")),
    (
        "agency_logo",
        gettext_lazy("Agency's logo"),
        gettext_lazy("A PNG or JPEG picture of the course's files for the cover, as /static/seal.png. Empty: none."),
    ),
)
COMPLETE_WHEN = (
    {"value": "opened", "display_name": gettext_lazy("Every authority was opened, or the packet was downloaded")},
    {"value": "any", "display_name": gettext_lazy("One authority was opened, or the packet was downloaded")},
    {"value": "ended", "display_name": gettext_lazy("Every authority was read to the end")},
    {"value": "checked", "display_name": gettext_lazy("Every authority's check question was answered rightly")},
)
