"""The screen of a run and its after-action review: values in, HTML out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from ...scenario import debrief, play, results
from ...scenario.model import Scenario
from ...scenario.percent import passes, percent
from ...scenario.screen import PLACE, Lookup, present
from ...templating import render


@dataclass(frozen=True)
class Played:
    """What a learner has played: `state` is that of the present run, None before the first.

    `started` is the ISO 8601 time at which the run began, `pace` what its clocks are multiplied by. `recorded` is its result as
    it was when it was finished, None until then; `finished` are the results of all runs, oldest first. A run that is `practice`
    has no result; the first `given` decisions were taken over from the run that it replays.
    """

    scenario: Scenario
    state: play.State | None
    started: str
    pace: int
    recorded: results.Result | None
    finished: tuple[results.Result, ...]
    practice: bool = False
    given: int = 0

    @property
    def changed(self) -> bool:
        """True for a finished run on an earlier version of the scenario."""
        return self.recorded is not None and self.recorded.version != self.scenario.version


@dataclass(frozen=True)
class Terms:
    """On what terms it is played. `pass_mark` is in per cent, `tries_left` None for any number, `clock_rule` and `counted` as in
    the block's settings. `answers`: the strongest ones may be told; `asked`: because the learner wanted it, and the next run from
    the start is practice. `replay_counts`: a replay from the turn would count."""

    pass_mark: int
    tries_left: int | None
    may_try_again: bool
    clock_rule: str
    counted: str
    answers: bool = False
    asked: bool = False
    replay_counts: bool = False


def learner_html(
    played: Played, terms: Terms, lookup: Lookup, now: datetime, frame: dict[str, Any], beat: str = PLACE
) -> SafeString:
    """The screen on which the learner is at `now`. `frame` has addresses, and what the platform and the request add; `beat` is
    `CONSEQUENCE`, `ROLE`, `END` or `PLACE`, and a result on a changed scenario is shown whichever it is."""
    scenario, state, recorded = played.scenario, played.state, played.recorded
    gone = recorded is not None and (state is None or state.ending is None or bool(state.lost))
    review = None
    if state is not None and state.ending is not None and not gone and beat == PLACE:
        review = looked_back(played, state, terms, lookup)
    result = kept(recorded, terms.pass_mark) if recorded else None
    context = {
        **frame,
        "screen": present(scenario, state, lookup, now, beat),
        "debrief": review,
        "kept": result if gone else None,
        "recorded": result,
        "changed": played.changed,
        "step": len(state.entries) if state else 0,
        "tries_left": terms.tries_left,
        "may_try_again": terms.may_try_again,
        "offer_pace": scenario.timed and terms.clock_rule not in ("on", "extended", "off"),
        "pace": played.pace,
        "timed": scenario.timed and not (played.pace == play.NO_CLOCK if state else terms.clock_rule == "off"),
        "counted": terms.counted,
        "counting": counting_percent(played, terms),
        "practice": played.practice,
        "asked": terms.asked,
        "replay_counts": terms.replay_counts,
    }
    return render("dti/scenario/screen.html", context)


def review_html(
    played: Played, state: play.State, terms: Terms, lookup: Lookup, now: datetime, frame: dict[str, Any]
) -> SafeString:
    """The review of a run that came to an ending at `state`, as a document to print."""
    scenario, recorded = played.scenario, played.recorded
    context = {
        **frame,
        "screen": present(scenario, state, lookup, now),
        "debrief": looked_back(played, state, terms, lookup),
        "practice": played.practice,
        "recorded": kept(recorded, terms.pass_mark) if recorded else None,
        "changed": played.changed,
        "pace": played.pace,
        "finished": state.last.at if state.last else recorded.at if recorded else "",
        "version": scenario.version[:12],
    }
    return render("dti/pdf/scenario.html", context)


def looked_back(played: Played, state: play.State, terms: Terms, lookup: Lookup) -> debrief.Debrief:
    """The review of the run, with the strongest answers where they are open."""
    return debrief.look_back(
        played.scenario, state, terms.pass_mark, lookup, played.started, answers=terms.answers, given=played.given
    )


def kept(result: results.Result, pass_mark: int) -> dict[str, Any]:
    """A result as it was when the run was finished."""
    return {
        "title": result.title,
        "result": result.result,
        "earned": result.earned,
        "possible": result.possible,
        "percent": percent(result.earned, result.possible, pass_mark),
        "passed": passes(result.earned, result.possible, pass_mark),
        "at": result.at,
    }


def counting_percent(played: Played, terms: Terms) -> int | float | None:
    """The percent that counts now, where a learner could wonder which: after several runs, or when staff gave a score."""
    result = results.counting(list(played.finished), terms.counted)
    if result is None or len(played.finished) + played.practice < 2:
        return None
    return percent(result.earned, result.possible, terms.pass_mark)
