"""The scenario block in the platform: who is turned away, where nothing counts, the edit form, the way of the content."""

import re
from types import SimpleNamespace

import pytest
from lxml import etree

from dti_xblocks.content import inner_xml, parser
from dti_xblocks.records import models
from dti_xblocks.scenario.starters import starters
from dti_xblocks.scenario_block import ScenarioBlock
from tests.blocks.scenario.playing import COURSE, make, play, runs_of
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, exported, get, page, post, post_json
from tests.scenario import timed
from tests.scenario.example import BEST, CONTENT, MIXED


def test_who_is_not_signed_in_or_enrolled_is_turned_away():
    block = make()
    assert "sign in" in page(again(block, ANONYMOUS))
    assert "sign in" in page(again(block, ANONYMOUS), "public_view")
    for handler in ("begin", "choose", "again", "settle"):
        assert post(again(block, ANONYMOUS), handler).status_code == 403
    assert post(again(block, LEARNER, enrolled=set()), "begin").status_code == 403
    assert get(again(block, LEARNER), "begin").status_code == 405
    assert again(block).attempt == 0


def test_only_staff_see_the_report_and_its_table():
    block = make()
    play(block, MIXED)
    play(again(block, OTHER), BEST[:1])
    assert "/report" not in page(again(block, LEARNER)) and "/report" in page(again(block, STAFF))
    for handler in ("report", "runs_csv"):
        assert get(again(block, LEARNER), handler, "after=0").status_code == 403
        assert get(again(block, ANONYMOUS), handler, "after=0").status_code == 403
    assert get(again(block, STAFF), "report", json=True).status_code == 200
    assert get(again(block, STAFF), "runs_csv", "after=0").status_code == 200


def test_the_problem_response_report_has_readable_columns():
    block = make()
    play(block, MIXED)
    learner = again(block)

    state = SimpleNamespace(username="reyes", state={"decisions": learner.decisions, "attempt": learner.attempt})
    rows = list(learner.generate_report_data(iter([state]), None))
    assert [(user, row["Decision"], row["Scene"], row["Answer"], row["Points"]) for user, row in rows] == [
        ("reyes", 1, "Arrival-title", "Leave-text.", 2100),
        ("reyes", 2, "Aftermath-title", "Tell-text.", 1900),
    ]
    assert len(list(learner.generate_report_data(iter([state]), 1))) == 1


# -- places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [{"studio": "preview"}, {"key": "library"}, {"key": "word"}])
def test_where_nothing_counts_it_plays_and_leaves_no_trace(options):
    block = make(**options)
    if options.get("studio"):
        assert "Start the scenario" in page(block, "author_view")
    html = play(block, BEST).json["html"]
    assert "Stopped-title" in html and "Save this result" not in html
    assert block.runtime.place.published == [] and runs_of(block) == []
    assert "Staff:" not in page(again(block, STAFF)) or not options.get("studio")


def test_staff_who_look_as_a_learner_leave_no_trace_in_their_name(monkeypatch):
    monkeypatch.setattr("dti_xblocks.blocks.scenario.players.is_impersonated", lambda learner: True)
    block = make()
    assert "Stopped-title" in play(block, BEST).json["html"]
    assert not block.runtime.place.events("grade") and runs_of(block) == []
    assert not models.ScenarioStart.objects.filter(usage_key=str(block.scope_ids.usage_id)).exists()


def test_without_any_service_there_is_a_notice():
    assert "sign in" in page(make(services={}))


def test_the_edit_form_and_what_it_saves():
    block = make(studio="handler")
    html = page(block, "studio_view")
    for words in ("Pass mark (%)", "Tries", "Weight", "Arrival-story"):
        assert words in html
    version = re.search(r'data-version="(\w+)"', html)[1]
    settings = {"display_name": "New", "weight": 2, "pass_mark": 80, "max_tries": 3}
    body = {"settings": settings, "content": CONTENT + "<chapter/>", "version": version}
    for spoilt, words in (
        ({"content": "<scene>"}, "not well-formed"),
        ({"settings": {**settings, "pass_mark": 101}}, "from 1 to 100"),
        ({"settings": {**settings, "max_tries": -1}}, "Tries"),
        ({"settings": {**settings, "weight": -1}}, "Weight"),
    ):
        refused = post_json(again(block), "studio_save", {**body, **spoilt})
        assert refused.status_code == 400 and words in refused.json["error"], spoilt
    saved = post_json(again(block), "studio_save", body)
    assert saved.status_code == 200 and "chapter" in saved.json["problems"][0]["message"]
    author = again(block)
    assert (author.display_name, author.weight, author.pass_mark, author.max_tries) == ("New", 2.0, 80, 3)
    assert author.content.endswith("<chapter/>")


def test_the_content_goes_round_to_the_byte():
    content = CONTENT.replace("<p>Stairs-story.</p>", "<!-- note --><p>Stairs &amp; &lt;story&gt; “é”.</p>")
    block = make(content, pass_mark="80")
    assert exported(block) == content
    assert block.pass_mark == 80


def test_the_handlers_and_fields_leave_the_platforms_names_alone():
    taken = {"start", "due", "graded", "format", "max_attempts", "attempts", "data", "showanswer", "category", "location"}
    assert not taken & {name for name in vars(ScenarioBlock) if not name.startswith("_")}


def test_hostile_content_is_shown_without_script():
    content = CONTENT.replace("Arrival-story", "<script>alert(1)</script><a href='javascript:x' onclick='y'>Arrival-story</a>")
    content = content.replace('title="Arrival-title"', 'title="&lt;img src=x onerror=z&gt;"')
    html = post(make(content), "begin").json["html"]
    assert "Arrival-story" in html and "&lt;img" in html
    for evil in ("<script", "javascript:", "onclick", "<img"):
        assert evil not in html


@pytest.mark.parametrize("content", [timed.CONTENT, *(starter.content for starter in starters())])
def test_everything_in_the_format_goes_round_to_the_byte(content):
    first = exported(make(content, score_by="both", counted="latest", clock_rule="extended"))
    assert first == content
    assert exported(make(first)) == content


@pytest.mark.parametrize("path", sorted(COURSE.glob("vertical/*.xml")), ids=lambda path: path.stem)
def test_the_courses_scenarios_go_round_to_the_byte(path):
    for node in etree.parse(path, parser()).iterfind(".//dti_scenario"):
        assert exported(make(inner_xml(node))) == inner_xml(node)
