"""A person in front of the preview: what the browser tests do, in words."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from urllib.parse import unquote

from lxml import etree
from reader import read_film
from suite import chromium
from suite.axe import COLORS, LAYOUT, violations

from dti_xblocks.activity import olx as activity_olx
from dti_xblocks.activity.model import plain
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
SMALL_TARGETS = """() => [...document.querySelectorAll('.dti :is(a, button, input, summary, textarea, select)')]
    .filter((node) => node.type !== 'hidden' && node.getClientRects().length && getComputedStyle(node).display !== 'inline')
    .map((node) => [node.closest('label') || node, node])
    .map(([target, node]) => [target.getBoundingClientRect(), node.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width < 24 || box.height < 24)
    .map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
# Ways in which people meet a page. In the first, `Visitor.flaws` looks at it in the dark, in forced colors and zoomed as well.
EVERYBODY = {
    "everywhere": True,
    "viewport": {"width": 1280, "height": 900},
    "color_scheme": "light",
}
PHONE = {"viewport": {"width": 360, "height": 740}}
# The rules of axe whose findings hang on how a page is seen, not on what is on it; `SMALL_TARGETS` has the sizes of controls.
SEEN = (*COLORS, "scrollable-region-focusable")
RIGHT_TO_LEFT = {"rules": LAYOUT, "viewport": {"width": 360, "height": 740}, "locale": "ar"}
# What a phone shows in place of something else has to have a name there as well; the rest is what it is in a wide window.
NAMES = ("button-name", "link-name", "label", "select-name", "summary-name", "image-alt", "svg-img-alt", "aria-hidden-focus")
ON_A_PHONE = {**PHONE, "rules": (*COLORS, *LAYOUT, *NAMES)}
MODES = {"wide, dark, forced colors, zoomed": EVERYBODY, "phone": ON_A_PHONE, "right to left": RIGHT_TO_LEFT}
ZOOMED = {"width": 640, "height": 450}  # 1280 px at 200 % are 640 CSS px
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# How many pixels across a picture is, once it is there: what is visible may still be on its way.
PIXELS = "async (image) => { await image.decode(); return image.naturalWidth; }"
TOKEN = "preview" * 4 + "test"  # Django takes any 32 letters that the cookie and the header have in common

_read = functools.cache(read)


class Visitor:
    """One person with a browser of their own. `faults` collects what the page's console and network complained about.

    `rules` are the rules of axe by which they look at pages (none: all). With `everywhere`, `flaws` looks in the dark, too, in
    forced colors, and at 200 %. Without `scans` they leave axe at home: others look at these pages.
    """

    first_script = ""  # runs at the begin of every page of all visitors of a class

    def __init__(
        self,
        browser,
        address: str,
        course: Path | None = None,
        *,
        rules: tuple[str, ...] = (),
        everywhere: bool = False,
        scans: bool = True,
        **context,
    ):
        assert browser == chromium.browser(), "there is one"
        self.context = chromium.lend(address, self.first_script, **{"reduced_motion": "reduce", **context})
        self._leaves_nothing = True
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.address = address
        self.rules, self.everywhere, self.scans = rules, everywhere, scans
        self.forward = None  # lets time pass, where it stands still
        self._taken: set[tuple[str, ...]] = set()
        self._folder = course or shipped_course()
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

    @property
    def course(self):
        """The course as its files say it. No test of a browser changes these."""
        return _read(self._folder)

    def close(self):
        chromium.give_back(self.context, keep=self._leaves_nothing)

    def on_every_page(self, script: str):
        """Have `script` run at the begin of every page that is opened from now on."""
        self._leaves_nothing = False
        self.context.add_init_script(script)

    def stop_the_clock(self):
        """Let time on the pages stand still until `page.clock` lets it pass."""
        self._leaves_nothing = False
        self.page.clock.install()

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
        if not any(cookie["name"] == "csrftoken" for cookie in self.context.cookies(self.address)):
            self.context.add_cookies([{"name": "csrftoken", "value": TOKEN, "url": self.address}])
        token = next(cookie["value"] for cookie in self.context.cookies(self.address) if cookie["name"] == "csrftoken")
        answer = self.context.request.post(
            f"{self.address}/{path.lstrip('/')}",
            headers={"X-CSRFToken": token, "Referer": f"{self.address}/"},
            max_redirects=0,
            timeout=PATIENCE,
        )
        assert answer.status == 302, (path, answer.status)

    def scan(self, rules: tuple[str, ...] | None = None, within: str | None = None) -> list[str]:
        """What axe-core finds on the page as it stands, or in one part of it, by these rules or by the visitor's."""
        if not self.scans:
            return []
        return [
            f"{self.page.url} {v['id']} ({v['impact']}): {v['nodes'][0]['html'][:200]} x{len(v['nodes'])}"
            for v in violations(self.page, self.rules if rules is None else rules, {"include": [within]} if within else None)
        ]

    def scan_dark(self) -> list[str]:
        """What axe-core finds on the page in the dark. Only colors are different there."""
        self.page.emulate_media(color_scheme="dark")
        found = self.scan(COLORS)
        self.page.emulate_media(color_scheme="light")
        return [f"in the dark: {finding}" for finding in found]

    def flaws(self) -> list[str]:
        """What is wrong with the page as it stands: axe findings, sideways scrolling, small targets; `everywhere` for everybody.

        Only colors are different in the dark and in forced colors, only sizes where the page is zoomed.
        """
        found = self.scan() + self.misfits()
        if not self.everywhere:
            return found
        found += self.scan_dark()
        self.page.emulate_media(forced_colors="active")
        found += [f"in forced colors: {finding}" for finding in self.scan(COLORS)]
        self.page.emulate_media(forced_colors="none")
        return found + self.scan_narrow(ZOOMED)

    def scan_narrow(self, window: dict[str, int], rules: tuple[str, ...] | None = LAYOUT) -> list[str]:
        """What axe-core finds on the page in a smaller window, and what does not fit there. Only sizes are different.

        With None for `rules`, no more than what does not fit.
        """
        before = self.page.viewport_size
        self.page.set_viewport_size(window)
        self.page.evaluate(SETTLED)
        found = [f"at {window['width']} px: {finding}" for finding in (self.scan(rules) if rules else []) + self.misfits()]
        self.page.set_viewport_size(before)
        self.page.evaluate(SETTLED)
        return found

    def misfits(self) -> list[str]:
        """Sideways scrolling and small targets."""
        small, wide = self.page.evaluate(SMALL_TARGETS), self.overflow()
        return [*small, f"{self.page.url} is {wide} px too wide"] if wide > 0 else small

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    # -- taking a unit -------------------------------------------------------------------------------------------------

    def take(self, unit: str, before: bool = False) -> list[str]:
        """Do everything that a unit asks for, rightly; returns what axe finds in between and after, and `before` anything is done.

        Around what was done the page of a unit is the one that `test_modes` scans. An answered question looks as every other one of
        its kind does, in other words of the author, and those are on the page before: each kind is scanned once.
        """
        self.open(f"unit/{unit}")
        found = self.scan() if before else []
        block = next(block for block in self.course.blocks("vertical") if block.url_name == unit)
        done = set()
        for child in self.shown(block):
            act = getattr(self, f"_take_{child.tag}", None)
            if act:
                found += act(child)
                done.add(kind_of(child))
        if done - self._taken:
            found += self.scan(within="article")
        self._taken |= done
        return found

    def shown(self, unit) -> list:
        """What stands in a unit, with those questions of a bank that were drawn."""
        found = []
        for child in unit.children:
            drawn = [one for one in child.children if self.block(one).count()] if child.tag == "itembank" else [child]
            assert len(drawn) == int(child.node.get("max_count", 1)), f"{child.url_name} shows {len(drawn)}"
            found += drawn
        return found

    def block(self, child):
        """The block's element on the page."""
        return self.page.locator(f'.xblock[data-usage$="+block@{child.url_name}"]')

    def _take_problem(self, child) -> list[str]:
        where = self.block(child)
        groups = child.node.xpath(".//choicegroup | .//checkboxgroup | .//optioninput")
        assert groups, f"the tests cannot answer {child.url_name}"
        for number, group in enumerate(groups, start=2):
            for index, choice in enumerate(group.iter("choice", "option")):
                if choice.get("correct", "").lower() != "true":
                    continue
                if choice.tag == "option":
                    where.locator(f"select[id$='_{number}_1']").select_option(label=choice.text.strip())
                else:  # shuffled ones keep their names
                    where.locator(f"input[id$='_{number}_1_choice_{index}']").check()
        where.locator("button.submit").click()
        where.locator(".status.correct, .feedback-hint-correct, .indicator-container .correct").first.wait_for()
        return []

    def _take_dti_scenario(self, child) -> list[str]:
        where, found = self.block(child), []
        scenario = scenario_olx.read(inner_xml(child.node), child.node.get("score_by", "choices"))
        where.get_by_role("button", name="Start the scenario").click()
        you = scenario.start.you
        for number, (scene_id, choice_id) in enumerate(analysis(scenario).path):
            you, was = scenario.known_scene(scene_id).you, you
            if you != was:
                found += self.meet(where)
            where.locator(f"input[name=scene][value='{scene_id}']").first.wait_for(state="attached")
            assert self.page.evaluate("document.activeElement.textContent.trim()") == scenario.scene(scene_id).title
            if number == 1:
                found += self.scan()
            self.start_clock(where)
            self.choose(choice_id, where)
            found += self.scan() if number == 1 else []
            self.go_on(where)
        where.locator(".dti-ending").wait_for()
        found += self.scan()
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

    def meet(self, where=None) -> list[str]:
        """Leave the card of a new role; returns what axe finds on it."""
        (where or self.page).locator(".dti-role").wait_for()
        found = self.scan()
        self.go_on(where)
        return found

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

    def _take_dti_video(self, child) -> list[str]:
        return read_film(self, child)

    def _take_dti_activity(self, child) -> list[str]:
        where, kind = self.block(child), child.node.get("activity", "sort")
        activity = activity_olx.from_element(child.node, kind)
        button = where.locator("form[data-dti-form] button[type=submit]")
        if kind in ("sort", "match", "order"):
            self._place_cards(where, activity)
            button.first.click()
        elif kind == "flip":
            for turned in range(1, len(activity.cards) + 1):
                where.locator(".dti-act-turn").first.click()
                where.locator(".dti-act-back").nth(turned - 1).wait_for()
        elif kind == "spot":
            for card in activity.cards:
                if card.sign:
                    where.get_by_role("button", name=plain(card.text)[:40]).click()
                    where.locator(".dti-act-card.is-right").filter(has_text=plain(card.text)[:40]).wait_for()
        else:
            for text in where.locator("form[data-dti-form] textarea").all():
                text.fill("a word in time")
            button.first.click()
        done = ".dti-act-models" if kind == "say" else ".dti-act-plan.is-mine" if kind == "plan" else ".dti-act-result.is-done"
        where.locator(done).wait_for()
        return []

    def _place_cards(self, where, activity):
        """Choose in the list of each card where it belongs."""
        numbers = {group.id: str(number) for number, group in enumerate(activity.groups, start=1)}
        names = [text.strip() for text in where.locator("[data-dti-name]").all_inner_texts()]
        for number, card in enumerate(activity.cards, start=1):
            text = plain(card.back if activity.kind == "match" else card.text)
            wanted = numbers.get(card.group, str(number))
            if activity.kind == "match":
                wanted = str(names.index(plain(card.text)) + 1)
            chosen = where.locator(".dti-act-card").filter(has=self.page.get_by_text(text, exact=True)).locator("select")
            chosen.select_option(value=wanted)

    def _take_dti_review(self, child) -> list[str]:
        where = self.block(child)
        where.locator("input[name=stars][value='5']").check()
        where.locator("textarea[name=text]").fill("Clear and to the point.")
        where.get_by_role("button", name="Send my review").click()
        where.get_by_text("Clear and to the point.").first.wait_for()
        return []


def kind_of(block) -> tuple[str, ...]:
    """What blocks that look alike once they are done have in common: the kind of an activity, how a question is answered."""
    if block.tag == "dti_activity":
        return block.tag, block.node.get("activity", "sort")
    if block.tag == "problem":
        return block.tag, *sorted({each.tag for each in block.node.iter(etree.Element)})
    return block.tag, block.url_name
