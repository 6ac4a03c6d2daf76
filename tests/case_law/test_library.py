"""The shipped library: invariants over every authority, and how it is asked."""

import calendar
import re
import tomllib
from collections import Counter
from dataclasses import FrozenInstanceError, fields
from urllib.parse import urlsplit

import pytest
from case_law.reading_level import grade, sentences

from dti_xblocks.case_law import citation
from dti_xblocks.case_law.library import HERE, library, read_authority, texts_of
from dti_xblocks.case_law.model import ACCOUNT, CASE, CAUTION, KINDS, PARTLY, RELIANCE, STRENGTHS, STUDY, YES, Authority, Entry

pytestmark = pytest.mark.content

FILES = sorted((HERE / "authorities").glob("*.toml"))
CASES = [authority for authority in library() if authority.kind == CASE]
RULES_OF_LAW = [authority for authority in library() if authority.kind not in (CASE, ACCOUNT, STUDY)]
ACCOUNTS = [authority for authority in library() if authority.kind == ACCOUNT]
STUDIES = [authority for authority in library() if authority.kind == STUDY]
HIGHEST_GRADE = 9
# Addresses that lead to another text than the one they stand beside: a separate opinion, a bill or an amendment, a brief, news.
OF_ANOTHER_TEXT = re.compile(
    r"\.Z[DCX]\d*\b|dissent|concurr|/amendments?/|/bills?/|/(?:billstatus|legiscan)|/briefs?[/-]|amicus|/blogs?[./]|blogspot|wikipedia"
    r"|/news[/-]|press-?release",
    re.IGNORECASE,
)
# Official addresses that lead to a neighbor of the text, by slug, with the reason. Their notes say where the link leads.
NEIGHBORS = {
    "nj-ag-use-of-force-policy": "the Attorney General's own announcement: a policy has no regular address as a section of a code has",
    "obrycka-v-city-of-chicago": "an earlier ruling in the same case: no public copy of the December order was found",
}
# What a check did not reach.
UNREACHED = re.compile(
    r"\bnot (?:re-|separately )?(?:checked|compared|confirmed|read)|could not be|comes from a summary|was read in a brief|quotes it"
    r"|from the separate concurrence|could be read",
    re.IGNORECASE,
)
# Fully verified entries whose notes speak of it nevertheless, by slug: it is nothing that the entry shows.
NOT_SHOWN = {
    "mn-626-8475": "the section was read elsewhere; it was the official copy that could not be read in full",
    "webster-v-city-of-houston": "the entry tells of no retrial",
}
# Every module's set, in teaching order.
SETS = {
    1: """teaching-works able-evidence-gap guardian-mindset procedural-justice-training public-opinion-2020""",
    2: """monroe-v-pape graham-v-connor tennessee-v-garner pearson-v-callahan screws-v-united-states united-states-v-lanier
        koon-v-united-states united-states-v-broussard united-states-v-thao 42-usc-1983 42-usc-1988 18-usc-242 18-usc-241
        barnes-v-felix hope-v-pelzer kisela-v-hughes rivas-villegas-v-cortesluna united-states-v-moore united-states-v-burks
        united-states-v-gray united-states-v-simmons police-indemnification state-v-lane-kueng-thao""",
    4: """monell-v-department-of-social-services pembaur-v-city-of-cincinnati owen-v-city-of-independence
        city-of-los-angeles-v-heller webster-v-city-of-houston bordanaro-v-mcleod city-of-canton-v-harris connick-v-thompson
        bryan-county-v-brown 42-usc-1983 42-usc-1988 34-usc-12601 able-standards policy-alone-evidence
        eight-cant-wait-caution stress-training-fades surgical-checklist va-team-training doj-minneapolis-failure""",
    5: """shaw-v-stroud rizzo-v-goode ashcroft-v-iqbal starr-v-baca peatross-v-city-of-memphis gutierrez-rodriguez-v-cartagena
        tangreti-v-bachmann slakan-v-porter larez-v-city-of-los-angeles united-states-v-reese hudson-v-mcmillian
        united-states-v-burks coley-v-lucas-county campbell-v-city-of-springboro leaders-step-up ouellet-chicago-networks
        quispe-london-peers dallas-partners-null brokers-and-partner-injury psychological-safety settlement-costs
        people-v-gould-glass bartlesville-sergeant owensby-discipline""",
    6: """byrd-v-brishke yang-v-hardin anderson-v-branen smith-v-mensinger torres-rivera-v-oneill-cancel gaudreault-v-salem
        randall-v-prince-georges-county timpa-v-dillard goodwin-v-city-of-painesville turner-v-scott united-states-v-thao
        tobias-v-arteaga cunningham-v-gates fogarty-v-gallegos priester-v-city-of-riviera-beach ca-gov-7286 co-18-8-802
        il-720-5-7-16 mn-626-8475 nj-ag-use-of-force-policy or-181a-681 va-19-2-83-6 wa-10-93-190 doj-use-of-force-2022
        putman-v-gerloff bunkley-v-city-of-detroit livers-v-schenck bledsoe-v-carreno hudson-v-mcmillian
        kingsley-v-hendrickson farmer-v-brennan drummond-v-city-of-anaheim lombardo-v-city-of-st-louis tuuamalemalo-v-greene
        coley-v-lucas-county meyers-v-baltimore-county bryan-v-macpherson campbell-v-city-of-springboro cooper-v-brown
        nieves-v-bartlett irizarry-v-yehia fields-v-city-of-philadelphia ricciuti-v-nyc-transit-authority
        estate-of-owensby-v-city-of-cincinnati fontana-v-haskin ar-12-9-125 ct-7-282e dc-5-125-03 fl-943-1735 hi-139-10
        ky-15-391 la-40-2404-2 me-bot-use-of-force md-ps-3-524 ma-6e-15 ne-81-1414-17 nv-193-308 nh-105-19 nm-29-7d-5
        ny-exec-840 nc-15a-401-d1 sc-23-23-150 tn-2021-use-of-force tx-ccp-2-1387 ut-53-6-210-5 vt-20-2368 wi-175-44
        fight-club-inattention people-v-martinez-aurora people-v-jalali-loveland memphis-nichols-prosecutions
        memphis-2023-terminations new-haven-cox""",
    7: """obrycka-v-city-of-chicago horne-v-city-of-buffalo garcetti-v-ceballos jackler-v-byrne dahlia-v-rodriguez
        united-states-v-moore garrity-v-new-jersey brady-v-maryland giglio-v-united-states diffusion-of-responsibility
        smoke-room genovese-correction bystander-meta-analysis cctv-nine-of-ten intervener-risk-low teaching-works
        milgram-rebels milgram-critique asch-ally hofling-nurses stanford-prison-caution code-of-silence-others
        staub-after-king epic-new-orleans baltimore-epic-survey klinger-brunson-distortions artwohl-distortions
        stress-prefrontal crm-evidence silence-kills time-distance-icat officer-suicide-duty-of-care
        nij-2000-abuse-of-authority hackensack-search cedar-rapids-peterson""",
    8: """tenerife united-173 first-day-together pace-ladder cus-two-challenge soft-first-caution tap-out-code-word
        receive-intervention if-then-plan seattle-knee sunrise-belt""",
}
STATES_OF_CIRCUIT = {
    "1st": 5, "2d": 3, "3d": 4, "4th": 5, "5th": 3, "6th": 4, "7th": 3, "8th": 7, "9th": 11, "10th": 6, "11th": 3, "D.C.": 1, "": 1,
}  # fmt: skip
COURT_OF_CIRCUIT = {
    "1st": "First", "2d": "Second", "3d": "Third", "4th": "Fourth", "5th": "Fifth", "6th": "Sixth", "7th": "Seventh",
    "8th": "Eighth", "9th": "Ninth", "10th": "Tenth", "11th": "Eleventh",
}  # fmt: skip


def every(authorities):
    return pytest.mark.parametrize("authority", authorities, ids=lambda authority: authority.slug)


def apart(text):
    """The sentences of `text`, as a set."""
    return {part.strip() for part in re.split(r"(?<=[.?!])\s+", text)}


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
    texts = [text for value in values for text in texts_of(value) if isinstance(text, str)]
    assert len(texts) > 20
    for text in texts:
        assert not re.search(r"[<>*\x00-\x1f]|  |reserve_cases|official_url", text)
    for section in authority.parts:
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
def test_the_official_address_is_that_of_the_text_itself(authority):
    assert not OF_ANOTHER_TEXT.search(authority.official_url)
    assert ("The link leads to" in authority.verified_note) == (authority.slug in NEIGHBORS)


@pytest.mark.parametrize(
    "address",
    [
        "http://supct.law.cornell.edu/supct/html/07-1015.ZD.html",
        "http://supct.law.cornell.edu/supct/html/07-1015.ZC1.html",
        "http://supreme.justia.com/cases/federal/us/556/07-1015/dissent.html",
        "https://lawfilesext.leg.wa.gov/Biennium/2021-22/Htm/Amendments/House/5066-S%20AMH%20PS%20H1287.2.htm",
        "https://wa-law.org/bill/2021-22/sb/5066/S.PL/",
    ],
)
def test_addresses_of_another_text_are_told(address):
    assert OF_ANOTHER_TEXT.search(address)


@every(library())
def test_what_is_fully_verified_shows_nothing_that_was_not_checked(authority):
    unreached = UNREACHED.search(f"{authority.later_treatment} {authority.verified_note}")
    if authority.verified == YES:
        assert bool(unreached) == (authority.slug in NOT_SHOWN)
    else:
        assert authority.slug not in NOT_SHOWN


@every(library())
def test_each_module_gives_a_place(authority):
    assert len(authority.modules) == len(authority.teaching_order) > 0
    assert set(authority.modules) <= set(SETS)


@every(library())
def test_the_short_version_is_read_in_twenty_seconds(authority):
    assert [section.code for section in authority.short_version] == ["in_brief"]
    assert 20 <= len(authority.in_brief.split()) <= 65
    assert 2 <= sentences(authority.in_brief) <= 5
    others = [paragraph for section in authority.full_brief for paragraph in section.paragraphs]
    assert not any(apart(authority.in_brief) & apart(paragraph) for paragraph in others)


@every([*CASES, *ACCOUNTS])
def test_the_line_for_lists_says_no_name_and_no_number_that_the_entry_does_not(authority):
    assert 70 <= len(authority.in_a_line) <= 170 and authority.line == authority.in_a_line
    own = f"{authority.plain_text} {authority.decided}".replace(",", "")
    for word in re.findall(r"(?<![.:] )(?<!^)\b[A-Z][a-z]+|[$\d][\d,]*", authority.in_a_line):
        assert word.replace(",", "") in own, word


@every([*RULES_OF_LAW, *STUDIES])
def test_the_line_of_a_rule_is_how_its_short_version_begins(authority):
    assert authority.in_brief.startswith(authority.line) and authority.line.endswith(".")


def test_the_line_goes_with_what_it_rests_on():
    changed = library().with_entries([Entry(ref="byrd-v-brishke", fields={"outcome": "He lost."})]).get("byrd-v-brishke")
    assert changed.line and changed.line != changed.in_a_line and changed.in_brief.startswith(changed.line)
    other = library().with_entries([Entry(ref="byrd-v-brishke", fields={"topics": ("x",)})]).get("byrd-v-brishke")
    assert other.line == changed.in_a_line


@every(library())
def test_what_officers_read_first_is_at_grade_nine_or_lower(authority):
    assert grade(authority.in_brief) <= HIGHEST_GRADE
    if authority.on_the_street:
        assert grade(authority.on_the_street) <= HIGHEST_GRADE


@every(library())
def test_its_check_question_is_complete(authority):
    check = authority.check
    assert check.question.endswith("?") and check.why.endswith(".")
    assert len(check.wrong) == 2 and all((check.right, *check.wrong))
    assert len({answer.casefold() for answer in (check.right, *check.wrong)}) == 3


@every(library())
def test_its_right_answer_does_not_look_different(authority):
    answers = [authority.check.right, *authority.check.wrong]
    assert max(map(len, answers)) <= 1.6 * min(map(len, answers))
    assert len({answer.endswith(".") for answer in answers}) == 1


def test_the_longest_answer_is_right_no_more_often_than_by_chance():
    checks = [authority.check for authority in library()]
    longest = sum(len(check.right) > max(map(len, check.wrong)) for check in checks)
    shortest = sum(len(check.right) < min(map(len, check.wrong)) for check in checks)
    assert max(longest, shortest) <= len(checks) * 0.4


@every(library())
def test_citations_in_its_texts_are_known(authority):
    assert library().unknown_citations(authority.plain_text) == []


def test_no_two_authorities_share_a_citation():
    citations = [authority.citation for authority in library()]
    assert len(citations) == len(set(citations))


def test_no_file_is_left_out():
    assert len(library()) == len(FILES) == 181
    assert library().slugs == tuple(path.stem for path in FILES)


# -- decisions -------------------------------------------------------------------------------------------------------------


@every(CASES)
def test_a_decision_has_every_part_of_a_brief(authority):
    codes = [section.code for section in authority.full_brief]
    assert codes == ["facts", "question", "holding", "rule", "on_the_street", "outcome", "later_treatment"]


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
        assert authority.verified == PARTLY and authority.decided <= authority.checked[:4]
        return
    year, month, day = map(int, authority.decided.split("-"))
    assert 1 <= day <= calendar.monthrange(year, month)[1]
    assert authority.decided[:7] <= authority.checked


@every(CASES)
def test_the_circuit_agrees_with_citation_and_court(authority):
    parsed = citation.parse(authority.citation)
    if parsed.reporter in (citation.SUPREME, "S. Ct."):
        assert (authority.court, authority.circuit) == ("Supreme Court of the United States", "")
    elif parsed.circuit:
        assert authority.circuit == parsed.circuit
        name = f"United States Court of Appeals for the {COURT_OF_CIRCUIT[parsed.circuit]} Circuit"
        assert authority.court in (name, f"{name} (en banc)")
        assert ("en banc" in authority.court) == ("en banc" in parsed.notes)
    else:
        assert authority.court and (parsed.is_of_district_court or not parsed.reporter)
        states = [item for item in library().jurisdictions if authority.court.endswith(f"District of {item.name}")]
        assert authority.circuit == (states[0].circuit if states else "")


@every(CASES)
def test_the_caption_has_the_parties_of_the_citation(authority):
    # Bluebook abbreviates words of a name, never its first letter: "Dep't of Soc. Servs." for "Department of Social Services".
    initials = [[side[0] for side in name.split(" v. ")] for name in (authority.caption, citation.parse(authority.citation).name)]
    assert initials[0] == initials[1]


# -- statutes and policies -------------------------------------------------------------------------------------------------


@every(RULES_OF_LAW)
def test_a_statute_says_what_it_demands(authority):
    codes = {section.code for section in authority.full_brief} - {"consequence", "training", "key_words"}
    assert codes in ({"elements", "penalties_remedies"}, {"duty", "who_it_covers", "reporting_and_retaliation"})
    assert authority.state and authority.short_version
    assert not (authority.court or authority.decided or authority.circuit)


@every(RULES_OF_LAW)
def test_a_law_of_a_state_says_what_it_does(authority):
    assert (authority.strength in STRENGTHS) != authority.state.startswith("Federal")
    if authority.strength in ("model", "training", "report", "aid"):  # it orders nobody to step in, and says so at once
        assert re.search(r"No (?:state law|statute|Arkansas statute)|does not order|No D\.C\. statute", authority.in_brief)


@every(RULES_OF_LAW)
def test_its_own_words_are_few_and_quoted(authority):
    words = authority.key_words
    assert not words or (words[0] == words[-1] == '"' and len(words.split()) <= 60)


def test_every_strength_is_met_in_the_library():
    assert {authority.strength for authority in RULES_OF_LAW} == {"", *STRENGTHS}


# -- accounts --------------------------------------------------------------------------------------------------------------


@every(ACCOUNTS)
def test_an_account_says_what_happened_who_stood_by_and_what_came_of_it(authority):
    codes = [section.code for section in authority.full_brief if section.code != "later_treatment"]
    assert codes == ["facts", "who_stood_by", "outcome", "on_the_street"]
    assert authority.court and authority.published and authority.year and not authority.decided


@every(ACCOUNTS)
def test_who_was_acquitted_is_told_so_at_once(authority):
    told = f"{authority.in_a_line} {authority.in_brief}"
    if re.search(r"acquitted|not guilty|dismissed", f"{authority.outcome} {authority.later_treatment}"):
        assert re.search(r"acquitted|not guilty|dropped|dismissed|eight cases fell", told)


# -- studies ---------------------------------------------------------------------------------------------------------------


@every(STUDIES)
def test_a_study_says_who_how_many_and_what_it_does_not_show(authority):
    assert {section.code for section in authority.full_brief} >= {"claim", "sample", "limits", "on_the_street"}
    assert authority.reliance in RELIANCE and len(authority.limits) > 30
    assert not (authority.court or authority.decided or authority.state or authority.strength)
    years = re.findall(r"\d{4}", authority.published)
    assert authority.year == (int(years[-1]) if years else None)
    assert all(year <= authority.checked[:4] for year in years)


@every(STUDIES)
def test_what_is_no_proof_is_told_as_none(authority):
    told = f"{authority.in_brief} {authority.limits}"
    if authority.reliance == CAUTION:
        assert re.search(r"not used as proof|do not bear it out|not sound", told)
    assert not re.search(r"training (?:is proven|has been proven|reduces|cuts) ", told)


def test_where_studies_disagree_each_names_the_other():
    pairs = {("milgram-rebels", "milgram-critique"), ("ouellet-chicago-networks", "dallas-partners-null")}
    pairs |= {("quispe-london-peers", "dallas-partners-null"), ("diffusion-of-responsibility", "cctv-nine-of-ten")}
    for one, other in pairs | {(other, one) for one, other in pairs}:
        assert other in library().get(one).read_with


@every([one for one in library() if one.read_with])
def test_what_is_read_with_it_is_there_and_of_its_kind(authority):
    for slug in authority.read_with:
        assert slug != authority.slug and library().get(slug).kind == authority.kind


def test_cases_that_cut_both_ways_name_each_other():
    pairs = [("kisela-v-hughes", "hope-v-pelzer"), ("rivas-villegas-v-cortesluna", "hope-v-pelzer")]
    pairs += [("bunkley-v-city-of-detroit", "livers-v-schenck"), ("bunkley-v-city-of-detroit", "bledsoe-v-carreno")]
    for one, other in pairs:
        assert other in library().get(one).read_with and one in library().get(other).read_with


def test_statutes_of_the_same_name_are_told_apart():
    headings = [authority.heading for authority in library()]
    assert len(headings) == len(set(headings))
    assert library().get("il-720-5-7-16").heading == "Illinois: Duty to intervene"
    assert library().get("18-usc-242").heading == "18 U.S.C. § 242: Deprivation of rights under color of law"


# -- modules, circuits and jurisdictions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(1, 10))
def test_the_set_of_a_module_is_complete_and_in_order(number):
    taught = library().module(number)
    assert [authority.slug for authority in taught] == SETS.get(number, "").split()
    assert [authority.place_in(number) for authority in taught] == list(range(1, len(taught) + 1))


def test_the_sets_have_the_sizes_of_the_curriculum():
    assert {number: len(slugs.split()) for number, slugs in SETS.items()} == {1: 5, 2: 23, 4: 19, 5: 24, 6: 73, 7: 35, 8: 11}
    assert {slug for slugs in SETS.values() for slug in slugs.split()} == set(library().slugs)
    assert (len(CASES), len(RULES_OF_LAW), len(ACCOUNTS), len(STUDIES)) == (79, 36, 11, 55)


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
        assert circuit.cases or circuit.name == "D.C."
        refs = [*circuit.cases, *(see.ref for see in circuit.also_see if see.ref)]
        assert all(library().get(ref).circuit == circuit.name for ref in refs)
        assert all(bool(see.ref) != bool(see.citation) for see in circuit.also_see)


@pytest.mark.parametrize("place", library().jurisdictions, ids=lambda place: place.code)
def test_a_jurisdiction_has_a_known_circuit_and_its_own_statutes(place):
    assert re.fullmatch("[A-Z]{2}", place.code) and place.name
    assert place.circuit in {circuit.name for circuit in library().circuits} or place.code == "AS"
    for slug in place.statutes:
        assert library().get(slug).kind != CASE and library().get(slug).state == place.name
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", place.checked)
    assert bool(place.looked_for) == bool(place.found)


def test_the_jurisdictions_are_the_states_the_district_and_five_territories():
    places = library().jurisdictions
    assert len(places) == len({place.code for place in places}) == len({place.name for place in places}) == 56
    assert [place.name for place in places] == sorted(place.name for place in places)
    assert Counter(place.circuit for place in places) == STATES_OF_CIRCUIT


def test_every_state_says_what_was_looked_for_and_no_territory_does():
    nobody_looked = [place.code for place in library().jurisdictions if not place.looked_for]
    assert nobody_looked == ["AS", "GU", "MP", "PR", "VI"]
    assert sum(bool(place.statutes) for place in library().jurisdictions) == 30


def test_every_state_statute_belongs_to_exactly_one_jurisdiction():
    placed = [slug for place in library().jurisdictions for slug in place.statutes]
    assert sorted(placed) == sorted(item.slug for item in RULES_OF_LAW if not item.state.startswith("Federal"))


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
