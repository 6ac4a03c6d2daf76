"""What an author can get wrong in a set of authorities, each rule with its permanent code."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import WARNING, Finding, Problem, sentence
from . import citation, rules_facts  # noqa: F401 - it enters its rules in the book when it is loaded
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
from .model import CASE, KINDS, CaseSet
from .rulebook import RULES, Judged
from .text import unwanted


def check(case_set: CaseSet, library: Library, completes_by: str = "") -> list[Problem]:
    """Every mistake in `case_set`, in the order of its lines. `library` is what the block's `ref`s are looked up in."""
    return RULES.problems(Judged(case_set, library, completes_by))


@RULES.rule("CL001")
def empty_set(judged: Judged) -> Iterator[Finding]:
    """The block lists no authority, so its learners have nothing to read and can never complete it."""
    if not judged.case_set.entries:
        yield "authority", sentence('The list is empty. Add at least one <authority ref="..."/>.'), 0


@RULES.rule("CL002")
def missing_ref(judged: Judged) -> Iterator[Finding]:
    """An `<authority>` does not say which one it is."""
    for entry in judged.case_set.entries:
        if not entry.name:
            message = sentence("This authority has no ref. Name one of the library's, or give a slug to one of your own.")
            yield "authority", message, entry.line


@RULES.rule("CL003")
def unknown_ref(judged: Judged) -> Iterator[Finding]:
    """`ref` names an authority that the library does not have. Learners see a notice in its place."""
    for entry in judged.case_set.entries:
        if entry.ref and entry.ref not in judged.library:
            message = sentence(
                "The library has no authority “{ref}”. Check the spelling against the library's list.", ref=entry.ref
            )
            yield entry.ref, message, entry.line


@RULES.rule("CL004")
def duplicate_ref(judged: Judged) -> Iterator[Finding]:
    """The same authority stands in the list twice. Learners see it once, at its first place."""
    seen = set()
    for entry in judged.case_set.entries:
        if entry.name and entry.name in seen:
            yield entry.name, sentence("“{name}” is in the list twice. Remove one of the two.", name=entry.name), entry.line
        seen.add(entry.name)


@RULES.rule("CL005")
def stray_element(judged: Judged) -> Iterator[Finding]:
    """An element that has no meaning here. It is kept, and never shown."""
    for stray in judged.case_set.strays:
        if stray.kind == "element":
            message = sentence(
                "<{name}> is not known here, or stands twice. A list holds <authority> elements with texts in them.",
                name=stray.name,
            )
            yield stray.name, message, stray.line


@RULES.rule("CL006")
def stray_attribute(judged: Judged) -> Iterator[Finding]:
    """An attribute that has no meaning. It is kept, and has no effect."""
    for stray in judged.case_set.strays:
        if stray.kind == "attribute":
            message = sentence(
                "The attribute “{name}” is not known here. An authority has a ref, or a slug and a kind.", name=stray.name
            )
            yield stray.name, message, stray.line


@RULES.rule("CL007")
def stray_text(judged: Judged) -> Iterator[Finding]:
    """Loose text between or in the authorities. It is kept, and never shown."""
    for stray in judged.case_set.strays:
        if stray.kind == "text":
            message = sentence(
                "The text “{name}” is not shown to learners. Put it in a text component above the list.", name=stray.name
            )
            yield "authority", message, stray.line


@RULES.rule("CL008")
def too_much_text(judged: Judged) -> Iterator[Finding]:
    """An authority with more text than a page or a packet can take. Learners see the library's own text, or nothing."""
    for entry, _made in judged.changing():
        if too_long(entry.fields):
            name = _named(next(iter(texts_too_long(entry.fields)), "text"))
            message = sentence(
                "“{name}” is too long: at most {longest_text} characters for one text, {longest_authority} for an authority. "
                "Shorten it; the full opinion belongs behind its official address.",
                name=name,
                longest_text=LONGEST_TEXT,
                longest_authority=LONGEST_AUTHORITY,
            )
            yield entry.name, message, entry.line


@RULES.rule("CL009")
def unwanted_characters(judged: Judged) -> Iterator[Finding]:
    """Control characters, or characters that turn the direction of text. They are left out when it is shown."""
    for entry, _made in judged.changing():
        for name, value in entry.fields.items():
            if signs := unwanted("".join(texts_of(value))):
                message = sentence(
                    "“{name}” has characters that cannot be shown ({names}). Remove them.",
                    name=_named(name),
                    names=", ".join(signs[:5]),
                )
                yield entry.name, message, entry.line


@RULES.rule("CL010", WARNING)
def citation_form(judged: Judged) -> Iterator[Finding]:
    """The citation of a decision is not in the form that the library writes and reads."""
    for entry, made in judged.changing():
        if made and made.kind == CASE and {"citation", "kind"} & set(entry.fields):
            for fault in citation.faults(made.citation):
                yield entry.name, sentence("{fault} Given: “{citation}”.", fault=fault, citation=made.citation[:200]), entry.line


@RULES.rule("CL011")
def incomplete(judged: Judged) -> Iterator[Finding]:
    """An authority without a kind, a caption, a citation or anything to read."""
    for entry in judged.case_set.entries:
        if not entry.slug or entry.ref:
            continue
        missing = [name for name in ("kind", "caption", "citation") if not str(entry.fields.get(name) or "").strip()]
        if missing:
            message = sentence(
                "“{slug}” is not shown to learners: it has no {names}. Write what is missing.",
                slug=entry.slug,
                names=", ".join(missing),
            )
            yield entry.slug, message, entry.line
        elif (made := judged.made(entry)) and not made.parts:
            message = sentence("“{slug}” has nothing to read. Write at least a short version (in-brief).", slug=entry.slug)
            yield entry.slug, message, entry.line
    for entry, made in judged.changing():
        emptied = [name for name in NEVER_EMPTY if entry.ref and entry.fields.get(name) == ""]
        if emptied:
            message = sentence(
                "An authority cannot be without {names}. The library's own is shown; remove the empty one.",
                names=", ".join(emptied),
            )
            yield entry.name, message, entry.line
        if entry.ref and made is not None and not made.parts:
            yield entry.name, sentence("“{name}” has nothing left to read. Leave at least one part.", name=entry.name), entry.line


@RULES.rule("CL012")
def bad_slug(judged: Judged) -> Iterator[Finding]:
    """The name of an authority of the author's own is not a slug, is one of the library's, or stands beside a ref."""
    for entry in judged.case_set.entries:
        if entry.ref and entry.slug:
            message = sentence("Give a ref to change an authority of the library, or a slug to add your own, not both.")
            yield entry.slug, message, entry.line
        elif entry.slug and not is_slug(entry.slug):
            message = sentence(
                "“{slug}” is no name for an authority. Use lower-case letters, digits and hyphens (100 at most).",
                slug=entry.slug[:100],
            )
            yield entry.slug[:100], message, entry.line
        elif entry.slug and (before := judged.library.get(entry.slug)) and not before.is_agencys:
            message = sentence(
                "The library has “{slug}” already. To change it, write ref, not slug; else choose another name.", slug=entry.slug
            )
            yield entry.slug, message, entry.line


@RULES.rule("CL013")
def unknown_kind(judged: Judged) -> Iterator[Finding]:
    """The kind is not one of case, statute, policy, account, study."""
    for entry, _made in judged.changing():
        kind = entry.fields.get("kind")
        if kind and kind not in KINDS:
            message = sentence("The kind “{kind}” is not known. Write one of: {names}.", kind=kind, names=", ".join(KINDS))
            yield entry.name, message, entry.line


def _named(field: str) -> str:
    return field.replace("_", "-")
