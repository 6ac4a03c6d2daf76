"""Search: what people type and what they should find first."""

import pytest

from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.search import words


def found(query):
    return [authority.slug for authority in library().search(query)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("graham", "graham-v-connor"),
        ("Graham v. Connor", "graham-v-connor"),
        ("490 U.S. 386", "graham-v-connor"),
        ("490 us 386", "graham-v-connor"),
        ("20 f4th 1020", "timpa-v-dillard"),
        ("Thao", "united-states-v-thao"),
        ("George Floyd", "united-states-v-thao"),
        ("monell", "monell-v-department-of-social-services"),
        ("section 1983", "42-usc-1983"),
        ("§ 242", "18-usc-242"),
        ("18 usc 242", "18-usc-242"),
        ("minnesota", "mn-626-8475"),
        ("prince george’s county", "randall-v-prince-georges-county"),
        ("oneill cancel", "torres-rivera-v-oneill-cancel"),
        ("code of silence", "obrycka-v-city-of-chicago"),
        ("pension", "horne-v-city-of-buffalo"),
        ("color of law", "monroe-v-pape"),
        ("rodney king", "koon-v-united-states"),
        ("gar", "tennessee-v-garner"),
    ],
)
def test_the_first_hit(query, first):
    assert found(query)[0] == first


def test_an_authority_comes_before_those_that_mention_it():
    hits = found("United States v. Reese, 2 F.3d 870")
    assert hits[0] == "united-states-v-reese"
    assert set(hits[1:]) == {"koon-v-united-states", "united-states-v-thao"}


def test_every_word_has_to_be_found():
    assert found("graham zzz") == []


@pytest.mark.parametrize("query", ["", "   ", "the of", "zzz", "999 U.S. 999", "§", "<script>"])
def test_nothing_found_is_an_empty_list(query):
    assert found(query) == []


def test_words_are_compared_without_case_accents_and_possessives():
    assert words("Prince George’s OFFICERS, café") == ["prince", "george", "officer", "cafe"]
