"""Authored XML to a `ReviewForm`. The inside of the element is one `<prompt><p>…</p></prompt>`, or nothing."""

from __future__ import annotations

from lxml import etree

from ..content import ELEMENT, REPEATED, MalformedContentError, Problem, Reader, collapsed, parse_content
from . import rules
from .model import ReviewForm


class ReviewUnreadableError(ValueError):
    """The content is no well-formed XML; the message says where and why."""


def read(content: str) -> ReviewForm:
    """The review in a block's `content`. Raises `ReviewUnreadableError`; mistakes that can be read are `ReviewForm.strays`."""
    try:
        return from_element(parse_content(content))
    except MalformedContentError as error:
        raise ReviewUnreadableError(str(error)) from error


def examine(content: str) -> tuple[ReviewForm | None, list[Problem]]:
    """The review (None when it cannot be read) and every problem in it. Never raises."""
    try:
        review = read(content)
    except ReviewUnreadableError as error:
        return None, [rules.unreadable(str(error))]
    return review, rules.check(review)


def from_element(element: etree._Element) -> ReviewForm:
    """The review whose parts are the children of `element` (a `<dti_review>`, whose lines are then lines of its file)."""
    reader = Reader()
    prompt, line = "", 0
    for child in reader.children(element):
        if child.tag != "prompt":
            reader.stray(ELEMENT, child.tag, "", child)
        elif line:
            reader.stray(REPEATED, "prompt", "", child)
        else:
            line = child.sourceline or 1
            reader.attributes(child, ())
            prompt = collapsed(reader.prose(child))
    if prompt and "<" not in prompt:
        prompt = f"<p>{prompt}</p>"
    return ReviewForm(prompt, line, tuple(reader.strays))
