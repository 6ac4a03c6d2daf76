"""The way through a course from one of its blocks: what is around it, and what things are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

DEEPEST = 20  # a course is four or five levels deep; a runtime that gives a block as its own ancestor must end somewhere


def ancestors(block: Any) -> Iterator[Any]:
    """The blocks around `block`, the nearest first; none where the runtime gives no parents."""
    for _step in range(DEEPEST):
        try:
            block = block.get_parent()
        except NotImplementedError:  # of a content library, whose blocks stand alone
            return
        if block is None:
            return
        yield block


def root(block: Any) -> Any:
    """The topmost block around `block`: the course, where the runtime gives parents."""
    return [block, *ancestors(block)][-1]


def around(block: Any, block_type: str) -> Any | None:
    """`block` or the nearest block around it that is a `block_type`; None where there is none."""
    if block is None or block.scope_ids.block_type == block_type:
        return block
    return next((one for one in ancestors(block) if one.scope_ids.block_type == block_type), None)


def title(block: Any | None) -> str:
    """The title of `block` on one line; "" for None."""
    return " ".join(str(block.display_name or "").split()) if block is not None else ""


def section_title(block: Any) -> str:
    """The title of the section of the course that `block` is in, "" where none is known."""
    return title(around(block, "chapter"))


def name(block: Any) -> str:
    """The url_name of `block`: the same in every branch and version."""
    usage = block.scope_ids.usage_id
    return str(getattr(usage, "block_id", usage))
