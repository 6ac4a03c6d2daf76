"""What a learner's requests do: the film is watched, a moment is answered, a still is turned.

A request that comes late or twice changes nothing that counts: the first answer to a moment stays the one that counts, and what
follows is practice, recorded beside it.
"""

from __future__ import annotations

import logging
import math

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from webob.multidict import MultiDict

from ...content import whole_number
from ...platform.learner import Learner
from ...platform.progress import emit
from ...video import viewing as views
from ...video import watched
from ...video.model import Question, Tape, Video
from ..base import RefusedError
from . import score
from .host import VideoHost
from .loading import share_wanted
from .screen import progress_html, screen
from .sitting import Turn, turn

log = logging.getLogger(__name__)
MOST_ANSWERS = 500  # of one learner in one film: whoever practices for ever must not fill the database


def watch(block: VideoHost, learner: Learner, form: MultiDict) -> SafeString:
    """The player reports: it begins to play (no spans), has played some, or has come to a tape. The answer is the progress."""
    with turn(block, learner, _finishes) as one:
        position = _seconds(form.get("position", "0"))
        try:
            spans = watched.read_spans(form.get("spans") or "[]", one.video.film.seconds)
            if not spans:
                one.after = views.began(one.before, one.now)
            else:
                one.after = views.reported(one.before, one.video, spans, position, one.now)
        except watched.SpansUnreadableError as error:
            raise RefusedError(_("The report of the player arrived damaged. It was not counted.")) from error
        except views.ImplausibleError as error:
            log.info("More was reported than can have been watched in %s", block.where.usage)
            raise RefusedError(
                _("More was reported than can have been watched in that time. It was not counted. Play that part again."), 409
            ) from error
        tape = one.video.moment(form.get("tape", ""))
        if isinstance(tape, Tape):
            again = one.after.first(tape.id) is not None and form.get("again") == "1"
            one.after = views.rewound(one.after, tape, one.now) if again else views.rolling(one.after, tape, one.now)
    if one.viewer is not None and one.before.seen_at is None:
        emit(block, "dti.video.started", {"seconds": one.video.film.seconds})
    _settle(one)
    return progress_html(block, one.video, one.after)


def answer(block: VideoHost, learner: Learner, form: MultiDict) -> SafeString:
    """A question is answered, or a tape is decided: in the film with `at`, the time of the film, or in the stills without."""
    with turn(block, learner, _finishes) as one:
        moment = one.video.moment(form.get("moment", ""))
        if moment is None:
            raise RefusedError(_("This part of the film has changed. Reload the page and go on."), 409)
        if len(one.before.answers) >= MOST_ANSWERS:
            raise RefusedError(_("You have practiced this very often. Ask your course staff if you need more."), 409)
        if not _is_repeated(one, moment, form):
            try:
                one.after = _answered(one, moment, form)
            except views.UnacceptableError as error:
                raise RefusedError(_refusal(error.reason)) from error
            except views.ImplausibleError as error:
                raise RefusedError(
                    _("The film cannot have come that far yet. Go back to before the decision and let it run from there."), 409
                ) from error
    _settle(one)
    return screen(block, learner, one.after, moment.id)


def turn_still(block: VideoHost, learner: Learner, form: MultiDict) -> SafeString:
    """Another still is shown: `to` is its number, from 0."""
    to = whole_number(form.get("to", ""))
    with turn(block, learner, _finishes) as one:
        still = min(max(0, block.still or 0), one.before.still)
        try:
            one.after = views.turned(one.before, one.video, still, -1 if to is None else to, one.now)
        except views.UnacceptableError as error:
            raise RefusedError(_("Answer the question first, then go on.")) from error
        except views.ImplausibleError as error:
            raise RefusedError(_("Look at this part and read it first, then go on."), 409) from error
    block.still = to or 0
    _settle(one)
    return screen(block, learner, one.after)


def change_mode(block: VideoHost, learner: Learner, form: MultiDict) -> SafeString:
    """From the film to the stills, or back. `at` is where the film was, or the moment is that is to be decided."""
    with turn(block, learner, _finishes) as one:
        if form.get("mode") == views.STILLS and one.video.stills:
            one.after, still = views.opened(one.before, one.video, _seconds(form.get("at", "0")), one.now)
            block.by_stills, block.still = True, still
        else:
            block.by_stills = False
    return screen(block, learner, one.after)


def _answered(one: Turn, moment: Question | Tape, form: MultiDict) -> views.Viewing:
    how = views.STILLS if form.get("how") == views.STILLS else views.FILM
    if isinstance(moment, Question):
        return views.answered(one.before, moment, form.getall("choice"), how, one.now)
    if form.get("never") == "1":
        return views.let_go(one.before, moment, how, one.now)
    if how == views.FILM:
        return views.stepped_in(one.before, moment, form.get("way", ""), _seconds(form.get("at", "")), one.now)
    # Who has seen what comes next does not step in before it, by going back; for practice one may.
    shown = min(max(0, one.block.still or 0), one.before.still)
    stills, still = one.video.stills, shown if one.before.first(moment.id) else one.before.still
    if still >= len(stills) or not moment.at <= max(stills[still].at, _begins(one.video, still, moment)) < moment.to:
        raise RefusedError(_("That decision belongs to another still. Reload the page and go on."), 409)
    return views.stepped_in_at_still(one.before, moment, form.get("way", ""), stills[still].at, one.now)


def _begins(video: Video, still: int, tape: Tape) -> float:
    """The time at which `still` is in `tape`: one that stands for its beginning, too, although it began before."""
    return tape.at if video.stills[still].at <= tape.at < video.still_end(still) else video.stills[still].at


def _is_repeated(one: Turn, moment: Question | Tape, form: MultiDict) -> bool:
    """Whether this very answer was given before: a double press, or another tab. `attempt` is what the page has seen."""
    seen = whole_number(form.get("attempt", "")) or 0
    return sum(1 for each in one.before.answers if each.moment == moment.id) > seen


def _finishes(one: Turn) -> bool:
    return views.is_complete(one.after, one.video, share_wanted(one.block))


def _settle(one: Turn) -> None:
    """Tell the platform of what is new: answers, grade, completion."""
    if one.viewer is None:
        return
    block, fresh = one.block, one.after.answers[len(one.before.answers) :]
    for each in fresh:
        data = {"moment": each.moment, "attempt": each.attempt, "result": each.result, "how": each.how, "points": each.points}
        if isinstance(one.video.moment(each.moment), Tape):
            emit(block, "dti.video.stepped_in", {**data, "at": each.at, "way": each.picked[0] if each.picked else ""})
        else:
            emit(block, "dti.video.answered", {**data, "choices": list(each.picked)})
    if any(each.attempt == 1 for each in fresh):
        score.report_grade(block)
    if not one.finished and _finishes(one):
        earned, possible = views.score(one.after, one.video)
        share = watched.percent(watched.share(one.after.spans, one.video.film.seconds))
        emit(block, "dti.video.finished", {"watched": share, "earned": earned, "possible": possible})
    if _finishes(one):
        score.report_completion(block)


def _refusal(reason: str) -> str:
    sentences = {
        "choose": _("Choose an answer first."),
        "choose-one": _("Choose one answer only."),
        "way": _("Choose how you step in."),
    }
    return str(sentences.get(reason) or _("That is not one of the choices here. Reload the page and choose again."))


def _seconds(text: str) -> float:
    """A time that the page sends. Raises `RefusedError` for what is none."""
    try:
        value = float(text) if len(text) < 30 else math.nan
    except ValueError:
        value = math.nan
    if not 0 <= value < 1e6:
        raise RefusedError(_("The time of the film arrived damaged. Please try again."))
    return round(value, 1)
