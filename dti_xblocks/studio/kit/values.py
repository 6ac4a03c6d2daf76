"""What an author types into a setting, as a value of its field."""

from __future__ import annotations

import math
import re

CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
CONTROLS_IN_LINES = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
LINE_END = re.compile(r"[ \t]*(?:\r\n?|\n)")


class OutOfRangeError(ValueError):
    """A number outside of the field's limits; `low` and `high` are None where there is no limit."""

    def __init__(self, low, high):
        super().__init__(f"not from {low} to {high}")
        self.low, self.high = low, high


def field_value(field, raw):
    """`raw` (a JSON value) as a value of `field`; None for nothing. Raises ValueError, TypeError or OverflowError.

    Limits and options are those of the field's `values`, as Open edX's own editors read them.
    """
    value = field.from_json(raw)
    if isinstance(value, str):
        if is_multiline(field):
            return CONTROLS_IN_LINES.sub("", LINE_END.sub("\n", value)).strip()
        value = CONTROLS.sub("", value).strip()
        if isinstance(field.values, list) and value not in [option["value"] for option in field.values]:
            raise ValueError("no option")
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        limits = field.values if isinstance(field.values, dict) else {}
        low, high = limits.get("min"), limits.get("max")
        if not math.isfinite(value):
            raise ValueError("no number")
        if (low is not None and value < low) or (high is not None and value > high):
            raise OutOfRangeError(low, high)
    return value


def is_multiline(field) -> bool:
    """True for a text of several lines: declared with `multiline_editor`, as Open edX's own editors read it."""
    return bool(field.runtime_options.get("multiline_editor"))
