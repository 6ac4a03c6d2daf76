"""Take the pictures of docs/screens.md: six screens, on a phone and on a desk, of this version or of another one.

    .venv/bin/python -m scripts.screens                                     the pictures of now
    .venv/bin/python -m scripts.screens --before FOLDER                     those of before, of a checkout with its own .venv
    .venv/bin/python -m scripts.screens beat result                         some of them

It starts the preview, does what a person would do, and writes docs/images/screens/*.webp. It needs Chromium and the test tools.
"""

from __future__ import annotations

import argparse
import io
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.suite.chromium import browser, close

ROOT = Path(__file__).resolve().parent.parent
if TYPE_CHECKING:
    from playwright.sync_api import Locator

PICTURES = ROOT / "docs/images/screens"
MOST = 600_000  # bytes of all pictures together
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
SHOWN = {"phone": 390, "desk": 720}  # pixels of the picture's width
QUALITY = 45
MOST_DECISIONS = 40
ONWARD = re.compile(r"^\s*(Continue|Go on|Start the clock|I am ready)")  # on the buttons between two scenes
PATIENCE = 60_000  # ms
SCENARIO, LIST, PLEDGE = "unit/m03-scenario-u1", "unit/m02-download-u1", "unit/m09-pledge-item-u1"
EDITOR = "studio/edit/block-v1:DTI+DTI101+v1+type@dti_scenario+block@m08-ladder"
COURSE = "dti/course/course-v1:DTI+DTI101+v1"
READY = """() => [...document.querySelectorAll('.xblock')].every((one) => one.classList.contains('xblock-initialized'))
    && !document.querySelector('[data-dti-script=starting]')"""


class Person:
    """Somebody with a browser in front of the preview at `address`."""

    def __init__(self, browser, address: str, size: tuple[int, int], who: str = "learner"):
        self.address = address
        width, height = size
        self.context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.be(who)

    def be(self, who: str) -> None:
        """Become another person of the preview."""
        self.context.add_cookies([{"name": "dti_preview_person", "value": who, "url": self.address}])

    def open(self, path: str) -> bool:
        """Go to a page and wait for its blocks; False where there is none."""
        answer = self.page.goto(f"{self.address}/{path}")
        self.page.wait_for_function(READY)
        return bool(answer and answer.ok)

    def send(self, press: Locator) -> None:
        """Press what sends a form of a block, and wait until the answer shows."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST" and "/xblock/" in answer.url):
            press.click()
        self.page.wait_for_timeout(400)

    def begin(self) -> None:
        """Begin the scenario anew, whatever was played before."""
        self.open("reset")
        self.page.locator("form[action='/reset'] button").click()
        self.open(SCENARIO)
        self.send(self.page.get_by_role("button", name="Start the scenario"))
        self.go_on()

    def decide(self, number: int) -> None:
        """Take the choice with this number, from 0, of the scene that stands."""
        choice = self.page.locator("[name=choice]").nth(number)
        if choice.get_attribute("type") == "radio":
            choice.check()
            choice = self.page.get_by_role("button", name="Do it")
        self.send(choice)

    def go_on(self) -> bool:
        """Pass what stands before the next scene: a consequence, a new role, a clock's gate. False at the end."""
        for _step in range(4):
            if self.page.locator("[name=choice]").count():
                return True
            onward = self.page.locator(".dti-scenario form .dti-button:visible").filter(has_text=ONWARD)
            if not onward.count():
                return False
            self.send(onward.first)
        return False


def beat(person: Person) -> None:
    """A decision and what comes of it."""
    person.begin()
    person.decide(1)


def result(person: Person) -> None:
    """The end of a run that did not go well."""
    person.begin()
    for _decision in range(MOST_DECISIONS):
        person.decide(0)
        if not person.go_on():
            return


def pledge(person: Person) -> None:
    """The pledge, signed."""
    page = person.page
    person.open(PLEDGE)
    read = page.get_by_role("button", name="I have read the pledge to the end")
    if read.or_(page.locator("input[name=consent]")).count():  # it is not signed yet
        _sign(person, read)
    page.locator(".dti-pledge").first.evaluate("(block) => block.scrollIntoView()")


def _sign(person: Person, read: Locator) -> None:
    page = person.page
    if read.count():
        person.send(read)
    page.locator("input[name=consent]").check()
    person.send(page.get_by_role("button", name="I agree to sign electronically"))
    onward = page.locator("[data-dti-next]")
    for box in page.locator("input[name=affirm]").all():
        box.check()
        if onward.count() and onward.is_visible():
            onward.click()
    for field in page.locator("input[name^=answer-]").all():
        field.fill("Calder Bay Police")
    name = page.locator("input[name=name]")
    name.fill(name.get_attribute("data-account-name") or "")
    person.send(page.get_by_role("button", name="Sign the pledge"))
    page.get_by_role("link", name="PDF").first.wait_for()
    page.get_by_role("button", name="Look again").wait_for(state="hidden")  # until it is sealed


def case(person: Person) -> None:
    """The list of authorities."""
    person.open(LIST)
    person.page.locator(".dti-cl-list").first.evaluate("(list) => list.previousElementSibling.scrollIntoView()")


def staff(person: Person) -> None:
    """What staff see of the people in their course."""
    person.be("staff")
    if not person.open(COURSE):  # before there was such a page: the report of a block
        person.open(SCENARIO)
        report = person.page.locator("details[data-dti-report]")
        report.locator("summary").click()
        report.locator("table, dl").first.wait_for()
        report.evaluate("(report) => report.scrollIntoView()")


def editor(person: Person) -> None:
    """The scenario's editor, with a scene in hand."""
    person.be("studio")
    person.open(EDITOR)
    page = person.page
    page.locator(".dti-editor.is-started").wait_for()
    page.locator('.dti-box[data-key^="scene:"]').first.click()
    phone = page.locator("[data-control=phone]")
    if phone.count():
        phone.click()
        page.frame_locator("iframe.dti-ed-phone").locator(".dti-choice-row").first.wait_for()
    page.locator(".dti-editor").evaluate("(editor) => editor.scrollIntoView()")


SCREENS: tuple[Callable[[Person], None], ...] = (beat, result, pledge, case, staff, editor)


@contextmanager
def preview(program: Path) -> Iterator[str]:
    """The address of a preview by this `dti-course`, with nobody's progress."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as state:
        running = subprocess.Popen(  # noqa: S603 - the tool of a checkout that the caller names
            [program, "preview", "--port", str(port), "--state", state], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            for _second in range(120):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30).close()
                    break
                except OSError:
                    time.sleep(1)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait()


def written(picture: bytes, size: str, path: Path) -> int:
    """Write a screenshot as a small picture; its bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    width = SHOWN[size]
    image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.LANCZOS)
    image.save(path, "WEBP", quality=QUALITY, method=6)
    return path.stat().st_size


def main() -> int:
    """Take the pictures that are asked for; 1 where all of them together have become too heavy."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [screen.__name__ for screen in SCREENS]
    parser.add_argument("screens", nargs="*", metavar="SCREEN", help=f"some of: {', '.join(names)}")
    parser.add_argument("--before", metavar="FOLDER", type=Path, help="a checkout of the version to compare with")
    asked = parser.parse_args()
    unknown = set(asked.screens) - set(names)
    if unknown:
        parser.error(f"there is no screen {', '.join(sorted(unknown))}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    when = "before" if asked.before else "after"
    with preview((asked.before or ROOT).absolute() / ".venv/bin/dti-course") as address:
        chromium = browser()
        for size, window in SIZES.items():
            for screen in SCREENS:
                if asked.screens and screen.__name__ not in asked.screens:
                    continue
                person = Person(chromium, address, window)
                screen(person)
                path = PICTURES / f"{screen.__name__}-{size}-{when}.webp"
                print(f"{written(person.page.screenshot(), size, path):7} {path.relative_to(ROOT)}")
                person.context.close()
        close()
    total = sum(picture.stat().st_size for picture in PICTURES.glob("*.webp"))
    print(f"{total:7} bytes together")
    return 1 if total > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
