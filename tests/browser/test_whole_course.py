"""A learner takes the whole course, and the refresher, in a real browser, from module 1 to the pledge and the review."""

import re

import pytest
from visitor import Visitor

from dti_xblocks.course.paths.cut import cut
from dti_xblocks.course.paths.model import learning_path
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.browser


def refresher(folder):
    return cut(shipped_course(), learning_path("refresher"), folder)


@pytest.mark.parametrize(("name", "make"), [("preview", None), ("refresher", refresher)], ids=["whole", "refresher"])
def test_a_learner_finishes_the_course_and_passes(chromium, served, name, make):
    course = served(f"{name}-still", make, still=True)  # films take their time, which is let pass
    # The screens of the refresher are screens of the course.
    learner = Visitor(chromium, course.address, course.folder, scans=make is None, viewport={"width": 1280, "height": 900})
    learner.forward = course.forward
    found = []
    for unit in learner.units():
        found += learner.take(unit)
    learner.open("progress")
    found += learner.scan()
    text = learner.page.locator("main").inner_text()
    assert learner.page.locator("[data-verdict]").get_attribute("data-verdict") == "passed", text
    assert re.search(r"Your grade is 100\s*%", text), text
    assert re.search(r"\b100% complete", text), text
    assert found == []
    assert learner.faults == []
    learner.close()
