"""What a screen reader is told of each beat, and what long words do to it on the smallest screen."""

from itertools import islice

import pytest
from suite import chromium as one_chromium
from test_scenario_fit import endings, one_page, screens

pytestmark = pytest.mark.browser
LONG = "Rechtsschutzversicherungsgesellschaftsangestellte"
LENGTHEN = (
    "long => document.querySelectorAll('h4, h5, h6, .dti-button, .dti-speaker').forEach((part) => { part.textContent = long; })"
)
TOO_WIDE = """() => [...document.querySelectorAll('[data-dti-screen]')].filter((one) => one.scrollWidth > one.clientWidth).map((one) =>
    [one.id, ...[...one.querySelectorAll('*')].filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.className)])"""


@pytest.fixture(scope="module")
def beats() -> str:
    """A few scenes and consequences, and how two walks end."""
    return one_page([*islice(screens(), 5), *islice(endings(), 4)])


def tree_of(page, beat: str) -> str:
    """What assistive technology is given of the first beat whose name ends so."""
    return page.locator(f"[data-dti-screen][id$='{beat}']").first.aria_snapshot()


def test_each_beat_is_one_named_region_with_one_way_on(beats):
    page = one_chromium.browser().new_page()
    page.set_content(beats)
    consequence = page.locator("[data-dti-screen]:has(.dti-feedback)").first.aria_snapshot()
    assert 'region "What happened"' in consequence and 'heading "What happened" [level=4]' in consequence
    assert consequence.count("button ") == 1 and 'button "Continue"' in consequence and "radio" not in consequence
    end, result = tree_of(page, " end"), tree_of(page, " place")
    title = page.locator("[data-dti-screen][id$=' end'] h4").first.inner_text()
    assert f'region "{title}"' in end and 'button "Continue to the result"' in end and end.count("button ") == 1
    assert "points" not in end and "Your decisions" not in end
    assert f'region "{title}"' in result and "is the pass mark" in result and 'heading "Your decisions" [level=5]' in result
    assert result.index("is the pass mark") < result.index("Where it turned") < result.index("Your decisions")
    assert result.count("listitem") >= 3 and 'button "From the start"' in result
    page.close()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("modes", [{}, {"forced_colors": "active", "reduced_motion": "reduce"}], ids=["plain", "forced-colors"])
def test_long_words_in_every_heading_fit_the_smallest_screen(beats, direction, modes):
    context = one_chromium.browser().new_context(viewport={"width": 320, "height": 640}, **modes)
    page = context.new_page()
    page.set_content(beats)
    page.evaluate("direction => { document.documentElement.dir = direction; }", direction)
    page.evaluate(LENGTHEN, LONG)
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
