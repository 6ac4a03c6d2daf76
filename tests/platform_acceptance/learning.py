"""A learner takes the whole course in the LMS; then others try what is not theirs, and staff look at what there is."""

from __future__ import annotations

from typing import Any

from . import courses, doing, filming, logs, more, operating, others, playing, reading, results, signing, staffing
from .outcome import Ledger
from .visitors import Visitor
from .walking import course_key, publish


def run(ledger: Ledger) -> None:
    """From the first scenario to the certificate. What is asserted of the result is what the course's own policy says."""
    course = course_key()
    publish(course)
    blocks = courses.tree(course)
    ana = Visitor("reyes", name="Ana Reyes").enrolled(course)
    ben = Visitor("okafor", name="Ben Okafor").enrolled(course)
    with ledger.part("Scenarios"):
        for block in courses.of_kind(blocks, "dti_scenario"):
            playing.play(ledger, ana, block)
    with ledger.part("Case law"):
        for number, block in enumerate(courses.of_kind(blocks, "dti_case_law")):
            reading.read_all(ledger, ana, block)
            if number == 0:
                reading.use(ledger, ana, block)
    with ledger.part("Activities"):
        acts = courses.of_kind(blocks, "dti_activity")
        doing.do_all(ledger, ana, acts)
        doing.give_up(ledger, ben, next(block for block in acts if block.activity == "sort"))
    with ledger.part("Films"):
        films = courses.of_kind(blocks, "dti_video")
        filming.watch_all(ledger, ana, films)
        filming.by_stills(ledger, ben, next(block for block in films if courses.usage(block).block_id == more.FILM))
    with ledger.part("Pledge"):
        for block in courses.of_kind(blocks, "dti_pledge"):
            if block.valid_months:
                signing.for_a_time(ledger, ana, ben, block)
            else:
                signing.sign(ledger, ana, block)
    with ledger.part("Review"):
        for block in courses.of_kind(blocks, "dti_review"):
            signing.review(ledger, ana, block)
    with ledger.part("Questions, grade, completion, certificate"):
        results.drawn(ledger, ana, course, blocks)
        results.take_the_rest(ledger, ana, blocks)
        results.outcome(ledger, ana, course, blocks)
    with ledger.part("Other people, and staff"):
        others.refused(ledger, course, blocks)
        others.staff(ledger, ana, blocks)
    with ledger.part("The staff's page of the course"):
        staffing.look(ledger, ana, course)
    with ledger.part("Commands of operators in the LMS"):
        operating.in_lms(ledger, course)
        operating.reminded(ledger, ana)
    with ledger.part("Tracking log"):
        _tracking(ledger)


def _tracking(ledger: Ledger) -> None:
    words: dict[str, Any] = {**reading.PRIVATE, **signing.PRIVATE, **doing.PRIVATE}
    found = [name for name, word in words.items() if any(word in line for line in logs.TRACKED)]
    ledger.note("the tracking log is written", bool(logs.TRACKED), f"{len(logs.TRACKED)} lines")
    ledger.same("no private word of the learner is in it", found, [], ", ".join(words))
