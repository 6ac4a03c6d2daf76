"""The packet for bodies that accredit training: one text (packet.toml), one profile a body (bodies.toml), the rest counted."""

from __future__ import annotations

from .packet import packet
from .profiles import Profile, UnknownProfileError, profile, profiles

__all__ = ["Profile", "UnknownProfileError", "packet", "profile", "profiles"]
