"""What an authority is: one decision, law, account or study, as its TOML file in authorities/ says it.

Nothing is computed here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..content import Stray
from ..content.italics import plain
from .sentences import sentences

CASE, STATUTE, POLICY, ACCOUNT, STUDY = "case", "statute", "policy", "account", "study"
KINDS = (CASE, STATUTE, POLICY, ACCOUNT, STUDY)  # an account: what became of officers, as news and agencies tell it
YES, PARTLY, AGENCY = "yes", "partly", "agency"
LIMITED, SUPERSEDED = "limited", "superseded"
TREATMENTS = ("", LIMITED, SUPERSEDED)
# What a law of a state does about stepping in, the strongest first: it orders the officer; a statewide policy does; certification
# depends on it; each agency must have a policy; a model policy; training alone; a report alone; aid alone.
STRENGTHS = ("duty", "statewide", "certificate", "policy", "model", "training", "report", "aid")
SOUND, CARE, CAUTION = "sound", "care", "caution"
RELIANCE = (SOUND, CARE, CAUTION)  # how far a lesson may rest on a study; "caution" is no proof of anything

# The parts of a brief, in reading order.
PARTS_OF_CASE = ("facts", "question", "holding", "rule", "on_the_street", "outcome", "later_treatment")
PARTS_OF_LAW = (
    "elements", "penalties_remedies", "duty", "who_it_covers", "reporting_and_retaliation", "consequence", "training",
    "key_words",
)  # fmt: skip
PARTS_OF_STUDY = ("claim", "sample", "figures", "limits", "on_the_street")
PARTS_OF_ACCOUNT = ("facts", "who_stood_by", "outcome", "later_treatment", "on_the_street")
PARTS_OF = {CASE: PARTS_OF_CASE, ACCOUNT: PARTS_OF_ACCOUNT, STUDY: PARTS_OF_STUDY}  # of all others: of law
# The fields in which *stars* make italics; all other texts are plain throughout.
ITALICS = frozenset(["in_brief", *PARTS_OF_CASE, *PARTS_OF_LAW, *PARTS_OF_ACCOUNT, *PARTS_OF_STUDY, "treatment_note"])
LINE_RESTS_ON = frozenset(["in_brief", "facts", "holding", "outcome"])
WORDS_A_MINUTE = 200
LISTS = frozenset(["topics", "elements", "penalties_remedies", "treatment_by", "read_with", "sources_seen"])


@dataclass(frozen=True)
class Section:
    """One part of a brief: `code` names it (a field of `Authority`), `paragraphs` are its text or the items of its list."""

    code: str
    paragraphs: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Check:
    """A question on an authority with one right answer; `why` says what makes it right."""

    question: str
    right: str
    wrong: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Authority:
    """One authority. Texts are plain but for italics (`italics.runs`) in `ITALICS`; a field that its kind does not use is empty.

    `decided` is a date as far as it is known: "1989-05-15" or "1991". `circuit` is as Bluebook abbreviates it ("4th", "2d",
    "D.C."), empty for the Supreme Court and state courts. `teaching_order` stands beside `modules`: the place of the
    authority in each. `in_brief` is what can be read in twenty seconds, `in_a_line` says what happened and who won.
    `treatment` flags law that may not be relied on as it stands ("limited", "superseded"), `treatment_by` names what changed
    it (slugs, or citations of what the library has not); `read_with` are slugs of what says otherwise, or completes it.
    `strength` is one of `STRENGTHS`, `in_force` the date from which a law holds, as words, and `key_words` are its own words. A
    study or an account has `published` (years, as words), a study `reliance`, one of `RELIANCE`. `verified` is "yes" or
    "partly", or "agency" where an institution answers for the text; `verified_note` says what was not confirmed.
    `official_url_seen` is False where the address follows its publisher's pattern and the page itself was not opened. `checked`
    is the month of that check. `edited` names the fields that an institution has changed.
    """

    slug: str
    kind: str
    caption: str
    citation: str
    modules: tuple[int, ...] = ()
    teaching_order: tuple[int, ...] = ()
    official_url: str = ""
    official_url_seen: bool = False
    verified: str = AGENCY
    verified_note: str = ""
    checked: str = ""
    sources_seen: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    in_a_line: str = ""
    in_brief: str = ""
    treatment: str = ""
    treatment_by: tuple[str, ...] = ()
    treatment_note: str = ""
    read_with: tuple[str, ...] = ()
    check: Check | None = None
    edited: tuple[str, ...] = ()
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
    who_stood_by: str = ""
    # statutes and policies
    state: str = ""
    elements: tuple[str, ...] = ()
    penalties_remedies: tuple[str, ...] = ()
    duty: str = ""
    who_it_covers: str = ""
    reporting_and_retaliation: str = ""
    consequence: str = ""
    training: str = ""
    key_words: str = ""
    strength: str = ""
    in_force: str = ""
    # studies, accounts
    published: str = ""
    reliance: str = ""
    claim: str = ""
    sample: str = ""
    figures: str = ""
    limits: str = ""

    @property
    def year(self) -> int | None:
        """The year of a decision, of a study or an account the last; None for what has none."""
        years = re.findall(r"\d{4}", self.published) if self.published else re.findall(r"^\d{4}", self.decided)
        return int(years[-1]) if years else None

    @property
    def is_agencys(self) -> bool:
        """True for an authority that an institution has added; False for one of the shipped library, edited or not."""
        return self.verified == AGENCY

    @property
    def heading(self) -> str:
        """The name in a list of authorities: many statutes are called "Duty to intervene", so these say whose they are."""
        if self.kind in (CASE, ACCOUNT, STUDY) or "Justice" in self.state:
            return self.caption
        place = self.citation_start if " U.S.C. " in self.citation else self.state
        return f"{place}: {self.caption}" if place else self.caption

    @property
    def citation_start(self) -> str:
        """The citation up to its first parenthesis."""
        return self.citation.partition(" (")[0]

    @property
    def short_version(self) -> tuple[Section, ...]:
        """What can be read in twenty seconds; where nobody wrote it, the nearest to it that there is."""
        if self.in_brief:
            return self._sections("in_brief")
        substitute = self._sections("rule", "claim", "on_the_street", "duty")
        return substitute or tuple(Section(part.code, part.paragraphs[:1], part.is_list) for part in self.full_brief[:1])

    @property
    def line(self) -> str:
        """One line for lists: what happened and who won, or what the law says; plain, "" where there is nothing to say.

        Where nobody wrote it, and where an institution has changed what it rests on, it is how the short version begins.
        """
        if self.in_a_line and not LINE_RESTS_ON.intersection(self.edited):
            return self.in_a_line
        paragraphs = [plain(paragraph) for section in self.short_version for paragraph in section.paragraphs[:1]]
        return paragraphs[0][slice(*sentences(paragraphs[0])[0])] if paragraphs else ""

    @property
    def minutes(self) -> int:
        """About how long the whole brief takes to read, at least one."""
        return max(1, round(len(self.plain_text.split()) / WORDS_A_MINUTE))

    @property
    def full_brief(self) -> tuple[Section, ...]:
        """The whole brief, in reading order."""
        return self._sections(*PARTS_OF.get(self.kind, PARTS_OF_LAW))

    @property
    def parts(self) -> tuple[Section, ...]:
        """Everything of which a passage can be marked: the short version and the whole brief, each section once."""
        return (*self._sections("in_brief"), *self.full_brief)

    @property
    def plain_text(self) -> str:
        """Everything a reader sees, as plain lines without stars: for search and for reading without a page."""
        lines = [self.caption, self.citation]
        lines += [plain(paragraph) for section in self.parts for paragraph in section.paragraphs]
        return "\n".join(lines)

    def place_in(self, module: int) -> int:
        """The position of this authority in the teaching order of `module`. Raises `ValueError` where it is not taught."""
        return self.teaching_order[self.modules.index(module)]

    def _sections(self, *codes: str) -> tuple[Section, ...]:
        sections = []
        for code in codes:
            value = getattr(self, code)
            if value:
                is_list = isinstance(value, tuple)
                sections.append(Section(code, value if is_list else (value,), is_list))
        return tuple(sections)


def by_kind_and_name(authority: Authority) -> tuple[int, str, str]:
    """The key for sorting authorities by kind, then by name."""
    kind = KINDS.index(authority.kind) if authority.kind in KINDS else len(KINDS)
    return kind, authority.heading.casefold(), authority.slug


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
class Jurisdiction:
    """A state, district or territory. `circuit` is the name of its federal circuit, "" where it has none; `statutes` are slugs
    of what the library has of its law. `looked_for` says where its law on stepping in was looked for ("" where nobody has
    looked), `found` what came of it besides `statutes`, `checked` in which month."""

    code: str
    name: str
    circuit: str
    statutes: tuple[str, ...] = ()
    looked_for: str = ""
    found: str = ""
    checked: str = ""


@dataclass(frozen=True)
class Entry:
    """One `<authority>` of an author; `line` is 1-based in the block's content.

    With `ref` it is one of the library, with `fields` in it changed. With `slug` it is the author's own, and `fields` are all of
    it. `fields` hold texts as written (lists as tuples, the check as `Check`), by the names of `Authority`.
    """

    ref: str = ""
    slug: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    line: int = 0

    @property
    def name(self) -> str:
        """The slug under which learners find it."""
        return self.ref or self.slug


@dataclass(frozen=True)
class CaseSet:
    """The authorities that an author placed in a block, in order, and what else stood there."""

    entries: tuple[Entry, ...] = ()
    strays: tuple[Stray, ...] = ()
