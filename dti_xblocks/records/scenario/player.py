"""Whose run it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Player:
    """Who plays, and where."""

    user_id: int
    username: str
    course_key: str
    usage_key: str
