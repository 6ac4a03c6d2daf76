"""Authored XML to an `Activity`: `<task>`, `<picture>`, `<group>`s, `<card>`s and `<after>`, whatever the kind makes of them."""

from __future__ import annotations

import math

from lxml import etree

from ..content import ELEMENT, REPEATED, VALUE, MalformedContentError, Problem, Reader, collapsed, parse_content
from . import rules
from .model import Activity, Area, Card, Group, Picture

PARTS = ("text", "back", "why")
CARD = ("id", "group", "area", "sign")


class ActivityUnreadableError(ValueError):
    """The content is no well-formed XML; the message says where and why."""


def read(content: str, kind: str) -> Activity:
    """The activity in a block's `content`. Raises `ActivityUnreadableError`; what can be read and is wrong is for the rules."""
    try:
        return from_element(parse_content(content), kind)
    except MalformedContentError as error:
        raise ActivityUnreadableError(str(error)) from error


def examine(content: str, kind: str) -> tuple[Activity | None, list[Problem]]:
    """The activity (None when it cannot be read) and every problem in it. Never raises."""
    try:
        activity = read(content, kind)
    except ActivityUnreadableError as error:
        return None, [rules.unreadable(str(error))]
    return activity, rules.check(activity)


def from_element(element: etree._Element, kind: str) -> Activity:
    """The activity whose parts are the children of `element` (lines are then lines of its file)."""
    reader = _ActivityReader()
    for child in reader.children(element):
        reader.part(child)
    return Activity(
        kind, reader.prose_of["task"], reader.prose_of["after"], tuple(reader.cards), tuple(reader.groups), reader.picture,
        tuple(reader.strays),
    )  # fmt: skip


class _ActivityReader(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.prose_of = {"task": "", "after": ""}
        self.seen: set[str] = set()
        self.cards: list[Card] = []
        self.groups: list[Group] = []
        self.picture: Picture | None = None

    def part(self, node: etree._Element) -> None:
        if node.tag == "card":
            self.cards.append(self._card(node))
        elif node.tag == "group":
            group = Group(node.get("id", ""), "", node.sourceline or 0)
            self.attributes(node, ("id",), _named("group", group.id))
            self.groups.append(Group(group.id, collapsed("".join(node.itertext())), group.line))
        elif node.tag not in ("task", "after", "picture"):
            self.stray(ELEMENT, node.tag, "", node)
        elif node.tag in self.seen:
            self.stray(REPEATED, node.tag, "", node)
        else:
            self.seen.add(node.tag)
            self._single(node)

    def _single(self, node: etree._Element) -> None:
        if node.tag == "picture":
            self.attributes(node, ("src", "alt"), "picture")
            self.picture = Picture(node.get("src", "").strip(), collapsed(node.get("alt", "")), node.sourceline or 0)
        else:
            self.attributes(node, (), node.tag)
            self.prose_of[node.tag] = _paragraphs(collapsed(self.prose(node, node.tag)))

    def _card(self, node: etree._Element) -> Card:
        card_id = node.get("id", "")
        where = _named("card", card_id)
        self.attributes(node, CARD, where)
        said: dict[str, str] = {}
        for child in self.children(node, where):
            if child.tag not in PARTS:
                self.stray(ELEMENT, child.tag, where, child)
            elif child.tag in said:
                self.stray(REPEATED, child.tag, where, child)
            else:
                self.attributes(child, (), where)
                said[child.tag] = collapsed(self.prose(child, where))
        sign = node.get("sign", "true")
        if sign not in ("true", "false"):
            self.stray(VALUE, f'sign="{sign}"', where, node)
        area = node.get("area", "")
        return Card(
            card_id, **said, group=node.get("group", ""), area=_area(area), area_given=area, sign=sign != "false",
            line=node.sourceline or 0,
        )  # fmt: skip


def _named(tag: str, name: str) -> str:
    return f"{tag} {name}".strip()


def _paragraphs(prose: str) -> str:
    return f"<p>{prose}</p>" if prose and not prose.startswith("<") else prose


def _area(text: str) -> Area | None:
    """The area in "x y width height"; None where there is none that can be read."""
    try:
        numbers = [float(part) for part in text.split()]
    except ValueError:
        return None
    return Area(*numbers) if len(numbers) == 4 and all(map(math.isfinite, numbers)) else None
