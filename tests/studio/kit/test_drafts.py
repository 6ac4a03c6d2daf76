"""Drafts: a save that would take a block away from learners does not, unless the author wants just that."""

import json
import re

import pytest
from lxml import etree

from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from tests.pledge.samples import PLEDGE
from tests.runtime import LEARNER, again, make_block, page, post, post_json
from tests.studio.pages import body_of, data_of, version_of
from tests.studio.scenario.test_scenario_editor import CONTENT

BROKEN = CONTENT.replace('to="calm"', 'to="nowhere"').replace("Hale", "Mertens")
PLATFORM_PARSER = etree.XMLParser(remove_blank_text=True)
LAW = '<authority ref="byrd-v-brishke"/>'


def make(cls=ScenarioBlock, content=CONTENT, **options):
    return make_block(cls, content, studio="handler", **options)


def save(block, content, keep=None, version=None, **settings):
    body = body_of(block, content, **settings)
    return post_json(
        again(block), "studio_save", {**body, **({"keep": keep} if keep else {}), **({"version": version} if version else {})}
    )


def scene(block):
    """The page without the time that is left."""
    return re.sub(r'data-left="[^"]*"', "", page(block, "student_view"))


@pytest.mark.parametrize(
    ("cls", "sound", "broken", "sentence"),
    [
        (ScenarioBlock, CONTENT, BROKEN, "Learners cannot play until this problem is fixed."),
        (ScenarioBlock, CONTENT, "", "Learners cannot play until these 2 problems are fixed."),
        (PledgeBlock, PLEDGE, "<statement/>", "Learners cannot sign until these"),
        (CaseLawBlock, LAW, "", "Learners have nothing to read until this problem is fixed."),
    ],
)
def test_a_save_that_takes_the_block_away_is_asked_about_and_by_default_a_draft(cls, sound, broken, sentence):
    block = make(cls, sound)
    asked = save(block, broken, keep="ask")
    assert asked.status_code == 409 and asked.json["error"].startswith(sentence) and asked.json["stops"]
    assert again(block).content == sound and not again(block).studio_draft, "nothing was saved"
    learner = page(again(block), "student_view")
    kept = save(block, broken)
    assert kept.status_code == 200 and kept.json["live"]["content"] == sound and kept.json["sentence"].startswith(sentence)
    assert again(block).content == sound
    assert page(again(block), "student_view") == learner, "learners have what they had"
    assert json.loads(again(block).studio_draft)["content"] == broken


def test_a_review_cannot_be_taken_away():
    block = make(ReviewBlock, "")
    saved = save(block, "<prompt><p>What helped?</p></prompt><other/>", keep="ask")
    assert saved.status_code == 200 and saved.json["live"] is None and saved.json["problems"]


def test_a_draft_is_what_the_author_goes_on_with_until_it_is_sound():
    block = make()
    save(block, BROKEN, display_name="The new stop")
    author = page(again(block), "studio_view")
    assert "Mertens" in author and "The new stop" in author and "This is a draft" in author
    assert "There is a draft of this block" in page(again(block), "author_view")
    assert again(block).display_name != "The new stop", "settings wait with the content"
    once_more = save(block, BROKEN.replace("quiet", "still"), keep="ask")
    assert once_more.status_code == 200, "who works on a draft is not asked again"
    done = save(block, CONTENT.replace("Hale", "Mertens"), keep="ask")
    assert (done.json["live"], done.json["sentence"]) == (None, "")
    assert "Mertens" in again(block).content and again(block).display_name == "The new stop"
    assert not again(block).studio_draft and "draft" not in page(again(block), "author_view")


def test_an_author_may_take_it_away_all_the_same():
    block = make()
    assert save(block, BROKEN, keep="live").json["live"] is None
    assert again(block).content == BROKEN
    assert "is being edited" in page(again(block), "student_view")
    assert save(block, BROKEN.replace("quiet", "still"), keep="ask").status_code == 200, (
        "there is nothing left to keep for learners"
    )
    assert "still" in again(block).content


def test_a_setting_that_takes_it_away_waits_too():
    block = make(PledgeBlock, PLEDGE, display_name="Our pledge")
    assert save(block, PLEDGE, keep="ask", opens_on="soon").status_code == 409
    assert save(block, PLEDGE, opens_on="soon").json["live"]["settings"]["opens_on"] == ""
    assert again(block).opens_on == ""
    assert data_of(page(again(block), "studio_view"))["checked"]["problems"], "the check is of the draft"


def test_two_authors_of_a_draft_do_not_overwrite_each_other():
    block = make()
    old = version_of(block)
    save(block, BROKEN)
    refused = save(block, BROKEN.replace("Mertens", "Mine"), version=old)
    assert refused.status_code == 409 and "Mertens" in refused.json["content"]
    assert refused.json["live"]["content"] == CONTENT and "Mertens" in again(block).studio_draft


def test_a_running_play_and_its_records_are_untouched_by_a_draft():
    block = make(user=LEARNER)
    post(again(block), "begin", {"pace": "1"})
    post(again(block), "enter", {"attempt": "1", "step": "0", "scene": "stop"})
    before = scene(again(block))
    author = make_block(ScenarioBlock, CONTENT, studio="handler")
    save(author, BROKEN)
    mine = again(block)
    mine.content, mine.studio_draft = again(author).content, again(author).studio_draft
    decisions = list(mine.decisions)
    assert decisions and scene(mine) == before
    assert list(again(block).decisions) == decisions


def test_a_draft_goes_through_export_and_import_and_learners_never_see_it():
    block = make()
    assert save(block, BROKEN.replace("Mertens", "Mertens “&amp;\n\t😀"), display_name="A new “stop” 😀").json["live"]
    node = etree.Element("dti_scenario")
    again(block).add_xml_to_node(node)
    node = etree.fromstring(etree.tostring(node), PLATFORM_PARSER)  # as the importer reads it
    there = ScenarioBlock.parse_xml(node, block.runtime, block.scope_ids)
    assert there.studio_draft == again(block).studio_draft != ""
    assert "".join(there.content.split()) == "".join(CONTENT.split())
    for shown in (page(there, "student_view"), json.dumps(there.student_view_data()), json.dumps(there.index_dictionary())):
        assert "Mertens" not in shown and "A new" not in shown


@pytest.mark.parametrize("damaged", ["{", "[]", '{"content": 1, "settings": {}}', '{"content": "x"}', "null", "7"])
def test_a_draft_that_cannot_be_read_is_none(damaged):
    block = make()
    mine = again(block)
    mine.studio_draft = damaged
    assert "This is a draft" not in page(mine, "studio_view")


def test_a_draft_with_settings_that_mean_nothing_here_has_those_of_learners():
    mine = again(make())
    mine.studio_draft = json.dumps(
        {"content": BROKEN, "settings": {"weight": "heavy", "pass_mark": None, "other": 1, "max_tries": 3}}
    )
    author = page(mine, "studio_view")
    assert (
        'name="weight" value="1.0"' in author
        and 'name="pass_mark" value="70"' in author
        and 'name="max_tries" value="3"' in author
    )
