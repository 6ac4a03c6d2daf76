"""Previews of our courses in processes of their own, and a headless Chromium to visit them with.

Each process of the suite starts them once, and every test module finds them as they were at the start.
"""

import itertools

import pytest
from playwright.sync_api import expect
from suite import chromium as one_chromium
from suite.previews import serving
from visitor import PATIENCE

from dti_xblocks.course.source import shipped_course

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def chromium():
    """The browser; every person of a test has a context of their own in it."""
    return one_chromium.browser()


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """Gives the preview of a course, which it starts when it is first asked for: a name, and what makes the course's folder."""
    running, made = [], {}

    def preview(name, make=None, **options):
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            course = make(folder / "course") if make else shipped_course()
            running.append(serving(course, folder / "state", **options))
            made[name] = running[-1].__enter__()
            made[name].keep()
        made[name].put_back()
        return made[name]

    yield preview
    for one in running:
        one.__exit__(None, None, None)


@pytest.fixture(scope="module")
def preview(served):
    """The address of our course, fresh for each test module."""
    return served("preview").address


@pytest.fixture(scope="module")
def seconds(served):
    """A small course whose scenario has clocks, meters and a way back; its time stands still until a test lets it pass."""
    from officer import seconds_course

    return served("seconds", seconds_course, still=True)


@pytest.fixture(scope="module")
def pledges(served):
    """The address and the folder of the course of pledges, and what gives the name of an untouched unit of a kind."""
    from signer import KINDS, pledge_course

    course = served("pledges", pledge_course)
    numbers = {kind: itertools.count() for kind in KINDS}
    return course.address, course.folder, lambda kind="plain": f"{kind}-{next(numbers[kind])}"


@pytest.fixture
def officers(chromium, seconds):
    """Makes officers who play it, each with a browser of their own; the first of each person begins anew."""
    from officer import Officer

    made, begun = [], set()

    def someone(person: str = "learner", **context) -> Officer:
        officer = Officer(chromium, seconds, **{"viewport": {"width": 1280, "height": 900}, **context})
        made.append(officer)
        officer.be(person)
        if person not in begun:
            begun.add(person)
            officer.start_over()
        return officer

    yield someone
    for officer in made:
        officer.close()


@pytest.fixture
def author(chromium, preview):
    """Makes authors who have the editor of a scenario open. A fault of the page that was not expected fails the test."""
    from author import SMALL, Author

    made = []

    def open_editor(block: str = SMALL, expected_faults: str = "", advanced: bool = True, **context) -> Author:
        context.setdefault("viewport", {"width": 1280, "height": 900})
        someone = Author(chromium, preview, **context)
        someone.advanced = advanced
        someone.expected_faults = expected_faults
        made.append(someone)
        return someone.edit(block)

    yield open_editor
    for someone in made:
        faults = [fault for fault in someone.faults if not someone.expected_faults or someone.expected_faults not in fault]
        someone.close()
        assert faults == []
