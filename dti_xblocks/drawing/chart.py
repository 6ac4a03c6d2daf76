"""Where the boxes and arrows of a map go. Numbers only: nothing here knows a scenario, a color or a font file.

The story runs downward. Every arrow leaves a box at its lower edge, where each has a tab of its own, and enters at the upper
edge. What passes a layer does so in a lane beside the boxes, and ways to the same box share a lane, so that three hundred ways
to one ending are one line and not three hundred. Arrows therefore never run across a box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .layers import MARGIN, Edge, Item, Layers, Node

SHALLOW, DEEP = 52.0, 150.0  # between two layers
PORTS = 16.0  # between two arrowheads at one box

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]  # start, two control points, end, of a cubic Bézier curve


@dataclass(frozen=True)
class Box:
    """A node in its place: its upper left corner and its size. `layer` counts from the top, 0 for the first."""

    id: Hashable
    x: float
    y: float
    width: float
    height: float
    layer: int


@dataclass(frozen=True)
class Arrow:
    """An edge in its place. Its tab is `tab` wide and ends, centered on the first point, at the lower edge of its box.

    `back` marks the ways back into a loop.
    """

    id: Hashable
    back: bool
    tab: float
    curves: tuple[Curve, ...]

    @property
    def start(self) -> Point:
        """Where it leaves its box."""
        return self.curves[0][0]

    @property
    def end(self) -> Point:
        """Where its head is."""
        return self.curves[-1][3]

    def path(self, head: float = 0.0) -> str:
        """The way as SVG path data, ending `head` above its end: there a head of that length begins."""
        parts = [f"M{_short(self.start)}"]
        for number, (start, one, two, end) in enumerate(self.curves, start=1):
            if number == len(self.curves):
                two, end = (two[0], two[1] - head), (end[0], end[1] - head)
            straight = start[0] == one[0] == two[0] == end[0]
            parts.append(f"L{_short(end)}" if straight else f"C{_short(one)} {_short(two)} {_short(end)}")
        return "".join(parts)


@dataclass(frozen=True)
class Chart:
    """A map: its size, and everything in it."""

    width: float
    height: float
    boxes: dict[Hashable, Box]
    arrows: tuple[Arrow, ...]


def lay_out(nodes: Sequence[Node], edges: Sequence[Edge]) -> Chart:
    """The map of `nodes`, the first of which is the start. Edges from or to what is no node are left out."""
    return _Drawing(Layers(nodes, edges)).chart() if nodes else Chart(2 * MARGIN, 2 * MARGIN, {}, ())


def _short(point: Point) -> str:
    return ",".join(f"{number:.1f}".removesuffix(".0") for number in point)


class _Drawing:
    """The lines between boxes that have their places."""

    def __init__(self, layers: Layers):
        self.layers = layers
        self.rows, self.boxes = layers.rows, layers.boxes
        self.edges, self.ways, self.back = layers.edges, layers.ways, layers.back

    def chart(self) -> Chart:
        starts = self._starts()
        ends = self._ends()
        gaps = self._gaps(starts, ends)
        self.tops, self.bottoms = [], []
        y = gaps[0]
        for row, gap in zip(self.rows, gaps[1:], strict=True):
            self.tops.append(y)
            y += max(item.height for item in row)
            self.bottoms.append(y)
            y += gap
        boxes = {
            id_: Box(id_, item.x - item.width / 2, self.tops[item.layer], item.width, item.height, item.layer)
            for id_, item in self.boxes.items()
        }
        arrows = []
        for number, (edge, back, way) in enumerate(zip(self.edges, self.back, self.ways, strict=True)):
            tab = way[0].width / len(self.layers.after[edge.source])
            curves = self._curves(way, back, starts[number], ends[number], gaps)
            arrows.append(Arrow(edge.id, back, tab, tuple(curves)))
        right = max(item.x + item.width / 2 for row in self.rows for item in row)
        return Chart(right + MARGIN, y, boxes, tuple(arrows))

    def _starts(self) -> list[float]:
        """Where each edge leaves its box: its tabs in the order of where they lead."""
        found = [0.0] * len(self.edges)
        of_box: dict[Hashable, list[int]] = defaultdict(list)
        for number, edge in enumerate(self.edges):
            of_box[edge.source].append(number)
        for id_, numbers in of_box.items():
            box = self.boxes[id_]
            tab = box.width / len(numbers)
            for place, number in enumerate(sorted(numbers, key=lambda number: self.ways[number][1].x)):
                found[number] = box.x - box.width / 2 + tab * (place + 0.5)
        return found

    def _ends(self) -> list[float]:
        """Where each edge enters its box: those that come by a lane together, the others side by side."""
        found = [0.0] * len(self.edges)
        of_box: dict[Hashable, dict[Item | int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, (edge, way) in enumerate(zip(self.edges, self.ways, strict=True)):
            by = way[-2] if way[-2].lane else number
            of_box[edge.target][by].append(number)
        for id_, arriving in of_box.items():
            box = self.boxes[id_]
            apart = min(PORTS, (box.width - PORTS) / max(len(arriving) - 1, 1))
            groups = sorted(arriving.values(), key=lambda numbers: (self.ways[numbers[0]][-2].x, numbers[0]))
            for place, numbers in enumerate(groups):
                for number in numbers:
                    found[number] = box.x + apart * (place - (len(groups) - 1) / 2)
        return found

    def _gaps(self, starts: list[float], ends: list[float]) -> list[float]:
        """The room above the first layer, between layers and below the last: more where lines go far to the side."""
        gaps = [MARGIN, *[SHALLOW] * (len(self.rows) - 1), MARGIN]
        for back, way, start, end in zip(self.back, self.ways, starts, ends, strict=True):
            xs = [start, *(item.x for item in way[1:-1]), end]
            for place, (one, other) in enumerate(pairwise(way)):
                if back:  # below the source, then between the layers of the lane, then above the target
                    last = place == len(way) - 2
                    gap = way[0].layer + 1 if place == 0 else other.layer if last else one.layer
                else:
                    gap = other.layer
                gaps[gap] = max(gaps[gap], min(DEEP, SHALLOW + 0.1 * abs(xs[place + 1] - xs[place])))
        return gaps

    def _curves(self, way: list[Item], back: bool, start: float, end: float, gaps: list[float]) -> list[Curve]:
        source, target = way[0], way[-1]
        points = [(start, self.tops[source.layer] + source.height)]
        curves: list[Curve] = []

        def straight(to: Point) -> None:
            if points[-1] != to:
                curves.append((points[-1], points[-1], to, to))
                points.append(to)

        def bent(to: Point, rise: float | None = None) -> None:
            here = points[-1]
            if rise is None:
                middle = (here[1] + to[1]) / 2
                curves.append((here, (here[0], middle), (to[0], middle), to))
            else:
                curves.append((here, (here[0], here[1] + rise), (to[0], to[1] + rise), to))
            points.append(to)

        straight((start, self.bottoms[source.layer]))
        if not back:
            for item in way[1:-1]:
                bent((item.x, self.tops[item.layer]))
                straight((item.x, self.bottoms[item.layer]))
            bent((end, self.tops[target.layer]))
            return curves
        lane = way[1:-1]
        bent((lane[0].x, self.bottoms[source.layer]), 0.9 * gaps[source.layer + 1])
        for item in lane:
            if item is not lane[0]:
                bent((item.x, self.bottoms[item.layer]))
            straight((item.x, self.tops[item.layer]))
        bent((end, self.tops[target.layer]), -0.9 * gaps[target.layer])
        return curves
