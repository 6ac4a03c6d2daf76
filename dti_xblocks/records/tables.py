"""CSV that spreadsheet programs open as text: no cell can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

# What makes Excel, LibreOffice or Google Sheets read a cell as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
