"""The form, the learner's own review, the figures for learners, and the report for staff."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from ...drawing.numbers import bars
from ...review import model
from ...templating import render
from ...templating.dates import day_text
from .words import drawn, star_words

BAR = 240  # how long the longest bar is, in CSS pixels


@dataclass(frozen=True)
class Person:
    """Who writes, with the names that a review can be signed with."""

    username: str
    full_name: str


@dataclass(frozen=True)
class Terms:
    """What somebody may do: a review can be changed until `until` (None: always) unless it `is_closed`; one that is not written
    yet waits until `waits_for` percent of the course are completed (0: it does not wait), of which `done` percent are."""

    until: datetime | None = None
    is_closed: bool = False
    waits_for: int = 0
    done: int = 0


def own_part(
    review: model.ReviewForm, mine: Any | None, context: dict[str, Any], person: Person | None = None, terms: Terms = Terms()
) -> SafeString:
    """The form; with `mine`, the learner's review on record and a way to change it. `context` is what every screen needs, and
    `form_action`."""
    stars = [
        {"value": stars, "words": star_words(stars), "drawn": drawn(stars), "checked": bool(mine and mine.stars == stars)}
        for stars in model.STARS
    ]
    values = {
        "prompt": review.prompt,
        "mine": mine,
        "mine_stars": star_words(mine.stars) if mine else "",
        "mine_changed": day_text(mine.changed_at) if mine else "",
        "mine_replied": day_text(mine.replied_at) if mine and mine.replied_at else "",
        "until": day_text(terms.until) if terms.until else "",
        "terms": terms,
        "stars": stars,
        "longest": model.LONGEST_TEXT,
        "person": person,
        "signed": model.signed_as(mine.shown_as, mine.username) if mine else model.USERNAME,
    }
    return render("dti/review/mine.html" if mine else "dti/review/screen.html", {**context, **values})


def ratings(summary: dict[str, Any], context: dict[str, Any]) -> SafeString:
    """The figures for learners, of `reviews.summary`."""
    return render("dti/review/ratings.html", {**context, **_figures(summary)})


def report(summary: dict[str, Any], latest: Iterable[Any], addresses: dict[str, str], context: dict[str, Any]) -> SafeString:
    """What staff see below: the figures of `reviews.summary`, the latest reviews with a way to reply to and to hide each, and
    words for the course's About page. `addresses` has those of `csv`, `reply` and `hide`."""
    values = {
        **_figures(summary),
        "hidden": summary["hidden"],
        "about": _about(summary) if summary["count"] >= model.LEAST else "",
        "latest": [
            {
                "id": row.id,
                "name": row.shown_as,
                "words": star_words(row.stars),
                "when": day_text(row.changed_at),
                "text": row.text,
                "reply": row.reply,
                "replied": day_text(row.replied_at) if row.replied_at else "",
                "hidden": row.hidden_reason,
            }
            for row in latest
        ],
        "addresses": addresses,
        "longest_reply": model.LONGEST_REPLY,
        "longest_reason": model.LONGEST_REASON,
    }
    return render("dti/review/report.html", {**context, **values})


def _figures(summary: dict[str, Any]) -> dict[str, Any]:
    average, per_star = summary["average"], summary["per_star"]
    lengths = bars(list(per_star.values()), BAR)
    return {
        "count": summary["count"],
        "average": "" if average is None else formats.number_format(average, 1),
        "per_star": [
            {"words": star_words(stars), "count": count, "bar": length}
            for (stars, count), length in zip(per_star.items(), lengths, strict=True)
        ],
        "bar": BAR,
    }


def _about(summary: dict[str, Any]) -> str:
    """The figures as HTML for the course's About page."""
    average = formats.number_format(summary["average"], 1)
    sentence = ngettext(
        "{average} of 5 stars, by {count} learner.", "{average} of 5 stars, by {count} learners.", summary["count"]
    )
    return f"<p>{escape(sentence.format(average=average, count=summary['count']))}</p>"
