"""Activities on their pages: every kind by keyboard, with a mouse, with a finger, and without a script."""

import json

import pytest
from doer import UNITS, Doer, activity_course
from playwright.sync_api import expect
from visitor import SEEN

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 1000}


@pytest.fixture
def doers(chromium, served):
    """Makes people who do activities; each begins anew."""
    course, made = served("activities", activity_course), []

    def someone(**context) -> Doer:
        one = Doer(chromium, course.address, course.folder, **{"viewport": WIDE, **context})
        one.start_over()
        made.append(one)
        return one

    yield someone
    for one in made:
        faults = list(one.faults)
        one.close()
        assert faults == []


def test_by_keyboard_alone(doers):
    one = doers()
    page = one.at("sort").page
    wanted = {"arm's length": "1", "across the street": "1", "One shove": "2", "next building": "2"}
    for _card in range(4):
        card = page.locator("[data-dti-aside] .dti-act-card").first
        words = card.inner_text()
        select = card.locator("select")
        select.focus()
        page.keyboard.press(next(key for text, key in wanted.items() if text in words))  # its number is enough
        assert page.evaluate("document.activeElement.tagName") == "SELECT", "the card takes the focus along"
    expect(one.group(1).locator(".dti-act-card")).to_have_count(2)
    page.get_by_role("button", name="Check").focus()
    page.keyboard.press("Enter")
    expect(one.result).to_have_text("Everything is in its place.")
    expect(one.result).to_be_focused()

    one.at("order")
    for number, words in enumerate(["face down", "cannot breathe", "stops speaking", "finds a pulse"], start=1):
        up = one.card(words).get_by_role("button", name="Move up")
        up.focus()
        while one.card(words).locator("select").input_value() != str(number):
            page.keyboard.press("Enter")
        expect(up).to_be_focused()
    page.get_by_role("button", name="Check").press("Enter")
    expect(one.result).to_have_text("That is the right order.")

    one.at("flip")
    page.get_by_role("button", name="Turn over “Maybe I am wrong.”").press("Enter")
    expect(page.locator(".dti-act-back")).to_be_focused()
    expect(page.locator(".dti-act-back")).to_have_text("Ask. A question costs nothing.")

    one.at("spot")
    page.get_by_role("button", name="A green block").press("Enter")
    expect(one.result).to_have_text("Not there: A green block. 0 of 2 found.")
    expect(one.result).to_be_focused()


@pytest.mark.smoke
def test_with_a_mouse(doers):
    one = doers()
    page = one.at("sort").page
    for words, number in (("arm's length", 1), ("next building", 2), ("across the street", 1)):
        one.card(words).locator(".dti-act-text").drag_to(one.group(number))
        expect(one.group(number)).to_contain_text(words)
    one.card("One shove").locator(".dti-act-text").click()
    one.group(1).get_by_role("button", name="Place it here").click()
    expect(one.group(1)).to_contain_text("One shove")
    one.check()
    expect(one.result).to_have_text("3 of 4 are right. Move the others, and check again.")
    assert one.card("One shove").get_by_text("There was no time.").is_visible()
    one.card("One shove").locator(".dti-act-text").drag_to(one.group(2))
    expect(one.card("One shove").get_by_text("There was no time.")).to_have_count(0)
    one.check()
    expect(one.result).to_have_text("Everything is in its place.")
    expect(page.locator(".dti-act-after")).to_have_text("Time, position, knowledge, means.")

    one.at("match")
    for words, target in (
        ("Failing to intervene", "The officer"),
        ("Policy or custom", "The city"),
        ("Supervisor", "The sergeant"),
    ):
        one.card(words).locator(".dti-act-text").drag_to(page.get_by_role("region", name=target))
    one.check()
    expect(one.result).to_have_text("All pairs are right.")

    one.at("order")
    for words in (
        "face down",
        "cannot breathe",
        "stops speaking",
        "finds a pulse",
    ):  # each below all others: the row comes out right
        last = page.locator(".dti-act-row > li").last
        box = last.bounding_box()
        if words not in last.inner_text():
            one.card(words).locator(".dti-act-text").drag_to(last, target_position={"x": 90, "y": box["height"] - 2})
        expect(last).to_contain_text(words)
    one.check()
    expect(one.result).to_have_text("That is the right order.")

    one.at("spot")
    picture = page.locator("[data-dti-picture]")
    box = picture.bounding_box()
    for x, y, said in (
        (0.02, 0.02, "There is nothing to find there. 0 of 2 found."),
        (0.2, 0.35, "Found: A red block. 1 of 2 found."),
        (0.7, 0.6, "You have found everything."),
    ):
        picture.click(position={"x": x * box["width"], "y": y * box["height"]})
        expect(one.result).to_have_text(said)
    assert page.locator("[data-dti-picture] rect.is-right").count() == 2


def test_with_a_finger_on_a_small_phone(doers):
    one = doers(viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    page = one.at("sort").page
    for words, number in (("arm's length", 1), ("next building", 2), ("across the street", 1), ("One shove", 2)):
        one.card(words).locator(".dti-act-text").tap()
        one.group(number).get_by_role("button", name="Place it here").tap()
        expect(one.group(number)).to_contain_text(words)
    page.get_by_role("button", name="Check").tap()
    expect(one.result).to_have_text("Everything is in its place.")
    one.at("order")
    first = page.locator(".dti-act-row > li").first
    words = first.locator(".dti-act-text").inner_text()
    first.get_by_role("button", name="Move down").tap()
    expect(page.locator(".dti-act-row > li").nth(1)).to_contain_text(words)


def test_without_a_script(doers):
    one = doers(java_script_enabled=False)
    page = one.page
    page.goto(f"{one.address}/unit/sort")
    assert page.get_by_role("button", name="Place it here").count() == 0
    for words, number in (("arm's length", "1"), ("next building", "2"), ("across the street", "2"), ("One shove", "2")):
        one.card(words).locator("select").select_option(value=number)
    one.press("Check")
    expect(one.result).to_have_text("3 of 4 are right. Move the others, and check again.")
    one.card("across the street").locator("select").select_option(value="1")
    one.press("Check again")
    expect(one.result).to_have_text("Everything is in its place.")
    page.goto(f"{one.address}/unit/flip")
    with page.expect_navigation():
        page.locator(".dti-act-turn").last.click()
    expect(page.locator(".dti-act-back")).to_have_text("Ask. A question costs nothing.")
    page.goto(f"{one.address}/unit/say")
    page.locator("textarea").fill("Stop, Mike.")
    one.press("Compare")
    expect(page.locator(".dti-act-models")).to_contain_text("A name, a fact, an order.")


def test_words_that_are_not_kept_stay_in_the_browser_and_a_plan_comes_back(doers):
    one = doers()
    page = one.at("say").page
    sent = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    page.locator("textarea").fill("Stop it now, Mike.")
    one.check()
    expect(page.locator("[data-dti-said]")).to_have_text("Stop it now, Mike.")
    expect(page.locator(".dti-act-models")).to_contain_text("I've got him")
    assert sent and not any("Mike" in body for body in sent)
    assert ["said", "yes"] in json.loads(sent[-1])
    page.get_by_label("Keep my words for me").check()
    one.check()
    expect(page.get_by_role("button", name="Remove what I have written here")).to_be_visible()
    one.reload()
    expect(page.locator("[data-dti-said]")).to_have_text("Stop it now, Mike.")

    one.at("plan")
    page.get_by_label("If I see …").fill("somebody go quiet")
    page.get_by_label("… then I will …").fill("say it out loud")
    one.check()
    expect(page.locator(".dti-act-plan.is-mine")).to_contain_text("If I see somebody go quiet, then I will say it out loud")
    one.at("back")
    expect(page.locator(".dti-act-plan")).to_contain_text("If I see somebody go quiet, then I will say it out loud")
    expect(page.get_by_label("If I see …")).to_have_value("somebody go quiet")


@pytest.mark.parametrize(
    ("width", "modes"),
    [(320, {}), (390, {"rules": SEEN, "color_scheme": "dark"}), (1280, {"rules": SEEN, "forced_colors": "active"})],
    ids=["small", "dark", "forced colors"],
)
def test_every_kind_is_accessible_and_fits_before_and_after(doers, width, modes):
    one = doers(viewport={"width": width, "height": 900}, **modes)
    for kind in UNITS:
        assert one.take(kind, before=True) == [], kind
        assert one.overflow() == 0 and one.small() == [], kind


def test_staff_read_how_it_was_done(doers):
    learner, staff = doers(), doers(viewport={"width": 390, "height": 800})
    learner.at("sort")
    for words, number in (("arm's length", "2"), ("next building", "2"), ("across the street", "1"), ("One shove", "2")):
        learner.card(words).locator("select").select_option(value=number)
    learner.check()
    expect(learner.result).to_contain_text("3 of 4 are right.")
    staff.be("staff")
    address = staff.at("sort").page.locator(".dti-staff-links a").first.get_attribute("href")
    staff.page.goto(f"{staff.address}{address}")
    row = staff.page.get_by_role("row").filter(has_text="arm's length")
    expect(row).to_contain_text("0 of 1")
    expect(staff.page.get_by_role("row").filter(has_text="One shove")).to_contain_text("1 of 1")
    assert staff.scan() == [] and staff.overflow() == 0
