"""Graphics in lessons: a drawing where there is room, the same words as a list on a phone, and nothing that axe finds.

What it finds of the drawing is seen with the unit that has it: `test_modes` scans every unit in a wide window.
"""

import pytest
from suite.axe import violations
from visitor import Visitor

pytestmark = pytest.mark.browser

PLACES = [
    ("m03-scenario-t1", "levels"),
    ("m06-failure-to-intervene-u1", "elements"),
    ("m06-opportunity-u6", "opportunity"),
    ("m02-section-1983-u4", "who-pays"),
    ("m06-the-law-u4", "circuits"),
    ("m06-the-law-u4", "report-clock"),
    ("m07-barriers-u1", "barriers"),
    ("m08-how-to-intervene-u1", "ladder"),
    ("m08-how-to-intervene-u5", "report"),
    ("m09-handout-u1", "ladder"),
]
# The smallest text of the drawing in CSS pixels, and whether all of it stays within the drawing.
SMALLEST = """(svg) => Math.min(...[...svg.querySelectorAll('text')].map((text) =>
    parseFloat(text.getAttribute('font-size')) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""
# The texts that leave the box they stand in, or the drawing.
OUTSIDE = """(svg) => [...svg.querySelectorAll('text')].filter((text) => {
    const words = text.getBBox();
    const home = [...svg.querySelectorAll('rect')].map((rect) => rect.getBBox()).filter((box) =>
        box.x <= words.x + 1 && words.x < box.x + box.width && box.y <= words.y + words.height / 2
        && words.y + words.height / 2 <= box.y + box.height && box.height > 20)
        .sort((one, other) => one.width * one.height - other.width * other.height)[0];
    return !home || words.x + words.width > home.x + home.width || words.y + words.height > home.y + home.height + 1;
}).map((text) => text.textContent)"""


@pytest.mark.parametrize(("unit", "name"), PLACES)
def test_a_graphic_is_read_at_every_width(chromium, preview, unit, name):
    reader = Visitor(chromium, preview, viewport={"width": 1280, "height": 900})
    reader.open(f"unit/{unit}")
    page = reader.page
    graphic = page.locator(f"figure[data-graphic='{name}']")
    drawing, words = graphic.locator("> svg"), graphic.locator(".dti-figure-list")
    drawing.wait_for()
    assert graphic.locator("> figcaption").is_visible()
    assert drawing.evaluate(SMALLEST) >= 14 and drawing.evaluate(OUTSIDE) == []
    assert words.bounding_box()["width"] <= 1
    page.set_viewport_size({"width": 360, "height": 740})
    drawing.wait_for(state="hidden")
    assert words.bounding_box()["width"] > 240
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert reader.faults == []
    reader.close()
