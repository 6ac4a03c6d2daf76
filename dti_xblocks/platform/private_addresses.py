"""Addresses of ours at which people send or get private words: what the tracking log must not have.

`SAMPLES` has one of each shape in which the LMS gives them, to try patterns on.
"""

from __future__ import annotations

HANDLERS = {
    "dti_scenario": ("choose", "pdf"),
    "dti_case_law": ("mark_add", "find", "packet"),
    "dti_pledge": ("sign", "pdf", "staff"),
    "dti_review": ("submit",),
}
COURSE = "course-v1:Academy+DTI101+2026"
BLOCK = "block-v1:Academy+DTI101+2026+type@{kind}+block@one"

SAMPLES = (
    "/dti/verify",
    "/dti/verify/",
    *(
        f"/courses/{COURSE}/xblock/{BLOCK.format(kind=kind)}/handler/{handler}"
        for kind, handlers in HANDLERS.items()
        for handler in handlers
    ),
)
