"""What the packet's text is filled in with, counted from the course."""

from __future__ import annotations

import hashlib
from datetime import date

from ...case_law.library import library
from ..build import course_files
from ..documents import Table
from ..identity import identity
from ..inventory import Part, assessing, law, tables
from ..items.attacks import LIMIT
from ..model import OlxCourse
from ..report import said_of_minutes

LANGUAGES = {"en": "English", "es-419": "Spanish"}


def fingerprint(course: OlxCourse) -> str:
    """A number of all files of a course, in groups of four: it changes with every edit."""
    whole = hashlib.sha256()
    for path in sorted(course_files(course.root)):
        body = path.read_bytes()
        whole.update(f"{path.relative_to(course.root).as_posix()}\0{len(body)}\0".encode() + body)
    text = whole.hexdigest()[:16]
    return " ".join(text[start : start + 4] for start in range(0, 16, 4))


def words(course: OlxCourse, parts: list[Part]) -> dict[str, str]:
    """The words for the braces in packet.toml."""
    activities = [activity for part in parts for activity in part.activities]
    levels = [part.grade for part in parts if part.item.kind == "lesson" and part.grade is not None]
    tests = assessing.pools_of(parts)
    return {
        "title": identity(course.root).title,
        "hours": str(course.curriculum.hours),
        "scenarios": str(sum(activity.kind == "scenario" for activity in activities)),
        "activities": str(len(activities)),
        "activity_kinds": ", ".join(sorted({activity.kind for activity in activities})),
        "checks": str(sum(part.checks for part in parts)),
        "authorities": str(len(law.shipped(library()))),
        "tests": _tests(parts),
        "certificate": certificate(course),
        "questions": str(len(tables.questions(parts))),
        "drawn": str(sum(pool.drawn for _part, pool in tests)),
        "pass_mark": assessing.pass_mark(course),
        "limit": f"{LIMIT * 100:.0f}",
        "grade_low": f"{min(levels):.1f}" if levels else "–",
        "grade_high": f"{max(levels):.1f}" if levels else "–",
        "said_of_minutes": said_of_minutes(parts),
        "version": identity(course.root).version,
        "fingerprint": fingerprint(course),
    }


def _tests(parts: list[Part]) -> str:
    """The tests that count, in words: "7 module assessments, 3 scenarios and a final assessment"."""
    modules = sum(part.pool is not None and not part.is_final for part in parts)
    scenarios = sum(activity.kind == "scenario" for part in parts for activity in part.activities)
    said = [
        f"{count} {what}{'s' * (count > 1)}" for count, what in ((modules, "module assessment"), (scenarios, "scenario")) if count
    ]
    said += ["a final assessment"] * any(part.is_final for part in parts)
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def certificate(course: OlxCourse) -> str:
    """What the certificate says of the course, as the policy has it; "" where there is none."""
    try:
        return str(course.settings["certificates"]["certificates"][0]["description"])
    except (KeyError, IndexError, TypeError):
        return ""


def summary(course: OlxCourse, on: date) -> Table:
    """The course in a table, for the first page."""
    said = identity(course.root)
    language = str(course.settings.get("language") or "")
    rows = (
        ("Course title", said.title),
        ("Course number", said.number),
        ("Hours", f"{course.curriculum.hours} ({course.curriculum.minutes} minutes)"),
        ("Type of delivery", "Online, self-paced, no instructor present, on Open edX"),
        ("Language", LANGUAGES.get(language, language)),
        ("Modules, items", f"{len(course.curriculum.modules)}, {sum(len(module.items) for module in course.curriculum.modules)}"),
        ("Pass mark", f"{assessing.pass_mark(course)} of the course grade"),
        ("Version of the content", said.version),
        ("Fingerprint of the content", fingerprint(course)),
        ("Revision date of this packet", f"{on:%B} {on.day}, {on.year}"),
    )
    return Table("The course", ("Field", "Entry"), rows, (34, 66))


def question_list(parts: list[Part]) -> Table:
    """Every question by name, without wording and answers."""
    rows = [
        (question.name, question.outcome, question.lesson, question.kind, question.difficulty, question.source)
        for question in tables.questions(parts)
    ]
    return Table(
        caption="Questions, with the outcome that each measures, the lesson that teaches it, and the authority that decides it",
        head=("Question", "Outcome", "Lesson", "Kind", "Difficulty", "Source"),
        rows=tuple(rows),
        widths=(19, 9, 25, 11, 10, 26),
    )
