"""Reads the authored XML of a scenario. Whatever is odd becomes a value that `rules` can name; only malformed XML stops it."""

from __future__ import annotations

import re

from lxml import etree

from ..content_xml import MalformedContent, inner_xml, parse_content
from .model import Choice, Ending, Level, Line, Scenario, Scene, Stray

# What authored prose may contain; what is shown is cleaned to the same list again, whatever was saved.
PROSE = frozenset({"p", "em", "strong", "ul", "ol", "li", "br", "q", "cite", "blockquote"})
INLINE = frozenset({"em", "strong", "q", "cite", "br"})

ATTRIBUTES = {
    "introduction": frozenset(),
    "level": frozenset({"id", "title"}),
    "scene": frozenset({"id", "title", "level", "place", "time"}),
    "say": frozenset({"who"}),
    "choice": frozenset({"id", "to", "points"}),
    "text": frozenset(),
    "outcome": frozenset(),
    "why": frozenset(),
    "authority": frozenset({"ref"}),
    "ending": frozenset({"id", "title", "result"}),
}
WHOLE_NUMBER = re.compile(r"[0-9]{1,6}")


class ScenarioUnreadable(ValueError):
    """Content that is no well-formed XML. The message is a sentence for the author; `line` is 1-based, 0 if unknown."""

    def __init__(self, message: str, line: int = 0):
        super().__init__(message)
        self.line = line


def read(content: str) -> Scenario:
    """The scenario that `content` (the inside of a `dti_scenario` element) describes, sound or not.

    Raises `ScenarioUnreadable`.
    """
    try:
        root = parse_content(content)
    except MalformedContent as error:
        cause = error.__cause__
        line = cause.lineno or 0 if isinstance(cause, etree.XMLSyntaxError) else 0
        raise ScenarioUnreadable(f"The scenario is not well-formed XML: {error}", line) from error
    return _Reader().scenario(root)


class _Reader:
    """One reading; collects what it could not place."""

    def __init__(self):
        self.strays: list[Stray] = []

    def scenario(self, root) -> Scenario:
        parts: dict[str, list] = {"introduction": [], "level": [], "scene": [], "ending": []}
        self._text_between(root, "the scenario")
        for node in _elements(root):
            if node.tag not in parts:
                self._stray("element", node.tag, "the scenario", node)
                continue
            where = f"{node.tag} {node.get('id', '')}".strip()
            self._attributes(node, where)
            parts[node.tag].append(getattr(self, f"_{node.tag}")(node, where))
        return Scenario(
            introduction="".join(parts["introduction"]),
            levels=tuple(parts["level"]),
            scenes=tuple(parts["scene"]),
            endings=tuple(parts["ending"]),
            strays=tuple(self.strays),
        )

    def _introduction(self, node, where: str) -> str:
        return self._prose(node, where)

    def _level(self, node, where: str) -> Level:
        return Level(_value(node, "id"), _value(node, "title"), self._prose(node, where), node.sourceline)

    def _scene(self, node, where: str) -> Scene:
        choices = []
        for child in _elements(node):
            if child.tag == "choice":
                choices.append(self._choice(child, f"{where}, choice {child.get('id', '')}".strip()))
        return Scene(
            id=_value(node, "id"),
            title=_value(node, "title"),
            level=_value(node, "level"),
            place=_value(node, "place"),
            time=_value(node, "time"),
            lines=self._lines(node, where, besides="choice"),
            choices=tuple(choices),
            line=node.sourceline,
        )

    def _ending(self, node, where: str) -> Ending:
        return Ending(
            _value(node, "id"), _value(node, "title"), _value(node, "result"), self._lines(node, where), node.sourceline
        )

    def _choice(self, node, where: str) -> Choice:
        self._attributes(node, where)
        self._text_between(node, where)
        prose = {"text": "", "outcome": "", "why": ""}
        authorities = []
        for child in _elements(node):
            if child.tag in prose:
                self._attributes(child, where)
                prose[child.tag] += self._prose(child, where, INLINE if child.tag == "text" else PROSE)
            elif child.tag == "authority":
                self._attributes(child, where)
                self._text_between(child, where)
                authorities.append(_value(child, "ref"))
            else:
                self._stray("element", child.tag, where, child)
        points = _value(node, "points")
        return Choice(
            id=_value(node, "id"),
            to=_value(node, "to"),
            points=int(points) if WHOLE_NUMBER.fullmatch(points) else None,
            authorities=tuple(authorities),
            line=node.sourceline,
            **prose,
        )

    def _lines(self, node, where: str, besides: str = "") -> tuple[Line, ...]:
        lines = []
        self._text_between(node, where)
        for child in _elements(node):
            if child.tag == "say":
                self._attributes(child, where)
                lines.append(Line(self._prose(child, where, INLINE), _value(child, "who"), child.sourceline))
                if not lines[-1].who:
                    self._stray("speaker", "say", where, child)
            elif child.tag in PROSE:
                self._check_prose(child, where, PROSE)
                lines.append(Line(etree.tostring(child, encoding="unicode", with_tail=False), "", child.sourceline))
            elif child.tag != besides:
                self._stray("element", child.tag, where, child)
        return tuple(lines)

    def _prose(self, node, where: str, allowed: frozenset = PROSE) -> str:
        """The inside of `node` as authored, "" when there is no word in it."""
        for child in _elements(node):
            self._check_prose(child, where, allowed)
        return inner_xml(node).strip() if node.xpath("string()").strip() else ""

    def _check_prose(self, node, where: str, allowed: frozenset) -> None:
        for part in node.iter(etree.Element):
            if part.tag not in allowed:
                self._stray("tag", part.tag, where, part)
            for name in part.attrib:
                self._stray("attribute", name, f"{where}, <{part.tag}>", part)

    def _attributes(self, node, where: str) -> None:
        for name in node.attrib:
            if name not in ATTRIBUTES[node.tag]:
                self._stray("attribute", name, where, node)

    def _text_between(self, node, where: str) -> None:
        """Words that stand outside of any element, where they would be lost."""
        pieces = [node.text, *(child.tail for child in node)]
        for piece in pieces:
            if piece and piece.strip():
                self._stray("text", " ".join(piece.split())[:40], where, node)

    def _stray(self, kind: str, name: str, where: str, node) -> None:
        self.strays.append(Stray(kind, name, where, node.sourceline or 0))


def _elements(node):
    """The child elements, without comments and processing instructions."""
    return [child for child in node if isinstance(child.tag, str)]


def _value(node, name: str) -> str:
    return (node.get(name) or "").strip()
