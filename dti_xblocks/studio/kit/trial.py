"""A block with other values for a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def trial(block: Any, content: str, settings: dict[str, Any]) -> Iterator[None]:
    """`block` with other values. Nothing of it is kept, although the runtime saves a block after each handler."""
    try:
        for name, value in {**settings, "content": content}.items():
            setattr(block, name, value)
        yield
    finally:
        forget_changes(block)


def forget_changes(block: Any) -> None:
    """Drop what was set but refused: the runtime saves every block once more after a handler."""
    block._dirty_fields.clear()
    block._field_data_cache.clear()
