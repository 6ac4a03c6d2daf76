"""The report about a course, for people who judge it: everything in it is counted from the course's own files.

`dti-course report` writes it. It holds no date and no figure of the machine, so that the same course gives the same report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ..case_law.library import library
from ..content import ERROR
from . import minutes
from .documents import Bullets, Document, Heading, Note, Paragraph, Table
from .documents import Part as Piece
from .identity import identity
from .inventory import Part, assessing, law, parts, reading, tables
from .items.attacks import LIMIT
from .model import OlxCourse
from .rules import check

UNDATED = date(2026, 1, 1)  # Markdown shows no date
PICTURE = re.compile(r"<img\b[^>]*>|<image\b[^>]*>")


def report(course: OlxCourse) -> Document:
    """The whole report."""
    found = parts(course)
    title = identity(course.root).title or "Course"
    return Document(f"{title}: the course in figures", title, UNDATED, tuple(_pieces(course, found)))


def _pieces(course: OlxCourse, found: list[Part]) -> Iterator[Piece]:
    yield Paragraph(
        "This page is written by a command, dti-course report, from the files of the course, and a test fails when it is out of "
        "date. Nothing on it is estimated by hand. It is for people who have to judge the course: training coordinators, "
        "standards boards, reviewers."
    )
    yield Heading("At a glance")
    yield glance(course, found)
    yield Heading("Minutes and reading level")
    yield Paragraph(said_of_minutes(found))
    yield tables.minutes(found)
    yield Paragraph("How minutes are counted. Nobody has been timed: this is a model, and these are its rules.")
    yield Bullets(tuple(sentences(minutes.METHOD)))
    yield Note(reading.METHOD)
    yield Heading("Hourly distribution", 2)
    yield tables.hours(found)
    yield Heading("Outline")
    yield tables.contents(course.curriculum, found)
    yield Heading("Outcomes, objectives, activities, questions")
    yield tables.outcomes(course.curriculum, found)
    yield Paragraph(
        "Each question names one outcome and the lesson that teaches its answer. So a question stands beside all objectives of "
        "that lesson with that outcome: it is not tied to a single one of them."
    )
    yield tables.goals(found)
    yield Heading("Tests")
    yield from tests(course, found)
    yield Heading("Law and research")
    yield from authorities(found)
    yield Heading("Pictures, drawings and films")
    yield media(course)
    yield Heading("What the course tool finds")
    yield Paragraph(_said_of_problems(course))


def glance(course: OlxCourse, found: list[Part]) -> Table:
    """The course in a dozen figures."""
    units = [unit for part in found for unit in part.units]
    asked = tables.questions(found)
    activities = [activity for part in found for activity in part.activities]
    kinds = sorted({activity.kind for activity in activities})
    drawn = sum(part.pool.drawn for part in found if part.pool)
    figures = (
        ("Hours claimed", str(course.curriculum.hours)),
        ("Modules, items, pages", f"{len(course.curriculum.modules)}, {len(found)}, {len(units)}"),
        ("Outcomes, objectives of lessons", f"{len(course.curriculum.outcomes)}, {sum(len(part.goals) for part in found)}"),
        ("Activities and scenarios", f"{len(activities)} ({', '.join(kinds)})"),
        ("Check questions, not graded", str(sum(part.checks for part in found))),
        ("Questions that count: in the banks, drawn for a learner", f"{len(asked)}, {drawn}"),
        ("Decisions in scenarios, on the strongest path", str(sum(part.decisions for part in found))),
        ("Pass mark", assessing.pass_mark(course)),
        ("Authorities and studies in the library", str(len(law.shipped(library())))),
        ("Reading level of lessons, Flesch-Kincaid grade", _levels(found)),
    )
    return Table("", ("What", "How much"), figures, (60, 40))


def _levels(found: list[Part]) -> str:
    levels = [part.grade for part in found if part.item.kind == "lesson" and part.grade is not None]
    return f"{min(levels):.1f} to {max(levels):.1f}" if levels else ""


def said_of_minutes(found: list[Part]) -> str:
    """How the minutes that are claimed stand to those that are counted."""
    whole = sum((part.time for part in found), minutes.Time())
    planned = sum(part.item.minutes for part in found)
    off = [f"{each.number} {each.item.title}" for each in found if minutes.off(each.item, each.time)]
    return (
        f"The outline claims {planned} minutes. Counted are {whole.usual:.0f} for somebody who reads {minutes.USUAL} words a "
        f"minute, and {whole.minutes(minutes.SLOW):.0f} for one who reads {minutes.SLOW}. "
        + (
            f"More than {minutes.OFF:.0%} and half a minute from the outline: {'; '.join(off)}."
            if off
            else f"No item is more than {minutes.OFF:.0%} and half a minute away from the outline."
        )
    )


def sentences(method: str) -> Iterator[str]:
    """The rules of `minutes.METHOD`, one by one."""
    return (" ".join(one.split()) for one in re.split(r"(?<=\.)\n", method))


def tests(course: OlxCourse, found: list[Part]) -> Iterator[Piece]:
    """What counts, what is drawn, and how far somebody comes who has read nothing."""
    yield assessing.weights(course)
    yield assessing.assessments(course, found)
    asked = tables.questions(found)
    sourced = {one.source for one in asked if one.source in library()}
    yield Paragraph(
        f"The pass mark is {assessing.pass_mark(course)} of the course grade. Each question has feedback on every answer, an "
        "explanation, an outcome, a lesson, a difficulty, and the authority that decides it or the lesson that teaches the "
        f"skill; {len(sourced)} different authorities decide questions."
    )
    yield Heading("Can the tests be passed without reading?", 2)
    yield Paragraph(
        "Every test is attacked by strategies that look only at how the answers are worded: the longest, the one with most "
        "clauses, without absolutes, with a quotation, always the second, and combinations. The table has the best of them for "
        "each test. "
        f"The course is refused when one earns more than {LIMIT * 100:.0f} points of 100 over guessing."
    )
    yield assessing.by_form(found)
    yield assessing.scenarios(course)


def authorities(found: list[Part]) -> Iterator[Piece]:
    """The library in figures, and what was looked for."""
    yield law.kinds(library(), found)
    yield Note(
        "“In part” means that something in the entry could not be confirmed; the entry itself says what. “In lessons or "
        "questions” counts entries that a page links or that decide a question; lists of case law in the modules show them all."
    )
    yield law.places(library())


def media(course: OlxCourse) -> Table:
    """Pictures with their words, drawings, films."""
    pages = [course.text(name) for name in course.files if name in course.used and name.endswith((".html", ".xml"))]
    pictures = [tag for text in pages for tag in PICTURE.findall(text)]
    described = sum(re.search(r"\balt=[\"'][^\"']", tag) is not None for tag in pictures)
    long = sum(text.count('class="dti-picture"') for text in pages)
    films = course.blocks("dti_video", "video")
    rows = (
        ("Pictures shown, pages and scenes together", str(len(pictures))),
        ("of these with alternative text", str(described)),
        ("Pictures of pages with a long description", str(long)),
        ("Information graphics, each with the same text as a list", str(sum(text.count("data-graphic=") for text in pages))),
        ("Films", str(len(films))),
        ("Captions of films", str(sum(len(list(film.node.iter("captions"))) for film in films))),
    )
    return Table("", ("What", "Number"), rows, (80, 20), frozenset([1]))


def _said_of_problems(course: OlxCourse) -> str:
    problems = list(check(course))
    errors = sum(problem.severity == ERROR for problem in problems)
    return (
        f"dti-course validate finds {errors} errors and {len(problems) - errors} warnings. Its rules cover structure, names, "
        "links, grading, the skeleton of lessons, minutes, wording of questions, pictures, scenarios, activities, reading lists "
        "and the pledge."
    )
