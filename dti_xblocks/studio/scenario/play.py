"""Playing from any scene of a scenario that an author is still writing. Nothing is stored: the page sends what was decided."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _
from webob import Request, Response

from ...case_law.library import library
from ...platform import clock
from ...platform.addresses import element_id
from ...platform.learner import may_author
from ...scenario import olx, play, rules
from ...scenario.model import Scenario
from ...scenario.screen import present
from ...templating import render

log = logging.getLogger(__name__)
MOST_DECISIONS = 500
UNSOUND = (TypeError, ValueError, KeyError, IndexError, AttributeError)  # the player relies on a sound scenario


class TrialError(Exception):
    """A trial run that cannot be: a sentence for the author, a status, and what else the answer says."""

    def __init__(self, message: str, status: int = 400, **more: Any):
        super().__init__(message)
        self.status, self.more = status, more


@dataclass(frozen=True)
class Trial:
    """What the page asks for: to go on from `decisions` in unsaved content, begun at the scene with id `start`."""

    content: str
    score_by: str
    start: str
    decisions: list[Any]
    choice: str
    time_up: bool

    @classmethod
    def read(cls, request: Request) -> Trial:
        """The trial in a request's JSON. Raises `TrialError`."""
        try:
            body = json.loads(request.body.decode("utf-8"))
            content, start, decisions = body["content"], body["start"], body["decisions"]
            choice, score_by = body.get("choice") or "", body.get("score_by") or "choices"
            trial = cls(content, score_by, start, decisions, choice, bool(body.get("time_up")))
            texts = (trial.content, trial.start, trial.choice, trial.score_by)
            if not all(isinstance(text, str) for text in texts) or not isinstance(trial.decisions, list):
                raise TypeError("wrong shapes")
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise TrialError(_("The form arrived damaged. Please try again.")) from error
        except SuspiciousOperation as error:  # Django's limit on a request's size
            raise TrialError(_("The content is too large to be played."), 413) from error
        return trial


def play_from(block: Any, request: Request) -> Response:
    """The next screen of a trial run, sent as JSON: {"content": OLX, "score_by": str, "start": scene id, "decisions": [entry, …],
    "choice": id or "", "time_up": bool}.

    Answers 200 {"html": str, "decisions": [entry, …], "place": id, "ended": bool}, where the run cannot go on with "problems"
    as well, or 4xx {"error": sentence}. Clocks do not run; `time_up` takes what the clock would take.
    """
    if request.method != "POST":
        return _json({"error": _("Please use the form on the page.")}, 405)
    if not may_author(block):
        return _json({"error": _("You may not change this course.")}, 403)
    try:
        return _json(_next_screen(block, Trial.read(request)), 200)
    except TrialError as error:
        return _json({"error": str(error), **error.more}, error.status)


def _next_screen(block: Any, trial: Trial) -> dict[str, Any]:
    try:
        scenario = olx.read(trial.content, trial.score_by)
    except olx.ScenarioUnreadableError as error:
        raise TrialError(str(error)) from error
    first = scenario.scene(trial.start)
    if first is None:
        raise TrialError(_("There is no such scene any more."))
    # who starts here has met no conditions, and is let in all the same
    begun = replace(scenario, scenes=(replace(first, needs=()), *(scene for scene in scenario.scenes if scene is not first)))
    at = clock.now()
    try:
        state = _moved_on(begun, trial, at)
        screen = present(begun, state, _lookup, at)
    except UNSOUND as error:
        log.info("A trial of unsaved content of %s broke off", block.scope_ids.usage_id, exc_info=True)
        message = _("This cannot be played yet. Fix the problems first.")
        raise TrialError(message, problems=_problems(scenario)) from error
    here = state.standing.place
    context = {
        "screen": screen,
        "uid": f"{element_id(block)}-trial",
        "nowhere": here if not (state.scene or state.ending) else None,
        "seconds": state.scene.clock if state.scene and state.scene.timeout else 0,
        "stuck": bool(state.scene and not state.choices),
    }
    html = render("dti/studio/scenario_play.html", context)
    answer = {"html": html, "decisions": state.stored(), "place": here, "ended": state.ending is not None}
    broken_off = context["nowhere"] is not None or context["stuck"]
    return {**answer, "problems": _problems(scenario)} if broken_off else answer


def _moved_on(scenario: Scenario, trial: Trial, at: datetime) -> play.State:
    """The state after what the author decided, or what the clock would take."""
    state = play.replay(scenario, trial.decisions[:MOST_DECISIONS], play.NO_CLOCK)
    if trial.time_up and state.scene is not None and state.scene.timeout:
        late = [state.scene.id, state.scene.timeout, at.isoformat(), play.TIME_UP]
        return play.replay(scenario, [*state.stored(), late], play.NO_CLOCK)
    if trial.choice:
        return play.decide(scenario, state, trial.choice, at, play.NO_CLOCK) or state
    return state


def _problems(scenario: Scenario) -> list[dict[str, Any]]:
    return [asdict(problem) for problem in rules.check(scenario, library().slugs) if problem.severity == "error"]


def _lookup(slug: str) -> tuple[str, str] | None:
    found = library().get(slug)
    if found is None:
        return None
    rest = found.citation.removeprefix(found.caption)
    return found.caption, rest if rest != found.citation else f", {found.citation}"


def _json(body: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(body), content_type="application/json", charset="utf-8", status=status)
