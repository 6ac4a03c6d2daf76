"""The page about a course for its staff: who may see it, and what it says of a learner who has passed."""

from __future__ import annotations

import csv
import io
from typing import Any

from . import pages, reading
from .doing import PRIVATE as OWN_WORDS
from .outcome import Ledger
from .signing import PRIVATE as SIGNED
from .visitors import Answer, Visitor

PAGES = ("", "/overview", "/roster", "/people.csv")
NEVER = (
    reading.PRIVATE["note"],
    reading.PRIVATE["search"],
    SIGNED["answer in the pledge"],
    SIGNED["review"],
    *OWN_WORDS.values(),
)


def look(ledger: Ledger, learner: Visitor, course: Any) -> None:
    """As somebody of the course's staff, who is no staff of the site."""
    base = f"/dti/course/{course}"
    others = {"a visitor": Visitor(), "a stranger": Visitor("stranger"), "a learner": learner}
    statuses = {who: sorted({visitor.get(base + name).status for name in PAGES}) for who, visitor in others.items()}
    ledger.same("only staff see the page about the course", statuses, {who: [403] for who in others})
    teacher = _staff_of(course)
    shown = {name: teacher.get(base + name) for name in PAGES}
    wrong = [
        f"{name or 'people'}: HTTP {one.status} {one.faults}" for name, one in shown.items() if one.status != 200 or one.faults
    ]
    costs = ", ".join(
        f"{name.strip('/') or 'people'} {one.queries} SQL, {1000 * one.seconds:.0f} ms" for name, one in shown.items()
    )
    ledger.same("the course's staff see the list, the overview, the roster, and the file", wrong, [], costs)
    ledger.same("the course that is not there", teacher.get("/dti/course/course-v1:No+No+No").status in (403, 404), True)
    _said(ledger, learner, shown)
    people = shown[""]
    for word, wanted in (("Reyes", True), ("nobody-of-this-name", False)):
        form = next(form for form in pages.forms(people.text) if "search" in form.names)
        found = teacher.send(people, "", only=form, search=word)
        fine = found.status == 200 and not found.faults and (learner.username in _cells(found)) == wanted
        ledger.note(f"searching for a name {'finds' if wanted else 'does not find'} the learner", fine, f"{found.queries} SQL")
    sealed = {one.headers.get("Cache-Control", "") for name, one in shown.items()}
    ledger.note("nothing of it is kept on the way", all("no-store" in each for each in sealed), ", ".join(sorted(sealed)))


def _said(ledger: Ledger, learner: Visitor, shown: dict[str, Answer]) -> None:
    rows = list(csv.reader(io.StringIO(shown["/people.csv"].text.lstrip("\ufeff"))))
    mine = next((row for row in rows if learner.username in row), [])
    ledger.note(
        "the file has a row of the learner, as wide as its head",
        bool(mine) and len(mine) == len(rows[0]),
        f"{len(rows) - 1} people, {len(rows[0])} columns",
    )
    listed = [name or "people" for name in ("", "/roster", "/people.csv") if learner.user.profile.name not in shown[name].text]
    ledger.same("list, roster and file have the learner's name", listed, [])
    told = [f"{name}: {word}" for name, one in shown.items() for word in NEVER if word in one.text]
    ledger.same("none of them has a note, an answer or a plan of a learner", told, [])


def _cells(page: Answer) -> str:
    """The rows of the list, without the form above, which repeats what was searched for."""
    return page.text.partition("<tbody")[2].partition("</tbody")[0]


def _staff_of(course: Any) -> Visitor:
    from common.djangoapps.student.roles import CourseStaffRole

    teacher = Visitor("teacher", name="Tom Teacher")
    CourseStaffRole(course).add_users(teacher.user)
    return teacher
