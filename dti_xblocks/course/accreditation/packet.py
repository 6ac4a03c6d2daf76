"""The packet as a document: the sections of packet.toml with their tables, and what the chosen body asks."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from ...case_law.library import library
from .. import minutes
from ..documents import Blanks, Break, Bullets, Document, Heading, Note, Paragraph, Table
from ..documents import Part as Piece
from ..identity import identity
from ..inventory import Part, assessing, law, parts, tables
from ..model import OlxCourse
from ..report import sentences
from . import facts
from .profiles import Profile

PACKET = Path(__file__).with_name("packet.toml")
FINAL_ONLY = "[final] "
PROVIDER = ("Provider or presenter, and its number", "Contact: name, title, telephone, e-mail", "Address where the course runs")


def packet(course: OlxCourse, profile: Profile, on: date) -> Document:
    """The packet for `profile`, revised on the day `on`. The same course, profile and day give the same document."""
    sections = tomllib.loads(PACKET.read_text(encoding="utf-8"))["sections"]
    title = f"{identity(course.root).title}: accreditation packet"
    if profile.asks:
        title += f" for {profile.body}"
    running = f"{identity(course.root).title} · accreditation packet · revised {on.isoformat()}"
    writer = _Writer(course, parts(course), on)
    pieces = list(writer.section(sections[0], 1))
    pieces += list(writer.section(sections[1], 2))
    pieces += list(_asked(profile, _numbers(sections), writer.said))
    for number, section in list(_numbered(sections))[2:]:
        pieces += list(writer.section(section, number))
    return Document(title, running, on, tuple(pieces))


def _numbered(sections: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    return enumerate(sections, start=1)


def _numbers(sections: list[dict[str, Any]]) -> dict[str, str]:
    """How each section is cited, by its id."""
    return {
        one["id"]: one["heading"].partition(".")[0] if one.get("annex") else f"{number}. {one['heading']}"
        for number, one in _numbered(sections)
    }


def _asked(profile: Profile, numbers: dict[str, str], said: Callable[[str], str]) -> Iterator[Piece]:
    """What the body asks and where the packet answers it; nothing where no body was chosen."""
    if not profile.seen:
        return
    yield Heading(f"What {profile.body} asks", 2)
    yield Paragraph(profile.seen)
    rows = tuple(
        (one.what, numbers.get(one.where, "Not in this packet: to be added by the provider"), one.source) for one in profile.asks
    )
    yield Table("What was seen, and where this packet answers it", ("What is asked", "Where", "Seen in"), rows, (50, 32, 18))
    if profile.form:
        yield Blanks("Fields of the body's form", tuple((field, said(entry)) for field, entry in profile.form))
        yield Note(profile.form_note)
    yield Paragraph("Before you send anything:")
    yield Bullets(profile.ask_them)
    where = " · ".join(profile.addresses)
    yield Note(f"How far this is known: {profile.known}. Looked at in {profile.checked}, in stored copies: {where}")


class _Writer:
    """Fills in the sections from one course."""

    def __init__(self, course: OlxCourse, found: list[Part], on: date):
        self._final = any(part.is_final for part in found)
        self._words = facts.words(course, found)
        self._tables: dict[str, Callable[[], Piece]] = {
            "summary": partial(facts.summary, course, on),
            "provider": lambda: Blanks("The provider", tuple((label, "") for label in PROVIDER)),
            "outcomes": partial(tables.outcomes, course.curriculum, found),
            "goals": partial(tables.goals, found),
            "contents": partial(tables.contents, course.curriculum, found),
            "hours": partial(tables.hours, found),
            "minutes": partial(tables.minutes, found),
            "weights": partial(assessing.weights, course),
            "assessments": partial(assessing.assessments, course, found),
            "by_form": partial(assessing.by_form, found),
            "scenarios": partial(assessing.scenarios, course),
            "library": partial(law.kinds, library(), found),
            "places": partial(law.places, library()),
            "entries": lambda: law.entries(law.shipped(library())),
            "questions": partial(facts.question_list, found),
        }

    def section(self, section: dict[str, Any], number: int) -> Iterator[Piece]:
        """One section, in the order: text, list, tables, points, more tables, studies, note, lines to fill in."""
        if section.get("annex"):
            yield Break()
        yield Heading(section["heading"] if section.get("annex") else f"{number}. {section['heading']}")
        yield from (Paragraph(self.said(text)) for text in section.get("paragraphs", ()))
        if section.get("list") == "minutes":
            yield Bullets(tuple(sentences(minutes.METHOD)))
        yield from (self._tables[name]() for name in section.get("tables", ()))
        if section.get("bullets"):
            yield Bullets(tuple(self._points(section["bullets"])))
        yield from (self._tables[name]() for name in section.get("more_tables", ()))
        if section.get("studies"):
            yield Paragraph(section["studies_say"])
            yield Bullets(tuple(_study(slug) for slug in section["studies"]))
        if section.get("note"):
            yield Note(section["note"])
        lines = tuple((line, "") for line in section.get("lines", ()))
        if section.get("people"):
            yield from (Blanks(person, lines) for person in section["people"])
        elif lines:
            yield Blanks(section["blanks"], lines)

    def _points(self, bullets: list[str]) -> Iterator[str]:
        for text in bullets:
            if self._final or not text.startswith(FINAL_ONLY):
                yield self.said(text.removeprefix(FINAL_ONLY))

    def said(self, text: str) -> str:
        """`text` with its braces filled in."""
        return text.format_map(self._words)


def _study(slug: str) -> str:
    """A study of the library in a paragraph: what it says, what it does not show, where it stands."""
    one = library().get(slug)
    if one is None:
        raise LookupError(f"packet.toml names {slug}, which the library does not have.")
    claim, limits = (" ".join(text.replace("*", "").split()) for text in (one.claim, one.limits))
    return f"{claim} Limits: {limits} ({one.citation})"
