"""Citations: read whole, written back, judged, and found in running text."""

from dataclasses import dataclass

import pytest

from dti_xblocks.case_law.citation import (
    CaseCitation,
    Forms,
    citations_in,
    code_sections_in,
    faults,
    forms_of,
    italic_name,
    parse,
    short_name,
    spans,
)
from dti_xblocks.case_law.library import library


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
        "A v. B, 12 F. App'x 34 (4th Cir. 2001)",
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


# -- forms -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cited:
    """The least that has forms."""

    caption: str
    citation: str
    kind: str = "case"
    court: str = ""

    @property
    def citation_start(self):
        return self.citation.partition(" (")[0]


@pytest.mark.parametrize(
    ("slug", "short", "in_plain_words"),
    [
        ("graham-v-connor", "Graham, 490 U.S. 386", "Graham v. Connor (U.S. Supreme Court, 1989)"),
        ("shaw-v-stroud", "Shaw, 13 F.3d 791", "Shaw v. Stroud (4th Circuit, 1994)"),
        ("anderson-v-branen", "Anderson, 17 F.3d 552", "Anderson v. Branen (2nd Circuit, 1994)"),
        ("united-states-v-thao", "Thao, 76 F.4th 773", "United States v. Thao (8th Circuit, 2023)"),
        ("tennessee-v-garner", "Garner, 471 U.S. 1", "Tennessee v. Garner (U.S. Supreme Court, 1985)"),
        ("city-of-canton-v-harris", "Harris, 489 U.S. 378", "City of Canton v. Harris (U.S. Supreme Court, 1989)"),
        (
            "bryan-county-v-brown",
            "Brown, 520 U.S. 397",
            "Board of the County Commissioners of Bryan County v. Brown (U.S. Supreme Court, 1997)",
        ),
        (
            "obrycka-v-city-of-chicago",
            "Obrycka, 913 F. Supp. 2d 598",
            "Obrycka v. City of Chicago (U.S. District Court for the Northern District of Illinois, 2012)",
        ),
        (
            "horne-v-city-of-buffalo",
            "Horne (N.Y. Sup. Ct., Erie County, Apr. 13, 2021)",
            "Horne v. City of Buffalo (Supreme Court of New York, Erie County, trial court, 2021)",
        ),
        (
            "42-usc-1983",
            "42 U.S.C. § 1983",
            "Civil action for deprivation of rights, title 42 of the United States Code, section 1983",
        ),
        ("il-720-5-7-16", "720 Ill. Comp. Stat. 5/7-16", "Duty to intervene, 720 Ill. Comp. Stat. 5/7-16"),
        (
            "nj-ag-use-of-force-policy",
            "N.J. Att'y Gen. Use of Force Policy",
            "Attorney General's Use of Force Policy (duty to intervene core principle), N.J. Att'y Gen. Use of Force Policy",
        ),
    ],
)
def test_the_forms_of_a_citation(slug, short, in_plain_words):
    authority = library().get(slug)
    assert forms_of(authority) == Forms(authority.citation, short, in_plain_words)


@pytest.mark.parametrize("authority", library(), ids=lambda authority: authority.slug)
def test_every_authority_has_every_form(authority):
    forms = forms_of(authority)
    assert forms.full == authority.citation
    assert forms.short and len(forms.short) <= len(forms.full)
    assert authority.caption in forms.plain
    for form in (forms.full, forms.short, forms.plain):
        assert form == form.strip() and "  " not in form and form.count("(") == form.count(")")
        pieces = italic_name(form)
        assert "".join(text for text, _italic in pieces) == form
        italics = [italic for _text, italic in pieces]
        assert italics == ([True, False] if authority.kind == "case" else [False]) or authority.kind == "account"
    # A short form leads back to the same authority.
    assert citations_in(forms.short) == citations_in(authority.citation)
    assert code_sections_in(forms.short) == code_sections_in(authority.citation)[:1]
    if authority.kind == "case":
        parsed = parse(authority.citation)
        assert forms.short.startswith(short_name(parsed.name)) and str(parsed.year) in forms.plain
        assert italic_name(forms.full)[0][0] == parsed.name
        assert italic_name(forms.plain)[0][0] == authority.caption


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("Graham v. Connor", "Graham"),
        ("United States v. Koon", "Koon"),
        ("Koon v. United States", "Koon"),
        ("State v. Doe", "Doe"),
        ("People v. Doe", "Doe"),
        ("People of the State of New York v. Doe", "Doe"),
        ("Commonwealth v. Doe", "Doe"),
        ("Commonwealth of Virginia v. Doe", "Doe"),
        ("County of Sacramento v. Lewis", "Lewis"),
        ("Los Angeles County v. Doe", "Doe"),
        ("New York v. Doe", "Doe"),
        ("Texas ex rel. Roe v. Doe", "Doe"),
        ("United States v. Texas", "Texas"),
        ("Washington v. Glucksberg", "Glucksberg"),
        ("Statesman v. Doe", "Statesman"),
        ("Peoples v. Doe", "Peoples"),
        ("In re Doe", "In re Doe"),
        ("", ""),
    ],
)
def test_a_case_is_called_by_the_party_that_is_no_government(name, party):
    assert short_name(name) == party


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("In re Doe, 13 F.3d 791 (4th Cir. 1994)", [("In re Doe", True), (", 13 F.3d 791 (4th Cir. 1994)", False)]),
        ("Doe, 208 F. Supp. 3d 373", [("Doe", True), (", 208 F. Supp. 3d 373", False)]),
        ("Barnes, 605 U.S. ___", [("Barnes", True), (", 605 U.S. ___", False)]),
        ("18 U.S.C. § 242", [("18 U.S.C. § 242", False)]),
        ("Policy 300 (eff. Jan. 1, 2024)", [("Policy 300 (eff. Jan. 1, 2024)", False)]),
        ("", []),
    ],
)
def test_the_name_of_a_case_is_in_italics_and_nothing_else(text, pieces):
    assert italic_name(text) == pieces


@pytest.mark.parametrize(
    ("cited", "forms"),
    [
        (Cited("Doe v. Roe", "Doe v. Roe, 1 F.3d 2 (3d Cir. 1999)"), ("Doe, 1 F.3d 2", "Doe v. Roe (3rd Circuit, 1999)")),
        (Cited("Doe v. Roe", "Doe v. Roe, 1 F.3d 2 (D.C. Cir. 1999)"), ("Doe, 1 F.3d 2", "Doe v. Roe (D.C. Circuit, 1999)")),
        (Cited("Doe v. Roe", "Doe v. Roe, 1 F. Supp. 2 (D. Md. 1999)"), ("Doe, 1 F. Supp. 2", "Doe v. Roe (D. Md., 1999)")),
        (Cited("Doe v. Roe", "not a citation"), ("not a citation", "Doe v. Roe, not a citation")),
        (Cited("Policy 300", "Springfield PD Policy 300", "policy"), ("Springfield PD Policy 300", "Springfield PD Policy 300")),
        (Cited("", "(x)", "policy"), ("(x)", "(x)")),
    ],
)
def test_an_institutions_citation_has_forms_whatever_it_looks_like(cited, forms):
    assert (forms_of(cited).short, forms_of(cited).plain) == forms


def test_a_hostile_citation_is_no_citation_and_is_answered():
    for text in ("A v. B, " + "1 A " * 5000, ", No. " * 4000, "x (" * 7000, "A" * 20_000, "1 U.S.C. " * 2000, "1 U. S. " * 2000):
        assert parse(text) is None and len(faults(text)) == 1
        assert forms_of(Cited("Caption", text)).full == text
        assert "".join(piece for piece, _italic in italic_name(text)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see 490us386.", [(4, 12, "490 U.S. 386")]),
        ("18usc242", [(0, 8, "18 U.S.C. § 242")]),
        ("18 U.S.C. Sec. 242 and 18 U.S.C.A. § 241", [(0, 18, "18 U.S.C. § 242"), (23, 40, "18 U.S.C. § 241")]),
        ("42 U.S.C., § 1983", [(0, 17, "42 U.S.C. § 1983")]),
        ("no citation in 2024", []),
    ],
)
def test_citations_are_found_in_any_usual_spelling_with_their_places(text, found):
    assert spans(text) == found
