"""What the views answer: HTML pages of their own, which need no script and nothing from another address."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .. import PUBLIC
from ..pages.review.words import star_words
from ..platform import clock
from ..platform.open_course import address
from ..platform.staff_course import StaffCourse
from ..records.pledge.rows import ListedRow
from ..templating import render
from ..templating.dates import day_text, moment_text
from ..templating.listing import Pages, short_number
from . import words
from .overview import NEWEST, Weak
from .parts import Parts
from .people import Person, Run
from .question import Question, lasts, orders, shown

CSS = Path(__file__).parent.parent / "web" / PUBLIC / "css"
SHEETS = ("dti.css", "staff/page.css")
POLICY = "default-src 'none'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

Answer = TypeVar("Answer", bound=HttpResponseBase)


@dataclass(frozen=True)
class Listed:
    """One page of the list, `size` long: the `people` on it, of `total` who were asked for. `page` counts from 1."""

    question: Question
    people: Sequence[Person]
    total: int
    page: int
    size: int


def people(request: HttpRequest, course: StaffCourse, parts: Parts, listed: Listed) -> HttpResponse:
    """The list."""
    form, table = _form(course, parts, listed.question), _table(course, parts, listed.people)
    return html_answer("people", {**frame(request, course, "people"), **form, **table, **_place(listed)})


def roster(request: HttpRequest, course: StaffCourse, parts: Parts, listed: Listed) -> HttpResponse:
    """The same people for the training file."""
    form, table = _form(course, parts, listed.question), _table(course, parts, listed.people)
    for number, row in enumerate(table["people"], start=(listed.page - 1) * listed.size + 1):
        row["number"] = short_number(number)
    kept = [(name, option["value"]) for name, options in (("last", form["lasts"]), ("cohort", form["cohorts"]))
            for option in options if option["chosen"]]  # fmt: skip
    printed = {"asked": _in_words(form), "made": moment_text(clock.now()), "hidden": kept}
    return html_answer("roster", {**frame(request, course, "roster"), **form, **table, **_place(listed), **printed})


def overview(
    request: HttpRequest,
    course: StaffCourse,
    question: Question,
    numbers: dict[str, int],
    decided: tuple[int, list[Weak]],
    answered: tuple[int, list[Weak]],
) -> HttpResponse:
    """Numbers, and what was hardest."""
    everybody = numbers[""]
    facts = [
        (_("People enrolled"), short_number(everybody), ""),
        (_("Passed the course"), *_of(everybody - numbers["failed"], everybody)),
    ]
    if "unsigned" in numbers:
        facts.append((_("Have a valid pledge"), *_of(everybody - numbers["unsigned"], everybody)))
    looked = {
        "facts": facts,
        "runs": short_number(decided[0]),
        "decisions": decided[1],
        "answerers": short_number(answered[0]),
        "questions": answered[1],
        "newest": short_number(NEWEST),
        "cohorts": cohort_options(course, question.cohort),
        "did_choose": _("took a strongest choice"),
        "did_answer": _("of the points"),
    }
    return html_answer("overview", {**frame(request, course, "overview"), **looked})


def refusal(message: str, status: int) -> HttpResponse:
    """A page that says why there is none."""
    return html_answer("refusal", {"title": _("Course page for staff"), "message": message}, status)


def private(response: Answer) -> Answer:
    """`response` with what keeps it to whoever asked."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def html_answer(name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of its own, from the template of that name."""
    style, digest = _style()
    response = HttpResponse(render(f"dti/staff/{name}.html", {**context, "style": style}), status=status)
    response["Content-Security-Policy"] = f"style-src '{digest}'; {POLICY}"
    response["X-Frame-Options"] = "DENY"
    return private(response)


@functools.cache
def _style() -> tuple[SafeString, str]:
    """The style sheets and their hash for the CSP. They are in the page itself, which so needs no file of any site's."""
    text = "\n" + "\n".join((CSS / name).read_text(encoding="utf-8") for name in SHEETS)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return mark_safe(text), f"sha256-{digest}"  # noqa: S308 - our own files


def frame(request: HttpRequest, course: StaffCourse, here: str) -> dict[str, Any]:
    """What all pages about `course` have around what they say; `here` is the name of the page."""
    base = address(course.key)
    tabs = [
        ("people", _("People"), base),
        ("overview", _("Overview"), f"{base}/overview"),
        ("training", _("Training records"), f"{base}/training"),
    ]
    return {
        "title": {name: title for name, title, _address in tabs}.get(here, _("Training roster")),
        "course_title": course.title,
        "course_key": course.key,
        "tabs": [{"title": title, "address": to, "here": name == here} for name, title, to in tabs],
        "people_url": base,
        "roster_url": f"{base}/roster",
        "csv_url": f"{base}/people.csv",
        "overview_url": f"{base}/overview",
        "training_url": f"{base}/training",
        "csrf_token": get_token(request),
    }


def _form(course: StaffCourse, parts: Parts, question: Question) -> dict[str, Any]:
    last = "" if question.last is None else "nowhere" if question.last < 0 else str(question.last)
    return {
        "question": question,
        "shown": _options(shown(parts), question.show),
        "lasts": _options(lasts(course), last),
        "orders": _options(orders(parts), question.order),
        "cohorts": cohort_options(course, question.cohort),
    }


def cohort_options(course: StaffCourse, chosen: int | None) -> list[dict[str, Any]]:
    """The cohorts to choose from; none where the course has none."""
    found = [(str(one.id), one.name) for one in course.cohorts()]
    return _options([("", _("All")), *found], "" if chosen is None else str(chosen)) if found else []


def _options(choices: list[tuple[str, str]], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "title": title, "chosen": value == chosen} for value, title in choices]


def _in_words(form: dict[str, Any]) -> list[tuple[str, str]]:
    """What was asked for, for the paper: only what narrows it."""
    asked = [
        (label, option["title"])
        for label, name in ((_("People"), "shown"), (_("Last worked in"), "lasts"), (_("Cohort"), "cohorts"))
        for option in form[name]
        if option["chosen"] and option["value"]
    ]
    search = form["question"].search
    return [*asked, (_("Name contains"), search)] if search else asked


def _place(listed: Listed) -> dict[str, Any]:
    pages = Pages.of(listed.total, listed.size, listed.page, str)
    return {"found": short_number(listed.total), "pages": pages, "before": pages.before, "after": pages.after}


def _table(course: StaffCourse, parts: Parts, found: Sequence[Person]) -> dict[str, Any]:
    return {
        "scenarios": [part.title for part in parts.scenarios],
        "categories": list(course.categories),
        "pledges": [part.title for part in parts.pledges],
        "with_cohorts": any(person.cohort for person in found),
        "with_reviews": bool(parts.reviews),
        "with_lists": bool(parts.lists),
        "activities": len(parts.activities),
        "films": len(parts.films),
        "modules": len(course.modules),
        "people": [_row(course, person) for person in found],
    }


def _row(course: StaffCourse, person: Person) -> dict[str, Any]:
    facts = person.facts
    return {
        "name": person.who.full_name or person.who.username,
        "username": person.who.username if person.who.full_name else "",
        "cohort": person.cohort,
        "modules": facts.modules,
        "last": words.last_module(course, person),
        "active": day_text(facts.last_at) if facts.last_at else "",
        "runs": [_run(run) for run in person.runs],
        "shares": [_category(course, person, name) for name in course.categories],
        "grade": words.share(facts.percent),
        "passed": facts.passed,
        "signed": [_signed(row) for row in person.signatures],
        "stars": "" if person.stars is None else person.stars,
        "star_words": "" if person.stars is None else star_words(person.stars),
        "read": person.read,
        "acted": person.acted,
        "watched": person.watched,
        "answered": person.answered,
    }


def _run(run: Run | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {"best": words.best(run), "passed": run.passed, "tries": words.tries(run), "turned": words.turned(run)}


def _signed(row: ListedRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    word = words.statuses()[row.status]
    return {"code": row.code, "day": day_text(row.signed_at), "status": row.status, "word": word}


def _category(course: StaffCourse, person: Person, name: str) -> dict[str, Any]:
    average, begun = person.facts.shares.get(name, (None, 0))
    return {"average": words.share(average), "begun": begun, "all": course.categories[name]}


def _of(number: int, total: int) -> tuple[str, str]:
    """A number, and its share of `total`."""
    return short_number(number), f"{100 * number // total}%" if total else ""
