"""The people of a scenario as learners meet them: bubbles, the title on a picture, the card of a new role, the voice."""

import io
import re
import shutil
from pathlib import Path

import pytest
from officer import FIXTURES, UNIT
from PIL import Image
from playwright.sync_api import expect
from suite.axe import LAYOUT
from visitor import PIXELS, SEEN, Visitor

from tests.scenario.sample_cast import CONTENT

pytestmark = pytest.mark.browser
# A voice like the browser's, which tells what it was given to say.
VOICE = """(() => {
    window.heard = [];
    const speech = {
        getVoices: () => [{name: "Test"}], addEventListener() {},
        speak: (words) => { window.heard.push(words.text); setTimeout(() => words.onend(), 0); },
        cancel: () => window.heard.push("silence"),
    };
    Object.defineProperty(window, "speechSynthesis", {value: speech});
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    window.Audio = class extends EventTarget {
        constructor(address) { super(); this.address = address; }
        pause() {}
        async play() { window.heard.push(this.address); setTimeout(() => this.dispatchEvent(new Event("ended")), 0); }
    };
})()"""
LONG = "Kraftfahrzeughaftpflichtversicherungsbescheinigung"
BOXES = """() => Object.fromEntries([".dti-you .dti-bubble", ".dti-you .dti-face", ".dti-said:not(.dti-you) .dti-bubble",
    ".dti-said:not(.dti-you) .dti-face", ".dti-lines"].map((one) => {
        const box = document.querySelector(one).getBoundingClientRect();
        return [one, [box.left, box.right]];
    }))"""


def people_course(folder: Path) -> Path:
    """The tiny course with the sample of a cast as its block, pictures and voices included; one title is a long word."""
    shutil.copytree(FIXTURES / "tiny", folder)
    for name in ("lot", "walk", "tillman"):
        Image.new("RGB", (64, 36), "white").save(folder / f"static/{name}.webp")  # nothing is harder to write on
    for name in ("lot", "tillman-1"):
        (folder / f"static/{name}.mp3").write_bytes(b"")
    content = CONTENT.replace("Tillman-speech.", f"Tillman-speech. {LONG}").replace("Walk-title", LONG)
    (folder / "vertical/blocks.xml").write_text(
        f'<vertical display_name="Our blocks"><dti_scenario url_name="people" display_name="People">{content}'
        "</dti_scenario></vertical>",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def people(chromium, served):
    """Makes visitors of that course, each with a browser of their own, who begin anew."""
    course, made = served("people", people_course), []

    def someone(person: str = "learner", **context) -> Visitor:
        visitor = Visitor(chromium, course.address, course.folder, **context)
        made.append(visitor)
        visitor.be(person)
        visitor.start_over()
        return visitor

    yield someone
    for visitor in made:
        assert visitor.faults == []
        visitor.close()


def begin(visitor, pace="No clock"):
    visitor.open(UNIT)
    visitor.page.get_by_label(pace).check()
    visitor.page.get_by_role("button", name="Start the scenario").click()
    expect(visitor.page.get_by_role("heading", name="Lot-title")).to_be_focused()


@pytest.mark.parametrize(
    "context",
    [
        {"viewport": {"width": 320, "height": 640}},
        {"rules": SEEN, "viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
        {"rules": SEEN, "viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
        {"rules": LAYOUT, "viewport": {"width": 390, "height": 844}, "locale": "ar"},
    ],
    ids=["small", "dark phone", "forced colors", "right to left"],
)
def test_lines_are_bubbles_and_the_learners_stand_on_the_other_side(people, context):
    visitor = people(**context)
    page, rtl = visitor.page, context.get("locale") == "ar"
    visitor.open(UNIT)
    page.locator("input[name=pace][value='0']").check()
    page.locator(".dti-people summary").click()
    found = visitor.flaws()
    page.locator(".dti-opening button[type=submit]").click()
    expect(page.locator(".dti-lines")).to_be_visible()
    found += visitor.flaws()
    boxes = page.evaluate(BOXES)
    mine, my_face, theirs, their_face, lines = boxes.values()
    near, far = (1, 0) if rtl else (0, 1)
    assert abs(my_face[far] - lines[far]) < 2, "the learner's face is at the end of the line"
    assert abs(their_face[near] - lines[near]) < 2
    assert (mine[near] > theirs[near]) is not rtl
    assert all(lines[0] - 1 <= box[0] and box[1] <= lines[1] + 1 for box in boxes.values())
    visitor.choose("wait")
    visitor.page.locator(".dti-go-on button").click()
    expect(page.get_by_role("heading", name=LONG)).to_be_focused()
    found += visitor.flaws()
    assert found == []


def test_the_title_can_be_read_on_any_picture(people):
    visitor = people(viewport={"width": 390, "height": 844})
    begin(visitor)
    page = visitor.page
    picture = page.get_by_role("img", name="Lot-picture")
    expect(picture).to_be_visible()
    assert picture.evaluate(PIXELS) == 64
    assert page.locator(".dti-stage h4").evaluate("title => parseFloat(getComputedStyle(title).fontSize)") >= 27
    page.evaluate("document.activeElement.blur()")
    for words in (page.locator(".dti-stage h4"), page.locator(".dti-stage .dti-where")):
        words.evaluate("words => { words.style.color = 'transparent'; }")
        ground = Image.open(io.BytesIO(words.screenshot())).convert("L")
        lightest = (ground.getextrema()[1] / 255) ** 2.2
        assert 1.05 / (lightest + 0.05) >= 4.5, "white on it"


def test_a_new_role_is_a_card_by_keyboard_and_without_a_script(people):
    visitor = people(viewport={"width": 390, "height": 844})
    begin(visitor, "The time as written")
    page = visitor.page
    page.keyboard.press("1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What happened")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    card = page.get_by_role("heading", name="You are now Sergeant Okafor")
    expect(card).to_be_focused()
    found = visitor.flaws()
    button = page.get_by_role("button", name="Continue").bounding_box()
    assert button["y"] + button["height"] <= 844
    assert page.get_by_role("region", name="You are now Sergeant Okafor").inner_text().endswith("Okafor-knows-not.")
    visitor.reload()
    expect(card).to_be_visible()
    page.get_by_role("heading", name="You are now").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start the clock")).to_be_visible()
    assert found == []
    plain = people("second", java_script_enabled=False)
    plain.page.goto(f"{plain.address}/{UNIT}")
    plain.press("Start the scenario")
    plain.choose("stop")
    with plain.page.expect_navigation():
        plain.go_on()
    expect(plain.page.get_by_text("Okafor-knows.")).to_be_visible()
    assert plain.page.get_by_text("Read aloud").is_hidden()
    plain.press("Continue")
    expect(plain.page.get_by_role("button", name="Start the clock")).to_be_visible()


def test_the_voice_reads_when_it_is_switched_on_and_is_silent_at_any_press(people):
    visitor = people(viewport={"width": 1280, "height": 900})
    visitor.on_every_page(VOICE)
    page = visitor.page
    heard = lambda: [one for one in page.evaluate("window.heard") if one != "silence"]  # noqa: E731
    begin(visitor)
    assert heard() == [], "off until somebody wants it"
    switch = page.get_by_role("button", name="Read aloud")
    expect(switch).to_have_attribute("aria-pressed", "false")
    found = visitor.flaws()
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("window.heard.includes('Wait-text.')")
    (recording, *rest) = heard()
    assert re.search(r"lot\.mp3$", recording)
    assert rest == ["What do you do?", "Stop-text.", "Wait-text."]
    found += visitor.flaws()
    visitor.reload()
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert heard() == [], "nothing starts by itself"
    visitor.choose("wait")
    page.wait_for_function("window.heard.includes('Wait-why.')")
    page.keyboard.press("Shift")
    assert page.evaluate("window.heard.at(-1)") == "silence"
    visitor.go_on()
    page.wait_for_function("window.heard.includes('Walk-story.')")
    switch.click()
    visitor.choose("tell")
    visitor.go_on()
    expect(page.get_by_role("heading", name="You are now Sergeant Okafor")).to_be_focused()
    assert "Okafor-knows." not in " ".join(heard())
    assert found == []
