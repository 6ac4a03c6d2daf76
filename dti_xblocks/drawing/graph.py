"""Graphs, whatever their nodes are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def components(nodes: Iterable[Node], after: Callable[[Node], Iterable[Node]]) -> list[list[Node]]:
    """The strongly connected components of a graph, each after all those that can be reached from it (Tarjan, 1972).

    With an own stack: a chain of a thousand scenes is deeper than Python likes to recurse.
    """
    index: dict[Node, int] = {}
    low: dict[Node, int] = {}
    waiting: list[Node] = []
    on_stack: set[Node] = set()
    found: list[list[Node]] = []
    for root in nodes:
        if root in index:
            continue
        todo: list[tuple[Node, Iterator[Node]]] = [(root, iter(after(root)))]
        index[root] = low[root] = len(index)
        waiting.append(root)
        on_stack.add(root)
        while todo:
            node, ahead = todo[-1]
            following = next(ahead, None)
            if following is None:
                todo.pop()
                if todo:
                    low[todo[-1][0]] = min(low[todo[-1][0]], low[node])
                if low[node] == index[node]:
                    component: list[Node] = []
                    while not component or component[-1] != node:
                        component.append(waiting.pop())
                        on_stack.discard(component[-1])
                    found.append(component)
            elif following not in index:
                index[following] = low[following] = len(index)
                waiting.append(following)
                on_stack.add(following)
                todo.append((following, iter(after(following))))
            elif following in on_stack:
                low[node] = min(low[node], index[following])
    return found


def backward(ahead: dict[str, list[str]]) -> frozenset[tuple[str, str]]:
    """The edges that lead back: without them there is no circle.

    `ahead` has the nodes in the order in which they are met from the start, nearest first. In each component of nodes that lead
    to one another, the one met first is its entry, and the edges into it from inside lead back; then the same in what is left.
    """
    order = {node: place for place, node in enumerate(ahead)}
    found: set[tuple[str, str]] = set()
    todo = [list(ahead)]
    while todo:
        nodes = set(todo.pop())
        within = {node: [after for after in ahead[node] if after in nodes and (node, after) not in found] for node in nodes}
        for component in components(sorted(nodes, key=order.__getitem__), within.__getitem__):
            entry = min(component, key=order.__getitem__)
            into = {(node, entry) for node in component if entry in within[node]}
            if into:
                found |= into
                todo.append(component)
    return frozenset(found)
