"""How a scenario was played, for course staff: numbers of all runs, the map, the people, and tables to take along.

A part of the report is made when it is opened, by links or by the page's script.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...pages.scenario.report_parts import Share, choice_rows, numbered_titles, place_title, result_word
from ...pages.scenario.report_time import over_time
from ...platform import csrf
from ...platform.addresses import asset, element_id, form_action
from ...platform.learner import Learner
from ...records.access import RecordsUnavailableError
from ...records.scenario import run_report, runs
from ...records.scenario.tallies import Tallies
from ...scenario.model import Scenario
from ...templating import render
from ...templating.listing import Pages, short_number
from ..base import RefusedError
from . import report_map, report_people
from .forms import number_in
from .host import ScenarioHost
from .loading import pass_mark, scenario_of
from .players import sees_report
from .report_request import ReportRequest
from .report_tables import PART, csv_part

log = logging.getLogger(__name__)
SCENES = 50  # on a page of decisions


def report(block: ScenarioHost, learner: Learner, query: Mapping[str, str]) -> SafeString:
    """One part of the report as HTML, for staff. Raises `RefusedError` for others, and while the scenario cannot be played."""
    _only_staff(block, learner)
    scenario = scenario_of(block)
    if scenario is None:
        raise RefusedError(_("This scenario is being edited. Its report is there again when it can be played."), 409)
    return report_html(block, scenario, query)


def runs_csv(block: ScenarioHost, learner: Learner, query: Mapping[str, str]) -> tuple[Iterator[bytes], str, str]:
    """Every finished run of this block, for staff, in parts: pieces, type and name of a file."""
    _only_staff(block, learner)
    try:
        body, filename = csv_part(block.where.usage, scenario_of(block), pass_mark(block), number_in(query, "after"))
    except RecordsUnavailableError as error:
        raise RefusedError(_("The record of runs cannot be read. Tell the operators of the site."), 503) from error
    return body, "text/csv", filename


def _only_staff(block: ScenarioHost, learner: Learner) -> None:
    if not sees_report(block, learner):
        raise RefusedError(_("Only course staff can see this."), 403)


def report_html(block: ScenarioHost, scenario: Scenario, query: Mapping[str, str]) -> SafeString:
    """One part of the report as HTML.

    `query` may have: part ("overview", "decisions", "map", "people", "person"), which ("first", "best" or "all" runs), q (part
    of a username), page, person (a user id), and `inside` where it is put into the block's page, so that headings fit there.
    """
    request = ReportRequest(block, scenario, query)
    parts: dict[str, tuple[str, Callable[[ReportRequest], dict[str, Any]]]] = {
        "overview": (_("Overview"), _overview),
        "decisions": (_("Decisions"), _decisions),
        "map": (_("Map"), report_map.context),
        "people": (_("People"), report_people.everybody),
        "person": (_("People"), report_people.one),
    }
    part = request.text("part") if request.text("part") in parts else "overview"
    title, make = parts[part]
    try:
        context = make(request)
    except RecordsUnavailableError:
        log.exception("The runs of %s cannot be read: is the app dti_records installed and migrated?", request.usage_key)
        context = {"missing": True}
    level = 4 if request.text("inside") else 2
    tabs = [
        {"title": parts[name][0], "address": request.link(part=name), "here": parts[name][0] == title}
        for name in ("overview", "decisions", "map", "people")
    ]
    frame = {
        "title": title,
        "tabs": tabs,
        "body": f"dti/scenario/report_{part}.html",
        "level": level,
        "sublevel": level + 1,
        "stylesheet": asset(block, "css/scenario/report.css"),
        "uid": element_id(block),
        "everybody": request.link(part="people"),
        "report": form_action(block, "report"),
        "csrf_token": csrf.token(),
    }
    return render("dti/scenario/report_page.html", {**frame, **context})


def _overview(request: ReportRequest) -> dict[str, Any]:
    key = request.usage_key
    numbers = run_report.totals(key)
    passed = run_report.passed(key, pass_mark(request.block))
    facts = (
        (_("Learners who started"), short_number(numbers.started), ""),
        (_("Learners who finished"), *_of(_("{percent} of those who started"), numbers.finished, numbers.started)),
        (_("Learners who passed"), *_of(_("{percent} of those who finished"), passed, numbers.finished)),
        (_("Runs begun"), short_number(numbers.begun), ""),
        (_("Runs finished"), *_of(_("{percent} of those begun"), numbers.ended, numbers.begun)),
        *([(_("Practice runs, not counted"), short_number(numbers.practice), "")] if numbers.practice else []),
    )
    return {
        "numbers": numbers,
        "facts": facts,
        "time": over_time(run_report.weeks(key)),
        "endings": _endings(request),
        "left": _left(request),
        "with_ending_points": request.scenario.score_by != "choices",
        "files": [
            {
                "address": request.block.runtime.handler_url(request.block, "runs_csv", query=urlencode({"after": after})),
                "first": short_number(first),
                "last": short_number(last),
            }
            for after, first, last in runs.parts(key, PART)
        ],
    }


def _decisions(request: ReportRequest) -> dict[str, Any]:
    """Apart from the overview, because the database looks at every decision of every run for it."""
    scenario = request.scenario
    pages = Pages.of(len(scenario.scenes), SCENES, request.page, lambda page: request.link(part="decisions", page=page))
    counted = Tallies(request.usage_key)
    listed = choice_rows(scenario, {which: counted.choices(which) for which in (run_report.FIRST, run_report.BEST)})
    medians = counted.scene_seconds()
    for listing in listed:
        listing.seconds = medians.get(listing.id)
    known = listed[: len(scenario.scenes)]
    return {
        "scenes": known[pages.slice] + (listed[len(known) :] if pages.last else []),
        "pages": pages,
        "with_levels": bool(scenario.levels),
        "with_points": scenario.score_by != "endings",
        "timed": scenario.timed,
    }


def _of(words: str, number: int, total: int) -> tuple[str, str]:
    """A number, and its share of `total` in `words`, "" where there is no total."""
    share = Share(number, total)
    return share.count, words.format(percent=share.percent) if total else ""


def _endings(request: ReportRequest) -> list[dict[str, Any]]:
    scenario = request.scenario
    found = run_report.endings(request.usage_key)
    total = sum(number for _ending, _result, number in found)
    counted: dict[tuple[str, str], int] = {(ending.id, ending.result): 0 for ending in scenario.endings}
    for ending, result, number in found:
        counted[ending, result] = counted.get((ending, result), 0) + number
    rows = []
    for (ending, result), number in counted.items():
        known = scenario.ending(ending)
        if known and known.result != result and not number:
            continue
        rows.append(
            {
                "title": place_title(scenario, ending),
                "gone": known is None,
                "result": result_word(result),
                "points": scenario.points_of(known) if known else "",
                "share": Share(number, total),
            }
        )
    return rows


def _left(request: ReportRequest) -> list[dict[str, Any]]:
    scenario = request.scenario
    counted: dict[str, int] = {}
    for place, number in run_report.left(request.usage_key):
        place = place or scenario.start.id
        counted[place] = counted.get(place, 0) + number
    total, titles = sum(counted.values()), numbered_titles(scenario)
    return [
        {"title": titles.get(place, place), "gone": place not in titles, "share": Share(number, total)}
        for place, number in sorted(counted.items(), key=lambda pair: -pair[1])
    ]
