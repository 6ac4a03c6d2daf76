"""What an author can get wrong in a set of authorities, each rule with its permanent code."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from .library import Library
from .model import CaseSet


def check(case_set: CaseSet, library: Library) -> list[Problem]:
    """Every mistake in `case_set`, in the order of its lines."""
    found = [problem for rule in RULES for problem in rule(case_set, library)]
    return sorted(found, key=lambda problem: (problem.line, problem.code))


def empty_set(case_set: CaseSet, library: Library) -> Iterator[Problem]:
    """CL001: the block lists no authority, so its learners have nothing to read and can never complete it."""
    if not case_set.references:
        yield Problem("CL001", "authority", 'The list is empty. Add at least one <authority ref="..."/>.')


def missing_ref(case_set: CaseSet, library: Library) -> Iterator[Problem]:
    """CL002: an `<authority>` does not say which one it is."""
    for reference in case_set.references:
        if not reference.ref:
            yield Problem("CL002", "authority", "This authority has no ref. Name one of the library's.", line=reference.line)


def unknown_ref(case_set: CaseSet, library: Library) -> Iterator[Problem]:
    """CL003: `ref` names an authority that the library does not have. Learners see the list without it."""
    for reference in case_set.references:
        if reference.ref and reference.ref not in library:
            message = f"The library has no authority “{reference.ref}”. Check the spelling against the library's list."
            yield Problem("CL003", reference.ref, message, line=reference.line)


def duplicate_ref(case_set: CaseSet, library: Library) -> Iterator[Problem]:
    """CL004: the same authority stands in the list twice. Learners see it once, at its first place."""
    seen = set()
    for reference in case_set.references:
        if reference.ref and reference.ref in seen:
            message = f"“{reference.ref}” is in the list twice. Remove one of the two."
            yield Problem("CL004", reference.ref, message, line=reference.line)
        seen.add(reference.ref)


def stray_element(case_set: CaseSet, library: Library) -> Iterator[Problem]:
    """CL005: an element that has no meaning here. It is kept, and never shown."""
    for stray in case_set.strays:
        if stray.what == "element":
            message = f'<{stray.name}> is not known here. A case-law block holds <authority ref="..."/> elements only.'
            yield Problem("CL005", stray.name, message, line=stray.line)


def stray_attribute(case_set: CaseSet, library: Library) -> Iterator[Problem]:
    """CL006: an attribute of `<authority>` that has no meaning. It is kept, and has no effect."""
    for stray in case_set.strays:
        if stray.what == "attribute":
            message = f"The attribute “{stray.name}” is not known here. An authority has only a ref."
            yield Problem("CL006", stray.name, message, line=stray.line)


def stray_text(case_set: CaseSet, library: Library) -> Iterator[Problem]:
    """CL007: loose text between or in the authorities. It is kept, and never shown."""
    for stray in case_set.strays:
        if stray.what == "text":
            message = f"The text “{stray.name}” is not shown to learners. Put it in a text component above the list."
            yield Problem("CL007", "authority", message, line=stray.line)


RULES = (empty_set, missing_ref, unknown_ref, duplicate_ref, stray_element, stray_attribute, stray_text)
