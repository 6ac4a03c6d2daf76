"""CSV that spreadsheet programs open as text: no cell can become a formula."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

PIECE = 64 * 1024  # bytes

# What makes Excel, LibreOffice or Google Sheets read a cell as a formula (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# Where a spreadsheet's locale separates cells by semicolons or tabs, a cell may begin in the middle of a text.
SPLIT_FORMULA = re.compile(r"([;\t] *)(?=[=+\-@＝＋－＠])")


def csv_bytes(header: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV file in UTF-8 with the mark by which Excel knows it."""
    return b"".join(csv_stream(header, rows))


def csv_stream(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """The same file in pieces of about `PIECE` bytes, each made when it is asked for. The first is given before any row is."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe_cell(value) for value in header])
    yield codecs.BOM_UTF8 + _taken(text)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        if text.tell() >= PIECE:
            yield _taken(text)
    if text.tell():
        yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    piece = text.getvalue().encode("utf-8")
    text.seek(0)
    text.truncate()
    return piece


def safe_cell(value: object) -> str | int | float:
    """`value` as a cell: numbers as they are, text with an apostrophe before what would start a formula."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    text = "" if value is None else str(value)
    text = text[:1] + SPLIT_FORMULA.sub(r"\1'", text[1:])
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
