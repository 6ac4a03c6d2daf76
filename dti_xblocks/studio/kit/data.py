"""Data of an editor in its page."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe


def inert(data: dict[str, Any]) -> SafeString:
    """`data` as JSON for a <script> element. No "<" that could end it, and no quote before "/static/" that the platform's
    rewriting of addresses could take for an attribute of the page."""
    text = json.dumps(data).replace('\\"', "\\u0022")
    for sign in "<>&'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308 - what could end the element is escaped in the lines above
