"""The staff report in people's hands: opened in the page and by links alone, the map, search, one person, in every mode."""

import re

import pytest
from officer import UNIT
from playwright.sync_api import expect
from visitor import MODES

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
REPORT = "Staff: how this scenario was played"


@pytest.fixture
def staff(officers):
    """Makes staff, who look at a scenario that the learner has played once to its good end."""
    played = []

    def someone(**context):
        if not played:
            learner = officers()
            learner.play("deal", "clock", "switch", "medic")
            learner.scene("It stopped with you")
            played.append(learner)
        return officers("staff", **context)

    return someone


def opened(person):
    """The report in the block, on its overview."""
    person.open(UNIT)
    person.page.locator("summary", has_text=REPORT).click()
    report = person.page.locator("[data-dti-report]")
    report.get_by_role("heading", name="Overview").wait_for()
    return report


def to(report, link: str, heading: str):
    with report.page.expect_response(lambda answer: "inside=1" in answer.url):
        report.get_by_role("link", name=link, exact=True).click()
    report.locator("[data-dti-report-body]:not([aria-busy])").wait_for()
    report.get_by_role("heading", name=heading, exact=True).wait_for()
    return report


def own_pages(person) -> dict[str, str]:
    """The addresses of the report as a page of its own, by the names of its links."""
    address = person.page.locator("[data-dti-report]").get_attribute("data-dti-report")
    return {part: f"{address}?part={part}" for part in ("overview", "decisions", "map", "people")} | {
        "person": f"{address}?part=person&person=11"
    }


@pytest.mark.smoke
def test_the_report_is_loaded_when_it_is_opened(staff):
    person = staff()
    asked = []
    person.page.on("request", lambda request: asked.append(request.url) if "report" in request.url else None)
    person.open(UNIT)
    person.page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/report" in url.split("?")[0] and not url.split("?")[0].endswith(".js")] == []
    report = opened(person)
    assert "Learners who started" in report.inner_text()
    assert report.locator("[data-dti-report-status]").inner_text() == "The report is loaded."
    assert person.page.evaluate("document.activeElement.tagName") == "SUMMARY", "who opened it stays where they are"
    handled = len([url for url in asked if "inside=1" in url])
    person.page.locator("summary", has_text=REPORT).click()
    person.page.locator("summary", has_text=REPORT).click()
    assert len([url for url in asked if "inside=1" in url]) == handled == 1
    assert person.faults == []


def test_the_parts_by_keyboard_with_focus_on_their_headings(staff):
    person = staff()
    report = opened(person)
    page = person.page

    def focused():
        return page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")

    def go(link):
        for _press in range(40):
            page.keyboard.press("Tab")
            if focused() == link:
                page.keyboard.press("Enter")
                return
        raise AssertionError(f"no way to {link} by Tab")

    page.locator("summary", has_text=REPORT).focus()
    for link, heading in (("Map", "Map"), ("All runs", "Map")):
        go(link)
        page.wait_for_function(
            "title => document.activeElement.matches('[data-dti-report-heading]') && document.activeElement.textContent.trim() === title",
            arg=heading,
        )
        page.keyboard.press("Shift+Tab")
    assert "All runs:" in report.inner_text()
    report.get_by_role("link", name="People", exact=True).focus()
    page.keyboard.press("Enter")
    expect(report.locator("[data-dti-report-heading]", has_text="People")).to_be_focused()
    report.get_by_label("Find a username").fill("ORD")
    page.keyboard.press("Enter")
    report.get_by_text("match “ORD”: 1").wait_for()
    go("jordan")
    page.wait_for_function(
        "document.activeElement.matches('[data-dti-report-heading]') && document.activeElement.innerText === 'jordan'"
    )
    assert "It stopped with you (good)" in report.inner_text()
    assert "Plain words" in report.inner_text()
    assert page.url.endswith(UNIT), "nobody left the unit"
    assert person.faults == []


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_part_in_every_mode(staff, mode):
    person = staff(**mode)
    report = opened(person)
    found = person.flaws()
    for link, heading in (
        ("Decisions", "Decisions"),
        ("Map", "Map"),
        ("Best attempts", "Map"),
        ("People", "People"),
        ("jordan", "jordan"),
    ):
        to(report, link, heading)
        found += person.flaws()
    for address in own_pages(person).values():
        person.page.goto(f"{person.address}{address}" if address.startswith("/") else address)
        found += [*person.flaws()]
    assert found == []
    assert person.faults == []


def test_the_report_by_links_alone_without_script(staff):
    staff()
    person = staff(java_script_enabled=False)
    page = person.page
    page.goto(f"{person.address}/{UNIT}")
    page.locator("summary", has_text=REPORT).click()
    page.get_by_role("link", name="Open the report").click()
    expect(page.get_by_role("heading", name="Overview", level=2)).to_be_visible()
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.locator("svg.dti-chart-drawing")).to_be_visible()
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_label("Find a username").fill("jor")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="jordan", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("Run 1"))).to_be_visible()
    assert page.get_by_text("In the car").count()


def test_a_broken_script_leaves_the_links(staff):
    person = staff()
    person.page.route("**/js/scenario/report.js", lambda route: route.abort())
    person.open(UNIT)
    person.page.locator("summary", has_text=REPORT).click()
    with person.page.expect_navigation():
        person.page.get_by_role("link", name="Open the report").click()
    expect(person.page.get_by_role("heading", name="Overview")).to_be_visible()


def test_a_lost_connection_is_told_and_the_report_tried_again(staff):
    person = staff()
    report = opened(person)
    person.context.set_offline(True)
    report.get_by_role("link", name="People", exact=True).click()
    report.get_by_role("alert").get_by_text("connection was lost").wait_for()
    assert "Learners who started" in report.inner_text(), "what was there stays"
    person.context.set_offline(False)
    to(report, "People", "People")
    expect(report.get_by_role("alert")).to_be_hidden()


def test_the_map_is_zoomed_scrolled_and_begins_with_the_start(staff):
    person = staff(viewport=PHONE)
    report = to(opened(person), "Map", "Map")
    width = "document.querySelector('.dti-chart-drawing').getBoundingClientRect().width"
    full = person.page.evaluate(width)
    view = person.page.locator(".dti-chart-view")
    box, start = view.bounding_box(), person.page.locator("[data-dti-report-start]").bounding_box()
    assert box["x"] <= start["x"] + start["width"] / 2 <= box["x"] + box["width"]
    for zoom, factor in (("50%", 0.5), ("200%", 2), ("150%", 1.5), ("100%", 1)):
        report.get_by_label(zoom, exact=True).check()
        assert abs(person.page.evaluate(width) - factor * full) < 2, zoom
    report.get_by_label("Whole width").check()
    assert person.page.evaluate(width) <= 360
    assert person.overflow() <= 0


def test_the_csv_is_a_file(staff):
    person = staff()
    report = opened(person)
    with person.page.expect_download() as waiting:
        report.get_by_role("link", name=re.compile(r"Runs 1–\d+ \(CSV\)")).click()
    assert waiting.value.suggested_filename == "scenario-runs.csv"
    text = open(waiting.value.path(), encoding="utf-8-sig").read()  # noqa: SIM115
    assert "car > deal / lot > switch / aid > medic" in text


def test_the_report_is_printed_whole_and_without_its_controls(staff):
    person = staff()
    report = to(opened(person), "Map", "Map")
    person.page.emulate_media(media="print")
    expect(report.locator(".dti-chart-drawing")).to_be_visible()
    expect(report.locator(".dti-chart-zoom")).to_be_hidden()
    expect(report.locator(".dti-report-tabs")).to_be_hidden()
    view = "document.querySelector('.dti-chart-view')"
    assert person.page.evaluate(f"{view}.scrollHeight <= {view}.clientHeight + 1")


def test_learners_load_nothing_of_it(officers):
    officer = officers()
    asked = []
    officer.page.on("request", lambda request: asked.append(request.url))
    officer.open(UNIT)
    officer.page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "report" in url]
    assert REPORT not in officer.page.content()
