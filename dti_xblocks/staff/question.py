"""What is asked of the list of people: whom to show, in which order, which page. It comes by a form that is posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from ..content import whole_number
from ..platform.staff_course import ACTIVE, GRADE, NAME, NOWHERE, OURS, USERNAME, StaffCourse, Wanted
from ..records.pledge import roster as pledge_roster
from ..records.scenario import people as played
from .parts import Parts
from .words import numbered

FAILED, UNSIGNED, SIGNED, SCENARIO = "failed", "unsigned", "signed", "scenario-"
LONGEST = 255


@dataclass(frozen=True)
class Question:
    """`show` is "", `FAILED`, `UNSIGNED` or `SCENARIO` with a number: who has not passed it. `last` is the number of a module
    (from 0) or `NOWHERE`. `order` is one of the platform's, `SIGNED` or `SCENARIO` with a number. `page` counts from 1."""

    show: str = ""
    last: int | None = None
    cohort: int | None = None
    search: str = ""
    order: str = USERNAME
    page: int = 1

    @property
    def narrow(self) -> bool:
        """True where not everybody is asked for."""
        return bool(self.show or self.search or self.last is not None or self.cohort is not None)

    def wanted(self, parts: Parts) -> Wanted:
        """The same for the course."""
        wanted = Wanted(search=self.search, cohort=self.cohort, last=self.last, order=self.order)
        if self.show == FAILED:
            wanted = replace(wanted, failed=True)
        elif self.show == UNSIGNED:
            wanted = replace(wanted, lacking=tuple(pledge_roster.counting(pledge.asked) for pledge in parts.pledges))
        elif self.show:
            one = parts.scenarios[_number(self.show)]
            wanted = replace(wanted, lacking=(played.passed(one.usage, one.pass_mark),))
        if self.order == SIGNED:
            wanted = replace(wanted, order=OURS, by=pledge_roster.newest(parts.pledges[0].usage))
        elif self.order.startswith(SCENARIO):
            wanted = replace(wanted, order=OURS, by=played.best(parts.scenarios[_number(self.order)].usage))
        return wanted


def question_of(form: Mapping[str, Any], course: StaffCourse, parts: Parts) -> Question:
    """What a form asks; a word that means nothing here is left out."""
    show, order, last = form.get("show", ""), form.get("order", ""), form.get("last", "")
    module = NOWHERE if last == "nowhere" else whole_number(last)
    return Question(
        show=show if show in {value for value, _title in shown(parts)} else "",
        last=module if module is not None and module < len(course.modules) else None,
        cohort=whole_number(form.get("cohort", "")),
        search=" ".join(str(form.get("search", "")).replace("\0", "").split())[:LONGEST],
        order=order if order in {value for value, _title in orders(parts)} else USERNAME,
        page=max(1, whole_number(form.get("page", ""), 6) or 1),
    )


def shown(parts: Parts) -> list[tuple[str, str]]:
    """(value, words) of the groups of people to choose from."""
    found = [("", _("Everybody")), (FAILED, _("Not passed: the course"))]
    for number, one in enumerate(parts.scenarios):
        found.append((f"{SCENARIO}{number}", _("Not passed: {title}").format(title=one.title)))
    return [*found, (UNSIGNED, _("Pledge not signed, or no longer valid"))] if parts.pledges else found


def orders(parts: Parts) -> list[tuple[str, str]]:
    """(value, words) of the orders to choose from."""
    found = [
        (USERNAME, _("Username")),
        (NAME, _("Name")),
        (GRADE, _("Course grade, lowest first")),
        (ACTIVE, _("Last active, longest ago first")),
    ]
    for number, one in enumerate(parts.scenarios):
        found.append((f"{SCENARIO}{number}", _("{title}, lowest first").format(title=one.title)))
    return [*found, (SIGNED, _("Pledge, oldest signature first"))] if parts.pledges else found


def lasts(course: StaffCourse) -> list[tuple[str, str]]:
    """(value, words) of the modules in which somebody may have stopped."""
    modules = [(str(number), numbered(number + 1, module.title)) for number, module in enumerate(course.modules)]
    return [("", _("Anywhere")), ("nowhere", _("Nowhere yet")), *modules]


def _number(value: str) -> int:
    return int(value.removeprefix(SCENARIO))
