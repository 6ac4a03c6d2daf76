"""Every unit as different people meet it: in a wide window, in the dark, on a phone; our blocks with forced colors, right to left, at 200 % zoom."""

import pytest
from suite.axe import COLORS, LAYOUT
from visitor import EVERYBODY, PHONE, RIGHT_TO_LEFT, ZOOMED, Visitor

pytestmark = pytest.mark.browser

PARTS = 2  # each walks through the pages that the other leaves
WIDE = {**EVERYBODY, "everywhere": False}
FORCED = {**WIDE, "rules": COLORS, "forced_colors": "active"}
CLOSE = {**RIGHT_TO_LEFT, "viewport": ZOOMED, "locale": "en", "device_scale_factor": 2}
# What a page is made of: each sort of element, in what sort of element.
PARTS_OF_A_PAGE = """() => { const name = (one) => `${one.localName}.${[...one.classList].sort().join('.')}`;
    return [...document.querySelectorAll('body *')].map((one) => `${name(one.parentElement)} > ${name(one)}`); }"""
OURS = ["m02-download-u1", "m03-scenario-u1", "m09-pledge-item-u1", "m09-review-item-u1"]


@pytest.fixture
def visitors(chromium, preview):
    made = []

    def someone(**context) -> Visitor:
        made.append(Visitor(chromium, preview, **context))
        return made[-1]

    yield someone
    for visitor in made:
        faults = list(visitor.faults)
        visitor.close()
        assert faults == []


@pytest.mark.parametrize("part", range(PARTS))
def test_every_unit_and_page_wide_and_in_the_dark_and_on_a_phone(visitors, part):
    """Each page once by all rules, and what fits on a phone; each kind of page there by the rules about sizes as well.

    Names, roles and colors of a phone are those of a wide window; `test_our_blocks` scans our own screens there by all rules.
    """
    visitor, found, made_of = visitors(**WIDE), [], set()
    for path in ["", "progress", "info", "reset", *(f"unit/{unit}" for unit in visitor.units())][part::PARTS]:
        visitor.open(path)
        found += visitor.flaws() + visitor.scan_dark()
        parts = set(visitor.page.evaluate(PARTS_OF_A_PAGE))
        found += visitor.scan_narrow(PHONE["viewport"], LAYOUT if parts - made_of else None)
        made_of |= parts
    assert found == []


@pytest.mark.parametrize("mode", [FORCED, PHONE, RIGHT_TO_LEFT, CLOSE], ids=["forced-colors", "phone", "right-to-left", "zoomed"])
def test_our_blocks(visitors, mode):
    visitor, found = visitors(**mode), []
    for unit in OURS:
        visitor.open(f"unit/{unit}")
        found += visitor.flaws()
    assert found == []


def test_a_page_in_arabic_runs_from_right_to_left(visitors):
    visitor = visitors(**RIGHT_TO_LEFT)
    visitor.open("unit/m03-scenario-u1")
    assert visitor.page.locator("html").get_attribute("dir") == "rtl"
