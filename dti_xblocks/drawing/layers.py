"""Which box of a map stands in which layer, and who stands beside whom; `chart` draws what comes out of it.

Boxes stand in layers, each below everything that leads to it (Sugiyama, Tagawa and Toda, 1981); only a way back into a loop
rises. What passes a layer does so in a lane beside the boxes, and ways to the same box share a lane.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .crossings import crossings
from .graph import components

MARGIN = 24.0  # around everything
BESIDE = 36.0  # between two boxes
LANE = 16.0  # between a lane and what is next to it
TAB = 58.0  # the least width of an arrow's tab
MOST_SLOTS = 6_000  # places of lanes, beyond which loops are opened in the way that makes the flattest map
EFFORT = 60_000  # places looked at while they are put in order


@dataclass(frozen=True)
class Node:
    """What is to be drawn as a box of at least this size."""

    id: Hashable
    width: float
    height: float


@dataclass(frozen=True)
class Edge:
    """What is to be drawn as an arrow between two nodes."""

    id: Hashable
    source: Hashable
    target: Hashable


@dataclass(eq=False)
class Item:
    """Something that takes room in a layer: a box, or a place where a lane passes. `x` is its middle."""

    width: float
    height: float
    layer: int
    lane: bool
    x: float = 0.0


class Layers:
    """A graph in layers. `edges` are those between known nodes, in the order given; `back` tells which of them lead back, and
    `ways` what each passes, from box to box. `rows` are the layers, `boxes` the items of the nodes; all have their places.
    """

    def __init__(self, nodes: Sequence[Node], edges: Sequence[Edge]):
        self.nodes = {node.id: node for node in reversed(nodes)}
        self.ids = list(dict.fromkeys(node.id for node in nodes))
        self.edges = [edge for edge in edges if edge.source in self.nodes and edge.target in self.nodes]
        self.after: dict[Hashable, list[Hashable]] = {id_: [] for id_ in self.ids}
        for edge in self.edges:
            self.after[edge.source].append(edge.target)
        self._open_loops()
        self._make_items()
        self._order()
        self._place()

    # -- which way is down ---------------------------------------------------------------------------------------------

    def _open_loops(self) -> None:
        """Choose the edges that lead back, as few as seem possible, and give every node its layer."""
        circle = {}
        for number, component in enumerate(components(self.ids, lambda id_: self.after[id_])):
            circle.update(dict.fromkeys(component, number))
        inside = [circle[edge.source] == circle[edge.target] for edge in self.edges]

        def back(rank: dict[Hashable, int]) -> list[bool]:
            return [loop and rank[e.target] <= rank[e.source] for loop, e in zip(inside, self.edges, strict=True)]

        written = {id_: number for number, id_ in enumerate(self.ids)}
        self.back = min(back(written), back(self._depth_first()), key=sum)
        self.layer = self._layers()
        if self._slots() > MOST_SLOTS and any(inside):
            self.back = back(self._breadth_first())
            self.layer = self._layers()
        # An edge that was thought to lead back need not: other ways may have put its target below its source.
        self.back = [self.layer[edge.target] <= self.layer[edge.source] for edge in self.edges]

    def _depth_first(self) -> dict[Hashable, int]:
        """The order of a walk that goes on as long as it can: only a way back to where it came from goes against it."""
        left: list[Hashable] = []
        seen: set[Hashable] = set()
        for root in self.ids:
            if root in seen:
                continue
            seen.add(root)
            todo = [(root, iter(self.after[root]))]
            while todo:
                _id, ahead = todo[-1]
                following = next((target for target in ahead if target not in seen), None)
                if following is None:
                    left.append(todo.pop()[0])
                else:
                    seen.add(following)
                    todo.append((following, iter(self.after[following])))
        return {id_: number for number, id_ in enumerate(reversed(left))}

    def _breadth_first(self) -> dict[Hashable, int]:
        rank: dict[Hashable, int] = {}
        for root in self.ids:
            queue = deque([root])
            while queue:
                id_ = queue.popleft()
                if id_ not in rank:
                    rank[id_] = len(rank)
                    queue.extend(self.after[id_])
        return rank

    def _layers(self) -> dict[Hashable, int]:
        """Each node below all that lead down to it; what nothing leads to stands just above what it leads to."""
        down = defaultdict(list)
        waiting = dict.fromkeys(self.ids, 0)
        for edge, back in zip(self.edges, self.back, strict=True):
            if not back:
                down[edge.source].append(edge.target)
                waiting[edge.target] += 1
        layer = dict.fromkeys(self.ids, 0)
        roots = [id_ for id_ in self.ids if not waiting[id_]]
        queue = deque(roots)
        while queue:
            id_ = queue.popleft()
            for target in down[id_]:
                layer[target] = max(layer[target], layer[id_] + 1)
                waiting[target] -= 1
                if not waiting[target]:
                    queue.append(target)
        for id_ in roots:
            if id_ != self.ids[0] and down[id_]:
                layer[id_] = max(0, min(layer[target] for target in down[id_]) - 1)
        return layer

    def _spans(self) -> tuple[dict[Hashable, int], dict[Hashable, int]]:
        """The lanes: for a target the layer in which the lane down to it begins, and that in which the lane up to it does."""
        down: dict[Hashable, int] = {}
        up: dict[Hashable, int] = {}
        for edge in self.edges:
            source, target = self.layer[edge.source], self.layer[edge.target]
            if target <= source:
                up[edge.target] = max(up.get(edge.target, source), source)
            elif target - source > 1:
                down[edge.target] = min(down.get(edge.target, source + 1), source + 1)
        return down, up

    def _slots(self) -> int:
        down, up = self._spans()
        falling = sum(self.layer[id_] - top for id_, top in down.items())
        return falling + sum(low - self.layer[id_] + 1 for id_, low in up.items())

    # -- who stands beside whom ----------------------------------------------------------------------------------------

    def _make_items(self) -> None:
        """Boxes and places of lanes, layer by layer, and what pulls them together."""
        tabs: dict[Hashable, int] = defaultdict(int)
        for edge in self.edges:
            tabs[edge.source] += 1
        self.rows: list[list[Item]] = [[] for _layer in range(max(self.layer.values()) + 1)]
        self.boxes: dict[Hashable, Item] = {}
        for id_ in self.ids:
            node = self.nodes[id_]
            box = Item(max(node.width, TAB * tabs[id_]), node.height, self.layer[id_], lane=False)
            self.boxes[id_] = box
            self.rows[box.layer].append(box)
        self.down: dict[tuple[Hashable, int], Item] = {}
        self.up: dict[tuple[Hashable, int], Item] = {}
        down, up = self._spans()
        for lanes, layers in (
            (self.down, {id_: range(top, self.layer[id_]) for id_, top in down.items()}),
            (self.up, {id_: range(self.layer[id_], low + 1) for id_, low in up.items()}),
        ):
            for id_, passed in layers.items():
                for layer in passed:
                    lanes[id_, layer] = item = Item(0.0, 0.0, layer, lane=True)
                    self.rows[layer].append(item)
        self.links: dict[Item, dict[Item, float]] = defaultdict(dict)
        self.ways = [self._way(edge, back) for edge, back in zip(self.edges, self.back, strict=True)]
        for way in self.ways:
            for one, other in pairwise(way):
                weight = 8.0 if one.lane and other.lane else 2.0 if one.lane or other.lane else 1.0
                self.links[one][other] = self.links[other][one] = weight

    def _way(self, edge: Edge, back: bool) -> list[Item]:
        """All that an edge passes, box to box."""
        source, target = self.boxes[edge.source], self.boxes[edge.target]
        if back:
            lane = [self.up[edge.target, layer] for layer in range(source.layer, target.layer - 1, -1)]
        else:
            lane = [self.down[edge.target, layer] for layer in range(source.layer + 1, target.layer)]
        return [source, *lane, target]

    def _order(self) -> None:
        """Put each layer into the order that crosses the fewest lines, by going down and up and down (barycenters)."""
        for row in self.rows:
            self._spread(row)
        items = sum(len(row) for row in self.rows)
        best, orders = self._crossings(), [list(row) for row in self.rows]
        idle = 0
        for sweep in range(max(2, min(24, EFFORT // max(items, 1)))):
            downward = sweep % 2 == 0
            for row in self.rows if downward else reversed(self.rows):
                pull = {item: self._pull(item, downward) for item in row}
                row.sort(key=pull.__getitem__)
                self._spread(row)
            crossings = self._crossings()
            idle = 0 if crossings < best else idle + 1
            if crossings < best:
                best, orders = crossings, [list(row) for row in self.rows]
            if not best or idle > 5:
                break
        self.rows = orders

    def _spread(self, row: list[Item]) -> None:
        """Put the items of a layer side by side, around 0."""
        x = 0.0
        for before, item in zip([None, *row], row, strict=False):
            x += _apart(before, item) if before else 0.0
            item.x = x
        for item in row:
            item.x -= x / 2

    def _pull(self, item: Item, downward: bool) -> float:
        """Where the neighbors on the side that has been put in order, and those in the same layer, would have it."""
        total = weights = 0.0
        for other, weight in self.links[item].items():
            if other.layer == item.layer or (other.layer < item.layer) == downward:
                total += other.x * weight
                weights += weight
        return total / weights if weights else item.x

    def _crossings(self) -> int:
        """How many pairs of lines between neighboring layers cross."""
        count = 0
        for upper, lower in pairwise(self.rows):
            place = {item: number for number, item in enumerate(lower)}
            count += crossings([[place[other] for other in self.links[item] if other in place] for item in upper], len(lower))
        return count

    def _place(self) -> None:
        """Move everything to where its neighbors are, as far as the order allows: lanes become straight."""
        items = sum(len(row) for row in self.rows)
        for row in self.rows:
            self._spread(row)
        for _pass in range(max(2, min(6, EFFORT // (10 * items)))):
            for rows in (self.rows, self.rows[::-1]):
                for row in rows:
                    wishes = []
                    for item in row:
                        links = self.links[item].items()
                        weight = sum(weight for _other, weight in links)
                        wish = sum(other.x * weight for other, weight in links) / weight if weight else item.x
                        wishes.append((wish, weight or 0.1))
                    _settle(row, wishes)
        left = min(item.x - item.width / 2 for row in self.rows for item in row)
        for row in self.rows:
            for item in row:
                item.x += MARGIN - left


def _apart(one: Item, other: Item) -> float:
    """The least distance between the middles of two neighbors."""
    return (one.width + other.width) / 2 + (LANE if one.lane or other.lane else BESIDE)


def _settle(row: list[Item], wishes: list[tuple[float, float]]) -> None:
    """Give each item the place it wishes, or the nearest that leaves room (least squares; pool adjacent violators)."""
    offset, offsets = 0.0, []
    for before, item in zip([None, *row], row, strict=False):
        offset += _apart(before, item) if before else 0.0
        offsets.append(offset)
    blocks: list[list[float]] = []  # sum of weighted wishes, sum of weights, number of items
    for (wish, weight), shift in zip(wishes, offsets, strict=True):
        blocks.append([(wish - shift) * weight, weight, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            last = blocks.pop()
            blocks[-1] = [blocks[-1][n] + last[n] for n in range(3)]
    number = 0
    for total, weight, count in blocks:
        for _item in range(int(count)):
            row[number].x = total / weight + offsets[number]
            number += 1
