"""What course staff learn: who was still watching, when people stepped in, and all answers as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from ...pages.video import report as pages
from ...pages.video.words import result_heading, unavailable
from ...platform.addresses import element_id, form_action
from ...platform.learner import Learner, in_studio, is_impersonated
from ...records.access import RecordsUnavailableError
from ...records.tables import csv_stream
from ...records.video import watches
from ...video import watched
from ..base import RefusedError
from .host import VideoHost
from .loading import video_of


def sees_report(block: VideoHost, learner: Learner | None) -> bool:
    """True for staff of the course, as themselves and in the course."""
    return bool(learner and learner.is_staff and not in_studio(block) and not is_impersonated(learner))


def report(block: VideoHost, learner: Learner, query: dict[str, str]) -> str:
    """The report as HTML, for staff."""
    _only_staff(block, learner)
    video = video_of(block)
    if video is None:
        raise RefusedError(_("This film is being edited. Its report is there again when it can be used."), 409)
    figures = pages.Figures()
    try:
        for row in watches.every(block.where.usage):
            figures.watch(row.spans, row.finished_at is not None, video.film.seconds)
        for row in watches.first_answers(block.where.usage):
            figures.answer(row)
    except RecordsUnavailableError as error:
        raise RefusedError(unavailable(for_staff=True), 503) from error
    html: str = pages.report(video, figures, form_action(block, "answers_csv"), element_id(block))
    return html


def answers_csv(block: VideoHost, learner: Learner, query: dict[str, str]) -> tuple[Iterator[bytes], str, str]:
    """All answers in this block, for staff; of those who answered nothing what they have watched is in the report."""
    _only_staff(block, learner)
    found = watches.all_answers(block.where.usage)
    try:
        first = next(found, None)  # so that a missing table is found out before the answer begins
    except RecordsUnavailableError as error:
        raise RefusedError(unavailable(for_staff=True), 503) from error
    rows = chain([first] if first is not None else [], found)
    return csv_stream(pages.csv_header(), (_cells(row) for row in rows)), "text/csv", "film-answers.csv"


def report_rows(
    block: VideoHost, user_state_iterator: Iterable[Any], limit: int | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """For the platform's problem-response report: (username, readable columns), one for each answer of a learner."""
    video = video_of(block)
    seconds = video.film.seconds if video else 0.0
    names = {state.username for state in user_state_iterator}
    spans: dict[str, int] = {
        row.username: watched.percent(watched.share(row.spans, seconds))
        for row in watches.every(block.where.usage)
        if row.username in names
    }
    yield from islice(
        (
            (row.watch.username, {**_columns(row), _("Watched (%)"): spans.get(row.watch.username, 0)})
            for row in watches.all_answers(block.where.usage)
            if row.watch.username in names
        ),
        limit,
    )


def _columns(row: Any) -> dict[str, Any]:
    return dict(zip(pages.csv_header()[1:], _cells(row)[1:], strict=True))


def _cells(row: Any) -> list[Any]:
    how = _("still by still") if row.how == "stills" else _("film")
    result, picked = result_heading(row.result), ", ".join(map(str, row.picked))
    at = "" if row.at is None else row.at
    when = _iso(row.made_at)
    return [row.watch.username, row.moment, row.attempt, result, picked, at, row.points, row.possible, how, when]


def _only_staff(block: VideoHost, learner: Learner) -> None:
    if not sees_report(block, learner):
        raise RefusedError(_("Only course staff can see this."), 403)


def _iso(when: datetime) -> str:
    return when.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
