"""How many lines cross between two rows of points."""

from __future__ import annotations


def crossings(ends: list[list[int]], width: int) -> int:
    """The pairs of lines that cross between an upper and a lower row (Barth, Jünger and Mutzel, 2002).

    `ends` has for each point of the upper row, from the left, the places in the lower row to which its lines lead; the lower row
    has `width` places, counted from 0.
    """
    tree = [0] * (width + 1)
    count = seen = 0
    for places in ends:
        for place in places:  # those before, minus those that end no further to the right
            count += seen - _sum(tree, place + 1)
        for place in places:
            _add(tree, place + 1)
        seen += len(places)
    return count


def _add(tree: list[int], index: int) -> None:
    while index < len(tree):
        tree[index] += 1
        index += index & -index


def _sum(tree: list[int], index: int) -> int:
    total = 0
    while index:
        total += tree[index]
        index -= index & -index
    return total
