"""A learner takes the whole course in the LMS; then others try what is not theirs, and staff look at what there is."""

from __future__ import annotations

from typing import Any

from . import courses, logs, others, playing, reading, results, signing
from .outcome import Ledger
from .visitors import Visitor
from .walking import course_key, publish


def run(ledger: Ledger) -> None:
    """From the first scenario to the certificate. What is asserted of the result is what the course's own policy says."""
    course = course_key()
    publish(course)
    blocks = courses.tree(course)
    ana = Visitor("reyes", name="Ana Reyes").enrolled(course)
    with ledger.part("Scenarios"):
        for block in courses.of_kind(blocks, "dti_scenario"):
            playing.play(ledger, ana, block)
    with ledger.part("Case law"):
        for number, block in enumerate(courses.of_kind(blocks, "dti_case_law")):
            reading.read_all(ledger, ana, block)
            if number == 0:
                reading.use(ledger, ana, block)
    with ledger.part("Pledge"):
        for block in courses.of_kind(blocks, "dti_pledge"):
            signing.sign(ledger, ana, block)
    with ledger.part("Review"):
        for block in courses.of_kind(blocks, "dti_review"):
            signing.review(ledger, ana, block)
    with ledger.part("Questions, grade, completion, certificate"):
        results.take_the_rest(ledger, ana, blocks)
        results.outcome(ledger, ana, course, blocks)
    with ledger.part("Other people, and staff"):
        others.refused(ledger, course, blocks)
        others.staff(ledger, ana, blocks)
    with ledger.part("Tracking log"):
        _tracking(ledger)


def _tracking(ledger: Ledger) -> None:
    words: dict[str, Any] = {**reading.PRIVATE, **signing.PRIVATE}
    found = [name for name, word in words.items() if any(word in line for line in logs.TRACKED)]
    ledger.note("the tracking log is written", bool(logs.TRACKED), f"{len(logs.TRACKED)} lines")
    ledger.same("no private word of the learner is in it", found, [], ", ".join(words))
