"""Search: what is found and why, and what narrows it."""

import random
from dataclasses import replace

import pytest

from dti_xblocks.case_law.facets import NAMES, Filters
from dti_xblocks.case_law.library import Library, library
from dti_xblocks.case_law.model import CASE, KINDS, Authority, Entry

OF_THE_FOURTH = {"meyers-v-baltimore-county", "randall-v-prince-georges-county", "shaw-v-stroud", "slakan-v-porter"}


def found(query, **filters):
    return [hit.authority.slug for hit in library().find(query, Filters(**filters)).hits]


def case(slug, **texts):
    caption = texts.pop("caption", "A v. B")
    return Authority(slug, CASE, caption, texts.pop("citation", f"{caption}, 1 F.3d 1 (4th Cir. 1999)"), **texts)


# -- finding ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "   ", "\u202e\x07"])
def test_an_empty_query_lists_everything_by_kind_and_name(query):
    answer = library().find(query)
    assert answer.total == len(library()) and not answer.partial
    kinds = [hit.authority.kind for hit in answer.hits]
    assert kinds == sorted(kinds, key=KINDS.index)
    cases = [hit.authority.heading.casefold() for hit in answer.hits if hit.authority.kind == CASE]
    assert cases == sorted(cases)


def test_an_authority_comes_before_those_that_mention_it():
    hits = found("United States v. Reese, 2 F.3d 870")
    assert hits[0] == "united-states-v-reese"
    assert set(hits[1:]) == {"koon-v-united-states", "united-states-v-thao"}


def test_all_words_have_to_be_there_where_any_authority_has_them():
    answer = library().find("diabetic juice")
    assert [hit.authority.slug for hit in answer.hits] == ["graham-v-connor"]
    assert not answer.partial and answer.hits[0].missing == ()


def test_the_nearest_come_where_none_has_all_words_and_say_what_they_lack():
    answer = library().find("diabetic pancakes")
    assert answer.partial
    assert [(hit.authority.slug, hit.missing) for hit in answer.hits] == [("graham-v-connor", ("pancakes",))]


def test_what_answers_more_of_a_query_is_nearer():
    collection = Library([case("both", rule="harbor lantern"), case("one", rule="harbor"), case("other", rule="lantern")])
    answer = collection.find("harbor lantern quicksilver")
    assert answer.partial and answer.hits[0].authority.slug == "both"


@pytest.mark.parametrize(
    ("query", "corrected"),
    [
        ("grahm v conner", "graham v connor"),
        ("Grahm v. Conner", "Graham v. Connor"),
        ("excesive force", "excessive force"),
        ("monell", ""),
        ("cop", ""),
        ("garn", ""),
        ("xyzzyx", ""),
    ],
)
def test_what_was_searched_instead_is_said(query, corrected):
    assert library().find(query).corrected == corrected


def test_a_word_that_is_known_is_not_taken_for_a_misspelled_one():
    collection = Library([case("statue", rule="A statue stands."), case("statute", rule="A statute stands.")])
    assert [hit.authority.slug for hit in collection.find("statue stands").hits] == ["statue"]


def test_numbers_are_never_corrected():
    assert Library([case("number", rule="Docket 12345678.")]).find("12345679").hits == ()


def test_the_word_itself_comes_before_what_may_be_meant():
    collection = Library([case("officer", rule="an officer"), case("deputy", rule="a deputy")])
    assert [hit.authority.slug for hit in collection.find("deputy").hits] == ["deputy", "officer"]
    assert [hit.authority.slug for hit in collection.find("officer").hits] == ["officer", "deputy"]


def test_a_name_comes_before_a_mention_and_a_rule_before_a_fact():
    collection = Library([
        case("facts", rule="x", facts="the harbor"),
        case("rule", rule="the harbor", facts="x"),
        case("name", caption="Harbor v. Lake", rule="x", facts="x"),
    ])  # fmt: skip
    assert [hit.authority.slug for hit in collection.find("harbor").hits] == ["name", "rule", "facts"]


def test_words_that_stand_together_come_first():
    collection = Library([
        case("apart", rule="A lantern was lit. Many ships came by, and then one left the harbor at last."),
        case("phrase", rule="Many ships came by, and then one left at last when the harbor lantern was lit."),
    ])  # fmt: skip
    assert [hit.authority.slug for hit in collection.find("harbor lantern").hits] == ["phrase", "apart"]


def test_quoted_words_have_to_stand_together():
    assert found('"moving force"') == ["monell-v-department-of-social-services"]
    assert len(found("moving force")) >= 1
    assert library().find('"force moving"').hits == ()


@pytest.mark.parametrize("name", ["4th circuit", "Fourth Circuit", "4 cir", "the 4th Cir."])
def test_a_circuit_is_known_by_every_usual_name(name):
    assert set(found(name)[:4]) == OF_THE_FOURTH


def test_a_reporter_is_not_taken_for_a_circuit():
    assert "united-states-v-thao" not in found("4th circuit")[:3]


@pytest.mark.parametrize(("query", "circuit"), [("texas", "5th"), ("TX", "5th"), ("Puerto Rico", "1st"), ("maine", "1st")])
def test_a_state_also_finds_the_decisions_of_its_circuit(query, circuit):
    circuits = {hit.authority.circuit for hit in library().find(query).hits if not hit.authority.state}
    assert circuit in circuits


@pytest.mark.parametrize("query", ["or", "in", "me", "duty OR right", "DUTY OR RIGHT", "harm in custody"])
def test_words_are_not_taken_for_states(query):
    index = library()._index
    states = {f"={one.name.casefold()}" for one in library().jurisdictions}
    understood = {word for concept in index._reader.read(query)[1] for word in concept.words}
    assert (understood & states == set()) == (query != "duty OR right")  # in capitals among small letters it is Oregon


@pytest.mark.parametrize(
    "query",
    ["42 U.S.C. § 1983", "42 USC 1983", "42usc1983", "title 42, section 1983", "Sec. 1983", "§1983", "1983", "42 U.S.C. § 198"],
)
def test_a_section_is_known_by_every_usual_spelling(query):
    assert found(query)[0] == "42-usc-1983"


@pytest.mark.parametrize(
    "query", ["490 U.S. 386", "490 U. S. 386", "490us386", "490 US 386 (1989)", "490 u.s. 386, 396–97", "490 U.S. 3"]
)
def test_a_reporter_citation_is_known_by_every_usual_spelling(query):
    assert found(query)[0] == "graham-v-connor"


def test_words_beside_a_citation_only_rank():
    assert found("Graham against Connor, 490 U.S. 386, zzzz")[0] == "graham-v-connor"
    assert not library().find("490 U.S. 386 zzzz").partial


def test_words_beside_a_section_have_to_be_there():
    answer = library().find("section 1983 deadly force fleeing")
    assert answer.hits[0].authority.slug == "tennessee-v-garner" and not answer.partial
    assert "42-usc-1983" not in [hit.authority.slug for hit in answer.hits]


def test_a_hundred_words_are_bounded_and_answered():
    assert library().find("force " * 500).total > 0
    assert len(library()._index._reader.read("duty " * 40)[1]) == 12


@pytest.mark.parametrize(
    "query", ["(" * 200, "'" * 200, '"' * 199, "§" * 200, "1 U.S. " * 30, "a.b." * 50, "\\", "%00", "𝔊raham", "٤٢"]
)
def test_odd_queries_are_answered_without_an_error(query):
    assert library().find(query).total <= len(library())


def test_random_queries_are_answered_without_an_error():
    dice = random.Random(11)
    pieces = [*"abcxyz \"'§.,()-", "490 U.S. 386", "4th circuit", "CA", "section ", "force", "step in", "é", "\u202e", "ﬁ"]
    for _each in range(400):
        answer = library().find("".join(dice.choice(pieces) for _piece in range(dice.randrange(1, 12))))
        for hit in answer.hits[:2]:
            assert hit.snippets and "".join(text for text, _marked in hit.heading_pieces) == hit.authority.heading


def test_markup_in_an_authority_is_plain_text_in_what_is_found():
    collection = Library([case("odd", caption="<b>Odd</b> v. Even", rule="An <script>alert(1)</script> harbor & more.")])
    (hit,) = collection.find("harbor").hits
    assert hit.snippets[0].text == "An <script>alert(1)</script> harbor & more."
    assert all(isinstance(text, str) for snippet in hit.snippets for text, _marked in snippet.pieces)


def test_a_hostile_text_is_indexed_and_cut():
    collection = Library([case("long", rule="x" * 20_000, facts="1.1." * 5000, holding="§" * 20_000, outcome="word " * 4000)])
    (hit,) = collection.find("word").hits
    assert all(len(snippet.text) < 200 for snippet in hit.snippets)
    assert collection.find("x" * 200).total == 1


# -- narrowing -------------------------------------------------------------------------------------------------------------------


def test_filters_narrow_with_and_without_words():
    assert found("", state="California") == ["ca-gov-7286"]
    assert set(found("", circuit="4th")) == OF_THE_FOURTH
    assert found("intervene", circuit="7th", decade="1990s") == ["yang-v-hardin"]
    assert found("graham", kind="statute") == []
    assert found("", topic="no such topic") == []


def test_counts_ignore_their_own_filter_and_follow_all_others():
    answer = library().find("supervisor", Filters(circuit="9th", court="appeals"))
    assert answer.total == len(answer.hits) == dict(answer.facets["circuit"])["9th"]
    for name in NAMES:
        for value, count in answer.facets[name]:
            assert count == library().find("supervisor", replace(Filters(circuit="9th", court="appeals"), **{name: value})).total


def test_a_chosen_value_is_counted_even_where_nothing_is_left():
    answer = library().find("graham", Filters(state="Oregon"))
    assert answer.total == 0 and dict(answer.facets["state"])["Oregon"] == 0


def test_what_a_law_does_narrows_it():
    assert set(found("", strength="certificate")) == {"ky-15-391", "sc-23-23-150"}
    assert found("medical aid chokehold", strength="aid") == ["dc-5-125-03"]
    strengths = [value for value, _hits in library().find("").facets["strength"]]
    assert strengths == ["duty", "statewide", "certificate", "policy", "model", "training", "report", "aid"]


def test_what_was_not_searched_has_counts_too():
    facets = library().find("").facets
    assert dict(facets["kind"]) == {"case": 79, "statute": 33, "policy": 3, "account": 11, "study": 55}
    assert sum(count for _value, count in facets["court"]) == 79
    assert dict(facets["module"]) == {"1": 5, "2": 23, "4": 19, "5": 24, "6": 73, "7": 35, "8": 11}


# -- libraries made of others ----------------------------------------------------------------------------------------------------


def test_an_edited_authority_is_found_by_its_new_words_and_no_more_by_its_old_ones():
    made = library().with_entries([Entry(ref="graham-v-connor", fields={"facts": "A quagmire of pancakes."})])
    (hit,) = made.find("pancakes quagmire").hits
    assert hit.authority is made.get("graham-v-connor")
    assert made.find("diabetic juice").hits == ()
    assert found("diabetic juice") == ["graham-v-connor"] and found("quagmire pancakes") == []


def test_an_added_authority_is_found_with_all_others():
    entry = Entry(slug="policy-300", fields={"kind": "policy", "caption": "Policy 300", "citation": "Springfield PD Policy 300"})
    twice = library().with_entries([entry]).with_entries([Entry(ref="yang-v-hardin", fields={"rule": "A quagmire."})])
    assert twice.find("policy 300").hits[0].authority.slug == "policy-300"
    assert twice.find("quagmire").hits[0].authority.slug == "yang-v-hardin"
    assert twice.find("").total == len(library()) + 1
    assert twice.find("graham v connor").hits[0].authority.slug == "graham-v-connor"


def test_a_library_made_of_another_indexes_only_what_is_new():
    made = library().with_entries([Entry(ref="graham-v-connor", fields={"facts": "A quagmire."})])
    assert made._index._segments[0] is library()._index._segments[0]
    assert [document.authority.slug for document in made._index._segments[1].documents] == ["graham-v-connor"]


@pytest.mark.parametrize("query", ["officer", "supervisor liability", "4th circuit", "1983", "excesive force"])
def test_a_library_made_of_another_finds_what_one_of_the_same_authorities_finds(query):
    made = library().with_entries([Entry(ref="graham-v-connor", fields={"facts": "An officer and a supervisor."})])
    whole = Library(made, made.circuits, made.jurisdictions)
    assert {hit.authority.slug for hit in made.find(query).hits} == {hit.authority.slug for hit in whole.find(query).hits}
    assert made.find(query).facets == whole.find(query).facets
