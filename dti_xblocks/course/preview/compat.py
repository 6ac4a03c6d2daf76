"""Differences between the stacks, in one place."""

from __future__ import annotations

import importlib.util
import sys
import types

from .late import put_off

try:
    from xblock.fields import Date as _Date
    from xblock.fields import Timedelta
except ImportError:  # XBlock before 6.1 left these two to the platform
    from xblock.fields import DateTime as _Date
    from xblock.fields import String as Timedelta

__all__ = ["Date", "Timedelta", "has_platform_blocks", "prepare"]


class Date(_Date):
    """A moment. The platform's blocks of xblocks-contrib put text into it as they find it in an attribute."""

    def to_json(self, value):
        """As of any moment, and of one that is written. Raises `ValueError` for text that is none."""
        return super().to_json(self.from_json(value) if isinstance(value, str) else value)


def has_platform_blocks() -> bool:
    """Whether the platform's own blocks can be imported: xblocks-contrib 0.13 and newer need XBlock 6.1."""
    return all(importlib.util.find_spec(name) for name in ("xblocks_contrib", "xblock.progress"))


def prepare() -> None:
    """Make PyFilesystem importable beside setuptools 81 and newer, which dropped `pkg_resources`.

    The platform's blocks import `fs`, whose newest release still declares its namespace through `pkg_resources`. It uses
    nothing else of it unless somebody opens a file system by URL. And what takes long to load is put off.
    """
    put_off()
    if "pkg_resources" not in sys.modules and importlib.util.find_spec("pkg_resources") is None:
        stand_in = types.ModuleType("pkg_resources", "Stands in for setuptools' module, for PyFilesystem.")
        vars(stand_in).update(declare_namespace=lambda _name: None, iter_entry_points=lambda *_args, **_kwargs: iter(()))
        sys.modules["pkg_resources"] = stand_in
