"""The review's visual editor in Studio: a question is written, seen as learners will see it, and kept to the letter."""

import pytest
from author import Author
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


class Asker(Author):
    """An author in front of the editor of the course's review."""

    key = "block-v1:DTI+DTI101+v1+type@dti_review+block@"
    tabs = ("Visual", "Text", "Settings")


@pytest.fixture
def asker(chromium, preview):
    made = []

    def open_editor(**context) -> Asker:
        someone = Asker(chromium, preview, **{"viewport": {"width": 1280, "height": 900}, **context})
        made.append(someone)
        return someone.edit("m09-review")

    yield open_editor
    for someone in made:
        faults = list(someone.faults)
        someone.close()
        assert faults == []


def test_a_question_is_written_by_keyboard_and_learners_are_asked_it(asker):
    someone = asker()
    page = someone.page
    assert "<prompt>" not in page.locator("[role=tabpanel]:visible").inner_text()
    page.locator("[role=tab][aria-selected=true]").focus()
    someone.tab_to("prompt")
    page.keyboard.press("Control+a")
    someone.type("What *helped*?\n\nAnd what did not?")
    shown = page.locator(".dti-ed-preview")
    expect(shown.locator("em")).to_have_text("helped")
    assert shown.locator("input[name], button:enabled, form").count() == 0
    assert "<p>What <em>helped</em>?</p>" in someone.text
    page.get_by_role("button", name="Undo").first.click()
    expect(shown).to_contain_text("on the street")
    page.get_by_role("button", name="Redo").first.click()
    assert someone.scan() == []
    someone.press("Control+s")
    page.wait_for_url("**/unit/**")
    expect(page.locator(".dti-review-prompt").first).to_contain_text("And what did not?")
    someone.open_editor("m09-review")
    assert "<p>What <em>helped</em>?</p>" in someone.text

    page.locator("[role=tab]").nth(0).click()
    someone.field("prompt").fill("")
    someone.field("problems").click()
    expect(page.locator(".dti-ed-problems li")).to_contain_text("learners are asked the usual one")
    expect(shown).to_contain_text("How was this course for you?")


def test_what_the_form_does_not_know_stays_and_is_led_to(asker):
    someone = asker()
    page = someone.page
    someone.tab("Text")
    page.locator("textarea[name=content]").fill("<prompt><p>Why?</p></prompt>\n<odd/>")
    someone.tab("Visual")
    page.locator(".dti-ed-problems button").first.click()
    assert page.locator("textarea[name=content]").evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)") == "<odd/>"
    someone.tab("Visual")
    someone.field("prompt").fill("What?")
    assert someone.text == "<prompt><p>What?</p></prompt>\n<odd/>"


def test_every_view_is_accessible_and_fits_in_the_dark_too(asker):
    someone = asker(viewport={"width": 320, "height": 800})
    for tab in someone.tabs:
        someone.tab(tab)
        assert someone.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
        assert someone.scan() + someone.scan_dark() == []
