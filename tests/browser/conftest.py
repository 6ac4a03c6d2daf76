"""A preview of our course in a process of its own, and a headless Chromium to visit it with."""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(course: Path, state: Path, port: int | None = None):
    """The address of a preview of `course` that keeps progress in `state`; stopped afterwards."""
    port = port or free_port()
    log = state.parent / f"preview-{port}.log"
    command = [sys.executable, "-m", "dti_xblocks.course", "preview", str(course), "--port", str(port), "--state", str(state)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        try:
            address = f"http://127.0.0.1:{port}"
            for _attempt in range(300):
                try:
                    urllib.request.urlopen(address, timeout=5).close()
                    break
                except OSError:
                    assert process.poll() is None, log.read_text()
                    time.sleep(0.2)
            else:
                raise AssertionError(f"The preview did not start: {log.read_text()}")
            yield address
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def chromium():
    """A browser for one module: while Playwright runs, Django takes this thread for an asynchronous one and refuses its database."""
    assert CHROMIUM, "Chromium is missing: make test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """The address of our course, fresh for each test module."""
    from dti_xblocks.course.source import shipped_course

    with serving(shipped_course(), tmp_path_factory.mktemp("preview") / "state") as address:
        yield address


@pytest.fixture(scope="module")
def seconds(tmp_path_factory):
    """The address and the folder of a small course whose scenario has clocks, meters and a way back."""
    from officer import seconds_course

    folder = seconds_course(tmp_path_factory.mktemp("seconds") / "course")
    with serving(folder, tmp_path_factory.mktemp("preview") / "state") as address:
        yield address, folder


@pytest.fixture(scope="module")
def pledges(tmp_path_factory):
    """The address and the folder of the course of pledges, and what gives the name of an untouched unit of a kind."""
    from signer import KINDS, pledge_course

    folder = pledge_course(tmp_path_factory.mktemp("pledges") / "course")
    numbers = {kind: itertools.count() for kind in KINDS}
    with serving(folder, tmp_path_factory.mktemp("preview") / "state") as address:
        yield address, folder, lambda kind="plain": f"{kind}-{next(numbers[kind])}"


@pytest.fixture
def officers(chromium, seconds):
    """Makes officers who play it, each with a browser of their own; the first of each person begins anew."""
    from officer import Officer

    address, folder = seconds
    made, begun = [], set()

    def someone(person: str = "learner", **context) -> Officer:
        officer = Officer(chromium, address, folder, **{"viewport": {"width": 1280, "height": 900}, **context})
        made.append(officer)
        officer.page.goto(address)
        officer.be(person)
        if person not in begun:
            begun.add(person)
            officer.page.goto(f"{address}/reset")
            with officer.page.expect_navigation():
                officer.page.locator("main form button[type=submit]").click()
        return officer

    yield someone
    for officer in made:
        officer.close()


@pytest.fixture
def author(chromium, preview):
    """Makes authors who have the editor of a scenario open. A fault of the page that was not expected fails the test."""
    from author import SMALL, Author

    made = []

    def open_editor(block: str = SMALL, expected_faults: str = "", **context) -> Author:
        context.setdefault("viewport", {"width": 1280, "height": 900})
        someone = Author(chromium, preview, **context)
        someone.expected_faults = expected_faults
        made.append(someone)
        return someone.edit(block)

    yield open_editor
    for someone in made:
        faults = [fault for fault in someone.faults if not someone.expected_faults or someone.expected_faults not in fault]
        someone.close()
        assert faults == []
