"""Whether a pledge is sound. Codes are permanent. While a pledge has errors nobody can sign it; warnings do not stop it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..content import ATTRIBUTE, ELEMENT, ERROR, REPEATED, TEXT, VALUE, WARNING, Finding, Problem, Rulebook
from . import masks
from .model import Affirmation, Pledge, Question
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
HIGHEST = {"gate_percent": 100, "valid_months": 1200, "remind_days": 365}
DAYS_IN_MONTH = 28  # of the shortest one: a reminder that is longer than this is always on


@dataclass(frozen=True)
class Settings:
    """The settings of a block by the names in `SETTINGS`; `gates` are the url_names in the course, None when not known."""

    values: Mapping[str, Any]
    gates: Collection[str] | None = None

    def text(self, name: str) -> str:
        """A setting as text, "" where it is not set."""
        return str(self.values.get(name) or "")

    def number(self, name: str) -> int:
        """A setting as a number, 0 where it is not set."""
        return self.values.get(name) or 0

    def in_range(self, name: str) -> bool:
        """Whether a number is from 0 to its highest."""
        return 0 <= self.number(name) <= HIGHEST[name]

    def out_of_range(self, name: str) -> Finding:
        """What to say of a number that is not."""
        return SETTINGS[name], f"{self.number(name)} cannot be used. Write a number from 0 to {HIGHEST[name]}.", 0


RULES: Rulebook[[Pledge]] = Rulebook()  # rules about the words that are signed
SETTING_RULES: Rulebook[[Settings]] = Rulebook()  # rules about the settings of the block
UNREADABLE = "PL000"


def unreadable(reason: str) -> Problem:
    """The problem of content that is no well-formed XML."""
    return Problem(UNREADABLE, "pledge", f"The pledge cannot be read: {reason}")


def check(pledge: Pledge) -> list[Problem]:
    """Every problem of `pledge`, in the order of its lines."""
    return RULES.problems(pledge)


def check_settings(values: Mapping[str, Any], gates: Collection[str] | None = None) -> list[Problem]:
    """Every problem of the settings `values`, by the names in `SETTINGS`. `gates` are the url_names in the course, if known."""
    return SETTING_RULES.problems(Settings(values, gates))


def signable(problems: list[Problem]) -> bool:
    """True when nothing among `problems` keeps the pledge from being signed."""
    return all(problem.severity != ERROR for problem in problems)


# -- the words -----------------------------------------------------------------------------------------------------------


@RULES.rule("PL001")
def no_affirmation(pledge: Pledge) -> Iterator[Finding]:
    """There is nothing to affirm, so there would be nothing to sign."""
    if not pledge.affirmations:
        yield "pledge", "There is nothing to affirm. Add at least one <affirmation>.", 0


@RULES.rule("PL002")
def affirmation_without_words(pledge: Pledge) -> Iterator[Finding]:
    """An affirmation without words: its box would say nothing."""
    for affirmation in pledge.affirmations:
        if not affirmation.text:
            where = f"affirmation {affirmation.id}".strip()
            yield where, "This affirmation has no text. Write the statement.", affirmation.line


@RULES.rule("PL003")
def unusable_id(pledge: Pledge) -> Iterator[Finding]:
    """An id is missing or cannot be used. The record of a signature keeps answers under these ids."""
    for kind, parts in _named(pledge).items():
        for part in parts:
            if not ID.match(part.id):
                message = "An id is needed: lower-case letters, digits and hyphens, starting with a letter, at most 50."
                yield f"{kind} {part.id}".strip(), message, part.line


@RULES.rule("PL004")
def duplicate_id(pledge: Pledge) -> Iterator[Finding]:
    """Two affirmations or two fields have one id, so nobody can tell which is meant."""
    for kind, parts in _named(pledge).items():
        seen = set()
        for part in parts:
            if part.id in seen and ID.match(part.id):
                yield f"{kind} {part.id}", f"The id {part.id} is used twice. Give each {kind} its own.", part.line
            seen.add(part.id)


@RULES.rule("PL005", WARNING)
def no_preamble(pledge: Pledge) -> Iterator[Finding]:
    """There is no preamble: a signer is not told what is being signed, and why."""
    if not pledge.preamble:
        yield "pledge", "There is no preamble. Say in a <preamble> what is being signed and why.", 0


@RULES.rule("PL006")
def unknown_element(pledge: Pledge) -> Iterator[Finding]:
    """An element that has no meaning where it stands."""
    return _strays(pledge, ELEMENT, "The element <{name}> is not known here. Remove it or correct its name.")


@RULES.rule("PL007", WARNING)
def unknown_attribute(pledge: Pledge) -> Iterator[Finding]:
    """An attribute that has no meaning, most often a misspelt one."""
    return _strays(pledge, ATTRIBUTE, "The attribute {name} is not known here and has no effect. Remove it.")


@RULES.rule("PL008")
def loose_text(pledge: Pledge) -> Iterator[Finding]:
    """Words outside of any element, which nobody would read or sign."""
    message = "The text “{name}” stands outside of any element and would not be shown. Move it or remove it."
    return _strays(pledge, TEXT, message)


@RULES.rule("PL009")
def unlabelled_field(pledge: Pledge) -> Iterator[Finding]:
    """A field without a label, or with one that is too long for a form."""
    for question in pledge.questions:
        if not question.label:
            yield _field(question), "This field has no label. Say what is to be filled in.", question.line
        elif len(question.label) > LONGEST_LABEL:
            message = f"This field's label is longer than {LONGEST_LABEL} characters. Shorten it."
            yield _field(question), message, question.line


@RULES.rule("PL010")
def repeated_part(pledge: Pledge) -> Iterator[Finding]:
    """A preamble or closing stands twice, and only one is shown."""
    return _strays(pledge, REPEATED, "There is more than one <{name}>. Keep one.")


@RULES.rule("PL011")
def unusable_value(pledge: Pledge) -> Iterator[Finding]:
    """An attribute whose value is neither true nor false."""
    return _strays(pledge, VALUE, "{name} cannot be used. Write true or false.")


@RULES.rule("PL012")
def unusable_format(pledge: Pledge) -> Iterator[Finding]:
    """A format that no answer could be held against."""
    for question in pledge.questions:
        if question.mask and not masks.sound(question.mask):
            message = (
                f"The format “{question.mask[:60]}” cannot be used. Write A for a letter, 9 for a digit, * for either, and what "
                f"may be left out in [ ]; at most {masks.LONGEST} characters."
            )
            yield _field(question), message, question.line


@RULES.rule("PL013")
def unusable_options(pledge: Pledge) -> Iterator[Finding]:
    """Options that are empty, repeated, too long or beside a format."""
    for question in pledge.questions:
        options = question.options
        if options and (question.mask or len(set(options)) < len(options) or not all(0 < len(each) <= 200 for each in options)):
            message = "Options must be words, each once and at most 200 characters long, and a field with options has no format."
            yield _field(question), message, question.line


# -- the settings --------------------------------------------------------------------------------------------------------


@SETTING_RULES.rule("PL014")
def unreadable_opening(settings: Settings) -> Iterator[Finding]:
    """The day from which the pledge can be signed is no date."""
    text = settings.text("opens_on")
    try:
        opening(text)
    except ValueError:
        message = f"“{text[:60]}” is no date. Write a day (2027-01-15) or a time in UTC (2027-01-15T08:00), or nothing."
        yield SETTINGS["opens_on"], message, 0


@SETTING_RULES.rule("PL015")
def unusable_gate(settings: Settings) -> Iterator[Finding]:
    """What must be passed first is no name of a block."""
    gate = settings.text("gate_block")
    if gate and not NAME.match(gate):
        message = f"“{gate[:60]}” cannot be the url_name of a subsection or block. Without a right one nobody could sign."
        yield SETTINGS["gate_block"], message, 0


@SETTING_RULES.rule("PL016", WARNING)
def missing_gate(settings: Settings) -> Iterator[Finding]:
    """What must be passed first is not in the course, so nobody can sign."""
    gate = settings.text("gate_block")
    if NAME.match(gate) and settings.gates is not None and gate not in settings.gates:
        message = f"“{gate[:60]}” was not found in this course. Nobody can sign until it is there. Choose another, or none."
        yield SETTINGS["gate_block"], message, 0


@SETTING_RULES.rule("PL017")
def unusable_result(settings: Settings) -> Iterator[Finding | Problem]:
    """The result that is asked for is no percentage, or is of nothing."""
    percent = settings.number("gate_percent")
    if not settings.in_range("gate_percent"):
        yield settings.out_of_range("gate_percent")
    elif percent and not settings.text("gate_block"):
        message = "A result is asked for, but nothing has to be passed first. Choose what it is the result of, or write 0."
        yield Problem("PL017", SETTINGS["gate_percent"], message, WARNING)


@SETTING_RULES.rule("PL018")
def unusable_validity(settings: Settings) -> Iterator[Finding]:
    """The months after which the pledge is signed again are out of range."""
    if not settings.in_range("valid_months"):
        yield settings.out_of_range("valid_months")


@SETTING_RULES.rule("PL019")
def unusable_reminder(settings: Settings) -> Iterator[Finding | Problem]:
    """The days of the reminder are out of range, or longer than a signature lasts."""
    months, days = settings.number("valid_months"), settings.number("remind_days")
    if not settings.in_range("remind_days"):
        yield settings.out_of_range("remind_days")
    elif settings.in_range("valid_months") and 0 < months * DAYS_IN_MONTH <= days:
        message = (
            f"The reminder, {days} days before the end, begins as soon as somebody has signed. Choose fewer days or more months."
        )
        yield Problem("PL019", SETTINGS["remind_days"], message, WARNING)


@SETTING_RULES.rule("PL020")
def too_many_words(settings: Settings) -> Iterator[Finding]:
    """Words that are too long for a certificate or a list."""
    for name, longest in LONGEST.items():
        if len(settings.text(name)) > longest:
            yield SETTINGS[name], f"This is longer than {longest} characters. Shorten it.", 0


@SETTING_RULES.rule("PL021", WARNING)
def unusable_logo(settings: Settings) -> Iterator[Finding]:
    """The logo is no picture of the course's files, so the certificate has none."""
    logo = settings.text("agency_logo")
    if logo and not LOGO.match(logo):
        message = f"“{logo[:60]}” is no picture of the course's files. Write /static/ and the name of a PNG or JPEG file."
        yield SETTINGS["agency_logo"], message, 0


def _named(pledge: Pledge) -> dict[str, tuple[Affirmation, ...] | tuple[Question, ...]]:
    return {"affirmation": pledge.affirmations, "field": pledge.questions}


def _field(question: Question) -> str:
    return f"field {question.id}".strip()


def _strays(pledge: Pledge, kind: str, message: str) -> Iterator[Finding]:
    for stray in pledge.strays:
        if stray.kind == kind:
            yield stray.where, message.format(name=stray.name), stray.line
