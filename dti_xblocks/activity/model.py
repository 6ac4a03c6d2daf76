"""What an activity is: a task, and the cards, groups and picture that its kind makes something of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..content import Stray

SORT, ORDER, MATCH, SPOT, FLIP, REFLECT, SAY, PLAN = "sort", "order", "match", "spot", "flip", "reflect", "say", "plan"
KINDS = (SORT, ORDER, MATCH, SPOT, FLIP, REFLECT, SAY, PLAN)
LONGEST_ID = 50
ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST_ID - 1}}}")


def plain(html: str) -> str:
    """Authored prose without tags, on one line."""
    spaced = re.sub(r"</(?:p|li)>|<br>", " ", html)
    text = re.sub(r"<[^>]*>", "", spaced)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return " ".join(text.split())


@dataclass(frozen=True)
class Area:
    """A rectangle in a picture, in percent of its width and height, from the upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is in it; a point on its edge is."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height

    @property
    def inside(self) -> bool:
        """Whether it has a size and lies within the picture."""
        return (
            min(self.x, self.y) >= 0
            and min(self.width, self.height) > 0
            and self.x + self.width <= 100
            and self.y + self.height <= 100
        )


@dataclass(frozen=True)
class Card:
    """One item. All texts are prose (HTML of a few harmless tags).

    `text` is what is on the card: the front, the thing to sort, a model line. `back` is the other side (flip), the partner
    (match) or the answer of an example (plan). `why` is what is said of it after a try. `group` is where it belongs (sort).
    `area` is where it is in the picture, and `sign` whether it is to be found (spot); `area_given` is the attribute as written.
    """

    id: str
    text: str = ""
    back: str = ""
    why: str = ""
    group: str = ""
    area: Area | None = None
    area_given: str = ""
    sign: bool = True
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Group:
    """One of the places that cards are sorted into."""

    id: str
    name: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Picture:
    """The picture of the kind `spot`: its address ("/static/name.png") and what it shows, in words."""

    src: str
    alt: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Activity:
    """An activity as authored. `task` is what to do, `after` what is said when it is done; both prose, "" where there is none."""

    kind: str
    task: str = ""
    after: str = ""
    cards: tuple[Card, ...] = ()
    groups: tuple[Group, ...] = ()
    picture: Picture | None = None
    strays: tuple[Stray, ...] = field(default=(), compare=False)

    def card(self, card_id: str) -> Card | None:
        """The card of that id; None for none."""
        return next((card for card in self.cards if card.id == card_id), None)
