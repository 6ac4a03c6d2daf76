"""Our blocks in the web view of the mobile app: the platform's page of one unit, without a page around it, 360 by 640 px, by touch."""

import pytest
from playwright.sync_api import expect
from visitor import Visitor

pytestmark = pytest.mark.browser

APP = {  # what the app's web view is: no window around it, one finger, no mouse
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 3,
    "color_scheme": "light",
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 7; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 "
    "Mobile Safari/537.36 org.edx.mobile",
}
PLACED = """() => [...document.querySelectorAll('.dti, .dti *')]
    .filter((node) => ['fixed', 'sticky'].includes(getComputedStyle(node).position)).map((node) => node.className)"""


@pytest.fixture
def app(chromium, preview):
    """Somebody with the app, who has done nothing yet. Faults of the page fail the test."""
    visitor = Visitor(chromium, preview, **APP)
    visitor.start_over()
    yield visitor
    faults = visitor.faults
    visitor.close()
    assert faults == []


def start_the_scenario(block, page):
    block.get_by_role("button", name="Start the scenario").tap()
    choice = block.locator(".dti-choice-row").first
    choice.tap()
    expect(choice.locator("input")).to_be_checked()
    block.get_by_role("button", name="Do it").tap()
    block.locator(".dti-feedback").wait_for()


def read_an_authority(block, page):
    block.locator(".dti-cl-list a").first.tap()
    block.locator("article[data-dti-slug]").wait_for()


def agree_to_sign(block, page):
    block.get_by_role("button", name="I have read the pledge to the end").tap()
    block.locator("input[name=consent]").tap()
    block.get_by_role("button", name="I agree to sign electronically").tap()
    block.locator("input[name=affirm]").first.wait_for(state="attached")


def send_a_review(block, page):
    block.locator(".dti-choice-row", has=page.locator("input[value='4']")).tap()
    block.get_by_role("button", name="Send my review").tap()
    expect(block.get_by_role("button", name="Send my review")).to_have_count(0)


def place_cards(block, page):
    cards = block.locator("form[data-dti-form] .dti-act-card select")
    for name in cards.evaluate_all("cards => cards.map((card) => card.name)"):  # a card that is placed stands elsewhere
        block.locator(f"select[name='{name}']").select_option(index=1)
    block.locator("form[data-dti-form] button[type=submit]").first.tap()
    block.locator(".dti-act-result").wait_for()


def open_the_transcript(block, page):
    block.locator("summary").first.tap()
    expect(block.locator("details[open]").first).to_be_visible()


KINDS = {  # a kind of block: the unit that has one, and what is done in it with a finger
    "dti_scenario": ("m08-how-to-intervene-u3", start_the_scenario),
    "dti_case_law": ("m02-download-u1", read_an_authority),
    "dti_pledge": ("m09-pledge-item-u1", agree_to_sign),
    "dti_review": ("m09-review-item-u1", send_a_review),
    "dti_activity": ("", place_cards),
    "dti_video": ("", open_the_transcript),
}


def unit_with(course, kind: str) -> str:
    """The first unit that has such a block; of activities one whose cards are sorted."""
    for unit in course.blocks("vertical"):
        for child in unit.children:
            if child.tag == kind and child.node.get("activity", "sort") == "sort":
                return unit.url_name
    raise LookupError(kind)


def flaws_of_ours(app) -> list[str]:
    """What is wrong with our block; the heading of the page is the app's, above the web view."""
    return app.scan(within=".dti") + app.misfits()


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_in_the_app(app, kind):
    unit, act = KINDS[kind]
    page = app.page
    app.open(f"as/lms/unit/{unit or unit_with(app.course, kind)}")
    assert page.evaluate("window.parent === window && matchMedia('(pointer: coarse)').matches && innerWidth === 360")
    block = page.locator(f".xblock[data-block-type={kind}], .xblock-student_view-{kind}").first
    expect(block.locator(".dti").first).to_be_visible()
    found = flaws_of_ours(app)
    act(block, page)
    found += flaws_of_ours(app)
    assert found == []
    assert page.evaluate(PLACED) == [], "a web view that is as high as its content has no window to be fixed to"
