"""The scenario's visual editor in Studio: nothing that an author wrote is lost, on bad days either."""

import json
import re

import pytest
from author import SMALL, Author
from playwright.sync_api import expect
from visitor import Visitor

pytestmark = pytest.mark.browser
SAVES = re.compile("/studio_save")


def test_a_save_with_problems_shows_them_and_one_without_closes(author):
    someone = author()
    page = someone.page
    someone.box("scene:bench").click()
    someone.open_choice(0)
    page.locator("[data-control='choice.0.why']").fill("")
    someone.save()
    someone.dialog().get_by_text("Say why it matters.").wait_for()
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


def test_a_save_that_takes_the_scenario_away_is_a_draft_unless_one_wants_just_that(author, chromium, preview):
    someone = author(expected_faults="409")
    page = someone.page
    someone.field("addScene").click()
    page.locator("[data-control=title]").fill("In the lot")
    someone.field("addScene").click()
    someone.save()
    dialog = someone.dialog()
    dialog.get_by_text("Learners cannot play until these 2 problems are fixed.").wait_for()
    assert "There is no choice. Add choices, or make this an ending." in dialog.inner_text()
    assert "<" not in dialog.inner_text(), "in the words of the form"
    assert someone.scan() == []
    dialog.get_by_role("button", name="Keep as draft").click()
    someone.dialog().get_by_text("Learners go on with the last version that works.").first.wait_for()
    someone.dialog().get_by_role("button", name="Keep editing").click()
    assert page.locator(".dti-ed-draft").is_visible()
    assert page.locator(".dti-ed-state").inner_text() == "Saved as a draft"

    learner = Visitor(chromium, preview)
    learner.be("learner")
    learner.open("unit/m08-how-to-intervene-u3")
    expect(learner.page.get_by_role("button", name="Start").first).to_be_visible()
    learner.close()

    someone.open_editor(SMALL)
    assert "In the lot" in someone.text and someone.dialog().count() == 0
    assert page.locator(".dti-ed-draft").is_visible()
    assert someone.scan() == []
    someone.field("draftBack").click()
    assert "In the lot" not in someone.text
    someone.save()
    page.wait_for_url("**/unit/**")
    someone.open_editor(SMALL)
    assert page.locator(".dti-ed-draft").is_hidden()

    someone.field("addScene").click()
    someone.save()
    someone.dialog().get_by_role("button", name="Save for learners all the same").click()
    someone.dialog().get_by_text("Saved. Learners have to wait").wait_for()
    assert page.locator(".dti-ed-draft").is_hidden()


def test_unsaved_work_outlives_a_closed_tab_and_is_offered_again(author):
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
    someone.dialog().get_by_role("button", name="Leave, keep it in this browser").click()
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
    page.route("**/js/scenario-studio/map.js", lambda route: route.fulfill(status=404, body=""))
    someone.expected_faults = ""
    someone.faults.clear()
    page.goto(page.url)
    page.locator("textarea[name=content]").wait_for()
    page.wait_for_function("document.querySelector('[data-dti-script=started]')")
    page.wait_for_timeout(500)
    assert page.locator(".dti-editor.is-started").count() == 0
    content = page.locator("textarea[name=content]")
    content.fill(content.input_value().replace("Two coffees", "Two plain coffees"))
    someone.save()
    page.wait_for_url("**/unit/**")
    page.unroute("**/js/scenario-studio/map.js")
    assert all("editor" in fault or "404" in fault for fault in someone.faults)
    someone.faults.clear()
    someone.open_editor(SMALL)
    assert "Two plain coffees" in someone.text
