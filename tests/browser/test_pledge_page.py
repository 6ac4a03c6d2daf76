"""Signing a pledge in a real browser: by mouse, keyboard and touch, without a script, with connections lost at the worst moment."""

import json
import re

import pytest
from playwright.sync_api import expect
from signer import Signer
from visitor import EVERYBODY, MODES, PIXELS

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 900}}
SIGN = re.compile(r"/sign(\?|$)")
AGREE = re.compile(r"/agree(\?|$)")


@pytest.fixture
def unit(pledges):
    """Gives an untouched unit."""
    return pledges[2]


@pytest.fixture
def signers(chromium, pledges):
    """Makes signers, each with a browser of their own. A fault of the page that was not expected fails the test."""
    made = []

    def someone(person: str = "learner", expected_faults: str = "", **context) -> Signer:
        signer = Signer(chromium, pledges[0], pledges[1], **{**WIDE, **context})
        signer.expected_faults = expected_faults
        made.append(signer)
        signer.be(person)
        return signer

    yield someone
    for signer in made:
        faults = [fault for fault in signer.faults if not signer.expected_faults or not re.search(signer.expected_faults, fault)]
        signer.close()
        assert faults == []


# -- the way -------------------------------------------------------------------------------------------------------------


@pytest.mark.smoke
def test_by_mouse_from_reading_to_the_signed_pledge(signers, unit):
    signer = signers().at(unit())
    assert signer.one("input:checked").count() == 0
    expect(signer.one("input[name=affirm]")).to_have_count(0)
    signer.agree()
    expect(signer.one("h4[data-dti-focus]")).to_be_focused()
    assert signer.one("input:checked").count() == 0
    signer.fill()
    signer.one("input[name=answer-badge]").fill("ny-0042")
    signer.one("select").select_option("Sergeant")
    signer.sign()
    code = signer.signed()
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    expect(signer.one(".dti-pledge-signed [data-dti-focus]")).to_be_focused()
    expect(signer.one(".dti-pledge-seal")).to_contain_text("Sealed.")  # by itself, a moment after it was signed
    expect(signer.one(".dti-pledge-signed details[open]")).to_have_count(0)
    certificate = signer.one(".dti-pledge-certificate")
    for part in (".dti-letterhead img", ".dti-pledge-signature", ".dti-pledge-when", ".dti-pledge-qr"):
        assert certificate.locator(part).is_visible(), part
    assert certificate.locator(".dti-pledge-qr").evaluate(PIXELS) > 0
    assert certificate.locator(".dti-pledge-qr").bounding_box()["width"] >= 120
    for text in ("Sunset PD", "ny-0042", "Sergeant", "I know the law on intervening"):
        assert signer.one(".dti-pledge-signed").get_by_text(text).count(), text
    signer.reload()
    assert signer.signed() == code
    expect(signer.one("form[data-dti-signing]")).to_have_count(0)


def test_what_is_missing_is_named_and_what_was_entered_stays(signers, unit):
    signer = signers(expected_faults="400").at(unit())
    signer.agree()
    signer.page.evaluate("document.querySelector('form[data-dti-signing]').noValidate = true")
    signer.fill("Somebody Else")
    signer.one("input[name=affirm]").last.uncheck()
    signer.one("input[name=answer-badge]").fill("12")
    signer.sign()
    message = signer.error()
    for words in ("I will speak up", "Badge or POST number", "not the one on your account"):
        assert words in message
    expect(signer.one("[data-dti-error]")).to_be_focused()
    assert signer.one("input[name=answer-agency]").input_value() == "Sunset PD"
    expect(signer.one("input[name=affirm]").first).to_be_checked()
    assert signer.flaws() == []


def test_another_name_asks_for_a_reason_in_time(signers, unit):
    signer = signers().ready(unit())
    reason = signer.one("input[name=reason]")
    expect(reason).to_be_hidden()
    signer.one("input[name=name]").fill("Somebody Else")
    expect(reason).to_be_visible()
    reason.fill("A name changed by marriage")
    signer.sign()
    signer.signed()
    assert signer.one(".dti-pledge-signed").get_by_text("A name changed by marriage").count()


def test_an_answer_of_another_form_is_told_by_the_browser_itself(signers, unit):
    signer = signers().ready(unit())
    badge = signer.one("input[name=answer-badge]")
    for text, sound in (("NY-0042", True), ("ñß-004213", True), ("NY0042", False), ("NY-00421", False), ("", True)):
        badge.fill(text)
        assert badge.evaluate("field => field.checkValidity()") is sound, text


def test_by_keyboard_alone(signers, unit):
    signer = signers().at(unit("read"))
    page = signer.page

    def tab_to(selector):
        for _key in range(80):
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached")

    page.evaluate("document.querySelector('.dti').setAttribute('tabindex', '-1'); document.querySelector('.dti').focus()")
    tab_to("form[data-dti-end] button")
    page.keyboard.press("Enter")
    tab_to("input[name=consent]")
    page.keyboard.press("Space")
    tab_to("form button")
    page.keyboard.press("Enter")
    for statement in ("law", "act"):
        tab_to(f"input[name=affirm][value={statement}]")
        page.keyboard.press("Space")
    tab_to("input[name=answer-agency]")
    page.keyboard.type("Sunset PD")
    tab_to("input[name=name]")
    page.keyboard.type(signer.one("input[name=name]").get_attribute("data-account-name"))
    tab_to("[data-dti-drawing] summary")  # may be passed by
    tab_to("form[data-dti-signing] button[type=submit]")
    page.keyboard.press("Enter")
    signer.signed()
    tab_to(".dti-pledge-signed a")


def test_on_a_phone_the_statements_come_one_at_a_time_by_keyboard_alone(signers, unit):
    signer = signers(viewport={"width": 390, "height": 844}).at(unit())
    signer.agree()
    page, boxes = signer.page, signer.one("input[name=affirm]")
    seen = "() => [...document.querySelectorAll('.dti input[name=affirm]')].map((box) => box.getClientRects().length > 0)"
    assert page.evaluate(seen) == [True, False]
    expect(signer.one("form[data-dti-signing] button[type=submit]")).to_be_hidden()
    assert signer.flaws() == []
    boxes.first.focus()
    page.keyboard.press("Enter")  # not affirmed yet
    assert page.evaluate(seen) == [True, False]
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(boxes.last).to_be_focused()
    assert page.evaluate(seen) == [False, True] and "2" in signer.one("[data-dti-count]").inner_text()
    page.keyboard.press("Space")
    for _key in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-dti-next]')"):
            break
    page.keyboard.press("Enter")
    expect(signer.one("legend:focus")).to_be_visible()
    assert page.evaluate(seen) == [True, True]
    page.keyboard.press("Tab")
    page.keyboard.type("Sunset PD")
    signer.one("input[name=name]").fill(signer.one("input[name=name]").get_attribute("data-account-name"))
    page.keyboard.press("Enter")
    signer.signed()
    assert signer.flaws() == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert signer.overflow() <= 0


def test_without_a_script(signers, unit):
    signer = signers(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = signer.page
    page.goto(f"{signer.address}/unit/{unit('read')}")
    assert signer.one("canvas").count() == 0 or signer.one("canvas").is_hidden()
    signer.read()
    signer.agree()
    expect(signer.one("canvas")).to_be_hidden()
    expect(signer.one("input[name=reason]")).to_be_visible()
    expect(signer.one("input[name=affirm]").first).to_be_visible()
    expect(signer.one("input[name=affirm]").last).to_be_visible()
    expect(signer.one("[data-dti-walk]")).to_be_hidden()
    signer.fill()
    signer.sign()
    signer.signed()
    expect(signer.one(".dti-pledge-seal")).to_contain_text("Sealed.")


@pytest.mark.parametrize("script", ["pledge/main.js", "pledge/pad.js", "screen/forms.js"])
def test_a_script_that_does_not_arrive_leaves_the_page_usable(signers, unit, script):
    signer = signers(expected_faults="script|ERR_FAILED|Failed")
    signer.page.route(f"**/js/{script}", lambda route: route.abort())
    signer.ready(unit())
    with signer.page.expect_navigation():
        signer.sign()
    signer.signed()


# -- reading, agreeing, gates ----------------------------------------------------------------------------------------------


def test_where_reading_is_required_it_is_the_first_step_and_survives_a_reload(signers, unit):
    signer = signers().at(unit("read"))
    expect(signer.one("input[name=consent]")).to_have_count(0)
    assert signer.flaws() == []
    signer.read()
    signer.reload()
    expect(signer.one("input[name=consent]")).to_be_visible()
    expect(signer.one("form[data-dti-wanted]")).to_have_count(0)


def test_reaching_the_end_is_noted_by_itself_once(signers, unit):
    signer = signers()
    name = unit()
    with signer.page.expect_response(re.compile("/read_to_end")) as noted:
        signer.at(name)
        signer.one(".dti-pledge-text > :last-child").scroll_into_view_if_needed()
    assert noted.value.status == 200 and '["by","scroll"]' in noted.value.request.post_data
    signer.reload()
    expect(signer.one("form[data-dti-end]")).to_have_count(0)


def test_an_agreement_survives_a_reload_and_can_be_taken_back(signers, unit):
    signer = signers().at(unit())
    signer.agree()
    signer.reload()
    signer.one("input[name=name]").wait_for()
    signer.one(".dti-pledge-agreed summary").click()
    assert signer.flaws() == []
    signer.one(".dti-pledge-agreed button").click()
    signer.one("input[name=consent]").wait_for()
    expect(signer.one("input[name=consent]")).not_to_be_checked()
    signer.agree()
    signer.fill()
    signer.sign()
    signer.signed()


def test_a_gate_says_what_is_missing_until_it_is_passed(signers, unit):
    signer = signers()
    name = unit("gated")
    signer.at(name)
    assert "Quiz" in signer.one(".dti-pledge-missing").inner_text()
    assert signer.one(".dti-pledge-text").is_visible()
    expect(signer.one("input[name=consent]")).to_have_count(0)
    assert signer.flaws() == []
    signer.take("questions")
    signer.at(name)
    expect(signer.one(".dti-pledge-missing")).to_have_count(0)
    signer.agree()


def test_a_day_to_come_is_named(signers, unit):
    signer = signers().at(unit("later"))
    assert "2199" in signer.one(".dti-pledge-missing").inner_text()
    expect(signer.one("form[data-dti-signing]")).to_have_count(0)


def test_near_its_end_a_signature_may_be_given_again_and_the_old_one_stays(signers, unit):
    signer = signers().ready(unit("yearly"))
    signer.sign()
    first = signer.signed()
    assert signer.flaws() == []
    signer.agree()
    signer.fill()
    signer.sign()
    signer.page.wait_for_function(
        "code => document.querySelector('.dti-pledge-signed .dti-pledge-code').textContent.trim() !== code", arg=first
    )
    assert first in signer.one(".dti-pledge-earlier").inner_text()
    assert signer.flaws() == []


def test_a_new_wording_is_signed_again_and_the_old_pledge_stays(signers, unit, pledges):
    name = unit()
    signer = signers().ready(name)
    signer.sign()
    first = signer.signed()
    file = pledges[1] / f"vertical/{name}.xml"
    file.write_text(file.read_text(encoding="utf-8").replace("I make this pledge freely.", "I make it gladly."), encoding="utf-8")
    for _look in range(20):  # the preview looks at its files now and then
        signer.at(name)
        if signer.one("input[name=consent]").count():
            break
        signer.page.wait_for_timeout(500)
    signer.agree()
    assert "gladly" in signer.one("form[data-dti-signing]").inner_text()
    assert first in signer.one(".dti-pledge-earlier").inner_text()
    signer.fill()
    signer.sign()
    assert signer.signed() != first


# -- at most one signature, and never a lost one ---------------------------------------------------------------------------


def watch(signer) -> list:
    """The requests to sign that leave the browser."""
    sent = []
    signer.page.on("request", lambda request: sent.append(request.url) if SIGN.search(request.url) else None)
    return sent


def test_a_double_click_signs_once(signers, unit):
    signer = signers().ready(unit())
    sent = watch(signer)
    signer.one("form[data-dti-signing] button[type=submit]").dblclick()
    signer.signed()
    assert len(sent) == 1


def test_two_tabs_sign_once_and_both_show_it(signers, unit):
    name = unit()
    signer = signers().ready(name)
    second = signers().at(name)
    second.fill()
    signer.sign()
    code = signer.signed()
    second.sign()
    assert second.signed() == code


def test_a_connection_lost_before_the_server_heard_is_made_good_by_itself(signers, unit):
    signer = signers(expected_faults="ERR_INTERNET").ready(unit())
    signer.context.set_offline(True)
    signer.sign()
    expect(signer.one("[data-dti-status]")).to_contain_text("cannot be recorded twice")
    assert signer.one("input[name=answer-agency]").input_value() == "Sunset PD"
    signer.context.set_offline(False)
    signer.signed()


def test_an_answer_lost_after_the_server_has_saved_is_asked_for_again(signers, unit):
    signer = signers(expected_faults="ERR_FAILED").ready(unit())
    saved = []

    def swallow(route):
        saved.append(route.fetch().status)
        route.abort()

    signer.page.route(SIGN, swallow, times=1)
    signer.sign()
    code = signer.signed()
    assert saved == [200]
    signer.reload()
    assert signer.signed() == code


def test_after_a_crash_of_the_browser_the_page_says_that_it_was_signed(signers, unit):
    name = unit()
    signer = signers(expected_faults="ERR_|Failed").ready(name)

    def saved_and_gone(route):
        route.fetch()
        route.abort()

    signer.page.route(SIGN, saved_and_gone)
    with signer.page.expect_request(SIGN):
        signer.sign()
    signer.page.wait_for_function("() => document.querySelector('.dti [data-dti-status]').textContent.includes('twice')")
    signer.page.close()
    assert signers().at(name).signed()


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_server_that_is_away_for_a_moment_is_asked_again(signers, unit, status):
    signer = signers(expected_faults=str(status)).ready(unit())
    signer.page.route(SIGN, lambda route: route.fulfill(status=status, body="<h1>Bad gateway</h1>"), times=1)
    signer.sign()
    signer.signed()


def test_an_expired_session_loses_nothing_that_was_entered(signers, unit):
    signer = signers(expected_faults="403").ready(unit())
    signer.page.route(SIGN, lambda route: route.fulfill(status=403, body="<html>Sign in</html>"), times=1)
    signer.sign()
    assert "signed out" in signer.error()
    assert signer.one("input[name=answer-agency]").input_value() == "Sunset PD"
    expect(signer.one("input[name=affirm]").first).to_be_checked()
    signer.sign()  # after signing in again in another tab
    signer.signed()


def test_a_lost_answer_to_the_agreement_is_asked_for_again(signers, unit):
    signer = signers(expected_faults="ERR_FAILED").at(unit())

    def swallow(route):
        route.fetch()
        route.abort()

    signer.page.route(AGREE, swallow, times=1)
    signer.agree()
    assert signer.one("input:checked").count() == 0


# -- drawing ---------------------------------------------------------------------------------------------------------------


def test_a_drawing_by_mouse_is_kept_through_resizing_and_in_the_record(signers, unit):
    signer = signers().ready(unit())
    signer.open_pad()
    assert signer.ink() == 0
    signer.draw((0.1, 0.8), (0.3, 0.1), (0.5, 0.9))
    signer.draw((0.6, 0.5), (0.9, 0.5))
    expect(signer.one(".dti-pad-state")).to_contain_text("2")
    kept, ink = signer.strokes(), signer.ink()
    assert len(json.loads(kept)) == 2 and ink > 0
    for width in (400, 1280, 700):
        signer.page.set_viewport_size({"width": width, "height": 700})
        signer.page.wait_for_function("() => document.querySelector('.dti canvas').width === Math.round("
                                      "document.querySelector('.dti canvas').clientWidth * devicePixelRatio)")  # fmt: skip
        assert signer.strokes() == kept and signer.ink() > 0
    assert signer.flaws() == []
    signer.sign()
    signer.signed()
    path = signer.one(".dti-pledge-signed svg path").get_attribute("d")
    assert path.count("M") == 2
    assert signer.flaws() == []


def test_a_drawing_is_undone_and_cleared_by_keyboard(signers, unit):
    signer = signers().ready(unit())
    signer.open_pad()
    signer.draw((0.1, 0.5), (0.4, 0.5))
    signer.draw((0.6, 0.5), (0.9, 0.5))
    signer.one("[data-dti-pad-undo]").focus()
    signer.page.keyboard.press("Enter")
    assert len(json.loads(signer.strokes())) == 1
    signer.one("[data-dti-pad-clear]").focus()
    signer.page.keyboard.press("Space")
    assert signer.strokes() == "" and signer.ink() == 0
    expect(signer.one(".dti-pad-state")).to_contain_text("cleared")
    expect(signer.one("[data-dti-pad-clear]")).to_be_focused()
    signer.sign()
    signer.signed()
    expect(signer.one(".dti-pledge-signed svg path")).to_have_count(0)


def test_a_drawing_that_is_no_more_than_a_slip_is_refused_and_stays_to_be_cleared(signers, unit):
    signer = signers(expected_faults="400").ready(unit())
    signer.open_pad()
    signer.draw((0.5, 0.5), (0.501, 0.5))
    signer.sign()
    assert "too small" in signer.error()
    assert signer.strokes()
    signer.one("[data-dti-pad-clear]").click()
    signer.sign()
    signer.signed()


def test_a_drawing_by_finger_is_kept_through_a_rotation_and_does_not_scroll(signers, unit):
    signer = signers(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, device_scale_factor=3)
    signer.ready(unit())
    signer.open_pad()
    page = signer.page
    box = signer.one("canvas").bounding_box()
    touch = signer.context.new_cdp_session(page)
    before = page.evaluate("scrollY")

    def finger(kind, *points):
        places = [{"x": box["x"] + box["width"] * x, "y": box["y"] + box["height"] * y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    finger("touchStart", (0.2, 0.9))
    for step in range(1, 9):
        finger("touchMove", (0.2 + step * 0.07, 0.9 - step * 0.1))
    finger("touchEnd")
    page.wait_for_function("() => document.querySelector('.dti input[name=strokes]').value")
    kept = signer.strokes()
    assert len(json.loads(kept)) == 1 and len(json.loads(kept)[0]) > 3
    assert page.evaluate("scrollY") == before
    page.set_viewport_size({"width": 740, "height": 360})
    page.wait_for_function("width => document.querySelector('.dti canvas').clientWidth !== width", arg=round(box["width"]))
    page.wait_for_function("() => Math.abs(document.querySelector('.dti canvas').width - "
                           "document.querySelector('.dti canvas').clientWidth * devicePixelRatio) < 2")  # fmt: skip
    assert signer.strokes() == kept and signer.ink() > 0
    signer.sign()
    signer.signed()
    expect(signer.one(".dti-pledge-signed svg path")).to_have_count(1)


def test_another_look_draws_the_ink_in_its_color(signers, unit):
    signer = signers(color_scheme="light").ready(unit())
    signer.open_pad()
    signer.draw((0.1, 0.5), (0.9, 0.5))
    color = """() => {
        const pad = document.querySelector('.dti canvas');
        return [pad.getContext('2d').strokeStyle, getComputedStyle(pad).color];
    }"""
    light = signer.page.evaluate(color)
    followed = f"(before) => {{ const now = ({color})(); return (now[0] !== before[0]) === (now[1] !== before[1]); }}"
    for look in ({"forced_colors": "active"}, {"forced_colors": "none", "color_scheme": "dark"}):
        signer.page.emulate_media(**look)
        signer.page.wait_for_function(followed, arg=light)  # the ink follows the page's color
        assert signer.ink() > 0
    dark = signer.page.evaluate(color)
    assert dark[1] != light[1]


# -- for everybody ---------------------------------------------------------------------------------------------------------

MOTION = {"viewport": EVERYBODY["viewport"], "reduced_motion": "no-preference"}


@pytest.mark.parametrize("mode", [*MODES.values(), MOTION], ids=[*MODES, "motion"])
def test_every_step_in_every_mode(signers, unit, mode):
    signer = signers(**mode).at(unit("read"))
    found = signer.flaws()
    signer.read()
    found += signer.flaws()
    signer.agree()
    found += signer.flaws()
    signer.affirm()
    signer.one("[data-dti-drawing] summary").click()
    signer.one("input[name=name]").fill("Somebody Else")
    signer.one("input[name=reason]").wait_for()
    found += signer.flaws()
    signer.fill()
    signer.sign()
    signer.signed()
    found += signer.flaws()
    for fold in signer.one(".dti-pledge-signed details summary").all():
        fold.click()
    assert [*found, *signer.flaws()] == []
