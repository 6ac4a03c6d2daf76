"""The filters of our templates: numbers and times for people, addresses of assets, the two paths side by side."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from dti_xblocks.content.sizes import NARROW
from dti_xblocks.scenario.paths import Row, Stop
from dti_xblocks.templating.tags import absolute, asset, duration, filled, moment, narrow, side_by_side, signed, whole


@pytest.mark.parametrize(
    "address",
    [
        "/static/car.png",
        "/static/deep_er_a.b-c.mp4",
        "/asset-v1:DTI+DTI101+2026+type@asset+block@car.png",
        "/assets/courseware/v1/0a1b/asset-v1:DTI+DTI101+2026+type@asset+block/car.png",
        "/c4x/DTI/DTI101/asset/car.png",
    ],
)
def test_a_course_asset_is_an_address(address):
    assert asset(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        None,
        "car.png",
        "https://example.org/static/car.png",
        "//example.org/static/car.png",
        "/static/../xblock/car.png",
        "/static/",
        '/static/a"onerror=x.png',
        "/static/a b.png",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "/static\\car.png",
    ],
)
def test_nothing_else_is(address):
    assert asset(address) == ""


def sizes(small):
    return {"second_sizes": SimpleNamespace(of={"/static/lot.webp": small}.get)}


def test_a_picture_with_a_second_size_has_a_source_for_narrow_screens():
    assert narrow(sizes("/static/lot-640.webp"), "/static/lot.webp") == (
        f'<source media="{NARROW}" srcset="/static/lot-640.webp">'
    )


@pytest.mark.parametrize("context", [{}, sizes(""), sizes('/static/"><script>'), sizes("https://example.org/lot-640.webp")])
def test_all_others_have_none(context):
    assert narrow(context, "/static/lot.webp") == ""


@pytest.mark.parametrize(("number", "text"), [(5, "+5"), (-10, "−10"), (0, "0")])
def test_a_change_has_its_sign(number, text):
    assert signed(number) == text


def test_a_number_below_zero_has_a_true_minus_sign():
    assert (whole(-3), whole(0), whole(12), absolute(-7)) == ("−3", "0", "12", 7)


@pytest.mark.parametrize(("value", "share"), [(0, 0), (50, 50), (100, 100), (33, 33)])
def test_a_meter_is_filled_by_its_value(value, share):
    assert filled(SimpleNamespace(value=value, lowest=0, highest=100)) == share


def test_a_meter_may_begin_below_zero_and_a_broken_one_is_empty():
    assert filled(SimpleNamespace(value=0, lowest=-10, highest=10)) == 50
    assert filled(SimpleNamespace(value=3, lowest=3, highest=3)) == 0


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (20, "20 seconds"),
        (17.9, "17 seconds"),
        (60, "1 minute"),
        (125, "2 minutes 5 seconds"),
        (3600, "1 hour"),
        (3605, "1 hour"),
        (3 * 3600 + 600, "3 hours 10 minutes"),
        (2 * 86400 + 3600, "2 days 1 hour"),
        (-4, "0 seconds"),
    ],
)
def test_a_time_is_told_in_two_units_at_most(seconds, text):
    with translation.override("en"):
        assert duration(seconds) == text


def test_a_moment_is_told_and_what_is_none_stays():
    with translation.override("en"):
        assert moment("2026-11-23T14:01:00+00:00") == "November 23, 2026, 2:01 p.m. UTC"
        assert moment("yesterday") == "yesterday"


def stop(title, choice="c", result=""):
    return Stop(title, choice, result)


def test_paths_that_part_stand_beside_each_other():
    rows = (
        Row(stop("start"), stop("start")),
        Row(stop("a"), None),
        Row(stop("b"), None),
        Row(None, stop("x")),
        Row(stop("join"), stop("join"), same=True),
        Row(stop("bad", "", "bad"), None),
        Row(None, stop("good", "", "good")),
    )
    table = side_by_side(rows)
    titles = [(row["mine"] and row["mine"].title, row["best"] and row["best"].title) for row in table]
    assert titles == [("start", "start"), ("a", "x"), ("b", None), ("join", "join"), ("bad", "good")]
    assert [row["together"] for row in table] == [True, False, False, True, False]
    assert [row["same"] for row in table] == [False, False, False, True, False]
    assert [row.get("number") for row in table] == [1, 2, 3, 4, None]  # decisions; an ending is none
    assert all(row["mine_goes_on"] and row["best_goes_on"] for row in table[:-1])
    assert not table[-1]["mine_goes_on"] and not table[-1]["best_goes_on"]


def test_a_path_that_ends_earlier_does_not_go_on():
    table = side_by_side(
        (Row(stop("s"), stop("s")), Row(stop("bad", "", "bad"), None), Row(None, stop("x")), Row(None, stop("y")))
    )
    assert [(row["mine_goes_on"], row["best_goes_on"]) for row in table] == [(True, True), (False, True), (False, False)]


def test_no_path_is_no_table():
    assert side_by_side(()) == []
