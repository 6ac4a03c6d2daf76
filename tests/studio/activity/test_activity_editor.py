"""The activity's editor in Studio, server side."""

import json
import re

import pytest

from dti_xblocks.activity_block import ActivityBlock
from dti_xblocks.studio.kit.form import version_of
from tests.activity.samples import ALL, SORT
from tests.runtime import LEARNER, STAFF, again, make_block, page, post_json


def author(kind="sort", content=SORT):
    return make_block(ActivityBlock, content, studio="handler", user=STAFF, activity=kind)


def check(block, content=SORT, **settings):
    return post_json(block, "studio_check", {"content": content, "settings": {"activity": "sort", **settings}})


def test_the_form_has_what_the_script_needs():
    html = page(author(), "studio_view")
    assert '<option value="sort" selected>' in html and "You see the third blow." in html
    data = json.loads(re.search(r"data-dti-data>(.*?)</script>", html, re.DOTALL)[1])
    assert data["checked"]["problems"] == [] and "Choose its place" in data["checked"]["preview"]
    assert set(data["uses"]) == set(ALL) and "groups" in data["uses"]["sort"] and "area" in data["uses"]["spot"]


@pytest.mark.parametrize("kind", ALL)
def test_each_kind_has_a_preview_of_how_learners_begin(kind):
    said = check(author(), ALL[kind], activity=kind, display_name="A <title>").json
    assert said["problems"] == [] and "A &lt;title&gt;" in said["preview"] and "Not yet" not in said["preview"]


def test_what_stops_learners_is_said_in_the_words_of_the_form_and_has_no_preview():
    said = check(author(), SORT.replace('id="reach" group="act"', 'id="reach"')).json
    [problem] = said["problems"]
    assert (problem["code"], problem["where"], problem["message"]) == (
        "AC005", "card reach", "Choose the group that this card belongs to.",
    )  # fmt: skip
    assert said["preview"] == ""
    assert check(author(), "<card>").json["preview"] == ""


def test_a_script_is_not_in_the_preview():
    said = check(author(), SORT.replace("<text>You see", "<text><script>alert(1)</script>You see")).json
    assert "<script" not in said["preview"]


def test_nobody_else_may_ask_and_damaged_forms_are_refused():
    block = author()
    for body in ({"content": SORT}, {"content": 1, "settings": {}}, {"content": SORT, "settings": {"activity": 1}}, []):
        assert post_json(block, "studio_check", body).status_code == 400
    assert check(block, "x" * 300_001).status_code == 413
    assert check(again(block, LEARNER, may_write=False)).status_code == 403


def test_what_learners_could_not_do_is_kept_as_a_draft():
    block = author()
    body = {"settings": {}, "content": "<task>x</task>", "version": version_of(block), "keep": "draft"}
    saved = post_json(block, "studio_save", body).json
    assert saved["sentence"] == "Learners cannot do this until these 2 problems are fixed." and saved["live"]
    assert block.content == SORT
