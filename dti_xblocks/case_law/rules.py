"""What an author can get wrong in a set of authorities, each rule with its permanent code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from ..content import WARNING, Problem
from . import citation
from .library import (
    LONGEST_AUTHORITY,
    LONGEST_TEXT,
    NEVER_EMPTY,
    Library,
    authority_of,
    is_slug,
    texts_of,
    texts_too_long,
    too_long,
)
from .model import CASE, KINDS, TREATMENTS, Authority, CaseSet, Check, Entry
from .text import unwanted

MOST_ENTRIES = 300
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Judged:
    """A set, the library it is over, and what its entries come to there. `completes_by` is the block's completion rule."""

    case_set: CaseSet
    library: Library
    completes_by: str = ""

    _made: dict[int, Authority | None] = field(default_factory=dict, repr=False, compare=False)

    def made(self, entry: Entry) -> Authority | None:
        """What `entry` comes to; worked out once, since most rules ask."""
        if id(entry) not in self._made:
            self._made[id(entry)] = authority_of(entry, self.library.get(entry.name))
        return self._made[id(entry)]

    def changing(self) -> Iterator[tuple[Entry, Authority | None]]:
        """The entries with texts of the author's own, with what they come to."""
        for entry in self.case_set.entries:
            if entry.fields:
                yield entry, self.made(entry)


def check(case_set: CaseSet, library: Library, completes_by: str = "") -> list[Problem]:
    """Every mistake in `case_set`, in the order of its lines. `library` is what the block's `ref`s are looked up in."""
    judged = Judged(case_set, library, completes_by)
    found = [problem for rule in RULES for problem in rule(judged)]
    return sorted(found, key=lambda problem: (problem.line, problem.code))


def empty_set(judged: Judged) -> Iterator[Problem]:
    """CL001: the block lists no authority, so its learners have nothing to read and can never complete it."""
    if not judged.case_set.entries:
        yield Problem("CL001", "authority", 'The list is empty. Add at least one <authority ref="..."/>.')


def missing_ref(judged: Judged) -> Iterator[Problem]:
    """CL002: an `<authority>` does not say which one it is."""
    for entry in judged.case_set.entries:
        if not entry.name:
            message = "This authority has no ref. Name one of the library's, or give a slug to one of your own."
            yield Problem("CL002", "authority", message, line=entry.line)


def unknown_ref(judged: Judged) -> Iterator[Problem]:
    """CL003: `ref` names an authority that the library does not have. Learners see a notice in its place."""
    for entry in judged.case_set.entries:
        if entry.ref and entry.ref not in judged.library:
            message = f"The library has no authority “{entry.ref}”. Check the spelling against the library's list."
            yield Problem("CL003", entry.ref, message, line=entry.line)


def duplicate_ref(judged: Judged) -> Iterator[Problem]:
    """CL004: the same authority stands in the list twice. Learners see it once, at its first place."""
    seen = set()
    for entry in judged.case_set.entries:
        if entry.name and entry.name in seen:
            yield Problem("CL004", entry.name, f"“{entry.name}” is in the list twice. Remove one of the two.", line=entry.line)
        seen.add(entry.name)


def stray_element(judged: Judged) -> Iterator[Problem]:
    """CL005: an element that has no meaning here. It is kept, and never shown."""
    for stray in judged.case_set.strays:
        if stray.kind == "element":
            message = f"<{stray.name}> is not known here, or stands twice. A list holds <authority> elements with texts in them."
            yield Problem("CL005", stray.name, message, line=stray.line)


def stray_attribute(judged: Judged) -> Iterator[Problem]:
    """CL006: an attribute that has no meaning. It is kept, and has no effect."""
    for stray in judged.case_set.strays:
        if stray.kind == "attribute":
            message = f"The attribute “{stray.name}” is not known here. An authority has a ref, or a slug and a kind."
            yield Problem("CL006", stray.name, message, line=stray.line)


def stray_text(judged: Judged) -> Iterator[Problem]:
    """CL007: loose text between or in the authorities. It is kept, and never shown."""
    for stray in judged.case_set.strays:
        if stray.kind == "text":
            message = f"The text “{stray.name}” is not shown to learners. Put it in a text component above the list."
            yield Problem("CL007", "authority", message, line=stray.line)


def too_much_text(judged: Judged) -> Iterator[Problem]:
    """CL008: an authority with more text than a page or a packet can take. Learners see the library's own text, or nothing."""
    for entry, _made in judged.changing():
        if too_long(entry.fields):
            name = _named(next(iter(texts_too_long(entry.fields)), "text"))
            limits = f"at most {LONGEST_TEXT} characters for one text, {LONGEST_AUTHORITY} for an authority"
            message = f"“{name}” is too long: {limits}. Shorten it; the full opinion belongs behind its official address."
            yield Problem("CL008", entry.name, message, line=entry.line)


def unwanted_characters(judged: Judged) -> Iterator[Problem]:
    """CL009: control characters, or characters that turn the direction of text. They are left out when it is shown."""
    for entry, _made in judged.changing():
        for name, value in entry.fields.items():
            if found := unwanted("".join(texts_of(value))):
                message = f"“{_named(name)}” has characters that cannot be shown ({', '.join(found[:5])}). Remove them."
                yield Problem("CL009", entry.name, message, line=entry.line)


def citation_form(judged: Judged) -> Iterator[Problem]:
    """CL010: the citation of a decision is not in the form that the library writes and reads."""
    for entry, made in judged.changing():
        if made and made.kind == CASE and {"citation", "kind"} & set(entry.fields):
            for fault in citation.faults(made.citation):
                yield Problem("CL010", entry.name, f"{fault} Given: “{made.citation[:200]}”.", WARNING, entry.line)


def incomplete(judged: Judged) -> Iterator[Problem]:
    """CL011: an authority without a kind, a caption, a citation or anything to read."""
    for entry in judged.case_set.entries:
        if not entry.slug or entry.ref:
            continue
        missing = [name for name in ("kind", "caption", "citation") if not str(entry.fields.get(name) or "").strip()]
        if missing:
            message = f"“{entry.slug}” is not shown to learners: it has no {', '.join(missing)}. Write what is missing."
            yield Problem("CL011", entry.slug, message, line=entry.line)
        elif (made := judged.made(entry)) and not made.parts:
            message = f"“{entry.slug}” has nothing to read. Write at least a short version (in-brief)."
            yield Problem("CL011", entry.slug, message, line=entry.line)
    for entry, made in judged.changing():
        emptied = [name for name in NEVER_EMPTY if entry.ref and entry.fields.get(name) == ""]
        if emptied:
            message = f"An authority cannot be without {', '.join(emptied)}. The library's own is shown; remove the empty one."
            yield Problem("CL011", entry.name, message, line=entry.line)
        if entry.ref and made is not None and not made.parts:
            yield Problem(
                "CL011", entry.name, f"“{entry.name}” has nothing left to read. Leave at least one part.", line=entry.line
            )


def bad_slug(judged: Judged) -> Iterator[Problem]:
    """CL012: the name of an authority of the author's own is no slug, is one of the library's, or stands beside a ref."""
    for entry in judged.case_set.entries:
        if entry.ref and entry.slug:
            message = "Give a ref to change an authority of the library, or a slug to add your own, not both."
            yield Problem("CL012", entry.slug, message, line=entry.line)
        elif entry.slug and not is_slug(entry.slug):
            message = (
                f"“{entry.slug[:100]}” is no name for an authority. Use lower-case letters, digits and hyphens (100 at most)."
            )
            yield Problem("CL012", entry.slug[:100], message, line=entry.line)
        elif entry.slug and (before := judged.library.get(entry.slug)) and not before.is_agencys:
            message = f"The library has “{entry.slug}” already. To change it, write ref, not slug; else choose another name."
            yield Problem("CL012", entry.slug, message, line=entry.line)


def unknown_kind(judged: Judged) -> Iterator[Problem]:
    """CL013: the kind is not one of case, statute, policy."""
    for entry, _made in judged.changing():
        kind = entry.fields.get("kind")
        if kind and kind not in KINDS:
            message = f"The kind “{kind}” is not known. Write one of: {', '.join(KINDS)}."
            yield Problem("CL013", entry.name, message, line=entry.line)


def court_and_circuit(judged: Judged) -> Iterator[Problem]:
    """CL014: the circuit is no federal circuit, or is another than the citation says."""
    for entry, made in judged.changing():
        if made is None or made.kind != CASE or not {"circuit", "citation", "court"} & set(entry.fields):
            continue
        parsed = citation.parse(made.citation)
        if made.circuit and made.circuit not in citation.CIRCUITS:
            message = f"“{made.circuit}” is no federal circuit. Write one of: {', '.join(citation.CIRCUITS)}; or nothing."
            yield Problem("CL014", entry.name, message, line=entry.line)
        elif parsed and parsed.circuit and made.circuit != parsed.circuit:
            message = f"The citation names the {parsed.circuit} Circuit, the circuit says “{made.circuit}”. Correct one of them."
            yield Problem("CL014", entry.name, message, line=entry.line)


def dates(judged: Judged) -> Iterator[Problem]:
    """CL015: a date that is none, or that the citation contradicts."""
    for entry, made in judged.changing():
        if made is None:
            continue
        if made.decided and not DATE.fullmatch(made.decided):
            message = f"“{made.decided[:40]}” is no date. Write the day as 1989-05-15, or only the year."
            yield Problem("CL015", entry.name, message, line=entry.line)
        elif made.decided and (parsed := citation.parse(made.citation)) and parsed.year != made.year:
            message = f"The citation is of {parsed.year}, the decision of {made.year}. Correct one of them."
            yield Problem("CL015", entry.name, message, line=entry.line)
        if made.checked and not MONTH.fullmatch(made.checked):
            message = f"“{made.checked[:40]}” is no month. Write when it was checked as 2026-11."
            yield Problem("CL015", entry.name, message, line=entry.line)


def treatment(judged: Judged) -> Iterator[Problem]:
    """CL016: a flag on later treatment that is not known, is taken away, or names nothing that changed the law."""
    for entry, made in judged.changing():
        if made is None or not {"treatment", "treatment_by"} & set(entry.fields):
            continue
        if made.treatment not in TREATMENTS:
            message = f"The treatment “{made.treatment[:40]}” is not known. Write limited or superseded, or leave it out."
            yield Problem("CL016", entry.name, message, line=entry.line)
        elif made.treatment and not made.treatment_by:
            message = "Say what limited or superseded it (treatment-by): the name of an authority in the library, or a citation."
            yield Problem("CL016", entry.name, message, line=entry.line)
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


def official_address(judged: Judged) -> Iterator[Problem]:
    """CL017: the official address is no web address."""
    for entry, made in judged.changing():
        if made and made.official_url and not is_web_address(made.official_url):
            message = f"“{made.official_url[:100]}” is no web address. It begins with https:// or http://."
            yield Problem("CL017", entry.name, message, line=entry.line)


def check_question(judged: Judged) -> Iterator[Problem]:
    """CL018: a check question that lacks the question, the right answer, a wrong one, or has one answer twice."""
    for entry, _made in judged.changing():
        found = entry.fields.get("check")
        if isinstance(found, Check):
            answers = [found.right, *found.wrong]
            if not (found.question and all(answers) and found.wrong) or len(set(answers)) < len(answers) or len(answers) > 6:
                message = "A check has a question, one right answer and one to five wrong ones, all different."
                yield Problem("CL018", entry.name, message, line=entry.line)


def nothing_to_check(judged: Judged) -> Iterator[Problem]:
    """CL019: the block completes by check questions, and an authority has none. Reading it to the end counts instead."""
    if judged.completes_by == "checked":
        for entry in judged.case_set.entries:
            made = judged.made(entry)
            if made and made.check is None:
                message = (
                    f"“{entry.name}” has no check question; reading it to the end counts instead. "
                    "Add a check, or choose another rule."
                )
                yield Problem("CL019", entry.name, message, WARNING, entry.line)


def too_many(judged: Judged) -> Iterator[Problem]:
    """CL020: more authorities than one list can show. Learners see the first of them."""
    if len(judged.case_set.entries) > MOST_ENTRIES:
        message = f"The list has {len(judged.case_set.entries)} authorities; learners see the first {MOST_ENTRIES}. Divide it."
        yield Problem("CL020", "authority", message, line=judged.case_set.entries[MOST_ENTRIES].line)


RULES = (
    empty_set, missing_ref, unknown_ref, duplicate_ref, stray_element, stray_attribute, stray_text, too_much_text,
    unwanted_characters, citation_form, incomplete, bad_slug, unknown_kind, court_and_circuit, dates, treatment,
    official_address, check_question, nothing_to_check, too_many,
)  # fmt: skip


def is_web_address(text: str) -> bool:
    """True for an absolute http or https address with a host and without spaces."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)


def _named(field: str) -> str:
    return field.replace("_", "-")
