"""The activities of our course: something to do in every module, of many kinds, and sound."""

import re

import pytest

from dti_xblocks.activity import olx
from dti_xblocks.activity.model import KINDS, ORDER, SORT, plain
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.content
BLOCKS = read(shipped_course()).blocks("dti_activity")


def activity_of(block):
    return olx.from_element(block.node, block.node.get("activity", SORT))


def test_each_of_the_nine_modules_has_something_to_do():
    assert {block.url_name[:3] for block in BLOCKS} == {f"m0{number}" for number in range(1, 10)}


def test_they_are_of_many_kinds():
    used = {block.node.get("activity") for block in BLOCKS}
    assert used <= set(KINDS) and len(used) >= 7


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.url_name)
def test_each_has_a_task_and_cards_that_fit_a_phone(block):
    activity = activity_of(block)
    assert plain(activity.task)
    for card in activity.cards:
        assert len(plain(card.text)) <= 130, card.id
        assert len(plain(card.back)) <= 200 and len(plain(card.why)) <= 180, card.id


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.url_name)
def test_no_card_tells_its_own_place(block):
    """Not by the first words that only one group has, and not by a number in a timeline."""
    activity = activity_of(block)
    if activity.kind == ORDER:
        assert not [card.id for card in activity.cards if re.match(r"(?:First|Second|Then|Finally|\d+\.)", plain(card.text))]
    if activity.kind == SORT:
        for group in activity.groups:
            assert not [card.id for card in activity.cards if group.name.lower() in plain(card.text).lower()]
