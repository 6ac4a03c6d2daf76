"""Two versions of a course compared, and with a third, the one that staff have edited, what to take and what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .pieces import Piece

ADDED, REMOVED, CHANGED, MOVED, REORDERED = KINDS = ("added", "removed", "changed", "moved", "reordered")
TAKE, KEEP, LOOK, DONE = VERDICTS = ("take", "keep", "look", "done")


@dataclass(frozen=True)
class Change:
    """One difference. `piece` is as in the new version, or in the old one where it is gone; `details` are sentences."""

    kind: str
    piece: Piece
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advice:
    """A change with what to do about it: take the update's, keep what staff have, look at both, or nothing (done)."""

    change: Change
    verdict: str
    mine: tuple[str, ...] = ()  # what staff changed there


def changes(old: Mapping[str, Piece], new: Mapping[str, Piece]) -> list[Change]:
    """What is different in `new`, in its order; what is gone stands at the end."""
    found = [change for key, piece in new.items() if (change := _change(old.get(key), piece, old))]
    return found + [Change(REMOVED, piece) for key, piece in old.items() if key not in new]


def _change(before: Piece | None, after: Piece, old: Mapping[str, Piece]) -> Change | None:
    if before is None:
        return Change(ADDED, after)
    details = _details(before, after)
    if details:
        return Change(CHANGED, after, details)
    if before.parent != after.parent:
        came_from = " › ".join(before.where) or "the top"
        return Change(MOVED, after, (f"it stood in {came_from}",))
    kept = [name for name in after.order if name in before.order]
    if kept != [name for name in before.order if name in after.order]:
        return Change(REORDERED, after, (f"now in the order {', '.join(kept)}",))
    return None


def _details(before: Piece, after: Piece) -> tuple[str, ...]:
    """Which parts differ, in words; "" names the text itself."""
    told = [f"{name}: new" for name in after.parts if name not in before.parts]
    told += [f"{name}: gone" for name in before.parts if name not in after.parts]
    told += [f"{name}: changed" for name, said in after.parts.items() if before.parts.get(name, said) != said]
    if before.said != after.said:
        told.append("text: changed")
    return tuple(sorted(told))


def advice(old: Mapping[str, Piece], new: Mapping[str, Piece], mine: Mapping[str, Piece]) -> list[Advice]:
    """For each change of the update and each of the staff, by `old` as what both began with: what to do.

    What only one side changed is that side's; where both came to the same there is nothing to do; everything else needs eyes.
    """
    theirs = {change.piece.key: change for change in changes(old, new)}
    ours = {change.piece.key: change for change in changes(old, mine)}
    found = []
    for key, change in theirs.items():
        own = ours.get(key)
        if own is None:
            found.append(Advice(change, TAKE))
        elif _same(new.get(key), mine.get(key)):
            found.append(Advice(change, DONE, own.details))
        elif change.kind == own.kind == CHANGED and not _parts(change) & _parts(own):
            found.append(Advice(change, LOOK, (*own.details, "different parts: both can stay")))
        else:
            found.append(Advice(change, LOOK, (own.kind, *own.details)))
    return found + [Advice(change, KEEP, change.details) for key, change in ours.items() if key not in theirs]


def _same(one: Piece | None, other: Piece | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.same_words(other) and one.parent == other.parent and one.order == other.order


def _parts(change: Change) -> set[str]:
    return {detail.rpartition(":")[0] for detail in change.details}
