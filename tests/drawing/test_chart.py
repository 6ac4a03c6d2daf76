"""The map: nothing overlaps, every arrow is drawn from box to box and across none, and large scenarios are drawn at once."""

import random
import re
import time
from itertools import combinations, pairwise

import pytest

from dti_xblocks.drawing.chart import lay_out
from dti_xblocks.drawing.layers import BESIDE, TAB, Edge, Node
from dti_xblocks.drawing.lettering import breadth, wrapped


def nodes(names, width=200, height=100):
    return [Node(name, width, height) for name in names]


def edges(*pairs):
    return [Edge(number, source, target) for number, (source, target) in enumerate(pairs)]


def graph(seed, size, choices=3, loops=0.1, reach=6):
    """A story of `size` scenes: most choices lead on, some lead back, some to one of three endings at the end."""
    dice = random.Random(seed)
    pairs = []
    for scene in range(size - 3):
        for _choice in range(dice.randint(1, choices)):
            if dice.random() < loops:
                pairs.append((scene, dice.randint(0, scene)))
            elif dice.random() < 0.1:
                pairs.append((scene, size - dice.randint(1, 3)))
            else:
                pairs.append((scene, min(size - 3, scene + dice.randint(1, reach))))
    sizes = [Node(name, dice.choice((150, 200, 260)), dice.choice((60, 100, 140))) for name in range(size)]
    return sizes, edges(*pairs)


def points(curve, steps=12):
    for step in range(steps + 1):
        t = step / steps
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        yield tuple(sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True)) for axis in (0, 1))


def faults(chart, drawn) -> list[str]:
    """Everything that is wrong with a map of the edges `drawn`."""
    found = []
    for one, other in combinations(chart.boxes.values(), 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        if not (beside or one.y + one.height <= other.y or other.y + other.height <= one.y):
            found.append(f"{one.id} and {other.id} overlap")
    for box in chart.boxes.values():
        if box.x < 0 or box.y < 0 or box.x + box.width > chart.width or box.y + box.height > chart.height:
            found.append(f"{box.id} is not on the map")
    by_id = {edge.id: edge for edge in drawn}
    if sorted(arrow.id for arrow in chart.arrows) != sorted(by_id):
        found.append("not every edge is drawn once")
    for arrow in chart.arrows:
        source, target = chart.boxes[by_id[arrow.id].source], chart.boxes[by_id[arrow.id].target]
        start, end = arrow.start, arrow.end
        if abs(start[1] - source.y - source.height) > 0.01 or not source.x < start[0] < source.x + source.width:
            found.append(f"{arrow.id} does not leave its box below")
        if abs(end[1] - target.y) > 0.01 or not target.x < end[0] < target.x + target.width:
            found.append(f"{arrow.id} does not enter its box above")
        if arrow.back != (target.layer <= source.layer):
            found.append(f"{arrow.id} goes the other way than it says")
        if any(before[3] != after[0] for before, after in pairwise(arrow.curves)):
            found.append(f"{arrow.id} has a gap")
        for x, y in (point for curve in arrow.curves for point in points(curve)):
            if not (0 <= x <= chart.width and 0 <= y <= chart.height):
                found.append(f"{arrow.id} leaves the map")
            crossed = [
                box.id
                for box in chart.boxes.values()
                if box.x + 0.01 < x < box.x + box.width - 0.01 and box.y + 0.01 < y < box.y + box.height - 0.01
            ]
            found += [f"{arrow.id} runs across {name}" for name in crossed]
    starts = {}
    for arrow in chart.arrows:
        starts.setdefault(by_id[arrow.id].source, []).append(arrow)
    for name, arrows in starts.items():
        arrows.sort(key=lambda arrow: arrow.start[0])
        if any(after.start[0] - before.start[0] < TAB - 0.01 for before, after in pairwise(arrows)):
            found.append(f"the tabs of {name} are too narrow")
        if any(arrow.tab < TAB for arrow in arrows):
            found.append(f"a tab of {name} says it is too narrow")
    return found


def checked(boxes, lines):
    chart = lay_out(boxes, lines)
    assert faults(chart, lines) == []
    return chart


def test_a_story_runs_downward():
    chart = checked(nodes("abcd"), edges("ab", "ac", "bd", "cd"))
    assert [chart.boxes[name].layer for name in "abcd"] == [0, 1, 1, 2]
    assert not any(arrow.back for arrow in chart.arrows)
    assert chart.boxes["b"].y == chart.boxes["c"].y > chart.boxes["a"].y + chart.boxes["a"].height


def test_a_box_stands_below_everything_that_leads_to_it():
    chart = checked(nodes("aebcd"), edges("ae", "ab", "bc", "cd", "de"))
    assert chart.boxes["e"].layer == 4


def test_only_the_way_back_of_a_loop_rises():
    chart = checked(nodes("aebcd"), edges("ae", "ab", "bc", "cd", "de", "ca"))
    assert [arrow.id for arrow in chart.arrows if arrow.back] == [5]
    round_about = checked(nodes("start"), edges("st", "ta", "ar", "rt", "ts"))
    assert sum(arrow.back for arrow in round_about.arrows) <= 2


def test_whatever_order_scenes_are_written_in_a_loop_has_one_way_back():
    for order in ("abcde", "aedcb", "acebd"):
        chart = checked(nodes(order), edges("ab", "bc", "cd", "de", "db"))
        assert [arrow.id for arrow in chart.arrows if arrow.back] == [4], order


def test_a_scene_that_leads_to_itself():
    chart = checked(nodes("ab"), edges("aa", "ab"))
    assert [arrow.back for arrow in chart.arrows] == [True, False]


def test_choices_with_the_same_target_are_arrows_of_their_own():
    chart = checked(nodes("ab"), edges("ab", "ab", "ab"))
    assert len({arrow.start for arrow in chart.arrows}) == len({arrow.end for arrow in chart.arrows}) == 3


def test_a_box_is_as_wide_as_its_tabs_need():
    chart = checked(nodes("ab", width=100), edges(*["ab"] * 9))
    assert chart.boxes["a"].width == 9 * TAB and chart.boxes["b"].width == 100


def test_long_ways_to_one_box_share_a_lane():
    size = 12
    lines = edges(*((number, number + 1) for number in range(size - 1)), *((number, size - 1) for number in range(size - 3)))
    chart = checked(nodes(range(size)), lines)
    long = [arrow for arrow in chart.arrows if len(arrow.curves) > 3]
    lowest = {arrow.curves[-1] for arrow in long}
    assert len(long) > 5 and len(lowest) == 1


def test_boxes_stand_apart():
    chart = checked(nodes("abcdefg"), edges("ab", "ac", "ad", "ae", "af", "ag"))
    row = sorted((box for box in chart.boxes.values() if box.layer == 1), key=lambda box: box.x)
    assert all(after.x - before.x - before.width >= BESIDE - 0.01 for before, after in pairwise(row))
    assert abs(chart.boxes["a"].x - chart.boxes["d"].x) < chart.boxes["a"].width, "what leads to all stands in their middle"


def test_lines_that_need_not_cross_do_not():
    chart = checked(nodes("abcdefg"), edges("ab", "ac", "be", "cd", "df", "eg"))
    assert (chart.boxes["b"].x < chart.boxes["c"].x) == (chart.boxes["e"].x < chart.boxes["d"].x)


def test_what_nothing_leads_to_is_drawn_all_the_same():
    chart = checked(nodes("abcxy"), edges("ab", "bc", "xc"))
    assert chart.boxes["x"].layer == chart.boxes["c"].layer - 1
    assert set(chart.boxes) == set("abcxy")


def test_an_edge_to_nowhere_is_left_out():
    chart = lay_out(nodes("ab"), edges("ab", "az", "zb"))
    assert [arrow.id for arrow in chart.arrows] == [0]
    assert lay_out([], []).boxes == {}
    assert checked(nodes("a"), []).arrows == ()


def test_the_same_story_gives_the_same_map():
    assert lay_out(*graph(7, 40)) == lay_out(*graph(7, 40))


@pytest.mark.parametrize("seed", range(25))
def test_stories_of_every_shape(seed):
    dice = random.Random(seed)
    checked(*graph(seed, dice.randint(4, 40), dice.randint(1, 5), dice.choice((0, 0.1, 0.5)), dice.choice((1, 3, 12))))


def test_a_tangle_is_kept_flat():
    dice = random.Random(5)
    lines = edges(*((dice.randrange(120), dice.randrange(120)) for _edge in range(400)))
    chart = checked(nodes(range(120)), lines)
    assert max(box.layer for box in chart.boxes.values()) < 80


SHAPES = {
    "a story": graph(1, 300, choices=5),
    "a tangle": (nodes(range(300)), edges(*((random.Random(n).randrange(300), n * 7 % 300) for n in range(1000)))),
    "a chain with one ending": (
        nodes(range(300)),
        edges(*((n, n + 1) for n in range(299)), *((n, 299) for n in range(298)), *((n, max(0, n - 3)) for n in range(298))),
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_three_hundred_scenes_are_drawn_at_once(shape):
    boxes, lines = SHAPES[shape]
    assert len(lines) > 800
    before = time.process_time()
    chart = lay_out(boxes, lines)
    assert time.process_time() - before < 2.0  # about 0.1 s on a quiet machine
    assert len(chart.arrows) == len(lines) and len(chart.boxes) == 300


def test_the_path_is_svg_and_leaves_room_for_the_head():
    (arrow,) = checked(nodes("ab"), edges("ab")).arrows
    number = r"-?\d+(\.\d)?,-?\d+(\.\d)?"
    assert re.fullmatch(rf"M{number}(L{number}|C{number} {number} {number})+", arrow.path())
    last = [float(number) for number in re.findall(r"-?[\d.]+", arrow.path(head=10))[-2:]]
    assert last == [round(arrow.end[0], 1), round(arrow.end[1] - 10, 1)]


# -- text --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["In the car", "The woman on the stairs, and what she saw", "Überwachungskameraaufzeichnungen", "警官が路上で"]
)
def test_text_is_broken_where_it_fits(text):
    lines = wrapped(text, 120, 14, 9)
    assert all(breadth(line) * 14 <= 120 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_text_that_is_too_long_ends_with_a_sign():
    lines = wrapped("one two three four five six seven eight nine ten", 60, 14, 2)
    assert len(lines) == 2 and lines[1].endswith("…") and breadth(lines[1]) * 14 <= 60
    assert wrapped("", 60, 14, 2) == []
    assert wrapped("W" * 50, 10, 14, 3)[-1].endswith("…")
