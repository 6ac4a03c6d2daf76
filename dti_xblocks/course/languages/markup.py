"""Tags of HTML and XML with their places in the source, so that a text can be replaced and every other byte stays as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<![^>]*>"
    r"|</(?P<close>[A-Za-z][\w:.-]*)\s*>"
    r"|<(?P<open>[A-Za-z][\w:.-]*)(?P<attributes>(?:\s+[^\s=<>/\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?)*)\s*(?P<empty>/?)>",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"(?P<name>[^\s=<>/\"']+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]+))")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
RAW = frozenset({"script", "style"})
SPACE = re.compile(r"[ \t\r\n\f]+")
REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_KEPT = frozenset("&<>")


@dataclass(frozen=True)
class Attribute:
    """An attribute's value as it is written, and where that stands: without its quotes, `quote` is "" where it has none."""

    raw: str
    start: int
    end: int
    quote: str

    @property
    def value(self) -> str:
        """What it says."""
        return html.unescape(self.raw)


@dataclass
class Piece:
    """Words, or a comment, CDATA, a processing instruction, a declaration (`is_words` is false), from `start` to `end`."""

    start: int
    end: int
    is_words: bool


@dataclass
class Node:
    """An element from `start` to `end`; what is in it stands from `inner` to `inner_end`."""

    tag: str
    start: int
    inner: int
    attributes: dict[str, Attribute] = field(default_factory=dict)
    inside: list[Node | Piece] = field(default_factory=list)
    inner_end: int = 0
    end: int = 0

    def says(self, name: str) -> str:
        """The value of an attribute, "" where there is none."""
        return self.attributes[name].value if name in self.attributes else ""

    def nodes(self) -> Iterator[Node]:
        """This element and all in it, in order."""
        yield self
        for one in self.inside:
            if isinstance(one, Node):
                yield from one.nodes()


def tree(source: str, is_html: bool) -> Node:
    """An element without a name that holds all of `source`. Never fails: what is not closed ends where its parent does."""
    top = Node("", 0, 0)
    open_, at = [top], 0
    while match := TOKEN.search(source, at):
        _words(open_[-1], at, match.start())
        at = match.end()
        if match["open"]:
            at = _opened(source, match, open_, is_html)
        elif match["close"]:
            _closed(match, open_, is_html)
        else:
            open_[-1].inside.append(Piece(match.start(), at, is_words=False))
    _words(open_[-1], at, len(source))
    for node in open_:
        node.inner_end = node.end = len(source)
    return top


def collapsed(source: str) -> str:
    """A stretch of markup in the form in which memories have it: blanks as one, characters as themselves but for &, < and >."""
    return SPACE.sub(" ", REFERENCE.sub(_as_itself, source)).strip(" ")


def text_of(markup: str) -> str:
    """The words of such a stretch, without its tags."""
    return html.unescape(TOKEN.sub("", markup))


def in_attribute(markup: str, quote: str) -> str:
    """Such a stretch without tags as the value of an attribute between quotes of that kind."""
    said = html.escape(html.unescape(markup), quote=False)
    return said.replace('"', "&quot;") if quote == '"' else said.replace("'", "&#39;")


def _as_itself(match: re.Match[str]) -> str:
    said = html.unescape(match[0])
    return html.escape(said, quote=False) if said in _KEPT else said


def _words(node: Node, start: int, end: int) -> None:
    if end > start:
        node.inside.append(Piece(start, end, is_words=True))


def _opened(source: str, match: re.Match[str], open_: list[Node], is_html: bool) -> int:
    """Add the element; returns where reading goes on."""
    tag = match["open"].lower() if is_html else match["open"]
    node = Node(tag, match.start(), match.end(), _attributes(match))
    open_[-1].inside.append(node)
    node.inner_end = node.end = match.end()
    if match["empty"] or (is_html and tag in VOID):
        return match.end()
    if is_html and tag in RAW:
        closing = re.compile(rf"</{tag}\s*>", re.IGNORECASE).search(source, match.end())
        node.inner_end, node.end = closing.span() if closing else (len(source), len(source))
        node.inside.append(Piece(node.inner, node.inner_end, is_words=False))
        return node.end
    open_.append(node)
    return match.end()


def _attributes(match: re.Match[str]) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {}
    start = match.start("attributes")
    for one in ATTRIBUTE.finditer(match["attributes"]):
        kind = next(name for name in ("double", "single", "bare") if one[name] is not None)
        quote = {"double": '"', "single": "'", "bare": ""}[kind]
        found.setdefault(one["name"], Attribute(one[kind], start + one.start(kind), start + one.end(kind), quote))
    return found


def _closed(match: re.Match[str], open_: list[Node], is_html: bool) -> None:
    tag = match["close"].lower() if is_html else match["close"]
    if not any(node.tag == tag for node in open_[1:]):
        return
    while open_[-1].tag != tag:
        node = open_.pop()
        node.inner_end = node.end = match.start()
    node = open_.pop()
    node.inner_end, node.end = match.span()
