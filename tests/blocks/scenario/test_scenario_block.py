"""The scenario block through a runtime: play, resume, refusals, one decision for each moment."""

import re

import pytest

from dti_xblocks.records import models
from dti_xblocks.records.scenario import journal
from tests.blocks.scenario.playing import BROKEN, choose, hidden_fields, make, play, reset, went_on, without_links
from tests.runtime import LEARNER, OTHER, STAFF, again, page, post
from tests.scenario.example import BEST, CONTENT, MIXED, WORST


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
    assert re.search(r'<span class="dti-sr">Level:</span> <b>Officer level</b>', html)
    assert html.count('type="radio"') == 3
    assert re.search(r'<h4 id="[^"]+-scene" tabindex="-1" data-dti-focus>Arrival-title</h4>', html)
    assert "0 decisions made" in html


def test_after_a_decision_comes_what_happened_then_the_next_scene():
    block = make()
    post(block, "begin")
    html = choose(again(block), "speak").json["html"]
    places = [html.index(words) for words in ("Speak-outcome.", "Speak-why.", "Byrd", "Continue")]
    assert places == sorted(places) and "Stairs-title" not in html and "Stepin-text." not in html
    assert re.search(r'<h4 id="[^"]+-feedback" tabindex="-1" data-dti-focus>What happened</h4>', html)
    assert "Read in 20 seconds" in html and "In twenty seconds" not in html
    assert html in page(again(block)), "loading the page again loses nothing"
    after = went_on(block)
    assert "Stairs-title" in after and "Stepin-text." in after and "Speak-outcome." not in after
    assert "1 decision made" in after and after in page(again(block))
    assert "<cite>Byrd v. Brishke</cite>, 466 F.2d 6 (7th Cir. 1972)" in without_links(html)
    assert re.search(r'href="[^"]*/authority\?ref=byrd-v-brishke"', html)


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
    block = make(CONTENT.replace("byrd-v-brishke", slug))
    post(block, "begin")
    html = choose(again(block), "speak").json["html"]
    assert shown in without_links(html)


def test_the_ending_looks_back():
    html = play(make(), MIXED).json["html"]
    for words in (
        "Hidden-title",
        "A mixed ending",
        "You earned 4000 of 16900 points. That is 24%.",
        "You need 70% to pass.",
        "You finished this scenario, but you did not pass. You can play it again.",
        "Replay from the turn",
        "Practice: it does not count.",
        "From the start",
    ):
        assert words in html
    for words in ("Leave-outcome.", "2100 of 7300 points", "This was the strongest choice here."):
        assert words in html
    assert re.search(r"data-dti-focus>Hidden-title", html)
    assert "strongest path through the whole scenario" in html
    assert re.search(r'<th scope="row">Supervisor level</th><td colspan="2">Not reached</td>', html)
    assert not re.search(r"\d\s+%", html)


def test_the_stronger_choice_and_its_reason_are_told_apart():
    html = play(make(pass_mark="20"), MIXED).json["html"]
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
    assert "Stairs-title" in page(again(block))
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
    assert "Speak-outcome." in late.json["html"]


def test_going_on_is_no_decision_and_a_form_of_another_screen_does_not_go_on():
    block = make()
    fields = hidden_fields(post(block, "begin").json["html"])
    came = hidden_fields(post(again(block), "choose", {**fields, "choice": "speak"}).json["html"])
    before = again(block).decisions
    for forged in (fields, {**came, "attempt": "2"}, {**came, "step": "7"}):
        assert "Speak-outcome." in post(again(block), "go_on", forged).json["html"]
    for _time in range(2):
        assert "Stairs-title" in post(again(block), "go_on", came).json["html"]
    assert again(block).decisions == before and block.runtime.place.events("dti.scenario.decided")[1:] == []
    assert post(again(block), "go_on", {"attempt": "1", "step": "x"}).status_code == 400


@pytest.mark.parametrize(("path", "shown"), [(BEST[:1], "Speak-outcome."), (BEST, "Stopped-title")])
def test_a_run_from_before_there_were_two_beats_goes_on(path, shown):
    block = make()
    play(block, path)
    old = again(block)
    old.gone_on = None
    old.save()
    assert shown in page(again(block))
    if path is not BEST:
        assert "Stairs-title" in went_on(block)
        choose(again(block), "step-in")
        assert "Desk-title" in went_on(block)


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


def test_a_decision_is_answered_with_what_is_in_hand(monkeypatch):
    block = make()
    fields = hidden_fields(post(block, "begin").json["html"])
    read = []
    monkeypatch.setattr(journal, "read", lambda *asked: read.append(asked))
    answer = post(again(block), "choose", {**fields, "choice": BEST[0][1]})
    assert "Speak-outcome." in answer.json["html"] and not read


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
