"""The activity's visual editor in Studio: a sort is made by keyboard, seen as learners will see it, and done by a learner."""

import pytest
from author import Author
from doer import activity_course
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


class Maker(Author):
    """An author in front of the editor of an activity."""

    key = "block-v1:TST+TINY+run1+type@dti_activity+block@"
    tabs = ("Visual", "Text", "Settings")


@pytest.fixture
def makers(chromium, served):
    course, made = served("activities", activity_course), []

    def open_editor(block, **context) -> Maker:
        someone = Maker(chromium, course.address, course.folder, **{"viewport": {"width": 1280, "height": 900}, **context})
        made.append(someone)
        return someone.edit(block)

    yield open_editor
    for someone in made:
        faults = list(someone.faults)
        someone.close()
        assert faults == []


def test_an_activity_is_written_by_keyboard_and_learners_get_it(makers):
    someone = makers("activity-sort")
    page = someone.page
    shown = page.locator(".dti-ed-preview")
    expect(shown).to_contain_text("One shove")
    assert shown.locator("input[name], select[name], button:enabled, form").count() == 0
    someone.field("addCard").focus()
    someone.press("Enter")
    someone.type("A *new* moment")
    row = page.locator(".dti-pls-row").filter(has=page.locator("textarea:focus"))
    expect(shown).to_have_count(1)
    someone.press("Tab", "ArrowDown", "ArrowDown", "Tab")
    someone.type("Nobody could.")
    assert '<card id="card-1" group="not"><text>A <em>new</em> moment</text>' in someone.text
    expect(shown.locator("em")).to_have_text("new")
    row = page.locator(".dti-pls-row").last
    row.get_by_role("button", name="Move up").press("Enter")
    someone.hears("now 4 of 5")
    someone.field("group-1.name").fill("There was a chance")
    expect(row.locator("select")).to_contain_text("There was a chance")
    assert someone.scan() == []
    someone.press("Control+s")
    page.wait_for_url("**/unit/**")
    expect(page.locator("[data-dti-target='1']")).to_contain_text("There was a chance")


def test_another_kind_has_other_fields_and_what_is_missing_is_said(makers):
    someone = makers("activity-sort")
    page = someone.page
    someone.field("kind").select_option("flip")
    expect(page.get_by_label("Back", exact=True)).to_have_count(4)
    expect(page.get_by_label("Belongs to")).to_have_count(0)
    expect(page.get_by_text("The preview comes when nothing is missing")).to_be_visible()
    page.locator(".dti-ed-problems button").first.click()
    page.get_by_role("button", name="Undo").first.click()
    expect(page.get_by_label("Belongs to")).to_have_count(4)
    someone.field("kind").select_option("spot")
    page.get_by_label("Area in the picture").first.fill("1 2 3")
    expect(page.locator(".dti-ed-problems")).to_contain_text("four numbers in percent")


def test_areas_are_drawn_on_the_picture_by_mouse_and_by_keys(makers):
    someone = makers("activity-spot")
    page, frame = someone.page, someone.page.locator(".dti-areas")
    expect(frame).to_be_visible()
    page.wait_for_function("() => document.querySelector('.dti-areas img').naturalWidth > 0")
    areas = frame.locator("button.dti-area")
    had = areas.count()
    keys = [area.get_attribute("data-key") for area in areas.all()]
    frame.scroll_into_view_if_needed()

    def field(number):
        return page.get_by_label("Area in the picture").nth(number)

    def drag(start, end):
        box = frame.bounding_box()
        points = [(box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100) for x, y in (start, end)]
        page.mouse.move(*points[0])
        page.mouse.down()
        page.mouse.move(*points[1], steps=4)
        page.mouse.up()

    def numbers(number):
        return [round(float(part)) for part in field(number).input_value().split()]

    field(0).fill("")  # typed numbers and what is drawn are one
    expect(areas).to_have_count(had - 1)
    someone.field("area.whose").select_option(index=0)
    drag((60, 80), (80, 60))
    expect(areas).to_have_count(had)
    assert numbers(0) == [60, 60, 20, 20]
    drag((70, 70), (50, 30))
    assert numbers(0) == [40, 20, 20, 20], "dragged by its middle it moves"
    drag((59.5, 39.5), (69.5, 49.5))
    assert numbers(0) == [40, 20, 30, 30], "by its corner it grows"
    assert page.evaluate("document.activeElement.dataset.key") in keys
    someone.press("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowLeft", "Shift+ArrowUp")
    assert numbers(0) == [42, 21, 29, 29]
    someone.hears("42% from the left")
    page.get_by_role("button", name="Undo", exact=True).first.click()
    assert numbers(0) == [40, 20, 30, 30], "keys in a row are one step"
    areas.filter(has_text="1").first.focus()
    someone.press("Delete")
    expect(field(0)).to_have_value("")
    assert someone.focused == "area.whose"
    someone.field("area.middle").press("Enter")
    assert numbers(0) == [40, 40, 20, 20]
    assert 'area="40 40 20 20"' in someone.text
    assert someone.scan() == []


def test_every_view_is_accessible_and_fits_in_the_dark_too(makers):
    someone = makers("activity-spot", viewport={"width": 320, "height": 800})
    for tab in someone.tabs:
        someone.tab(tab)
        assert someone.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
        assert someone.scan() + someone.scan_dark() == []
