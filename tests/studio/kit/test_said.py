"""What is wrong, said to authors in their language: on the unit's page, in the editors, and in English on the command line."""

import copy
import json
import pickle

import pytest
from django.utils import translation

from dti_xblocks.content import Problem, sentence
from dti_xblocks.pledge import olx as pledge_olx
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario import olx, rules
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.studio.kit.said import said
from tests.runtime import STAFF, make_block, page
from tests.scenario.example import CONTENT

WRONG = CONTENT.replace('to="stairs"', 'to="nowhere"', 1)


def test_a_sentence_is_english_text_that_can_be_said_in_another_language():
    here = sentence("Two people have the name “{name}”.", name="Ana")
    assert here == "Two people have the name “Ana”." and json.dumps(here) == json.dumps(str(here))
    assert (
        here.translated({"Two people have the name “{name}”.": "Dos personas: “{name}”."}.__getitem__) == "Dos personas: “Ana”."
    )


def test_braces_of_what_an_author_wrote_are_left_alone():
    here = sentence("Two people have the name “{name}”.", name="{x} {0}")
    assert here == "Two people have the name “{x} {0}”."
    assert here.translated(lambda pattern: pattern) == here
    assert sentence("Write {this} as it is.") == "Write {this} as it is."


@pytest.mark.parametrize("again", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_can_still_be_translated(again):
    here = again(sentence("Two people have the name “{name}”.", name="Ana"))
    assert here.translated(lambda pattern: pattern.replace("Two", "2")) == "2 people have the name “Ana”."


def test_a_problem_of_an_editor_is_in_the_authors_language():
    (problem,) = [one for one in rules.check(olx.read(WRONG)) if one.code == "SC006"]
    with translation.override("es-419"):
        there = said(problem)
    assert there["message"] == "Esta opción lleva a “nowhere”, que no existe. Nombre una escena o un final en su “to”."
    assert (
        said(problem)["message"]
        == problem.message
        == "This choice leads to “nowhere”, which does not exist. " + ("Name a scene or an ending in its “to”.")
    )


def test_the_place_is_translated_where_it_is_words_of_ours():
    with translation.override("es"):
        assert said(rules.unreadable("no"))["where"] == "el escenario"
        assert said(Problem("SC001", "stairs", "x"))["where"] == "stairs"


def test_the_units_page_in_studio_lists_them_in_the_authors_language():
    block = make_block(ScenarioBlock, WRONG, user=STAFF, studio="preview")
    with translation.override("es"):
        html = page(block, "author_view")
    assert "Esta opción lleva a “nowhere”, que no existe." in html and "(SC006)" in html
    assert "This choice leads to “nowhere”" in page(block, "author_view")


def test_the_rules_of_the_other_kinds_are_said_in_spanish_too():
    found = pledge_olx.examine("<closing><p>So be it.</p></closing>")[1]
    with translation.override("es"):
        sentences = {one.code: said(one)["message"] for one in found}
        review = page(make_block(ReviewBlock, "<prompt><p>A</p></prompt><odd/>", user=STAFF, studio="preview"), "author_view")
    assert sentences["PL001"] == "No hay nada que confirmar. Agregue al menos una <affirmation>."
    assert "El elemento &lt;odd&gt; no se conoce aquí." in review
