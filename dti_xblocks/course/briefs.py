"""Briefs in lessons: below the paragraph that first links an authority, its twenty-second version, folded.

A page of the platform runs no script of ours, and the mobile app shows it too: so a brief is plain HTML in the page, written
from the library into the files of the course, and written again when the library says otherwise.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from ..case_law.library import Library
from ..case_law.model import ACCOUNT, CASE, STUDY, Authority
from ..content.italics import runs

WHAT = {CASE: "case", ACCOUNT: "story", STUDY: "research"}  # what a brief is of; all else is law

_WRITTEN = re.compile(r"<details class=\"dti-card dti-brief\".*?</details>\n?", re.DOTALL)
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
_NOT_BELOW = frozenset({"table"})  # a table of many authorities would be followed by as many briefs


class _Blocks(HTMLParser):
    """Where each block of a lesson ends, with the links to authorities in it: `found` has (line from 0, [(slug, address)])."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, list[tuple[str, str]]]] = []
        self._open: list[str] = []
        self._links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Go down, and take a link on the way."""
        if tag not in _VOID:
            self._open.append(tag)
        named = dict(attributes)
        if tag == "a" and named.get("data-authority") and not _NOT_BELOW.intersection(self._open):
            self._links.append((named["data-authority"] or "", named.get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        """Go up; in the lesson itself a block ends here."""
        while tag in self._open and self._open.pop() != tag:
            pass
        if len(self._open) == 1 and self._links:
            self.found.append((self.getpos()[0] - 1, self._links))
            self._links = []


def with_briefs(page: str, library: Library) -> str:
    """The lesson `page` with the briefs that `library` has for it now, each once. A page that is no `dti-lesson` is not changed.

    A block (a paragraph, a list, a card) ends its line in the file, as in the files of the course.
    """
    if 'class="dti-lesson"' not in page:
        return page
    bare = _WRITTEN.sub("", page)
    blocks = _Blocks()
    blocks.feed(bare)
    below: dict[int, list[str]] = {}
    seen: set[str] = set()
    for line, links in blocks.found:
        for slug, address in links:
            authority = library.get(slug)
            if authority is not None and slug not in seen:
                seen.add(slug)
                below.setdefault(line, []).append(_brief(authority, address))
    lines = bare.split("\n")
    return "\n".join(part for at, line in enumerate(lines) for part in (line, *below.get(at, ())))


def write_briefs(course: Path, library: Library) -> list[str]:
    """Bring the briefs in the lessons of the folder `course` up to date. Returns the names of the files that were changed."""
    changed = []
    for file in sorted((course / "html").glob("*.html")):
        before = file.read_text(encoding="utf-8")
        after = with_briefs(before, library)
        if after != before:
            file.write_text(after, encoding="utf-8")
            changed.append(file.name)
    return changed


def _brief(authority: Authority, address: str) -> str:
    name, what = escape(authority.heading, quote=False), WHAT.get(authority.kind, "law")
    title = f"<em>{name}</em>" if authority.kind == CASE else name
    paragraphs = [_italic(text) for section in authority.short_version for text in section.paragraphs]
    line = [f"<strong>{escape(authority.in_a_line, quote=False)}</strong>"] if authority.in_a_line else []
    link = f'<a href="{escape(address)}">Read the whole brief in the library</a>'
    body = "\n".join(f"<p>{text}</p>" for text in (*line, *paragraphs, link))
    return f'<details class="dti-card dti-brief">\n<summary>{title}: the {what} in twenty seconds</summary>\n{body}\n</details>'


def _italic(text: str) -> str:
    return "".join(
        f"<em>{escape(words, quote=False)}</em>" if slanted else escape(words, quote=False) for words, slanted in runs(text)
    )
