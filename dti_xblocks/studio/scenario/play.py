"""Playing from any scene of a scenario that an author is still writing. Nothing is stored: the page sends what was decided."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from webob import Request

from ...case_law.library import library
from ...platform import clock
from ...platform.addresses import element_id, with_real_addresses
from ...platform.pictures import SecondSizes
from ...scenario import olx, play, rules
from ...scenario.model import Need, Scenario, Scene
from ...scenario.screen import present
from ...templating import render
from ..kit.requests import StudioRefusedError, json_body, studio_request
from ..kit.said import said

log = logging.getLogger(__name__)
MOST_DECISIONS = 500
UNSOUND = (TypeError, ValueError, KeyError, IndexError, AttributeError)  # the player relies on a sound scenario


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
        """The trial in a request's JSON: {"content": OLX, "score_by": str, "start": scene id, "decisions": [entry, …],
        "choice": id or "", "time_up": bool}."""
        body = json_body(request)
        content, start, decisions = body["content"], body["start"], body["decisions"]
        choice, score_by = body.get("choice") or "", body.get("score_by") or "choices"
        texts = (content, start, choice, score_by)
        if not all(isinstance(text, str) for text in texts) or not isinstance(decisions, list):
            raise TypeError("wrong shapes")
        return cls(content, score_by, start, decisions, choice, bool(body.get("time_up")))


@studio_request(Trial.read, too_large=gettext_lazy("The content is too large to be played."))
def studio_play(block: Any, trial: Trial) -> dict[str, Any]:
    """The next screen of a trial run. Clocks do not run; `time_up` takes what the clock would take.

    {"html": str, "decisions": [entry, …], "place": id, "ended": bool}; where the run cannot go on, with "problems" as well.
    """
    try:
        scenario = olx.read(trial.content, trial.score_by)
    except olx.ScenarioUnreadableError as error:
        raise StudioRefusedError(str(error)) from error
    begun = _begun(scenario, trial.start)
    at = clock.now()
    try:
        state = _moved_on(begun, trial, at)
        screen = present(begun, state, _lookup, at)
    except UNSOUND as error:
        log.info("A trial of unsaved content of %s broke off", block.scope_ids.usage_id, exc_info=True)
        message = _("This cannot be played yet. Fix the problems first.")
        raise StudioRefusedError(message, problems=_problems(scenario)) from error
    here = state.standing.place
    context = {
        "screen": screen,
        "uid": f"{element_id(block)}-trial",
        "second_sizes": SecondSizes(block),
        "nowhere": here if not (state.scene or state.ending) else None,
        "seconds": state.scene.clock if state.scene and state.scene.timeout else 0,
        "stuck": bool(state.scene and not state.choices),
    }
    html = with_real_addresses(block, render("dti/studio/scenario_play.html", context))
    answer = {"html": html, "decisions": state.stored(), "place": here, "ended": state.ending is not None}
    broken_off = context["nowhere"] is not None or context["stuck"]
    return {**answer, "problems": _problems(scenario)} if broken_off else answer


def _begun(scenario: Scenario, start: str) -> Scenario:
    """`scenario` with the scene or ending `start` first. Who starts there has met no conditions, and is let in all the same."""
    first = scenario.place(start)
    if isinstance(first, Scene):
        return replace(scenario, scenes=(replace(first, needs=()), *(scene for scene in scenario.scenes if scene is not first)))
    if first is None:
        raise StudioRefusedError(_("There is no such scene any more."))
    # an ending is come to from a scene: from one that lets nobody in and sends everybody on
    entrance = Scene("", "", "", "", "", (), (), needs=(Need("choice", ""),), otherwise=first.id)
    endings = tuple(replace(ending, needs=()) if ending is first else ending for ending in scenario.endings)
    return replace(scenario, scenes=(entrance, *scenario.scenes), endings=endings)


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
    return [said(problem) for problem in rules.check(scenario, library().slugs) if problem.severity == "error"]


def _lookup(slug: str) -> tuple[str, str] | None:
    found = library().get(slug)
    if found is None:
        return None
    rest = found.citation.removeprefix(found.caption)
    return found.caption, rest if rest != found.citation else f", {found.citation}"
