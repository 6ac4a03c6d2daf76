"""What somebody has done with a film, and what each act makes of it. Stored is what was watched and answered; the rest follows.

The learner's own time in a tape is the time of the film, which only the page knows. It is believed as far as it is possible: not
further than the film can have run since the tape began, and not before a place that was reported before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from . import watched
from .model import NEVER, Moment, Question, Tape, Video, Window

FILM, STILLS = HOWS = ("film", "stills")
RIGHT, WRONG = "right", "wrong"
LATENCY = 2.0  # seconds by which the page may tell an earlier time than it has told before
READING = 8.0  # words a second that nobody reads faster
A_LOOK = 1.0  # seconds for which a still is seen at least


class ImplausibleError(ValueError):
    """What was said cannot have been."""


class UnacceptableError(ValueError):
    """An answer that cannot be taken. `reason` is `choose`, `choose-one`, `unknown` or `way`."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Answer:
    """One answer. `picked` are ids of choices, or of the way; `result` is right, wrong or the kind of a window. `at` is the time
    of the film at which the learner stepped in, None for questions and where nobody did. `attempt` counts from 1."""

    moment: str
    attempt: int
    picked: tuple[str, ...]
    result: str
    points: float
    possible: float
    how: str
    made_at: datetime
    at: float | None = None


@dataclass(frozen=True)
class Viewing:
    """Where somebody is. `still` is the furthest still that was shown, and `still_at` since when the present one is; `tape` the
    tape that runs, `tape_at` since when, and `reached` how far the film has come in it. `seen_at` is the last report's time."""

    spans: tuple[watched.Span, ...] = ()
    position: float = 0.0
    credit: float = 0.0
    seen_at: datetime | None = None
    tape: str = ""
    tape_at: datetime | None = None
    reached: float = 0.0
    still: int = 0
    still_at: datetime | None = None
    answers: tuple[Answer, ...] = ()

    def first(self, moment: str) -> Answer | None:
        """The first answer to that moment, which counts."""
        return next((one for one in self.answers if one.moment == moment), None)

    def last(self, moment: str) -> Answer | None:
        """The latest answer, which is shown."""
        return next((one for one in reversed(self.answers) if one.moment == moment), None)


def score(viewing: Viewing, video: Video) -> tuple[float, float]:
    """(points, possible points): first answers to the moments that there are. What is not answered earns nothing."""
    firsts = ((viewing.first(moment.id), moment) for moment in video.moments)
    return sum(min(first.points, moment.possible) for first, moment in firsts if first), video.possible


def open_moments(viewing: Viewing, video: Video) -> tuple[Moment, ...]:
    """The moments that wait for an answer, in order."""
    return tuple(moment for moment in video.moments if viewing.first(moment.id) is None)


def is_complete(viewing: Viewing, video: Video, percent: int) -> bool:
    """Whether so many percent are watched and all moments answered."""
    enough = watched.share(viewing.spans, video.film.seconds) * 100 + 1e-9 >= percent
    return enough and not open_moments(viewing, video)


def began(viewing: Viewing, now: datetime) -> Viewing:
    """The film plays, or is about to: from now on time passes. Time before that is not counted."""
    return replace(viewing, seen_at=now, credit=watched.GRACE if viewing.seen_at is None else viewing.credit)


def reported(viewing: Viewing, video: Video, spans: Iterable[watched.Span], position: float, now: datetime) -> Viewing:
    """With `spans` watched, and the player at `position`. Raises `ImplausibleError`."""
    spans = list(spans)
    since = None if viewing.seen_at is None else (now - viewing.seen_at).total_seconds()
    credit = watched.credit_after(spans, viewing.credit, since)
    if credit is None:
        raise ImplausibleError
    place = min(max(0.0, round(position, 1)), video.film.seconds)
    reached = max([viewing.reached, place, *(end for _start, end in spans)]) if viewing.tape else viewing.reached
    return replace(
        viewing, spans=watched.merged([*viewing.spans, *spans]), position=place, credit=credit, seen_at=now, reached=reached
    )


def rolling(viewing: Viewing, tape: Tape, now: datetime) -> Viewing:
    """The film has come to `tape`, and runs. A second time changes nothing, nor does one that is decided."""
    if viewing.tape == tape.id or viewing.first(tape.id) is not None:
        return viewing
    return replace(viewing, tape=tape.id, tape_at=now, reached=tape.at)


def rewound(viewing: Viewing, tape: Tape, now: datetime) -> Viewing:
    """`tape` runs again, after it was decided, for practice."""
    return replace(viewing, tape=tape.id, tape_at=now, reached=tape.at)


def answered(viewing: Viewing, question: Question, picked: Iterable[str], how: str, now: datetime) -> Viewing:
    """With an answer to `question`. Raises `UnacceptableError`."""
    chosen, known = set(picked), {choice.id for choice in question.choices}
    if not chosen:
        raise UnacceptableError("choose")
    if not chosen <= known:
        raise UnacceptableError("unknown")
    if not question.multiple and len(chosen) > 1:
        raise UnacceptableError("choose-one")
    right = chosen == {choice.id for choice in question.choices if choice.correct}
    given = tuple(choice.id for choice in question.choices if choice.id in chosen)
    made = (given, RIGHT if right else WRONG, question.points if right else 0.0, question.possible)
    return _with(viewing, question.id, made, how, now)


def stepped_in(viewing: Viewing, tape: Tape, way: str, at: float, now: datetime) -> Viewing:
    """The tape was stopped when the film was at `at`. Raises `ImplausibleError` or `UnacceptableError`."""
    if viewing.tape != tape.id or viewing.tape_at is None:
        raise ImplausibleError
    passed = max(0.0, (now - viewing.tape_at).total_seconds())
    if at - tape.at > watched.FASTEST * passed + watched.GRACE:
        raise ImplausibleError
    place = at if at >= viewing.reached - LATENCY else viewing.reached
    return decided(viewing, tape, way, place, FILM, now)


def stepped_in_at_still(viewing: Viewing, tape: Tape, way: str, at: float, now: datetime) -> Viewing:
    """The tape was stopped at the still of `at`, or where the film was seen to before, if that is later.

    Raises `UnacceptableError`.
    """
    return decided(viewing, tape, way, max(at, viewing.reached) if viewing.tape == tape.id else at, STILLS, now)


def decided(viewing: Viewing, tape: Tape, way: str, at: float, how: str, now: datetime) -> Viewing:
    """With the decision to step in at `at`, by `way`. Raises `UnacceptableError`."""
    chosen = next((one for one in tape.ways if one.id == way), None)
    if chosen is None:
        raise UnacceptableError("way")
    place = round(min(max(at, tape.at), tape.to), 1)
    window = tape.window_at(place)
    points = window.points + (chosen.points if window.points else 0.0)
    return _left(_with(viewing, tape.id, ((way,), window.kind, points, tape.possible), how, now, place))


def let_go(viewing: Viewing, tape: Tape, how: str, now: datetime) -> Viewing:
    """The tape came to its end, and nobody stepped in."""
    return _left(_with(viewing, tape.id, ((), NEVER, 0.0, tape.possible), how, now))


def window_of(tape: Tape, answer: Answer) -> Window:
    """What the answer to `tape` fell into. Where the author has changed the tape since, what it would fall into now."""
    kinds = {window.kind: window for window in (*tape.windows, tape.never)}
    return kinds.get(answer.result) or (tape.never if answer.at is None else tape.window_at(answer.at))


# -- still by still ------------------------------------------------------------------------------------------------------


def due_at(viewing: Viewing, video: Video, index: int) -> tuple[Moment, ...]:
    """What waits for an answer before the film goes on behind still `index`: questions up to there, a tape that has run out."""
    end = video.still_end(index) if index + 1 < len(video.stills) else video.film.seconds + 1
    return tuple(
        moment for moment in open_moments(viewing, video) if (moment.to <= end if isinstance(moment, Tape) else moment.at < end)
    )


def turned(viewing: Viewing, video: Video, still: int, to: int, now: datetime) -> Viewing:
    """Still `to` is shown after `still`, which is read. Raises `ImplausibleError` for a new one that comes too early, or out of
    turn, and `UnacceptableError` before a question is answered.

    A tape that has run out on the way is one in which nobody stepped in. `to` may be the number of stills: the end.
    """
    if not (0 <= to <= len(video.stills) and 0 <= still <= viewing.still):
        raise ImplausibleError
    enough = _was_read(viewing, video, still, now)
    if to > viewing.still:
        if to != viewing.still + 1 or still != viewing.still or not enough:
            raise ImplausibleError
        waiting = due_at(viewing, video, still)
        if any(isinstance(moment, Question) for moment in waiting):
            raise UnacceptableError("choose")
        for tape in waiting:
            if isinstance(tape, Tape):
                viewing = let_go(viewing, tape, STILLS, now)
    read = [(video.stills[still].at, video.still_end(still))] if enough and still < len(video.stills) else []
    position = video.stills[to].at if to < len(video.stills) else video.film.seconds
    spans = watched.merged([*viewing.spans, *read])
    return replace(viewing, spans=spans, still=max(viewing.still, to), still_at=now, position=position)


def opened(viewing: Viewing, video: Video, at: float, now: datetime) -> tuple[Viewing, int]:
    """Who changes from the film to the stills comes to the one at `at` seconds, or to the first moment that is open before."""
    waiting = open_moments(viewing, video)
    limit = min([at, *(moment.at for moment in waiting[:1])])
    index = max((number for number, still in enumerate(video.stills) if still.at <= limit), default=0)
    return replace(viewing, still=max(viewing.still, index), still_at=now), index


def _was_read(viewing: Viewing, video: Video, still: int, now: datetime) -> bool:
    """Whether the still can have been looked at and read since it was shown. One that is watched already needs no time."""
    if still >= len(video.stills):
        return True
    if watched.length(watched.merged([*viewing.spans, (video.stills[still].at, video.still_end(still))])) == watched.length(
        viewing.spans
    ):
        return True
    wanted = A_LOOK + video.stills[still].words / READING
    return viewing.still_at is not None and (now - viewing.still_at).total_seconds() >= wanted


def _with(
    viewing: Viewing,
    moment: str,
    made: tuple[tuple[str, ...], str, float, float],
    how: str,
    now: datetime,
    at: float | None = None,
) -> Viewing:
    attempt = 1 + sum(1 for one in viewing.answers if one.moment == moment)
    return replace(viewing, answers=(*viewing.answers, Answer(moment, attempt, *made, how, now, at)))


def _left(viewing: Viewing) -> Viewing:
    return replace(viewing, tape="", tape_at=None, reached=0.0)
