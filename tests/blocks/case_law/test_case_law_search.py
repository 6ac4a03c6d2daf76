"""Where a learner works, what they search for, and what an author may switch off."""

import json

import pytest
from django.test import override_settings
from lxml import etree
from xblock.fields import Scope

from dti_xblocks.case_law.library import library
from dti_xblocks.case_law_block import CaseLawBlock
from tests.blocks.case_law.test_case_law_block import TWO, block, texts
from tests.blocks.case_law.test_case_law_reading import read, screen
from tests.runtime import LEARNER, OTHER, again, get, make_block, page, post, search

# -- jurisdiction ----------------------------------------------------------------------------------------------------------------


LIST = "".join(
    f'<authority ref="{slug}"/>'
    for slug in ("byrd-v-brishke", "priester-v-city-of-riviera-beach", "tobias-v-arteaga", "randall-v-prince-georges-county")
)


def test_a_circuit_narrows_the_list_and_is_kept_nowhere():
    reader = block(LIST)
    tree = screen(get(reader, "contents", "circuit=7th", json=True))
    assert tree.xpath("//li[starts-with(@id, 'case-')]/@id") == ["case-byrd-v-brishke"]
    assert tree.xpath("//*[@aria-current]")[0].text == "7th Circuit" and "Show all 4" in texts(tree, "//a")
    everything = screen(get(again(reader), "contents", json=True)).xpath("//li[starts-with(@id, 'case-')]/@id")
    assert len(everything) == 4
    for asked, options in (("circuit=99th", {}), ("circuit=7th", {"jurisdiction_panel": False})):
        tree = screen(get(block(LIST, **options), "contents", asked, json=True))
        assert tree.xpath("//li[starts-with(@id, 'case-')]/@id") == everything
        assert bool(tree.xpath("//*[local-name()='svg']")) == (not options)
    assert (
        "Nothing in this part comes from there."
        in texts(screen(get(again(reader), "contents", "circuit=D.C.", json=True)), "//div")[0]
    )


def test_the_controlling_decision_stands_first_once_a_state_is_chosen():
    reader = block(LIST)
    assert etree.HTML(page(reader)).xpath("//li[starts-with(@id, 'case-')]/@id")[0] == "case-byrd-v-brishke"
    tree = screen(post(reader, "jurisdiction_set", {"jurisdiction": "CA"}))
    assert tree.xpath("//li[starts-with(@id, 'case-')]/@id")[0] == "case-tobias-v-arteaga"
    assert "Controls where you work" in texts(tree, "//li[@id='case-tobias-v-arteaga']")[0]
    home = texts(tree, "//details[@class='dti-cl-home']")[0]
    assert "My jurisdiction: California" in home and "9th Circuit." in home and "Cal. Gov't Code § 7286" in home


def test_the_choice_is_kept_for_every_list_of_the_learner():
    reader = block(LIST)
    post(reader, "jurisdiction_set", {"jurisdiction": "MD"})
    assert again(reader).dti_jurisdiction == "MD"
    assert CaseLawBlock.fields["dti_jurisdiction"].scope == Scope.preferences
    assert again(reader, OTHER).dti_jurisdiction == ""
    post(again(reader), "jurisdiction_set", {"jurisdiction": ""})
    assert again(reader).dti_jurisdiction == ""


def test_it_says_plainly_what_the_library_has_not():
    reader = block(LIST)
    ohio = texts(screen(post(reader, "jurisdiction_set", {"jurisdiction": "OH"})), "//details[@class='dti-cl-home']")[0]
    assert "No law of Ohio on this duty was confirmed." in ohio
    assert "Looked for in November 2026: Revised Code, Ohio Collaborative, bills. Result: Nothing found." in ohio
    guam = texts(screen(post(again(reader), "jurisdiction_set", {"jurisdiction": "GU"})), "//details[@class='dti-cl-home']")[0]
    assert "Nobody had looked for it in the law of Guam by November 2026." in guam
    capital = screen(post(again(reader), "jurisdiction_set", {"jurisdiction": "DC"}))
    assert "no controlling decision of this circuit" in texts(capital, "//details[@class='dti-cl-home']")[0]


def test_the_law_of_a_place_says_how_strong_it_is():
    said = texts(screen(post(block(LIST), "jurisdiction_set", {"jurisdiction": "LA"})), "//details[@class='dti-cl-home']")[0]
    assert "Training only. La. Rev. Stat. §§ 40:2404.2(C), 40:2401.3 and 40:2554." in said
    assert "Louisiana law calls for training on the duty to intervene" in said and "Checked in November 2026." in said


@pytest.mark.parametrize("code", ["XX", "<b>", "ca"])
def test_an_unknown_place_is_refused(code):
    answer = post(block(LIST), "jurisdiction_set", {"jurisdiction": code})
    assert answer.status_code == 400 and "Choose your state" in json.loads(answer.body)["error"]


def test_every_place_can_be_chosen():
    reader = block(LIST)
    for place in library().jurisdictions:
        tree = screen(post(again(reader), "jurisdiction_set", {"jurisdiction": place.code}))
        assert f"My jurisdiction: {place.name}" in texts(tree, "//details[@class='dti-cl-home']/summary")[0]


# -- search ----------------------------------------------------------------------------------------------------------------------


def find(block, query):
    return screen(search(block, "find", query, json=True))


@pytest.mark.parametrize("query", ["q=graham", "q=490+U.S.+386", "q=490+us+386", "q=grahm"])
def test_a_name_a_citation_or_a_slip_finds_it(query):
    assert find(block(), query).xpath("//a[@data-dti-hit]/@data-dti-go")[0] == "case-graham-v-connor"


def test_results_are_counted_highlighted_and_narrowed():
    tree = find(block(), "q=objective")
    total = len(tree.xpath("//a[@data-dti-hit]"))
    assert texts(tree, "//*[@data-dti-count]")[0].startswith(f"{total} result")
    assert any("objective" in mark.lower() for mark in texts(tree, "//mark"))
    option = next(one for one in tree.xpath("//select[@name='circuit']/option/@value") if one)
    narrowed = find(block(), f"q=objective&circuit={option}")
    assert 0 < len(narrowed.xpath("//a[@data-dti-hit]")) <= total
    assert narrowed.xpath("//select[@name='circuit']/option[@selected]/@value") == [option]


def test_nothing_found_says_what_to_do():
    tree = find(block(), "q=xyzzyplugh")
    assert "No authority matches." in texts(tree, "//*[@data-dti-count]")[0]
    assert "another spelling" in texts(tree, "//*[@data-dti-results]")[0]


def test_words_of_the_query_are_never_markup():
    answer = search(block(), "find", "q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onfocus=%22x")
    assert "<script>alert" not in answer.text and 'onfocus="x' not in answer.text


@pytest.mark.parametrize(
    "query", ["q=" + "a" * 5000, "q=%00%1b", "circuit=<b>", "module=x&decade=y", "q=%F0%9F%91%AE", "topic=" + "t" * 500]
)
def test_strange_queries_get_an_answer(query):
    assert search(block(), "find", query, json=True).status_code == 200


def test_search_finds_what_the_agency_added():
    inner = TWO + (
        '<authority slug="order-300" kind="policy"><caption>Zebra order</caption><citation>General Order 300</citation>'
        "<in-brief>Step in.</in-brief></authority>"
    )
    assert find(block(inner), "q=zebra").xpath("//a[@data-dti-hit]/@data-dti-go") == ["case-order-300"]
    assert not find(block(), "q=zebra").xpath("//a[@data-dti-hit]/@data-dti-go")


# -- features that an author may switch off --------------------------------------------------------------------------------------


def test_each_feature_can_be_switched_off():
    shown = page(make_block(CaseLawBlock, TWO, search=False, notes=False, jurisdiction_panel=False, packets=False))
    for part in ("data-dti-find", "My notes", "Where you work", "Download"):
        assert part not in shown
    everything = page(block())
    for part in ("data-dti-find", "My notes", "Where you work", "Download"):
        assert part in everything
    assert search(make_block(CaseLawBlock, TWO, search=False), "find", "q=x").status_code == 403
    assert get(make_block(CaseLawBlock, TWO, notes=False), "my_notes").status_code == 403


def test_many_results_come_in_portions():
    tree = find(block(), "q=")
    assert len(tree.xpath("//a[@data-dti-hit]")) == 20
    (more,) = tree.xpath("//form[@data-dti-more]//input[@name='more']/@value")
    rest = find(block(), f"q=&more={more}")
    assert len(rest.xpath("//a[@data-dti-hit]")) == 40
    assert len(find(block(), "q=&more=200").xpath("//a[@data-dti-hit]")) == len(library())
    for odd in ("-5", "x", "%D9%A3", "9" * 40):
        assert len(find(block(), f"q=&more={odd}").xpath("//a[@data-dti-hit]")) == 20


def test_a_list_made_shorter_is_complete_at_the_next_look():
    reader = block()
    read(reader, "graham-v-connor")
    author = again(reader, authoring=True)
    author.content = '<authority ref="graham-v-connor"/>'
    author.save()
    read(again(reader, LEARNER, authoring=False), "graham-v-connor")
    assert reader.runtime.place.events("completion") == [{"completion": 1.0}]


def test_answers_in_odd_digits_are_refused():
    for answer in ("1" * 5000, "٠", "²", " 1", "01"):
        assert post(block(), "answer_check", {"ref": "graham-v-connor", "answer": answer}).status_code == 400


def test_a_name_too_long_for_an_address_is_left_out():
    inner = (
        TWO
        + f'<authority slug="{"a" * 101}" kind="policy"><caption>X</caption><citation>Y</citation><in-brief>Z.</in-brief></authority>'
    )
    assert "cannot be shown" in page(block(inner))
    assert read(block(inner), "a" * 101).xpath("//*[@class='dti-notice']")


def test_an_agencys_own_text_changed_in_one_list_is_still_no_checked_one(tmp_path):
    (tmp_path / "own.toml").write_text(
        'slug = "order-300"\nkind = "policy"\ncaption = "Order 300"\ncitation = "GO 300"\nin_brief = "Step in."\n',
        encoding="utf-8",
    )
    with override_settings(DTI_AUTHORITIES_FOLDER=str(tmp_path)):
        shown = texts(
            read(block('<authority ref="order-300"><in-brief>Step in now.</in-brief></authority>'), "order-300"), "//article"
        )[0]
    assert (
        "Checked against" not in shown
        and "Added by your agency" in shown
        and "Edited by your agency: In twenty seconds." in shown
    )
