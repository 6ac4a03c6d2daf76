"""Reading authored XML: nothing is lost without a word, what has no meaning becomes a `Stray`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.sax.saxutils import escape

from lxml import etree

from .problems import ATTRIBUTE, ELEMENT, TEXT, Stray

# What authored prose may contain. Everything else is dropped when it is shown, whatever was saved.
PROSE_TAGS = frozenset({"p", "em", "strong", "ul", "ol", "li", "br", "q", "cite", "blockquote"})
SPACE = re.compile(r"[ \t\r\n]+")


def collapsed(text: str) -> str:
    """`text` with each run of white space as one blank, none at the ends. A no-break space is a letter like any other."""
    return SPACE.sub(" ", text).strip(" ")


def elements(node: etree._Element) -> list[etree._Element]:
    """The child elements, without comments and processing instructions."""
    return [child for child in node if isinstance(child.tag, str)]


class Reader:
    """One reading of authored XML. `strays` is what it met and could not place, in the order of meeting.

    A domain's reader is one of these. `where` is the place as the author knows it, see `Stray`.
    """

    longest_quote = 60  # characters of loose words that a message quotes

    def __init__(self) -> None:
        self.strays: list[Stray] = []

    def stray(self, kind: str, name: str, where: str, node: etree._Element) -> None:
        """Keep what `node` is or has as a stray, at its line."""
        self.strays.append(Stray(kind, name, where, node.sourceline or 0))

    def children(self, node: etree._Element, where: str = "") -> Iterator[etree._Element]:
        """The child elements in order, without comments and processing instructions; words around them are strays."""
        self.words(node.text, where, node)
        for child in node:
            if isinstance(child.tag, str):
                yield child
            self.words(child.tail, where, child)

    def words(self, text: str | None, where: str, node: etree._Element) -> None:
        """Words outside of any element, where they would be lost. `node` is the element that they stand in or after."""
        if text and text.strip():
            self.stray(TEXT, self.quote(text), where, node)

    def quote(self, text: str) -> str:
        """Loose words as a message quotes them."""
        return " ".join(text.split())[: self.longest_quote]

    def attributes(self, node: etree._Element, known: Collection[str], where: str = "") -> None:
        """Attributes that are not `known` are strays."""
        for name in node.attrib:
            if name not in known:
                self.stray(ATTRIBUTE, name, where, node)

    def prose(self, node: etree._Element, where: str = "") -> str:
        """The inside of `node` as HTML of `PROSE_TAGS` without attributes; other tags lose their tag, not their text."""
        parts = [escape(node.text or "")]
        for child in node:
            if isinstance(child.tag, str):
                inside = self.prose(child, where)
                self.attributes(child, (), where)
                if child.tag == "br":
                    parts.append("<br>" + inside)
                elif child.tag in PROSE_TAGS:
                    parts.append(f"<{child.tag}>{inside}</{child.tag}>")
                else:
                    self.stray(ELEMENT, child.tag, where, child)
                    parts.append(inside)
            parts.append(escape(child.tail or ""))
        return "".join(parts)
