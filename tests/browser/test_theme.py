"""The theme of a site: its colors where the page has Paragon's design tokens, and words that can be read whatever these are."""

import pytest
from visitor import EVERYBODY, Visitor

pytestmark = pytest.mark.browser

REVIEW, LADDER = "unit/m09-review-item-u1", "unit/m08-how-to-intervene-u3"
WINE, PINE = "#8a1538", "#0a5c36"
OURS = {"light": "#10467e", "dark": "#9cc8f5"}
PRIMARY, LINK = "--pgn-color-primary-base", "--pgn-color-link-base"
LISTED = ".dti-cl-list a:not(.dti-button)"
THEME = """([names, dark]) => {
    const root = document.documentElement;
    for (const [name, value] of Object.entries(names)) root.style.setProperty(name, value);
    if (dark) root.dataset.paragonThemeVariant = "dark";
}"""
# What the browser paints for a color, as red, green and blue of 255: painted, so that what a screen cannot show is taken as it is shown.
PAINTED = """(wanted) => {
    const [root, canvas] = [document.querySelector('.dti'), document.createElement('canvas')];
    const paint = canvas.getContext('2d', {willReadFrequently: true}), probe = document.createElement('span');
    root.append(probe);
    const found = wanted.map((color) => {
        probe.style.color = color;
        paint.fillStyle = getComputedStyle(probe).color;
        paint.fillRect(0, 0, 1, 1);
        return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
    });
    probe.remove();
    return found;
}"""
HUES = [f"hsl({hue} {strong}% {light}%)" for hue in range(0, 360, 30) for strong in (40, 100) for light in (8, 50, 92)]
BRANDS = ["#ffffff", "#000000", "#808080", "#ffff00", "#00ff00", "#0000ff", *HUES]


@pytest.fixture
def people(chromium, preview):
    """Makes people with a browser of their own; faults of the page fail the test."""
    made = []

    def someone(**context) -> Visitor:
        made.append(
            Visitor(chromium, preview, **{"viewport": {"width": 1000, "height": 800}, "color_scheme": "light", **context})
        )
        return made[-1]

    yield someone
    for visitor in made:
        faults = visitor.faults
        visitor.close()
        assert faults == []


def wear(visitor, names: dict[str, str], dark: bool = False):
    """Have the page a theme's design tokens, and Paragon's mark of a dark page."""
    visitor.page.evaluate(THEME, [names, dark])


def painted(visitor, *colors: str) -> list[tuple[int, ...]]:
    return [tuple(one) for one in visitor.page.evaluate(PAINTED, list(colors))]


def luminance(color: tuple[int, ...]) -> float:
    red, green, blue = ((one / 255 / 12.92) if one <= 10 else ((one / 255 + 0.055) / 1.055) ** 2.4 for one in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def style(visitor, selector: str, name: str) -> str:
    return visitor.page.locator(selector).first.evaluate("(node, name) => getComputedStyle(node)[name]", name)


def test_buttons_links_and_focus_rings_follow_the_theme(people):
    visitor = people()
    visitor.open("unit/m02-download-u1")
    wear(visitor, {PRIMARY: WINE, LINK: PINE})
    visitor.page.locator(LISTED).first.focus()
    visitor.page.keyboard.press("Tab")
    ring, text = style(visitor, ".dti :focus-visible", "outlineColor"), style(visitor, LISTED, "color")
    assert painted(visitor, ring, text) == painted(visitor, WINE, PINE)
    visitor.open(REVIEW)
    wear(visitor, {PRIMARY: WINE, LINK: PINE})
    sends = ".dti button.dti-button:not(.dti-secondary)"
    assert painted(visitor, style(visitor, sends, "backgroundColor")) == painted(visitor, WINE)


def test_links_have_the_buttons_color_where_the_theme_has_none_for_them(people):
    visitor = people()
    visitor.open("unit/m02-download-u1")
    wear(visitor, {PRIMARY: WINE})
    assert painted(visitor, style(visitor, LISTED, "color")) == painted(visitor, WINE)


@pytest.mark.parametrize("light", ["light", "dark"])
def test_without_a_theme_our_own_color_is_there_as_it_was(people, light):
    visitor = people()
    visitor.open(REVIEW)
    wear(visitor, {}, light == "dark")
    accent = visitor.page.locator(".dti").first.evaluate("root => getComputedStyle(root).getPropertyValue('--dti-accent').trim()")
    assert accent == OURS[light]


@pytest.mark.parametrize("light", ["light", "dark"])
def test_words_can_be_read_in_and_on_any_color_of_a_theme(people, light):
    visitor = people()
    visitor.open(REVIEW)
    hard = []
    for brand in BRANDS:
        wear(visitor, {PRIMARY: brand, LINK: brand}, light == "dark")
        accent, link, on, paper, shade = painted(
            visitor, *(f"var(--dti-{name})" for name in ("accent", "link", "on-accent", "paper", "shade"))
        )
        ratios = [contrast(one, ground) for one in (accent, link) for ground in (paper, shade)] + [contrast(on, accent)]
        hard += [f"{brand}: {min(ratios):.2f}"] if min(ratios) < 4.5 else []
    assert hard == []


@pytest.mark.parametrize("brand", ["#ffe14d", "#0b2a4a"], ids=["pale", "deep"])
def test_nothing_is_wrong_with_a_themed_page_in_the_light_and_in_the_dark(people, brand):
    visitor, found = people(**EVERYBODY), []
    visitor.start_over()
    for unit in (REVIEW, LADDER):
        visitor.open(unit)
        wear(visitor, {PRIMARY: brand, LINK: brand})
        found += visitor.flaws()
    visitor.page.get_by_role("button", name="Start the scenario").click()
    visitor.page.locator(".dti-moment").wait_for()
    assert found + visitor.flaws() == []
