"""What the case-law editor asks while an author writes: the library, and how the list stands."""

import pytest

from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.studio.case_law import check as case_law_check
from tests.runtime import ANONYMOUS, LEARNER, again, get, make_block, post, post_json
from tests.studio.case_law.test_case_law_editor import CONTENT, asked, make, problems

# -- searching the library -------------------------------------------------------------------------------------------------------


def test_the_library_is_searched():
    block = make()
    found = post_json(again(block), "studio_find", {"q": "graham"}).json
    first = found["results"][0]
    assert (first["name"], first["kind"], first["modules"]) == ("graham-v-connor", "case", [2])
    assert first["citation"] == "Graham v. Connor, 490 U.S. 386 (1989)" and "excessive force" in first["topics"]
    assert post_json(again(block), "studio_find", {"q": "490 us 386"}).json["results"][0]["name"] == "graham-v-connor"
    everything = post_json(again(block), "studio_find", {}).json
    assert everything["total"] == len(library()) and len(everything["results"]) == case_law_check.MOST_FOUND
    assert post_json(again(block), "studio_find", {"q": "zzzqqq"}).json["total"] == 0


def test_filters_narrow_and_count():
    found = post_json(make(), "studio_find", {"module": "7", "kind": "case"}).json
    assert {row["name"] for row in found["results"]} == {item.slug for item in library().module(7) if item.kind == "case"}
    assert ["case", found["total"]] in found["facets"]["kind"]
    assert found["facets"]["topic"]


def test_findings_are_of_the_site_and_not_of_this_list():
    block = make()
    assert [
        row["name"]
        for row in post_json(again(block), "studio_find", {"q": "policy-300 use"}).json["results"]
        if row["name"] == "policy-300"
    ] == []
    monroe = post_json(again(block), "studio_find", {"q": "monroe pape"}).json["results"][0]
    assert "changed" not in monroe["flags"]


@pytest.mark.parametrize(
    "query",
    [
        *({"q": "a" * 5000}, {"q": "\ud800"}, {"q": "a", "module": "9" * 300}, {"q": "\x00\u202e<script>"}, {"kind": "nothing"}),
        *({"q": ["a"]}, {"q": None}, [], "q", None),
    ],
)
def test_strange_searches_are_answered_or_refused_in_words(query):
    answer = post_json(make(), "studio_find", query)
    assert answer.status_code == 200 or (answer.status_code == 400 and answer.json["error"])


# -- checking a list -------------------------------------------------------------------------------------------------------------


def test_a_list_that_is_not_saved_is_checked():
    block = make("")
    rows = asked(block).json["rows"]
    assert [(row["name"], row["heading"], row["flags"]) for row in rows] == [
        ("graham-v-connor", "Graham v. Connor", []),
        ("monroe-v-pape", "Monroe v. Pape", [*filter(None, [library().get("monroe-v-pape").treatment]), "changed"]),
        ("policy-300", "Use of force", ["own"]),
    ]
    assert again(block).content == "" and block.runtime.place.published == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", ("CL001", None, "")),
        ("<authority/>", ("CL002", 0, "slug")),
        ('<authority ref="nope"/>', ("CL003", 0, "ref")),
        ('<authority ref="monroe-v-pape"/><authority ref="monroe-v-pape"/>', ("CL004", 1, "ref")),
        ('<authority ref="monroe-v-pape"/>\n<odd/>', ("CL005", None, "")),
        ('<authority ref="monroe-v-pape" odd=""/>', ("CL006", None, "")),
        ('<authority ref="monroe-v-pape"/>words', ("CL007", None, "")),
        (f'<authority ref="monroe-v-pape"><rule>{"a" * 20_001}</rule></authority>', ("CL008", 0, "rule")),
        ('<authority ref="monroe-v-pape"><facts>x</facts><topic>a\u202eb</topic></authority>', ("CL009", 0, "topics")),
        ('<authority ref="monroe-v-pape"><citation>Monroe</citation></authority>', ("CL010", 0, "citation")),
        ('<authority slug="x" kind="case"><caption>A</caption></authority>', ("CL011", 0, "citation")),
        (
            '<authority slug="x" kind="policy"><caption>A</caption><citation>B</citation></authority>',
            ("CL011", 0, "in_brief"),
        ),
        (
            '<authority slug="X y" kind="policy"><caption>A</caption><citation>B</citation><duty>c</duty></authority>',
            ("CL012", 0, "slug"),
        ),
        (
            '<authority slug="x" kind="law"><caption>A</caption><citation>B</citation><duty>c</duty></authority>',
            ("CL013", 0, "kind"),
        ),
        ('<authority ref="monroe-v-pape"><circuit>40th</circuit></authority>', ("CL014", 0, "circuit")),
        ('<authority ref="monroe-v-pape"><decided>1962</decided></authority>', ("CL015", 0, "decided")),
        ('<authority ref="monroe-v-pape"><checked>1962</checked></authority>', ("CL015", 0, "checked")),
        ('<authority ref="graham-v-connor"><treatment>gone</treatment></authority>', ("CL016", 0, "treatment")),
        ('<authority ref="graham-v-connor"><treatment>limited</treatment></authority>', ("CL016", 0, "treatment_by")),
        ('<authority ref="monroe-v-pape"><official-url>ftp:x</official-url></authority>', ("CL017", 0, "official_url")),
        ('<authority ref="monroe-v-pape"><check><question>Q</question></check></authority>', ("CL018", 0, "check")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_each_problem_is_said_where_it_is(content, found):
    assert problems(content) == [found]


def test_a_missing_check_question_is_a_problem_where_the_block_asks_for_one():
    own = '<authority slug="x" kind="policy"><caption>A</caption><citation>B</citation><duty>c</duty></authority>'
    assert problems(own) == [] and problems(own, "checked") == [("CL019", 0, "check")]


def test_an_entry_of_the_library_comes_with_the_librarys_texts():
    about = asked(make(), about=1).json["about"]
    monroe = library().get("monroe-v-pape")
    assert about["name"] == "monroe-v-pape"
    assert about["library"]["facts"] == monroe.facts and about["library"]["kind"] == "case"
    assert about["library"]["topics"] == list(monroe.topics)
    facts = next(part for part in about["preview"]["sections"] if part["label"] == "Facts")
    assert facts["paragraphs"] == [[["Thirteen officers broke in.", False]]]
    assert about["citation"]["full"] == monroe.citation and about["citation"]["known"] == ""


def test_an_entry_of_the_authors_own_is_previewed_with_its_italics():
    about = asked(make(), about=2).json["about"]
    assert about["library"] is None
    assert about["preview"]["heading"] == "Use of force"
    assert about["preview"]["sections"][0]["paragraphs"] == [[["Step in, as ", False], ["Randall", True], [" says.", False]]]


def test_an_entry_that_is_only_begun_is_previewed_as_far_as_it_goes():
    begun = '<authority slug="own" kind="case"><caption>A v. B</caption></authority>'
    assert asked(make(), begun, about=0).json["about"]["preview"]["heading"] == "A v. B"
    assert asked(make(), '<authority slug="own"/>', about=0).json["about"]["preview"] is None
    assert asked(make(), '<authority ref="nope"><rule>x</rule></authority>', about=0).json["about"]["library"] is None
    for number in (-1, 7):
        assert "about" not in asked(make(), begun, about=number).json


@pytest.mark.parametrize(
    ("citation", "known"),
    [
        ("Graham v. Connor, 490 U.S. 386 (1989)", "same"),
        ("490 us 386", "same"),
        ("42 U.S.C. § 1983", "same"),
        ("Somebody v. Nobody, 999 F.3d 12345 (4th Cir. 2021)", "new"),
        ("Policy 300", ""),
    ],
)
def test_the_author_is_told_whether_the_library_knows_a_citation(citation, known):
    own = f'<authority slug="x" kind="case"><caption>A v. B</caption><citation>{citation}</citation></authority>'
    said = asked(make(), own, about=0).json["about"]["citation"]
    assert said["known"] == known
    assert said["full"] and said["short"] and said["plain"]
    assert bool(said["same"]) == (known == "same")


def test_a_citation_that_an_entry_names_is_known():
    named = next(
        one
        for item in library()
        for one in case_law_check.citation.citations_in(item.later_treatment)
        if not any(one in other.citation for other in library())
    )
    own = f'<authority slug="x" kind="case"><caption>A v. B</caption><citation>A v. B, {named} (2001)</citation></authority>'
    assert asked(make(), own, about=0).json["about"]["citation"]["known"] == "named"


def test_questions_that_cannot_be_answered_are_refused_in_words():
    block = make()
    for body in (
        {},
        {"content": 5},
        {"content": "", "about": "1"},
        {"content": "", "about": True},
        {"content": "", "completes_by": [1]},
        [],
    ):
        refused = post_json(again(block), "studio_check", body)
        assert refused.status_code == 400 and "damaged" in refused.json["error"], body
    assert post(again(block), "studio_check", {}).status_code == 400
    broken = asked(block, "<authority")
    assert broken.status_code == 400 and "line 1" in broken.json["error"]
    assert asked(block, "<!DOCTYPE x [<!ENTITY a 'b'>]><authority/>").status_code == 400
    assert asked(block, "x" * (case_law_check.LARGEST + 1)).status_code == 413
    assert get(again(block), "studio_check").status_code == 405
    assert get(again(block), "studio_find", "q=graham").status_code == 405


def test_only_authors_are_answered():
    for block in (
        make(may_write=False),
        make_block(CaseLawBlock, CONTENT, user=LEARNER),
        make_block(CaseLawBlock, CONTENT, user=ANONYMOUS),
    ):
        assert asked(block).status_code == 403
        assert post_json(again(block), "studio_find", {"q": "graham"}).status_code == 403


def test_a_hostile_entry_is_a_problem_and_not_a_hung_worker():
    text = "A v. B, 1 U.S. 1 (" * 1000
    hostile = f'<authority slug="x" kind="case"><caption>{text}</caption><citation>{text}</citation><rule>{"*a" * 9000}</rule></authority>'
    answer = asked(make(), hostile * 3, about=0)
    assert answer.status_code == 200 and "CL008" in [found["code"] for found in answer.json["problems"]]
