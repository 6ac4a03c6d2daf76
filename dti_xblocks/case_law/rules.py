"""What an author can get wrong in a set of authorities, each rule with its permanent code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..content import WARNING, Finding, Problem
from . import citation
from .library import (
    LONGEST_AUTHORITY,
    LONGEST_TEXT,
    NEVER_EMPTY,
    Library,
    is_slug,
    texts_of,
    texts_too_long,
    too_long,
)
from .model import CASE, KINDS, RELIANCE, STRENGTHS, TREATMENTS, CaseSet, Check
from .rulebook import RULES, Judged
from .text import is_web_address, unwanted

MOST_ENTRIES = 300
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def check(case_set: CaseSet, library: Library, completes_by: str = "") -> list[Problem]:
    """Every mistake in `case_set`, in the order of its lines. `library` is what the block's `ref`s are looked up in."""
    return RULES.problems(Judged(case_set, library, completes_by))


@RULES.rule("CL001")
def empty_set(judged: Judged) -> Iterator[Finding]:
    """The block lists no authority, so its learners have nothing to read and can never complete it."""
    if not judged.case_set.entries:
        yield "authority", 'The list is empty. Add at least one <authority ref="..."/>.', 0


@RULES.rule("CL002")
def missing_ref(judged: Judged) -> Iterator[Finding]:
    """An `<authority>` does not say which one it is."""
    for entry in judged.case_set.entries:
        if not entry.name:
            message = "This authority has no ref. Name one of the library's, or give a slug to one of your own."
            yield "authority", message, entry.line


@RULES.rule("CL003")
def unknown_ref(judged: Judged) -> Iterator[Finding]:
    """`ref` names an authority that the library does not have. Learners see a notice in its place."""
    for entry in judged.case_set.entries:
        if entry.ref and entry.ref not in judged.library:
            message = f"The library has no authority “{entry.ref}”. Check the spelling against the library's list."
            yield entry.ref, message, entry.line


@RULES.rule("CL004")
def duplicate_ref(judged: Judged) -> Iterator[Finding]:
    """The same authority stands in the list twice. Learners see it once, at its first place."""
    seen = set()
    for entry in judged.case_set.entries:
        if entry.name and entry.name in seen:
            yield entry.name, f"“{entry.name}” is in the list twice. Remove one of the two.", entry.line
        seen.add(entry.name)


@RULES.rule("CL005")
def stray_element(judged: Judged) -> Iterator[Finding]:
    """An element that has no meaning here. It is kept, and never shown."""
    for stray in judged.case_set.strays:
        if stray.kind == "element":
            message = f"<{stray.name}> is not known here, or stands twice. A list holds <authority> elements with texts in them."
            yield stray.name, message, stray.line


@RULES.rule("CL006")
def stray_attribute(judged: Judged) -> Iterator[Finding]:
    """An attribute that has no meaning. It is kept, and has no effect."""
    for stray in judged.case_set.strays:
        if stray.kind == "attribute":
            message = f"The attribute “{stray.name}” is not known here. An authority has a ref, or a slug and a kind."
            yield stray.name, message, stray.line


@RULES.rule("CL007")
def stray_text(judged: Judged) -> Iterator[Finding]:
    """Loose text between or in the authorities. It is kept, and never shown."""
    for stray in judged.case_set.strays:
        if stray.kind == "text":
            message = f"The text “{stray.name}” is not shown to learners. Put it in a text component above the list."
            yield "authority", message, stray.line


@RULES.rule("CL008")
def too_much_text(judged: Judged) -> Iterator[Finding]:
    """An authority with more text than a page or a packet can take. Learners see the library's own text, or nothing."""
    for entry, _made in judged.changing():
        if too_long(entry.fields):
            name = _named(next(iter(texts_too_long(entry.fields)), "text"))
            limits = f"at most {LONGEST_TEXT} characters for one text, {LONGEST_AUTHORITY} for an authority"
            message = f"“{name}” is too long: {limits}. Shorten it; the full opinion belongs behind its official address."
            yield entry.name, message, entry.line


@RULES.rule("CL009")
def unwanted_characters(judged: Judged) -> Iterator[Finding]:
    """Control characters, or characters that turn the direction of text. They are left out when it is shown."""
    for entry, _made in judged.changing():
        for name, value in entry.fields.items():
            if signs := unwanted("".join(texts_of(value))):
                message = f"“{_named(name)}” has characters that cannot be shown ({', '.join(signs[:5])}). Remove them."
                yield entry.name, message, entry.line


@RULES.rule("CL010", WARNING)
def citation_form(judged: Judged) -> Iterator[Finding]:
    """The citation of a decision is not in the form that the library writes and reads."""
    for entry, made in judged.changing():
        if made and made.kind == CASE and {"citation", "kind"} & set(entry.fields):
            for fault in citation.faults(made.citation):
                yield entry.name, f"{fault} Given: “{made.citation[:200]}”.", entry.line


@RULES.rule("CL011")
def incomplete(judged: Judged) -> Iterator[Finding]:
    """An authority without a kind, a caption, a citation or anything to read."""
    for entry in judged.case_set.entries:
        if not entry.slug or entry.ref:
            continue
        missing = [name for name in ("kind", "caption", "citation") if not str(entry.fields.get(name) or "").strip()]
        if missing:
            message = f"“{entry.slug}” is not shown to learners: it has no {', '.join(missing)}. Write what is missing."
            yield entry.slug, message, entry.line
        elif (made := judged.made(entry)) and not made.parts:
            message = f"“{entry.slug}” has nothing to read. Write at least a short version (in-brief)."
            yield entry.slug, message, entry.line
    for entry, made in judged.changing():
        emptied = [name for name in NEVER_EMPTY if entry.ref and entry.fields.get(name) == ""]
        if emptied:
            message = f"An authority cannot be without {', '.join(emptied)}. The library's own is shown; remove the empty one."
            yield entry.name, message, entry.line
        if entry.ref and made is not None and not made.parts:
            yield entry.name, f"“{entry.name}” has nothing left to read. Leave at least one part.", entry.line


@RULES.rule("CL012")
def bad_slug(judged: Judged) -> Iterator[Finding]:
    """The name of an authority of the author's own is not a slug, is one of the library's, or stands beside a ref."""
    for entry in judged.case_set.entries:
        if entry.ref and entry.slug:
            message = "Give a ref to change an authority of the library, or a slug to add your own, not both."
            yield entry.slug, message, entry.line
        elif entry.slug and not is_slug(entry.slug):
            message = (
                f"“{entry.slug[:100]}” is no name for an authority. Use lower-case letters, digits and hyphens (100 at most)."
            )
            yield entry.slug[:100], message, entry.line
        elif entry.slug and (before := judged.library.get(entry.slug)) and not before.is_agencys:
            message = f"The library has “{entry.slug}” already. To change it, write ref, not slug; else choose another name."
            yield entry.slug, message, entry.line


@RULES.rule("CL013")
def unknown_kind(judged: Judged) -> Iterator[Finding]:
    """The kind is not one of case, statute, policy, account, study."""
    for entry, _made in judged.changing():
        kind = entry.fields.get("kind")
        if kind and kind not in KINDS:
            message = f"The kind “{kind}” is not known. Write one of: {', '.join(KINDS)}."
            yield entry.name, message, entry.line


@RULES.rule("CL014")
def court_and_circuit(judged: Judged) -> Iterator[Finding]:
    """The circuit is no federal circuit, or is another than the citation says."""
    for entry, made in judged.changing():
        if made is None or made.kind != CASE or not {"circuit", "citation", "court"} & set(entry.fields):
            continue
        parsed = citation.parse(made.citation)
        if made.circuit and made.circuit not in citation.CIRCUITS:
            message = f"“{made.circuit}” is no federal circuit. Write one of: {', '.join(citation.CIRCUITS)}; or nothing."
            yield entry.name, message, entry.line
        elif parsed and parsed.circuit and made.circuit != parsed.circuit:
            message = f"The citation names the {parsed.circuit} Circuit, the circuit says “{made.circuit}”. Correct one of them."
            yield entry.name, message, entry.line


@RULES.rule("CL015")
def dates(judged: Judged) -> Iterator[Finding]:
    """A date that is none, or that the citation contradicts."""
    for entry, made in judged.changing():
        if made is None:
            continue
        if made.decided and not DATE.fullmatch(made.decided):
            message = f"“{made.decided[:40]}” is no date. Write the day as 1989-05-15, or only the year."
            yield entry.name, message, entry.line
        elif made.decided and (parsed := citation.parse(made.citation)) and parsed.year != made.year:
            message = f"The citation is of {parsed.year}, the decision of {made.year}. Correct one of them."
            yield entry.name, message, entry.line
        if made.checked and not MONTH.fullmatch(made.checked):
            message = f"“{made.checked[:40]}” is no month. Write when it was checked as 2026-11."
            yield entry.name, message, entry.line


@RULES.rule("CL016")
def treatment(judged: Judged) -> Iterator[Finding | Problem]:
    """A flag on later treatment that is not known, is taken away, or names nothing that changed the law."""
    for entry, made in judged.changing():
        if made is None or not {"treatment", "treatment_by"} & set(entry.fields):
            continue
        if made.treatment not in TREATMENTS:
            message = f"The treatment “{made.treatment[:40]}” is not known. Write limited or superseded, or leave it out."
            yield entry.name, message, entry.line
        elif made.treatment and not made.treatment_by:
            message = "Say what limited or superseded it (treatment-by): the name of an authority in the library, or a citation."
            yield entry.name, message, entry.line
        for name in made.treatment_by if made.treatment in TREATMENTS else ():
            if name not in judged.library and not citation.parse(name) and not citation.citations_in(name):
                message = f"“{name[:100]}” is neither a name in the library nor a citation, so learners cannot look it up."
                yield Problem("CL016", entry.name, message, WARNING, entry.line)
        before = judged.library.get(entry.ref)
        if before is not None and before.treatment and not made.treatment:
            message = (
                "The library warns of later law here, and your change takes the warning away. Put it back unless you are sure."
            )
            yield Problem("CL016", entry.name, message, WARNING, entry.line)


@RULES.rule("CL017")
def official_address(judged: Judged) -> Iterator[Finding]:
    """The official address is no web address."""
    for entry, made in judged.changing():
        if made and made.official_url and not is_web_address(made.official_url):
            message = f"“{made.official_url[:100]}” is no web address. It begins with https:// or http://."
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
                message = "A check has a question, one right answer and one to five wrong ones, all different."
                yield entry.name, message, entry.line


@RULES.rule("CL019", WARNING)
def nothing_to_check(judged: Judged) -> Iterator[Finding]:
    """The block completes by check questions, and an authority has none. Reading it to the end counts instead."""
    if judged.completes_by == "checked":
        for entry in judged.case_set.entries:
            made = judged.made(entry)
            if made and made.check is None:
                message = (
                    f"“{entry.name}” has no check question; reading it to the end counts instead. "
                    "Add a check, or choose another rule."
                )
                yield entry.name, message, entry.line


@RULES.rule("CL020")
def too_many(judged: Judged) -> Iterator[Finding]:
    """More authorities than one list can show. Learners see the first of them."""
    if len(judged.case_set.entries) > MOST_ENTRIES:
        message = f"The list has {len(judged.case_set.entries)} authorities; learners see the first {MOST_ENTRIES}. Divide it."
        yield "authority", message, judged.case_set.entries[MOST_ENTRIES].line


@RULES.rule("CL021")
def unknown_words(judged: Judged) -> Iterator[Finding]:
    """What a law does, how far one may rely on a study, or what to read with it is a word that is not known."""
    for entry, made in judged.changing():
        if made is None:
            continue
        for name, known in (("strength", STRENGTHS), ("reliance", RELIANCE)):
            if (given := getattr(made, name)) and given not in known:
                yield entry.name, f"The {name} “{given[:40]}” is not known. Write one of: {', '.join(known)}.", entry.line
        for slug in made.read_with if "read_with" in entry.fields else ():
            if slug not in judged.library:
                yield entry.name, f"The library has no “{slug[:100]}” to read with this. Check the spelling.", entry.line


def _named(field: str) -> str:
    return field.replace("_", "-")
