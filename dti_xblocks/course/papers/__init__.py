"""The papers of the course: the field guide and the wallet card as PDF, and the handout page, all from guide.toml."""

from __future__ import annotations

from .contents import Guide, UnknownAuthorityError, guide
from .printing import field_guide, handout_page, wallet_card, write_papers

__all__ = ["Guide", "UnknownAuthorityError", "field_guide", "guide", "handout_page", "wallet_card", "write_papers"]
