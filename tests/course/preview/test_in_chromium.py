"""The every-block course in a real browser: platform blocks at work in the preview's page."""

from pathlib import Path

import pytest
from suite import chromium as one_chromium
from suite.axe import COLORS, violations
from suite.previews import serving

pytestmark = pytest.mark.browser
SCROLLED = ("scrollable-region-focusable",)  # the rule about sizes that the platform's own player keeps
EVERY_BLOCK = Path(__file__).parents[1] / "fixtures/every-block"
UNITS = (
    "html-unit",
    "video-unit",
    "social",
    "strange",
    "choices",
    "numbers",
    "drawn",
    "exam-unit",
    "practice-unit",
    "nested",
    "nothing",
    "bare-problem",
)
READY = """() => [...document.querySelectorAll('.xblock')].every((block) => block.dataset.started)
    && [...document.querySelectorAll('.problems-wrapper')].every((block) => block.querySelector('.problem button.submit'))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(EVERY_BLOCK, tmp_path_factory.mktemp("preview") / "state") as preview:
        preview.keep()
        yield preview


@pytest.fixture
def preview(served):
    """The address of the course, of which nobody has done anything yet."""
    served.put_back()
    return served.address


@pytest.fixture
def open_page(preview):
    """`open_page("numbers")` is the unit's page; faults of the page's scripts and foreign requests fail the test."""
    chromium, faults, contexts = one_chromium.browser(), [], []

    def open_unit(unit, **options):
        context = chromium.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        page.on(
            "request", lambda request: None if request.url.startswith((preview, "data:", "blob:")) else faults.append(request.url)
        )
        page.goto(f"{preview}/unit/{unit}")
        if options.get("java_script_enabled", True):
            page.wait_for_function(READY)
        return page

    yield open_unit
    for context in contexts:
        context.close()
    assert faults == []


def tick(page, unit):
    return page.locator(f"[data-outline] [data-tick='unit:{unit}'] .tick-text")


@pytest.mark.smoke
def test_a_problem_is_answered_and_the_tick_follows_without_a_reload(open_page):
    page = open_page("exam-unit")
    assert page.locator("[data-outline] [aria-current=page] .tick-text").inner_text() == "not completed"
    page.get_by_label("Apple").check()
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Correct (10/10 points)").wait_for()
    page.locator(".strip [data-tick='unit:exam-unit'].tick-done").wait_for(state="attached")
    page.reload()
    page.wait_for_function(READY)
    assert page.get_by_label("Apple").is_checked()


def test_a_formula_is_shown_as_it_is_typed(open_page):
    page = open_page("numbers")
    page.locator("mjx-container").first.wait_for()
    field = page.locator("input[id*='formula']").first
    field.fill("x^2 + 1/2")
    page.locator("[id*='formula'] mjx-mfrac, .formulaequationinput mjx-mfrac").first.wait_for()


def test_the_video_plays_with_its_transcript_and_completes(open_page):
    page = open_page("video-unit")
    assert tick(page, "video-unit").inner_text() == "not completed"
    page.get_by_text("A square turns.").first.wait_for()
    page.locator("button.video_control.play").first.click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0")
    page.locator("[data-outline] [data-tick='unit:video-unit'].tick-done").wait_for(state="attached")


def test_the_poll_and_the_cloud_work(open_page):
    page = open_page("social")
    page.locator(".poll_answer .button").first.dispatch_event("click")
    page.get_by_text("1 (100.0%)").wait_for()
    for number, word in enumerate(("alpha", "beta")):
        page.locator(".input-cloud").nth(number).fill(word)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("2 words submitted in total.").wait_for()


def test_pages_can_be_read_without_scripts(open_page):
    page = open_page("html-unit", java_script_enabled=False)
    assert page.get_by_role("heading", name="From a file").is_visible()
    page.get_by_role("link", name="Next").first.click()
    assert page.url.endswith("/unit/video-unit")
    page.select_option("#person", "second")
    page.get_by_role("button", name="Switch").click()
    assert page.locator("#person").input_value() == "second"


def test_a_group_of_choices_has_no_border(open_page):
    page = open_page("choices")
    borders = page.locator(".problem fieldset").evaluate_all("all => all.map((one) => getComputedStyle(one).borderTopWidth)")
    assert borders and set(borders) == {"0px"}


def test_a_unit_is_printed_without_the_page_around_it(open_page):
    page = open_page("choices")
    around = (".top", ".banner", ".outline", ".pages", ".strip", ".crumbs", ".turn")
    assert all(page.locator(part).first.is_visible() for part in around)
    page.emulate_media(media="print")
    assert [part for part in around if page.locator(part).first.is_visible()] == []
    assert page.get_by_role("heading", name="Quiz one").is_visible()
    assert page.locator(".problem").first.is_visible()
    main = page.locator("main").bounding_box()
    assert (main["x"], main["width"]) == (0, page.viewport_size["width"]), "nothing is left of the columns"


@pytest.mark.parametrize(
    ("rules", "options"),
    [
        ((), {"viewport": {"width": 1280, "height": 900}}),
        ((*COLORS, *SCROLLED), {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}),
        (COLORS, {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"}),
        (SCROLLED, {"viewport": {"width": 360, "height": 740}, "locale": "ar"}),
    ],
    ids=["light", "dark on a phone", "forced colours", "right to left"],
)
def test_pages_are_accessible(open_page, preview, rules, options):
    """By all rules once; by those whose findings hang on how a page is seen in the other ways to see it."""
    page = open_page("html-unit", **options)
    # The platform's own player does not follow forced colours; the page around it must.
    context = {"exclude": [[".video"]]} if "forced_colors" in options else None
    found = []
    for path in [*(f"unit/{unit}" for unit in UNITS), "", "progress", "info", "tab/syllabus", "reset"]:
        page.goto(f"{preview}/{path}")
        page.wait_for_function(READY)
        found += [f"{path} {v['id']}: {v['nodes'][0]['html'][:150]}" for v in violations(page, rules, context)]
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            found.append(f"{path} is {overflow} px too wide")
    assert found == []


def test_the_outline_gets_out_of_the_way_on_a_phone(open_page):
    page = open_page("html-unit", viewport={"width": 360, "height": 740})
    outline = page.locator("[data-outline]")
    assert outline.get_attribute("open") is None
    outline.locator("> summary").click()
    assert page.get_by_role("link", name="Other blocks").is_visible()
