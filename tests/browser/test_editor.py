"""The scenario's visual editor in Studio, in a real browser: by keyboard and by mouse, on bad days too."""

import json
import re
from random import Random

import pytest
from author import Author

from dti_xblocks.content_xml import MalformedContent, parse_content
from dti_xblocks.scenario import olx, rules

pytestmark = pytest.mark.browser
SMALL = "m08-ladder"
SAVES = re.compile("/studio_save")


@pytest.fixture
def author(chromium, preview):
    """An author with the editor of a scenario open."""
    made = []

    def open_editor(block: str = SMALL, expected_faults: str = "", **context) -> Author:
        context.setdefault("viewport", {"width": 1280, "height": 900})
        someone = Author(chromium, preview, **context)
        someone.expected_faults = expected_faults
        made.append(someone)
        return someone.edit(block)

    yield open_editor
    for someone in made:
        faults = [fault for fault in someone.faults if not someone.expected_faults or someone.expected_faults not in fault]
        someone.close()
        assert faults == []


# -- building a story ------------------------------------------------------------------------------------------------------


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
    someone.tab_to("choice.0.summary")
    someone.press("Enter")
    someone.tab_to("choice.0.to")
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
    assert scenario.possible == 7

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
    assert someone.spoken.startswith("Taken back: Deleted")


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
    assert someone.page.locator(".dti-ed-choice").count() == 5
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
    page.locator("[data-control='line.3.delete']").click()
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
    page.locator("[data-control='level.1.id']").fill("step-in")
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


# -- the map ---------------------------------------------------------------------------------------------------------------


def test_the_map_by_keyboard(author):
    someone = author()
    page = someone.page
    assert page.locator('.dti-box[tabindex="0"]').count() == 1, "one tab stop"
    someone.box("scene:roll-call").focus()
    label = someone.box("scene:roll-call").get_attribute("aria-label")
    assert label.startswith("Scene: Two coffees. The story starts here. Choices: 3. Leads to: The bench")
    someone.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.key") == "scene:bench"
    someone.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.key") == "scene:roll-call"
    someone.press("ArrowRight", "ArrowRight", "ArrowDown")
    third = page.evaluate("document.activeElement.dataset.key")
    assert third not in {"scene:bench", "scene:roll-call"}
    someone.press("Enter")
    assert page.evaluate("document.activeElement.closest('.dti-ed-panel') !== null")
    someone.box(third).focus()
    before = page.locator(".dti-canvas").evaluate("e => e.style.transform")
    someone.press("+")
    assert page.locator(".dti-canvas").evaluate("e => e.style.transform") != before
    place = someone.box(third).evaluate("e => e.style.insetInlineStart")
    someone.press("Shift+ArrowRight")
    assert someone.box(third).evaluate("e => e.style.insetInlineStart") != place
    someone.press("?")
    assert someone.dialog().count() == 1
    someone.press("Escape")
    assert page.evaluate("document.activeElement.dataset.key") == third


def test_boxes_are_dragged_and_stay_there_until_tidied(author):
    someone = author()
    page = someone.page
    before, text = someone.box("scene:bench").bounding_box(), someone.text
    page.mouse.move(before["x"] + 40, before["y"] + 12)
    page.mouse.down()
    page.mouse.move(before["x"] + 70, before["y"] + 90, steps=4)
    page.mouse.up()
    place = someone.box("scene:bench").evaluate("e => [e.style.insetInlineStart, e.style.insetBlockStart]")
    assert someone.text == text, "places are the author's view, no part of the story"
    someone.open_editor(SMALL)
    assert someone.box("scene:bench").evaluate("e => [e.style.insetInlineStart, e.style.insetBlockStart]") == place
    page.get_by_role("button", name="Tidy up").click()
    assert someone.box("scene:bench").evaluate("e => [e.style.insetInlineStart, e.style.insetBlockStart]") != place


def test_a_choice_is_led_somewhere_else_by_dragging_its_arrow(author):
    someone = author()
    page = someone.page
    page.get_by_role("button", name="Fit", exact=True).click()
    port = someone.box("scene:roll-call").locator(".dti-port").first.bounding_box()
    target = someone.box("scene:car-hot").bounding_box()
    page.mouse.move(port["x"] + port["width"] / 2, port["y"] + port["height"] / 2)
    page.mouse.down()
    page.mouse.move(target["x"] + 15, target["y"] + 8, steps=6)
    page.mouse.up()
    assert olx.read(someone.text).start.choices[0].to == "car-hot"
    page.get_by_role("button", name="Undo").first.click()
    assert olx.read(someone.text).start.choices[0].to != "car-hot"


def test_problems_lead_to_their_place_and_words_are_found(author):
    someone = author()
    page = someone.page
    someone.box("scene:bench").click()
    someone.open_choice(1)
    page.locator("[data-control='choice.1.why']").fill("")
    someone.box("scene:roll-call").click()
    page.locator(".dti-ed-problems button").first.click()
    assert someone.focused == "choice.1.why"
    someone.field("find").click()
    someone.type("sergeant")
    page.locator(".dti-ed-found li").first.wait_for()
    assert "Places found" in someone.dialog().inner_text()
    someone.press("Enter")
    assert someone.dialog().count() == 0
    assert page.evaluate("document.activeElement.closest('.dti-ed-panel') !== null")


def test_the_story_is_played_from_a_scene_as_it_stands(author):
    someone = author()
    page = someone.page
    someone.box("scene:bench").click()
    page.locator("[data-control='line.0']").fill("Nobody has saved this yet.")
    page.get_by_role("button", name="Play from here").click()
    someone.dialog().get_by_text("Nobody has saved this yet.").wait_for()
    assert someone.scan() == []
    someone.dialog().locator("input[name=choice]").first.check()
    someone.dialog().get_by_role("button", name="Do it").click()
    someone.dialog().get_by_text("Why it matters").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-dti-focus')")
    someone.dialog().get_by_role("button", name="One step back").click()
    someone.dialog().get_by_text("Nobody has saved this yet.").wait_for()
    someone.press("Escape")
    assert someone.focused == "play"
    someone.open_choice(0)
    page.locator("[data-control='choice.0.newScene']").click()
    page.get_by_role("button", name="Play from here").click()
    someone.dialog().locator("input[name=choice]").first.check()
    someone.dialog().get_by_role("button", name="Do it").click()
    someone.dialog().get_by_text("Nobody can go on from here").wait_for()


# -- keeping ---------------------------------------------------------------------------------------------------------------


def test_a_save_with_problems_shows_them_and_one_without_closes(author):
    someone = author()
    page = someone.page
    someone.box("scene:bench").click()
    someone.open_choice(0)
    page.locator("[data-control='choice.0.why']").fill("")
    someone.save()
    someone.dialog().get_by_text("This choice has no <why>.").wait_for()
    assert someone.scan() == []
    someone.dialog().locator(".dti-ed-problems button").first.click()
    page.wait_for_function("document.activeElement.closest('.dti-ed-panel') !== null")
    assert "Nothing to save" in page.locator(".dti-ed-state").inner_text()
    page.locator("[data-control='choice.0.why']").fill("Because.")
    someone.save()
    page.wait_for_url("**/unit/**")
    someone.open_editor(SMALL)
    assert "<why><p>Because.</p></why>" in someone.text
    assert someone.dialog().count() == 0, "no draft is left"


def test_a_draft_outlives_a_closed_tab_and_is_offered_again(author):
    someone = author()
    page = someone.page
    before = someone.text
    someone.box("scene:bench").click()
    page.locator("[data-control=title]").fill("The hard bench")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{someone.address}/progress")
    assert asked == ["beforeunload"], "leaving with unsaved work asks"
    someone.open_editor(SMALL)
    assert "You have unsaved work" in someone.dialog().inner_text()
    assert someone.scan() == []
    someone.dialog().get_by_role("button", name="Restore it").click()
    assert 'title="The hard bench"' in someone.text
    page.get_by_role("button", name="Undo").first.click()
    assert someone.text == before
    page.get_by_role("button", name="Redo").first.click()
    page.once("dialog", lambda dialog: dialog.accept())
    someone.open_editor(SMALL)
    someone.dialog().get_by_role("button", name="Discard it").click()
    assert someone.text == before
    someone.open_editor(SMALL)
    assert someone.dialog().count() == 0


def test_what_somebody_else_saved_is_not_overwritten_unasked(author, chromium, preview):
    one = author(expected_faults="409")
    other = Author(chromium, preview, viewport={"width": 1280, "height": 900})
    other.page.goto(preview)
    other.be("studio")
    other.open_editor(SMALL)
    other.box("ending:drove-on").click()
    other.page.locator("[data-control=title]").fill("They drove on, after all")
    other.save()
    other.page.wait_for_url("**/unit/**")
    other.close()

    page = one.page
    one.box("scene:bench").click()
    page.locator("[data-control=title]").fill("My bench")
    one.save()
    dialog = one.dialog()
    dialog.get_by_text("Somebody else has saved this block", exact=True).wait_for()
    rows = dialog.locator("tbody tr").all_inner_texts()
    assert any("My bench" in row and "you" in row for row in rows)
    assert len(rows) == 2 and any("the other author" in row for row in rows)
    assert one.scan() == []
    dialog.get_by_role("button", name="Put both together").click()
    text = one.text
    assert "My bench" in text and "They drove on, after all" in text
    one.save()
    page.wait_for_url("**/unit/**")
    one.open_editor(SMALL)
    assert one.text == text


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"status": 500, "body": "oops"}, "could not be saved"),
        ({"status": 403, "body": "<html>"}, "signed out"),
        ({"status": 200, "body": "<html>Sign in</html>", "content_type": "text/html"}, "signed out"),
        ({"status": 400, "body": json.dumps({"error": "“Weight” must be 0 or more."})}, "must be 0 or more"),
        (None, "connection was lost"),
    ],
    ids=["broken server", "expired session", "sign-in page", "refused", "offline"],
)
def test_nothing_is_lost_when_a_save_fails(author, answer, words):
    someone = author(expected_faults="console: Failed to load resource")
    page = someone.page
    someone.box("scene:bench").click()
    page.locator("[data-control=title]").fill("Kept")
    page.route(SAVES, lambda route: route.fulfill(**answer) if answer else route.abort())
    someone.save()
    page.locator("[data-dti-error]:not([hidden])").wait_for()
    assert words in page.locator("[data-dti-error]").inner_text()
    assert page.evaluate("document.activeElement.hasAttribute('data-dti-error')")
    assert page.locator("[data-control=title]").input_value() == "Kept"
    page.unroute(SAVES)
    someone.save()
    page.wait_for_url("**/unit/**")


def test_leaving_with_unsaved_work_asks(author):
    someone = author()
    page = someone.page
    someone.box("scene:bench").click()
    page.locator("[data-control=title]").fill("Leaving")
    page.get_by_role("button", name="Cancel").click()
    assert someone.scan() == []
    someone.press("Escape")
    assert someone.dialog().count() == 0
    page.get_by_role("button", name="Cancel").click()
    someone.dialog().get_by_role("button", name="Leave, keep a draft here").click()
    page.wait_for_url("**/unit/**")
    someone.open_editor(SMALL)
    someone.dialog().get_by_role("button", name="Restore it").click()
    assert "Leaving" in someone.text
    page.get_by_role("button", name="Cancel").click()
    someone.dialog().get_by_role("button", name="Leave, discard the changes").click()
    page.wait_for_url("**/unit/**")
    someone.open_editor(SMALL)
    assert someone.dialog().count() == 0


def test_a_scenario_goes_out_as_a_file_and_comes_back(author, tmp_path):
    someone = author(expected_faults="")
    page = someone.page
    before = someone.text
    someone.field("file").click()
    with page.expect_download() as download:
        someone.field("download").click()
    assert download.value.suggested_filename.endswith(".xml")
    path = tmp_path / "story.xml"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<dti_scenario ") and before in text
    path.write_text(
        text.replace("Two coffees", "Two teas").replace("display_name=", 'display_name="From a file" was='), encoding="utf-8"
    )
    someone.field("file").click()
    with page.expect_file_chooser() as chooser:
        someone.field("openFile").click()
    chooser.value.set_files(path)
    page.get_by_text("Opened: story.xml").first.wait_for()
    assert someone.text == before.replace("Two coffees", "Two teas")
    assert page.locator("[name=display_name]").input_value() == "From a file"
    page.get_by_role("button", name="Undo").first.click()
    assert someone.text == before
    path.write_text("<scene>", encoding="utf-8")
    someone.field("file").click()
    with page.expect_file_chooser() as chooser:
        someone.field("openFile").click()
    chooser.value.set_files(path)
    someone.dialog().get_by_text("never closed").wait_for()
    someone.press("Escape")
    assert someone.text == before


def test_settings_are_saved_undone_and_kept(author):
    someone = author()
    page = someone.page
    someone.tab("Settings")
    title = page.locator("[name=display_name]")
    was = title.input_value()
    title.fill("Another title")
    page.locator("[name=clock_rule]").select_option("off")
    page.get_by_role("button", name="Undo").first.click()
    assert page.locator("[name=clock_rule]").input_value() == "learner"
    page.get_by_role("button", name="Undo").first.click()
    assert title.input_value() == was
    page.get_by_role("button", name="Redo").first.click()
    someone.save()
    page.wait_for_url("**/unit/**")
    someone.open_editor(SMALL)
    assert page.locator("[name=display_name]").input_value() == "Another title"


def test_without_the_visual_editor_the_plain_form_works(author):
    someone = author(expected_faults="the visual editor did not start")
    page = someone.page
    page.route("**/js/editor/map.js*", lambda route: route.fulfill(status=404, body=""))
    someone.expected_faults = ""
    someone.faults.clear()
    page.goto(page.url)
    page.locator("textarea[name=content]").wait_for()
    page.wait_for_function("document.querySelector('.xblock.xblock-initialized')")
    page.wait_for_timeout(500)
    assert page.locator(".dti-editor.is-started").count() == 0
    content = page.locator("textarea[name=content]")
    content.fill(content.input_value().replace("Two coffees", "Two plain coffees"))
    someone.save()
    page.wait_for_url("**/unit/**")
    page.unroute("**/js/editor/map.js*")
    assert all("editor" in fault or "404" in fault for fault in someone.faults)
    someone.faults.clear()
    someone.open_editor(SMALL)
    assert "Two plain coffees" in someone.text


# -- for everybody ---------------------------------------------------------------------------------------------------------

TARGETS = """() => [...document.querySelectorAll('.dti-editor :is(a, button, input, summary, textarea, select)')]
    .filter((node) => node.type !== 'hidden' && node.getClientRects().length && getComputedStyle(node).display !== 'inline')
    .map((node) => [(node.closest('label') || node).getBoundingClientRect(), node.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width < 24 || box.height < 24).map(([box, html]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""

WAYS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 740}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "forced colors": {"viewport": {"width": 1280, "height": 900}, "forced_colors": "active"},
    "right to left": {"viewport": {"width": 360, "height": 740}, "locale": "ar"},
    "zoomed": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}


@pytest.mark.parametrize("way", WAYS)
def test_every_tab_form_and_dialog_is_usable(author, way):
    someone = author("m06-seconds", **WAYS[way])
    page, found = someone.page, []

    def look(what):
        found.extend(f"{what}: {finding}" for finding in someone.scan())
        found.extend(f"{what}: {target}" for target in page.evaluate(TARGETS))
        if someone.overflow() > 0:
            found.append(f"{what} is {someone.overflow()} px too wide")

    page.locator(".dti-box").nth(3).click()
    closed = page.locator(".dti-ed-panel details:not([open]) > summary:visible")
    while closed.count():
        closed.first.click()
    page.locator(".dti-ed-foldout:not([open]) > summary").click()
    look("scene")
    page.locator(".dti-box.is-ending").first.dispatch_event("dblclick")
    look("ending")
    for part in ("introduction", "levels", "meters"):
        page.locator(f"[data-part={part}]").click()
        look(part)
    for tab in ("Text", "Settings", "Story"):
        someone.tab(tab)
        look(tab)
    someone.field("file").click()
    look("menu")
    someone.field("startFrom").click()
    look("starters")
    someone.press("Escape")
    someone.field("help").click()
    look("help")
    someone.press("Escape")
    someone.field("find").click()
    someone.type("the")
    page.locator(".dti-ed-found li").first.wait_for()
    look("find")
    someone.press("Escape")
    assert found == []


def test_an_empty_scenario_offers_starters(author):
    someone = author()
    page = someone.page
    someone.tab("Text")
    page.locator("textarea[name=content]").fill("")
    someone.tab("Story")
    assert page.locator(".dti-ed-empty [data-starter]").count() == 4
    assert someone.scan() == []
    page.locator(".dti-ed-empty [data-starter=supervisor]").click()
    assert someone.focused.startswith("Scene:")
    assert rules.check(olx.read(someone.text)) == []


def test_the_editor_reads_as_xml_what_the_server_reads_as_xml(author):
    someone = author()
    text = someone.text
    text = text[text.index("<ending") : text.index("</ending>") + 9] + "&amp;<!-- c --><![CDATA[d]]>"
    signs = [
        "<",
        ">",
        "&",
        '"',
        "'",
        "/",
        "<!--",
        "-->",
        "]]>",
        "&amp;",
        "&#65;",
        "&x;",
        " ",
        "=",
        "<a>",
        "</a>",
        "<b/>",
        "<a:b/>",
        "<?p?>",
        "",
    ]
    random = Random(11)
    texts = []
    for _round in range(1500):
        at = random.randrange(len(text))
        texts.append(text[:at] + random.choice(signs) + text[at + random.randrange(3) :])
    ours = someone.page.evaluate(
        """async (texts) => {
            const address = document.querySelector("script[src*='start.js']").src.replace(/start\\.js.*/, "editor/xml.js");
            const {parse} = await import(address);
            return texts.map((text) => { try { parse(text); return true; } catch { return false; } });
        }""",
        texts,
    )
    assert sum(ours) > 300 and sum(ours) < 1200
    assert [one for one, sound in zip(texts, ours, strict=True) if sound != _is_content(one)] == []


def _is_content(text: str) -> bool:
    try:
        parse_content(text)
    except MalformedContent:
        return False
    return True
