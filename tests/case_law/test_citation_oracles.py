"""Our citations beside what others know: eyecite reads citations for a living, reporters-db knows what reporters there are."""

import re

import pytest
from eyecite import get_citations
from eyecite.models import FullCaseCitation, FullLawCitation
from reporters_db import EDITIONS, REPORTERS, VARIATIONS_ONLY

from dti_xblocks.case_law import citation
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.model import CASE

pytestmark = pytest.mark.content

REPORTED = [one for one in library() if one.kind == CASE and citation.parse(one.citation).reporter]
COURTS = {name: f"ca{name[:-2]}" for name in citation.CIRCUITS if name[:-2].isdecimal()} | {
    "2d": "ca2",
    "3d": None,  # which eyecite does not read
    "D.C.": "cadc",
    "Fed.": "cafc",
    "": "scotus",
}

DISTRICT_COURTS = {"N.D. Ill.": "ilnd"}


def by_slug(authority):
    return authority.slug


def decisions(text) -> list[FullCaseCitation]:
    return [one for one in get_citations(text) if isinstance(one, FullCaseCitation)] if text else []


def places(text) -> set[str]:
    return {one.corrected_citation() for one in decisions(text)}


def sections(text) -> set[str]:
    cited = {one.corrected_citation() for one in get_citations(text) if isinstance(one, FullLawCitation)}
    return {one for one in cited if " U.S.C. " in one}


@pytest.mark.parametrize("authority", REPORTED, ids=by_slug)
def test_a_decision_is_read_as_eyecite_reads_it(authority):
    parsed = citation.parse(authority.citation)
    (theirs,) = decisions(authority.citation)
    assert (theirs.corrected_citation(), theirs.metadata.year) == (parsed.place, str(parsed.year))
    court = DISTRICT_COURTS[parsed.court] if parsed.is_of_district_court else COURTS[parsed.circuit]
    assert theirs.metadata.court == court
    assert theirs.metadata.defendant in parsed.name


@pytest.mark.parametrize("authority", REPORTED, ids=by_slug)
def test_the_short_form_leads_to_the_same_decision_and_the_plain_one_is_words(authority):
    forms = citation.forms_of(authority)
    assert places(forms.short) == {citation.parse(authority.citation).place}
    assert not places(forms.plain)


@pytest.mark.parametrize("authority", library(), ids=by_slug)
def test_running_text_cites_what_eyecite_finds_in_it(authority):
    text = f"{authority.plain_text}\n{authority.verified_note}\n{authority.treatment_note}"
    assert set(citation.citations_in(text)) == places(text)
    # eyecite wants the sign: "18 U.S.C. 242" is a section to us, and not to it.
    assert sections(text) <= set(citation.code_sections_in(text))
    assert set(citation.code_sections_in(re.sub(r"U\.S\.C\. (?=\d)", "", text))) == sections(text)


def test_further_decisions_of_the_circuits_are_cited_as_eyecite_finds_them():
    cited = [see.citation for circuit in library().circuits for see in circuit.also_see if see.citation]
    assert cited
    for text in cited:
        assert set(citation.citations_in(text)) == places(text)


@pytest.mark.parametrize("name", citation.REPORTERS)
def test_every_reporter_is_one_in_its_usual_spelling(name):
    assert name in EDITIONS
    assert citation.citations_in(f"See 12 {name} 34.") == [f"12 {name} 34"]
    assert not [fault for fault in citation.faults(f"A v. B, 12 {name} 34 (4th Cir. 1994)") if "reporter" in fault]


@pytest.mark.parametrize("name", citation.REPORTERS)
def test_spellings_that_differ_in_spaces_are_the_same_reporter(name):
    known = [other for other, names in VARIATIONS_ONLY.items() if names == [name] and not re.search(r"\s\.|\d\s", other)]
    spellings = [other for other in known if other.replace(" ", "") == name.replace(" ", "")]
    for spelling in spellings:
        assert citation.citations_in(f"12 {spelling} 34") == [f"12 {name} 34"]


@pytest.mark.parametrize("authority", REPORTED, ids=by_slug)
def test_the_reporter_appeared_in_the_year_of_the_decision(authority):
    parsed = citation.parse(authority.citation)
    editions = [
        reporter["editions"][parsed.reporter]
        for reporter in REPORTERS[EDITIONS[parsed.reporter]]
        if parsed.reporter in reporter["editions"]
    ]
    assert any(
        edition["start"].year <= parsed.year and (edition["end"] is None or parsed.year <= edition["end"].year)
        for edition in editions
    )
