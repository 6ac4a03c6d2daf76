"""The shipped library: invariants over every authority, and how it is asked."""

import calendar
import re
import tomllib
from dataclasses import FrozenInstanceError, fields
from urllib.parse import urlsplit

import pytest

from dti_xblocks.case_law import citation
from dti_xblocks.case_law.library import HERE, library, read_authority
from dti_xblocks.case_law.model import CASE, KINDS, PARTLY, YES, Authority

FILES = sorted((HERE / "authorities").glob("*.toml"))
CASES = [authority for authority in library() if authority.kind == CASE]
RULES_OF_LAW = [authority for authority in library() if authority.kind != CASE]
MODULES_WITH_A_PACKET = (2, 4, 5, 6, 7)
COURT_OF_CIRCUIT = {
    "1st": "First", "2d": "Second", "3d": "Third", "4th": "Fourth", "5th": "Fifth", "6th": "Sixth", "7th": "Seventh",
    "8th": "Eighth", "9th": "Ninth", "10th": "Tenth", "11th": "Eleventh",
}  # fmt: skip


def every(authorities):
    return pytest.mark.parametrize("authority", authorities, ids=lambda authority: authority.slug)


# -- every authority -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_slug_is_the_file_name(path):
    assert read_authority(path).slug == path.stem
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem)


@every(library())
def test_the_kind_is_known(authority):
    assert authority.kind in KINDS


@every(library())
def test_texts_are_plain_and_whole(authority):
    values = [getattr(authority, field.name) for field in fields(Authority)]
    texts = [text for value in values for text in (value if isinstance(value, tuple) else (value,)) if isinstance(text, str)]
    for text in texts:
        assert not re.search(r"[<>\x00-\x1f]|  |reserve_cases|official_url", text)
    for section in authority.full_brief:
        assert all(paragraph.endswith((".", "?", ".'", '."')) for paragraph in section.paragraphs)


@every(library())
def test_the_check_is_dated_and_explained(authority):
    assert authority.verified in (YES, PARTLY)
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", authority.checked)
    assert authority.sources_seen
    if authority.verified == PARTLY:
        assert len(authority.verified_note) > 20


@every(library())
def test_addresses_are_web_addresses(authority):
    for address in (*authority.sources_seen, *([authority.official_url] if authority.official_url else [])):
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https") and parts.hostname and " " not in address
    if authority.official_url_seen:
        assert authority.official_url


@every(library())
def test_each_module_gives_a_place(authority):
    assert len(authority.modules) == len(authority.teaching_order) > 0
    assert set(authority.modules) <= set(MODULES_WITH_A_PACKET)


@every(library())
def test_citations_in_its_texts_are_known(authority):
    assert library().unknown_citations(authority.plain_text) == []


def test_no_two_authorities_share_a_citation():
    citations = [authority.citation for authority in library()]
    assert len(citations) == len(set(citations))


def test_no_file_is_left_out():
    assert len(library()) == len(FILES) == 61
    assert library().slugs == tuple(path.stem for path in FILES)


# -- decisions -------------------------------------------------------------------------------------------------------------


@every(CASES)
def test_a_decision_has_every_part_of_a_brief(authority):
    codes = [section.code for section in authority.full_brief]
    assert codes == ["facts", "question", "holding", "rule", "on_the_street", "outcome", "later_treatment"]
    assert [section.code for section in authority.short_version] == ["rule", "on_the_street"]


@every(CASES)
def test_its_citation_is_in_bluebook_form(authority):
    assert citation.faults(authority.citation) == []
    assert str(citation.parse(authority.citation)) == authority.citation


@every(CASES)
def test_the_year_of_the_citation_is_the_year_of_the_decision(authority):
    assert authority.decided[:4] == str(citation.parse(authority.citation).year)


@every(CASES)
def test_the_date_is_a_day_that_was_or_only_a_year(authority):
    if re.fullmatch(r"\d{4}", authority.decided):
        assert authority.verified == PARTLY
        return
    year, month, day = map(int, authority.decided.split("-"))
    assert 1 <= day <= calendar.monthrange(year, month)[1]
    assert authority.decided[:7] <= authority.checked


@every(CASES)
def test_the_circuit_agrees_with_citation_and_court(authority):
    parsed = citation.parse(authority.citation)
    if parsed.reporter == citation.SUPREME:
        assert (authority.court, authority.circuit) == ("Supreme Court of the United States", "")
    elif parsed.circuit:
        assert authority.circuit == parsed.circuit
        name = f"United States Court of Appeals for the {COURT_OF_CIRCUIT[parsed.circuit]} Circuit"
        assert authority.court in (name, f"{name} (en banc)")
        assert ("en banc" in authority.court) == ("en banc" in parsed.notes)
    else:
        assert not parsed.reporter and authority.court


@every(CASES)
def test_the_caption_has_the_parties_of_the_citation(authority):
    # Bluebook abbreviates words of a name, never its first letter: "Dep't of Soc. Servs." for "Department of Social Services".
    initials = [[side[0] for side in name.split(" v. ")] for name in (authority.caption, citation.parse(authority.citation).name)]
    assert initials[0] == initials[1]


# -- statutes and policies -------------------------------------------------------------------------------------------------


@every(RULES_OF_LAW)
def test_a_statute_says_what_it_demands(authority):
    codes = {section.code for section in authority.full_brief}
    assert codes in ({"elements", "penalties_remedies"}, {"duty", "who_it_covers", "reporting_and_retaliation"})
    assert authority.state and authority.short_version
    assert not (authority.court or authority.decided or authority.circuit)


def test_statutes_of_the_same_name_are_told_apart():
    headings = [authority.heading for authority in library()]
    assert len(headings) == len(set(headings))
    assert library().get("il-720-5-7-16").heading == "Illinois: Duty to intervene"
    assert library().get("18-usc-242").heading == "18 U.S.C. § 242: Deprivation of rights under color of law"


# -- modules and circuits --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", MODULES_WITH_A_PACKET)
def test_the_set_of_a_module_is_complete_and_in_order(number):
    places = [authority.place_in(number) for authority in library().module(number)]
    assert places == list(range(1, len(places) + 1))


def test_the_sets_have_the_sizes_of_the_curriculum():
    assert {number: len(library().module(number)) for number in range(1, 10)} == {
        1: 0, 2: 13, 3: 0, 4: 12, 5: 10, 6: 24, 7: 5, 8: 0, 9: 0,
    }  # fmt: skip


def test_an_authority_of_two_modules_has_its_place_in_both():
    thao = library().get("united-states-v-thao")
    assert thao.modules == (2, 6)
    assert thao in library().module(2) and thao in library().module(6)


def test_every_federal_circuit_has_its_test():
    assert [circuit.name for circuit in library().circuits] == [*COURT_OF_CIRCUIT, "D.C."]
    for circuit in library().circuits:
        assert circuit.test.endswith(".")


def test_what_the_circuits_refer_to_is_there_and_of_that_circuit():
    for circuit in library().circuits:
        refs = [*circuit.cases, *(see.ref for see in circuit.also_see if see.ref)]
        assert all(library().get(ref).circuit == circuit.name for ref in refs)
        assert all(bool(see.ref) != bool(see.citation) for see in circuit.also_see)


# -- asking ----------------------------------------------------------------------------------------------------------------


def test_an_unknown_slug_is_none():
    assert library().get("marbury-v-madison") is None
    assert "marbury-v-madison" not in library()


def test_it_is_read_once_and_cannot_be_changed():
    assert library() is library()
    with pytest.raises(FrozenInstanceError):
        library().get("graham-v-connor").rule = ""


@pytest.mark.parametrize(
    "text", ["490 U.S. 386", "490 U. S. 386", "76 F.4th 773", "536 U.S. 730", "42 U.S.C. § 1983", "18 USC 242", "726 F.3d 631"]
)
def test_it_knows_its_own_and_mentioned_citations(text):
    assert library().knows_citation(text)


@pytest.mark.parametrize("text", ["491 U.S. 386", "1 F.4th 1", "50 U.S.C. § 1", "", "Graham v. Connor"])
def test_it_does_not_know_others(text):
    assert not library().knows_citation(text)


def test_unknown_citations_of_a_lesson_are_listed():
    html = "<p><em>Graham v. Connor</em>, 490 U.S. 386 (1989); <em>Made v. Up</em>, 999&nbsp;F.3d 1 (12th Cir. 2031)</p>"
    assert library().unknown_citations(html) == ["999 F.3d 1"]


def test_a_file_with_an_unknown_field_is_refused(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('slug = "x"\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(TypeError):
        read_authority(path)


def test_the_files_are_toml_with_lines_fit_to_review():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert tomllib.loads(text)
        prose = [line for line in text.splitlines() if not line.startswith(("  ", "citation", "official_url", "caption"))]
        assert max(map(len, prose)) <= 120
