"""Playing from any scene of a scenario that an author is still writing. Nothing is stored: the page sends what was decided."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, replace
from datetime import UTC, datetime

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _
from webob import Response

from ...case_law.library import library
from ...platform.addresses import element_id
from ...platform.learner import may_author
from ...scenario import olx, play, rules
from ...scenario.screen import present
from ...templating import render

log = logging.getLogger(__name__)
MOST_DECISIONS = 500


def play_from(block, request) -> Response:
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
        body = json.loads(request.body.decode("utf-8"))
        content, start, decisions = body["content"], body["start"], body["decisions"]
        choice, score_by = body.get("choice") or "", body.get("score_by") or "choices"
        if not all(isinstance(text, str) for text in (content, start, choice, score_by)) or not isinstance(decisions, list):
            raise TypeError("wrong shapes")
    except (ValueError, KeyError, TypeError, RecursionError):
        return _json({"error": _("The form arrived damaged. Please try again.")}, 400)
    except SuspiciousOperation:  # Django's limit on a request's size
        return _json({"error": _("The content is too large to be played.")}, 413)
    try:
        scenario = olx.read(content, score_by)
    except olx.ScenarioUnreadable as error:
        return _json({"error": str(error)}, 400)
    first = scenario.scene(start)
    if first is None:
        return _json({"error": _("There is no such scene any more.")}, 400)
    # who starts here has met no conditions, and is let in all the same
    begun = replace(scenario, scenes=(replace(first, needs=()), *(scene for scene in scenario.scenes if scene is not first)))
    try:
        state = play.replay(begun, decisions[:MOST_DECISIONS], play.NO_CLOCK)
        at = datetime.now(UTC)
        if body.get("time_up") and state.scene is not None and state.scene.timeout:
            late = [state.scene.id, state.scene.timeout, at.isoformat(), play.TIME_UP]
            state = play.replay(begun, [*state.stored(), late], play.NO_CLOCK)
        elif choice:
            state = play.decide(begun, state, choice, at, play.NO_CLOCK) or state
        screen = present(begun, state, _lookup, at)
    except (
        TypeError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
    ):  # the player relies on a sound scenario, which this may not be
        log.info("A trial of unsaved content of %s broke off", block.scope_ids.usage_id, exc_info=True)
        return _json({"error": _("This cannot be played yet. Fix the problems first."), "problems": _problems(scenario)}, 400)
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
    return _json({**answer, "problems": _problems(scenario)} if broken_off else answer, 200)


def _problems(scenario) -> list[dict]:
    return [asdict(problem) for problem in rules.check(scenario, library().slugs) if problem.severity == "error"]


def _lookup(slug: str) -> tuple[str, str] | None:
    found = library().get(slug)
    if found is None:
        return None
    rest = found.citation.removeprefix(found.caption)
    return found.caption, rest if rest != found.citation else f", {found.citation}"


def _json(body: dict, status: int) -> Response:
    return Response(json.dumps(body), content_type="application/json", charset="utf-8", status=status)
