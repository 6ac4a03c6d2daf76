"""The scenario's visual editor in Studio: a story is written, by keyboard and in forms, and its text stays equal."""

import re

import pytest
from author import SMALL
from playwright.sync_api import expect

from dti_xblocks.scenario import olx, rules
from dti_xblocks.scenario.explore import analysis

pytestmark = pytest.mark.browser


@pytest.mark.smoke
def test_a_scenario_is_built_from_blank_by_keyboard_alone(author):
    someone = author()
    page = someone.page
    page.locator("[role=tab][aria-selected=true]").focus()
    someone.tab_to("file")
    someone.press("Enter", "Tab")
    assert someone.focused == "startFrom"
    someone.press("Enter")
    someone.tab_to("Blank")
    someone.press("Enter")
    assert someone.focused.startswith("Scene: The first scene")

    # a scene after it, named; its id comes from the title
    someone.tab_back_to("Scene: The first scene. The story starts here")
    someone.press("n")
    assert someone.focused == "title"
    someone.type("At the door")
    someone.press("Tab")
    page.wait_for_function("document.querySelector('[data-control=id]')?.value === 'at-the-door'")
    assert someone.focused == "place", "the focus goes on as if nothing had happened"
    someone.type("Mill Road 12")
    someone.tab_to("line.0")
    someone.type("The door is *open*.\n\nSomebody shouts.\n\n- a man\n- a dog")
    someone.tab_to("line.add.say")
    someone.press("Enter")
    assert someone.focused == "line.1.who"
    someone.type("Hale")
    someone.press("Tab")
    someone.tab_to("line.1.said")
    someone.type("Wait <here> & listen.")

    # two choices: one to a new ending, one back to an ending that is there
    someone.tab_to("choice.add")
    someone.press("Enter")
    assert someone.focused == "choice.0.text"
    someone.type("Knock.")
    someone.tab_to("choice.0.newEnding")
    someone.press("Enter")
    assert someone.focused == "choice.0.go"
    someone.tab_to("choice.0.points")
    page.keyboard.press("Control+a")
    someone.type("4")
    someone.tab_to("choice.0.outcome")
    someone.type("He opens.")
    someone.tab_to("choice.0.why")
    someone.type("Asking costs nothing.")
    someone.tab_to("choice.add")
    someone.press("Enter")
    someone.type("Walk away.")
    someone.tab_to("choice.1.to")
    someone.type("It went badly")
    someone.tab_to("choice.1.outcome")
    someone.type("You hear it in the car.")
    someone.tab_to("choice.1.why")
    someone.type("Nobody else was there.")

    # the new ending gets its words
    someone.tab_back_to("choice.0.summary")
    someone.tab_to("choice.0.go")
    someone.press("Enter")
    assert someone.focused == "Ending: New ending"
    someone.tab_to("title")
    page.keyboard.press("Control+a")
    someone.type("Talked it over")
    someone.press("Tab")
    page.wait_for_function("document.querySelector('[data-control=id]')?.value === 'talked-it-over'")
    someone.tab_to("line.0")
    someone.type("He tells you everything.")

    # the first scene leads to the new one: along the map, back to the form
    someone.tab_back_to("Ending: Talked it over. ")
    someone.press("Home", "Enter")
    assert someone.focused == "Scene: The first scene"
    someone.tab_to("choice.0.to")  # the first choice stands open
    someone.type("At the door")
    assert page.locator(".dti-ed-problems li").all_inner_texts() == ["It went well No choice leads here."]
    someone.tab_back_to("find")
    someone.press("Enter")
    someone.type("It went well")
    someone.press("Enter")
    assert someone.focused == "Ending: It went well"
    someone.tab_to("delete")
    someone.press("Enter")
    assert page.locator(".dti-ed-problems li").all_inner_texts() == []

    someone.press("Control+s")
    page.wait_for_url("**/unit/**")
    someone.open_editor(SMALL)
    text = someone.text
    scenario = olx.read(text)
    assert rules.check(scenario) == []
    assert [scene.id for scene in scenario.scenes] == ["first", "at-the-door"]
    door = scenario.scene("at-the-door")
    assert (door.place, door.lines[0].html, door.choices[0].points) == ("Mill Road 12", "<p>The door is <em>open</em>.</p>", 4)
    assert "<ul><li>a man</li><li>a dog</li></ul>" in text and '<say who="Hale">Wait &lt;here&gt; &amp; listen.</say>' in text
    assert [choice.to for choice in door.choices] == ["talked-it-over", "bad-end"]
    assert analysis(scenario).possible == 7

    # and it is played
    learner = someone
    learner.open("unit/m08-how-to-intervene-u3")
    learner.be("learner")
    learner.open("unit/m08-how-to-intervene-u3")
    page.get_by_role("button", name="Start the scenario").click()
    for words in ("What can the learner do?", "Knock."):
        page.locator("label", has_text=words).click()
        page.get_by_role("button", name="Do it").click()
        page.get_by_text("What happened").first.wait_for()
        page.get_by_role("button", name="Continue").click()
    page.get_by_text("He tells you everything.").first.wait_for()


def test_an_edit_changes_its_own_text_only_and_both_views_are_equal(author):
    someone = author()
    before = someone.text
    someone.box("scene:bench").click()
    someone.field("place").fill("The long bench")
    after = someone.text
    start = next(index for index, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    assert before[:start] == after[:start] and "The long bench" in after
    rest = after[start:].split("\n", 1)[1]
    assert before.endswith(rest), "nothing but that attribute has changed"
    someone.tab("Text")
    area = someone.page.locator("textarea[name=content]")
    area.fill(after.replace('place="The long bench"', 'place="In the hall"').replace('title="The bench"', 'title="On the bench"'))
    someone.tab("Story")
    someone.box("scene:bench").click()
    assert someone.field("place").input_value() == "In the hall"
    assert someone.field("title").input_value() == "On the bench"
    for _step in range(2):
        someone.page.get_by_role("button", name="Undo").first.click()
    assert someone.text == before
    assert "Nothing to save" in someone.page.locator(".dti-ed-state").inner_text()
    someone.page.get_by_role("button", name="Redo").click()
    assert "The long bench" in someone.text


def test_undo_outside_of_fields_takes_back_the_story_inside_the_typing(author):
    someone = author()
    before = someone.text
    someone.box("scene:bench").click()
    someone.press("Delete")
    assert someone.box("scene:bench").count() == 0
    assert "Deleted" in someone.page.locator(".dti-ed-notice").inner_text()
    assert someone.page.evaluate("document.activeElement.classList.contains('dti-box')"), "the focus is on the map"
    someone.press("Control+z")
    assert someone.box("scene:bench").count() == 1 and someone.text == before
    someone.box("scene:bench").focus()
    someone.press("Control+Shift+z")
    assert someone.box("scene:bench").count() == 0
    someone.page.locator(".dti-box").first.focus()
    someone.press("Control+z", "Control+y", "Control+z")
    assert someone.text == before
    someone.hears("Taken back: Deleted")


def test_a_new_id_goes_wherever_the_old_one_was_named_and_a_click_is_not_lost(author):
    someone = author()
    someone.box("scene:bench").click()
    named = someone.text.count('"bench"')
    someone.field("id").fill("Not good")
    someone.press("Tab")
    someone.page.locator("[data-field=id] .dti-ed-problem", has_text="lower-case").wait_for()
    assert 'id="bench"' in someone.text
    someone.box("scene:bench").click()
    someone.field("id").fill("long-bench")
    someone.field("choice.add").click()
    expect(someone.page.locator(".dti-ed-choice")).to_have_count(5)
    text = someone.text
    assert text.count('"long-bench"') == named and '"bench"' not in text
    someone.field("id").fill("roll-call")
    someone.press("Tab")
    someone.page.locator("[data-field=id] .dti-ed-problem", has_text="already").wait_for()


def test_lines_and_choices_are_added_moved_cloned_and_deleted(author):
    someone = author()
    page = someone.page
    someone.start_blank()
    page.locator("[data-control='line.0']").fill("One.\n\nTwo.\n\nThree.")
    page.locator("[data-control='line.0']").focus()
    page.keyboard.press("Control+Home")
    page.locator("[data-control='line.0.insert']").click()
    page.locator("[data-control='line.0.add.say']").click()
    assert someone.focused == "line.1.who", "after the paragraph in which the caret stood"
    someone.type("Hale")
    text = someone.text
    assert re.search(r"<p>One\.</p>\s*<say who=\"Hale\"></say>\s*<p>Two\.</p>\s*<p>Three\.</p>", text)
    page.locator("[data-control='line.1.up']").click()
    assert someone.focused == "line.0.down", "the button for up is off now"
    assert re.search(r"<say who=\"Hale\"></say>\s*<p>One\.</p>", someone.text)
    page.locator("[data-control='line.add.image']").click()
    assert someone.focused.endswith(".src")
    assert page.get_by_text("Say in words what there is to see.").count() >= 1
    page.locator("[data-control='line.2.delete']").click()
    assert "<image" not in someone.text
    page.locator(".dti-ed-notice button").click()
    assert "<image" in someone.text

    someone.open_choice(0)
    page.locator("[data-control='choice.0.clone']").click()
    assert someone.focused == "choice.1.text"
    assert [choice.id for choice in olx.read(someone.text).scenes[0].choices] == ["act", "act-copy", "wait"]
    page.locator("[data-control='choice.1.down']").click()
    assert [choice.id for choice in olx.read(someone.text).scenes[0].choices] == ["act", "wait", "act-copy"]
    page.locator("[data-control='choice.2.delete']").click()
    assert len(olx.read(someone.text).scenes[0].choices) == 2


def test_levels_meters_conditions_effects_and_clocks_are_edited_in_forms(author):
    someone = author()
    page = someone.page
    someone.start_blank()
    page.locator("[data-part=meters]").click()
    page.get_by_role("button", name="Add a meter").click()
    assert someone.focused == "meter.0.title"
    page.locator("[data-control='meter.0.title']").fill("Public trust")
    page.locator("[data-control='meter.0.id']").fill("trust")
    page.locator("[data-control='meter.0.lowest']").fill("60")
    page.get_by_text("lowest below highest").first.wait_for()
    page.locator("[data-control='meter.0.lowest']").fill("-10")
    page.locator("[data-control='meter.0.html']").fill("What people *think*.")
    page.locator("[data-part=levels]").click()
    page.get_by_role("button", name="Add a level").click()
    page.locator("[data-control='level.0.id']").fill("step-in")
    someone.box("scene:first").click()
    someone.open_choice(0)
    page.locator("[data-control='choice.0.more']").click()
    page.locator("[data-control='choice.0.effect.add']").click()
    page.locator("[data-control='choice.0.effect.0.by']").fill("-15")
    page.locator("[data-control='choice.0.authority.add']").click()
    page.locator("[data-control='choice.0.authority.0.ref']").fill("graham-v-connor")
    page.locator("[data-control='choice.0.addNeed']").click()
    assert someone.focused == "choice.0.need.0.rule"
    page.locator("[data-control='choice.0.need.0.at-least']").fill("200")
    page.get_by_text("This condition can never hold.").first.wait_for()
    page.locator("[data-control='choice.0.need.0.at-least']").fill("20")
    page.locator("[data-control='choice.0.need.0.rule']").select_option("not-choice")
    page.locator("[data-control='choice.0.need.0.ref']").select_option("first/wait")
    page.locator("summary[data-control=conditions]").click()
    page.locator("[data-control=clock]").fill("20")
    page.get_by_text("Choose what happens when time runs out.").first.wait_for()
    page.locator("[data-control=timeout]").select_option("wait")
    page.locator("[data-control='level']").select_option("step-in")
    scenario = olx.read(someone.text)
    scene, meter = scenario.start, scenario.meter("trust")
    assert (meter.title, meter.start, meter.lowest, meter.html) == ("Public trust", 50, -10, "What people <em>think</em>.")
    assert (scene.clock, scene.timeout, scene.level) == (20, "wait", "step-in")
    choice = scene.choice("act")
    assert (choice.effects[0].meter, choice.effects[0].by, choice.authorities) == ("trust", -15, ("graham-v-connor",))
    assert (choice.needs[0].kind, choice.needs[0].ref, choice.needs[0].negated) == ("choice", "first/wait", True)


def test_prose_that_only_olx_can_say_is_shown_as_olx_and_broken_olx_is_kept_out(author):
    someone = author()
    page = someone.page
    someone.start_blank()
    someone.open_choice(0)
    outcome = page.locator("[data-control='choice.0.outcome']")
    page.get_by_role("button", name="Edit as OLX: What happens then").click()
    assert outcome.input_value() == "<p>What comes of it?</p>"
    outcome.fill("<p>He <q>stops</p>")
    page.get_by_text("has to be closed first").first.wait_for()
    assert "What comes of it?" in someone.text
    someone.box("ending:good-end").click()
    someone.save()
    page.locator("[data-dti-error]:not([hidden])").wait_for()
    assert someone.focused == "choice.0.outcome" and outcome.input_value() == "<p>He <q>stops</p>", "nothing was lost"
    outcome.fill("<p>He <q>stops</q></p>")
    assert "<q>stops</q>" in someone.text
    someone.box("ending:good-end").click()
    someone.box("scene:first").click()
    page.locator("[data-control='choice.0.outcome']").wait_for()
    assert outcome.input_value() == "<p>He <q>stops</q></p>", "what the shorthand cannot say stays OLX"


def test_text_that_is_no_xml_is_said_at_once_and_kept(author):
    someone = author()
    page = someone.page
    before = someone.text
    someone.tab("Text")
    area = page.locator("textarea[name=content]")
    area.fill(before + "<scene id='x'>")
    page.get_by_text(re.compile(r"Line \d+, column \d+: <scene> is never closed.")).first.wait_for()
    someone.tab("Story")
    assert page.locator(".dti-ed-workspace").evaluate("element => element.inert")
    someone.save()
    page.locator("[data-dti-error]:not([hidden])").wait_for()
    assert someone.scan() == []
    page.get_by_role("button", name="Go to the mistake").first.click()
    assert page.evaluate("document.activeElement.name") == "content"
    assert area.input_value().endswith("<scene id='x'>")
    page.get_by_role("button", name="Give up the text changes").last.click()
    assert someone.text == before


def test_three_scenes_from_blank_take_at_most_thirty_actions(author):
    """An action is one press of a button, or one text written. What is counted is all that a new scenario needs to be played."""
    someone = author()
    page = someone.page
    someone.tab("Text")
    page.locator("textarea[name=content]").fill("")  # as a new block is
    someone.tab("Story")
    actions = 0

    def press(target):
        nonlocal actions
        target.click()
        actions += 1

    def write(key, words):
        nonlocal actions
        someone.field(key).fill(words)
        actions += 1

    def scene(number):
        write("title", f"Scene {number}")
        write("line.0", "Hale holds him down. He says he cannot breathe.")
        for choice, words in enumerate(["Say his name.", "Look away."]):
            if not someone.field(f"choice.{choice}.text").count():
                press(someone.field(f"choice.{choice}.summary"))
            write(f"choice.{choice}.text", words)
            write(f"choice.{choice}.outcome", f"This comes of it in scene {number}.")
            write(f"choice.{choice}.why", "Every second counts.")

    press(page.locator("[data-starter=blank]").first)
    scene(1)
    for number in (2, 3):
        press(someone.field("choice.0.newScene"))
        assert someone.focused == "title"
        scene(number)
    assert page.locator(".dti-ed-problems li").all_inner_texts() == []
    press(page.get_by_role("button", name="Save", exact=True))
    page.wait_for_url("**/unit/**")
    assert actions <= 30, actions
    someone.open_editor(SMALL)
    scenario = olx.read(someone.text)
    assert rules.check(scenario) == []
    assert [[choice.to for choice in one.choices] for one in scenario.scenes] == [
        ["scene-2", "bad-end"],
        ["scene-3", "bad-end"],
        ["good-end", "bad-end"],
    ]
    assert analysis(scenario).ending == "good-end"
