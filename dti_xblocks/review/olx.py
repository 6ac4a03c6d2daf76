"""Authored XML to a `ReviewForm`. The inside of the element is one `<prompt><p>…</p></prompt>`, or nothing."""

from __future__ import annotations

import re

from ..content import MalformedContent, Problem, parse_content
from . import rules
from .model import ReviewForm, Stray

PROSE_TAGS = frozenset({"p", "em", "strong", "ul", "ol", "li", "br", "q", "cite", "blockquote"})
SPACE = re.compile(r"[ \t\r\n]+")


class ReviewUnreadable(ValueError):
    """The content is no well-formed XML; the message says where and why."""


def read(content: str) -> ReviewForm:
    """The review in a block's `content`. Raises `ReviewUnreadable`; mistakes that can be read are `ReviewForm.strays`."""
    try:
        return from_element(parse_content(content))
    except MalformedContent as error:
        raise ReviewUnreadable(str(error)) from error


def examine(content: str) -> tuple[ReviewForm | None, list[Problem]]:
    """The review (None when it cannot be read) and every problem in it. Never raises."""
    try:
        review = read(content)
    except ReviewUnreadable as error:
        return None, [rules.unreadable(str(error))]
    return review, rules.check(review)


def from_element(element) -> ReviewForm:
    """The review whose parts are the children of `element` (a `<dti_review>`, whose lines are then lines of its file)."""
    strays: list[Stray] = []
    prompt, line = "", 0
    _loose(element.text, element, strays)
    for child in element:
        if child.tag == "prompt":
            if line:
                strays.append(Stray("repeated", "prompt", child.sourceline or 0))
            else:
                line = child.sourceline or 1
                strays += [Stray("attribute", name, line) for name in child.attrib]
                prompt = SPACE.sub(" ", _inside(child, strays)).strip(" ")
        elif isinstance(child.tag, str):
            strays.append(Stray("element", child.tag, child.sourceline or 0))
        _loose(child.tail, child, strays)
    if prompt and "<" not in prompt:
        prompt = f"<p>{prompt}</p>"
    return ReviewForm(prompt, line, tuple(strays))


def _inside(element, strays: list[Stray]) -> str:
    parts = [_escaped(element.text)]
    for child in element:
        if isinstance(child.tag, str):
            inside = _inside(child, strays)
            strays += [Stray("attribute", name, child.sourceline or 0) for name in child.attrib]
            if child.tag == "br":
                parts.append("<br>" + inside)
            elif child.tag in PROSE_TAGS:
                parts.append(f"<{child.tag}>{inside}</{child.tag}>")
            else:
                strays.append(Stray("element", child.tag, child.sourceline or 0))
                parts.append(inside)
        parts.append(_escaped(child.tail))
    return "".join(parts)


def _loose(text: str | None, element, strays: list[Stray]) -> None:
    if text and text.strip():
        strays.append(Stray("text", SPACE.sub(" ", text).strip()[:60], element.sourceline or 0))


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
