"""The outline as the sidebar and the course home show it."""

from __future__ import annotations

from .. import addresses
from ..completion import Progress
from ..runtime import PreviewRuntime


def outline(runtime: PreviewRuntime, done: Progress, current=None) -> list[dict]:
    """Chapters with subsections with units. `current` is the usage key of the unit on screen."""
    chapters: dict = {}
    for chapter, sequence, seen in runtime.seen_sequences():
        units = [
            {
                "id": unit.key.block_id,
                "title": unit.title,
                "url": addresses.unit(unit),
                "complete": unit.key in done.complete,
                "current": unit.key == current,
            }
            for unit in seen
        ]
        sequence_entry = {
            "id": sequence.key.block_id,
            "title": sequence.title,
            "url": units[0]["url"] if units else "",
            "complete": sequence.key in done.complete,
            "graded": sequence.fields.get("format", "") if sequence.fields.get("graded") else "",
            "units": units,
            "current": any(unit["current"] for unit in units),
        }
        entry = chapters.setdefault(
            chapter.key,
            {
                "id": chapter.key.block_id,
                "title": chapter.title,
                "complete": chapter.key in done.complete,
                "sequences": [],
                "current": False,
            },
        )
        entry["sequences"].append(sequence_entry)
        entry["current"] = entry["current"] or sequence_entry["current"]
    return list(chapters.values())
