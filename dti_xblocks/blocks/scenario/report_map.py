"""The map of a scenario with the numbers of its runs, drawn on the server as SVG, and the same as a table.

It counts and names nobody. Numbers in the drawing are text already: a decimal comma would break it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ...drawing.chart import Arrow, Box, lay_out
from ...drawing.layers import Edge, Node
from ...drawing.lettering import wrapped
from ...pages.scenario.report_parts import Share, numbered_titles, plain, result_word
from ...records.scenario import run_report
from ...scenario.model import Ending, Scenario, Scene
from ...scenario.play import TIME_UP
from ...templating.listing import short_number

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


def context(request) -> dict:
    """Map and table of the runs that are asked for."""
    names = {
        run_report.FIRST: _("First attempts"),
        run_report.BEST: _("Best attempts"),
        run_report.ALL: _("All runs"),
    }
    numbers = run_report.totals(request.usage_key)
    runs = {run_report.FIRST: numbers.started, run_report.BEST: numbers.finished, run_report.ALL: numbers.begun}[request.which]
    flow = _flow(request.scenario, run_report.moves(request.usage_key, request.which), runs)
    return {
        "kinds": [
            {"title": title, "address": request.link(part="map", which=which), "here": which == request.which}
            for which, title in names.items()
        ],
        "kind": names[request.which],
        "runs": short_number(runs),
        "drawing": drawing(request.scenario, flow),
        "places": _table(request.scenario, flow),
        "timed": request.scenario.timed,
        "conditional": any(_is_conditional(scene) for scene in request.scenario.scenes)
        or any(ending.needs for ending in request.scenario.endings),
        "zooms": ("50", "100", "150", "200", "fit"),
    }


def _flow(scenario: Scenario, moves: list[tuple[str, str, str, str, int]], runs: int) -> Flow:
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


def drawing(scenario: Scenario, flow: Flow) -> dict:
    """All that the SVG is made of, as text."""
    titles = numbered_titles(scenario)
    cards = {place.id: _card(scenario, place, titles[place.id], flow) for place in (*scenario.scenes, *scenario.endings)}
    edges = [Edge((scene.id, choice.id), scene.id, choice.to) for scene in scenario.scenes for choice in scene.choices]
    edges += [
        Edge((place.id, None), place.id, place.otherwise)
        for place in (*scenario.scenes, *scenario.endings)
        if place.needs and place.otherwise
    ]
    leaving = {edge.source for edge in edges}
    nodes = [Node(id_, WIDTH, _height(card, id_ in leaving)) for id_, card in cards.items()]
    chart = lay_out(nodes, edges)
    return {
        "width": _text(chart.width),
        "height": _text(chart.height),
        "wide": _text(chart.width / EM),
        "high": _text(chart.height / EM),
        "boxes": [_drawn_box(cards[id_], box, id_ in leaving) for id_, box in chart.boxes.items()],
        "arrows": [_drawn_arrow(scenario, arrow, flow) for arrow in chart.arrows],
    }


def _card(scenario: Scenario, place: Scene | Ending, title: str, flow: Flow) -> dict:
    """What a box says."""
    ending = isinstance(place, Ending)
    lines = [_("Came here: {number}").format(number=short_number(flow.came.get(place.id, 0)))]
    if flow.stopped.get(place.id):
        lines.append(_("Left here: {number}").format(number=short_number(flow.stopped[place.id])))
    if ending:
        lines.insert(0, _("Ending: {result}").format(result=result_word(place.result)))
    elif place.clock:
        lines.append(_("Clock: {seconds} s").format(seconds=short_number(place.clock)))
    if place.needs:
        lines.append(_("Has a condition"))
    return {
        "kind": f"ending dti-chart-{place.result}" if ending else "scene",
        "start": not ending and place.id == scenario.start.id,
        "title": wrapped(title, WIDTH - 2 * PAD, TITLE, 3),
        "full": title,
        "lines": lines,
        "left": bool(flow.stopped.get(place.id)),
    }


def _height(card: dict, leads_on: bool) -> int:
    return 2 * PAD - 4 + TITLE_LINE * len(card["title"]) + SMALL_LINE * len(card["lines"]) + (TAB if leads_on else 0)


def _drawn_box(card: dict, box: Box, leads_on: bool) -> dict:
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


def _drawn_arrow(scenario: Scenario, arrow: Arrow, flow: Flow) -> dict:
    scene_id, choice_id = arrow.id
    scene = scenario.scene(scene_id)
    choice = scene.choice(choice_id) if scene and choice_id is not None else None
    share = flow.taken[arrow.id] if choice else None
    width = THIN + (THICK - THIN) * (share.part if share else 0)
    head = 6 + width
    (x, bottom), (tip_x, tip_y) = arrow.start, arrow.end
    top = bottom - TAB
    number = str(scene.choices.index(choice) + 1) if choice else ""
    clock = bool(choice and scene.clock and scene.timeout == choice.id)
    signs = [sign for sign, here in (("clock", clock), ("need", bool(choice and choice.needs))) if here]
    left = x - (8 * len(number) + 14 * len(signs)) / 2
    return {
        "path": arrow.path(head - 1),
        "stroke": _text(width),
        "head": f"M{_text(tip_x - head / 2)},{_text(tip_y - head)}h{_text(head)}L{_text(tip_x)},{_text(tip_y)}z",
        "kind": "otherwise" if choice is None else "arrow" if choice.offered else "arrow dti-chart-late",
        "back": arrow.back,
        "number": number,
        "percent": share.percent if share else "",
        "hint": f"{number}. {plain(choice.text)} – {share.percent} ({share.count})"
        if choice
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


def _table(scenario: Scenario, flow: Flow) -> list[dict]:
    """The map in words: every place, and what leads on from it."""
    names = numbered_titles(scenario)
    rows = []
    for place in (*scenario.scenes, *scenario.endings):
        ending = isinstance(place, Ending)
        rows.append(
            {
                "title": names[place.id],
                "result": result_word(place.result) if ending else "",
                "came": short_number(flow.came.get(place.id, 0)),
                "left": short_number(flow.stopped[place.id]) if flow.stopped.get(place.id) else "",
                "clock": 0 if ending else place.clock or 0,
                "needs": bool(place.needs),
                "otherwise": names.get(place.otherwise, "") if place.needs else "",
                "choices": []
                if ending
                else [
                    {
                        "number": str(number),
                        "text": plain(choice.text),
                        "to": names.get(choice.to, choice.to),
                        "share": flow.taken[place.id, choice.id],
                        "clock": bool(place.clock and place.timeout == choice.id),
                        "offered": choice.offered,
                        "needs": bool(choice.needs),
                    }
                    for number, choice in enumerate(place.choices, start=1)
                ],
            }
        )
    return rows


def _is_conditional(scene: Scene) -> bool:
    return bool(scene.needs or any(choice.needs for choice in scene.choices))


def _text(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
