"""A learner takes the whole course in a real browser, from module 1 to the pledge and the review."""

import re

import pytest
from visitor import Visitor

pytestmark = pytest.mark.browser


def test_a_learner_finishes_the_course_and_passes(chromium, preview):
    learner = Visitor(chromium, preview, viewport={"width": 1280, "height": 900})
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
