"""Every unit as different people meet it: on a phone, in the dark, with forced colors, right to left, at 200 % zoom."""

import pytest
from visitor import Visitor

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => [...document.querySelectorAll('.dti :is(a, button, input, summary, textarea, select)')]
    .filter((node) => node.type !== 'hidden' && node.getClientRects().length && getComputedStyle(node).display !== 'inline')
    .map((node) => [node.closest('label') || node, node])
    .map(([target, node]) => [target.getBoundingClientRect(), node.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width < 24 || box.height < 24)
    .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""


def walk(visitor, units, overflow=True):
    """What is wrong with `units`: axe findings, sideways scrolling, targets under 24 px."""
    found = []
    for unit in units:
        visitor.open(f"unit/{unit}")
        found += visitor.scan()
        if overflow and visitor.overflow() > 0:
            found.append(f"{unit} is {visitor.overflow()} px too wide")
        found += [f"{unit}: {target}" for target in visitor.page.evaluate(SMALL_TARGETS)]
    return found


@pytest.fixture
def visitor(chromium, preview, request):
    someone = Visitor(chromium, preview, **request.param)
    yield someone
    assert someone.faults == []
    someone.close()


PHONE = {"viewport": {"width": 360, "height": 740}}
DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
FORCED = {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"}
RIGHT_TO_LEFT = {"viewport": {"width": 360, "height": 740}, "locale": "ar"}
# 1280 px at 200 % are 640 CSS px
ZOOMED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}

OURS = ["m02-download-u1", "m03-scenario-u1", "m09-pledge-item-u1", "m09-review-item-u1"]


@pytest.mark.parametrize("visitor", [PHONE, DARK], indirect=True, ids=["phone", "dark"])
def test_every_unit_and_page(visitor):
    found = walk(visitor, visitor.units())
    for page in ("", "progress", "info", "reset"):
        visitor.open(page)
        found += visitor.scan()
        if visitor.overflow() > 0:
            found.append(f"/{page} is {visitor.overflow()} px too wide")
    assert found == []


@pytest.mark.parametrize(
    "visitor", [FORCED, RIGHT_TO_LEFT, ZOOMED], indirect=True, ids=["forced-colors", "right-to-left", "zoomed"]
)
def test_our_blocks(visitor):
    assert walk(visitor, OURS) == []


@pytest.mark.parametrize("visitor", [RIGHT_TO_LEFT], indirect=True, ids=["right-to-left"])
def test_a_page_in_arabic_runs_from_right_to_left(visitor):
    visitor.open("unit/m03-scenario-u1")
    assert visitor.page.locator("html").get_attribute("dir") == "rtl"
