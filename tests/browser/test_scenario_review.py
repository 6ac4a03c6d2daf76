"""The after-action review: every part of it, on paper, as a PDF, and the way to another run."""

import io
import re

import pypdf
import pytest
from officer import CLOCK, flaws
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def reviewed(officers):
    """An officer at the end of a mixed run: with a late decision, a loop, both levels and meters."""
    officer = officers()
    officer.begin()
    officer.decide("laugh")
    officer.scene("The cuffs are on")
    officer.start_clock()
    officer.run_out(CLOCK)
    officer.scene("What happened")
    officer.go_on()
    officer.scene("It goes on")
    officer.start_clock()
    officer.decide("now")
    officer.scene("On the ground")
    officer.decide("wait")
    officer.scene("It stopped, and then nothing")
    return officer


def test_the_review_has_every_part(reviewed):
    page = reviewed.page
    headings = page.locator(".dti-after :is(h4, h5)").all_inner_texts()
    assert headings[:4] == ["It stopped, and then nothing", "Looking back", "Where it turned", "What to practice"]
    assert page.get_by_role("img", name="31%, and 70% is the pass mark").bounding_box()["width"] > 100
    order = ["Your path beside the strongest path", "Where the points came from", "What your choices moved", "Your decisions"]
    assert [heading for heading in headings if heading in order] == order
    text = page.locator(".dti-after").inner_text()
    for words in (
        "A mixed ending",
        "you did not pass",
        "You earned 5 of 16 points. That is 31%.",
        "Decision 2, The cuffs are on. There the clock decided for you.",
        "Look again at:",
        "Once, the clock decided for you.",
        "Outcome: It stopped, and then nothing",
        "Your own record",
        "−5",
    ):
        assert words in text, words
    rows = [row.inner_text() for row in page.locator(".dti-map tbody tr").all()]
    assert "You said nothing." in " ".join(rows) and "It stopped with you" in rows[-1] and "A good ending" in rows[-1]
    assert page.locator(".dti-map th[scope=col]").all_inner_texts() == ["Your path", "Strongest path"]
    second = page.locator(".dti-path > li").nth(1).inner_text()
    for words in (
        "Time ran out",
        "12 seconds",
        "0 of 6 points",
        "Public trust −25, then 25",
        "Yang v. Hardin",
        "Stronger choice",
    ):
        assert words in second, words
    assert page.locator(".dti-path details[open]").count() == 3, "those with a stronger choice"
    assert flaws(reviewed) == []


@pytest.mark.smoke
def test_only_the_review_is_printed_and_all_of_it(reviewed):
    page = reviewed.page
    page.evaluate("document.querySelector('.dti-path details').open = false")
    page.evaluate(
        "() => { window.print = () => { window.printed = (window.printed || 0) + 1; window.dispatchEvent(new Event('beforeprint')); } }"
    )
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    visible = page.locator("main").inner_text()
    assert visible.strip().startswith("Seconds")
    for part in (page.locator("header"), page.get_by_role("button", name="Try again")):
        expect(part.first).to_be_hidden()
    assert page.locator(".dti-path details:not([open])").count() == 0
    assert page.locator(".dti-map").is_visible() and "The moment passes." in visible
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter")))
    text = " ".join(sheet.extract_text() for sheet in printed.pages)
    assert "Strongest path" in text and "Your decisions" in text
    assert len(printed.pages) <= 4
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("header").first).to_be_visible()
    expect(page.locator(".dti-path details:not([open])")).to_have_count(2)


@pytest.mark.smoke
def test_the_review_is_downloaded_as_a_pdf(reviewed):
    with reviewed.page.expect_download() as download:
        reviewed.page.get_by_role("link", name="Download as PDF").click()
    reader = pypdf.PdfReader(download.value.path())
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    for words in (
        "After-action review",
        "Seconds",
        "It stopped, and then nothing",
        "What to practice",
        "Your path beside the strongest path",
        "Time ran out",
        "Yang v. Hardin",
        "Version of the scenario",
        f"1 / {len(reader.pages)}",
    ):
        assert words in text, words
    assert reader.metadata.title == "Seconds"


def test_trying_again_begins_a_new_run(reviewed):
    reviewed.page.get_by_role("button", name="Try again").click()
    reviewed.scene("In the car")
    expect(reviewed.page.get_by_text("0 decisions made")).to_have_count(1)
    assert reviewed.page.locator(".dti-feedback, .dti-review").count() == 0
