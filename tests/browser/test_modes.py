"""Every unit as different people meet it: in a wide window, in the dark, on a phone, with forced colors, right to left, at 200 % zoom."""

import pytest
from suite.axe import LAYOUT
from visitor import Visitor

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => [...document.querySelectorAll('.dti :is(a, button, input, summary, textarea, select)')]
    .filter((node) => node.type !== 'hidden' && node.getClientRects().length && getComputedStyle(node).display !== 'inline')
    .map((node) => [node.closest('label') || node, node])
    .map(([target, node]) => [target.getBoundingClientRect(), node.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width < 24 || box.height < 24)
    .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""


def walk(visitor, paths, dark=False, rules=()):
    """What is wrong with the pages at `paths`: axe findings by `rules` or by all (`dark`: in the dark too), sideways scrolling, targets
    under 24 px."""
    found = []
    for path in paths:
        visitor.open(path)
        found += visitor.scan(rules)
        found += visitor.scan_dark() if dark else []
        if visitor.overflow() > 0:
            found.append(f"/{path} is {visitor.overflow()} px too wide")
        found += [f"{path}: {target}" for target in visitor.page.evaluate(SMALL_TARGETS)]
    return found


@pytest.fixture
def visitor(chromium, preview, request):
    someone = Visitor(chromium, preview, **request.param)
    yield someone
    assert someone.faults == []
    someone.close()


WIDE = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
PHONE = {"viewport": {"width": 360, "height": 740}}
DARK = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
FORCED = {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"}
RIGHT_TO_LEFT = {"viewport": {"width": 360, "height": 740}, "locale": "ar"}
# 1280 px at 200 % are 640 CSS px
ZOOMED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}

OURS = ["m02-download-u1", "m03-scenario-u1", "m09-pledge-item-u1", "m09-review-item-u1"]


def pages_of(visitor) -> list[str]:
    return ["", "progress", "info", "reset", *(f"unit/{unit}" for unit in visitor.units())]


@pytest.mark.parametrize("visitor", [WIDE], indirect=True, ids=["wide, and in the dark"])
def test_every_unit_and_page(visitor):
    assert walk(visitor, pages_of(visitor), dark=True) == []


@pytest.mark.parametrize("visitor", [PHONE], indirect=True, ids=["phone"])
def test_every_unit_and_page_fits_a_phone(visitor):
    """Names, roles and colors are those of a wide window; `test_our_blocks` scans our own screens on a phone by all rules."""
    assert walk(visitor, pages_of(visitor), rules=LAYOUT) == []


@pytest.mark.parametrize(
    "visitor", [FORCED, PHONE, RIGHT_TO_LEFT, ZOOMED], indirect=True, ids=["forced-colors", "phone", "right-to-left", "zoomed"]
)
def test_our_blocks(visitor):
    assert walk(visitor, [f"unit/{unit}" for unit in OURS]) == []


@pytest.mark.parametrize("visitor", [RIGHT_TO_LEFT], indirect=True, ids=["right-to-left"])
def test_a_page_in_arabic_runs_from_right_to_left(visitor):
    visitor.open("unit/m03-scenario-u1")
    assert visitor.page.locator("html").get_attribute("dir") == "rtl"
