"""Our blocks in the hands of people: by keyboard, without JavaScript, on a bad line, in two tabs, as staff and as author."""

import re

import pytest
from playwright.sync_api import expect
from visitor import Visitor

from dti_xblocks.content import inner_xml
from dti_xblocks.scenario import olx as scenario_olx
from dti_xblocks.scenario.explore import analysis

pytestmark = pytest.mark.browser
SCENARIO = "unit/m03-scenario-u1"
LADDER = "unit/m08-how-to-intervene-u3"


@pytest.fixture
def people(chromium, preview):
    """Makes visitors, each with a browser of their own, as one of the preview's persons with their work reset."""
    made = []

    def someone(person: str = "learner", **context) -> Visitor:
        context.setdefault("viewport", {"width": 1280, "height": 900})
        visitor = Visitor(chromium, preview, **context)
        made.append(visitor)
        visitor.be(person)
        return visitor

    yield someone
    for visitor in made:
        visitor.close()


def scenario_of(visitor, name):
    block = next(block for block in visitor.course.blocks("dti_scenario") if block.url_name == name)
    return scenario_olx.read(inner_xml(block.node), block.node.get("score_by", "choices"))


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")


@pytest.mark.smoke
def test_a_scenario_by_keyboard_alone(people):
    visitor = people()
    visitor.start_over()
    visitor.open(LADDER)
    page = visitor.page
    for _press in range(60):
        page.keyboard.press("Tab")
        if focused(page) == "Start the scenario":
            break
    page.keyboard.press("Enter")
    decisions = 0
    while True:
        page.wait_for_function("() => document.activeElement.matches('[data-dti-focus]')")
        if page.locator(".dti-close").count():
            break
        if page.locator(".dti-ending").count():
            while focused(page) != "Continue to the result":
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            page.locator(".dti-ending").wait_for(state="detached")
            continue
        page.keyboard.press("Tab")  # from the heading to the first choice, or to what starts the clock
        if focused(page) == "Start the clock":
            page.keyboard.press("Enter")
            page.locator("[data-dti-clock]").wait_for()
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        assert focused(page) == "Do it"
        page.keyboard.press("Enter")
        decisions += 1
        page.locator(".dti-feedback").wait_for()
        page.wait_for_function("() => document.activeElement.textContent === 'What happened'")
        while not focused(page).startswith("Continue"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator(".dti-feedback").wait_for(state="detached")
        assert decisions < 40
    assert decisions >= 4
    assert visitor.scan() == []


@pytest.mark.smoke
def test_everything_of_ours_without_javascript(people):
    visitor = people("second", java_script_enabled=False)
    page = visitor.page
    visitor.start_over()
    scenario = scenario_of(visitor, "m03-night")
    page.goto(f"{visitor.address}/{SCENARIO}")
    visitor.press("Start the scenario")
    for _scene, choice_id in analysis(scenario).path:
        if page.locator(".dti-gate").count():
            visitor.press("Start the clock")
        visitor.choose(choice_id)
        with page.expect_navigation():
            visitor.go_on()
        if page.locator(".dti-role").count():
            visitor.press("Continue")
    assert "Where it turned" not in page.content()
    visitor.press("Continue to the result")
    assert "100%" in page.locator(".dti-score").inner_text()

    page.goto(f"{visitor.address}/unit/m07-download-u1")
    while page.locator("[data-dti-mark]").count():
        page.locator("details:has([data-dti-mark]) > summary").first.click()
        with page.expect_navigation():
            page.locator("[data-dti-mark] button").first.click()
    assert "complete" in page.locator("[data-dti-progress]").inner_text()

    page.goto(f"{visitor.address}/unit/m09-pledge-item-u1")
    visitor.press("I have read the pledge to the end")
    page.locator("input[name=consent]").check()
    visitor.press("I agree to sign electronically")
    for box in page.locator("input[name=affirm]").all():
        box.check()
    page.locator("input[name=answer-agency]").fill("Test Agency")
    name = page.locator("input[name=name]")
    name.fill(name.get_attribute("data-account-name"))
    visitor.press("Sign the pledge")
    page.get_by_role("link", name=re.compile("PDF")).first.wait_for()

    page.goto(f"{visitor.address}/unit/m09-review-item-u1")
    page.locator("input[name=stars][value='4']").check()
    visitor.press("Send my review")
    expect(page.get_by_role("button", name="Send my review")).to_have_count(0)


def test_a_lost_connection_keeps_the_choice_and_counts_once(people):
    visitor = people()
    visitor.start_over()
    visitor.open(LADDER)
    page = visitor.page
    page.get_by_role("button", name="Start the scenario").click()
    choice = page.locator("input[name=choice]").first
    choice.check()
    visitor.context.set_offline(True)
    page.get_by_role("button", name="Do it").click()
    page.get_by_role("alert").get_by_text("connection was lost").wait_for()
    assert choice.is_checked()
    visitor.context.set_offline(False)  # and the page sends it by itself
    visitor.go_on()
    expect(page.get_by_text("1 decision made")).to_have_count(1)
    visitor.open(LADDER)
    expect(page.get_by_text("1 decision made")).to_have_count(1)


def test_an_answer_that_was_lost_on_the_way_back_is_not_counted_twice(people):
    visitor = people()
    visitor.start_over()
    visitor.open(LADDER)
    page = visitor.page
    page.get_by_role("button", name="Start the scenario").click()
    page.locator("input[name=choice]").first.check()

    def swallow(route):
        route.fetch()
        route.abort()

    page.route("**/choose*", swallow, times=1)
    page.get_by_role("button", name="Do it").click()
    visitor.go_on()  # asked for again by itself
    expect(page.get_by_text("1 decision made")).to_have_count(1)


def test_two_tabs_make_one_decision(people):
    visitor = people()
    visitor.start_over()
    visitor.open(LADDER)
    visitor.page.get_by_role("button", name="Start the scenario").click()
    visitor.page.locator("input[name=choice]").first.wait_for()
    second = visitor.context.new_page()
    second.goto(f"{visitor.address}/{LADDER}")
    second.locator("[data-dti-script=started]").first.wait_for()
    for page in (visitor.page, second):
        page.locator("input[name=choice]").first.check()
        page.get_by_role("button", name="Do it").click()
        page.locator(".dti-feedback").wait_for()
    for page in (visitor.page, second):
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("1 decision made")).to_have_count(1)


def test_a_learner_never_sees_the_staff_report_and_staff_do(people):
    for unit in ("m03-scenario-u1", "m09-pledge-item-u1", "m09-review-item-u1"):
        learner = people()
        learner.open(f"unit/{unit}")
        assert "Staff:" not in learner.page.content()
        staff = people("staff")
        staff.open(f"unit/{unit}")
        staff.page.locator("summary", has_text="Staff").first.click()
        assert staff.scan() == []


def test_a_visitor_who_is_not_signed_in_reads_a_polite_notice(people):
    visitor = people("visitor")
    for unit in ("m03-scenario-u1", "m02-download-u1", "m09-pledge-item-u1", "m09-review-item-u1"):
        answer = visitor.open(f"unit/{unit}")
        assert answer.status == 200
        assert visitor.page.get_by_text("sign in", exact=False).count(), unit
        assert visitor.page.locator(".dti form").count() == 0


@pytest.mark.smoke
def test_an_author_edits_a_block_in_studio_and_sees_it(people):
    author = people("studio")
    author.open("unit/m09-review-item-u1")
    author.page.get_by_role("link", name=re.compile("Edit .*Review this course")).click()
    page = author.page
    page.locator(".dti-editor.is-started").wait_for()
    assert author.scan() == []
    page.get_by_role("button", name="Advanced", exact=True).click()
    page.get_by_role("tab", name="Text").click()
    content = page.locator("textarea[name=content]")
    content.fill("<prompt><p>Broken")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator("[data-dti-error]:not([hidden])").wait_for()
    assert content.input_value() == "<prompt><p>Broken"
    content.fill("<prompt><p>What would you tell a recruit?</p></prompt>")
    expect(page.get_by_role("button", name="Give up the text changes")).to_be_hidden()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/unit/**")
    expect(page.get_by_text("What would you tell a recruit?")).to_have_count(1)
    learner = people()
    learner.open("unit/m09-review-item-u1")
    expect(learner.page.get_by_text("What would you tell a recruit?")).to_have_count(1)


def test_a_broken_script_leaves_the_page_usable(people):
    visitor = people()
    visitor.start_over()
    visitor.page.route("**/js/scenario/main.js", lambda route: route.abort())
    visitor.open(LADDER)
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Start the scenario").click()
    assert visitor.page.locator("input[name=choice]").count() >= 2
