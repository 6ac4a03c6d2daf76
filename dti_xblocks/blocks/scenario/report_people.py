"""Who played a scenario: the list of learners, and the paths of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from ...pages.scenario.report_parts import numbered_titles, place_title, plain, result_word
from ...platform.progress import emit
from ...records.scenario import run_report
from ...scenario import motion, play
from ...scenario.model import Scenario
from ...scenario.percent import passes, percent
from ...scenario.screen import gauges
from ...templating.dates import moment_text
from ...templating.listing import Pages, short_number
from .loading import pass_mark
from .report_request import ReportRequest

PEOPLE = 50  # on a page
RUNS = 50  # of one learner on a page, the newest


def everybody(request: ReportRequest) -> dict[str, Any]:
    """One page of the learners who began a run, found by a part of their username."""
    search, mark = request.text("q"), pass_mark(request.block)
    learners, total = run_report.people(request.usage_key, search, request.page, PEOPLE)

    pages = Pages.of(total, PEOPLE, request.page, lambda page: request.link(part="people", page=page))
    if pages.page != request.page:  # behind the last one
        learners, total = run_report.people(request.usage_key, search, pages.page, PEOPLE)
    rows = [
        {
            "username": learner.username,
            "address": request.link(part="person", person=learner.user_id),
            "begun": short_number(learner.begun),
            "ended": short_number(learner.ended),
            "practice": short_number(learner.practice),
            "best": "" if learner.best is None else f"{percent(learner.best, 1, mark)}%",
            "ending": place_title(request.scenario, learner.ending) if learner.ending else "",
            "result": result_word(learner.result) if learner.result else "",
            "last": moment_text(learner.last_active),
        }
        for learner in learners
    ]
    return {"search": search, "people": rows, "found": short_number(total), "none": not total, "pages": pages}


def one(request: ReportRequest) -> dict[str, Any]:
    """Every run of one learner. That staff looked at it is a tracking event."""
    username, found = run_report.paths(request.usage_key, request.person, RUNS + 1)
    if found:
        emit(request.block, "dti.scenario.report.viewed", {"learner": username})
    mark = pass_mark(request.block)
    return {
        "title": username or _("People"),
        "learner": username,
        "runs": [_run(request.scenario, run, mark) for run in found[:RUNS]],
        "more": len(found) > RUNS,
        "most": RUNS,
        "with_points": request.scenario.score_by != "endings",
        "with_levels": bool(request.scenario.levels),
    }


def _run(scenario: Scenario, run: run_report.Run, pass_mark: int) -> dict[str, Any]:
    state = _lived(scenario, run)
    titles = numbered_titles(scenario)
    decisions = _decisions(scenario, titles, run, state.steps if state else ())
    return {
        "number": short_number(run.attempt),
        "started": moment_text(run.started_at),
        **_end(scenario, run, pass_mark),
        **_practice(state, run, pass_mark),
        "stands_at": titles[state.scene.id] if state and state.scene and run.ending is None else "",
        "duration": run.duration,
        "pace": run.pace if scenario.timed else play.AS_WRITTEN,
        "earlier": run.version != scenario.version,
        "version": run.version[:12],
        "decisions": decisions,
        "meters": gauges(scenario, state.standing, motion.begin(scenario), over=True) if state else (),
        "detailed": state is not None,
        "moved": any(decision["changes"] for decision in decisions),
        "late": any(decision["late"] for decision in decisions),
    }


def _lived(scenario: Scenario, run: run_report.Run) -> play.State | None:
    """The run lived through once more; None where it was played on another version, or no longer fits."""
    if run.version != scenario.version:
        return None
    state = play.replay(scenario, run.decisions, run.pace)
    return None if state.lost else state


def _end(scenario: Scenario, run: run_report.Run, pass_mark: int) -> dict[str, Any]:
    """How the run ended; blanks for one that has not."""
    if run.ending is None or run.result is None or run.earned is None or run.possible is None:
        blanks = dict.fromkeys(("finished", "ending", "result", "earned", "possible"), "")
        return {"ended": False, **blanks, "percent": None, "passed": False}
    return {
        "ended": True,
        "finished": moment_text(run.finished_at) if run.finished_at else "",
        "ending": place_title(scenario, run.ending),
        "result": result_word(run.result),
        "percent": percent(run.earned, run.possible, pass_mark),
        "earned": f"{run.earned:g}",
        "possible": f"{run.possible:g}",
        "passed": passes(run.earned, run.possible, pass_mark),
    }


def _practice(state: play.State | None, run: run_report.Run, pass_mark: int) -> dict[str, Any]:
    """Whether and how a run is practice. Where it came to an ending is lived through once more: it has no record of its own."""
    score, ending = "", ""
    if run.practice and state and state.ending:
        score, ending = f"{percent(state.earned, state.possible, pass_mark)}%", state.ending.title
    return {
        "practice": run.practice,
        "practice_score": score,
        "practice_ending": ending,
        "replays": short_number(run.replays) if run.replays else "",
        "first": short_number(run.given + 1),
    }


def _decisions(
    scenario: Scenario, titles: dict[str, str], run: run_report.Run, steps: Sequence[play.Step]
) -> list[dict[str, Any]]:
    """The run's decisions; `steps` has them as they were lived through, or is empty."""
    decided = [(entry, seconds) for entry, seconds in zip_longest(run.decisions, run.seconds[: len(run.decisions)]) if entry[1]]
    return [
        _decision(scenario, titles, entry, seconds, step)
        for (entry, seconds), step in zip_longest(decided, steps[: len(decided)])
    ]


def _decision(
    scenario: Scenario, titles: dict[str, str], entry: list[str], seconds: int | None, step: play.Step | None
) -> dict[str, Any]:
    scene_id, choice_id = entry[:2]
    scene = scenario.scene(scene_id)
    choice = scene.choice(choice_id) if scene else None
    level = scenario.level(choice.level or scene.level) if scene and choice else None
    return {
        "scene": titles.get(scene_id, scene_id),
        "scene_gone": scene is None,
        "choice": plain(choice.text) if choice else choice_id,
        "choice_gone": choice is None,
        "late": play.TIME_UP in entry[3:],
        "level": level.title if level else "",
        "seconds": seconds,
        "points": motion.gain(scenario, step.before, step.choice) if step else "",
        "changes": [gauge for gauge in gauges(scenario, step.after, step.before, over=True) if gauge.change] if step else [],
    }
