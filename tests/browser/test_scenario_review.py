"""The result on one screen, the after-action review, on paper and as a PDF, and the ways to another run."""

import io
import re

import pypdf
import pytest
from officer import CLOCK
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
STRONGEST = ("Agree on a word", "Hand on his arm", "Strongest path", "Why it is stronger")
PHONE = {"width": 390, "height": 844}


def to_the_end(officer):
    """The end of a mixed run: with a late decision, a loop, both levels and meters. It turns at the second decision."""
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


@pytest.fixture
def reviewed(officers):
    return to_the_end(officers())


def open_answers(officer):
    page = officer.page
    page.get_by_text("The strongest answers are closed").click()
    page.get_by_role("button", name="Show the strongest answers").click()
    officer.scene("Your decisions")


def test_the_result_is_one_screen_and_the_rest_is_folded(officers):
    officer = to_the_end(officers(viewport=PHONE))
    page = officer.page
    headings = [one.strip() for one in page.locator(".dti-after :is(h4, h5)").all_text_contents()]
    folds = [
        "The strongest answers are closed",
        "How it ended",
        "What to practice",
        "Where the points came from",
        "What your choices moved",
    ]
    assert headings == ["It stopped, and then nothing", "Looking back", "Where it turned", "Your decisions", *folds]
    assert page.get_by_role("img", name="31%, and 70% is the pass mark").bounding_box()["width"] > 90
    told = page.locator(".dti-after").inner_text()
    for words in (
        "A mixed ending",
        "you did not pass",
        "You earned 5 of 16 points. That is 31%.",
        "You need 70% to pass.",
        "This part of the course is complete when you pass.",
        "Decision 2, The cuffs are on. There the clock decided for you.",
        "Practice: it does not count.",
    ):
        assert words in told, words
    marks = page.locator(".dti-path summary").all_inner_texts()
    assert [re.sub(r"\s+", " ", mark).strip() for mark in marks] == [
        *("1 In the car ✕ none", "2 The cuffs are on ✕ none", "3 It goes on ✓ full", "4 On the ground ✕ none"),
    ]
    top, last = page.locator(".dti-summary").bounding_box(), page.locator(".dti-side").bounding_box()
    assert last["y"] + last["height"] - top["y"] <= PHONE["height"], "from the ring to the last way on"
    assert page.locator(".dti-after details[open]").count() == 0
    assert not [words for words in STRONGEST if words in page.content()]
    assert officer.flaws() == [] and officer.scan_dark() == []


def test_the_strongest_answers_open_when_asked_for_and_practice_follows(reviewed):
    page = reviewed.page
    open_answers(reviewed)
    assert page.locator(".dti-path details[open]").count() == 3, "those with a stronger choice"
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
    page.get_by_text("Your path beside the strongest path").click()
    rows = [row.inner_text() for row in page.locator(".dti-map tbody tr").all()]
    assert "You said nothing." in " ".join(rows) and "It stopped with you" in rows[-1] and "A good ending" in rows[-1]
    assert page.locator(".dti-map th[scope=col]").all_inner_texts() == ["Your path", "Strongest path"]
    for fold in ("What to practice", "Where the points came from", "What your choices moved"):
        page.locator("summary", has_text=fold).click()
    told = page.locator(".dti-after").inner_text()
    for words in (
        "Look again at:",
        "Once, the clock decided for you.",
        "Outcome: It stopped, and then nothing",
        "Your own record",
        "−5",
    ):
        assert words in told, words
    assert reviewed.flaws() == []
    assert "Practice, because you opened the strongest answers" in told
    page.get_by_role("button", name="From the start").click()
    reviewed.scene("In the car")
    expect(page.get_by_text("0 decisions made")).to_have_count(1)
    assert page.locator(".dti-feedback, .dti-review").count() == 0


def test_with_the_keyboard_alone_a_run_is_replayed_from_its_turn(reviewed):
    page = reviewed.page
    names = []
    for _press in range(3):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
        if names[-1] == "Replay from the turn":
            break
    assert names[-1] == "Replay from the turn", names
    page.keyboard.press("Enter")
    reviewed.scene("The cuffs are on")
    expect(page.get_by_text("1 decision made")).to_have_count(1)
    reviewed.start_clock()
    page.keyboard.press("1")
    reviewed.scene("What happened")
    reviewed.go_on()
    reviewed.scene("On the ground")
    reviewed.decide("wait")
    page.get_by_text("Practice: as a run that counts").first.wait_for()
    told = page.locator(".dti-after").inner_text()
    assert "Your best score so far is 31%, and it is the one that counts." in told
    assert "complete when you pass with a run that counts" in told
    page.locator(".dti-path summary").first.click()
    assert "as in the run before" in page.locator(".dti-path > li").first.inner_text()
    assert reviewed.flaws() == []


def test_without_a_script_answers_and_replay_are_forms(officers):
    officer = officers("second", java_script_enabled=False)
    page = officer.page
    officer.page.goto(f"{officer.address}/unit/blocks")
    page.get_by_label("No clock").check()
    officer.press("Start the scenario")
    for choice in ("laugh", "wait", "now", "wait"):
        found = page.locator(f"input[name=choice][value={choice}]")
        (found if found.count() else page.locator("input[name=choice]").last).check()
        officer.press("Do it")
        ended = page.get_by_role("button", name="Continue to the end").count()
        officer.press("Continue to the end" if ended else "Continue")
        if ended:
            officer.press("Continue to the result")
        if page.get_by_role("button", name="From the start").count():
            break
    page.get_by_text("The strongest answers are closed").click()
    officer.press("Show the strongest answers")
    assert "Stronger choice" in page.locator(".dti-path").inner_text()
    turned = re.search(r"Decision \d+, ([^.]+)\.", page.locator(".dti-turn").inner_text())[1]
    officer.press("Replay from the turn")
    expect(page.get_by_role("heading", name=turned, exact=True)).to_be_visible()


@pytest.mark.smoke
def test_only_the_review_is_printed_and_all_of_it(reviewed):
    page = reviewed.page
    open_answers(reviewed)
    page.evaluate(
        "() => { window.print = () => { window.printed = (window.printed || 0) + 1; window.dispatchEvent(new Event('beforeprint')); } }"
    )
    closed = page.locator(".dti-after details:not([open])").count()
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    visible = page.locator("main").inner_text()
    assert visible.strip().startswith("Seconds")
    for part in (
        page.locator("header"),
        *(page.get_by_role("button", name=name) for name in ("From the start", "Replay from the turn")),
    ):
        expect(part.first).to_be_hidden()
    assert page.locator(".dti-after details:not([open])").count() == 0
    assert page.locator(".dti-map").is_visible() and "The moment passes." in visible
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="Letter")))
    text = " ".join(sheet.extract_text() for sheet in printed.pages)
    assert "Strongest path" in text and "Your decisions" in text
    assert len(printed.pages) <= 4
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("header").first).to_be_visible()
    expect(page.locator(".dti-after details:not([open])")).to_have_count(closed)


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
        "Your decisions",
        "Time ran out",
        "Yang v. Hardin",
        "Version of the scenario",
        f"1 / {len(reader.pages)}",
    ):
        assert words in text, words
    assert not [words for words in STRONGEST if words in text]
    assert reader.metadata.title == "Seconds"
