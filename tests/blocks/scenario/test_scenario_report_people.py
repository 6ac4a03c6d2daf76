"""The people in the staff report, and tables to take along: CSV, and columns of the problem-response report."""

import csv
import io
import re
from types import SimpleNamespace

import pytest

from dti_xblocks.blocks.scenario import report_tables as scenario_report_tables
from dti_xblocks.blocks.scenario.loading import scenario_of
from dti_xblocks.records import models
from dti_xblocks.records.scenario import run_report
from dti_xblocks.scenario_block import ScenarioBlock
from tests.blocks.scenario.reporting import HIGH, LATE, cells, make, played, report, words
from tests.recorded_runs import crowd, player_of, record
from tests.runtime import STAFF, again, get, make_block
from tests.scenario import example

# -- people ------------------------------------------------------------------------------------------------------------


def test_the_list_of_people():
    block, _scenario = played()
    html = report(block, "part=people")
    assert cells(html, "Learners who began a run: 3") == [
        ["Learner", "Runs begun", "Runs finished", "Practice", "Best", "Latest ending", "Last active"],
        ["okafor", "1", "0", "0", "–", "–", "November 2, 2026, noon UTC"],
        ["reyes", "3", "3", "0", "100%", "Lost-title (bad)", "November 4, 2026, noon UTC"],
        ["wu", "1", "0", "0", "–", "–", "November 2, 2026, noon UTC"],
    ]
    assert "part=person&amp;person=1" in html


def test_people_are_found_by_a_part_of_their_username():
    block, _scenario = played()
    html = report(block, "part=people&q=EYE")
    assert "match “EYE”: 1" in html and "reyes" in html and "okafor" not in html and "Show everybody" in html
    assert "No learner who began a run" in report(block, "part=people&q=zzz")
    assert "No learner" in report(block, "part=people&q=%25")


def test_many_people_have_pages():
    block = make(example.CONTENT)
    crowd(scenario_of(block), block, 52)
    first = report(block, "part=people&q=officer")
    assert "Page 1 of 2" in first and "officer0049" in first and "officer0050" not in first
    assert 'name="page" value="2"' in first and 'name="q" value="officer"' in first and "q=officer" not in first
    last = report(block, "part=people&page=9")
    assert "Page 2 of 2" in last and "officer0051" in last and "officer0049" not in last


def test_a_persons_page_shows_every_run_and_is_an_event():
    block, _scenario = played()
    html = report(block, "part=person&person=1")
    assert block.runtime.place.events("dti.scenario.report.viewed") == [{"learner": "reyes"}]
    assert re.findall(r">(Run \d+)<", html) == ["Run 3", "Run 2", "Run 1"]
    second = html[html.index(">Run 2<") : html.index(">Run 1<")]
    said = words(second)
    for part in (
        "100% (8260 of 8260 points), passed",
        "Ending Honored-title (good)",
        "Time 40 seconds",
        "Trust-name: 70 (+20)",
        "Record-name: 35 (+4)",
        "Started November 3, 2026, noon UTC",
    ):
        assert part in said, part
    assert "Clock" not in said
    assert cells(second, "Run 2")[1:] == [
        ["1", "1. Curb-title", "Call-text.", "Words level", "10 seconds", "7300", "Trust-name +20 Record-name +4"],
        ["2", "2. Door-title", "Firm-text.", "", "10 seconds", "900", ""],
        ["3", "3. Hall-title", "Report-text.", "", "10 seconds", "60", ""],
    ]
    third = html[: html.index(">Run 2<")]
    assert "ten times the time" in third and "Freeze-text. time ran out" in " ".join(cells(third, "Run 3")[1])
    assert "5% (402 of 8260 points), not passed" in words(third)
    assert len(block.runtime.place.published) == 1


def test_an_unfinished_run_says_where_it_stands():
    block, _scenario = played()
    said = words(report(block, "part=person&person=2"))
    assert "not finished" in said and "Stands at 3. Hall-title" in said and "Meters now Trust-name: 68 (+18)" in said
    assert "2. Door-title Retreat-text. Signal level 7 seconds 100 Trust-name −7" in said
    assert "No decision was made." in report(block, "part=person&person=3")


def test_only_the_opening_of_a_named_persons_page_is_an_event():
    block, _scenario = played()
    for query in (
        "",
        "part=decisions",
        "part=map",
        "part=people",
        "part=people&q=reyes",
        "part=person",
        "part=person&person=9",
        "part=person&learner=reyes",
    ):
        report(block, query)
    assert block.runtime.place.events("dti.scenario.report.viewed") == []
    assert "no run of this learner" in report(block, "part=person&person=9")


def test_a_run_of_an_earlier_version_is_told_by_what_was_stored():
    block = make()
    scenario = scenario_of(block)
    old = (("curb", "", ""), ("attic", "jump", ""), ("door", "soft", ""))
    player = player_of(block, 1, "reyes")
    record(scenario, player, [entry[:2] for entry in old], version="f" * 64)
    html = report(block, "part=person&person=1")
    assert "Begun on an earlier version" in html and "ffffffffffff" in html
    rows = cells(html, "Run 1")
    assert "Points" not in rows[0]
    assert [row[1:3] for row in rows[1:]] == [["attic", "jump"], ["2. Door-title", "Soft-text."]]


# -- tables ------------------------------------------------------------------------------------------------------------


def table(block, query="after=0") -> list[dict]:
    answer = get(again(block, STAFF), "runs_csv", query)
    assert answer.status_code == 200 and answer.content_type == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))


def test_the_csv_has_every_finished_run_with_readable_columns():
    block, scenario = played()
    first, second, third = table(block)
    assert {name: second[name] for name in second if name != "Scenario version"} == {
        "Username": "reyes",
        "Run": "2",
        "Started": "2026-11-03T12:00:00+00:00",
        "Finished": "2026-11-03T12:00:40+00:00",
        "Ending": "honored",
        "Result": "good",
        "Points": "8260",
        "Possible points": "8260",
        "Percent": "100",
        "Path": "curb > call / door > firm / hall > report",
        "Seconds": "40",
        "Clock": "as written",
        "Times the clock ran out": "0",
        "Seconds for each decision": "10 / 10 / 10",
        "Points: Signal level": "0",
        "Points: Words level": "7300",
        "At the end: Trust-name": "70",
        "At the end: Record-name": "35",
    }
    assert second["Scenario version"] == scenario.version
    assert (first["Path"], first["Times the clock ran out"]) == ("curb > freeze (time ran out) / door > soft / yard > run", "1")
    assert (third["Clock"], third["Seconds for each decision"]) == ("ten times the time", "5 / 5 / 5")
    assert (first["At the end: Trust-name"], first["At the end: Record-name"]) == ("5", "-40")


def test_runs_of_an_earlier_version_have_no_points_by_level():
    block, _scenario = played()
    models.ScenarioRun.objects.filter(usage_key=str(block.scope_ids.usage_id), attempt=2).update(scenario_version="f" * 64)
    row = table(block)[1]
    assert (row["Points"], row["Points: Words level"], row["At the end: Trust-name"]) == ("8260", "", "")


def test_the_csv_comes_in_parts(monkeypatch):
    monkeypatch.setattr("dti_xblocks.blocks.scenario.report.PART", 2)
    monkeypatch.setattr(scenario_report_tables, "PART", 2)
    block = make(example.CONTENT)
    scenario = scenario_of(block)
    other = make(example.CONTENT)
    for number in range(5):
        record(scenario, player_of(block, number, f"officer{number}"), example.BEST)
        record(scenario, player_of(other, number, "elsewhere"), example.BEST)
    links = re.findall(r'href="([^"]+runs_csv[^"]+)">(Runs [^<]+)<', report(block))
    assert [title for _address, title in links] == ["Runs 1–2 (CSV)", "Runs 3–4 (CSV)", "Runs 5–5 (CSV)"]
    found = [[row["Username"] for row in table(block, address.split("?")[1])] for address, _title in links]
    assert found == [["officer0", "officer1"], ["officer2", "officer3"], ["officer4"]]
    names = [
        get(again(block, STAFF), "runs_csv", address.split("?")[1]).headers["Content-Disposition"] for address, _title in links
    ]
    assert len(set(names)) == 3 and "scenario-runs.csv" in names[0]


def test_the_part_size_is_bounded_for_the_platforms_memory():
    assert scenario_report_tables.PART == 20_000
    block = make(example.CONTENT)
    pieces, _name = scenario_report_tables.csv_part(block.where.usage, scenario_of(block), 70, 0)
    assert iter(pieces) is pieces and b"Username" in next(pieces)


@pytest.mark.parametrize("after", ["", "x", "-1", "1.5"])
def test_a_damaged_address_of_a_part_is_refused(after):
    assert get(again(make(), STAFF), "runs_csv", f"after={after}").status_code == 400


def test_the_problem_response_report_tells_each_decision():
    block, scenario = played()
    run = run_report.paths(str(block.scope_ids.usage_id), 2)[1][0]
    stored = {"decisions": run.decisions, "attempt": 1, "started": run.started_at.isoformat(), "pace": 1}
    state = SimpleNamespace(username="okafor", state=stored)
    rows = list(scenario_report_tables.report_rows(scenario, iter([state])))
    assert [user for user, _row in rows] == ["okafor"] * 4
    assert rows[0][1] == {
        "Run": 1,
        "Practice": "no",
        "Decision": 1,
        "Scene": "Curb-title",
        "Answer": "Look-text.",
        "Points": 3100,
        "Time": run.decisions[1][2],
        "Seconds": 7,
        "Time ran out": "no",
        "Level": "Signal level",
        "Meter: Trust-name": 55,
        "Meter: Record-name": 31,
        "Ending": "",
    }
    assert [(row["Scene"], row["Points"], row["Meter: Trust-name"]) for _user, row in rows] == [
        ("Curb-title", 3100, 55),
        ("Door-title", 100, 48),
        ("Curb-title", 0, 68),
        ("Door-title", 0, 68),
    ]
    for limit in (0, 1, 3):
        assert len(list(scenario_report_tables.report_rows(scenario, iter([state]), limit))) == limit
    assert list(again(block).generate_report_data(iter([state]), 2)) == rows[:2]
    assert list(scenario_report_tables.report_rows(None, iter([state]))) == []


def test_the_problem_response_report_tells_timeouts_and_endings():
    block = make(score_by="both")
    scenario = scenario_of(block)
    entries = record(scenario, player_of(block, 1, "reyes"), HIGH).stored()
    late = record(scenario, player_of(block, 2, "okafor"), LATE).stored()
    states = [SimpleNamespace(username="x", state={"decisions": path}) for path in (entries, late)]
    rows = [row for _user, row in scenario_report_tables.report_rows(scenario, iter(states))]
    assert (rows[0]["Ending"], rows[0]["Points for the ending"]) == ("Honored-title", 50)
    assert rows[0]["Seconds"] == 10, "from the start of the clock"
    assert [row["Time ran out"] for row in rows] == ["no", "no", "no", "yes", "no", "no"]
    damaged = SimpleNamespace(username="x", state={"decisions": [["curb", "", "no time"]]})
    empty = SimpleNamespace(username="x", state={})
    assert list(scenario_report_tables.report_rows(scenario, iter([damaged, empty]))) == []


def test_where_a_state_does_not_say_when_its_run_began_the_first_seconds_are_not_known():
    block = make_block(ScenarioBlock, example.CONTENT)
    decisions = record(scenario_of(block), player_of(block, 1, "reyes"), example.MIXED).stored()
    states = [SimpleNamespace(username="reyes", state={"decisions": decisions, "attempt": 1})]
    rows = list(block.generate_report_data(iter(states), None))
    assert [row["Seconds"] for _user, row in rows][:1] == [""]
