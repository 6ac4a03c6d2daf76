"""A picture in two sizes: narrow screens load the small one, all others and paper the large one, in lessons and in scenarios."""

import re

import pytest
from visitor import PIXELS, Visitor

pytestmark = pytest.mark.browser

LESSON, SCENARIO = "unit/m01-welcome-u1", "unit/m03-scenario-u1"
LARGE, SMALL = "scene-open-welcome.webp", "scene-open-welcome-640.webp"
SCREENS = {  # pixels across and density -> whether the small one is as good
    (360, 1): True,
    (375, 2): True,
    (390, 3): False,
    (640, 1): True,
    (640, 2): False,
    (1280, 1): False,
}
CHOSEN = "(image) => image.currentSrc.split('/').pop()"


def loaded(visitor) -> list[str]:
    """The names of the pictures of scenes that the page asks for, in order."""
    names = []
    visitor.page.on("request", lambda request: names.extend(re.findall(r"/(scene-(?!cast-)[\w-]+\.webp)", request.url)))
    return names


@pytest.mark.parametrize(("width", "density"), SCREENS, ids=str)
def test_a_lesson_loads_one_of_them(chromium, preview, width, density):
    small = SCREENS[width, density]
    with_scripts = (width, density) != (360, 1)  # the choice is the browser's
    reader = Visitor(
        chromium,
        preview,
        scans=False,
        viewport={"width": width, "height": 800},
        device_scale_factor=density,
        java_script_enabled=with_scripts,
    )
    names = loaded(reader)
    reader.page.goto(f"{preview}/{LESSON}", wait_until="load")
    assert names == [SMALL if small else LARGE]
    if with_scripts:
        assert reader.page.locator(".dti-picture img").evaluate(CHOSEN) == names[0]
    box = reader.page.locator(".dti-picture img").bounding_box()
    assert box["width"] / box["height"] == pytest.approx(16 / 9, abs=0.02), "the size is reserved, whichever it is"
    reader.close()


def test_paper_has_the_large_one(chromium, preview):
    reader = Visitor(chromium, preview, scans=False, viewport={"width": 360, "height": 740}, device_scale_factor=1)
    reader.page.goto(f"{preview}/{LESSON}", wait_until="load")
    image = reader.page.locator(".dti-picture img")
    assert image.evaluate(CHOSEN) == SMALL
    reader.page.emulate_media(media="print")
    reader.page.wait_for_function(
        "(name) => { const image = document.querySelector('.dti-picture img'); return image.currentSrc.endsWith(name) && image.complete; }",
        arg=f"/{LARGE}",
    )
    assert image.evaluate(PIXELS) == 1280
    reader.close()


def test_a_scene_of_a_scenario_loads_one_of_them(chromium, preview):
    for width, small in ((360, True), (1280, False)):
        learner = Visitor(chromium, preview, scans=False, viewport={"width": width, "height": 800}, device_scale_factor=1)
        names = loaded(learner)
        learner.open(SCENARIO)
        if small:  # the other one goes on where this one is
            learner.page.get_by_role("button", name=re.compile("^Begin|^Start")).first.click()
        image = learner.page.locator(".dti-stage img")
        image.wait_for()
        across = image.evaluate(PIXELS)
        assert across == (640 if small else 1280)
        assert len(names) == 1 and names[0].endswith("-640.webp") is small, "and not the other as well"
        assert image.bounding_box() == pytest.approx(learner.page.locator(".dti-stage").bounding_box()), "it fills its stage"
        learner.close()
