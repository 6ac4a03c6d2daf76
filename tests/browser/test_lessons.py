"""Lessons: the brief of an authority opens where it is named, and lines are short in every dress of the page."""

import pytest
from suite.axe import COLORS, violations
from visitor import Visitor

pytestmark = pytest.mark.browser

LESSON = "unit/m02-section-1983-u1"
WITH_BRIEF = "unit/m02-section-1983-u2"
# The characters of the longest line of a lesson's paragraphs, by where its words stand.
LONGEST_LINE = """() => Math.max(...[...document.querySelectorAll('.dti-lesson > p')].map((paragraph) => {
    const range = document.createRange(), lines = new Map();
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + 1);
        const line = Math.round(range.getBoundingClientRect().bottom / 8);
        lines.set(line, (lines.get(line) ?? 0) + 1);
    }
    return Math.max(...lines.values());
}))"""


@pytest.mark.parametrize("dress", ["", "as/lms/", "as/studio/"], ids=["plain", "lms", "studio"])
def test_a_lesson_is_read_in_short_lines_of_one_size(chromium, preview, dress):
    reader = Visitor(chromium, preview, viewport={"width": 1280, "height": 900})
    reader.page.goto(f"{preview}/{dress}{LESSON}")
    reader.page.locator(".dti-lesson > p").first.wait_for()
    sizes = "(all) => [...new Set(all.map((one) => getComputedStyle(one).fontSize))]"
    assert reader.page.eval_on_selector_all(".dti-lesson > p", sizes) == ["17px"]
    assert reader.page.eval_on_selector_all(".dti-lesson > h3", sizes) == ["24px"]
    assert 40 <= reader.page.evaluate(LONGEST_LINE) <= 70
    reader.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_brief_opens_in_place_by_keyboard_on_the_smallest_phone(chromium, preview, scheme):
    reader = Visitor(chromium, preview, viewport={"width": 320, "height": 640}, color_scheme=scheme)
    rules = COLORS if scheme == "dark" else ()  # nothing else is different in the dark
    reader.open(WITH_BRIEF)
    page = reader.page
    brief = page.locator("details", has_text="Monroe v. Pape")
    brief.locator("summary").focus()
    page.keyboard.press("Enter")
    brief.get_by_text("in 1961 not yet the city").wait_for()
    assert violations(page, rules) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    brief.get_by_role("link", name="Read the whole brief in the library").click()
    page.locator("article[data-dti-slug='monroe-v-pape']").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    back = page.locator(f".dti-cl-lessons a[href='/jump_to_id/{WITH_BRIEF.removeprefix('unit/')}']")
    if page.locator(".dti-cl-lessons > summary").count():
        page.locator(".dti-cl-lessons > summary").focus()
        page.keyboard.press("Enter")
    assert violations(page, rules) == []
    back.click()
    page.wait_for_url(f"**/{WITH_BRIEF}")
    page.locator("details", has_text="Monroe v. Pape").wait_for()
    assert reader.faults == []
    reader.close()


def test_a_screen_reader_is_told_of_one_control_and_of_its_words_only_once_it_is_open(chromium, preview):
    reader = Visitor(chromium, preview)
    reader.open(WITH_BRIEF)
    brief = reader.page.locator("details", has_text="Monroe v. Pape")
    closed = brief.aria_snapshot()
    assert "the case in twenty seconds" in closed and "in 1961 not yet the city" not in closed
    assert "Read the whole brief" not in closed
    brief.locator("summary").press("Enter")
    opened = brief.aria_snapshot()
    assert opened.index("twenty seconds") < opened.index("in 1961 not yet the city") < opened.index("Read the whole brief")
    assert 'link "Read the whole brief in the library"' in opened
    reader.close()
