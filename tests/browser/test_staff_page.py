"""The page about a course in the hands of its staff: from the block to the list, search, roster, file and overview."""

import pytest
from officer import UNIT, WIDE
from visitor import MODES

from dti_xblocks.staff import pages
from dti_xblocks.templating import render

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
NO_SCRIPT = {"viewport": PHONE, "java_script_enabled": False}


@pytest.fixture
def staff(officers):
    """Makes staff of a course in which one learner came to a good end and another has done nothing."""
    learner = officers()
    learner.play("deal", "clock", "switch", "medic")
    learner.scene("It stopped with you")

    def someone(**context):
        return officers("staff", **{"viewport": WIDE, **context})

    return someone


def course_page(person) -> str:
    """The address of the page, as the block's link has it."""
    person.page.goto(f"{person.address}/{UNIT}")
    return person.page.get_by_role("link", name="everybody in this course").get_attribute("href")


@pytest.mark.smoke
def test_from_a_block_to_its_people(staff, officers):
    person = staff()
    page = person.page
    there = course_page(person)
    page.goto(f"{person.address}{there}")
    assert page.locator("tbody th").all_inner_texts() == ["Jordan Rivera\njordan", "Robin Lindqvist\nrobin"]
    assert page.locator("tbody tr", has_text="jordan").get_by_text("passed", exact=True).first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("tbody").is_visible() and not page.get_by_label("Username or name").is_visible()
    page.emulate_media(media="screen")
    page.get_by_label("Username or name").fill("LIND")
    page.keyboard.press("Enter")
    page.get_by_text("People: 1").wait_for()
    assert page.url == f"{person.address}{there}", "what was searched for is in no address"
    page.get_by_role("button", name="Roster to print").click()
    page.get_by_role("heading", name="Training roster").wait_for()
    assert "Robin Lindqvist" in page.locator("tbody").inner_text() and "Jordan" not in page.locator("tbody").inner_text()
    page.emulate_media(media="print")
    assert (
        not page.get_by_role("button", name="Back to the list").is_visible()
        and page.get_by_text("Training coordinator").is_visible()
    )
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Back to the list").click()
    assert page.get_by_label("Username or name").input_value() == "LIND"
    with page.expect_download() as download:
        page.get_by_role("button", name="All of them as CSV").click()
    assert download.value.suggested_filename == "course-people.csv"
    page.get_by_role("link", name="Overview").click()
    assert "People enrolled" in page.locator("dl").inner_text()
    assert person.faults == []
    learner = officers()
    learner.page.goto(f"{learner.address}/{UNIT}")
    assert learner.page.get_by_role("link", name="everybody in this course").count() == 0
    assert learner.page.goto(f"{learner.address}{there}").status == 403


@pytest.mark.parametrize("mode", [*MODES.values(), NO_SCRIPT], ids=[*MODES, "phone without script"])
def test_every_part_in_every_mode(staff, mode):
    person = staff(**mode)
    there, found = course_page(person), []
    for part in ("", "/overview", "/roster"):
        assert person.page.goto(f"{person.address}{there}{part}").status == 200
        if mode is not NO_SCRIPT:
            found += person.flaws()
        else:
            assert person.page.locator("h1").is_visible()
    assert found == [] and person.faults == []


@pytest.mark.parametrize("mode", ["wide", "phone"])
def test_nothing_of_a_report_is_cut_off(staff, mode):
    """What does not fit a phone can be scrolled to; on a wide screen everything fits."""
    person = staff(**({"viewport": PHONE} if mode == "phone" else {}))
    page = person.page
    there = course_page(person)
    report = page.locator("[data-dti-report]")
    report.locator("summary").first.click()
    report.get_by_role("link", name="Decisions", exact=True).click()
    report.get_by_role("heading", name="Decisions", exact=True).wait_for()
    hidden = "[...document.querySelectorAll('.dti-scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
    assert page.evaluate(hidden) == (0 if mode == "wide" else 1)
    page.goto(f"{person.address}{there}")
    assert page.evaluate(hidden) == (0 if mode == "wide" else 1)


RUN = {"best": "100%", "passed": True, "tries": "12 tries", "turned": "3. The cuffs are on and stay on"}
PERSON = {
    "name": "Jordan Rivera-Castellanos",
    "username": "jordan.rivera.castellanos",
    "modules": "9",
    "runs": [RUN, RUN, RUN],
    "last": "8. How to intervene",
    "active": "November 23, 2026",
    "grade": "100%",
    "passed": True,
    "stars": "5",
    "shares": [{"average": "100%", "begun": 3, "all": 4}, {"average": "78%", "begun": 1, "all": 1}, {}],
    "signed": [{"code": "7QXD-03MB-K9TR-H4WN", "day": "November 23, 2026", "status": "expired", "word": "ran out"}],
    "read": "24",
    "acted": 12,
    "watched": 5,
    "answered": 24,
}
NOTHING_YET = {
    "name": "Robin",
    "modules": "0",
    "runs": [None] * 3,
    "shares": [{}] * 3,
    "signed": [None],
    "stars": "",
    "read": "0",
    "acted": 0,
    "watched": 0,
    "answered": 0,
}
COLUMNS = {
    "categories": ["Assessments", "Final Assessment", "Scenarios"],
    "pledges": ["Your Duty to Intervene pledge"],
    "with_reviews": True,
    "with_lists": True,
    "activities": 12,
    "films": 5,
    "modules": 9,
    "found": "1",
}
TOWERS = """() => [...document.querySelectorAll('.dti-course-people th[scope=col]')]
    .filter(cell => [...cell.querySelectorAll('bdi')].some(title => title.getClientRects().length > 4 || title.scrollWidth > cell.clientWidth))
    .map(cell => cell.textContent)"""
OUTSIDE = "() => { const it = document.querySelector('.dti-scroll'); return it.scrollWidth - it.clientWidth; }"


@pytest.mark.parametrize("person", [PERSON, NOTHING_YET], ids=["at work", "nothing yet"])
@pytest.mark.parametrize("title", ["Say it, mean it, step in", "Donaudampfschifffahrtsgesellschaftskapitän", "A B C D E F G H I"])
def test_no_title_makes_a_tower_and_every_column_fits_a_desk(chromium, title, person):
    """Our own course has as many columns as these. On a phone one scrolls, and sees the names all the while."""
    shown = {
        "style": pages._style()[0],
        "people": [person],
        "scenarios": ["One night, three levels", "Seconds", title],
        **COLUMNS,
    }
    page = chromium.new_page(viewport=WIDE)
    try:
        page.set_content(render("dti/staff/people.html", {**shown, "question": {}, "pages": {"count": 1}}))
        assert (page.evaluate(OUTSIDE), page.evaluate(TOWERS)) == (0, [])
        page.set_viewport_size(PHONE)
        assert page.evaluate(TOWERS) == []
        page.evaluate("() => document.querySelector('.dti-scroll').scrollTo(600, 0)")
        assert page.locator("tbody th").bounding_box()["x"] >= 0
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    finally:
        page.close()
