"""A learner in front of the short film of the tests: `tests/video/film`."""

from __future__ import annotations

from playwright.sync_api import expect
from visitor import Visitor

UNIT = "unit/blocks"
SPEED = 2
NEAR = 1.5  # seconds of the film in which it slows down: a busy machine looks at it only now and then
REACHED = f"""seconds => {{
  const film = document.querySelector("video"), left = seconds - film.currentTime;
  film.playbackRate = left > {NEAR} ? {SPEED} : left > 0 ? 1 / 4 : 1 / 16;
  return left <= 0;
}}"""


class Watcher(Visitor):
    """Somebody who watches. `film` is the player, at twice the speed, since a test has no time."""

    @property
    def block(self):
        """The block of the film."""
        return self.page.locator('.xblock[data-usage$="+block@stop"]')

    @property
    def film(self):
        """The player."""
        return self.block.locator("video")

    def open_film(self):
        """Open the page, and wait until the film knows how long it is."""
        self.open(UNIT)
        self.page.wait_for_function("document.querySelector('video').readyState >= 1")
        self.block.locator("[data-dti-speed]").select_option("2")
        return self

    def play(self):
        """Play the film, as a press on its button does."""
        self.film.evaluate(f"film => {{ film.playbackRate = {SPEED}; film.play(); }}")

    def time(self) -> float:
        """Where the film is."""
        return self.film.evaluate("film => film.currentTime")

    def wait_until(self, seconds: float):
        """Wait until the film has come so far."""
        self.page.wait_for_function("seconds => document.querySelector('video').currentTime >= seconds", arg=seconds)

    def creep_from(self, seconds: float):
        """Wait until the film has come so far, and let it creep on from there: who presses then is in time on a slow machine too."""
        self.page.wait_for_function(REACHED, arg=seconds)

    def expect_paused(self):
        """Wait until the film stands still."""
        self.page.wait_for_function("document.querySelector('video').paused")

    def answer(self, choice: str):
        """Answer the question that is due, and go on."""
        section = self.block.locator("[data-dti-moment=heard]")
        expect(section).to_be_visible()
        section.locator(f"input[value={choice}]").check()
        section.get_by_role("button", name="Answer", exact=True).click()
        expect(self.block.locator("[data-dti-moment=heard] .dti-video-outcome")).to_be_visible()

    def go_on(self):
        """Leave what came of an answer."""
        self.block.locator("[data-dti-go]:visible").click()
        self.hurry()

    def hurry(self):
        """Let the film run on as fast as it began."""
        self.film.evaluate(f"film => {{ film.playbackRate = {SPEED}; }}")
