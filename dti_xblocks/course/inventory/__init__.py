"""What is in a course, item by item: for its report and for those who accredit it."""

from __future__ import annotations

from .parts import Activity, Goal, Part, Unit, parts

__all__ = ["Activity", "Goal", "Part", "Unit", "parts"]
