"""An officer who plays the scenario of `seconds.xml`: clocks, meters, conditions, recordings, and a way back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from playwright.sync_api import expect
from visitor import Visitor

FIXTURES = Path(__file__).parent.parent / "course" / "fixtures"
UNIT = "unit/blocks"
CLOCK, SHORT = 12, 6  # seconds of the scenes "The cuffs are on" and "It goes on"
GRACE = 4  # seconds after which nothing that was on its way is waited for any more
WIDE = {"width": 1280, "height": 900}
# The two clocks of a page, and what lets time pass on both.
PASSING = """(() => {
    const steady = performance.now.bind(performance), wall = Date.now.bind(Date);
    let passed = 0;
    performance.now = () => steady() + passed;
    Date.now = () => wall() + passed;
    window.passTime = (seconds) => { passed += 1000 * seconds; };
})()"""


def seconds_course(folder: Path) -> Path:
    """The tiny course, made in `folder`, with that scenario as its block."""
    shutil.copytree(FIXTURES / "tiny", folder)
    shutil.copy(FIXTURES / "every-block/static/clip.webm", folder / "static")
    (folder / "static/clip.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nMy ribs.\n")
    scenario = Path(__file__).with_name("seconds.xml").read_text(encoding="utf-8")
    (folder / "vertical/blocks.xml").write_text(
        f'<vertical display_name="Our blocks"><dti_scenario url_name="seconds" display_name="Seconds" score_by="both">{scenario}'
        "</dti_scenario></vertical>",
        encoding="utf-8",
    )
    return folder


class Officer(Visitor):
    """A visitor who plays the scenario, in a preview whose time stands still until it is let pass."""

    first_script = PASSING

    def __init__(self, browser, served, **context):
        super().__init__(browser, served.address, served.folder, **context)
        self.served = served

    def pass_time(self, seconds: float):
        """Let time pass on the server, and on the pages."""
        self.served.forward(seconds)
        for page in self.context.pages:
            page.evaluate("seconds => window.passTime?.(seconds)", seconds)

    def run_out(self, seconds: int):
        """Let the clock of `seconds` run out, and what is granted for a slow line."""
        self.pass_time(seconds + GRACE)

    def begin(self, pace: str | None = None):
        self.open(UNIT)
        if pace:
            self.page.get_by_label(pace).check()
        self.page.get_by_role("button", name="Start the scenario").click()
        self.scene("In the car")

    def scene(self, title: str, focus: bool = True):
        """Wait until the scene or ending `title` is the screen, and focus is on its heading."""
        self.page.get_by_role("heading", name=title, exact=True).first.wait_for()
        if focus:
            self.page.wait_for_function("title => document.activeElement.textContent.trim() === title", arg=title)

    def decide(self, choice: str):
        """Take a choice and leave what came of it; at an ending, how the story ends, too."""
        self.choose(choice)
        self.go_on()
        self.page.locator(".dti-feedback").wait_for(state="detached")
        if self.page.locator(".dti-ending").count():
            self.go_on()
            self.page.locator(".dti-ending").wait_for(state="detached")

    def start_clock(self, where=None):
        super().start_clock(where or self.page.locator("main"))

    def left(self) -> int:
        """What the clock shows, in seconds."""
        shown = self.page.locator("[data-dti-time]")
        expect(shown).to_have_text(re.compile(r"\d+:\d\d"))  # the script has started
        minutes, seconds = shown.inner_text().split(":")
        return int(minutes) * 60 + int(seconds)

    def to_the_clock(self, first: str = "deal", pace: str | None = None):
        self.begin(pace)
        self.decide(first)
        self.scene("The cuffs are on")
        self.start_clock()

    def play(self, *steps: str):
        """From the opening: choice ids, and "clock" to start one."""
        self.begin()
        for step in steps:
            made = self.page.locator("input[name=step]").first.input_value()
            if step == "clock":
                self.start_clock()
                self.page.wait_for_function("made => document.querySelector('input[name=step]')?.value !== made", arg=made)
            else:
                self.decide(step)
                self.page.locator(".dti-feedback").wait_for(state="detached")
