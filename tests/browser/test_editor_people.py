"""The people of a scenario in the editor: the cast, who speaks in a line, whom the learner plays."""

import pytest
from playwright.sync_api import expect

from dti_xblocks.scenario import olx, rules

pytestmark = pytest.mark.browser


def test_a_person_is_added_speaks_and_is_played(author):
    someone = author()
    page = someone.page
    someone.start_blank()
    page.get_by_role("button", name="People (0)").focus()
    someone.press("Enter")
    someone.tab_to("person.add")
    someone.press("Enter")
    assert someone.focused == "person.0.title"
    someone.press("Control+A")
    someone.type("Sergeant Okafor")
    for key, words in {"role": "Runs the night shift", "portrait": "okafor.webp", "knows": "You know *both* officers."}.items():
        someone.tab_to(f"person.0.{key}")
        someone.type(words)
    expect(page.get_by_text("Write /static/ and the name of a file of the course.").first).to_be_visible()
    someone.field("person.0.portrait").fill("/static/okafor.webp")
    expect(page.get_by_text("Write /static/ and the name of a file of the course.")).to_have_count(0)
    assert someone.scan() == []
    page.get_by_role("button", name="People (1)").wait_for()

    someone.box("scene:first").click()
    someone.field("as").select_option(label="Sergeant Okafor")
    someone.field("line.add.say").click()
    assert someone.focused == "line.1.who"
    assert page.locator("datalist[id$=speakers] option").evaluate_all("all => all.map((one) => one.value)") == ["Sergeant Okafor"]
    someone.field("line.1.who").fill("Sergeant Okafor")
    someone.field("line.1.said").fill("Step back.")
    someone.field("line.1.over").check()
    someone.field("line.1.audio").fill("okafor-1.mp3")
    expect(page.get_by_text("Write /static/ and the name of a file of the course.").first).to_be_visible()
    someone.field("line.1.audio").fill("/static/okafor-1.mp3")
    someone.field("audio").fill("/static/whole-scene.mp3")
    expect(page.get_by_text("Write /static/ and the name of a file of the course.")).to_have_count(0)
    someone.field("line.add.say").click()
    someone.field("line.2.who").fill("A voice")
    someone.field("line.2.said").fill("Hey!")
    assert someone.scan() == []

    story = olx.read(someone.text)
    (person,) = story.people
    assert (person.id, person.name, person.role, person.portrait) == (
        "person-1",
        "Sergeant Okafor",
        "Runs the night shift",
        "/static/okafor.webp",
    )
    assert person.knows == "<p>You know <em>both</em> officers.</p>"
    first = story.scene("first")
    assert first.you == "person-1"
    assert (first.audio, first.lines[1].audio, first.lines[2].audio) == ("/static/whole-scene.mp3", "/static/okafor-1.mp3", "")
    assert [(line.by, line.who, line.over, line.html) for line in first.lines[1:]] == [
        ("person-1", "", "radio", "Step back."),
        ("", "A voice", "", "Hey!"),
    ]
    assert rules.check(story) == []

    page.get_by_role("button", name="People (1)").click()
    someone.field("person.0.id").fill("okafor")
    someone.press("Tab")
    someone.hears("Id changed")
    again = olx.read(someone.text).scene("first")
    assert (again.you, again.lines[1].by) == ("okafor", "okafor")
    page.get_by_role("button", name="People (1)").click()
    page.get_by_role("button", name="Delete: Sergeant Okafor").click()
    expect(page.locator(".dti-ed-problems")).to_contain_text("“okafor” is not among the people.")
    someone.press("Control+Z")
    expect(page.locator(".dti-ed-problems")).not_to_contain_text("not among the people")
