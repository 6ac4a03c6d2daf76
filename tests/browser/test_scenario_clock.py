"""A scene against the clock: what runs it out, and what buys no time. Time passes where a test lets it pass (`officer`)."""

import pytest
from officer import CLOCK, GRACE, SHORT, UNIT
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SPOKEN = """() => { window.spoken = []; new MutationObserver(() => {
    const text = document.querySelector('.dti [aria-live=polite]').textContent; if (text) window.spoken.push(text);
}).observe(document.querySelector('.dti [aria-live=polite]'), {childList: true}); }"""


def test_the_clock_runs_out_and_takes_the_authors_choice(officers):
    officer = officers(reduced_motion="no-preference")
    officer.to_the_clock("laugh")
    page = officer.page
    page.evaluate(SPOKEN)
    assert 0 < officer.left() <= CLOCK
    expect(page.locator("[data-dti-clock-words]")).to_be_hidden()
    expect(page.locator(".dti-ring")).to_be_visible()
    assert page.locator(".dti-standing").bounding_box()["height"] <= 56
    found = officer.scan()
    officer.pass_time(CLOCK - 5)
    page.wait_for_function("Number(document.querySelector('[data-dti-time]').textContent.slice(2)) <= 5")
    expect(page.locator(".dti-clock-five")).to_have_count(1)
    expect(page.get_by_text("Less than 5 seconds")).to_be_visible()
    officer.run_out(5)
    officer.scene("What happened")
    feedback = page.locator(".dti-feedback").inner_text()
    found += officer.scan()
    assert "Time ran out. You said nothing." in feedback and "The fist comes down, and again." in feedback
    spoken = page.evaluate("window.spoken")
    assert [text for text in spoken if text.startswith("Seconds left")] == ["Seconds left: 5"]
    assert len(spoken) <= 2, spoken
    assert "1 more" not in feedback and found == []
    officer.go_on()
    officer.scene("It goes on")


def test_what_is_selected_when_the_time_runs_out_is_done(officers):
    officer = officers()
    officer.to_the_clock(pace="Ten times the time")
    officer.page.locator("input[value=switch]").check()
    officer.pass_time(10 * CLOCK)
    officer.scene("What happened")
    feedback = officer.page.locator(".dti-feedback").inner_text()
    assert "The word gets through." in feedback and "Time ran out" not in feedback
    assert officer.faults == []


def test_neither_reload_nor_second_tab_buys_time(officers):
    officer = officers()
    officer.to_the_clock()
    officer.pass_time(3)
    officer.open(UNIT)
    assert officer.left() <= CLOCK - 3
    officer.pass_time(1)
    second = officer.context.new_page()
    second.goto(f"{officer.address}/{UNIT}")
    second.locator("[data-dti-time]").filter(has_text=":").wait_for()
    shown = second.locator("[data-dti-time]").inner_text()
    assert int(shown.split(":")[1]) <= CLOCK - 4
    officer.run_out(CLOCK - 4)
    for page in (officer.page, second):
        page.locator(".dti-late").wait_for()
    officer.open(UNIT)
    officer.go_on()
    officer.scene("It goes on")
    assert "2 decisions made." in officer.page.content(), "decided once, by the clock"


@pytest.mark.parametrize("hours", [1, -1])
def test_a_changed_system_time_changes_nothing(officers, hours):
    officer = officers()
    officer.on_every_page("const real = Date.now; window.shift = 0; Date.now = () => real.call(Date) + window.shift;")
    asked = []
    officer.page.on(
        "request", lambda request: asked.append(request.post_data) if "time_up" in (request.post_data or "") else None
    )
    officer.to_the_clock(pace="Ten times the time")
    officer.page.locator("input[name=choice]").first.check()
    officer.page.evaluate(f"window.shift = {hours} * 3600000")
    with officer.page.expect_response(lambda answer: "time_up" in (answer.request.post_data or "")):
        officer.pass_time(2)
    officer.page.wait_for_function("at => document.querySelector('[data-dti-time]').textContent <= at", arg="1:58")
    officer.pass_time(2)
    officer.page.wait_for_function("at => document.querySelector('[data-dti-time]').textContent <= at", arg="1:56")
    assert officer.left() > 5 * CLOCK, "a few seconds went, not an hour"
    assert len(asked) == 1, "the machine might have slept: the server is asked, once"
    assert officer.page.locator("input[name=choice]").first.is_checked(), "and what was chosen is still chosen"
    officer.decide("stop")
    officer.scene("On the ground")


def test_after_a_sleep_the_outcome_is_there_at_once(officers):
    officer = officers()
    officer.on_every_page(
        "const real = performance.now; window.slept = 0; performance.now = () => real.call(performance) - window.slept;"
    )
    officer.to_the_clock()
    with officer.page.expect_response(lambda answer: "time_up" in (answer.request.post_data or "")):
        officer.page.evaluate("window.slept = 600000")  # its own time stood still
    expect(officer.page.locator("form[aria-busy=true]")).to_have_count(0)
    assert officer.page.locator("[data-dti-clock]").count() == 1, "the server says that there is time left"
    officer.served.forward(CLOCK + GRACE)  # the server's did not
    with officer.page.expect_response(lambda answer: "time_up" in (answer.request.post_data or "")):
        officer.page.evaluate("window.slept = 0")
    officer.scene("What happened")


def test_a_run_goes_on_in_another_browser_with_the_time_that_is_left(officers):
    first = officers()
    first.to_the_clock()
    first.pass_time(5)
    second = officers(viewport={"width": 360, "height": 740})
    second.open(UNIT)
    assert 0 < second.left() <= CLOCK - 5
    assert second.page.evaluate("document.activeElement === document.body"), "nothing is pushed on a page that was just opened"
    second.decide("switch")
    second.scene("On the ground")
    first.reload()
    first.scene("On the ground", focus=False)


@pytest.mark.parametrize(("pace", "words"), [("Ten times the time", "2 minutes"), ("No clock", "")])
def test_a_learner_takes_more_time_or_all_of_it(officers, pace, words):
    officer = officers()
    officer.begin(pace)
    officer.decide("deal")
    officer.scene("The cuffs are on")
    if words:
        assert f"runs against the clock: {words}." in officer.page.locator(".dti-gate").inner_text()
        officer.start_clock()
        assert CLOCK < officer.left() <= 10 * CLOCK
    else:
        assert officer.page.locator("[data-dti-clock], .dti-gate").count() == 0
    officer.decide("switch")
    officer.scene("On the ground")
    officer.decide("medic")
    officer.scene("It stopped with you")
    assert "That is 100%." in officer.page.locator(".dti-score").inner_text(), "more time costs no points"
    officer.page.get_by_text("Change the clock for the next run").click()
    assert officer.page.get_by_label(pace).is_checked()


def test_a_run_that_ended_while_nobody_looked_is_saved_by_itself(officers):
    officer = officers()
    officer.play("laugh", "clock", "look", "clock")
    officer.page.goto("about:blank")
    officer.run_out(SHORT)
    officer.open(UNIT)
    officer.page.locator(".dti-late").wait_for()
    officer.page.wait_for_function("!document.querySelector('form[data-dti-auto]')")
    assert officer.page.evaluate("document.activeElement === document.body")
    officer.open("progress")
    officer.open(UNIT)
    officer.go_on()
    officer.scene("Over when he was tired")
    assert officer.page.get_by_role("button", name="Save this result").count() == 0
    officer.go_on()
    expect(officer.page.locator(".dti-review")).to_have_count(1)
    assert officer.faults == []
