"""The way through a course from one of its blocks: what is around it, and what things are called."""

from __future__ import annotations

from typing import Any

DEEPEST = 20  # a course is four or five levels deep; a runtime that gives a block as its own ancestor must end somewhere


def root(block: Any) -> Any:
    """The topmost block around `block`: the course, where the runtime gives parents."""
    for _step in range(DEEPEST):
        parent = block.get_parent()
        if parent is None:
            break
        block = parent
    return block


def around(block: Any, block_type: str) -> Any | None:
    """`block` or the nearest block around it that is a `block_type`; None where there is none."""
    for _step in range(DEEPEST):
        if block is None or block.scope_ids.block_type == block_type:
            break
        block = block.get_parent()
    return block if block is not None and block.scope_ids.block_type == block_type else None


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
