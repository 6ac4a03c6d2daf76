"""The law where a learner works."""

import pytest

from dti_xblocks.case_law.jurisdiction import at_home, first
from dti_xblocks.case_law.library import Library, library
from dti_xblocks.case_law.model import CASE, Authority, Circuit, Jurisdiction, SeeAlso


def case(slug):
    return Authority(slug, CASE, slug, f"{slug}, 1 F.3d 1 (4th Cir. 1999)")


LAW = Authority("law", "statute", "Duty to intervene", "Code § 1", state="Here")
COLLECTION = Library(
    [case("a"), case("b"), case("leading"), case("second"), case("more"), LAW],
    [
        Circuit(
            "4th", ("leading", "gone", "second"), "A test.", (SeeAlso(ref="more"), SeeAlso(ref="second"), SeeAlso(citation="X"))
        ),
        Circuit("D.C.", (), "No decision was verified.", ()),
    ],
    [
        Jurisdiction("HE", "Here", "4th", ("law", "lost")),
        Jurisdiction("TH", "There", "4th"),
        Jurisdiction("DC", "District", "D.C."),
        Jurisdiction("IS", "Island", ""),
    ],
)


def slugs(authorities):
    return [authority.slug for authority in authorities]


def test_a_jurisdiction_has_the_cases_of_its_circuit_and_its_own_law():
    home = at_home(COLLECTION, "HE")
    assert (home.name, home.circuit.name, home.circuit.test) == ("Here", "4th", "A test.")
    assert slugs(home.cases) == ["leading", "second"]
    assert slugs(home.also) == ["more"]
    assert home.statutes == (LAW,)


def test_one_without_a_law_in_the_library_says_so():
    home = at_home(COLLECTION, "TH")
    assert home.cases and home.statutes == ()


def test_a_circuit_without_a_verified_case_has_only_its_test():
    home = at_home(COLLECTION, "DC")
    assert (home.cases, home.also) == ((), ())
    assert home.circuit.test == "No decision was verified."


def test_a_place_in_no_circuit_has_none():
    home = at_home(COLLECTION, "IS")
    assert home.circuit is None and home.cases == ()
    assert slugs(home.first(COLLECTION)) == slugs(COLLECTION)


@pytest.mark.parametrize("code", ["he", " HE ", "He"])
def test_a_code_is_known_in_any_spelling(code):
    assert at_home(COLLECTION, code).name == "Here"


@pytest.mark.parametrize("code", ["", "XX", "Here", "<b>"])
def test_an_unknown_code_is_no_home_and_changes_no_order(code):
    assert at_home(COLLECTION, code) is None
    assert slugs(first(COLLECTION, COLLECTION, code)) == slugs(COLLECTION)


def test_what_controls_comes_first_and_all_else_stays_in_its_order():
    listed = [case("b"), LAW, case("second"), case("a"), case("leading"), case("more")]
    assert slugs(first(COLLECTION, listed, "HE")) == ["leading", "second", "law", "b", "a", "more"]
    assert slugs(first(COLLECTION, [case("b"), case("a")], "HE")) == ["b", "a"]
    assert first(COLLECTION, [], "HE") == []


@pytest.mark.parametrize("one", library().jurisdictions, ids=lambda one: one.code)
def test_every_jurisdiction_of_the_library_has_its_home(one):
    home = at_home(library(), one.code)
    assert home.jurisdiction is one
    assert (home.circuit.name if home.circuit else "") == one.circuit
    assert slugs(home.statutes) == list(one.statutes)
    assert all(authority.circuit == one.circuit for authority in (*home.cases, *home.also))
    assert bool(home.cases) == (one.circuit not in ("D.C.", ""))


def test_the_district_of_columbia_says_that_no_case_was_verified():
    home = at_home(library(), "DC")
    assert home.cases == () and home.circuit.test.startswith("No leading decision of this circuit was found")
