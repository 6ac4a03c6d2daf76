"""The form, the learner's own review, and the report for staff."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import formats
from django.utils.safestring import SafeString

from ...drawing.numbers import bars
from ...review import model
from ...templating import render
from ...templating.dates import day_text
from .words import drawn, star_words

BAR = 240  # how long the longest bar is, in CSS pixels


def own_part(review: model.ReviewForm, mine: Any | None, context: dict[str, Any]) -> SafeString:
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
        "stars": stars,
        "longest": model.LONGEST_TEXT,
    }
    return render("dti/review/mine.html" if mine else "dti/review/screen.html", {**context, **values})


def report(summary: dict[str, Any], latest: Iterable[Any], csv_url: str, uid: str) -> SafeString:
    """What staff see below: the figures of `reviews.summary`, and the latest reviews."""
    average, per_star = summary["average"], summary["per_star"]
    lengths = bars(list(per_star.values()), BAR)
    values = {
        "count": summary["count"],
        "average": "" if average is None else formats.number_format(average, 1),
        "per_star": [
            {"words": star_words(stars), "count": count, "bar": length}
            for (stars, count), length in zip(per_star.items(), lengths, strict=True)
        ],
        "bar": BAR,
        "latest": [
            {"username": row.username, "words": star_words(row.stars), "when": day_text(row.changed_at), "text": row.text}
            for row in latest
        ],
        "csv_url": csv_url,
        "uid": uid,
    }
    return render("dti/review/report.html", values)
