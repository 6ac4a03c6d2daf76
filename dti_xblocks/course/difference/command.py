"""`dti-course diff OLD NEW [--mine EDITED]`: for people by default, as JSON for programs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..olx import read
from ..source import open_course
from .compare import DONE, KEEP, LOOK, TAKE, Advice, Change, advice, changes
from .pieces import BLOCK, Piece, pieces

SAID = {
    TAKE: "Take from the update: only the update changed this",
    LOOK: "Look at: you changed this, too",
    KEEP: "Keep yours: only you changed this",
    DONE: "Nothing to do: yours is already as the update's",
}


def add_command(commands: Any, run_name: str = "diff") -> None:
    """Add the command to those of `dti-course`."""
    command = commands.add_parser(run_name, help="Say what an update changes in a course.", description=run.__doc__)
    command.set_defaults(run=run)
    command.add_argument("old", type=Path, help="the version you started from: a course folder or .tar.gz")
    command.add_argument("new", type=Path, help="the update: a course folder or .tar.gz")
    command.add_argument("--mine", type=Path, metavar="EDITED", help="your own edited course as Studio exports it")
    command.add_argument("--json", action="store_true", help="print JSON, for programs")


def run(options: argparse.Namespace) -> int:
    """Say what an update adds, changes, moves and removes. With --mine also which of it meets changes of your own.

    The exit code is 0 when there is no difference, and 1 when there is.
    """
    old, new = _read(options.old), _read(options.new)
    if options.mine is None:
        found = changes(old, new)
        lines = _json([_plain(one) for one in found]) if options.json else list(_changes_told(found))
    else:
        advised = advice(old, new, _read(options.mine))
        found = [one.change for one in advised if one.verdict != DONE]
        rows = [{**_plain(one.change), "verdict": one.verdict, "mine": list(one.mine)} for one in advised]
        lines = _json(rows) if options.json else list(_advice_told(advised))
    print("\n".join(lines))
    return 1 if found else 0


def _read(path: Path) -> dict[str, Piece]:
    with open_course(path) as root:
        return pieces(read(root))


def _json(rows: list[dict[str, Any]]) -> list[str]:
    return [json.dumps(rows, indent=1, ensure_ascii=False)]


def _plain(change: Change) -> dict[str, Any]:
    piece = change.piece
    return {
        "kind": change.kind,
        "what": piece.tag if piece.kind == BLOCK else piece.kind,
        "name": piece.name,
        "title": piece.title,
        "where": list(piece.where),
        "details": list(change.details),
    }


def _changes_told(found: list[Change]) -> Iterator[str]:
    place: tuple[str, ...] | None = None
    for change in found:
        if change.piece.where != place:
            place = change.piece.where
            yield f"\n{' › '.join(place) or 'The course, its settings and files'}"
        yield f"  {change.kind:<9} {change.piece.label}"
        yield from (f"            {detail}" for detail in change.details)
    yield f"\n{_count(len(found))}."


def _advice_told(advised: list[Advice]) -> Iterator[str]:
    for verdict, said in SAID.items():
        rows = [one for one in advised if one.verdict == verdict]
        if not rows:
            continue
        yield f"\n{said} ({len(rows)})"
        for one in rows:
            place = " › ".join(one.change.piece.where)
            yield f"  {one.change.kind:<9} {one.change.piece.label}{f', in {place}' if place else ''}"
            yield from (f"            {detail}" for detail in one.change.details)
            if verdict == LOOK:
                yield f"            yours: {'; '.join(one.mine)}"
    yield f"\n{_count(sum(one.verdict != DONE for one in advised))}."


def _count(number: int) -> str:
    return "No differences" if not number else "1 difference" if number == 1 else f"{number} differences"
