"""The editors' foot, which stays where it is, and what stands behind *Advanced*."""

import re

import pytest
from author import KEY
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
KINDS = ("scenario", "review")  # one longer than the window, one shorter


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_no_message_moves_the_button_that_saves(author, kind, size):
    someone = author(expected_faults="the server responded with a status of 500", viewport=SIZES[size])
    if kind == "review":
        someone.key, someone.tabs = KEY.replace("scenario", "review"), ("Visual", "Text", "Settings")
        someone.edit("m09-review")
    page = someone.page
    save = page.get_by_role("button", name="Save", exact=True)
    page.route(re.compile("studio_save"), lambda route: route.fulfill(status=500, body=""))
    at = save.bounding_box()
    seen = {}

    def stays(what):
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seen[what] = save.bounding_box()

    someone.tab("Text")
    stays("another tab")
    text = page.locator("textarea[name=content]")
    content = text.input_value()
    text.fill(f"{content}<")
    expect(page.get_by_text("a tag is not complete").first).to_be_visible()
    stays("text that is no XML")
    save.click()
    expect(page.locator(".dti-ed-alert")).to_be_visible()
    stays("a refusal")
    text.fill(content.replace("</p>", " More words.</p>", 1))
    expect(page.locator(".dti-ed-state")).to_have_text("Not saved yet. Your work is kept in this browser.")
    stays("unsaved work")
    save.click()
    expect(page.locator(".dti-ed-alert")).to_contain_text("could not be saved")
    stays("a failure")
    page.locator(".dti-ed-alert").get_by_role("button", name="Close").click()
    someone.tab(someone.tabs[0])
    if kind == "scenario":
        someone.field("line.0.delete").click()
        expect(page.locator(".dti-ed-notice")).to_contain_text("Line deleted")
        stays("what can be taken back")
        page.locator(".dti-ed-notice").get_by_role("button", name="Undo").click()
        stays("taken back")
    assert seen == dict.fromkeys(seen, at)
    assert someone.overflow() <= 0


def test_ids_and_olx_wait_behind_advanced(author):
    someone = author(advanced=False)
    page = someone.page
    tab, name = page.get_by_role("tab", name="Text"), someone.field("id")
    for hidden in (tab, name, page.locator(".dti-ed-panel").get_by_role("button", name="Edit as OLX").first):
        expect(hidden).to_be_hidden()
    page.get_by_role("tab", name="Story").focus()
    someone.press("ArrowRight")
    expect(page.get_by_role("tab", name="Settings")).to_be_focused()
    someone.press("ArrowLeft")
    someone.field("advanced").press("Enter")
    expect(name).to_be_visible()
    name.fill("Not an id")
    name.blur()
    expect(page.locator("[data-field=id] .dti-ed-problem")).to_be_visible()
    someone.field("advanced").click()
    expect(name).to_be_visible()  # what has to be put right is for everybody
    someone.field("advanced").click()
    page.reload()
    tab.click()
    expect(page.locator("textarea[name=content]")).to_be_visible()
    someone.field("advanced").click()
    expect(page.locator("textarea[name=content]")).to_be_hidden()
    expect(tab).to_be_hidden()
