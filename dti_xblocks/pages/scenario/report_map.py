"""The map of a scenario with the numbers of its runs, drawn on the server as SVG, and the same as a table.

It counts and names nobody. Numbers in the drawing are text already: a decimal comma would break it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ...drawing.chart import Arrow, Box, lay_out
from ...drawing.layers import Edge, Node
from ...drawing.lettering import wrapped
from ...scenario.model import Choice, Ending, Scenario, Scene
from ...scenario.play import TIME_UP
from ...templating.listing import short_number
from .report_parts import Share, numbered_titles, plain, result_word

WIDTH, PAD = 208, 12  # of a box, and within it
TITLE, SMALL, TAB = 14, 12, 38  # sizes of text, and the height of the tabs
TITLE_LINE, SMALL_LINE = 18, 16
THIN, THICK = 1.5, 8.5  # lines, by share
EM = 16  # CSS pixels: the drawing is as large in em as in pixels at the usual size of text


@dataclass(frozen=True)
class Flow:
    """What some runs did: how many came to each place, stopped there, and took each choice."""

    came: dict[str, int]
    stopped: dict[str, int]
    taken: dict[tuple[str, str], Share]


def map_context(scenario: Scenario, moves: list[tuple[str, str, str, str, int]], runs: int) -> dict[str, Any]:
    """Map and table of so many `runs`. `moves` are their decisions, counted: (scene id, choice id, how, id of the place it led
    to, number)."""
    flow = flow_of(scenario, moves, runs)
    return {
        "runs": short_number(runs),
        "drawing": drawing(scenario, flow),
        "places": _table(scenario, flow),
        "timed": scenario.timed,
        "conditional": any(_is_conditional(scene) for scene in scenario.scenes)
        or any(ending.needs for ending in scenario.endings),
        "zooms": ("50", "100", "150", "200", "fit"),
    }


def flow_of(scenario: Scenario, moves: list[tuple[str, str, str, str, int]], runs: int) -> Flow:
    """What `runs` did whose `moves` were counted."""
    came: dict[str, int] = defaultdict(int)
    decided: dict[str, int] = defaultdict(int)
    taken: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    came[scenario.start.id] = runs
    for scene, choice, how, led_to, number in moves:
        came[led_to] += number
        decided[scene] += number
        taken[scene, choice][0] += number
        taken[scene, choice][1] += number if how == TIME_UP else 0
    shares = {
        (scene.id, choice.id): Share(taken[scene.id, choice.id][0], decided[scene.id], taken[scene.id, choice.id][1])
        for scene in scenario.scenes
        for choice in scene.choices
    }
    stopped = {scene.id: max(0, came[scene.id] - decided[scene.id]) for scene in scenario.scenes}
    return Flow(dict(came), stopped, shares)


@dataclass(frozen=True)
class Way:
    """A choice as an arrow: its `number` in its scene, and its share of the decisions there."""

    scene: Scene
    choice: Choice
    number: int
    share: Share


def drawing(scenario: Scenario, flow: Flow) -> dict[str, Any]:
    """All that the SVG is made of, as text."""
    titles = numbered_titles(scenario)
    cards: dict[Hashable, dict[str, Any]] = {
        place.id: _card(scenario, place, titles[place.id], flow) for place in scenario.places
    }
    ways: dict[Hashable, Way] = {
        (scene.id, choice.id): Way(scene, choice, number, flow.taken[scene.id, choice.id])
        for scene in scenario.scenes
        for number, choice in enumerate(scene.choices, start=1)
    }
    edges = [Edge(key, way.scene.id, way.choice.to) for key, way in ways.items()]
    edges += [Edge((place.id, None), place.id, place.otherwise) for place in scenario.places if place.needs and place.otherwise]
    leaving = {edge.source for edge in edges}
    nodes = [Node(id_, WIDTH, _height(card, id_ in leaving)) for id_, card in cards.items()]
    chart = lay_out(nodes, edges)
    return {
        "width": _text(chart.width),
        "height": _text(chart.height),
        "wide": _text(chart.width / EM),
        "high": _text(chart.height / EM),
        "boxes": [_drawn_box(cards[id_], box, id_ in leaving) for id_, box in chart.boxes.items()],
        "arrows": [_drawn_arrow(arrow, ways.get(arrow.id)) for arrow in chart.arrows],
    }


def _card(scenario: Scenario, place: Scene | Ending, title: str, flow: Flow) -> dict[str, Any]:
    """What a box says."""
    lines = [_("Came here: {number}").format(number=short_number(flow.came.get(place.id, 0)))]
    if flow.stopped.get(place.id):
        lines.append(_("Left here: {number}").format(number=short_number(flow.stopped[place.id])))
    if isinstance(place, Ending):
        lines.insert(0, _("Ending: {result}").format(result=result_word(place.result)))
    elif place.clock:
        lines.append(_("Clock: {seconds} s").format(seconds=short_number(place.clock)))
    if place.needs:
        lines.append(_("Has a condition"))
    return {
        "kind": f"ending dti-chart-{place.result}" if isinstance(place, Ending) else "scene",
        "start": place is scenario.start,
        "title": wrapped(title, WIDTH - 2 * PAD, TITLE, 3),
        "full": title,
        "lines": lines,
        "left": bool(flow.stopped.get(place.id)),
    }


def _height(card: dict[str, Any], leads_on: bool) -> int:
    return 2 * PAD - 4 + TITLE_LINE * len(card["title"]) + SMALL_LINE * len(card["lines"]) + (TAB if leads_on else 0)


def _drawn_box(card: dict[str, Any], box: Box, leads_on: bool) -> dict[str, Any]:
    middle, y = box.x + box.width / 2, box.y + PAD + 2
    texts = []
    for line in card["title"]:
        texts.append({"x": _text(middle), "y": _text(y + 10), "line": line, "kind": "title"})
        y += TITLE_LINE
    for line in card["lines"]:
        texts.append({"x": _text(middle), "y": _text(y + 10), "line": line, "kind": "line"})
        y += SMALL_LINE
    return {
        **card,
        "texts": texts,
        "x": _text(box.x),
        "y": _text(box.y),
        "width": _text(box.width),
        "height": _text(box.height),
        "shelf": _text(box.y + box.height - TAB) if leads_on else "",
        "right": _text(box.x + box.width),
    }


def _drawn_arrow(arrow: Arrow, way: Way | None) -> dict[str, Any]:
    """An arrow with the tab that it begins at; without a `way` it is where those go on who do not meet a condition."""
    width = THIN + (THICK - THIN) * (way.share.part if way else 0)
    head = 6 + width
    (x, bottom), (tip_x, tip_y) = arrow.start, arrow.end
    top = bottom - TAB
    number = str(way.number) if way else ""
    signs = _signs(way) if way else []
    left = x - (8 * len(number) + 14 * len(signs)) / 2
    return {
        "path": arrow.path(head - 1),
        "stroke": _text(width),
        "head": f"M{_text(tip_x - head / 2)},{_text(tip_y - head)}h{_text(head)}L{_text(tip_x)},{_text(tip_y)}z",
        "kind": "otherwise" if way is None else "arrow" if way.choice.offered else "arrow dti-chart-late",
        "back": arrow.back,
        "number": number,
        "percent": way.share.percent if way else "",
        "hint": f"{number}. {plain(way.choice.text)} – {way.share.percent} ({way.share.count})"
        if way
        else _("When the condition is not met"),
        "x": _text(x),
        "number_x": _text(left + 4 * len(number)),
        "upper": _text(top + 15),
        "lower": _text(top + 31),
        "edge_x": _text(x - arrow.tab / 2),
        "edge_width": _text(arrow.tab),
        "top": _text(top),
        "tab": _text(TAB),
        "signs": [
            {"kind": sign, "x": _text(left + 8 * len(number) + 9 + 14 * place), "y": _text(top + 11)}
            for place, sign in enumerate(signs)
        ],
    }


def _signs(way: Way) -> list[str]:
    """The mark beside the number: "clock" where the clock takes the choice, "need" where it has conditions."""
    clock = bool(way.scene.clock) and way.scene.timeout == way.choice.id
    return [sign for sign, here in (("clock", clock), ("need", bool(way.choice.needs))) if here]


def _table(scenario: Scenario, flow: Flow) -> list[dict[str, Any]]:
    """The map in words: every place, and what leads on from it."""
    names = numbered_titles(scenario)
    return [
        {
            "title": names[place.id],
            "result": result_word(place.result) if isinstance(place, Ending) else "",
            "came": short_number(flow.came.get(place.id, 0)),
            "left": short_number(flow.stopped[place.id]) if flow.stopped.get(place.id) else "",
            "clock": place.clock or 0 if isinstance(place, Scene) else 0,
            "needs": bool(place.needs),
            "otherwise": names.get(place.otherwise, "") if place.needs else "",
            "choices": _choices(place, names, flow) if isinstance(place, Scene) else [],
        }
        for place in scenario.places
    ]


def _choices(scene: Scene, names: dict[str, str], flow: Flow) -> list[dict[str, Any]]:
    return [
        {
            "number": str(number),
            "text": plain(choice.text),
            "to": names.get(choice.to, choice.to),
            "share": flow.taken[scene.id, choice.id],
            "clock": bool(scene.clock and scene.timeout == choice.id),
            "offered": choice.offered,
            "needs": bool(choice.needs),
        }
        for number, choice in enumerate(scene.choices, start=1)
    ]


def _is_conditional(scene: Scene) -> bool:
    return bool(scene.needs or any(choice.needs for choice in scene.choices))


def _text(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
