"""The staff report through the block, with runs on record: who may see it, its numbers, and where there are no records."""

import re

import pytest

from dti_xblocks.blocks.scenario.loading import scenario_of
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.scenario import run_report
from tests.blocks.scenario.reporting import HIGH, LATE, cells, make, played, report
from tests.recorded_runs import player_of, record
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, get, page

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
    for handler, query in (("report", ""), ("report", "part=person&person=1"), ("runs_csv", "after=0"), ("runs_csv", "")):
        for person in (LEARNER, OTHER, ANONYMOUS):
            answer = get(again(block, person), handler, query)
            assert answer.status_code == 403 and "okafor" not in answer.text, (handler, person)
    monkeypatch.setattr("dti_xblocks.blocks.scenario.players.is_impersonated", lambda learner: True)
    assert get(again(block, STAFF), "report").status_code == 403
    studio = make(studio="handler")
    assert get(studio, "report").status_code == 403 and get(studio, "runs_csv", "after=0").status_code == 403


def test_without_a_part_named_the_file_begins_at_the_first_run():
    block, _scenario = played()
    named, bare = (get(again(block, STAFF), "runs_csv", query) for query in ("after=0", ""))
    assert bare.status_code == 200 and bare.body == named.body and b"reyes" in bare.body


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
    facts = {name: re.sub(r"<[^>]+>", "", told) for name, told in re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", html)}
    assert facts == {
        "Learners who started": "3",
        "Learners who finished": "1 33% of those who started",
        "Learners who passed": "1 100% of those who finished",
        "Runs begun": "5",
        "Runs finished": "3 60% of those begun",
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
    assert 'Learners who passed</dt><dd>1 <span class="dti-report-part">100%' in report(block)
    record(scenario, player_of(block, 2, "okafor"), LATE)
    assert 'Learners who passed</dt><dd>1 <span class="dti-report-part">50%' in report(block)
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
    assert "begun on an earlier version" in report(block, "part=person&person=1").lower()


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


# -- where records cannot be read --------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["overview", "decisions", "map", "people", "person&person=1"])
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
