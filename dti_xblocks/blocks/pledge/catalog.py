"""What a pledge tells the platform about itself, for the mobile apps and the course's search."""

from __future__ import annotations

import re
from typing import Any

from ...pledge import olx
from .host import PledgeHost


def for_apps(block: PledgeHost) -> dict[str, Any]:
    """What is pledged."""
    pledge, _problems = olx.examine(block.content)
    return {"title": block.display_name, "statements": [each.text for each in pledge.affirmations] if pledge else []}


def for_search(block: PledgeHost, inherited: dict[str, Any]) -> dict[str, Any]:
    """The words of the pledge, beside what the platform has `inherited` from other blocks."""
    pledge, _problems = olx.examine(block.content)
    parts = [pledge.preamble, *(each.text for each in pledge.affirmations), pledge.closing] if pledge else []
    text = " ".join(re.sub(r"<[^>]*>", " ", part) for part in parts).split()
    content = {**inherited.get("content", {}), "display_name": block.display_name, "pledge": " ".join(text)}
    return {**inherited, "content": content, "content_type": "Pledge"}
