"""Cards are shuffled for each learner, and lie the same at each visit."""

import pytest

from dti_xblocks.activity.deal import deal
from dti_xblocks.activity.olx import read
from tests.activity.samples import FLIP, SORT, activity


def ids(cards):
    return [card.id for card in cards]


@pytest.mark.parametrize("kind", ["sort", "order", "match", "spot"])
def test_cards_lie_the_same_at_each_visit_and_otherwise_for_others(kind):
    dealt = [ids(deal(activity(kind), f"block {learner}").cards) for learner in range(40)]
    assert dealt == [ids(deal(activity(kind), f"block {learner}").cards) for learner in range(40)]
    assert len({tuple(one) for one in dealt}) > 1
    assert all(sorted(one) == sorted(ids(activity(kind).cards)) for one in dealt)


def test_cards_to_put_in_order_never_lie_in_order():
    assert all(ids(deal(activity("order"), str(seed)).cards) != ["one", "two", "three"] for seed in range(200))


def test_partners_are_shuffled_by_themselves():
    both = [deal(activity("match"), str(seed)) for seed in range(40)]
    assert any(ids(one.cards) != ids(one.backs) for one in both)


def test_the_authors_order_stays_where_it_is_meant():
    assert ids(deal(read(FLIP, "flip"), "x").cards) == ["rank", "wrong"]


def test_another_card_leaves_the_others_in_their_order():
    more = read(SORT.replace("<after>", "<card id='more' group='act'><text>More</text></card><after>"), "sort")
    for seed in range(20):
        assert [one for one in ids(deal(more, str(seed)).cards) if one != "more"] == ids(deal(activity("sort"), str(seed)).cards)


@pytest.mark.parametrize("place", [None, "", "0", "4", "-1", "1e3", "٣", "x", 1])
def test_a_place_that_is_none(place):
    assert deal(activity("sort"), "x").card(place) is None
