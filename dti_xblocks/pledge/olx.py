"""Authored XML to a `Pledge`.

The inside of the element is one `<preamble>` of paragraphs, one or more `<affirmation id="law">I know the law …</affirmation>`,
if wanted one `<closing>` of paragraphs, and any number of `<field id="agency" label="Agency" required="true"/>`. A field may
have `format="9999[99]"` (see `masks`) and `hint="…"`, or `<option>`s to choose from.
"""

from __future__ import annotations

import re

from lxml import etree

from ..content import MalformedContent, Problem, parse_content
from . import rules
from .model import BAD_VALUE, LOOSE_TEXT, REPEATED, UNKNOWN_ATTRIBUTE, UNKNOWN_ELEMENT, Affirmation, Pledge, Question, Stray

PROSE_TAGS = frozenset({"p", "em", "strong", "ul", "ol", "li", "br", "q", "cite", "blockquote"})
SPACE = re.compile(r"[ \t\r\n]+")
AROUND_BLOCKS = re.compile(r" ?(</?(?:p|ul|ol|li|blockquote)>) ?")
ATTRIBUTES = {"affirmation": {"id"}, "field": {"id", "label", "required", "format", "hint"}, "preamble": set(), "closing": set()}


class PledgeUnreadable(ValueError):
    """The content is no well-formed XML; the message says where and why."""


def read(content: str) -> Pledge:
    """The pledge in a block's `content`. Raises `PledgeUnreadable`; mistakes that can be read are `Pledge.strays`."""
    try:
        return from_element(parse_content(content))
    except MalformedContent as error:
        raise PledgeUnreadable(str(error)) from error


def examine(content: str) -> tuple[Pledge | None, list[Problem]]:
    """The pledge (None when it cannot be read) and every problem in it. Never raises."""
    try:
        pledge = read(content)
    except PledgeUnreadable as error:
        return None, [rules.unreadable(str(error))]
    return pledge, rules.check(pledge)


def from_element(element) -> Pledge:
    """The pledge whose parts are the children of `element` (a `<dti_pledge>`, whose lines are then lines of its file)."""
    return _Reader().read(element)


class _Reader:
    """One reading: collects what has no meaning as it goes."""

    def __init__(self):
        self.strays: list[Stray] = []
        self.prose: dict[str, str] = {}
        self.affirmations: list[Affirmation] = []
        self.questions: list[Question] = []

    def read(self, element) -> Pledge:
        self._loose(element.text, "pledge", element)
        for child in element:
            if isinstance(child.tag, str):
                self._part(child)
            self._loose(child.tail, "pledge", child)
        return Pledge(
            preamble=self.prose.get("preamble", ""),
            affirmations=tuple(self.affirmations),
            closing=self.prose.get("closing", ""),
            questions=tuple(self.questions),
            strays=tuple(self.strays),
        )

    def _part(self, child) -> None:
        if child.tag not in ATTRIBUTES:
            self._stray(UNKNOWN_ELEMENT, "pledge", child.tag, child)
            return
        where = _place(child)
        for name in child.attrib:
            if name not in ATTRIBUTES[child.tag]:
                self._stray(UNKNOWN_ATTRIBUTE, where, name, child)
        if child.tag == "affirmation":
            text = self._plain(child, where)
            self.affirmations.append(Affirmation(child.get("id", ""), text, child.sourceline or 0))
        elif child.tag == "field":
            self._field(child, where)
        elif child.tag in self.prose:
            self._stray(REPEATED, where, child.tag, child)
        else:
            self.prose[child.tag] = self._html(child, where)

    def _field(self, child, where: str) -> None:
        required = child.get("required", "false")
        if required not in ("true", "false"):
            self._stray(BAD_VALUE, where, f'required="{required}"', child)
        self._loose(child.text, where, child)
        options = []
        for inner in child:
            if inner.tag == "option":
                options.append(self._plain(inner, where))
                for name in inner.attrib:
                    self._stray(UNKNOWN_ATTRIBUTE, where, name, inner)
            elif isinstance(inner.tag, str):
                self._stray(UNKNOWN_ELEMENT, where, inner.tag, inner)
            self._loose(inner.tail, where, inner)
        question = Question(
            id=child.get("id", ""),
            label=_collapsed(child.get("label", "")),
            required=required == "true",
            mask=_collapsed(child.get("format", "")),
            hint=_collapsed(child.get("hint", "")),
            options=tuple(options),
            line=child.sourceline or 0,
        )
        self.questions.append(question)

    def _plain(self, element, where: str) -> str:
        """The text of an element that may hold text only."""
        for inner in element.iterdescendants():
            if isinstance(inner.tag, str):
                self._stray(UNKNOWN_ELEMENT, where, inner.tag, inner)
        return _collapsed("".join(element.itertext(etree.Element, with_tail=True)))

    def _html(self, element, where: str) -> str:
        """The inside as HTML of `PROSE_TAGS` without attributes; other tags lose their tag, not their text."""
        html = AROUND_BLOCKS.sub(r"\1", SPACE.sub(" ", self._inside(element, where))).strip(" ")
        return f"<p>{html}</p>" if html and not html.startswith(("<p>", "<ul>", "<ol>", "<blockquote>")) else html

    def _inside(self, element, where: str) -> str:
        parts = [_escaped(element.text)]
        for child in element:
            if isinstance(child.tag, str):
                inside = self._inside(child, where)
                for name in child.attrib:
                    self._stray(UNKNOWN_ATTRIBUTE, where, name, child)
                if child.tag == "br":
                    parts.append("<br>" + inside)
                elif child.tag in PROSE_TAGS:
                    parts.append(f"<{child.tag}>{inside}</{child.tag}>")
                else:
                    self._stray(UNKNOWN_ELEMENT, where, child.tag, child)
                    parts.append(inside)
            parts.append(_escaped(child.tail))
        return "".join(parts)

    def _loose(self, text: str | None, where: str, element) -> None:
        if text and text.strip():
            self._stray(LOOSE_TEXT, where, _collapsed(text)[:60], element)

    def _stray(self, kind: str, where: str, what: str, element) -> None:
        self.strays.append(Stray(kind, where, what, element.sourceline or 0))


def _place(child) -> str:
    name = child.get("id")
    return f"{child.tag} {name}" if name else child.tag


def _collapsed(text: str) -> str:
    return SPACE.sub(" ", text).strip(" ")


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
