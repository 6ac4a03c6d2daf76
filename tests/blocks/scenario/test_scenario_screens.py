"""The scenario's templates, without a block: what each screen says, and what it does not."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from dti_xblocks.scenario import debrief, olx, play
from dti_xblocks.scenario.screen import CONSEQUENCE, PLACE, present
from dti_xblocks.templating import render
from tests.blocks.scenario.playing import without_links

SCENARIO = olx.read((Path(__file__).parents[2] / "browser/seconds.xml").read_text(encoding="utf-8"), "both")
T = datetime(2026, 11, 23, 14, tzinfo=UTC)
ADDRESSES = {name: f"/handler/{name}" for name in ("begin", "enter", "choose", "go_on", "again", "settle", "review_pdf")}
KEPT = {"title": "Old ending", "result": "mixed", "percent": 80, "at": "2026-11-23T14:00:00+00:00", "passed": True}


def lookup(slug):
    return slug.title(), ", 1 U.S. 1 (2026)", f"/handler/authority?ref={slug}"


def played(*steps, pace=play.AS_WRITTEN):
    """The state after `steps`, and the time then: choice ids, "clock" to start one, "late" to let it run out."""
    state, now = play.replay(SCENARIO, [], pace), T
    for step in steps:
        now += timedelta(seconds=5)
        if step == "clock":
            state = play.start_clock(SCENARIO, state, now, pace)
        elif step == "late":
            now = state.clock.ends + timedelta(minutes=1)
            state = play.replay(SCENARIO, state.stored(), pace, now)
        else:
            state = play.decide(SCENARIO, state, step, now, pace)
    return state, now


def context(*steps, state=None, beat=PLACE, **changes):
    state, now = played(*steps) if steps or state is None else (None, T)
    ended = state is not None and state.ending is not None
    return {
        "csrf_token": "token",
        "in_studio": False,
        "uid": "dti-seconds",
        **ADDRESSES,
        "screen": present(SCENARIO, state, lookup, now, beat),
        "debrief": debrief.look_back(SCENARIO, state, 70, lookup, T.isoformat(), answers=True) if ended else None,
        "kept": None,
        "recorded": None,
        "changed": False,
        "unsettled": False,
        "can_pdf": True,
        "attempt": 1,
        "step": len(steps),
        "tries_left": None,
        "may_try_again": True,
        "counted": "best",
        "counting": None,
        "offer_pace": True,
        "pace": 1,
        "timed": True,
        **changes,
    }


def html(*steps, name="dti/scenario/screen.html", **changes) -> str:
    with translation.override("en"):
        return render(name, context(*steps, **changes))


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup))


def opening(**changes) -> str:
    return html(state=False, **changes)


MIXED = ("laugh", "clock", "late", "clock", "now", "wait")
BEST = ("deal", "clock", "switch", "medic")


def test_before_the_start_a_learner_chooses_how_much_time_there_is():
    page = opening()
    assert re.findall(r'name="pace" value="(\d+)"( checked)?', page) == [("1", " checked"), ("10", ""), ("0", "")]
    assert "This makes no difference to your score." in page and "Public trust" in page and "Your own record" not in page


def test_where_there_is_nothing_to_choose_the_clock_is_only_told():
    assert "you start each of them yourself" in opening(offer_pace=False)
    for page in (opening(offer_pace=False), opening(offer_pace=False, pace=0)):
        assert 'name="pace"' not in page
    assert "against a clock" not in opening(offer_pace=False, pace=0)


@pytest.mark.parametrize(("counted", "sentence"), [("best", "best"), ("latest", "latest"), ("first", "first")])
def test_it_is_told_which_run_counts(counted, sentence):
    assert f"Your {sentence} result counts." in opening(counted=counted)
    assert f"Your {sentence} score" in html(*BEST, counted=counted, counting=50)
    assert f"Your {sentence} result counts." in html(*BEST, counted=counted, may_try_again=False)


def test_who_may_play_once_need_not_know_which_run_counts():
    assert "You can play it once." in opening(tries_left=1) and "result counts" not in opening(tries_left=1)


def test_behind_the_gate_nothing_of_the_scene_is_told_but_its_name_place_and_time():
    page = html("deal")
    assert "The next scene runs against the clock: <strong>12 seconds</strong>." in page
    assert "Parking lot" in page and 'action="/handler/enter#' in page
    for later in ("drives a knee", "Mr. Vail", "Switch!", 'name="choice"', "timeout"):
        assert later not in page


def test_a_running_clock_has_its_numbers_and_a_form_for_its_end():
    page = html("deal", "clock")
    assert 'data-left="12.000" data-seconds="12"' in page and "You have 12 seconds from when you pressed Start." in page
    form = re.search(r"<form[^>]*data-dti-time-up.*?</form>", page, re.DOTALL)[0]
    assert 'name="time_up" value="1"' in form and 'name="scene" value="lot"' in form and 'name="step" value="2"' in form
    assert "What happened" not in page, "reading feedback costs no time"
    assert "You said nothing" not in page, "the clock's choice is never shown"


def test_without_a_clock_the_scene_can_be_read_at_leisure():
    state, now = played("deal", pace=play.NO_CLOCK)
    page = html("deal", screen=present(SCENARIO, state, lookup, now, PLACE), pace=0)
    assert "drives a knee" in page and "What happened" not in page and "data-dti-clock" not in page
    assert 'type="radio"' in page and "Do it" in page


def test_under_a_clock_one_press_decides_but_not_for_who_asked_for_more_time():
    page = html("deal", "clock")
    assert re.search(r'<button type="submit"[^>]*name="choice" value="stop"', page) and 'type="radio"' not in page
    page = html("deal", "clock", pace=10)
    assert (
        'type="radio" name="choice" value="stop"' in page
        and "Do it" in page
        and 'name="choice" value="" data-dti-selected' in page
    )


def test_what_the_clock_decided_is_said():
    page = words(html("laugh", "clock", "late", beat=CONSEQUENCE))
    assert "Time ran out. You said nothing." in page
    assert "You chose:" not in page and "Public trust: down 25, now 25." in page


@pytest.mark.parametrize(
    ("steps", "tone"),
    [(("deal",), "▲ For the better"), (("laugh",), ""), (("laugh", "clock", "look"), "▼ For the worse")],
)
def test_what_came_of_a_decision_has_a_tone_of_what_it_moved(steps, tone):
    page = words(html(*steps, beat=CONSEQUENCE))
    assert tone in page
    assert tone or not re.search("[▲▼◆]", page)


def test_before_the_end_the_button_says_so():
    assert "Continue to the end" not in html("deal", beat=CONSEQUENCE)
    page = html(*BEST, beat=CONSEQUENCE)
    assert "Continue to the end" in page and "#dti-seconds-close" in page and "It stopped with you" not in page


def test_the_line_on_top_tells_rung_meters_and_decisions():
    page = words(html("deal", beat=PLACE, pace=0))
    assert "Level: Quiet signal" in page and "●○" in page and "1 decision made." in page and "55 of 100" in page and "+5" in page
    assert "Level: No level yet" in words(html(state=None))
    assert "Level: No level ●●○" in words(html("deal", "clock", "late"))


def test_the_review_explains_what_was_counted_unseen():
    page = words(html(*MIXED))
    assert "Your own record What the file will say." in page and "The man in custody How he comes" not in page


def test_authorities_are_linked_where_there_is_a_page_and_cited_where_there_is_none():
    page = html("laugh", "clock", "late", beat=CONSEQUENCE)
    assert 'href="/handler/authority?ref=yang-v-hardin" target="_blank"' in page
    pdf = html(*MIXED, name="dti/pdf/scenario.html", title="Seconds", learner="A", version="v")
    assert "<cite>Yang-V-Hardin</cite>, 1 U.S. 1 (2026)" in without_links(pdf) and "handler" not in pdf


def test_only_course_assets_are_shown():
    page = html(state=None)
    assert '<img src="/static/dot.png" alt="A dashboard at night"' in page
    scene = SCENARIO.scene("car")
    bad = [type(line)("image", "https://example.org/x.png", "A dashboard") for line in scene.lines if hasattr(line, "kind")]
    shown = html(name="dti/scenario/lines.html", lines=bad)
    assert "example.org" not in shown and "cannot be shown" in shown and "A dashboard" in shown


def test_the_review_tells_the_tired_first_what_counts():
    page = words(html(*MIXED))
    order = [
        "A mixed ending",
        "did not pass",
        "Where it turned",
        "Replay from the turn",
        "Your decisions",
        "From the start",
        "What to practice",
        "Your path beside",
        "Where the points",
    ]
    assert [page.index(part) for part in order] == sorted(page.index(part) for part in order)


def test_both_paths_are_one_table_that_reads_as_text():
    table = re.search(r'<table class="dti-map".*?</table>', html(*MIXED), re.DOTALL)[0]
    assert re.findall(r'<th scope="col">([^<]+)</th>', table) == ["Your path", "Strongest path"]
    text = words(table)
    assert "1 In the car You chose: Laugh it off" in text and "Strongest path: &quot;If one of us" in text.replace('"', "&quot;")
    assert text.rstrip().endswith("It stopped with you A good ending")
    alike = words(re.search(r'<table class="dti-map".*?</table>', html("deal", "clock", "stop", "medic"), re.DOTALL)[0])
    assert "Both chose: Call a medic" in alike


def decisions(page):
    """Of each in the list: whether it is open, its number and its mark."""
    return re.findall(r'<details( open)?><summary><h6><span[^>]*>(\d)</span>.*?dti-mark-(\w+)"', page, re.DOTALL)


def test_the_decisions_are_a_list_with_full_half_and_none():
    page = html(*MIXED)
    assert decisions(page) == [("", "1", "none"), ("", "2", "none"), ("", "3", "full"), ("", "4", "none")]
    assert "✓</span> full" in page and "✕</span> none" in page
    assert decisions(html(*BEST)) == [("", str(number), "full") for number in range(1, len(decisions(html(*BEST))) + 1)]
    assert "Nothing stands out" in html(*BEST)


def test_who_asked_for_the_strongest_answers_finds_them_open():
    page = html(*MIXED, asked=True, opened=True)
    assert [number for opened, number, _mark in decisions(page) if opened] == ["1", "2", "4"]
    assert re.search(r"data-dti-focus>Your decisions", page) and page.count("data-dti-focus") == 1
    assert "Practice, because you opened the strongest answers" in page


def test_a_result_of_an_earlier_version_is_kept_and_told():
    page = html(*BEST, kept=KEPT)
    assert "Old ending" in page and "Your score is 80%." in page and "November 23, 2026, 2 p.m. UTC" in page
    assert "has changed since you played it" in page and "From the start" in page
    assert "It stopped with you" not in page and "dti-map" not in page


def test_a_review_on_a_changed_scenario_keeps_the_recorded_score():
    recorded = {**KEPT, "earned": 8, "possible": 10}
    page = words(html(*MIXED, changed=True, recorded=recorded))
    assert "You earned 8 of 10 points. That is 80%." in page and "finished this scenario and passed" in page
    assert "Your result stays as it was: 80%." in page


def test_an_unsaved_result_has_a_form_that_the_script_sends():
    page = html(*MIXED, unsettled=True)
    assert re.search(r'<form[^>]*action="/handler/settle"[^>]*data-dti-auto', page) and "Save this result" in page
    assert "data-dti-auto" not in html(*MIXED)


def test_no_pdf_no_link():
    assert "/handler/review_pdf" in html(*BEST)
    assert "/handler/review_pdf" not in html(*BEST, can_pdf=False)


def test_every_form_that_writes_is_safe_to_send_twice():
    for page in (
        opening(),
        html("deal"),
        html("deal", beat=CONSEQUENCE),
        html("deal", "clock"),
        html(*MIXED, unsettled=True),
        html(*BEST, kept=KEPT),
    ):
        for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
            assert "data-dti-form" in form and "data-dti-retry=" in form
            assert 'name="csrfmiddlewaretoken" value="token"' in form and 'name="attempt" value="1"' in form


def test_the_pdf_names_learner_course_time_and_version():
    facts = {"title": "Seconds", "learner": "Ana Reyes", "course": "DTI", "finished": "today", "version": "abc123"}
    page = html(*MIXED, name="dti/pdf/scenario.html", **facts)
    for part in ("After-action review", "Seconds", "Ana Reyes", "DTI", "today", "abc123", "What to practice", "Your decisions"):
        assert part in page
    assert "<form" not in page and "<button" not in page and "<details" not in page
