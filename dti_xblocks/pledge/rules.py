"""Whether a pledge is sound. Codes are permanent. While a pledge has errors nobody can sign it; warnings do not stop it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..content import ATTRIBUTE, ELEMENT, ERROR, REPEATED, TEXT, VALUE, WARNING, Finding, Problem, Rulebook, pattern, sentence
from . import masks
from .model import Affirmation, Pledge, Question
from .rules_settings import SETTING_RULES, SETTINGS, check_settings

ID = re.compile(r"[a-z][a-z0-9-]{0,49}\Z")
LONGEST_LABEL = 200

RULES: Rulebook[[Pledge]] = Rulebook()  # rules about the words that are signed
UNREADABLE = "PL000"
__all__ = ["RULES", "SETTINGS", "SETTING_RULES", "UNREADABLE", "check", "check_settings", "signable", "unreadable"]


def unreadable(reason: str) -> Problem:
    """The problem of content that is no well-formed XML."""
    return Problem(UNREADABLE, "pledge", sentence("The pledge cannot be read: {reason}", reason=reason))


def check(pledge: Pledge) -> list[Problem]:
    """Every problem of `pledge`, in the order of its lines."""
    return RULES.problems(pledge)


def signable(problems: list[Problem]) -> bool:
    """True when nothing among `problems` keeps the pledge from being signed."""
    return all(problem.severity != ERROR for problem in problems)


@RULES.rule("PL001")
def no_affirmation(pledge: Pledge) -> Iterator[Finding]:
    """There is nothing to affirm, so there would be nothing to sign."""
    if not pledge.affirmations:
        yield "pledge", sentence("There is nothing to affirm. Add at least one <affirmation>."), 0


@RULES.rule("PL002")
def affirmation_without_words(pledge: Pledge) -> Iterator[Finding]:
    """An affirmation without words: its box would say nothing."""
    for affirmation in pledge.affirmations:
        if not affirmation.text:
            where = f"affirmation {affirmation.id}".strip()
            yield where, sentence("This affirmation has no text. Write the statement."), affirmation.line


@RULES.rule("PL003")
def unusable_id(pledge: Pledge) -> Iterator[Finding]:
    """An id is missing or cannot be used. The record of a signature keeps answers under these ids."""
    for kind, parts in _named(pledge).items():
        for part in parts:
            if not ID.match(part.id):
                message = sentence("An id is needed: lower-case letters, digits and hyphens, starting with a letter, at most 50.")
                yield f"{kind} {part.id}".strip(), message, part.line


@RULES.rule("PL004")
def duplicate_id(pledge: Pledge) -> Iterator[Finding]:
    """Two affirmations or two fields have one id, so nobody can tell which is meant."""
    for kind, parts in _named(pledge).items():
        seen = set()
        for part in parts:
            if part.id in seen and ID.match(part.id):
                yield (
                    f"{kind} {part.id}",
                    sentence("The id {id} is used twice. Give each {kind} its own.", id=part.id, kind=kind),
                    part.line,
                )
            seen.add(part.id)


@RULES.rule("PL005", WARNING)
def no_preamble(pledge: Pledge) -> Iterator[Finding]:
    """There is no preamble: a signer is not told what is being signed, and why."""
    if not pledge.preamble:
        yield "pledge", sentence("There is no preamble. Say in a <preamble> what is being signed and why."), 0


@RULES.rule("PL006")
def unknown_element(pledge: Pledge) -> Iterator[Finding]:
    """An element that has no meaning where it stands."""
    return _strays(pledge, ELEMENT, pattern("The element <{name}> is not known here. Remove it or correct its name."))


@RULES.rule("PL007", WARNING)
def unknown_attribute(pledge: Pledge) -> Iterator[Finding]:
    """An attribute that has no meaning, most often a misspelt one."""
    return _strays(pledge, ATTRIBUTE, pattern("The attribute {name} is not known here and has no effect. Remove it."))


@RULES.rule("PL008")
def loose_text(pledge: Pledge) -> Iterator[Finding]:
    """Words outside of any element, which nobody would read or sign."""
    message = pattern("The text “{name}” stands outside of any element and would not be shown. Move it or remove it.")
    return _strays(pledge, TEXT, message)


@RULES.rule("PL009")
def unlabelled_field(pledge: Pledge) -> Iterator[Finding]:
    """A field without a label, or with one that is too long for a form."""
    for question in pledge.questions:
        if not question.label:
            yield _field(question), sentence("This field has no label. Say what is to be filled in."), question.line
        elif len(question.label) > LONGEST_LABEL:
            message = sentence(
                "This field's label is longer than {longest_label} characters. Shorten it.", longest_label=LONGEST_LABEL
            )
            yield _field(question), message, question.line


@RULES.rule("PL010")
def repeated_part(pledge: Pledge) -> Iterator[Finding]:
    """A preamble or closing stands twice, and only one is shown."""
    return _strays(pledge, REPEATED, pattern("There is more than one <{name}>. Keep one."))


@RULES.rule("PL011")
def unusable_value(pledge: Pledge) -> Iterator[Finding]:
    """An attribute whose value is neither true nor false."""
    return _strays(pledge, VALUE, pattern("{name} cannot be used. Write true or false."))


@RULES.rule("PL012")
def unusable_format(pledge: Pledge) -> Iterator[Finding]:
    """A format that no answer could be held against."""
    for question in pledge.questions:
        if question.mask and not masks.sound(question.mask):
            message = sentence(
                "The format “{mask}” cannot be used. Write A for a letter, 9 for a digit, * for either, and what "
                "may be left out in [ ]; at most {longest} characters.",
                mask=question.mask[:60],
                longest=masks.LONGEST,
            )
            yield _field(question), message, question.line


@RULES.rule("PL013")
def unusable_options(pledge: Pledge) -> Iterator[Finding]:
    """Options that are empty, repeated, too long or beside a format."""
    for question in pledge.questions:
        options = question.options
        if options and (question.mask or len(set(options)) < len(options) or not all(0 < len(each) <= 200 for each in options)):
            message = sentence(
                "Options must be words, each once and at most 200 characters long, and a field with options has no format."
            )
            yield _field(question), message, question.line


def _named(pledge: Pledge) -> dict[str, tuple[Affirmation, ...] | tuple[Question, ...]]:
    return {"affirmation": pledge.affirmations, "field": pledge.questions}


def _field(question: Question) -> str:
    return f"field {question.id}".strip()


def _strays(pledge: Pledge, kind: str, message: str) -> Iterator[Finding]:
    for stray in pledge.strays:
        if stray.kind == kind:
            yield stray.where, sentence(message, name=stray.name), stray.line
