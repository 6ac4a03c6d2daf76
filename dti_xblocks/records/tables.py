"""CSV that spreadsheet programs open as text: no cell can become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

# What makes Excel, LibreOffice or Google Sheets read a cell as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# Where a spreadsheet's locale separates cells by semicolons or tabs, a cell may begin in the middle of a text.
SPLIT_FORMULA = re.compile(r"([;\t] *)(?=[=+\-@＝＋－＠])")


def csv_bytes(header: Iterable, rows: Iterable[Iterable]) -> bytes:
    """A CSV file in UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe_cell(value) for value in header])
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def safe_cell(value) -> str | int | float:
    """`value` as a cell: numbers as they are, text with an apostrophe before what would start a formula."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = "" if value is None else str(value)
    text = text[:1] + SPLIT_FORMULA.sub(r"\1'", text[1:])
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
