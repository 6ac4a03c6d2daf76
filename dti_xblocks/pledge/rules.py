"""Whether a pledge is sound. Codes are permanent. While a pledge has errors nobody can sign it; warnings do not stop it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..content import ATTRIBUTE, ELEMENT, ERROR, REPEATED, TEXT, VALUE, WARNING, Problem
from . import masks
from .model import Pledge
from .opening import opening

ID = re.compile(r"[a-z][a-z0-9-]{0,49}\Z")
LONGEST_LABEL = 200
NAME = re.compile(r"[\w.:~-]{1,255}\Z")  # what the platform allows as a url_name
LOGO = re.compile(r"/static/[^/\\?#\"'<>]{1,200}\.(?:png|jpe?g)\Z", re.IGNORECASE)

# Settings by the name of their field: what authors call them.
SETTINGS = {
    "wording_label": "name of the version",
    "gate_block": "must be passed first",
    "gate_percent": "result needed",
    "opens_on": "can be signed from",
    "valid_months": "months until signed again",
    "remind_days": "days of the reminder",
    "certificate_text": "text on the certificate",
    "agency_logo": "logo on the certificate",
}
LONGEST = {"wording_label": 100, "certificate_text": 1000}
RANGES = {"gate_percent": ("PL017", 100), "valid_months": ("PL018", 1200), "remind_days": ("PL019", 365)}
DAYS_IN_MONTH = 28  # of the shortest one: a reminder that is longer than this is always on

STRAYS = {
    ELEMENT: ("PL006", ERROR, "The element <{what}> is not known here. Remove it or correct its name."),
    ATTRIBUTE: ("PL007", WARNING, "The attribute {what} is not known here and has no effect. Remove it."),
    TEXT: ("PL008", ERROR, "The text “{what}” stands outside of any element and would not be shown. Move it or remove it."),
    REPEATED: ("PL010", ERROR, "There is more than one <{what}>. Keep one."),
    VALUE: ("PL011", ERROR, "{what} cannot be used. Write true or false."),
}


def unreadable(reason: str) -> Problem:
    """PL000: the content is no well-formed XML."""
    return Problem("PL000", "pledge", f"The pledge cannot be read: {reason}")


def check(pledge: Pledge) -> list[Problem]:
    """Every problem of `pledge`, in the order of its lines."""
    problems = [*_statements(pledge), *_identifiers(pledge), *_questions(pledge), *_formats(pledge), *_strays(pledge)]
    return sorted(problems, key=lambda problem: (problem.line, problem.code))


def signable(problems: list[Problem]) -> bool:
    """True when nothing among `problems` keeps the pledge from being signed."""
    return all(problem.severity != ERROR for problem in problems)


def _statements(pledge: Pledge) -> Iterator[Problem]:
    """PL001 nothing to affirm, PL002 an affirmation without words, PL005 no preamble."""
    if not pledge.affirmations:
        yield Problem("PL001", "pledge", "There is nothing to affirm. Add at least one <affirmation>.")
    for affirmation in pledge.affirmations:
        if not affirmation.text:
            where = f"affirmation {affirmation.id}".strip()
            yield Problem("PL002", where, "This affirmation has no text. Write the statement.", line=affirmation.line)
    if not pledge.preamble:
        message = "There is no preamble. Say in a <preamble> what is being signed and why."
        yield Problem("PL005", "pledge", message, WARNING)


def _identifiers(pledge: Pledge) -> Iterator[Problem]:
    """PL003 an id that is missing or cannot be used, PL004 an id used twice."""
    for kind, parts in (("affirmation", pledge.affirmations), ("field", pledge.questions)):
        seen = set()
        for part in parts:
            where = f"{kind} {part.id}".strip()
            if not ID.match(part.id):
                message = "An id is needed: lower-case letters, digits and hyphens, starting with a letter, at most 50."
                yield Problem("PL003", where, message, line=part.line)
            elif part.id in seen:
                yield Problem("PL004", where, f"The id {part.id} is used twice. Give each {kind} its own.", line=part.line)
            seen.add(part.id)


def _questions(pledge: Pledge) -> Iterator[Problem]:
    """PL009 a field without a label, or with one that is too long for a form."""
    for question in pledge.questions:
        where = f"field {question.id}".strip()
        if not question.label:
            yield Problem("PL009", where, "This field has no label. Say what is to be filled in.", line=question.line)
        elif len(question.label) > LONGEST_LABEL:
            message = f"This field's label is longer than {LONGEST_LABEL} characters. Shorten it."
            yield Problem("PL009", where, message, line=question.line)


def _formats(pledge: Pledge) -> Iterator[Problem]:
    """PL012 a format that cannot be used, PL013 options that are empty, repeated, too long or beside a format."""
    for question in pledge.questions:
        where = f"field {question.id}".strip()
        if question.mask and not masks.sound(question.mask):
            message = (
                f"The format “{question.mask[:60]}” cannot be used. Write A for a letter, 9 for a digit, * for either, and what "
                f"may be left out in [ ]; at most {masks.LONGEST} characters."
            )
            yield Problem("PL012", where, message, line=question.line)
        options = question.options
        if options and (question.mask or len(set(options)) < len(options) or not all(0 < len(each) <= 200 for each in options)):
            message = "Options must be words, each once and at most 200 characters long, and a field with options has no format."
            yield Problem("PL013", where, message, line=question.line)


def _strays(pledge: Pledge) -> Iterator[Problem]:
    """PL006 to PL008, PL010, PL011: what the reader could not use."""
    for stray in pledge.strays:
        code, severity, message = STRAYS[stray.kind]
        yield Problem(code, stray.where, message.format(what=stray.name), severity, stray.line)


def check_settings(values: Mapping[str, Any], gates: Collection[str] | None = None) -> list[Problem]:
    """Every problem of the settings `values`, by the names in `SETTINGS`. `gates` are the url_names in the course, if known."""
    problems = [*_gate(values, gates), *_times(values), *_certificate(values)]
    return sorted(problems, key=lambda problem: problem.code)


def _gate(values: Mapping[str, Any], gates: Collection[str] | None) -> Iterator[Problem]:
    """PL015 a gate that is no name, PL016 a gate that is not in the course, PL017 a result that is out of range or of nothing."""
    gate, where = str(values.get("gate_block") or ""), SETTINGS["gate_block"]
    if gate and not NAME.match(gate):
        message = f"“{gate[:60]}” cannot be the url_name of a subsection or block. Without a right one nobody could sign."
        yield Problem("PL015", where, message)
    elif gate and gates is not None and gate not in gates:
        message = f"“{gate[:60]}” was not found in this course. Nobody can sign until it is there. Choose another, or none."
        yield Problem("PL016", where, message, WARNING)
    percent = values.get("gate_percent") or 0
    if not 0 <= percent <= 100:
        yield _out_of_range("gate_percent", percent)
    elif percent and not gate:
        message = "A result is asked for, but nothing has to be passed first. Choose what it is the result of, or write 0."
        yield Problem("PL017", SETTINGS["gate_percent"], message, WARNING)


def _times(values: Mapping[str, Any]) -> Iterator[Problem]:
    """PL014 an opening date that cannot be read, PL018 and PL019 a validity or reminder out of range or not fitting."""
    text = str(values.get("opens_on") or "")
    try:
        opening(text)
    except ValueError:
        message = f"“{text[:60]}” is no date. Write a day (2027-01-15) or a time in UTC (2027-01-15T08:00), or nothing."
        yield Problem("PL014", SETTINGS["opens_on"], message)
    months, days = values.get("valid_months") or 0, values.get("remind_days") or 0
    sound = True
    for name, value in (("valid_months", months), ("remind_days", days)):
        if not 0 <= value <= RANGES[name][1]:
            sound = False
            yield _out_of_range(name, value)
    if sound and 0 < months * DAYS_IN_MONTH <= days:
        message = (
            f"The reminder, {days} days before the end, begins as soon as somebody has signed. Choose fewer days or more months."
        )
        yield Problem("PL019", SETTINGS["remind_days"], message, WARNING)


def _certificate(values: Mapping[str, Any]) -> Iterator[Problem]:
    """PL020 words that are too long, PL021 a logo that cannot be used."""
    for name, longest in LONGEST.items():
        if len(str(values.get(name) or "")) > longest:
            yield Problem("PL020", SETTINGS[name], f"This is longer than {longest} characters. Shorten it.")
    logo = str(values.get("agency_logo") or "")
    if logo and not LOGO.match(logo):
        message = f"“{logo[:60]}” is no picture of the course's files. Write /static/ and the name of a PNG or JPEG file."
        yield Problem("PL021", SETTINGS["agency_logo"], message, WARNING)


def _out_of_range(name: str, value: object) -> Problem:
    code, highest = RANGES[name]
    return Problem(code, SETTINGS[name], f"{value} cannot be used. Write a number from 0 to {highest}.")
