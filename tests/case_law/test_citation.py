"""Citations: read whole, written back, judged, and found in running text."""

import pytest

from dti_xblocks.case_law.citation import CaseCitation, citations_in, code_sections_in, faults, parse


def test_a_reported_decision_is_taken_apart():
    assert parse("Shaw v. Stroud, 13 F.3d 791 (4th Cir. 1994)") == CaseCitation(
        name="Shaw v. Stroud", volume="13", reporter="F.3d", page="791", court="4th Cir.", year=1994
    )


def test_notes_after_the_year_are_kept():
    citation = parse("Webster v. City of Houston, 735 F.2d 838 (5th Cir. 1984) (en banc) (per curiam)")
    assert citation.notes == ("en banc", "per curiam")
    assert citation.circuit == "5th"


def test_a_supreme_court_decision_has_no_court_and_no_circuit():
    citation = parse("Graham v. Connor, 490 U.S. 386 (1989)")
    assert (citation.court, citation.circuit, citation.place) == ("", "", "490 U.S. 386")


def test_a_decision_in_no_reporter_has_docket_or_court_and_full_date():
    citation = parse("Horne v. City of Buffalo (N.Y. Sup. Ct., Erie County, Apr. 13, 2021) (Ward, J.)")
    assert (citation.place, citation.date, citation.year) == ("", "Apr. 13, 2021", 2021)


@pytest.mark.parametrize(
    "text",
    [
        "Shaw v. Stroud, 13 F.3d 791 (4th Cir. 1994)",
        "Barnes v. Felix, 605 U.S. ___ (2025)",
        "X v. Y, No. 07 C 2372 (N.D. Ill. Dec. 20, 2012) (order)",
        "Z v. City (N.Y. Sup. Ct., Erie County, Apr. 13, 2021)",
    ],
)
def test_what_is_read_is_written_back_to_the_letter(text):
    assert str(parse(text)) == text


@pytest.mark.parametrize("text", ["", "Graham v. Connor", "490 U.S. 386", "Graham v. Connor 490 U.S. 386 (1989)", "(1989)"])
def test_what_is_no_citation_is_none(text):
    assert parse(text) is None
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A v. B, 12 F.5th 3 (1st Cir. 2030)", "reporter"),
        ("A v. B, 490 U.S. 386 (9th Cir. 1989)", "United States Reports"),
        ("A v. B, 13 F.3d 791 (1994)", "court is missing"),
        ("A v. B, 13 F.3d 791 (2nd Cir. 1994)", "Bluebook form"),
    ],
)
def test_a_fault_of_form_is_named(text, word):
    (fault,) = faults(text)
    assert word in fault


def test_good_form_has_no_faults():
    assert faults("Dahlia v. Rodriguez, 735 F.3d 1060 (9th Cir. 2013) (en banc)") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see 490 U.S. 386, 396 (1989)", ["490 U.S. 386"]),
        ("490 U. S. 386 and 490 us 386 and 490&nbsp;U.S.&#160;386", ["490 U.S. 386"]),
        ("<p><em>Thao</em>, 76 F.4th 773; <em>Holloman</em>, 208 F. Supp. 3d 373</p>", ["76 F.4th 773", "208 F. Supp. 3d 373"]),
        ("208 F.Supp.3d 373, 145 S. Ct. 659", ["208 F. Supp. 3d 373", "145 S. Ct. 659"]),
        ("605 U.S. ____ (2025)", ["605 U.S. ___"]),
        ("42 U.S.C. § 1983; 996 F.3d at 583; No. 23-1239; in 2020 US forces 12", []),
        ("", []),
    ],
)
def test_reporter_citations_in_text(text, found):
    assert citations_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("18 U.S.C. § 242 and 18 U.S.C. 242", ["18 U.S.C. § 242"]),
        ("42 USC &#167; 1983, 42 U.S.C. § 1988(b)", ["42 U.S.C. § 1983", "42 U.S.C. § 1988"]),
        ("490 U.S. 386", []),
    ],
)
def test_sections_of_the_code_in_text(text, found):
    assert code_sections_in(text) == found
