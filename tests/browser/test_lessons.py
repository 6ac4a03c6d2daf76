"""Lessons: the brief of an authority opens where it is named, and lines are short in every dress of the page."""

import pytest
from suite.axe import violations
from visitor import Visitor

pytestmark = pytest.mark.browser

LESSON = "unit/m02-section-1983-u1"
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
    reader.open(LESSON)
    page = reader.page
    brief = page.locator("details", has_text="Monroe v. Pape")
    brief.locator("summary").focus()
    page.keyboard.press("Enter")
    brief.get_by_text("in 1961 not yet the city").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    brief.get_by_role("link", name="Read the whole brief in the library").click()
    page.locator("article[data-dti-slug='monroe-v-pape']").wait_for()
    page.go_back()
    page.locator("details", has_text="Monroe v. Pape").wait_for()
    assert reader.faults == []
    reader.close()
