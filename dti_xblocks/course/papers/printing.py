"""The guide as paper: a four-page PDF, a wallet card, and the page of the course that has the same text."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ...pages.case_law.views import STRENGTHS
from ...pdf import render as render_pdf
from ...templating import render
from ..graphics import graphics, with_graphics
from .contents import Guide

FIELD_GUIDE, WALLET_CARD, HANDOUT = "static/dti-field-guide.pdf", "static/dti-wallet-card.pdf", "html/m09-handout-u1-text.html"
EPOCH = "1767225600"  # 2026-01-01: the files say when the guide was made, not when somebody built it


def field_guide(guide: Guide) -> bytes:
    """The guide as a tagged PDF of four Letter pages."""
    return _paper("field_guide", guide)


def wallet_card(guide: Guide) -> bytes:
    """A card of 3.375 by 2.125 inches, two sides, as a tagged PDF."""
    return _paper("wallet_card", guide)


def handout_page(guide: Guide) -> str:
    """The page of the course: the guide's text as HTML, with links to the two files and to the library.
    The ladder is the one of the lessons, drawn.

    Its first line has a digest of what the two files say: the bytes of a PDF differ from making to making.
    """
    both = "".join(printed(name, guide) for name in titles(guide))
    digest = hashlib.sha256(both.encode()).hexdigest()[:16]
    page = str(render("dti/papers/handout.html", _context(guide) | {"digest": digest}))
    return with_graphics(page, graphics())


def write_papers(course: Path, guide: Guide) -> list[str]:
    """Bring the three papers in the folder `course` up to date. Returns the names of the files that were changed."""
    page, kept = course / HANDOUT, [course / FIELD_GUIDE, course / WALLET_CARD]
    text = handout_page(guide)
    if page.is_file() and page.read_text(encoding="utf-8") == text and all(file.is_file() for file in kept):
        return []
    for name, body in {FIELD_GUIDE: field_guide(guide), WALLET_CARD: wallet_card(guide), HANDOUT: text.encode()}.items():
        (course / name).write_bytes(body)
    return [FIELD_GUIDE, WALLET_CARD, HANDOUT]


def _context(guide: Guide) -> dict[str, object]:
    states = [{"row": row, "strength": STRENGTHS.get(row.more, "")} for row in guide.states]
    return {"guide": guide, "states": states}


def titles(guide: Guide) -> dict[str, str]:
    """What the two files are called, by the names of their templates."""
    return {"field_guide": guide.title, "wallet_card": guide.card}


def printed(name: str, guide: Guide) -> str:
    """What the file `name` says ("field_guide", "wallet_card"), as HTML."""
    return str(render(f"dti/papers/{name}.html", _context(guide) | {"title": titles(guide)[name]}))


def paper(page: str, title: str) -> bytes:
    """The PDF of a page that `printed` made, in whatever language it is now."""
    with _made_at(EPOCH):
        return render_pdf(page, title=title)


def _paper(name: str, guide: Guide) -> bytes:
    return paper(printed(name, guide), titles(guide)[name])


@contextmanager
def _made_at(epoch: str) -> Iterator[None]:
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = epoch
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
