"""A document as tagged PDF (PDF/UA-1), by WeasyPrint."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from ...pdf import render as render_pdf
from ...templating import render
from .model import Document


def as_pdf(document: Document) -> bytes:
    """The file. Its dates are those of the document, so that it can be made again and compared.

    Raises `PdfUnavailableError` where WeasyPrint cannot be loaded.
    """
    with made_on(document.on):
        return render_pdf(page_of(document), title=document.title)


def page_of(document: Document) -> str:
    """The document as the HTML that is printed."""
    return str(render("dti/papers/document.html", {"document": document, "running": _quoted(document.running)}))


def _quoted(text: str) -> str:
    """A text inside of a CSS string: quotes and line ends cannot leave it."""
    return "".join(char if char.isalnum() or char in " .,-–:()" else f"\\{ord(char):x} " for char in text)


@contextmanager
def made_on(day: date) -> Iterator[None]:
    """While this lasts, PDF files and the fonts in them are made on `day`."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
