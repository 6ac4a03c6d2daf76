"""Our look under the platform's own styles: in the LMS, in a learning page's frame, in Studio's dialog. The preview wears them."""

import re

import pytest
from dresses import differences, measured
from playwright.sync_api import expect
from test_case_law_page import select
from visitor import READY, Visitor

pytestmark = pytest.mark.browser

PHONE, DESK = 350, 1000  # px that our block has on either page
KEY = "block-v1:DTI+DTI101+v1+type@"
LADDER = "m08-how-to-intervene-u3"
EDITORS = {  # with what is there once all has been loaded
    "dti_scenario+block@m03-night": ".dti-box",
    "dti_case_law+block@m02-case-law": ".dti-cls-result",
    "dti_pledge+block@m09-pledge": ".dti-ed-preview .dti-pledge",
    "dti_review+block@m09-review": ".dti-ed-preview fieldset",
    "dti_activity+block@m06-was-there-a-chance": ".dti-ed-preview .dti-activity",
    "dti_video+block@film-he-paid": ".dti-vds-line",
}
SELECTION = """() => { const range = getSelection().getRangeAt(0).getBoundingClientRect(); return [range.top, range.bottom]; }"""

# The top of the block in a learning page's frame is in sight of that page.
SCROLLED = """() => {
    const frame = document.getElementById("unit-iframe");
    const block = frame.contentDocument.querySelector(".dti-case-law").getBoundingClientRect();
    const top = frame.getBoundingClientRect().top + block.top;
    return -100 < top && top < 400;
}"""


@pytest.fixture
def people(chromium, preview):
    """Makes people with a browser of their own, and nothing done yet. Faults of the page fail the test."""
    made = []

    def someone(person: str = "learner", **context) -> Visitor:
        visitor = Visitor(chromium, preview, scans=False, **{"viewport": {"width": 1280, "height": 800}, **context})
        made.append(visitor)
        visitor.be(person)
        return visitor

    yield someone
    for visitor in made:
        faults = visitor.faults
        visitor.close()
        assert faults == []


def compare(visitor, unit: str, shown: str = ".dti", place: str = "") -> list[str]:
    """What the LMS's styles change of the screen `shown` of a unit, at `place` of it; the LMS's page stays open."""
    sizes = []
    for dress in ("", "as/lms/"):
        visitor.open("reset")  # else another place of a page that is open already is no new page
        visitor.open(f"{dress}unit/{unit}{place}")
        visitor.page.locator(shown).first.wait_for()
        sizes.append(measured(visitor.page, PHONE))
    found = [f"{unit} {place or shown}: {difference}" for difference in differences(*sizes)]
    return [*found, f"{unit} {place}: too wide"] if visitor.overflow() > 0 else found


def test_learners_screens_look_the_same_in_the_lms(people):
    learner = people(viewport={"width": 390, "height": 844})
    learner.start_over()
    found = compare(learner, "m09-pledge-item-u1") + compare(learner, "m09-review-item-u1") + compare(learner, "m02-download-u1")
    for place, screen in {"#case-graham-v-connor": "case", "#packet": "packet", "#find?q=force": "find"}.items():
        found += compare(learner, "m02-download-u1", f"[data-dti-case-law={screen}]", place)
    found += compare(learner, LADDER)
    learner.page.get_by_role("button", name="Start the scenario").click()
    learner.page.locator(".dti-moment").wait_for()
    learner.page.locator("input[name=choice]").first.check()
    learner.page.get_by_role("button", name="Do it").click()
    learner.page.locator("[data-dti-feedback]").wait_for()
    found += compare(learner, LADDER, ".dti-feedback")
    learner.go_on()
    learner.page.locator(".dti-moment").wait_for()
    found += compare(learner, LADDER, ".dti-moment")
    for unit in ("m09-pledge-item-u1", "m09-review-item-u1"):
        learner.take(unit)
        found += compare(learner, unit)
    assert found == []


def test_activities_look_the_same_in_the_lms(people):
    learner = people(viewport={"width": 390, "height": 844})
    learner.start_over()
    units = ("m06-opportunity-u2", "m06-failure-to-intervene-u2", "m07-barriers-u1", "m08-how-to-intervene-u1")
    assert [difference for unit in units for difference in compare(learner, unit, ".dti-activity")] == []


def test_the_review_of_a_run_looks_the_same_in_the_lms(people):
    learner = people("second")
    learner.start_over()
    learner.take(LADDER)
    assert compare(learner, LADDER, ".dti-review") == []


def test_reports_of_staff_look_the_same_in_the_lms(people):
    staff = people("staff")
    staff.open("unit/m09-pledge-item-u1")  # the next view after a signature seals what waits
    found = [
        difference
        for unit in (LADDER, "m02-download-u1", "m09-pledge-item-u1", "m09-review-item-u1")
        for difference in compare(staff, unit)
    ]
    assert found == []


@pytest.mark.parametrize("block", EDITORS)
def test_an_editor_looks_the_same_in_studios_dialog_and_opens_at_its_beginning(people, block):
    author = people("studio")
    page = author.page
    sizes = []
    for dress in ("", "as/"):
        author.open(f"{dress}studio/edit/{KEY}{block}")
        page.locator(f".dti-editor.is-started {EDITORS[block]}").first.wait_for(state="attached")
        if dress:
            assert page.locator(".modal-content").evaluate("dialog => dialog.scrollTop") == 0
            box, dialog = page.locator(".dti button").first.bounding_box(), page.locator(".modal-content").bounding_box()
            assert dialog["y"] <= box["y"] < dialog["y"] + dialog["height"]
        if not page.locator(".dti-editor.is-advanced").count():
            page.locator("[data-control=advanced]").click()  # the tab of the text waits behind it
        tabs = []
        for number in range(3):
            page.locator("[role=tab]").nth(number).click()
            tabs.append(measured(page, DESK))
        sizes.append(tabs)
    assert [difference for plain, dressed in zip(*sizes, strict=True) for difference in differences(plain, dressed)] == []


def test_the_map_of_a_story_fits_in_studios_dialog_and_does_not_move_it(people):
    author = people("studio")
    page = author.page
    author.open(f"as/studio/edit/{KEY}dti_scenario+block@m03-night")
    page.locator(".dti-editor.is-started").wait_for()
    dialog = page.locator(".modal-content")
    room, story, first = (
        dialog.bounding_box(),
        page.locator(".dti-map").bounding_box(),
        page.locator(".dti-box[aria-selected=true]").bounding_box(),
    )
    for box in (story, first):
        assert room["y"] <= box["y"] and box["y"] + box["height"] <= room["y"] + room["height"], (box, room)
    page.locator(".dti-ed-problems button, .dti-ed-storytools button").first.click()
    page.get_by_role("button", name="Fit", exact=True).scroll_into_view_if_needed()
    before = dialog.evaluate("dialog => dialog.scrollTop")
    page.locator(".dti-map").evaluate("map => map.scrollTo(9999, 9999)")
    page.locator('.dti-box[tabindex="0"]').focus()
    page.keyboard.press("End")
    page.wait_for_function("() => document.activeElement.matches('.dti-box')")
    last, frame = page.locator(".dti-box:focus").bounding_box(), page.locator(".dti-map").bounding_box()
    assert frame["x"] - 1 <= last["x"] and last["x"] + last["width"] <= frame["x"] + frame["width"] + 1
    assert dialog.evaluate("dialog => dialog.scrollTop") == before


def test_the_readers_own_text_size_counts_in_studio_too(people):
    author = people("studio")
    author.context.new_cdp_session(author.page).send("Page.setFontSizes", {"fontSizes": {"standard": 24, "fixed": 20}})
    author.open(f"as/studio/edit/{KEY}dti_review+block@m09-review")
    assert author.page.locator(".dti").evaluate("root => getComputedStyle(root).fontSize") == "24px"
    assert author.page.locator(".dti .dti-help").first.evaluate("help => parseFloat(getComputedStyle(help).fontSize)") >= 24 * 0.8


@pytest.mark.parametrize("width", [1280, 390])
def test_in_a_learning_pages_frame_tools_and_words_stand_at_the_selection(people, width):
    learner = people(viewport={"width": width, "height": 800})
    learner.start_over()
    page = learner.page
    page.goto(f"{learner.address}/as/mfe/unit/m02-download-u1")
    frame = page.frame(url=re.compile("/as/lms/"))
    frame.wait_for_function(READY)
    unit = page.frame_locator("#unit-iframe")
    unit.get_by_role("link", name="Graham v. Connor").click()
    unit.locator("[data-dti-paragraph]").first.wait_for()
    page.wait_for_function("() => document.getElementById('unit-iframe').height > 2000")  # as high as its content
    page.wait_for_function(SCROLLED)  # to the new screen
    for words in ("objective reasonableness", "acted maliciously"):
        select(frame, words)
        tools = unit.get_by_role("group", name="Selected words")
        tools.wait_for()
        at, (above, below) = (
            tools.evaluate("tools => { const box = tools.getBoundingClientRect(); return [box.top, box.bottom]; }"),
            frame.evaluate(SELECTION),
        )
        assert max(above - at[1], at[0] - below) <= 120, (at, above, below)
        assert at[0] >= below or at[1] <= above, "the words themselves stay in sight"
        unit.get_by_role("button", name="Highlight", exact=True).click()
        said = unit.get_by_role("status").filter(has_text="Highlighted.")
        said.wait_for()
        mark = unit.locator("mark", has_text=words)
        box, where = said.bounding_box(), mark.bounding_box()
        assert abs(box["y"] - where["y"] - where["height"]) <= 120 and abs(box["x"] - where["x"]) <= 350, (box, where)


def test_in_a_learning_pages_frame_the_clock_stands_at_the_choices_too(officers):
    officer = officers()
    page = officer.page
    page.goto(f"{officer.address}/as/mfe/unit/blocks")
    page.frame(url=re.compile("/as/lms/")).wait_for_function(READY)
    unit = page.frame_locator("#unit-iframe")
    unit.get_by_role("button", name="Start the scenario").click()
    unit.locator("input[name=choice][value=deal]").check()
    unit.get_by_role("button", name="Do it").click()
    officer.go_on(unit)
    unit.get_by_role("button", name="Start the clock").click()
    beside = unit.locator("[data-dti-clock-beside]")
    expect(beside).to_be_visible()
    assert beside.inner_text() == unit.get_by_role("timer").inner_text()
    clock, question = beside.bounding_box(), unit.locator("legend", has_text="What do you do?").bounding_box()
    assert abs(clock["y"] - question["y"]) < 30
    officer.open("unit/blocks")
    expect(page.locator("[data-dti-clock]")).to_be_visible()
    expect(page.locator("[data-dti-clock-beside]")).to_be_hidden()
