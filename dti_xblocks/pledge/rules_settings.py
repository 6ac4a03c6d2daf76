"""Whether the settings of a pledge are sound: gates, days, validity, the certificate."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..content import WARNING, Finding, Problem, Rulebook, sentence
from .opening import opening

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
        return (
            SETTINGS[name],
            sentence(
                "{value} cannot be used. Write a number from 0 to {highest}.", value=self.number(name), highest=HIGHEST[name]
            ),
            0,
        )


SETTING_RULES: Rulebook[[Settings]] = Rulebook()  # rules about the settings of the block


def check_settings(values: Mapping[str, Any], gates: Collection[str] | None = None) -> list[Problem]:
    """Every problem of the settings `values`, by the names in `SETTINGS`. `gates` are the url_names in the course, if known."""
    return SETTING_RULES.problems(Settings(values, gates))


@SETTING_RULES.rule("PL014")
def unreadable_opening(settings: Settings) -> Iterator[Finding]:
    """The day from which the pledge can be signed is no date."""
    text = settings.text("opens_on")
    try:
        opening(text)
    except ValueError:
        message = sentence(
            "“{text}” is no date. Write a day (2027-01-15) or a time in UTC (2027-01-15T08:00), or nothing.", text=text[:60]
        )
        yield SETTINGS["opens_on"], message, 0


@SETTING_RULES.rule("PL015")
def unusable_gate(settings: Settings) -> Iterator[Finding]:
    """What must be passed first is no name of a block."""
    gate = settings.text("gate_block")
    if gate and not NAME.match(gate):
        message = sentence(
            "“{gate}” cannot be the url_name of a subsection or block. Without a right one nobody could sign.", gate=gate[:60]
        )
        yield SETTINGS["gate_block"], message, 0


@SETTING_RULES.rule("PL016", WARNING)
def missing_gate(settings: Settings) -> Iterator[Finding]:
    """What must be passed first is not in the course, so nobody can sign."""
    gate = settings.text("gate_block")
    if NAME.match(gate) and settings.gates is not None and gate not in settings.gates:
        message = sentence(
            "“{gate}” was not found in this course. Nobody can sign until it is there. Choose another, or none.", gate=gate[:60]
        )
        yield SETTINGS["gate_block"], message, 0


@SETTING_RULES.rule("PL017")
def unusable_result(settings: Settings) -> Iterator[Finding | Problem]:
    """The result that is asked for is no percentage, or is of nothing."""
    percent = settings.number("gate_percent")
    if not settings.in_range("gate_percent"):
        yield settings.out_of_range("gate_percent")
    elif percent and not settings.text("gate_block"):
        message = sentence(
            "A result is asked for, but nothing has to be passed first. Choose what it is the result of, or write 0."
        )
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
        message = sentence(
            "The reminder, {days} days before the end, begins as soon as somebody has signed. Choose fewer days or more months.",
            days=days,
        )
        yield Problem("PL019", SETTINGS["remind_days"], message, WARNING)


@SETTING_RULES.rule("PL020")
def too_many_words(settings: Settings) -> Iterator[Finding]:
    """Words that are too long for a certificate or a list."""
    for name, longest in LONGEST.items():
        if len(settings.text(name)) > longest:
            yield SETTINGS[name], sentence("This is longer than {longest} characters. Shorten it.", longest=longest), 0


@SETTING_RULES.rule("PL021", WARNING)
def unusable_logo(settings: Settings) -> Iterator[Finding]:
    """The logo is no picture of the course's files, so the certificate has none."""
    logo = settings.text("agency_logo")
    if logo and not LOGO.match(logo):
        message = sentence(
            "“{logo}” is no picture of the course's files. Write /static/ and the name of a PNG or JPEG file.", logo=logo[:60]
        )
        yield SETTINGS["agency_logo"], message, 0
