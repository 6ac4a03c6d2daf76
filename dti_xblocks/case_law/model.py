"""What an authority is: one decision, statute or policy, as its TOML file in authorities/ says it. Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass

CASE, STATUTE, POLICY = "case", "statute", "policy"
KINDS = (CASE, STATUTE, POLICY)
YES, PARTLY = "yes", "partly"


@dataclass(frozen=True)
class Section:
    """One part of a brief: `code` names it (a field of `Authority`), `paragraphs` are its text or the items of its list."""

    code: str
    paragraphs: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Authority:
    """One authority. Texts are plain, without markup; a field that its kind has no use for is empty.

    `decided` is a date as far as it is known: "1989-05-15" or "1991". `circuit` is as Bluebook abbreviates it ("4th", "2d",
    "D.C."), empty for the Supreme Court and state courts. `teaching_order` stands beside `modules`: the place of the authority
    in each. `verified` is "yes" or "partly"; `verified_note` says what was not confirmed. `official_url_seen` is False where
    the address follows its publisher's pattern and the page itself was not opened. `checked` is the month of that check.
    """

    slug: str
    kind: str
    caption: str
    citation: str
    modules: tuple[int, ...]
    teaching_order: tuple[int, ...]
    official_url: str
    official_url_seen: bool
    verified: str
    verified_note: str
    checked: str
    sources_seen: tuple[str, ...]
    topics: tuple[str, ...] = ()
    # decisions
    court: str = ""
    circuit: str = ""
    decided: str = ""
    facts: str = ""
    question: str = ""
    holding: str = ""
    rule: str = ""
    on_the_street: str = ""
    outcome: str = ""
    later_treatment: str = ""
    # statutes and policies
    state: str = ""
    elements: tuple[str, ...] = ()
    penalties_remedies: tuple[str, ...] = ()
    duty: str = ""
    who_it_covers: str = ""
    reporting_and_retaliation: str = ""

    @property
    def heading(self) -> str:
        """The name in a list of authorities: many statutes are called "Duty to intervene", so these say whose they are."""
        if self.kind == CASE or "Justice" in self.state:
            return self.caption
        place = self.citation_start if " U.S.C. " in self.citation else self.state
        return f"{place}: {self.caption}"

    @property
    def citation_start(self) -> str:
        """The citation up to its first parenthesis."""
        return self.citation.partition(" (")[0]

    @property
    def short_version(self) -> tuple[Section, ...]:
        """What can be read in twenty seconds."""
        if self.kind == CASE:
            return self._sections("rule", "on_the_street")
        if self.duty:
            return self._sections("duty")
        return (Section("penalties_remedies", self.penalties_remedies[:1]),)

    @property
    def full_brief(self) -> tuple[Section, ...]:
        """The whole brief, in reading order."""
        if self.kind == CASE:
            return self._sections("facts", "question", "holding", "rule", "on_the_street", "outcome", "later_treatment")
        return self._sections("elements", "penalties_remedies", "duty", "who_it_covers", "reporting_and_retaliation")

    @property
    def plain_text(self) -> str:
        """Everything a reader sees, as plain lines: for search and for reading without a page."""
        lines = [self.caption, self.citation]
        lines += [paragraph for section in self.full_brief for paragraph in section.paragraphs]
        return "\n".join(lines)

    def place_in(self, module: int) -> int:
        """The position of this authority in the teaching order of `module`. Raises `ValueError` where it is not taught."""
        return self.teaching_order[self.modules.index(module)]

    def _sections(self, *codes: str) -> tuple[Section, ...]:
        found = []
        for code in codes:
            value = getattr(self, code)
            if value:
                is_list = isinstance(value, tuple)
                found.append(Section(code, value if is_list else (value,), is_list))
        return tuple(found)


@dataclass(frozen=True)
class SeeAlso:
    """Further authority for a circuit's test: one of ours (`ref`) or only its `citation`, and how far it was checked."""

    ref: str = ""
    citation: str = ""
    note: str = ""


@dataclass(frozen=True)
class Circuit:
    """A federal circuit's test for failure to intervene. `cases` are slugs of authorities."""

    name: str
    cases: tuple[str, ...]
    test: str
    also_see: tuple[SeeAlso, ...]


@dataclass(frozen=True)
class Reference:
    """One `<authority ref="..."/>` of an author; `line` is 1-based in the block's content."""

    ref: str
    line: int = 0


@dataclass(frozen=True)
class Stray:
    """Something in a block's content that has no meaning there: an element, an attribute or loose text."""

    what: str  # "element", "attribute" or "text"
    name: str
    line: int = 0


@dataclass(frozen=True)
class CaseSet:
    """The authorities that an author placed in a block, in order, and what else stood there."""

    references: tuple[Reference, ...] = ()
    strays: tuple[Stray, ...] = ()
