"""The film, its stills, its moments and its transcript.

Of a moment without an answer only what is asked is told: no window, no points, which choice is correct, nor what follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from ...templating import render
from ...video import viewing as views
from ...video import watched
from ...video.model import Moment, Question, Tape, Video, clock_text
from ...video.viewing import Answer, Viewing
from .words import result_words, tone

SPEEDS = ("0.5", "0.75", "1", "1.25", "1.5", "2")  # the last is `watched.FASTEST`
CUES = 2000  # of a language that a page has


@dataclass(frozen=True)
class Seen:
    """A film and where the learner is in it; `percent` is what must be watched."""

    video: Video
    viewing: Viewing
    percent: int
    counts: bool  # whether points count in the grade


def film(seen: Seen, src: str, spoken: Iterable[Any], fresh: str, context: Mapping[str, Any]) -> SafeString:
    """The film with its moments below. `src` is its address, `spoken` its captions, `fresh` the moment just answered."""
    video, viewing = seen.video, seen.viewing
    values = {
        "film": video.film,
        "src": src,
        "tracks": [_track(one, _told_until(seen)) for one in spoken],
        "moments": [_moment(seen, moment, fresh, views.FILM) for moment in video.moments],
        "has_stills": bool(video.stills),
        "speeds": SPEEDS,
        "resume": viewing.position if viewing.position < video.film.seconds - 1 else 0,
        "open": [moment.id for moment in views.open_moments(viewing, video)],
        **_progress(seen),
    }
    return render("dti/video/film.html", {**context, **values})


def stills(seen: Seen, still: int, fresh: str, context: Mapping[str, Any]) -> SafeString:
    """The film still by still: number `still`, what is to be answered there, and the ways back and on."""
    video = seen.video
    count = len(video.stills)
    values = {
        "still": video.stills[still] if still < count else None,
        "when": clock_text(video.stills[still].at) if still < count else "",
        "fresh": fresh,
        "number": still + 1,
        "count": count,
        "back": still - 1,
        "onward": still + 1,
        "is_last": still == count - 1,
        "moments": [_moment(seen, moment, fresh, views.STILLS) for moment in _at_still(seen, still)],
        **_progress(seen),
    }
    values["waits"] = any(one["kind"] == "question" and not one["outcome"] for one in values["moments"])
    values["runs"] = any(one["kind"] == "tape" and not one["outcome"] for one in values["moments"])
    return render("dti/video/stills.html", {**context, **values})


def progress(seen: Seen, context: Mapping[str, Any]) -> SafeString:
    """How much is watched and answered, and what is missing."""
    return render("dti/video/progress.html", {**context, **_progress(seen)})


def _progress(seen: Seen) -> dict[str, Any]:
    video, viewing = seen.video, seen.viewing
    earned, possible = views.score(viewing, video)
    return {
        "watched": watched.percent(watched.share(viewing.spans, video.film.seconds)),
        "wanted": seen.percent,
        "left": len(views.open_moments(viewing, video)),
        "complete": views.is_complete(viewing, video, seen.percent),
        "earned": earned,
        "possible": possible,
        "counts": seen.counts and possible > 0,
        "answered": sum(1 for moment in video.moments if viewing.first(moment.id)),
    }


def _at_still(seen: Seen, still: int) -> list[Moment]:
    """The moments of a still: questions in its time, and the tape that runs there; behind the last one all."""
    video = seen.video
    if still >= len(video.stills):
        return list(video.moments)
    begins, ends = video.stills[still].at, video.still_end(still)
    return [
        moment
        for moment in video.moments
        if (moment.at < ends and moment.to > begins if isinstance(moment, Tape) else begins <= moment.at < ends)
        or (still == len(video.stills) - 1 and moment.at >= ends)
    ]


def _moment(seen: Seen, moment: Moment, fresh: str, how: str) -> dict[str, Any]:
    answer = seen.viewing.last(moment.id)
    told = {
        "id": moment.id,
        "kind": "tape" if isinstance(moment, Tape) else "question",
        "at": moment.at,
        "to": moment.to,
        "when": clock_text(moment.at),
        "prompt": moment.prompt,
        "attempt": sum(1 for one in seen.viewing.answers if one.moment == moment.id),
        "fresh": moment.id == fresh,
        "how": how,
        "outcome": _outcome(seen, moment, answer) if answer else None,
    }
    if isinstance(moment, Question):
        return {**told, "multiple": moment.multiple, "choices": [{"id": one.id, "text": one.text} for one in moment.choices]}
    return {**told, "ways": [{"id": one.id, "text": one.text} for one in moment.ways]}


def _outcome(seen: Seen, moment: Moment, answer: Answer) -> dict[str, Any]:
    """What is said of an answer. Points are those of the first one, which counts."""
    first = seen.viewing.first(moment.id) or answer
    told: dict[str, Any] = {
        "result": result_words(answer.result),
        "tone": tone(answer.result),
        "points": first.points,
        "possible": first.possible,
        "practice": answer.attempt > 1,
        "first": result_words(first.result),
    }
    if isinstance(moment, Question):
        picked = [choice for choice in moment.choices if choice.id in answer.picked]
        return {
            **told,
            "parts": [{"text": one.text, "feedback": one.feedback} for one in picked],
            "correct": [one.text for one in moment.choices if one.correct] if answer.result != views.RIGHT else [],
        }
    window = views.window_of(moment, answer)
    ways = [way for way in moment.ways if way.id in answer.picked]
    return {
        **told,
        "when": "" if answer.at is None else clock_text(answer.at),
        "parts": [{"text": one.text, "feedback": one.feedback} for one in ways],
        "feedback": window.feedback,
        "followed": window.followed,
        "other": {"begin": window.other[0], "end": window.other[1]} if window.other else None,
    }


def _told_until(seen: Seen) -> float:
    """Up to where the words of the film are in the page: those of other ways not before all tapes are decided."""
    undecided = any(isinstance(moment, Tape) for moment in views.open_moments(seen.viewing, seen.video))
    return seen.video.film.seconds if undecided else float("inf")


def _track(one: Any, until: float) -> dict[str, Any]:
    return {
        "lang": one.captions.lang,
        "src": one.captions.src,
        "name": one.name,
        "first": one.is_first,
        "cues": [
            {"begin": cue.start, "end": cue.end, "when": clock_text(cue.start), "text": cue.text, "speaker": cue.speaker}
            for cue in one.cues[:CUES]
            if cue.start < until
        ],
    }
