"""Choosing a picture by its looks, and seeing a scene as learners see it on a phone."""

import re

import pytest
from playwright.sync_api import expect
from test_pledge_editor import BLOCK, Drafter
from visitor import PIXELS

pytestmark = pytest.mark.browser

NAME = "course-image.png"
PICKED = re.compile("studio_pictures")


def test_a_picture_is_chosen_by_keyboard_with_words_for_who_cannot_see_it(author):
    someone = author(expected_faults="503")
    page, dialog = someone.page, someone.dialog()
    page.locator('.dti-box[data-key^="scene:"]').first.click()
    someone.field("line.add.image").click()
    number = page.locator("[data-control$='.src.pick']").last.get_attribute("data-control").split(".")[1]
    src, alt, pick = (someone.field(f"line.{number}.{name}") for name in ("src", "alt", "src.pick"))

    pick.press("Enter")
    expect(dialog.get_by_text("Pictures found:")).to_be_visible()
    assert someone.scan() == []
    find = dialog.get_by_label("Part of the file’s name")
    find.fill("no such file")
    expect(dialog.get_by_text("Pictures found: 0")).to_be_visible()
    find.fill(NAME[:8].upper())
    use = dialog.get_by_role("button", name="Use this picture")
    use.click()
    expect(dialog.get_by_role("alert")).to_have_text("Choose one of the pictures.")
    dialog.get_by_role("radio", name=NAME).focus()
    someone.press("Space")
    pictures = dialog.locator("img").all()
    assert pictures and all(picture.evaluate(PIXELS) > 0 for picture in pictures)
    use.click()
    expect(dialog.get_by_role("alert")).to_contain_text("Say in words")
    expect(dialog.get_by_label("Description for people")).to_be_focused()
    someone.type("A hand on a shoulder.")
    use.press("Enter")
    expect(pick).to_be_focused()
    expect(src).to_have_value(f"/static/{NAME}")
    expect(alt).to_have_value("A hand on a shoulder.")
    page.get_by_role("button", name="Undo", exact=True).first.click()  # both are one step
    expect(src).to_have_value("/static/")
    expect(alt).to_have_value("")

    pick.click()
    dialog.get_by_role("radio", name=NAME).check()
    dialog.get_by_label("Decoration:").check()
    expect(dialog.get_by_label("Description for people")).to_be_disabled()
    assert someone.scan() == []
    use.click()
    assert f'<image src="/static/{NAME}" decorative="yes"/>' in someone.text
    expect(alt).to_have_count(0)
    decoration = someone.field(f"line.{number}.decorative")
    expect(decoration).to_be_checked()
    assert someone.scan() == []
    decoration.focus()
    someone.press("Space")  # as a decoration no longer, it asks for words
    expect(alt).to_be_visible()
    expect(page.get_by_text("Say in words what there is to see.").first).to_be_visible()
    someone.field(f"line.{number}.decorative").check()
    expect(alt).to_have_count(0)
    for _step in range(3):
        page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(src).to_have_value("/static/")

    page.route(PICKED, lambda route: route.fulfill(status=503, json={"error": "Not now. Write the name."}))
    pick.click()
    expect(dialog.get_by_text("Not now. Write the name.")).to_be_visible()
    expect(use).to_be_disabled()
    someone.press("Escape")
    src.fill(f"/static/{NAME}")
    assert f'src="/static/{NAME}"' in someone.text


def test_the_logo_of_a_certificate_is_chosen_too(chromium, preview):
    someone = Drafter(chromium, preview)
    try:
        someone.edit(BLOCK)
        someone.tab("Settings")
        someone.field("agency_logo.pick").click()
        someone.dialog().get_by_text(NAME).click()
        someone.dialog().get_by_role("button", name="Use this picture").click()
        expect(someone.page.get_by_label("Logo on the certificate")).to_have_value(f"/static/{NAME}")
        expect(someone.page.locator(".dti-ed-state")).to_contain_text("Not saved yet")
        assert someone.faults == []
    finally:
        someone.close()


def test_the_scene_in_hand_is_seen_as_on_a_phone_while_it_is_written(author):
    someone = author()
    page = someone.page
    page.locator('.dti-box[data-key^="scene:"]').first.click()
    someone.field("phone").click()
    phone = page.frame_locator("iframe.dti-ed-phone")
    choices = page.locator(".dti-ed-panel details.dti-ed-choice").count()
    expect(phone.locator(".dti-choice-row")).to_have_count(choices)
    assert phone.locator("body").evaluate("() => innerWidth") == 390
    assert phone.locator("html").evaluate("html => html.scrollWidth <= html.clientWidth")
    expect(page.locator(".dti-map")).to_be_hidden()
    assert someone.scan() == []
    someone.field("title").fill("A title while it is written")
    expect(phone.get_by_text("A title while it is written")).to_be_visible()
    assert phone.locator("input:enabled, button:enabled").count() == 0
    someone.field("choice.0.go").click()
    expect(phone.get_by_text("A title while it is written")).to_be_hidden()
    page.locator("[data-part=levels]").click()
    expect(page.get_by_text("Choose a scene or an ending to see it here.")).to_be_visible()
    someone.field("phone").click()
    page.locator(".dti-box.is-ending").first.dispatch_event("dblclick")
    someone.field("phone").click()
    expect(phone.locator(".dti-close")).to_be_visible()
