"""Rules about what an author says of an authority: its court, its dates, later treatment, the question, what to read with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..content import WARNING, Finding, Problem, sentence
from . import citation
from .model import CASE, RELIANCE, STRENGTHS, TREATMENTS, Check
from .rulebook import RULES, Judged
from .text import is_web_address

MOST_ENTRIES = 300
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@RULES.rule("CL014")
def court_and_circuit(judged: Judged) -> Iterator[Finding]:
    """The circuit is no federal circuit, or is another than the citation says."""
    for entry, made in judged.changing():
        if made is None or made.kind != CASE or not {"circuit", "citation", "court"} & set(entry.fields):
            continue
        parsed = citation.parse(made.citation)
        if made.circuit and made.circuit not in citation.CIRCUITS:
            message = sentence(
                "“{circuit}” is no federal circuit. Write one of: {names}; or nothing.",
                circuit=made.circuit,
                names=", ".join(citation.CIRCUITS),
            )
            yield entry.name, message, entry.line
        elif parsed and parsed.circuit and made.circuit != parsed.circuit:
            message = sentence(
                "The citation names the {circuit} Circuit, the circuit says “{circuit_2}”. Correct one of them.",
                circuit=parsed.circuit,
                circuit_2=made.circuit,
            )
            yield entry.name, message, entry.line


@RULES.rule("CL015")
def dates(judged: Judged) -> Iterator[Finding]:
    """A date that is none, or that the citation contradicts."""
    for entry, made in judged.changing():
        if made is None:
            continue
        if made.decided and not DATE.fullmatch(made.decided):
            message = sentence(
                "“{decided}” is no date. Write the day as 1989-05-15, or only the year.", decided=made.decided[:40]
            )
            yield entry.name, message, entry.line
        elif made.decided and (parsed := citation.parse(made.citation)) and parsed.year != made.year:
            message = sentence(
                "The citation is of {year}, the decision of {year_2}. Correct one of them.", year=parsed.year, year_2=made.year
            )
            yield entry.name, message, entry.line
        if made.checked and not MONTH.fullmatch(made.checked):
            message = sentence("“{checked}” is no month. Write when it was checked as 2026-11.", checked=made.checked[:40])
            yield entry.name, message, entry.line


@RULES.rule("CL016")
def treatment(judged: Judged) -> Iterator[Finding | Problem]:
    """A flag on later treatment that is not known, is taken away, or names nothing that changed the law."""
    for entry, made in judged.changing():
        if made is None or not {"treatment", "treatment_by"} & set(entry.fields):
            continue
        if made.treatment not in TREATMENTS:
            message = sentence(
                "The treatment “{treatment}” is not known. Write limited or superseded, or leave it out.",
                treatment=made.treatment[:40],
            )
            yield entry.name, message, entry.line
        elif made.treatment and not made.treatment_by:
            message = sentence(
                "Say what limited or superseded it (treatment-by): the name of an authority in the library, or a citation."
            )
            yield entry.name, message, entry.line
        for name in made.treatment_by if made.treatment in TREATMENTS else ():
            if name not in judged.library and not citation.parse(name) and not citation.citations_in(name):
                message = sentence(
                    "“{name}” is neither a name in the library nor a citation, so learners cannot look it up.", name=name[:100]
                )
                yield Problem("CL016", entry.name, message, WARNING, entry.line)
        before = judged.library.get(entry.ref)
        if before is not None and before.treatment and not made.treatment:
            message = sentence(
                "The library warns of later law here, and your change takes the warning away. Put it back unless you are sure."
            )
            yield Problem("CL016", entry.name, message, WARNING, entry.line)


@RULES.rule("CL017")
def official_address(judged: Judged) -> Iterator[Finding]:
    """The official address is no web address."""
    for entry, made in judged.changing():
        if made and made.official_url and not is_web_address(made.official_url):
            message = sentence(
                "“{official_url}” is no web address. It begins with https:// or http://.", official_url=made.official_url[:100]
            )
            yield entry.name, message, entry.line


@RULES.rule("CL018")
def check_question(judged: Judged) -> Iterator[Finding]:
    """A check question that lacks the question, the right answer, a wrong one, or has one answer twice."""
    for entry, _made in judged.changing():
        question = entry.fields.get("check")
        if isinstance(question, Check):
            answers = [question.right, *question.wrong]
            if (
                not (question.question and all(answers) and question.wrong)
                or len(set(answers)) < len(answers)
                or len(answers) > 6
            ):
                message = sentence("A check has a question, one right answer and one to five wrong ones, all different.")
                yield entry.name, message, entry.line


@RULES.rule("CL019", WARNING)
def nothing_to_check(judged: Judged) -> Iterator[Finding]:
    """The block completes by check questions, and an authority has none. Reading it to the end counts instead."""
    if judged.completes_by == "checked":
        for entry in judged.case_set.entries:
            made = judged.made(entry)
            if made and made.check is None:
                message = sentence(
                    "“{name}” has no check question; reading it to the end counts instead. Add a check, or choose another rule.",
                    name=entry.name,
                )
                yield entry.name, message, entry.line


@RULES.rule("CL020")
def too_many(judged: Judged) -> Iterator[Finding]:
    """More authorities than one list can show. Learners see the first of them."""
    if len(judged.case_set.entries) > MOST_ENTRIES:
        message = sentence(
            "The list has {number} authorities; learners see the first {most_entries}. Divide it.",
            number=len(judged.case_set.entries),
            most_entries=MOST_ENTRIES,
        )
        yield "authority", message, judged.case_set.entries[MOST_ENTRIES].line


@RULES.rule("CL021")
def unknown_words(judged: Judged) -> Iterator[Finding]:
    """What a law does, how far one may rely on a study, or what to read with it is a word that is not known."""
    for entry, made in judged.changing():
        if made is None:
            continue
        for name, known in (("strength", STRENGTHS), ("reliance", RELIANCE)):
            if (given := getattr(made, name)) and given not in known:
                yield (
                    entry.name,
                    sentence(
                        "The {name} “{given}” is not known. Write one of: {names}.",
                        name=name,
                        given=given[:40],
                        names=", ".join(known),
                    ),
                    entry.line,
                )
        for slug in made.read_with if "read_with" in entry.fields else ():
            if slug not in judged.library:
                yield (
                    entry.name,
                    sentence("The library has no “{slug}” to read with this. Check the spelling.", slug=slug[:100]),
                    entry.line,
                )
