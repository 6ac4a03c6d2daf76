"""Reads the authored XML of a scenario. Whatever is odd becomes a value that `rules` can name; only malformed XML stops it."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree

from ..content import ATTRIBUTE, ELEMENT, PROSE_TAGS, MalformedContentError, Reader, elements, inner_xml, parse_content
from .model import RADIO, Choice, Effect, Ending, Level, Line, Media, Meter, Need, Person, Scenario, Scene

Element: TypeAlias = "etree._Element"

INLINE = frozenset({"em", "strong", "q", "cite", "br"})

ATTRIBUTES: dict[str, frozenset[str]] = {
    "introduction": frozenset(),
    "person": frozenset({"id", "name", "role", "portrait", "initials"}),
    "knows": frozenset(),
    "knows-not": frozenset(),
    "level": frozenset({"id", "title"}),
    "meter": frozenset({"id", "title", "start", "lowest", "highest", "show"}),
    "scene": frozenset({"id", "title", "level", "place", "time", "clock", "timeout", "otherwise", "as", "audio"}),
    "say": frozenset({"who", "by", "over", "audio"}),
    "image": frozenset({"src", "alt", "decorative"}),
    "video": frozenset({"src", "title", "captions"}),
    "audio": frozenset({"src", "title"}),
    "transcript": frozenset(),
    "needs": frozenset({"meter", "at-least", "at-most", "choice", "level"}),
    "needs-not": frozenset({"meter", "at-least", "at-most", "choice", "level"}),
    "choice": frozenset({"id", "to", "points", "level", "offered"}),
    "effect": frozenset({"meter", "by"}),
    "text": frozenset(),
    "outcome": frozenset(),
    "why": frozenset(),
    "authority": frozenset({"ref"}),
    "ending": frozenset({"id", "title", "result", "points", "otherwise"}),
}
NEEDS = ("needs", "needs-not")
MEDIA = ("image", "video", "audio")
DECORATIVE = "yes"
WHOLE_NUMBER = re.compile(r"[0-9]{1,6}")
SIGNED_NUMBER = re.compile(r"[+-]?[0-9]{1,6}")


class ScenarioUnreadableError(ValueError):
    """Content that is no well-formed XML. The message is a sentence for the author; `line` is 1-based, 0 if unknown."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def read(content: str, score_by: str = "choices") -> Scenario:
    """The scenario that `content` (the inside of a `dti_scenario` element) describes, sound or not.

    `score_by` is the block's setting, see `Scenario`. Raises `ScenarioUnreadableError`.
    """
    try:
        root = parse_content(content)
    except MalformedContentError as error:
        cause = error.__cause__
        line = cause.lineno or 0 if isinstance(cause, etree.XMLSyntaxError) else 0
        raise ScenarioUnreadableError(f"The scenario is not well-formed XML: {error}", line) from error
    return _Reader().scenario(root, score_by)


class _Reader(Reader):
    longest_quote = 40

    def scenario(self, root: Element, score_by: str) -> Scenario:
        kinds = ("introduction", "person", "level", "meter", "scene", "ending")
        parts: dict[str, list[Any]] = {kind: [] for kind in kinds}
        self._text_between(root, "the scenario")
        for node in elements(root):
            if node.tag not in parts:
                self.stray(ELEMENT, node.tag, "the scenario", node)
                continue
            where = f"{node.tag} {node.get('id', '')}".strip()
            self.attributes(node, ATTRIBUTES[node.tag], where)
            parts[node.tag].append(getattr(self, f"_{node.tag}")(node, where))
        return Scenario(
            introduction="".join(parts["introduction"]),
            levels=tuple(parts["level"]),
            scenes=tuple(parts["scene"]),
            endings=tuple(parts["ending"]),
            strays=tuple(self.strays),
            meters=tuple(parts["meter"]),
            score_by=score_by,
            people=tuple(parts["person"]),
        )

    def _introduction(self, node: Element, where: str) -> str:
        return self._written(node, where)

    def _person(self, node: Element, where: str) -> Person:
        self._text_between(node, where)
        told = {"knows": "", "knows-not": ""}
        for child in elements(node):
            if child.tag in told:
                self.attributes(child, ATTRIBUTES[child.tag], where)
                told[child.tag] += self._written(child, where)
            else:
                self.stray(ELEMENT, child.tag, where, child)
        values = {name: _value(node, name) for name in ("id", "name", "role", "portrait", "initials")}
        return Person(knows=told["knows"], knows_not=told["knows-not"], line=node.sourceline, **values)

    def _level(self, node: Element, where: str) -> Level:
        return Level(_value(node, "id"), _value(node, "title"), self._written(node, where), node.sourceline)

    def _meter(self, node: Element, where: str) -> Meter:
        return Meter(
            id=_value(node, "id"),
            title=_value(node, "title"),
            html=self._written(node, where),
            start=_number(node, "start", 50, SIGNED_NUMBER),
            lowest=_number(node, "lowest", 0, SIGNED_NUMBER),
            highest=_number(node, "highest", 100, SIGNED_NUMBER),
            show=_value(node, "show") or "play",
            line=node.sourceline,
        )

    def _scene(self, node: Element, where: str) -> Scene:
        choices = [
            self._choice(child, f"{where}, choice {child.get('id', '')}".strip())
            for child in elements(node)
            if child.tag == "choice"
        ]
        return Scene(
            id=_value(node, "id"),
            title=_value(node, "title"),
            level=_value(node, "level"),
            place=_value(node, "place"),
            time=_value(node, "time"),
            lines=self._lines(node, where, besides="choice"),
            choices=tuple(choices),
            clock=_number(node, "clock", 0),
            timeout=_value(node, "timeout"),
            needs=self._needs(node, where),
            otherwise=_value(node, "otherwise"),
            line=node.sourceline,
            you=_value(node, "as"),
            audio=_value(node, "audio"),
        )

    def _ending(self, node: Element, where: str) -> Ending:
        return Ending(
            id=_value(node, "id"),
            title=_value(node, "title"),
            result=_value(node, "result"),
            lines=self._lines(node, where),
            points=_number(node, "points", 0),
            needs=self._needs(node, where),
            otherwise=_value(node, "otherwise"),
            line=node.sourceline,
        )

    def _choice(self, node: Element, where: str) -> Choice:
        self.attributes(node, ATTRIBUTES[node.tag], where)
        self._text_between(node, where)
        prose = {"text": "", "outcome": "", "why": ""}
        authorities = []
        effects = []
        for child in elements(node):
            if child.tag in prose:
                self.attributes(child, ATTRIBUTES[child.tag], where)
                prose[child.tag] += self._written(child, where, INLINE if child.tag == "text" else PROSE_TAGS)
            elif child.tag == "authority":
                self.attributes(child, ATTRIBUTES[child.tag], where)
                self._text_between(child, where)
                authorities.append(_value(child, "ref"))
            elif child.tag == "effect":
                self.attributes(child, ATTRIBUTES[child.tag], where)
                self._text_between(child, where)
                effects.append(Effect(_value(child, "meter"), _number(child, "by", None, SIGNED_NUMBER), child.sourceline))
            elif child.tag not in NEEDS:
                self.stray(ELEMENT, child.tag, where, child)
        offered = _value(node, "offered")
        if offered not in ("", "yes", "no"):
            self.stray(ATTRIBUTE, f"offered={offered}", where, node)
        return Choice(
            id=_value(node, "id"),
            to=_value(node, "to"),
            points=_number(node, "points", None),
            authorities=tuple(authorities),
            level=_value(node, "level"),
            offered=offered != "no",
            needs=self._needs(node, where),
            effects=tuple(effects),
            line=node.sourceline,
            **prose,
        )

    def _needs(self, node: Element, where: str) -> tuple[Need, ...]:
        found = []
        for child in elements(node):
            if child.tag in NEEDS:
                self.attributes(child, ATTRIBUTES[child.tag], where)
                self._text_between(child, where)
                kinds = [kind for kind in ("meter", "choice", "level") if child.get(kind) is not None]
                kind = kinds[0] if len(kinds) == 1 else ""
                at_least, at_most = (_number(child, name, None, SIGNED_NUMBER) for name in ("at-least", "at-most"))
                bounds = [name for name in ("at-least", "at-most") if child.get(name) is not None]
                if (kind != "meter" and bounds) or any(_number(child, name, None, SIGNED_NUMBER) is None for name in bounds):
                    kind = ""
                ref = _value(child, kind) if kind else ""
                found.append(Need(kind, ref, at_least, at_most, child.tag == "needs-not", child.sourceline))
        return tuple(found)

    def _media(self, node: Element, where: str) -> Media:
        self.attributes(node, ATTRIBUTES[node.tag], where)
        self._text_between(node, where)
        transcript = ""
        for child in elements(node):
            if child.tag == "transcript" and node.tag != "image":
                self.attributes(child, ATTRIBUTES[child.tag], where)
                transcript += self._written(child, where)
            else:
                self.stray(ELEMENT, child.tag, where, child)
        values = {name: _value(node, name) for name in ("src", "alt", "title", "captions")}
        decorative = _value(node, "decorative")
        if decorative not in ("", DECORATIVE):
            self.stray(ATTRIBUTE, f"decorative={decorative}", where, node)
        return Media(kind=node.tag, transcript=transcript, line=node.sourceline, decorative=decorative == DECORATIVE, **values)

    def _lines(self, node: Element, where: str, besides: str = "") -> tuple[Line | Media, ...]:
        lines: list[Line | Media] = []
        self._text_between(node, where)
        for child in elements(node):
            if child.tag == "say":
                self.attributes(child, ATTRIBUTES[child.tag], where)
                lines.append(self._speech(child, where))
            elif child.tag in PROSE_TAGS:
                self._check_prose(child, where, PROSE_TAGS)
                lines.append(Line(etree.tostring(child, encoding="unicode", with_tail=False), "", child.sourceline))
            elif child.tag in MEDIA:
                lines.append(self._media(child, where))
            elif child.tag != besides and child.tag not in NEEDS:
                self.stray(ELEMENT, child.tag, where, child)
        return tuple(lines)

    def _speech(self, node: Element, where: str) -> Line:
        who, by, over, audio = (_value(node, name) for name in ("who", "by", "over", "audio"))
        if not who and not by:
            self.stray("speaker", "say", where, node)
        if over not in ("", RADIO):
            self.stray(ATTRIBUTE, f"over={over}", where, node)
        return Line(self._written(node, where, INLINE), who, node.sourceline, by, over, audio)

    def _written(self, node: Element, where: str, allowed: frozenset[str] = PROSE_TAGS) -> str:
        """The inside of `node` as authored, "" when there is no word in it."""
        for child in elements(node):
            self._check_prose(child, where, allowed)
        return inner_xml(node).strip() if node.xpath("string()").strip() else ""

    def _check_prose(self, node: Element, where: str, allowed: frozenset[str]) -> None:
        for part in node.iter(etree.Element):
            if part.tag not in allowed:
                self.stray("tag", part.tag, where, part)
            for name in part.attrib:
                self.stray(ATTRIBUTE, name, f"{where}, <{part.tag}>", part)

    def _text_between(self, node: Element, where: str) -> None:
        """Words that stand outside of any element, where they would be lost."""
        for piece in [node.text, *(child.tail for child in node)]:
            self.words(piece, where, node)


def _value(node: Element, name: str) -> str:
    return (node.get(name) or "").strip()


def _number(node: Element, name: str, default: int | None, form: re.Pattern[str] = WHOLE_NUMBER) -> int | None:
    """The number in an attribute: `default` where it is missing or empty, None where it is not a number."""
    text = _value(node, name)
    if not text:
        return default
    return int(text) if form.fullmatch(text) else None
