"""The answer to an editor that asks for the course's pictures."""

import pytest

from dti_xblocks.platform.pictures import MOST, Picture
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.studio.kit import pictures as room
from tests.runtime import LEARNER, make_block, post_json


def ask(block):
    return post_json(block, "studio_pictures", {})


@pytest.fixture
def course(monkeypatch):
    """Says which pictures the course has: a list, None, or what the platform raises."""

    def has(found):
        def pictures(_block):
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr(room, "pictures", pictures)

    return has


@pytest.mark.parametrize("kind", [ScenarioBlock, PledgeBlock])
def test_an_author_gets_the_pictures(course, kind):
    course([Picture("lot.png", "/small/lot.png")])
    answer = ask(make_block(kind, studio="handler"))
    assert answer.json == {"pictures": [{"name": "lot.png", "src": "/static/lot.png", "shown": "/small/lot.png"}], "note": ""}


def test_nobody_else_does(course):
    course([Picture("lot.png", "/small/lot.png")])
    answer = ask(make_block(ScenarioBlock, user=LEARNER))
    assert answer.status_code == 403
    assert "lot" not in answer.text


@pytest.mark.parametrize(
    ("found", "words"), [(None, "library"), ([], "Upload"), ([Picture("a.png", "/a.png")] * MOST, "not all")]
)
def test_where_there_are_none_or_too_many_the_author_reads_what_to_do(course, found, words):
    course(found)
    assert words in ask(make_block(ScenarioBlock, studio="handler")).json["note"]


def test_a_fault_of_the_platform_leaves_the_typed_way(course, caplog):
    course(OSError("no database"))
    answer = ask(make_block(ScenarioBlock, studio="handler"))
    assert answer.status_code == 503
    assert "write /static/" in answer.json["error"]
    assert "no database" not in answer.text and "cannot be listed" in caplog.text
