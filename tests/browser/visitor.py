"""A person in front of the preview: what the browser tests do, in words."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from lxml import etree
from suite.axe import COLORS, violations

from dti_xblocks.content import inner_xml
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course
from dti_xblocks.scenario import olx as scenario_olx
from dti_xblocks.scenario.explore import analysis

COOKIE = "dti_preview_person"  # who looks at the preview
WORDS = re.compile(r"[?&](?:q|code|name|note|text|reason|learner)=")
PATIENCE = 60_000  # ms that a busy machine may take for anything
READY = """() => [...document.querySelectorAll('.xblock')].every((block) => block.classList.contains('xblock-initialized'))
    && !document.querySelector('[data-dti-script=starting]')
    && [...document.querySelectorAll('.problems-wrapper')].every((block) => block.querySelector('.problem button.submit'))"""


class Visitor:
    """One person with a browser of their own. `faults` collects what the page's console and network complained about."""

    def __init__(self, browser, address: str, course: Path | None = None, **context):
        self.context = browser.new_context(**{"reduced_motion": "reduce", **context})
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.address = address
        self.course = read(course or shipped_course())
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("console", lambda line: self.faults.append(f"console: {line.text}") if line.type == "error" else None)
        self.page.on("request", self._watch)

    def _watch(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"asked another host: {request.url}")
        if "type@dti_" in unquote(request.url):  # what the platform's logs would have of a handler of ours: see tests/logs
            if WORDS.search(request.url):
                self.faults.append(f"words in an address: {request.url}")
            if request.resource_type == "fetch" and "form" in request.headers.get("content-type", ""):
                self.faults.append(f"a script sent a form: {request.url}")

    def close(self):
        self.context.close()

    def units(self) -> list[str]:
        return [block.url_name for block in self.course.blocks("vertical")]

    def open(self, path: str):
        answer = self.page.goto(f"{self.address}/{path.lstrip('/')}")
        self.page.wait_for_function(READY)
        return answer

    def press(self, name: str):
        """Press a button whose form leads to the next page, without a script, and wait for that page."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def reload(self):
        """Load the page anew, and wait for the scripts of its blocks: before, a link leads to a page of its own."""
        self.page.reload()
        self.page.wait_for_function(READY)

    def be(self, person: str):
        """Switch to another person: learner, second, staff, studio or visitor"""
        self.context.add_cookies([{"name": COOKIE, "value": person, "url": self.address}])

    def start_over(self):
        """Forget what this person did, as the page "Start over" does."""
        self._post("reset")

    def _post(self, path: str):
        """Send a form that has no fields, without a page around it."""
        self.context.request.get(f"{self.address}/reset")  # gives the token
        token = next(cookie["value"] for cookie in self.context.cookies(self.address) if cookie["name"] == "csrftoken")
        answer = self.context.request.post(
            f"{self.address}/{path.lstrip('/')}", headers={"X-CSRFToken": token, "Referer": f"{self.address}/"}, max_redirects=0
        )
        assert answer.status == 302, (path, answer.status)

    def scan(self, rules: tuple[str, ...] = ()) -> list[str]:
        """What axe-core finds on the page as it stands, by all of its rules or by `rules`."""
        return [
            f"{self.page.url} {v['id']} ({v['impact']}): {v['nodes'][0]['html'][:200]} x{len(v['nodes'])}"
            for v in violations(self.page, rules)
        ]

    def scan_dark(self) -> list[str]:
        """What axe-core finds on the page in the dark. Only colors are different there."""
        self.page.emulate_media(color_scheme="dark")
        found = self.scan(COLORS)
        self.page.emulate_media(color_scheme="light")
        return [f"in the dark: {finding}" for finding in found]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    # -- taking a unit -------------------------------------------------------------------------------------------------

    def take(self, unit: str) -> list[str]:
        """Do everything that a unit asks for, rightly; returns what axe finds in between and after. (Before: `test_modes`.)"""
        self.open(f"unit/{unit}")
        found = []
        block = next(block for block in self.course.blocks("vertical") if block.url_name == unit)
        acted = False
        for child in block.children:
            act = getattr(self, f"_take_{child.tag}", None)
            if act:
                found += act(child)
                acted = True
        if acted:
            found += self.scan()
        return found

    def block(self, child):
        """The block's element on the page."""
        return self.page.locator(f'.xblock[data-usage$="+block@{child.url_name}"]')

    def _take_problem(self, child) -> list[str]:
        where = self.block(child)
        groups = child.node.xpath(".//choicegroup | .//checkboxgroup")
        assert groups, f"the tests cannot answer {child.url_name}"
        for number, group in enumerate(groups, start=2):
            fields = where.locator(f"input[id*='_{number}_1_']")
            for index, choice in enumerate(group.iter("choice")):
                if choice.get("correct", "").lower() == "true":
                    fields.nth(index).check()
        where.locator("button.submit").click()
        where.locator(".status.correct, .feedback-hint-correct, .indicator-container .correct").first.wait_for()
        return []

    def _take_dti_scenario(self, child) -> list[str]:
        where, found = self.block(child), []
        scenario = scenario_olx.read(inner_xml(child.node), child.node.get("score_by", "choices"))
        where.get_by_role("button", name="Start the scenario").click()
        for number, (scene_id, choice_id) in enumerate(analysis(scenario).path):
            where.locator(f"input[name=scene][value='{scene_id}']").first.wait_for(state="attached")
            assert self.page.evaluate("document.activeElement.textContent.trim()") == scenario.scene(scene_id).title
            if number == 1:
                found += self.scan()
            self.start_clock(where)
            self.choose(choice_id, where)
            found += self.scan() if number == 1 else []
            self.go_on(where)
        where.locator(".dti-review").wait_for()
        assert "100%" in where.locator(".dti-score").inner_text()
        return found

    def choose(self, choice: str, where=None):
        """Take a choice of the present scene, in one press or in two."""
        one = (where or self.page).locator(f"[data-dti-choices] [name=choice][value='{choice}']")
        if one.evaluate("choice => choice.type") == "submit":
            one.click()
        else:
            one.check()
            (where or self.page).get_by_role("button", name="Do it").click()

    def go_on(self, where=None):
        """Leave what came of a decision."""
        (where or self.page).get_by_role("button", name="Continue").click()

    def start_clock(self, where):
        """Start the clock of the scene in the block `where`, if it waits behind one."""
        if where.locator(".dti-gate").count():
            where.get_by_role("button", name="Start the clock").click()
            where.locator("[data-dti-clock]").wait_for()

    def _take_dti_case_law(self, child) -> list[str]:
        where, found = self.block(child), []
        where.locator(".dti-cl-list a").first.click()
        reader = where.locator("article[data-dti-slug]")
        reader.wait_for()
        while reader.locator("a[data-dti-next]").count():
            slug = reader.get_attribute("data-dti-slug")
            found += self.scan() if not found else []
            reader.locator("a[data-dti-next]").click()
            where.locator(f"article[data-dti-slug]:not([data-dti-slug='{slug}'])").wait_for()
        where.get_by_role("link", name="Back to the list").first.click()
        where.get_by_text("This part is complete.").wait_for()
        return found

    def _take_dti_pledge(self, child) -> list[str]:
        where, found = self.block(child), []
        assert where.locator("input:checked").count() == 0, "nothing may be ticked beforehand"
        if where.locator("form[data-dti-end][data-dti-wanted]").count():
            where.get_by_role("button", name="I have read the pledge to the end").click()
        consent = where.locator("input[name=consent]")
        consent.check()
        found += self.scan()
        where.get_by_role("button", name="I agree to sign electronically").click()
        consent.wait_for(state="detached")
        assert where.locator("input:checked").count() == 0
        onward = where.locator("[data-dti-next]")
        for box in where.locator("input[name=affirm]").all():
            box.check()
            if onward.is_visible():  # on a phone the statements come one at a time
                onward.click()
        for field in where.locator("input[name^=answer-]").all():
            field.fill("Test Agency")
        name = where.locator("input[name=name]")
        name.fill(name.get_attribute("data-account-name"))
        where.get_by_role("button", name="Sign the pledge").click()
        where.get_by_role("link", name="PDF").first.wait_for()
        return found

    def _take_dti_review(self, child) -> list[str]:
        where = self.block(child)
        where.locator("input[name=stars][value='5']").check()
        where.locator("textarea[name=text]").fill("Clear and to the point.")
        where.get_by_role("button", name="Send my review").click()
        where.get_by_text("Clear and to the point.").first.wait_for()
        return []


def olx_of(path: Path):
    """The root element of an OLX file."""
    return etree.fromstring(path.read_bytes())
