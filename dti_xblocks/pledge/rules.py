"""Whether a pledge is sound. Codes are permanent. While a pledge has errors nobody can sign it; warnings do not stop it."""

from __future__ import annotations

import re

from ..problems import ERROR, WARNING, Problem
from .model import BAD_VALUE, LOOSE_TEXT, REPEATED, UNKNOWN_ATTRIBUTE, UNKNOWN_ELEMENT, Pledge

ID = re.compile(r"[a-z][a-z0-9-]{0,49}\Z")
LONGEST_LABEL = 200

STRAYS = {
    UNKNOWN_ELEMENT: ("PL006", ERROR, "The element <{what}> is not known here. Remove it or correct its name."),
    UNKNOWN_ATTRIBUTE: ("PL007", WARNING, "The attribute {what} is not known here and has no effect. Remove it."),
    LOOSE_TEXT: ("PL008", ERROR, "The text “{what}” stands outside of any element and would not be shown. Move it or remove it."),
    REPEATED: ("PL010", ERROR, "There is more than one <{what}>. Keep one."),
    BAD_VALUE: ("PL011", ERROR, "{what} cannot be used. Write true or false."),
}


def unreadable(reason: str) -> Problem:
    """PL000: the content is no well-formed XML."""
    return Problem("PL000", "pledge", f"The pledge cannot be read: {reason}")


def check(pledge: Pledge) -> list[Problem]:
    """Every problem of `pledge`, in the order of its lines."""
    found = [*_statements(pledge), *_identifiers(pledge), *_questions(pledge), *_strays(pledge)]
    return sorted(found, key=lambda problem: (problem.line, problem.code))


def signable(problems: list[Problem]) -> bool:
    """True when nothing among `problems` keeps the pledge from being signed."""
    return all(problem.severity != ERROR for problem in problems)


def _statements(pledge: Pledge):
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


def _identifiers(pledge: Pledge):
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


def _questions(pledge: Pledge):
    """PL009 a field without a label, or with one that is too long for a form."""
    for question in pledge.questions:
        where = f"field {question.id}".strip()
        if not question.label:
            yield Problem("PL009", where, "This field has no label. Say what is to be filled in.", line=question.line)
        elif len(question.label) > LONGEST_LABEL:
            message = f"This field's label is longer than {LONGEST_LABEL} characters. Shorten it."
            yield Problem("PL009", where, message, line=question.line)


def _strays(pledge: Pledge):
    """PL006 to PL008, PL010, PL011: what the reader could not use."""
    for stray in pledge.strays:
        code, severity, message = STRAYS[stray.kind]
        yield Problem(code, stray.where, message.format(what=stray.what), severity, stray.line)
