"""An author in front of the scenario's editor: what the editor's tests do, in words."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from visitor import Visitor

SMALL = "m08-ladder"  # a scenario of the course
KEY = "block-v1:DTI+DTI101+v1+type@dti_scenario+block@"


class Author(Visitor):
    """One author with a browser of their own. `key` begins the usage keys of the blocks that they edit, `tabs` are the editor's.

    They have “Advanced” on, as somebody has who knows ids and OLX, unless `advanced` is False.
    """

    advanced = True
    key = KEY
    tabs = ("Story", "Text", "Settings")

    def edit(self, block: str) -> Author:
        """Open the editor of a block of the course, as the course has it: what an earlier test has saved is taken back."""
        self.be("studio")
        if self.advanced:
            self.page.add_init_script("window.localStorage.setItem('dti-scenario:all:advanced', 'true')")
        self._post(f"studio/discard/{self.key}{block}")
        return self.open_editor(block)

    def open_editor(self, block: str) -> Author:
        self.block_name = block
        self.page.goto(f"{self.address}/studio/edit/{self.key}{block}")
        self.page.locator(".dti-editor.is-started").wait_for()
        return self

    # -- looking -------------------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """The OLX as the Text tab shows it; the tab before comes back."""
        shown = self.page.locator("[role=tab]").evaluate_all("tabs => tabs.findIndex((tab) => tab.ariaSelected === 'true')")
        self.tab("Text")
        text = self.page.locator("textarea[name=content]").input_value()
        self.page.locator("[role=tab]").nth(shown).click()
        return text

    @property
    def focused(self) -> str:
        """The key of the field or button with the focus, else its text."""
        return self.page.evaluate(
            "(e => e.dataset.control || e.getAttribute('aria-label') || e.textContent.trim().slice(0, 60) || e.tagName)(document.activeElement)"
        )

    def hears(self, words: str):
        """Wait until these words are read out."""
        expect(self.page.locator(".dti-sr[aria-live]")).to_contain_text(words)

    def box(self, key: str):
        return self.page.locator(f'.dti-box[data-key="{key}"]')

    def field(self, key: str):
        return self.page.locator(f'[data-control="{key}"]')

    def dialog(self):
        return self.page.locator("dialog[open]")

    # -- acting --------------------------------------------------------------------------------------------------------

    def tab(self, name: str):
        """Show a tab; in another language than English its name is another."""
        self.page.locator("[role=tab]").nth(self.tabs.index(name)).click()

    def press(self, *keys: str):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str):
        self.page.keyboard.type(words)

    def tab_back_to(self, key: str):
        """Press Shift+Tab until what begins with `key` has the focus."""
        self.tab_to(key, "Shift+Tab", whole=False)

    def tab_to(self, key: str, by: str = "Tab", whole: bool = True):
        """Press Tab until the field or button `key` has the focus."""
        for _press in range(120):
            if self.focused == key or (not whole and self.focused.startswith(key)):
                return
            self.press(by)
        raise AssertionError(f"{key} is not reached by Tab; the focus is on {self.focused}")

    def start_blank(self):
        self.field("file").click()
        self.field("startFrom").click()
        self.dialog().locator("[data-starter=blank]").click()
        self.box("scene:first").wait_for()

    def open_choice(self, number: int):
        """Make sure that a choice of the scene in hand stands open."""
        summary = self.field(f"choice.{number}.summary")
        if not summary.evaluate("summary => summary.parentElement.open"):
            summary.click()

    def save(self):
        self.page.get_by_role("button", name="Save", exact=True).click()


def without_blanks(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
