"""The course in a language of its own, under a site that speaks the same: no block shows a learner a word of English."""

import pytest

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.case_law_block import CaseLawBlock
from dti_xblocks.content import inner_xml
from dti_xblocks.course.languages.course import localized
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.video_block import VideoBlock
from tests.blocks.scenario.playing import hidden_fields
from tests.course.languages.speaking import pseudo_memory
from tests.pseudo.plain import STATES, plain, plain_words
from tests.runtime import again, make_block, page, post, view

pytestmark = [pytest.mark.once, pytest.mark.content]
CLASSES = {
    "dti_activity": ActivityBlock,
    "dti_case_law": CaseLawBlock,
    "dti_pledge": PledgeBlock,
    "dti_review": ReviewBlock,
    "dti_scenario": ScenarioBlock,
    "dti_video": VideoBlock,
}


@pytest.fixture(scope="module")
def blocks(tmp_path_factory):
    """The blocks of ours in the translated course, by tag."""
    folder = tmp_path_factory.mktemp("course")
    localized(shipped_course(), pseudo_memory(shipped_course(), folder / "translations"), folder / "course")
    found: dict[str, list] = {}
    for block in read(folder / "course").blocks(*CLASSES):
        found.setdefault(block.tag, []).append(block)
    return found


def made(block):
    attributes = {name: value for name, value in block.node.attrib.items() if "}" not in name and name != "url_name"}
    return make_block(CLASSES[block.tag], inner_xml(block.node), **attributes)


@pytest.mark.parametrize("tag", sorted(CLASSES))
def test_the_first_page_of_every_block(blocks, tag):
    assert blocks[tag]
    for block in blocks[tag]:
        here = made(block)
        assert plain(page(here), STATES) == [], block.url_name
        words = view(again(here)).json_init_args or {}
        told = {name: value for name, value in words.items() if isinstance(value, dict)}
        assert plain_words(told, STATES) == [], block.url_name


def test_the_first_scene_of_every_scenario(blocks):
    for block in blocks["dti_scenario"]:
        here = made(block)
        answer = post(again(here), "begin", hidden_fields(page(here)))
        assert answer.status_code == 200 and plain(answer.json["html"]) == [], block.url_name
        assert "⟦" in answer.json["html"]
