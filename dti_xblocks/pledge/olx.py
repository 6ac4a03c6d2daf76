"""Authored XML to a `Pledge`.

The inside of the element is one `<preamble>` of paragraphs, one or more `<affirmation id="law">I know the law …</affirmation>`,
if wanted one `<closing>` of paragraphs, and any number of `<field id="agency" label="Agency" required="true"/>`. A field may
have `format="9999[99]"` (see `masks`) and `hint="…"`, or `<option>`s to choose from.
"""

from __future__ import annotations

import re

from lxml import etree

from ..content import ELEMENT, REPEATED, VALUE, MalformedContentError, Problem, Reader, collapsed, parse_content
from . import rules
from .model import Affirmation, Pledge, Question

AROUND_BLOCKS = re.compile(r" ?(</?(?:p|ul|ol|li|blockquote)>) ?")
ATTRIBUTES: dict[str, set[str]] = {
    "affirmation": {"id"},
    "field": {"id", "label", "required", "format", "hint"},
    "preamble": set(),
    "closing": set(),
}


class PledgeUnreadableError(ValueError):
    """The content is no well-formed XML; the message says where and why."""


def read(content: str) -> Pledge:
    """The pledge in a block's `content`. Raises `PledgeUnreadableError`; mistakes that can be read are `Pledge.strays`."""
    try:
        return from_element(parse_content(content))
    except MalformedContentError as error:
        raise PledgeUnreadableError(str(error)) from error


def examine(content: str) -> tuple[Pledge | None, list[Problem]]:
    """The pledge (None when it cannot be read) and every problem in it. Never raises."""
    try:
        pledge = read(content)
    except PledgeUnreadableError as error:
        return None, [rules.unreadable(str(error))]
    return pledge, rules.check(pledge)


def from_element(element: etree._Element) -> Pledge:
    """The pledge whose parts are the children of `element` (a `<dti_pledge>`, whose lines are then lines of its file)."""
    return _Reader().read(element)


class _Reader(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.parts: dict[str, str] = {}
        self.affirmations: list[Affirmation] = []
        self.questions: list[Question] = []

    def read(self, element: etree._Element) -> Pledge:
        for child in self.children(element, "pledge"):
            self._part(child)
        return Pledge(
            preamble=self.parts.get("preamble", ""),
            affirmations=tuple(self.affirmations),
            closing=self.parts.get("closing", ""),
            questions=tuple(self.questions),
            strays=tuple(self.strays),
        )

    def _part(self, child: etree._Element) -> None:
        if child.tag not in ATTRIBUTES:
            self.stray(ELEMENT, child.tag, "pledge", child)
            return
        where = _place(child)
        self.attributes(child, ATTRIBUTES[child.tag], where)
        if child.tag == "affirmation":
            text = self._plain(child, where)
            self.affirmations.append(Affirmation(child.get("id", ""), text, child.sourceline or 0))
        elif child.tag == "field":
            self._field(child, where)
        elif child.tag in self.parts:
            self.stray(REPEATED, child.tag, where, child)
        else:
            self.parts[child.tag] = self._html(child, where)

    def _field(self, child: etree._Element, where: str) -> None:
        required = child.get("required", "false")
        if required not in ("true", "false"):
            self.stray(VALUE, f'required="{required}"', where, child)
        options = []
        for inner in self.children(child, where):
            if inner.tag == "option":
                options.append(self._plain(inner, where))
                self.attributes(inner, (), where)
            else:
                self.stray(ELEMENT, inner.tag, where, inner)
        question = Question(
            id=child.get("id", ""),
            label=collapsed(child.get("label", "")),
            required=required == "true",
            mask=collapsed(child.get("format", "")),
            hint=collapsed(child.get("hint", "")),
            options=tuple(options),
            line=child.sourceline or 0,
        )
        self.questions.append(question)

    def _plain(self, element: etree._Element, where: str) -> str:
        """The text of an element that may hold text only."""
        for inner in element.iterdescendants():
            if isinstance(inner.tag, str):
                self.stray(ELEMENT, inner.tag, where, inner)
        return collapsed("".join(element.itertext(etree.Element, with_tail=True)))

    def _html(self, element: etree._Element, where: str) -> str:
        """The inside as HTML of paragraphs, lists and quotations, without blanks around them."""
        html = AROUND_BLOCKS.sub(r"\1", collapsed(self.prose(element, where))).strip(" ")
        return f"<p>{html}</p>" if html and not html.startswith(("<p>", "<ul>", "<ol>", "<blockquote>")) else html


def _place(child: etree._Element) -> str:
    name = child.get("id")
    return f"{child.tag} {name}" if name else str(child.tag)
