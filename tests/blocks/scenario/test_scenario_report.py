"""The staff report through the block, with runs on record: who may see it, its numbers, its map, people, CSV, report columns."""

import csv
import io
import re
import time
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest
from lxml import etree

from dti_xblocks.blocks.scenario import report_tables as scenario_report_tables
from dti_xblocks.blocks.scenario.loading import scenario_of
from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.scenario import run_report
from dti_xblocks.scenario_block import ScenarioBlock
from tests.recorded_runs import NOON, crowd, player_of, record
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, get, make_block, page
from tests.scenario import example, sample_full

HIGH = (("curb", ""), ("curb", "call"), ("door", "firm"), ("hall", "report"))  # honored, everything there is to earn
LATE = (("curb", ""), ("curb", "freeze", "time-up"), ("door", "soft"), ("yard", "run"))  # lost
ROUND = (
    ("curb", ""),
    ("curb", "look"),
    ("door", "retreat"),
    ("curb", ""),
    ("curb", "call"),
    ("door", "firm"),
)  # stands in the hall


def make(content=sample_full.CONTENT, **options):
    return make_block(ScenarioBlock, content, user=STAFF, **options)


def played():
    """A block with five runs of three people, and its scenario."""
    block = make(display_name="Elm Street")
    scenario = scenario_of(block)
    reyes, okafor, wu = (player_of(block, number, name) for number, name in ((1, "reyes"), (2, "okafor"), (3, "wu")))
    record(scenario, reyes, LATE, took=20)
    record(scenario, reyes, HIGH, took=10, attempt=2, started=NOON + timedelta(days=1))
    record(scenario, reyes, LATE, took=5, attempt=3, pace=10, started=NOON + timedelta(days=2))
    record(scenario, okafor, ROUND, took=7)
    record(scenario, wu, ())
    return block, scenario


def report(block, query="", user=STAFF) -> str:
    answer = get(again(block, user), "report", query, json=True)
    assert answer.status_code == 200, answer.text
    return answer.json["html"]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<title>.*?</title>|<[^>]+>", " ", re.sub(r"</?bdi>", "", html))).split())


def tree(html: str):
    return etree.HTML(html)


def cells(html: str, caption: str) -> list[list[str]]:
    """The rows of the table after the heading or with the caption `caption`."""
    here = html.index(caption)
    inside = html.rfind("<table", 0, here) > html.rfind("</table>", 0, here)
    start = html.rfind("<table", 0, here) if inside else html.index("<table", here)
    table = tree(html[start : html.index("</table>", start)])
    return [[" ".join("".join(cell.itertext()).split()) for cell in row.xpath("./th|./td")] for row in table.iter("tr")]


# -- who ---------------------------------------------------------------------------------------------------------------


def test_the_way_to_the_report_is_on_the_page_of_staff_in_a_course_only(monkeypatch):
    block, _scenario = played()
    html = page(again(block, STAFF))
    assert "Staff: how this scenario was played" in html and "reyes" not in html
    address = re.search(r'data-dti-report="([^"]+)"', html)[1]
    assert address.endswith("/report") and f'href="{address}"' in html
    assert "data-dti-report" not in page(again(block, LEARNER))
    assert "data-dti-report" not in page(make(studio="preview"), "author_view")
    assert "data-dti-report" not in page(make(key="library"))
    monkeypatch.setattr("dti_xblocks.blocks.scenario.players.is_impersonated", lambda learner: True)
    assert "data-dti-report" not in page(again(block, STAFF))


def test_nobody_else_gets_the_report_or_the_file(monkeypatch):
    block, _scenario = played()
    for handler, query in (("report", ""), ("report", "part=person&learner=reyes"), ("runs_csv", "after=0")):
        for person in (LEARNER, OTHER, ANONYMOUS):
            answer = get(again(block, person), handler, query)
            assert answer.status_code == 403 and "okafor" not in answer.text, (handler, person)
    monkeypatch.setattr("dti_xblocks.blocks.scenario.players.is_impersonated", lambda learner: True)
    assert get(again(block, STAFF), "report").status_code == 403
    studio = make(studio="handler")
    assert get(studio, "report").status_code == 403 and get(studio, "runs_csv", "after=0").status_code == 403


def test_a_plain_link_gets_a_page_of_its_own():
    block, _scenario = played()
    answer = get(again(block, STAFF), "report", "part=people")
    assert answer.content_type == "text/html" and answer.text.startswith("<!DOCTYPE html>")
    assert "<h1" in answer.text and "<h2" in answer.text and "<h4" not in answer.text
    assert "reyes" in answer.text and "css/scenario/report.css" in answer.text
    inside = report(block, "part=people&inside=1")
    assert "<h4" in inside and "<h2" not in inside and "<h1" not in inside


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_the_overview_counts_people_and_runs():
    block, _scenario = played()
    html = report(block)
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", html))
    assert facts == {
        "Learners who started": "3",
        "Learners who finished": "1 (33% of those who started)",
        "Learners who passed": "1 (100% of those who finished)",
        "Runs begun": "5",
        "Runs finished": "3 (60% of those begun)",
        "Median time of a finished run": "40 seconds",
    }
    assert cells(html, "Where finished runs ended")[1:] == [
        ["Honored-title", "good", "33% (1)"],
        ["Blamed-title", "mixed", "0%"],
        ["Lost-title", "bad", "67% (2)"],
    ]
    assert cells(html, "Where other runs stand")[1:] == [["1. Curb-title", "50% (1)"], ["3. Hall-title", "50% (1)"]]


def test_the_pass_mark_of_today_decides_who_passed():
    block = make(pass_mark="40")
    scenario = scenario_of(block)
    record(scenario, player_of(block, 1, "reyes"), (("curb", ""), ("curb", "look"), ("door", "soft"), ("hall", "report")))
    assert "Learners who passed</dt><dd>1 (100%" in report(block)
    record(scenario, player_of(block, 2, "okafor"), LATE)
    assert "Learners who passed</dt><dd>1 (50%" in report(block)
    assert run_report.passed(str(block.scope_ids.usage_id), 44) == 0
    assert run_report.passed(str(block.scope_ids.usage_id), 5) == 1


def test_each_decision_shows_the_share_of_each_choice():
    block, _scenario = played()
    rows = cells(report(block, "part=decisions"), "<bdi>Decisions</bdi>")
    assert rows[0] == ["Choice", "First attempts", "Best attempts", "Time ran out (first attempts)", "Points", "Level"]
    curb, door = rows[1:5], rows[5:9]
    assert curb[0][0] == "1. Curb-titleClock: 20 seconds Median time: 7 seconds"
    assert curb[0][1:3] == ["3 decisions", "1 decision"]
    assert curb[1:] == [
        ["1. Look-text.", "33% (1)", "0%", "", "3100", "Signal level"],
        ["2. Call-text. strongest", "33% (1)", "100% (1)", "", "7300", "Words level"],
        ["3. Freeze-text. only when time runs out", "33% (1)", "0%", "1", "0", ""],
    ]
    assert [row[1] for row in door[1:]] == ["33% (1)", "33% (1)", "33% (1)"]
    assert door[1][0] == "1. Firm-text. strongest has a condition"


def test_the_points_are_those_that_count():
    block = make(score_by="endings")
    record(scenario_of(block), player_of(block, 1, "reyes"), HIGH)
    html = report(block)
    assert cells(html, "Where finished runs ended")[:2] == [
        ["Ending", "Result", "Points", "Runs"],
        ["Honored-title", "good", "50", "100% (1)"],
    ]
    assert "Points" not in cells(report(block, "part=decisions"), "<bdi>Decisions</bdi>")[0]


def test_a_scenario_without_runs_says_so():
    html = report(make())
    assert "Nobody has played this scenario yet." in html and "–" in html
    assert "1. Curb-title" in report(make(), "part=decisions")
    assert "Runs 1" not in html
    assert "Nobody has played" in report(make(), "part=people")
    assert "Came here: 0" in report(make(), "part=map")


def test_what_is_gone_from_the_scenario_stays_countable():
    block, _scenario = played()
    place = block.runtime.place
    place.authoring = True
    author = again(block)
    author.content = author.content.replace('id="soft"', 'id="gentle"').replace('"curb"', '"kerb"').replace('"curb/', '"kerb/')
    author.save()
    place.authoring = False
    html = report(block, "part=decisions")
    gone = [row[0] for row in cells(html, "<bdi>Decisions</bdi>") if "no longer in the scenario" in row[0]]
    assert gone[0] == "soft no longer in the scenario", "a choice that is gone, at its scene"
    assert gone[1].startswith("curb no longer in the scenario") and {row.split()[0] for row in gone[2:]} == {
        "look",
        "call",
        "freeze",
    }
    assert "begun on an earlier version" in report(block, "part=person&learner=reyes").lower()


def test_a_long_scenario_has_pages():
    scenes = "".join(
        f'<scene id="s{n}" title="Title-{n}." place="p" time="t"><p>x</p><choice id="a" to="{f"s{n + 1}" if n < 119 else "e"}" '
        f'points="1"><text>On.</text><outcome><p>o</p></outcome><why><p>w</p></why></choice><choice id="b" to="e" points="0">'
        f"<text>Out.</text><outcome><p>o</p></outcome><why><p>w</p></why></choice></scene>"
        for n in range(120)
    )
    block = make(f'<introduction><p>i</p></introduction>{scenes}<ending id="e" title="E" result="good"><p>x</p></ending>')
    first, second, third = (report(block, f"part=decisions&page={number}") for number in (1, 2, 3))
    assert "Title-49." in first and "Title-50." not in first and "Page 1 of 3" in first and "Previous page" not in first
    assert "Title-50." in second and "part=decisions&amp;page=3" in second
    assert "Title-119." in third and "Next page" not in third
    assert report(block, "part=decisions&page=99") == third
    assert report(block, "part=decisions&page=x") == report(block, "part=decisions&page=-3") == first


# -- the map -----------------------------------------------------------------------------------------------------------


def drawing(html: str):
    return etree.fromstring(
        html[html.index('<svg class="dti-chart-drawing"') : html.rindex("</svg>", 0, html.index("The map as a table")) + 6]
    )


def test_the_map_has_every_scene_choice_and_number():
    block, scenario = played()
    svg = drawing(report(block, "part=map&which=all"))
    texts = [" ".join("".join(box.xpath("./text/text()")).split()) for box in svg.xpath("//g[contains(@class, 'dti-chart-box')]")]
    assert len(texts) == 7
    curb = svg.xpath("//g[contains(@class, 'dti-chart-start')]/text/text()")
    assert curb == ["1. Curb-title", "Came here: 6", "Left here: 1", "Clock: 20 s"]
    hall = svg.xpath("//g[text='3. Hall-title']/text/text()")
    assert hall == ["3. Hall-title", "Came here: 2", "Left here: 1", "Has a condition"]
    assert svg.xpath("//g[text='Lost-title']/text/text()") == ["Lost-title", "Ending: bad", "Came here: 2"]
    choices = sum(len(scene.choices) for scene in scenario.scenes)
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-arrow')]")) == choices == 10
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-otherwise')]")) == 2
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-late')]")) == 1
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-head')]")) == choices + 2
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-arrow') and contains(@class, 'dti-chart-back')]")) == 1
    assert len(svg.xpath("//g[contains(@class, 'dti-chart-tab')]//circle")) == 1, "the clock's sign"
    hints = svg.xpath("//g[contains(@class, 'dti-chart-tab')]/title/text()")
    assert "3. Freeze-text. – 40% (2)" in hints and "2. Call-text. – 40% (2)" in hints


def test_the_map_counts_the_runs_that_are_asked_for():
    block, _scenario = played()
    came = {which: words(report(block, f"part=map&which={which}")) for which in ("first", "best", "all", "nonsense")}
    assert "First attempts: 3 counted" in came["first"] and "1. Curb-title Came here: 4 Left here: 1" in came["first"]
    assert "Best attempts: 1 counted" in came["best"] and "Left here" not in came["best"]
    assert "All runs: 5 counted" in came["all"]
    assert came["nonsense"] == came["first"]


def test_wider_arrows_are_taken_by_more():
    block, _scenario = played()
    svg = drawing(report(block, "part=map&which=best"))
    widths = sorted(float(path.get("stroke-width")) for path in svg.xpath("//path[contains(@class, 'dti-chart-arrow')]"))
    assert widths == [1.5] * 7 + [8.5] * 3


def test_the_table_says_what_the_map_says():
    block, _scenario = played()
    rows = cells(report(block, "part=map&which=all"), "The map as a table")
    assert rows[1][0] == "1. Curb-title" and rows[1][2] == "Came here: 6Left here: 1Clock: 20 seconds"
    assert rows[2] == ["1. Look-text.", "2. Door-title", "20% (1)"]
    assert rows[4] == ["3. Freeze-text. only when time runs out", "2. Door-title", "40% (2) time ran out: 2"]
    hall = next(row for row in rows if row[0].startswith("3. Hall-title"))
    assert hall[0] == "3. Hall-title has a condition" and hall[1] == "when the condition is not met: 4. Yard-title"
    assert rows[-1][0] == "Lost-title ending: bad" and rows[-1][2] == "Came here: 2"


def test_the_map_names_nobody():
    block, _scenario = played()
    for which in ("first", "best", "all"):
        html = report(block, f"part=map&which={which}")
        assert not [name for name in ("reyes", "okafor", "wu<") if name in html]


def test_numbers_in_the_drawing_survive_a_decimal_comma():
    from django.utils import translation

    block, _scenario = played()
    english = drawing(report(block, "part=map"))
    with translation.override("de"):
        german = drawing(report(block, "part=map"))
    for name in ("d", "x", "y", "width", "viewBox", "stroke-width"):
        assert english.xpath(f"//@{name}") == german.xpath(f"//@{name}")


def test_titles_cannot_break_out_of_the_map():
    content = sample_full.CONTENT.replace('title="Curb-title"', 'title="&lt;script&gt;alert(1)&lt;/script&gt;"')
    content = content.replace("Look-text.", "&lt;img src=x onerror=y&gt;")
    block = make(content)
    record(scenario_of(block), player_of(block, 1, '<b onclick="x">'), HIGH)
    for query in (
        "",
        "part=map",
        "part=people",
        "part=person&learner=%3Cb+onclick%3D%22x%22%3E",
        "part=people&q=%22%3E%3Cscript%3E",
    ):
        html = report(block, query)
        assert "<script" not in html and "<img" not in html and "<b " not in html, query
    drawing(report(block, "part=map"))


def test_a_map_of_three_hundred_scenes_is_made_in_time():
    scenes = "".join(
        f'<scene id="s{n}" title="Title number {n}" place="p" time="t"><p>x</p>'
        + "".join(
            f'<choice id="c{k}" to="{f"s{min(299, n + 1 + (n * k) % 7)}" if n < 299 and k < 3 else f"e{n % 5}"}" points="{k}"><text>Words {k}.'
            "</text><outcome><p>o</p></outcome><why><p>w</p></why></choice>"
            for k in range(4 if n % 3 == 0 else 3)
        )
        + "</scene>"
        for n in range(300)
    )
    endings = "".join(f'<ending id="e{n}" title="E{n}" result="good"><p>x</p></ending>' for n in range(5))
    block = make(f"<introduction><p>i</p></introduction>{scenes}{endings}")
    assert scenario_of(block) is not None
    before = time.process_time()
    html = report(block, "part=map")
    assert time.process_time() - before < 5.0  # about 0.7 s on a quiet machine
    assert len(drawing(html).xpath("//path[contains(@class, 'dti-chart-arrow')]")) == 1000


# -- people ------------------------------------------------------------------------------------------------------------


def test_the_list_of_people():
    block, _scenario = played()
    html = report(block, "part=people")
    assert cells(html, "Learners who began a run: 3") == [
        ["Learner", "Runs begun", "Runs finished", "Best", "Latest ending", "Last active"],
        ["okafor", "1", "0", "–", "–", "November 2, 2026, noon UTC"],
        ["reyes", "3", "3", "100%", "Lost-title (bad)", "November 4, 2026, noon UTC"],
        ["wu", "1", "0", "–", "–", "November 2, 2026, noon UTC"],
    ]
    assert "part=person&amp;learner=reyes" in html


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
    assert "page=2" in first and "q=officer" in first
    last = report(block, "part=people&page=9")
    assert "Page 2 of 2" in last and "officer0051" in last and "officer0049" not in last


def test_a_persons_page_shows_every_run_and_is_an_event():
    block, _scenario = played()
    html = report(block, "part=person&learner=reyes")
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
    assert "4% (402 of 8260 points), not passed" in words(third)
    assert len(block.runtime.place.published) == 1


def test_an_unfinished_run_says_where_it_stands():
    block, _scenario = played()
    said = words(report(block, "part=person&learner=okafor"))
    assert "not finished" in said and "Stands at 3. Hall-title" in said and "Meters now Trust-name: 68 (+18)" in said
    assert "2. Door-title Retreat-text. Signal level 7 seconds 100 Trust-name −7" in said
    assert "No decision was made." in report(block, "part=person&learner=wu")


def test_only_the_opening_of_a_named_persons_page_is_an_event():
    block, _scenario = played()
    for query in (
        "",
        "part=decisions",
        "part=map",
        "part=people",
        "part=people&q=reyes",
        "part=person",
        "part=person&learner=nobody",
    ):
        report(block, query)
    assert block.runtime.place.events("dti.scenario.report.viewed") == []
    assert "no run of a learner with this username" in report(block, "part=person&learner=nobody")


def test_a_run_of_an_earlier_version_is_told_by_what_was_stored():
    block = make()
    scenario = scenario_of(block)
    old = (("curb", "", ""), ("attic", "jump", ""), ("door", "soft", ""))
    player = player_of(block, 1, "reyes")
    record(scenario, player, [entry[:2] for entry in old], version="f" * 64)
    html = report(block, "part=person&learner=reyes")
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
    pieces, _name = scenario_report_tables.csv_part(block.where.usage, scenario_of(block), 0)
    assert iter(pieces) is pieces and b"Username" in next(pieces)


@pytest.mark.parametrize("after", ["", "x", "-1", "1.5"])
def test_a_damaged_address_of_a_part_is_refused(after):
    assert get(again(make(), STAFF), "runs_csv", f"after={after}").status_code == 400


def test_the_problem_response_report_tells_each_decision():
    block, scenario = played()
    run = run_report.paths(str(block.scope_ids.usage_id), "okafor")[0]
    stored = {"decisions": run.decisions, "attempt": 1, "started": run.started_at.isoformat(), "pace": 1}
    state = SimpleNamespace(username="okafor", state=stored)
    rows = list(scenario_report_tables.report_rows(scenario, iter([state])))
    assert [user for user, _row in rows] == ["okafor"] * 4
    assert rows[0][1] == {
        "Run": 1,
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


# -- where records cannot be read --------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["overview", "decisions", "map", "people", "person&learner=reyes"])
def test_without_records_there_is_a_notice(monkeypatch, part):
    def missing(*_ignored, **_more):
        raise RecordsUnavailableError("no such table")

    block, _scenario = played()
    for name in ("totals", "choices", "people", "paths"):
        monkeypatch.setattr(run_report, name, missing)
    assert "record of runs cannot be read" in report(block, f"part={part}")


def test_without_records_there_is_no_file(monkeypatch):
    def missing(*_ignored, **_more):
        raise RecordsUnavailableError("no such table")

    block, _scenario = played()
    monkeypatch.setattr("dti_xblocks.records.scenario.runs.portions", missing)
    assert get(again(block, STAFF), "runs_csv", "after=0").status_code == 503
