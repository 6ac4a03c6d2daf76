"""Tables to take along: finished runs as CSV, in parts, and the columns of the platform's problem-response report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from ...pages.scenario.report_parts import plain
from ...records.scenario import runs
from ...records.tables import csv_stream
from ...scenario import motion, play
from ...scenario.model import Scenario
from ...scenario.percent import percent

PART = 20_000  # runs in a file: the platform keeps a handler's whole answer in memory
PORTION = 500  # runs read at a time
REMEMBERED = 10_000  # paths whose points are kept while a file is made


def csv_part(usage_key: str, scenario: Scenario | None, pass_mark: int, after: int) -> tuple[Iterator[bytes], str]:
    """The finished runs of a block behind the row `after` as a CSV file: its pieces, made as they are asked for, and its name.

    Points by level and meters are known of runs on the present `scenario`; of others the cells are empty. Raises
    `RecordsUnavailableError` at once.
    """
    found = _runs(usage_key, after)
    first = next(found, None)  # so that a missing table is found out before the answer begins
    rows = chain([first] if first is not None else [], found)
    levels = [level.title for level in scenario.levels] if scenario else []
    meters = [meter.title for meter in scenario.meters] if scenario else []
    name = f"scenario-runs-after-{after}.csv" if after else "scenario-runs.csv"
    return csv_stream([*_header(), *_level_columns(levels), *_meter_columns(meters)], _csv_rows(scenario, pass_mark, rows)), name


def report_rows(
    scenario: Scenario | None, user_state_iterator: Iterable[Any], limit: int | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(username, readable columns) for each decision of each learner's present run, at most `limit` of them."""
    if scenario is not None:
        yield from islice(_report_rows(scenario, user_state_iterator), limit)


def _report_rows(scenario: Scenario, user_states: Iterable[Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for user_state in user_states:
        stored = user_state.state
        state = play.replay(scenario, stored.get("decisions") or [], stored.get("pace", play.AS_WRITTEN))
        ended = _ending_columns(scenario, state)
        decided = [logged for logged in state.log(stored.get("started") or "") if logged.led_to]  # not where a clock was started
        for number, (step, logged) in enumerate(zip(state.steps, decided, strict=True), start=1):
            yield user_state.username, {**_step_columns(scenario, stored, number, step, logged.seconds), **ended}


def _step_columns(
    scenario: Scenario, stored: dict[str, Any], number: int, step: play.Step, seconds: int | None
) -> dict[str, Any]:
    level = scenario.level(step.choice.level or step.scene.level)
    columns = {
        _("Run"): stored.get("attempt", 1),
        _("Practice"): _("yes") if _is_practice(stored) else _("no"),
        _("Decision"): number,
        _("Scene"): step.scene.title,
        _("Answer"): plain(step.choice.text),
        _("Points"): motion.gain(scenario, step.before, step.choice),
        _("Time"): step.at,
        _("Seconds"): "" if seconds is None else seconds,
        _("Time ran out"): _("yes") if step.late else _("no"),
    }
    if scenario.levels:
        columns[_("Level")] = level.title if level else ""
    for meter, value in zip(scenario.meters, step.after.meters, strict=True):
        columns[_("Meter: {meter}").format(meter=meter.title)] = value
    return columns


def _is_practice(stored: dict[str, Any]) -> bool:
    """Whether the present run in a learner's stored state counts for nothing, as `aside` has it."""
    return bool((stored.get("practice") or {}).get("run")) and stored["practice"]["run"] == stored.get("attempt")


def _ending_columns(scenario: Scenario, state: play.State) -> dict[str, Any]:
    columns: dict[str, Any] = {_("Ending"): state.ending.title if state.ending else ""}
    if scenario.score_by != "choices":
        columns[_("Points for the ending")] = scenario.points_of(state.ending) if state.ending else ""
    return columns


def _runs(usage_key: str, after: int) -> Iterator[runs.Recorded]:
    """At most `PART` runs behind the row `after`."""
    left = PART
    while left > 0 and (rows := runs.portions(usage_key, after, min(PORTION, left))):
        yield from rows
        left -= len(rows)
        after = rows[-1].id


def _header() -> list[str]:
    return [
        *(_("Username"), _("Run"), _("Started"), _("Finished"), _("Ending"), _("Result"), _("Points"), _("Possible points")),
        *(_("Percent"), _("Path"), _("Scenario version"), _("Seconds"), _("Clock"), _("Times the clock ran out")),
        _("Seconds for each decision"),
    ]


def _level_columns(titles: list[str]) -> list[str]:
    return [_("Points: {level}").format(level=title) for title in titles]


def _meter_columns(titles: list[str]) -> list[str]:
    return [_("At the end: {meter}").format(meter=title) for title in titles]


def _csv_rows(scenario: Scenario | None, pass_mark: int, found: Iterable[runs.Recorded]) -> Iterator[tuple[Any, ...]]:
    paces = {play.AS_WRITTEN: _("as written"), play.EXTENDED: _("ten times the time"), play.NO_CLOCK: _("no clock")}
    ran_out = _("time ran out")
    remembered: dict[tuple[Any, ...], list[Any]] = {}
    blank: list[Any] = [""] * (len(scenario.levels) + len(scenario.meters)) if scenario else []
    for run in found:
        path = [entry for entry in run.path if entry[1]]  # not where a clock was started
        further = blank
        if scenario and run.scenario_version == scenario.version:
            key = tuple((*entry[:2], *entry[3:]) for entry in path)
            known = remembered.get(key)
            further = known or _points_and_meters(scenario, run.path) or blank
            if known is None and len(remembered) < REMEMBERED:
                remembered[key] = further
        late = [len(entry) > 3 and entry[3] == play.TIME_UP for entry in path]
        steps = [
            f"{entry[0]} > {entry[1]} ({ran_out})" if was_late else f"{entry[0]} > {entry[1]}"
            for entry, was_late in zip(path, late, strict=True)
        ]
        yield (
            *(run.username, run.attempt, run.started_at, run.finished_at, run.ending, run.result),
            *(_whole(run.earned), _whole(run.possible), percent(run.earned, run.possible, pass_mark)),
            *(" / ".join(steps), run.scenario_version),
            *("" if run.seconds is None else run.seconds, paces.get(run.pace, run.pace)),
            sum(late),
            " / ".join(_seconds(run)),
            *further,
        )


def _whole(points: float) -> int | float:
    return int(points) if points == int(points) else points


def _seconds(run: runs.Recorded) -> Iterator[str]:
    """How long each decision of a recorded run took, from the one before or from the start of the clock."""
    since = datetime.fromisoformat(run.started_at)
    for entry in run.path:
        at = datetime.fromisoformat(entry[2])
        if entry[1]:
            yield str(max(0, round((at - since).total_seconds())))  # as `play.seconds_between`, with each time read once
        since = at


def _points_and_meters(scenario: Scenario, path: list[Any]) -> list[Any] | None:
    """The points on each level and the meters at the end; None where the path does not fit the scenario."""
    state = play.replay(scenario, path)
    if state.lost or state.ending is None:
        return None
    points = {level.id: 0 for level in scenario.levels}
    for step in state.steps:
        level = step.choice.level or step.scene.level
        if level in points:
            points[level] += motion.gain(scenario, step.before, step.choice)
    return [*points.values(), *state.standing.meters]
