"""The scenario's visual editor in Studio: the story as a map, its problems, and playing from a scene."""

import pytest
from author import SMALL
from playwright.sync_api import expect

from dti_xblocks.scenario import olx

pytestmark = pytest.mark.browser


def test_the_map_by_keyboard(author):
    someone = author()
    page = someone.page
    assert page.locator('.dti-box[tabindex="0"]').count() == 1, "one tab stop"
    someone.box("scene:roll-call").focus()
    label = someone.box("scene:roll-call").get_attribute("aria-label")
    assert label.startswith("Scene: Two coffees. The story starts here. Choices: 4. Leads to: The bench")
    someone.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.key") == "scene:bench"
    someone.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.key") == "scene:roll-call"
    someone.press("ArrowRight", "ArrowRight", "ArrowDown")
    third = page.evaluate("document.activeElement.dataset.key")
    assert third not in {"scene:bench", "scene:roll-call"}
    someone.press("Enter")
    assert page.evaluate("document.activeElement.closest('.dti-ed-panel') !== null")
    someone.box(third).focus()
    before = page.locator(".dti-canvas").evaluate("e => e.style.transform")
    someone.press("+")
    assert page.locator(".dti-canvas").evaluate("e => e.style.transform") != before
    place = someone.box(third).evaluate("e => e.style.insetInlineStart")
    someone.press("Shift+ArrowRight")
    assert someone.box(third).evaluate("e => e.style.insetInlineStart") != place
    someone.press("?")
    expect(someone.dialog()).to_have_count(1)
    someone.press("Escape")
    assert page.evaluate("document.activeElement.dataset.key") == third


def test_boxes_are_dragged_and_stay_there_until_tidied(author):
    someone = author()
    page = someone.page
    before, text = someone.box("scene:bench").bounding_box(), someone.text
    page.mouse.move(before["x"] + 40, before["y"] + 12)
    page.mouse.down()
    page.mouse.move(before["x"] + 70, before["y"] + 90, steps=4)
    page.mouse.up()
    place = someone.box("scene:bench").evaluate("e => [e.style.insetInlineStart, e.style.insetBlockStart]")
    assert someone.text == text, "places are the author's view, no part of the story"
    someone.open_editor(SMALL)
    assert someone.box("scene:bench").evaluate("e => [e.style.insetInlineStart, e.style.insetBlockStart]") == place
    page.get_by_role("button", name="Tidy up").click()
    assert someone.box("scene:bench").evaluate("e => [e.style.insetInlineStart, e.style.insetBlockStart]") != place


def test_a_choice_is_led_somewhere_else_by_dragging_its_arrow(author):
    someone = author()
    page = someone.page
    page.get_by_role("button", name="Fit", exact=True).click()
    port = someone.box("scene:roll-call").locator(".dti-port").first.bounding_box()
    target = someone.box("scene:car-hot").bounding_box()
    page.mouse.move(port["x"] + port["width"] / 2, port["y"] + port["height"] / 2)
    page.mouse.down()
    page.mouse.move(target["x"] + 15, target["y"] + 8, steps=6)
    page.mouse.up()
    assert olx.read(someone.text).start.choices[0].to == "car-hot"
    page.get_by_role("button", name="Undo").first.click()
    assert olx.read(someone.text).start.choices[0].to != "car-hot"


def test_problems_lead_to_their_place_and_words_are_found(author):
    someone = author()
    page = someone.page
    someone.box("scene:bench").click()
    someone.open_choice(1)
    page.locator("[data-control='choice.1.why']").fill("")
    someone.box("scene:roll-call").click()
    page.locator(".dti-ed-problems button").first.click()
    assert someone.focused == "choice.1.why"
    someone.field("find").click()
    someone.type("sergeant")
    page.locator(".dti-ed-found li").first.wait_for()
    assert "Places found" in someone.dialog().inner_text()
    someone.press("Enter")
    assert someone.dialog().count() == 0
    assert page.evaluate("document.activeElement.closest('.dti-ed-panel') !== null")


def test_the_story_is_played_from_a_scene_as_it_stands(author):
    someone = author()
    page = someone.page
    someone.box("scene:bench").click()
    page.locator("[data-control='line.1']").fill("Nobody has saved this yet.")  # the first is the picture
    page.get_by_role("button", name="Play from here").click()
    someone.dialog().get_by_text("Nobody has saved this yet.").wait_for()
    assert someone.scan() == []
    someone.dialog().locator("input[name=choice]").first.check()
    someone.dialog().get_by_role("button", name="Do it").click()
    someone.dialog().get_by_text("Why it matters").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-dti-focus')")
    someone.dialog().get_by_role("button", name="One step back").click()
    someone.dialog().get_by_text("Nobody has saved this yet.").wait_for()
    someone.press("Escape")
    assert someone.focused == "play"
    someone.field("addScene").click()
    page.get_by_role("button", name="Play from here").click()
    someone.dialog().get_by_text("Nobody can go on from here").wait_for()


def test_a_large_story_stays_readable_and_the_buttons_at_the_foot_stand_on_it(author):
    someone = author("m03-night")
    page = someone.page
    page.get_by_role("button", name="Fit", exact=True).click()
    assert page.locator(".dti-box").count() > 25
    title = page.locator(".dti-box[aria-selected=true] .dti-box-title")
    size = title.evaluate(
        "e => parseFloat(getComputedStyle(e).fontSize) * e.closest('.dti-box').getBoundingClientRect().width / e.closest('.dti-box').offsetWidth"
    )
    assert size >= 10.5
    box, frame = title.bounding_box(), page.locator(".dti-map").bounding_box()
    assert frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement")
    foot = page.locator("[data-dti-foot]")
    expect(foot).to_be_visible()
    assert foot.evaluate("e => Math.abs(innerHeight - e.getBoundingClientRect().bottom)") < 1
