"""The scenario as learners meet it: by keyboard, with pictures and meters, on a bad line, without script, in every mode."""

import re

import pytest
from officer import CLOCK, UNIT
from playwright.sync_api import expect
from visitor import MODES, PIXELS

pytestmark = pytest.mark.browser


# -- a run -------------------------------------------------------------------------------------------------------------


def test_a_timed_run_by_keyboard_alone(officers):
    officer = officers()
    officer.open(UNIT)
    page, found = officer.page, officer.scan()

    def press(key, times=1):
        for _time in range(times):
            page.keyboard.press(key)

    def focused():
        return page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")

    def tab_to(text):
        for _press in range(60):
            if focused().startswith(text):
                return
            press("Tab")
        raise AssertionError(f"no way to {text} by Tab")

    def go_on():
        officer.scene("What happened", focus=False)
        tab_to("Continue")
        press("Enter")

    tab_to("Start the scenario")
    press("Enter")
    officer.scene("In the car")
    press("2")
    assert page.evaluate("document.activeElement.value") == "laugh", "the keys choose, and decide nothing"
    press("1")
    press("Tab")
    assert focused() == "Do it", "beside the choice that was made"
    press("Enter")
    officer.scene("What happened")
    found += officer.scan()
    go_on()
    officer.scene("The cuffs are on")
    found += officer.scan()
    assert (
        "The next scene runs against the clock: 12 seconds. Start when you are ready." in page.locator(".dti-gate").inner_text()
    )
    assert page.locator("input[name=choice]").count() == 0, "behind the gate nobody reads ahead"
    press("Tab")
    assert focused() == "Start the clock"
    press("Enter")
    officer.scene("The cuffs are on")
    page.locator("[data-dti-clock]").wait_for()
    press("Tab")
    press("Tab")
    assert page.evaluate("document.activeElement.value") == "switch", "it is offered because of the first choice"
    press("2")
    officer.scene("What happened")
    tab_to("Yang v. Hardin")
    press("Enter")
    expect(page.locator(".dti-law details[open]")).to_have_count(1)
    found += officer.scan()
    go_on()
    officer.scene("On the ground")
    found += officer.scan()
    tab_to("Transcript")
    press("Enter")
    expect(page.get_by_text("Vail: My ribs.")).to_be_visible()
    page.locator("input[name=choice]").first.focus()
    press("Space")
    press("Tab")
    press("Enter")
    go_on()
    officer.scene("It stopped with you")
    found += officer.scan()
    assert page.locator(".dti-score").count() == 0, "how it ends comes first, alone"
    tab_to("Continue to the result")
    press("Enter")
    page.locator(".dti-score").wait_for()
    officer.scene("It stopped with you")
    found += officer.scan()
    assert "You earned 16 of 16 points. That is 100%." in page.locator(".dti-score").inner_text()
    assert found == []
    assert officer.faults == []


def test_meters_and_ladder_tell_where_things_stand(officers):
    officer = officers()
    officer.begin()
    page = officer.page
    gauges = page.locator(".dti-gauges li")
    assert [" ".join(gauge.inner_text().split()) for gauge in gauges.all()] == [
        "Public trust 50 of 100",
        "The man in custody 80 of 100",
    ]
    officer.choose("deal")
    officer.scene("What happened")
    feedback = page.locator(".dti-feedback")
    assert "Public trust: up 5, now 55." in feedback.inner_text()
    assert "Level: Quiet signal" in feedback.inner_text()
    assert "The man in custody" not in feedback.inner_text(), "it did not change"
    assert "For the better" in feedback.inner_text()
    officer.go_on()
    officer.scene("The cuffs are on")
    assert "+5" in gauges.first.inner_text()
    assert "Quiet signal" in page.locator(".dti-rung").inner_text()
    assert page.locator(".dti-standing").bounding_box()["height"] <= 56
    assert "Your own record" not in page.content(), "kept for the review"


def test_a_picture_and_recordings_have_words_and_controls(officers):
    officer = officers()
    officer.begin()
    picture = officer.page.get_by_role("img", name="A dashboard at night")
    assert picture.evaluate(PIXELS) > 0
    officer.decide("deal")
    officer.scene("The cuffs are on")
    officer.start_clock()
    officer.decide("switch")
    officer.scene("On the ground")
    video = officer.page.locator("video[aria-label='Body camera']")
    assert video.evaluate("video => [video.controls, video.preload, video.playsInline]") == [True, "none", True]
    expect(video.locator("track[kind=captions]")).to_have_count(1)
    assert officer.page.locator("audio[aria-label='Radio call']").evaluate("audio => audio.controls")
    expect(officer.page.locator("details:has-text('Dispatch: Unit four')")).to_have_count(1)
    assert officer.page.evaluate("fetch(document.querySelector('video').src).then((answer) => answer.ok)")
    assert officer.faults == []


def test_an_authority_leads_to_its_brief(officers):
    officer = officers()
    officer.to_the_clock()
    officer.choose("switch")
    officer.scene("What happened")
    law = officer.page.locator(".dti-law details").first
    law.locator("summary").click()
    expect(law).to_have_attribute("open", "")
    assert len(law.inner_text().split()) > 40, "in place, and in twenty seconds"
    with officer.context.expect_page() as opened:
        law.get_by_role("link", name=re.compile("The whole brief ?: Yang v. Hardin")).click()
    brief = opened.value
    brief.wait_for_load_state()
    expect(brief.get_by_role("heading", name=re.compile("Yang v. Hardin"))).to_have_count(1)
    assert "In twenty seconds" in brief.locator("main").inner_text()


def test_a_loop_is_played_again_and_earns_nothing(officers):
    officer = officers()
    officer.play("laugh", "clock", "look", "clock", "retry", "clock", "stop", "wait")
    officer.scene("It stopped, and then nothing", focus=False)
    path = officer.page.locator(".dti-path > li")
    expect(path).to_have_count(5)
    assert "decided before" in path.nth(3).inner_text()
    assert path.locator(".dti-number").all_inner_texts() == ["1", "2", "3", "4", "5"]


# -- a bad line, no script ---------------------------------------------------------------------------------------------


def test_an_answer_lost_on_its_way_is_asked_for_again_and_counts_once(officers):
    officer = officers()
    officer.begin()

    def swallow(route):
        route.fetch()
        route.abort()

    officer.page.route("**/choose*", swallow, times=1)
    officer.choose("deal")
    officer.page.get_by_role("status").get_by_text("The connection was lost. Trying again…").wait_for()
    officer.go_on()
    officer.scene("The cuffs are on")
    officer.start_clock()
    expect(officer.page.get_by_text("1 decision made")).to_have_count(1)
    assert officer.page.locator("[data-dti-error]").is_hidden()


def test_a_proxy_that_is_busy_is_asked_again(officers):
    officer = officers()
    officer.begin()
    officer.page.route("**/choose*", lambda route: route.fulfill(status=503, body="<html>busy</html>"), times=2)
    officer.decide("deal")
    officer.scene("The cuffs are on")


def test_a_line_that_is_down_keeps_the_choice_and_sends_it_when_it_is_back(officers):
    officer = officers()
    officer.begin()
    officer.context.set_offline(True)
    officer.choose("deal")
    told = officer.page.get_by_role("alert").get_by_text("connection was lost")
    told.wait_for()
    button = officer.page.get_by_role("button", name="Do it").bounding_box()
    assert 0 < told.bounding_box()["y"] - button["y"] < 500, "below the form of the button, and in sight"
    expect(told).to_be_in_viewport()
    assert officer.page.locator("input[value=deal]").is_checked()
    officer.context.set_offline(False)
    officer.scene("What happened")
    officer.go_on()
    officer.scene("The cuffs are on")
    officer.start_clock()
    expect(officer.page.get_by_text("1 decision made")).to_have_count(1)


def test_without_javascript_a_timed_run_is_plain_forms(officers):
    officer = officers("second", java_script_enabled=False)
    page = officer.page
    page.goto(f"{officer.address}/{UNIT}")
    page.get_by_role("button", name="Start the scenario").click()
    officer.decide("laugh")
    page.get_by_role("button", name="Start the clock").click()
    assert f"You have {CLOCK} seconds from when you pressed Start." in page.locator("[data-dti-clock-words]").inner_text()
    assert page.url.endswith("-scene"), "the scene, not the top of the page"
    assert -1 <= page.locator(".dti-moment h4").bounding_box()["y"] < page.viewport_size["height"]
    expect(page.locator("[data-dti-clock]")).to_be_hidden()
    expect(page.get_by_role("button", name="My time is up")).to_be_hidden()
    officer.run_out(CLOCK)
    officer.choose("stop")  # too late
    assert "Time ran out. You said nothing." in page.locator(".dti-feedback").inner_text()
    assert page.url.endswith("-feedback")
    page.reload()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Start the clock").click()
    officer.decide("now")
    officer.decide("medic")
    expect(page.locator(".dti-review")).to_have_count(1)
    assert page.get_by_role("button", name="Print").count() == 0
    assert page.locator(".dti-path details").first.evaluate_all("all => all.length") == 1


def test_a_script_that_fails_leaves_the_page_usable(officers):
    officer = officers()
    officer.page.route("**/js/scenario/clock.js", lambda route: route.abort())
    officer.open(UNIT)
    for button in ("Start the scenario", None, "Continue", "Start the clock", None, "Continue"):
        with officer.page.expect_navigation():
            if button:
                officer.page.get_by_role("button", name=button).click()
            else:
                officer.choose("deal" if officer.page.locator("[value=deal]").count() else "stop")
    expect(officer.page.get_by_role("heading", name="On the ground")).to_have_count(1)


# -- every screen in every mode ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_screen_in_every_mode(officers, mode):
    officer = officers(**mode)
    page = officer.page
    officer.open(UNIT)
    found = officer.flaws()
    page.locator("input[name=pace][value='10']").check()
    page.locator(".dti-opening button").click()
    for step in ("laugh", "on", "gate", "look", "on", "gate", "now", "on", "wait", "on", "end"):
        buttons = {"gate": ".dti-gate button", "on": ".dti-feedback + form button", "end": ".dti-ending + form button"}
        button = buttons.get(step, f"input[name=choice][value='{step}']")
        page.locator(button).wait_for()
        found += officer.flaws()
        if step in buttons:
            page.locator(button).click()
        else:
            page.locator(button).check()
            page.locator("[data-dti-confirm] button").click()
        page.locator(button).wait_for(state="detached")
        assert page.evaluate("document.activeElement !== document.body"), step
    page.locator(".dti-review").wait_for()
    found += officer.flaws()
    assert found == []
    assert officer.faults == []


def test_the_clock_stays_in_sight_on_a_phone_and_hides_nothing_that_has_focus(officers):
    officer = officers(viewport={"width": 360, "height": 480})
    officer.begin("Ten times the time")
    officer.decide("deal")
    officer.scene("The cuffs are on")
    officer.start_clock()
    assert -1 <= officer.page.locator(".dti-moment h4").bounding_box()["y"] < 120  # no second is lost on scrolling
    for name in ("stop", "switch", "look"):
        officer.page.locator(f"input[value={name}]").focus()
        clock = officer.page.locator(".dti-standing").bounding_box()
        row = officer.page.locator(f"label:has(input[value={name}])").bounding_box()
        assert clock["y"] >= 0 and clock["y"] + clock["height"] <= row["y"] + 1


def test_a_reader_who_wants_less_motion_sees_no_moving_ring(officers):
    officer = officers()  # as visitors of these tests do
    officer.to_the_clock()
    expect(officer.page.locator(".dti-ring")).to_be_hidden()
    expect(officer.page.locator(".dti-ring-all")).to_be_visible()
    expect(officer.page.locator("[data-dti-time]")).to_be_visible()
