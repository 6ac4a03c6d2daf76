"""The scenario block through a runtime: play, resume, grade, records, refusals, and nothing that is not due in any answer."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import etree

from dti_xblocks.content import inner_xml, parser
from dti_xblocks.records import models
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.scenario import journal, runs
from dti_xblocks.scenario.starters import starters
from dti_xblocks.scenario_block import ScenarioBlock
from tests.runtime import ANONYMOUS, LEARNER, OTHER, STAFF, again, exported, get, make_block, page, post, post_json
from tests.scenario import timed
from tests.scenario.example import BEST, CONTENT, MIXED, POSSIBLE, WORST

COURSE = Path(__file__).parents[3] / "course_export"
BROKEN = CONTENT.replace('to="stairs"', 'to="nowhere"')


def make(content=CONTENT, **options):
    return make_block(ScenarioBlock, content, **options)


def hidden_fields(html: str) -> dict:
    """The hidden fields of the form on the page, as a browser would send them."""
    return {name: value for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html) if "csrf" not in name}


def reset(block) -> None:
    """What "delete learner's state" does."""
    for key in [key for key in block.runtime.place.store.db_dict if key.user_id]:
        block.runtime.place.store.delete(key)


def without_links(html: str) -> str:
    """`html` without the marks of links, as a reader's eyes have it."""
    return re.sub(r'<span class="dti-sr">[^<]*</span>|</?a\b[^>]*>', "", html)


def choose(block, choice, **changes):
    return post(block, "choose", {**hidden_fields(page(again(block))), "choice": choice, **changes})


def play(block, path, handler="begin"):
    """Play `path` as a browser would, each request on a freshly loaded block; the last answer."""
    answer = post(again(block), handler, hidden_fields(page(again(block))))
    for scene, choice in path:
        fields = hidden_fields(answer.json["html"])
        assert fields["scene"] == scene
        answer = post(again(block), "choose", {**fields, "choice": choice})
        assert answer.status_code == 200, answer.text
    return answer


def runs_of(block):
    return list(models.ScenarioRun.objects.filter(usage_key=str(block.scope_ids.usage_id)))


# -- play --------------------------------------------------------------------------------------------------------------


def test_screens_are_html_and_not_its_source():
    for block in (make(), make(studio="preview"), make(BROKEN)):
        for person, name in ((LEARNER, "student_view"), (STAFF, "student_view"), (STAFF, "author_view")):
            assert "&lt;" not in page(again(block, person), name)


def test_the_opening_tells_introduction_and_levels_and_offers_to_start():
    html = page(make(display_name="One night"))
    for words in (
        "One night",
        "Introduction-words.",
        "Officer level",
        "Agency-means.",
        "Start the scenario",
        "as often as you like",
    ):
        assert words in html


def test_a_scene_shows_place_time_speech_ladder_and_choices():
    block = make()
    html = post(block, "begin").json["html"]
    for words in (
        "Arrival-title",
        "Parking-lot",
        "23:40",
        "Arrival-story with <em>weight</em>.",
        "Officer Reyes",
        "Arrival-speech.",
    ):
        assert words in html
    assert re.search(r'<li aria-current="step">Officer level <span class="dti-rung-note">you are here</span></li>', html)
    assert html.count('type="radio"') == 3
    assert re.search(r'<h4 id="[^"]+-scene" tabindex="-1" data-dti-focus>Arrival-title</h4>', html)
    assert "0 decisions made" in html


def test_after_a_decision_comes_what_happened_then_the_next_scene():
    block = make()
    html = play(block, BEST[:1]).json["html"]
    places = [html.index(words) for words in ("Speak-outcome.", "Speak-why.", "Byrd", "Stairs-title", "Stepin-text.")]
    assert places == sorted(places)
    assert "<cite>Byrd v. Brishke</cite>, 466 F.2d 6 (7th Cir. 1972)" in without_links(html)
    assert re.search(r'href="[^"]*/authority\?ref=byrd-v-brishke"', html)
    assert "1 decision made" in html


@pytest.mark.parametrize(
    ("slug", "shown"),
    [
        ("monell-v-department-of-social-services", "<cite>Monell v. Dep&#x27;t of Soc. Servs.</cite>, 436 U.S. 658 (1978)"),
        (
            "horne-v-city-of-buffalo",
            "<cite>Horne v. City of Buffalo</cite> (N.Y. Sup. Ct., Erie County, Apr. 13, 2021) (Ward, J.)",
        ),
        ("42-usc-1983", "<cite>Civil action for deprivation of rights</cite>, 42 U.S.C. § 1983"),
    ],
)
def test_an_authority_is_named_once_and_cited_to_the_letter(slug, shown):
    html = play(make(CONTENT.replace("byrd-v-brishke", slug)), BEST[:1]).json["html"]
    assert shown in without_links(html)


def test_the_ending_looks_back():
    html = play(make(), MIXED).json["html"]
    for words in (
        "Hidden-title",
        "A mixed ending",
        "You earned 4000 of 16900 points. That is 23%.",
        "You need 70% to pass.",
        "You finished this scenario, but you did not pass. You can play it again.",
        "Try again",
    ):
        assert words in html
    assert "Try again" in html
    for words in ("Leave-outcome.", "2100 of 7300 points", "Speak-text.", "Speak-why.", "This was the strongest choice here."):
        assert words in html
    assert re.search(r"data-dti-focus>Hidden-title", html)
    assert "strongest path through the whole scenario" in html
    assert re.search(r'<th scope="row">Supervisor level</th><td colspan="2">Not reached</td>', html)
    assert not re.search(r"\d\s+%", html)


def test_the_stronger_choice_and_its_reason_are_told_apart():
    html = play(make(), MIXED).json["html"]
    pairs = re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", html)
    assert pairs[pairs.index(("Stronger choice", "Speak-text.")) + 1] == ("Why it is stronger", "<p>Speak-why.</p>")
    assert "Why it is stronger" not in play(make(), BEST).json["html"]


def test_a_passed_run_says_so():
    html = play(make(), BEST).json["html"]
    assert "You finished this scenario and passed." in html and "did not pass" not in html and "That is 100%." in html


def test_a_failed_last_try_does_not_promise_another():
    html = play(make(max_tries="1"), WORST).json["html"]
    assert "but you did not pass." in html and "You can play it again" not in html and "used all your tries" in html


def test_a_run_is_resumed_on_any_device():
    block = make()
    play(block, BEST[:1])
    html = page(again(block))
    assert "Stairs-title" in html and "Speak-outcome." in html
    assert "Introduction-words." in page(again(block, OTHER))


def test_a_plain_form_gets_a_redirect_back_to_its_page():
    block = make()
    answer = post(block, "begin", json=False, referer="http://localhost/unit")
    assert (answer.status_code, answer.location) == (303, "http://localhost/unit")
    refused = post(block, "choose", {**hidden_fields(page(again(block))), "choice": "nonsense"}, json=False)
    assert refused.status_code == 400 and "not one of the choices" in refused.text


# -- one decision ------------------------------------------------------------------------------------------------------


def test_a_repeated_request_is_answered_with_the_present_screen():
    block = make()
    fields = {**hidden_fields(post(block, "begin").json["html"]), "choice": "speak"}
    first, second = post(again(block), "choose", fields), post(again(block), "choose", fields)
    assert first.json == second.json
    assert len(again(block).decisions) == 1
    late = post(again(block), "choose", {**fields, "choice": "leave"})
    assert "Stairs-title" in late.json["html"] and "Speak-outcome." in late.json["html"]


def test_starting_twice_starts_once():
    block = make()
    post(block, "begin")
    choose(again(block), "speak")
    post(again(block), "begin")
    assert (again(block).attempt, len(again(block).decisions)) == (1, 1)


def test_a_window_that_was_too_slow_is_told_so():
    block = make()
    fields = hidden_fields(post(block, "begin", {"attempt": "0"}).json["html"])
    post(again(block), "choose", {**fields, "choice": "speak"})
    same = post(again(block), "choose", {**fields, "choice": "speak"}).json["html"]
    other = post(again(block), "choose", {**fields, "choice": "wait"}).json["html"]
    assert "in another window" not in same and "in another window" in other
    assert "Speak-outcome." in other and "in another window" not in page(again(block))


def test_a_page_made_before_the_start_was_saved_goes_on_with_that_run():
    """The run is in the records; what the page was made from did not know it yet."""
    block = make()
    post(block, "begin", {"attempt": "0"})
    stale = again(block)
    stale.attempt = stale.first_attempt = 0
    stale.save()
    fields = hidden_fields(page(again(block)))
    assert fields["attempt"] == "1"
    assert "Arrival-title" in post(again(block), "begin", fields).json["html"]
    assert again(block).attempt == 1
    assert models.ScenarioStart.objects.filter(usage_key=str(block.scope_ids.usage_id)).count() == 1


def test_a_page_from_before_a_reset_does_not_bring_the_old_run_back():
    block = make()
    opening = hidden_fields(page(again(block)))
    play(block, BEST)
    reset(block)
    answer = post(again(block), "begin", opening)
    assert answer.status_code == 409 and "out of date" in answer.json["error"]
    assert "Arrival-title" in post(again(block), "begin", hidden_fields(page(again(block)))).json["html"]
    assert again(block).attempt == 2


def test_a_request_of_an_earlier_run_changes_nothing():
    block = make()
    play(block, BEST)
    post(again(block), "again", {"attempt": "1"})
    late = post(again(block), "choose", {"attempt": "1", "step": "0", "scene": "arrival", "choice": "leave"})
    assert late.status_code == 200 and again(block).decisions == []
    post(again(block), "again", {"attempt": "1"})
    assert again(block).attempt == 2


@pytest.mark.parametrize("choice", ["report", "stopped", "", "SPEAK", "speak "])
def test_a_choice_that_is_not_there_is_refused(choice):
    block = make()
    post(block, "begin")
    answer = choose(again(block), choice)
    assert answer.status_code == 400 and answer.json["error"].endswith(".")
    assert again(block).decisions == []


@pytest.mark.parametrize("step", ["", "x", "-1", "1.0", "٠", "9" * 5000])
def test_a_damaged_form_is_refused(step):
    block = make()
    post(block, "begin")
    assert choose(again(block), "speak", step=step).status_code == 400


@pytest.mark.parametrize("fields", [{"step": "1"}, {"step": "7"}, {"scene": "desk"}, {"attempt": "2"}, {"attempt": "0"}])
def test_a_form_of_another_screen_changes_nothing(fields):
    block = make()
    post(block, "begin")
    assert "Arrival-title" in choose(again(block), "speak", **fields).json["html"]
    assert again(block).decisions == []


def test_choosing_before_the_start_changes_nothing():
    block = make()
    fields = {"attempt": "0", "step": "0", "scene": "arrival", "choice": "speak"}
    assert "Start the scenario" in post(block, "choose", fields).json["html"]
    assert again(block).decisions == []


# -- grade, completion, records ----------------------------------------------------------------------------------------


def test_an_ending_is_graded_completed_and_recorded():
    block = make()
    play(block, MIXED)
    place = block.runtime.place
    assert place.events("grade") == [{"value": 4000 / POSSIBLE, "max_value": 1.0}]
    assert place.events("completion") == [{"completion": 1.0}]
    (run,) = runs_of(block)
    assert (run.user_id, run.username, run.course_key) == (LEARNER.user_id, "reyes", "course-v1:DTI+DTI101+2026")
    assert (run.attempt, run.ending, run.result, run.earned, run.possible) == (1, "hidden", "mixed", 4000, POSSIBLE)
    entries = run.start.decisions.order_by("serial")
    assert list(entries.values_list("scene", "choice")) == [tuple(step) for step in MIXED]
    assert len(run.scenario_version) == 64
    assert run.started_at <= run.finished_at
    assert block.max_score() == 1.0 and block.has_score


def test_before_the_ending_nothing_is_graded():
    block = make()
    play(block, BEST[:2])
    assert not block.runtime.place.events("grade") and not block.runtime.place.events("completion")
    assert runs_of(block) == []


def test_the_best_run_counts():
    block = make()
    play(block, MIXED)
    play(block, WORST, handler="again")
    html = play(block, BEST, handler="again").json["html"]
    assert "Your best score so far is 100%" in html
    values = [grade["value"] for grade in block.runtime.place.events("grade")]
    assert values == [4000 / POSSIBLE, 4000 / POSSIBLE, 1.0]
    assert [run.attempt for run in runs_of(block)] == [1, 2, 3]
    assert "Your best score so far is 23%" not in html


def test_tracking_events_tell_start_decisions_and_ending():
    block = make()
    play(block, MIXED)
    names = [name for name, _data in block.runtime.place.published if name.startswith("dti.")]
    assert names == ["dti.scenario.started", *["dti.scenario.decided"] * 2, "dti.scenario.ended"]


def test_the_tries_are_limited():
    block = make(max_tries="2")
    assert "You can play it 2 times" in page(block)
    assert "1 try left" in play(block, WORST).json["html"]
    html = play(block, WORST, handler="again").json["html"]
    assert "used all your tries" in html and "Try again" not in html
    refused = post(again(block), "again", {"attempt": "2"})
    assert refused.status_code == 400 and again(block).attempt == 2


def test_trying_again_before_an_ending_changes_nothing():
    block = make()
    play(block, BEST[:1])
    post(again(block), "again", {"attempt": "1"})
    assert (again(block).attempt, len(again(block).decisions)) == (1, 1)


def test_a_reset_learner_plays_and_is_recorded_anew():
    block = make(max_tries="1")
    play(block, WORST)
    reset(block)
    play(block, BEST)
    assert [(run.attempt, run.ending) for run in runs_of(block)] == [(1, "lost"), (2, "stopped")]


def test_where_records_cannot_be_kept_the_grade_is_given_all_the_same(monkeypatch):
    def missing(*_ignored):
        raise RecordsUnavailableError("no such table")

    block = make()
    monkeypatch.setattr(runs, "finish", missing)
    for name in ("begin", "held", "read", "latest_attempt"):
        monkeypatch.setattr(journal, name, missing)
    assert "Stopped-title" in play(block, BEST).json["html"]
    assert block.runtime.place.events("grade") == [{"value": 1.0, "max_value": 1.0}]


def test_a_decision_that_could_not_be_written_is_not_counted_and_can_be_sent_again(monkeypatch):
    block = make()
    fields = hidden_fields(post(block, "begin").json["html"])

    def refuse(*_ignored, **_more):
        raise RecordsUnavailableError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr(journal.Journal, "append", refuse)
        answer = post(again(block), "choose", {**fields, "choice": "speak"})
        assert answer.status_code == 503 and "Nothing was lost" in answer.json["error"]
    assert "Arrival-title" in page(again(block))
    assert "Stairs-title" in post(again(block), "choose", {**fields, "choice": "speak"}).json["html"]


def test_decisions_made_while_the_journal_was_away_are_written_later(monkeypatch):
    def missing(*_ignored):
        raise RecordsUnavailableError("no such table")

    block = make()
    play(block, BEST[:1])
    with monkeypatch.context() as away:
        for name in ("held", "read"):
            away.setattr(journal, name, missing)
        choose(block, "step-in")
    assert "Desk-title" in page(again(block))
    choose(block, "report")
    rows = models.ScenarioDecision.objects.filter(run__usage_key=str(block.scope_ids.usage_id)).order_by("serial")
    assert [(row.scene, row.choice, row.led_to) for row in rows] == [
        ("arrival", "speak", "stairs"),
        ("stairs", "step-in", "desk"),
        ("desk", "report", "stopped"),
    ]


# -- a changed scenario ------------------------------------------------------------------------------------------------


def rewrite(block, old, new):
    place = block.runtime.place
    place.authoring = True
    author = again(block)
    author.content = author.content.replace(old, new)
    author.save()
    place.authoring = False


def test_a_changed_scenario_resumes_at_the_last_sound_point_and_says_so():
    block = make()
    play(block, BEST[:2])
    rewrite(block, 'id="step-in"', 'id="stand-between"')
    html = page(again(block))
    assert "was changed while you were away" in html and "Stairs-title" in html and "Desk-story" not in html
    after = choose(again(block), "stand-between").json["html"]
    assert "was changed" not in after and "Desk-title" in after


def test_a_run_that_now_ends_without_a_decision_can_be_saved():
    block = make()
    play(block, BEST[:2])
    rewrite(block, 'id="step-in" to="desk"', 'id="step-in" to="stopped"')
    rewrite(block, 'id="wait" to="stairs"', 'id="wait" to="desk"')
    html = page(again(block))
    assert "The result is not saved yet" in html and not block.runtime.place.events("grade")
    answer = post(again(block), "settle")
    assert "The result is not saved yet" not in answer.json["html"]
    assert len(block.runtime.place.events("grade")) == len(runs_of(block)) == 1


def test_a_finished_run_keeps_its_grade_and_record():
    block = make()
    play(block, BEST)
    rewrite(block, 'points="4400"', 'points="9"')
    page(again(block))
    play(block, WORST, handler="again")
    assert block.runtime.place.events("grade")[-1] == {"value": 1.0, "max_value": 1.0}
    assert (runs_of(block)[0].earned, runs_of(block)[0].possible) == (POSSIBLE, POSSIBLE)


@pytest.mark.parametrize("content", [BROKEN, ""])
def test_an_unsound_scenario_is_not_played(content):
    block = make(content)
    html = page(block)
    assert "This scenario is being edited" in html and "nowhere" not in html
    assert post(again(block), "begin").status_code == 409
    assert again(block).attempt == 0
    assert "being edited" in page(again(block, STAFF)) and "SC0" in page(again(block, STAFF))
    assert "SC0" in page(again(block, studio="preview"), "author_view")


def test_unreadable_content_is_a_notice():
    block = make()
    rewrite(block, "</scene>", "")
    assert "being edited" in page(again(block))
    assert [problem.code for problem in again(block).problems()] == ["SC001"]


# -- who ---------------------------------------------------------------------------------------------------------------


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
