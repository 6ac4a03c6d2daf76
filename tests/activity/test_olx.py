"""What the OLX of an activity says."""

from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.activity import olx
from dti_xblocks.activity.model import Area, Card, Group, Picture, plain
from tests.activity.samples import SPOT, activity


def test_a_sort_is_read():
    sort = activity("sort")
    assert sort.task == "<p>Sort.</p>" and sort.after == "<p>Time, position, knowledge, means.</p>"
    assert sort.groups == (Group("act", "You could act"), Group("not", "You could not"))
    assert sort.cards[0] == Card("reach", "You see the third blow.", "", "You can reach it.", "act")
    assert sort.card("voice") == sort.cards[1] and sort.card("nobody") is None


def test_a_spot_is_read():
    spot = activity("spot")
    assert spot.picture == Picture("/static/street.png", "A street") and spot.task == "<p>Look.</p>"
    assert [(card.area, card.sign) for card in spot.cards] == [
        (Area(10, 20, 20, 30), True), (Area(12, 22, 4, 4), True), (None, False),
    ]  # fmt: skip


def test_prose_keeps_its_few_tags_and_nothing_else():
    read = olx.read("<task>A <em>word</em> <u onclick='x'>more</u> &amp; &lt;b&gt;</task>", "reflect")
    assert read.task == "<p>A <em>word</em> more &amp; &lt;b&gt;</p>"
    assert plain(read.task) == "A word more & <b>"


@given(st.text(max_size=200))
def test_reading_never_fails_but_for_what_is_no_xml(text):
    for content in (text, f"<card area='{text}'/>", SPOT + text):
        activity, problems = olx.examine(content, "spot")
        assert activity is not None or [problem.code for problem in problems] == ["AC000"]
