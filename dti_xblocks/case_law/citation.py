"""Citations in Bluebook form: read, checked, written in full, short and plain, and found in running text.

Covers what the library cites: decisions in the reporters below, decisions that no reporter carries (docket number or court
with a full date), and the United States Code. A reporter citation is named "volume reporter page", as in "490 U.S. 386".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

SUPREME = "U.S."
FEDERAL = (SUPREME, "S. Ct.", "L. Ed. 2d", "F.2d", "F.3d", "F.4th", "F. App'x", "F. Supp.", "F. Supp. 2d", "F. Supp. 3d")
# Of state courts: the regional reporters, and those of states whose own are cited.
STATE = (
    "Mass.", "Ohio App. 3d",
    "A.2d", "A.3d", "N.E.2d", "N.E.3d", "N.W.2d", "N.W.3d", "P.2d", "P.3d", "S.E.2d", "S.W.2d", "S.W.3d", "So. 2d",
    "So. 3d", "Cal. 4th", "Cal. 5th", "Cal. App. 4th", "Cal. App. 5th", "Cal. Rptr. 3d", "N.Y.2d", "N.Y.3d", "A.D.3d", "N.Y.S.3d",
)  # fmt: skip
REPORTERS = (*FEDERAL, *STATE)
CIRCUITS = ("1st", "2d", "3d", "4th", "5th", "6th", "7th", "8th", "9th", "10th", "11th", "D.C.", "Fed.")
LONGEST = 1000  # characters; a longer text is not a citation
BLANK_PAGE = "___"  # a decision whose page is not assigned yet

# Dots, spaces and case vary in the wild ("490 U. S. 386", "490 us 386"): the patterns take them all.
_REPORTER = "|".join(
    sorted((re.escape(name).replace(r"\ ", r"\s*").replace(r"\.", r"\.?\s*") for name in REPORTERS), key=len, reverse=True)
)
_CITED = re.compile(rf"(?<![\w.])(\d{{1,4}})\s*({_REPORTER})(?<!\s)\s*(\d{{1,5}}|_{{2,}})(?!\w)", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![\w.])(\d{1,2})\s*U\.?\s*S\.?\s*C\.?(?:\s*A\.?)?[\s,]*(?:§+|sec(?:tions?|s?\.)?)?\s*(\d+[a-z]?)(?!\w)", re.IGNORECASE
)
_REPORTED = re.compile(
    r"(?P<name>.+?), (?P<volume>\d+) (?P<reporter>[A-Z][A-Za-z0-9.' ]*?) (?P<page>\d+|___) "
    r"\((?:(?P<court>[^()]*?) )?(?P<year>\d{4})\)(?P<notes>(?: \([^()]+\))*)"
)
_UNREPORTED = re.compile(
    r"(?P<name>.+?)(?:, (?P<docket>No\. [^()]+?))? "
    r"\((?P<court>(?:[A-Z]|\d+(?:st|d|th) Cir)[^();]*?),? (?P<date>[A-Z][a-z]+\.? \d{1,2}, (?P<year>\d{4}))\)"
    r"(?P<notes>(?: \([^()]+\))*)"
)
_SHORT = re.compile(rf"([^§]+?), (?:\d+ (?:{_REPORTER})(?<!\s) (?:\d+|___)|No\. .+)")
_OF_THE_CODE = re.compile(r"(\d+) U\.S\.C\. § (\S+)")
_SPELLED = {"2d": "2nd", "3d": "3rd", "Fed.": "Federal"}
# Parties that many cases have: a short form by their name would not say which case is meant.
_STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|"
    "Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|"
    "Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|"
    "Puerto Rico|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|"
    "Wisconsin|Wyoming"
)
_GOVERNMENT = re.compile(
    rf"(?:{_STATES}|United States|U\.S\.|State|People|Commonwealth|District of Columbia"
    r"|(?:(?:City|Town|Village|County|Municipality|Borough|Parish|State|People|Commonwealth|Territory|Government|Board|Bd\.|"
    r"Department|Dep['’]t|City and County) of|Board|Bd\.) .+|.+ (?:County|Cnty\.|Parish))(?: ex rel\. .+)?"
)
_DAY = re.compile(r",? [A-Z][a-z]+\.? \d{1,2},?$")  # before the year of a decision that only a database has
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"(?:\s|&nbsp;|&#160;|&#xA0;)+", re.IGNORECASE)


@dataclass(frozen=True)
class CaseCitation:
    """A citation of a decision, taken apart. `reporter` is empty for a decision that none carries; then `date` is full."""

    name: str
    court: str
    year: int
    volume: str = ""
    reporter: str = ""
    page: str = ""
    docket: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """The reporter citation alone: "490 U.S. 386". Empty for a decision that no reporter carries."""
        return f"{self.volume} {self.reporter} {self.page}" if self.reporter else ""

    @property
    def circuit(self) -> str:
        """The circuit whose court of appeals decided ("4th"), else an empty text."""
        name = self.court.removesuffix(" Cir.")
        return name if name != self.court else ""

    @property
    def is_of_district_court(self) -> bool:
        """True where a federal trial court decided: "(N.D. Ill. 2012)"."""
        return bool(re.match(r"(?:[NSEWCM]\.)?D\. ?[A-Z]", self.court))

    def __str__(self) -> str:
        notes = "".join(f" ({note})" for note in self.notes)
        if self.reporter:
            court = f"{self.court} " if self.court else ""
            return f"{self.name}, {self.place} ({court}{self.year}){notes}"
        docket = f", {self.docket}" if self.docket else ""
        comma = "," if self.court.endswith("County") else ""
        return f"{self.name}{docket} ({self.court}{comma} {self.date}){notes}"


@dataclass(frozen=True)
class Forms:
    """A citation in full, short (without a page within it) and in plain words for a report."""

    full: str
    short: str
    plain: str


def parse(text: str) -> CaseCitation | None:
    """The citation that `text` is, as a whole; None when it is not in the form of one."""
    if len(text) > LONGEST:
        return None
    if match := _REPORTED.fullmatch(text):
        return CaseCitation(
            name=match["name"],
            court=match["court"] or "",
            year=int(match["year"]),
            volume=match["volume"],
            reporter=match["reporter"],
            page=match["page"],
            notes=_notes(match["notes"]),
        )
    if match := _UNREPORTED.fullmatch(text):
        return CaseCitation(
            name=match["name"],
            court=match["court"],
            year=int(match["year"]),
            docket=match["docket"] or "",
            date=match["date"],
            notes=_notes(match["notes"]),
        )
    return None


def faults(text: str) -> list[str]:
    """What is wrong with `text` as a citation of a decision, as sentences; empty when it is in good form."""
    citation = parse(text)
    if citation is None:
        return ["This is not a citation of a decision: name, volume, reporter, page, and court with year in parentheses."]
    wrong: list[str] = []
    if not citation.reporter:
        return wrong
    if citation.reporter not in REPORTERS:
        wrong.append(f"The reporter “{citation.reporter}” is not one of those we know: {', '.join(REPORTERS)}.")
    elif citation.reporter == SUPREME and citation.court:
        wrong.append("A citation of United States Reports names no court: they hold the Supreme Court's decisions only.")
    elif citation.reporter.startswith("F.") and not citation.court:
        wrong.append("The court is missing before the year, as in (4th Cir. 1994).")
    if citation.circuit and citation.circuit not in CIRCUITS:
        wrong.append(f"“{citation.court}” is not the Bluebook form of a circuit: write 1st, 2d, 3d, 4th and so on.")
    return wrong


class Citable(Protocol):
    """What can be cited: an `Authority`, or anything with these."""

    @property
    def kind(self) -> str:
        """Case, statute or policy."""

    @property
    def caption(self) -> str:
        """The name of the authority."""

    @property
    def citation(self) -> str:
        """The citation as it is printed."""

    @property
    def citation_start(self) -> str:
        """The citation up to its page, without court and year."""

    @property
    def court(self) -> str:
        """The court, "" where there is none."""


def forms_of(authority: Citable) -> Forms:
    """How `authority` can be cited.

    Short: "Graham, 490 U.S. 386", "42 U.S.C. § 1983". Plain: "Graham v. Connor (U.S. Supreme Court, 1989)". What is not in the
    form of a citation is given as it is. The words are those of American law, and are not translated.
    """
    full = authority.citation
    parsed = parse(full) if authority.kind == "case" else None
    if parsed is None:
        start = authority.citation_start.partition("; ")[0] or full
        return Forms(full, start, _plain_rule(authority.caption, start))
    place = parsed.place or parsed.docket
    party = short_name(parsed.name)
    short = f"{party}, {place}" if place else str(CaseCitation(party, parsed.court, parsed.year, date=parsed.date))
    where = ", ".join(filter(None, (_plain_court(parsed, authority.court), str(parsed.year))))
    return Forms(full, short, f"{authority.caption} ({where})")


def short_name(name: str) -> str:
    """The party that a case is called by: the first, unless that is a government; the whole name where there are not two."""
    first, versus, second = name.partition(" v. ")
    return second if versus and _GOVERNMENT.fullmatch(first) else first


def italic_name(text: str) -> list[tuple[str, bool]]:
    """`text`, a citation of any form, as pieces with whether they are in italics: the name of a case, nothing else."""
    parsed = parse(text)
    if parsed and parsed.reporter and parsed.reporter not in REPORTERS:
        parsed = None  # a journal
    name = parsed.name if parsed else text.partition(" (")[0] if " v. " in text.partition(" (")[0] else ""
    if not name and (short := _SHORT.fullmatch(text)):
        name = short[1]
    return [piece for piece in ((name, True), (text[len(name) :], False)) if piece[0]]


def citations_in(text: str) -> list[str]:
    """The reporter citations in `text` (plain or HTML), each once, in order, in one spelling: "490 U.S. 386"."""
    return _unique(
        f"{volume} {_reporter_named(reporter)} {BLANK_PAGE if page.startswith('_') else page}"
        for volume, reporter, page in _CITED.findall(_flat(text))
    )


def code_sections_in(text: str) -> list[str]:
    """The sections of the United States Code named in `text` (plain or HTML), each once: "18 U.S.C. § 242"."""
    return _unique(f"{title} U.S.C. § {section}" for title, section in _CODE.findall(_flat(text)))


def spans(text: str) -> list[tuple[int, int, str]]:
    """Where the reporter citations and sections of the Code stand in `text` (plain): start, end, and the one spelling."""
    cases = [
        (match.start(), match.end(), f"{match[1]} {_reporter_named(match[2])} {match[3]}") for match in _CITED.finditer(text)
    ]
    return cases + [(match.start(), match.end(), f"{match[1]} U.S.C. § {match[2]}") for match in _CODE.finditer(text)]


def _plain_rule(caption: str, start: str) -> str:
    """A statute or policy by what it is called; of the United States Code with title and section in words."""
    of_the_code = _OF_THE_CODE.fullmatch(start)
    place = f"title {of_the_code[1]} of the United States Code, section {of_the_code[2]}" if of_the_code else start
    return f"{caption}, {place}" if caption and caption not in place else place


def _plain_court(citation: CaseCitation, court: str) -> str:
    if citation.reporter in (SUPREME, "S. Ct.", "L. Ed. 2d") and not citation.court:
        return "U.S. Supreme Court"
    if citation.circuit:
        return f"{_SPELLED.get(citation.circuit, citation.circuit)} Circuit"
    named = re.sub(r" \(([^()]*)\)", r", \1", court.replace("United States", "U.S."))
    return named or _DAY.sub("", citation.court)


def _reporter_named(spelling: str) -> str:
    return next(name for name in REPORTERS if _squeezed(name) == _squeezed(spelling))


def _squeezed(name: str) -> str:
    return re.sub(r"[\s.]", "", name).lower()


def _flat(text: str) -> str:
    text = text.replace("&#167;", "§").replace("&sect;", "§").replace("&#xA7;", "§")
    return _SPACES.sub(" ", _TAG.sub("", text))


def _unique(items: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _notes(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\(([^()]+)\)", text))
