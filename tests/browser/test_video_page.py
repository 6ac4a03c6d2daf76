"""A film in a browser: captions in two languages, moments, a tape stopped in time, early, late and never, and still by still."""

import pytest
from playwright.sync_api import expect
from watcher import UNIT, Watcher

from tests.video.samples import film_course

pytestmark = pytest.mark.browser
TENTH = 0.1  # of a second of the film
PHONE = {"width": 320, "height": 700}
CAPTION = "film => [...film.textTracks].filter((track) => track.mode === 'showing').map((track) => track.language).join()"


@pytest.fixture(scope="module")
def films(served):
    return served("films", film_course)


@pytest.fixture
def watchers(chromium, films):
    """Makes learners in front of the film, each with a browser of their own. Only the lost file may be complained about."""
    made = []

    def someone(person: str = "learner", fresh: bool = True, **context) -> Watcher:
        watcher = Watcher(chromium, films.address, films.folder, **{"viewport": {"width": 1280, "height": 900}, **context})
        made.append(watcher)
        watcher.be(person)
        if fresh:
            watcher.start_over()
        return watcher

    yield someone
    for watcher in made:
        faults = [fault for fault in watcher.faults if "404" not in fault]
        watcher.close()
        assert faults == []


def run_tape_to(someone: Watcher, seconds: float):
    """From the start to a place in the tape."""
    someone.open_film().play()
    someone.answer("breath")
    someone.go_on()
    someone.creep_from(seconds)


@pytest.mark.smoke
def test_a_film_is_watched_stopped_in_time_and_gone_on_with_elsewhere(watchers):
    someone = watchers()
    someone.open_film()
    page, block = someone.page, someone.block
    assert someone.film.evaluate("film => film.error") is None  # H.264 and AAC play here
    assert someone.film.evaluate(CAPTION) == "en" and page.evaluate("document.querySelector('video').paused")
    block.get_by_text("Transcript (English)").click()
    expect(block.get_by_text("He cannot breathe.", exact=True)).to_be_visible()
    someone.play()
    someone.creep_from(1.9)
    someone.expect_paused()
    assert 1.9 <= someone.time() < 3  # before the tape; how soon after the question hangs on the machine
    expect(block.locator("[data-dti-moment=heard] [data-dti-heading]")).to_be_focused()
    assert someone.scan() == []
    block.locator("[data-dti-language]").select_option("es")
    assert someone.film.evaluate(CAPTION) == "es"
    expect(block.get_by_text("Transcript (Español)")).to_be_visible()
    expect(block.get_by_text("Transcript (English)")).to_be_hidden()
    someone.film.evaluate("film => { film.currentTime = 8; }")  # what comes is not to be seen before
    page.wait_for_function("document.querySelector('video').currentTime <= 2.1")
    someone.answer("joke")
    someone.go_on()
    step = block.get_by_role("button", name="Step in", exact=True)
    expect(step).to_be_visible()
    someone.creep_from(5.4)
    step.click()
    someone.expect_paused()
    block.locator("input[value=words]:visible").check()
    assert "You saw it" not in page.content() and someone.scan() == []
    block.get_by_role("button", name="Step in now").click()
    outcome = block.locator("[data-dti-moment=knee]")
    expect(outcome).to_contain_text("He breathes.")
    expect(outcome.locator("[data-dti-focus]")).to_be_focused()
    outcome.get_by_role("button", name="See the other way").click()
    someone.hurry()
    someone.wait_until(12.2)
    page.wait_for_function("document.querySelector('video').currentTime < 8 && document.querySelector('video').paused")
    someone.go_on()
    expect(block.locator("[data-dti-progress]")).to_contain_text("Complete.")
    expect(block.locator("[data-dti-progress]")).to_contain_text("Points: 3 of 4.")
    someone.expect_paused()
    block.get_by_role("button", name="Show my answers").click()
    expect(block.get_by_text("Listen again.")).to_be_visible()

    elsewhere = watchers(fresh=False, viewport=PHONE).open_film()
    assert elsewhere.time() == 0  # it was seen to its end
    expect(elsewhere.block.locator("[data-dti-progress]")).to_contain_text("Complete.")
    assert elsewhere.overflow() <= 0 and elsewhere.scan() == [] and elsewhere.scan_dark() == []


def test_a_film_goes_on_where_it_was_left_in_another_session(watchers):
    someone = watchers("second")
    run_tape_to(someone, 3.6)
    someone.film.evaluate("film => film.pause()")
    expect(someone.block.locator("[data-dti-progress]")).to_contain_text("1 answer is open")
    with someone.page.expect_response(lambda answer: "/watch" in answer.url and answer.ok):
        someone.play()
        someone.creep_from(4)
        someone.film.evaluate("film => film.pause()")
    left = someone.time()
    elsewhere = watchers("second", fresh=False).open_film()
    elsewhere.wait_until(3.2)
    assert elsewhere.time() < left + TENTH  # a place is kept in tenths
    elsewhere.play()
    expect(elsewhere.block.get_by_role("button", name="Step in", exact=True)).to_be_visible()


@pytest.mark.parametrize(("seconds", "said"), [(3.5, "Too early"), (7.2, "Late"), (None, "You did not step in")])
def test_a_tape_is_stopped_early_late_or_never(watchers, seconds, said):
    someone = watchers()
    run_tape_to(someone, seconds or 9)
    block = someone.block
    if seconds:
        block.get_by_role("button", name="Step in", exact=True).click()
        block.locator("input[value=wait]:visible").check()
        block.get_by_role("button", name="Step in now").click()
    else:
        someone.hurry()
    outcome = block.locator("[data-dti-moment=knee]")
    expect(outcome.locator("[data-dti-focus]")).to_contain_text(said)
    expect(outcome.get_by_role("button", name="Go on with the film")).to_be_visible()
    if seconds == 3.5:  # again, for practice
        outcome.get_by_role("button", name="Run the tape again").click()
        someone.hurry()
        someone.creep_from(5.4)
        block.get_by_role("button", name="Step in", exact=True).click()
        block.locator("input[value=words]:visible").check()
        block.get_by_role("button", name="Step in now").click()
        expect(block.locator("[data-dti-moment=knee]")).to_contain_text("(practice)")
        expect(block.locator("[data-dti-progress]")).to_contain_text("Points: 1 of 4.")


def test_by_keyboard_alone(watchers):
    someone = watchers("second", forced_colors="active").open_film()
    page = someone.page
    someone.film.focus()
    page.keyboard.press("Space")
    heading = someone.block.locator("[data-dti-moment=heard] [data-dti-heading]")
    expect(heading).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(someone.block.locator("[data-dti-moment=heard] [data-dti-focus]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(someone.block.locator("[data-dti-moment=heard] [data-dti-go]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(someone.block.get_by_role("button", name="Step in", exact=True)).to_be_focused()
    someone.creep_from(5.3)
    page.keyboard.press("Enter")
    expect(someone.block.locator("[data-dti-moment=knee] [data-dti-heading]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(someone.block.locator("[data-dti-moment=knee] [data-dti-focus]")).to_contain_text("In time")


def test_with_a_finger_from_right_to_left_on_a_small_phone(watchers):
    someone = watchers("second", viewport=PHONE, has_touch=True, is_mobile=True, locale="ar").open_film()
    page, block = someone.page, someone.block
    assert page.locator("html").get_attribute("dir") == "rtl"
    block.locator("[data-dti-language]").select_option("es")
    assert someone.film.evaluate(CAPTION) == "es"
    someone.play()
    someone.expect_paused()
    heard = block.locator("[data-dti-moment=heard]")
    heard.locator("label", has=page.locator("input[value=breath]")).tap()
    heard.get_by_role("button", name="Answer", exact=True).tap()
    heard.locator("[data-dti-go]").tap()
    step = block.locator("[data-dti-step]")
    someone.creep_from(5.3)
    assert misplaced(someone, step) == []
    step.tap()
    knee = block.locator("[data-dti-moment=knee]")
    knee.locator("label", has=page.locator("input[value=words]")).tap()
    assert misplaced(someone, knee.locator("label").first) == [] and someone.overflow() <= 0 and someone.flaws() == []
    knee.get_by_role("button", name="Step in now").tap()
    expect(knee.locator("[data-dti-focus]")).to_contain_text("In time")
    block.locator(".dti-video-transcript summary:visible").tap()
    line = block.locator(".dti-video-transcript details[open] li").first
    assert misplaced(someone, line) == [] and someone.overflow() <= 0 and someone.flaws() == []


def misplaced(someone: Watcher, part) -> list[str]:
    """What is wrong with where `part` stands on a page from right to left: it begins at the right edge, and it is whole on the screen."""
    box, wide = part.bounding_box(), someone.page.viewport_size["width"]
    begins_right = box["x"] + box["width"] >= wide / 2
    inside = box["x"] >= 0 and box["x"] + box["width"] <= wide
    return [words for words, fine in (("it does not begin at the right", begins_right), ("it is cut off", inside)) if not fine]


def test_a_film_that_is_lost_says_so_and_is_taken_still_by_still(watchers):
    someone = watchers().open_film()
    lost = someone.page.locator('.xblock[data-usage$="+block@lost"]')
    expect(lost.get_by_role("alert").filter(has_text="The film does not play here")).to_be_visible()
    lost.get_by_role("button", name="Save data: still by still").click()
    expect(lost.get_by_role("heading", name="Still 1 of 1")).to_be_focused()
    expect(lost.locator("video")).to_have_count(0)
    assert someone.scan() == []
    lost.get_by_role("button", name="Watch the film instead").click()
    expect(lost.locator("video")).to_have_count(1)


def test_everything_without_javascript(chromium, served):
    """The player, the transcript, the question below, and the tape still by still, for the whole score."""
    films = served("films-without-script", film_course, still=True)
    someone = Watcher(chromium, films.address, films.folder, java_script_enabled=False, viewport=PHONE)
    page, block = someone.page, someone.block
    page.goto(f"{someone.address}/{UNIT}")
    assert block.locator("video[controls][src] track").count() == 2
    block.get_by_text("Transcript (English)").click()
    assert block.get_by_text("He cannot breathe.", exact=True).is_visible()
    assert block.get_by_role("button", name="Step in now").count() == 0  # the time of the film is not known without a script
    block.locator("input[value=breath]").check()
    someone.press("Answer")
    assert "That is the sign to act on." in block.inner_text() and "Right" in block.inner_text()
    with page.expect_navigation():
        block.get_by_role("button", name="Decide still by still").click()
    assert "Still 2 of 6" in block.inner_text()
    films.forward(3)
    someone.press("Let it go on")
    assert "The man stops talking." in block.inner_text()
    block.locator("input[value=words]").check()
    someone.press("Step in now")
    assert "In time" in block.inner_text() and "He breathes." in block.inner_text()
    for _still in range(2):
        with page.expect_navigation():
            block.get_by_role("button", name="Back", exact=True).click()
    for still in range(2, 8):
        films.forward(3)
        with page.expect_navigation():
            block.locator(".dti-video-turn button").last.click()
        assert "The end of the film" in block.inner_text() if still == 7 else f"Still {still} of 6" in block.inner_text()
    assert "Complete." in block.inner_text() and "Points: 4 of 4." in block.inner_text()
    with page.expect_navigation():
        block.get_by_role("button", name="Watch the film instead").click()
    faults = [fault for fault in someone.faults if "404" not in fault]
    someone.close()
    assert faults == []
