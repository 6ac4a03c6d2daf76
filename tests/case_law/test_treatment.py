"""Later treatment in the shipped library: what is limited or superseded is flagged, and says by what."""

import re

import pytest
from case_law.reading_level import sentences

from dti_xblocks.case_law import citation
from dti_xblocks.case_law.library import library
from dti_xblocks.case_law.model import CASE, TREATMENTS

pytestmark = pytest.mark.content

CASES = [authority for authority in library() if authority.kind == CASE]
SUPREME_COURT = "Supreme Court of the United States"
FLAGGED = [authority for authority in library() if authority.treatment]
# What later treatment says in words of overruling although nobody changed this authority, by its slug.
FALSE_ALARMS = {
    "ashcroft-v-iqbal": {"did away with": "what its dissent says of it", "dropped": "what a circuit did because of it"},
    "bordanaro-v-mcleod": {"no reversal found": "a reversal was looked for"},
    "city-of-los-angeles-v-heller": {"Still good law, with limits": "its own reach, which nobody narrowed"},
    "dahlia-v-rodriguez": {"is superseded": "the panel opinion before this one"},
    "owen-v-city-of-independence": {"Still good law. Limited in practice": "by what has to be proved besides it"},
    "pearson-v-callahan": {"loosened": "what it did to an earlier case"},
    "starr-v-baca": {"replaced": "the opinion before this one"},
    "tangreti-v-bachmann": {"Displaced": "what it did to an earlier case"},
    "tennessee-v-garner": {"reversed a judgment": "another judgment, on the claim against the city"},
    "united-states-v-broussard": {"no reversal found": "a reversal was looked for"},
}
OVERRULED = re.compile(
    r"overrul|supersed|abrogat|limit|revers|vacat|displac|replac|narrow|no longer|disapprov|\bchanged|loosen|dropped|did away",
    re.IGNORECASE,
)
# Years in later treatment that are before the decision, by its slug: what it builds on, or is to be compared with.
EARLIER = {
    "bordanaro-v-mcleod": {1985: "the criminal case against officers"},
    "connick-v-thompson": {1989: "the possibility in Canton, which it left in place"},
    "goodwin-v-city-of-painesville": {1997: "Turner, to compare"},
    "irizarry-v-yehia": {2011: "Glik, which agrees", 2017: "Turner, which agrees"},
    "kisela-v-hughes": {2015: "Mullenix, of the same line", 2017: "White, of the same line"},
    "koon-v-united-states": {1993: "Reese, of the same circuit"},
    "pearson-v-callahan": {2001: "Saucier, which it loosened", 2002: "Hope, a reminder"},
    "timpa-v-dillard": {1995: "Hale, related", 2013: "Whitley, related"},
    "tobias-v-arteaga": {2000: "Cunningham, on which it builds"},
    "torres-rivera-v-oneill-cancel": {1990: "Gaudreault, before it"},
    "tuuamalemalo-v-greene": {2013: "Barnard, on which it relied"},
    "united-states-v-thao": {1993: "Reese, to compare", 2022: "the trial court in the same case"},
    "webster-v-city-of-houston": {1979: "the criminal case against officers", 1982: "the panel opinion before it"},
}


def every(authorities):
    return pytest.mark.parametrize("authority", authorities, ids=lambda authority: authority.slug)


@every(library())
def test_its_treatment_is_known_and_explained(authority):
    assert authority.treatment in TREATMENTS
    if authority.treatment:
        assert authority.treatment_by and authority.treatment_note.endswith(".") and sentences(authority.treatment_note) == 1
    else:
        assert not authority.treatment_by and not authority.treatment_note


@every(library())
def test_words_of_overruling_carry_a_flag(authority):
    text = authority.later_treatment
    for alarm in FALSE_ALARMS.get(authority.slug, ()):
        assert alarm in text, "this false alarm is past: take it out of FALSE_ALARMS"
        text = text.replace(alarm, "")
    if not authority.treatment:
        assert OVERRULED.search(text) is None


def test_these_are_flagged_and_no_others():
    assert {authority.slug: authority.treatment for authority in FLAGGED} == {
        "koon-v-united-states": "limited", "monroe-v-pape": "limited", "webster-v-city-of-houston": "limited",
    }  # fmt: skip
    assert not {authority.slug for authority in FLAGGED} & set(FALSE_ALARMS)


@every([authority for authority in FLAGGED if authority.court == SUPREME_COURT])
def test_only_the_supreme_court_limits_the_supreme_court(authority):
    # So Garcetti has no flag: that courts of appeals found speech outside of it (Jackler, Dahlia) applies it, and limits nothing.
    for named in authority.treatment_by:
        other = library().get(named)
        assert citation.parse(other.citation if other else named).reporter == citation.SUPREME


@every(FLAGGED)
def test_what_limits_it_is_named_in_its_own_text_and_came_later(authority):
    for named in authority.treatment_by:
        other = library().get(named)
        if other:
            assert other.slug != authority.slug and other.decided > authority.decided
            assert citation.parse(other.citation).name.split(" v. ")[0] in authority.later_treatment
        else:
            assert citation.faults(named) == [] and str(citation.parse(named)) == named
            assert named in authority.later_treatment
            assert citation.parse(named).year >= authority.year


@every(CASES)
def test_later_treatment_is_later(authority):
    years = {int(year) for year in re.findall(r"\([^()]*?(\d{4})\)", authority.later_treatment)}
    assert {year for year in years if year < authority.year} == set(EARLIER.get(authority.slug, ()))
    assert all(year <= int(authority.checked[:4]) for year in years)
