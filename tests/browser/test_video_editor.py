"""The film's visual editor in Studio: marks on the timeline, questions, tapes, stills and captions."""

import re

import pytest
from author import Author
from playwright.sync_api import expect
from suite.axe import violations
from visitor import SEEN

from tests.video.samples import FILM, film_course

pytestmark = pytest.mark.browser
CHECKS = re.compile("/studio_check")


class Cutter(Author):
    """An author in front of the editor of the film of the tests."""

    key = "block-v1:TST+TINY+run1+type@dti_video+block@"
    tabs = ("Visual", "Text", "Settings")

    def mark(self, key: str):
        """A mark of the timeline: the start of an entry, or the end of a window of a tape."""
        return self.page.locator(f'[data-control="mark.{key}"]')

    def boxes(self, key: str) -> tuple[dict, dict]:
        """Where the timeline and a mark of it stand, asked at one moment: an answer of the server may draw all marks anew."""
        line, mark = self.page.evaluate(
            "keys => keys.map((key) => document.querySelector(key).getBoundingClientRect().toJSON())",
            [".dti-vds-line", f'[data-control="mark.{key}"]'],
        )
        return line, mark

    def row(self, words: str):
        """An entry in the list."""
        return self.page.locator(".dti-vds-row").filter(has_text=words).first


@pytest.fixture
def cutter(chromium, served):
    made = []

    def open_editor(**context) -> Cutter:
        films = served("film-editor", film_course)
        someone = Cutter(chromium, films.address, films.folder, **{"viewport": {"width": 1280, "height": 900}, **context})
        made.append(someone)
        someone.edit("stop")
        someone.page.wait_for_function(
            "document.querySelector('.dti-vds-film').readyState >= 1"
        )  # the line is as long as the film
        return someone

    yield open_editor
    for someone in made:
        faults = [fault for fault in someone.faults if "404" not in fault]  # the unit has a film that is lost
        someone.close()
        assert faults == []


def test_marks_are_moved_by_keys_and_by_pointer_and_the_film_follows(cutter):
    someone = cutter()
    page = someone.page
    assert someone.text == FILM
    someone.mark("tape:knee.1").focus()
    someone.press("Enter", "ArrowRight", "Shift+ArrowRight")
    expect(someone.mark("tape:knee.1")).to_be_focused()
    someone.hears("End of In time: 0:08.1")
    assert page.evaluate("document.querySelector('.dti-vds-film').currentTime") == pytest.approx(8.1, abs=0.05)
    expect(page.locator(".dti-vds-now")).to_contain_text("Late")
    assert 'kind="in-time" until="8.1"' in someone.text
    page.get_by_role("button", name="Undo").first.click()
    assert someone.text == FILM, "all moves of a mark are one step"

    line, start = someone.boxes("question:heard.-1")
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(line["x"] + line["width"] * 1 / 14, start["y"] + 12, steps=4)
    page.mouse.up()
    assert '<question id="heard" at="1"' in someone.text
    assert someone.text == FILM.replace('id="heard" at="2"', 'id="heard" at="1"')
    someone.mark("question:heard.-1").click()
    page.get_by_role("button", name="Play from here").click()
    page.wait_for_function("document.querySelector('.dti-vds-film').currentTime > 1.05")


def test_a_mark_that_is_held_stays_in_the_hand_when_the_check_of_an_earlier_change_arrives(cutter):
    someone = cutter()
    page, waiting = someone.page, []

    def wait(route):
        waiting.append(route)

    page.route(CHECKS, wait)
    someone.mark("tape:knee.1").focus()
    with page.expect_request(CHECKS):
        someone.press("Enter", "ArrowRight")
    line, start = someone.boxes("question:heard.-1")
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(line["x"] + line["width"] * 3 / 14, start["y"] + 12, steps=4)
    with page.expect_response(CHECKS):
        for route in waiting:
            route.continue_()
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))")
    page.mouse.move(line["x"] + line["width"] * 1 / 14, start["y"] + 12, steps=4)
    page.mouse.up()
    assert '<question id="heard" at="1"' in someone.text


def test_marks_that_are_near_each_other_can_each_be_hit_on_a_phone(cutter):
    someone = cutter(viewport={"width": 390, "height": 844})
    page = someone.page
    boxes = page.locator(".dti-vds-mark").evaluate_all("marks => marks.map((mark) => mark.getBoundingClientRect().toJSON())")
    assert len(boxes) == 12 and all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
    assert violations(page, ("target-size",), {"include": [[".dti-vds-line"]]}) == []
    before = len({box["top"] for box in boxes})
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function(
        "before => new Set([...document.querySelectorAll('.dti-vds-mark')].map((mark) => mark.getBoundingClientRect().top)).size < before",
        arg=before,
    )


def test_a_question_is_put_where_the_film_stands_and_learners_are_asked_it(cutter):
    someone = cutter()
    page = someone.page
    someone.mark("still:#6.-1").click()  # the film stands at the ambulance
    someone.field("add.question").click()
    expect(page.locator(".dti-ed-panel > h3")).to_be_focused()
    someone.field("prompt.0.prose").fill("Who *called* it?")
    someone.field("choice.0.text.0.prose").fill("Your partner")
    someone.field("choice.0.feedback.0.prose").fill("You should have.")
    someone.field("choice.1.text.0.prose").fill("A bystander")
    someone.field("choice.1.feedback.0.prose").fill("She did.")
    someone.field("choice.0.correct").uncheck()
    someone.field("problems").click()
    expect(page.locator(".dti-ed-problems li")).to_contain_text("one that is right")
    someone.row("Captions: es").click()
    expect(page.locator(".dti-vds-cues")).to_contain_text("No puede respirar.")
    page.locator(".dti-ed-problems button").first.click()
    expect(page.locator(".dti-ed-panel > h3")).to_contain_text("Who called it?")
    someone.field("choice.1.correct").check()
    expect(page.locator(".dti-ed-problems li")).to_have_count(0)
    assert '<question id="question-1" at="10.5">' in someone.text and "<p>Who <em>called</em> it?</p>" in someone.text
    someone.press("Control+s")
    page.wait_for_url("**/unit/**")
    expect(page.locator(".dti-video").first).to_contain_text("Who called it?")
    assert "She did." not in page.locator(".dti-video").first.inner_html()


def test_a_tape_a_still_and_captions_are_added_and_taken_away(cutter):
    someone = cutter()
    page = someone.page
    someone.tab("Text")
    page.locator("textarea[name=content]").fill('<film src="/static/film.mp4" seconds="12"/>\n<odd/>')
    someone.tab("Visual")
    page.locator(".dti-ed-problems button").filter(has_text="odd").click()
    assert page.locator("textarea[name=content]").evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)") == "<odd/>"
    someone.tab("Visual")
    someone.field("add.still").click()
    someone.field("src.pick").click()
    someone.dialog().get_by_text("still-1.jpg").click()
    someone.dialog().locator(".dti-button").first.click()
    someone.field("prose").fill("He waits.")
    someone.field("add.tape").click()
    assert [kind in someone.text for kind in ("early", "in-time", "late", "too-late")] == [True] * 4
    someone.field("window.0.remove").click()
    someone.field("add.early").click()
    assert someone.text.count("<window") == 4 and someone.text.index("early") < someone.text.index("in-time")
    someone.field("add.captions").click()
    someone.field("src").fill("/static/film-en.vtt")
    expect(page.locator(".dti-ed-problems")).not_to_contain_text("no captions")
    assert '<still at="0" src="/static/still-1.jpg" alt=""><p>He waits.</p></still>' in someone.text
    assert '<captions lang="en" src="/static/film-en.vtt"/>' in someone.text and "<odd/>" in someone.text
    someone.field("remove").click()
    assert "<captions" not in someone.text


@pytest.mark.parametrize(
    ("width", "modes"),
    [(320, {}), (1280, {"rules": SEEN, "color_scheme": "dark"}), (390, {"rules": SEEN, "forced_colors": "active"})],
)
def test_every_view_is_accessible_and_fits(cutter, width, modes):
    someone = cutter(viewport={"width": width, "height": 800}, **modes)
    someone.row("Tape").click()
    for tab in someone.tabs:
        someone.tab(tab)
        assert someone.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
        assert someone.scan() == []
