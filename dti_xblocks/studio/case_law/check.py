"""What the case-law editor asks while an author writes: what the library has, and how the list stands. Answers are plain data."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ...case_law import citation, olx, rules
from ...case_law.facets import Filters
from ...case_law.library import Library, authority_of, texts_of, texts_too_long, too_long
from ...case_law.model import AGENCY, LISTS, PARTLY, TREATMENTS, Authority, CaseSet, Check, Entry, Section
from ...case_law.text import unwanted
from ...content import MalformedContentError, Problem, parse_content
from ...content.italics import runs
from ...pages.case_law.views import LABELS
from ..kit.said import said

LARGEST = 1_000_000  # characters of content that are looked at while it is written; more can be saved and is checked then
LONGEST_QUERY = 200
MOST_FOUND = 30
FILTERS = ("module", "kind", "topic", "circuit", "state", "strength")

# The field of an entry that a problem is about; what the values of the entry decide is in `_field`.
FIELDS = {
    "CL002": "slug",
    "CL003": "ref",
    "CL004": "ref",
    "CL010": "citation",
    "CL012": "slug",
    "CL013": "kind",
    "CL014": "circuit",
    "CL017": "official_url",
    "CL018": "check",
    "CL019": "check",
}


def find(library: Library, query: str, chosen: dict[str, str]) -> dict[str, Any]:
    """What of `library` answers `query`, best first, at most `MOST_FOUND` of it. `chosen` are values of `FILTERS`.

    {"results": [row, …], "total": int, "partial": bool, "corrected": str, "facets": {filter: [[value, count], …]}}
    """
    results = library.find(query[:LONGEST_QUERY], Filters(**{name: chosen.get(name, "")[:100] for name in FILTERS}))
    return {
        "results": [row(hit.authority.slug, hit.authority) for hit in results.hits[:MOST_FOUND]],
        "total": results.total,
        "partial": results.partial,
        "corrected": results.corrected,
        "facets": {name: [list(pair) for pair in results.facets.get(name, ())] for name in FILTERS},
    }


def check(content: str, library: Library, completes_by: str = "", about: int | None = None) -> dict[str, Any]:
    """How the list in `content` stands over `library`. Raises `MalformedContentError`.

    {"rows": one for each <authority> in order, "problems": [{"code", "where", "message", "severity", "line", "at": number of the
    authority or None, "field"}], "about": see `_about`, for the authority of that number}
    """
    case_set = olx.read(parse_content(content))
    rows = [row(entry.name, _made(entry, library), entry) for entry in case_set.entries]
    problems = [_problem(problem, case_set, library) for problem in rules.check(case_set, library, completes_by)]
    answer: dict[str, Any] = {"rows": rows, "problems": problems}
    if about is not None and 0 <= about < len(case_set.entries):
        answer["about"] = _about(case_set.entries[about], library)
    return answer


def row(name: str, authority: Authority | None, entry: Entry | None = None) -> dict[str, Any]:
    """An authority as a line of a list. `entry` is how the author placed it; without, it is a finding of the library."""
    if authority is None:
        caption = str(entry.fields.get("caption") or "") if entry else ""
        flags = ["unknown"] if entry and entry.ref else ["incomplete"]
        return {"name": name, "heading": caption or name, "citation": "", "kind": "", "topics": [], "modules": [], "flags": flags}
    flags = [authority.treatment] if authority.treatment else []
    if authority.verified == PARTLY:
        flags.append("partly")
    if entry is not None and entry.slug:
        flags.append("own")
    elif entry is not None and entry.fields and authority.edited:
        flags.append("changed")
    elif authority.edited:
        flags.append("edited")
    elif authority.verified == AGENCY:
        flags.append("agency")
    return {
        "name": name,
        "heading": authority.heading,
        "citation": authority.citation,
        "kind": authority.kind,
        "topics": list(authority.topics),
        "modules": list(authority.modules),
        "flags": flags,
    }


def values(authority: Authority) -> dict[str, Any]:
    """The texts of `authority` by field: what an author can change of it."""
    names = ("kind", *olx.TEXTS, *sorted(LISTS))
    texts = {name: list(value) if isinstance(value, tuple) else value for name in names if (value := getattr(authority, name))}
    return {**texts, "check": _plain_check(authority.check)} if authority.check else texts


def _about(entry: Entry, library: Library) -> dict[str, Any]:
    """Everything about one entry: {"library": the library's texts or None, "preview": its brief as learners will read it,
    "citation": its forms and whether the library knows it}; the latter two None where there is nothing to show."""
    before = library.get(entry.ref) if entry.ref else None
    made = _made(entry, library) or _sketch(entry)
    return {
        "name": entry.name,
        "library": values(before) if before else None,
        "preview": _preview(made) if made else None,
        "citation": _citation(made, entry, library) if made and made.citation else None,
    }


def _made(entry: Entry, library: Library) -> Authority | None:
    return authority_of(entry, library.get(entry.name))


def _sketch(entry: Entry) -> Authority | None:
    """What there is of an entry that learners cannot be shown yet; None where there is nothing to show."""
    if entry.ref or too_long(entry.fields) or not entry.fields:
        return None
    blank = {name: str(entry.fields.get(name) or "") for name in ("kind", "caption", "citation")}
    return authority_of(Entry(slug="draft", fields={**entry.fields, **{name: text or "…" for name, text in blank.items()}}), None)


def _preview(made: Authority) -> dict[str, Any]:
    """The brief in reading order: texts as pieces [words, whether in italics]."""
    short = made.short_version
    parts = [(str(LABELS["in_brief"]), short[0])] if short else []
    parts += [(str(LABELS[part.code]), part) for part in made.full_brief if part not in short]
    return {
        "heading": made.heading,
        "sections": [{"label": label, "list": part.is_list, "paragraphs": _pieces(part)} for label, part in parts],
        "check": _plain_check(made.check) if made.check else None,
    }


def _pieces(part: Section) -> list[list[list[str | bool]]]:
    return [[list(piece) for piece in runs(text)] for text in part.paragraphs]


def _citation(made: Authority, entry: Entry, library: Library) -> dict[str, Any]:
    """The forms that learners can copy, and where the library has or names what is cited ("same", "named", "new" or "")."""
    forms = citation.forms_of(made)
    answer = {"full": forms.full, "short": forms.short, "plain": forms.plain, "known": "", "same": None}
    cited = _cited(made)
    if not cited or "citation" not in entry.fields:
        return answer
    same = next((other for other in library if other.slug != entry.name and cited & _cited(other)), None)
    if same is not None:
        return {**answer, "known": "same", "same": {"name": same.slug, "heading": same.heading}}
    return {**answer, "known": "named" if library.knows_citation(made.citation) else "new"}


def _cited(authority: Authority) -> set[str]:
    text = authority.citation[:1000]
    return {*citation.citations_in(text), *citation.code_sections_in(text)}


def _problem(problem: Problem, case_set: CaseSet, library: Library) -> dict[str, Any]:
    at = _at(problem, case_set)
    field = "" if at is None else _field(problem, case_set.entries[at], library)
    return {**said(problem), "at": at, "field": field}


def _at(problem: Problem, case_set: CaseSet) -> int | None:
    """The number of the authority that a problem is about; None where it is about the list, or about something beside it."""
    if problem.code in {"CL001", "CL005", "CL006", "CL007", "CL020"}:
        return None
    here = [number for number, entry in enumerate(case_set.entries) if entry.line == problem.line]
    named = [number for number in here if case_set.entries[number].name[:100] == problem.where]
    # on one line with the first of two, the second is the one too many
    return next(iter(named[-1:] or here[:1]), None)


def _field(problem: Problem, entry: Entry, library: Library) -> str:
    fields = entry.fields
    if problem.code == "CL008":
        return next(iter(texts_too_long(fields)), "text")
    if problem.code == "CL009":
        return next((name for name, value in fields.items() if unwanted("".join(texts_of(value)))), "")
    if problem.code == "CL011":
        missing = [name for name in ("kind", "caption", "citation") if not str(fields.get(name) or "").strip()]
        return (missing or ["in_brief"])[0]
    if problem.code == "CL015":
        made = _made(entry, library)
        return "checked" if made and made.checked and problem.message.startswith(f"“{made.checked[:40]}”") else "decided"
    if problem.code == "CL016":
        made = _made(entry, library)
        return "treatment_by" if made and made.treatment in TREATMENTS else "treatment"
    if problem.code == "CL021":
        named = (name for name in ("strength", "reliance") if problem.message.startswith(f"The {name} "))
        return next(named, "read_with")
    return FIELDS.get(problem.code, "")


def _plain_check(question: Check) -> dict[str, Any]:
    return {"question": question.question, "right": question.right, "wrong": list(question.wrong), "why": question.why}


def malformed(error: MalformedContentError) -> str:
    """The sentence for content that is not XML."""
    return _("The content is not well-formed XML: {reason}").format(reason=error)
