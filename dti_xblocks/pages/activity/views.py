"""The screens of activities, and the report for staff. What a learner may know is listed here by addition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from ...activity.deal import Deal
from ...activity.kinds import CARDS, LONGEST_WORDS
from ...activity.model import FLIP, MATCH, ORDER, PLAN, SAY, SORT, SPOT, Activity
from ...activity.play import Standing, may_reveal
from ...drawing.numbers import bars
from ...templating import render
from ..own_words import plan_text
from . import boards
from .words import result

# Every name that a template asks for is there: the engine logs what it misses, with all that it has.
NO_WORDS = {"text": "", "if": "", "then": ""}
BAR = 160  # how long the longest bar is, in CSS pixels
TEMPLATES = {SORT: "placing", MATCH: "placing", ORDER: "order", FLIP: "flip", SPOT: "spot"}
PARTS = {SORT: boards.sort, MATCH: boards.match, ORDER: boards.order, FLIP: boards.flip, SPOT: boards.spot}


@dataclass(frozen=True)
class Nothing:
    """What is written where nothing is: the shape that `of_own_words` reads."""

    words: dict[str, str] = field(default_factory=dict)
    version: int = 0
    earlier: dict[str, str] | None = None


def with_cards(activity: Activity, deal: Deal, standing: Standing, context: dict[str, Any]) -> SafeString:
    """The screen of an activity that is done with cards. `context` is what every screen needs, and the addresses of its forms."""
    kind = CARDS[activity.kind]
    marks = kind.marks(activity, standing.answer)
    done = kind.done(activity, standing.answer)
    asked = sum(card.sign for card in activity.cards) if activity.kind == SPOT else len(activity.cards)
    begun = bool(standing.answer)
    values = {
        "activity": activity,
        "kind": activity.kind,
        "tries": standing.tries,
        "begun": begun,
        "done": done,
        "result": result(activity.kind, sum(marks.values()), asked, done, done and standing.revealed) if begun else "",
        "may_reveal": may_reveal(activity, standing),
        **PARTS[activity.kind](activity, deal, standing.answer, marks),
    }
    return render(f"dti/activity/{TEMPLATES[activity.kind]}.html", {**context, **values})


def of_own_words(
    activity: Activity, standing: Standing, written: Any, said: dict[str, str] | None, context: dict[str, Any]
) -> SafeString:
    """The screen of an activity of one's own words. `written` has the words on record, their version, and the earlier plan;
    `said` are words that are shown and not kept. Model lines (say) are shown once something was said."""
    words = said or written.words
    begun = bool(standing.answer) or bool(written.words)
    values = {
        "activity": activity,
        "tries": standing.tries,
        "written": {**NO_WORDS, **words},
        "saved": bool(written.words) and not said,
        "seen": written.version,
        "begun": begun,
        "plan": plan_text(words) if activity.kind == PLAN and words else "",
        "earlier": plan_text(written.earlier) if written.earlier else "",
        "earlier_words": {**NO_WORDS, **(written.earlier or {})},
        "models": activity.cards if activity.kind == SAY and begun else (),
        "examples": activity.cards if activity.kind == PLAN else (),
        "longest": LONGEST_WORDS,
    }
    return render(f"dti/activity/{activity.kind}.html", {**context, **values})


def report(
    kind: str, begun: int, done: int, tries: int, cards: Sequence[tuple[str, int, int, bool]], csv_url: str, uid: str
) -> SafeString:
    """What staff see below: how many people, and the share of each card (text, right, answered, whether it is a sign)."""
    shares = [round(100 * right / answered) if answered else 0 for _text, right, answered, _sign in cards]
    values = {
        "kind": kind,
        "begun": begun,
        "done": done,
        "tries": tries,
        "with_cards": kind in CARDS,
        "judged": kind in CARDS and kind not in (FLIP, SPOT),
        "cards": [
            {"text": text, "right": right, "answered": answered, "sign": sign, "share": share, "bar": length}
            for (text, right, answered, sign), share, length in zip(cards, shares, bars(shares, BAR), strict=True)
        ],
        "bar": BAR,
        "csv_url": csv_url,
        "uid": uid,
    }
    return render("dti/activity/report.html", values)
