"""Every unit and block of the course in the LMS, as learner, staff, and somebody who is not enrolled."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from typing import Any

from . import boot, courses, lessons, pages, words
from .outcome import Ledger
from .visitors import Answer, Visitor, unit_address

MODES = ("audit", "honor")


def course_key() -> Any:
    """The course that was imported."""
    from opaque_keys.edx.keys import CourseKey

    return CourseKey.from_string(json.loads((boot.work() / "course.json").read_text())["course"])


def publish(course: Any) -> None:
    """What the LMS does when Studio has published, and the course modes that an operator makes."""
    from common.djangoapps.course_modes.models import CourseMode
    from xmodule.modulestore.django import SignalHandler

    SignalHandler.course_published.send_robust(sender=None, course_key=course)
    for mode in MODES:
        CourseMode.objects.get_or_create(course_id=course, mode_slug=mode, defaults={"mode_display_name": mode})


def run(ledger: Ledger) -> None:
    """Ask for each unit and each block that holds no others."""
    course = course_key()
    publish(course)
    blocks = courses.tree(course)
    units, leaves = courses.of_kind(blocks, "vertical"), [block for block in blocks if not block.has_children]
    with ledger.part("Every unit and block in the LMS"):
        files: set[str] = set()
        people = {"a learner (honor)": Visitor("walker").enrolled(course), "a learner (audit)": Visitor("auditor").enrolled(course, "audit"),
                  "staff": Visitor("sergeant", staff=True)}  # fmt: skip
        for who, visitor in people.items():
            asked = units if "audit" in who else [*units, *leaves]
            found = {courses.usage(block): visitor.unit(courses.usage(block)) for block in asked}
            _pages(ledger, who, found)
            files |= set().union(*(pages.files(answer.text) for answer in found.values() if answer.status == 200))
        _figures(ledger, {courses.usage(block): courses.kind(block) for block in leaves}, people["a learner (honor)"])
        assets = lessons.fetched(people["staff"], files)
        ledger.same("every file that a page names is there", _missing(files, assets), [], f"{len(files)} files")
        lessons.in_lms(ledger, people["a learner (honor)"], blocks, assets)
        _spanish(ledger, people["a learner (honor)"], blocks)
        for who, visitor in {
            "somebody who is not enrolled": Visitor("outsider"),
            "a visitor who is not signed in": Visitor(),
        }.items():
            statuses = Counter(visitor.unit(courses.usage(block)).status for block in courses.of_kind(blocks, *courses.OURS))
            ledger.note(f"{who} sees no block", 200 not in statuses, dict(statuses))


def _pages(ledger: Ledger, who: str, found: dict[Any, Answer]) -> None:
    wrong = [f"{usage.block_id}: {answer.status} {'; '.join(answer.faults)}" for usage, answer in found.items()
             if answer.status != 200 or answer.faults]  # fmt: skip
    ledger.same(f"{who} sees every unit and block", wrong, [], f"{len(found)} pages")


def _figures(ledger: Ledger, kinds: dict[Any, str], visitor: Visitor) -> None:
    """What a block costs, on its own and warm: the second of two requests."""
    told = []
    for kind in dict.fromkeys(kinds.values()):
        warm = [visitor.unit(usage) for usage, each in kinds.items() if each == kind][:10]
        told.append(
            f"{kind} {statistics.median(each.queries for each in warm):.0f} SQL, "
            f"{1000 * statistics.median(each.seconds for each in warm):.0f} ms, "
            f"{statistics.median(len(each.body) for each in warm) / 1000:.1f} kB"
        )
    ledger.note("what a block costs", bool(told), "; ".join(told))


def _spanish(ledger: Ledger, visitor: Visitor, blocks: list[Any]) -> None:
    """One block of each of our kinds, asked for in Spanish."""
    texts = words.ours()
    for kind in courses.OURS:
        block = courses.of_kind(blocks, kind)[0]
        page = visitor.get(unit_address(courses.usage(block)), HTTP_ACCEPT_LANGUAGE="es-419,es;q=0.9,en;q=0.5")
        said = words.shown(page.text)
        spanish, english = said & set(texts.values()), sorted(said & set(texts))
        fine = page.status == 200 and not page.faults and len(spanish) >= words.FEW and not english
        ledger.note(f"{kind}: a page in Spanish is in Spanish", fine, f"{len(spanish)} texts; in English: {english or 'none'}")


def _missing(addresses: set[str], assets: dict[str, Answer]) -> list[str]:
    """Course assets that the LMS does not give, and files of blocks that collectstatic does not find. What the platform's own
    build makes for its pages is not looked for: it is not run here."""
    from django.contrib.staticfiles.finders import get_finder

    finder = get_finder("openedx.core.lib.xblock_pipeline.finder.XBlockPipelineFinder")
    collected = {f"/static/{storage.prefix}/{path}" for path, storage in finder.list([])}
    ours = {address for address in addresses if address.startswith("/static/xblock/resources/")}
    lost = ours - collected | {address for address, answer in assets.items() if answer.status not in (200, 206)}
    return sorted(lost)
