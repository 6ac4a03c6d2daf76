"""The pledge editor in Studio: a pledge is written, changed, previewed and saved, with every way there is to do it."""

import re

import pytest
from author import Author
from playwright.sync_api import expect
from visitor import MODES

pytestmark = pytest.mark.browser
BLOCK = "m09-pledge"
UNIT = "m09-pledge-item-u1"
CHECKS = re.compile("/studio_check")


class Drafter(Author):
    """An author in front of a pledge."""

    key = "block-v1:DTI+DTI101+v1+type@dti_pledge+block@"
    tabs = ("Visual", "Text", "Settings")

    @property
    def preview(self):
        return self.page.locator(".dti-ed-preview")

    def names(self, kind: str) -> list[str]:
        """The ids of the statements or questions, in order."""
        keys = self.page.locator(".dti-pls-row").evaluate_all("rows => rows.map((row) => row.dataset.key)")
        return [key.partition(":")[2] for key in keys if key.startswith(f"{kind}:")]

    def row(self, kind: str, name: str):
        return self.page.locator(f'.dti-pls-row[data-key="{kind}:{name}"]')

    def press_in_row(self, control: str, kind: str, name: str):
        self.row(kind, name).locator(f"[data-control$='.{control}']").click()

    def checked(self):
        """Wait until the server has judged what was just done."""
        expect(self.page.locator("ol.dti-ed-problems")).to_have_attribute("aria-busy", "false")

    def with_text(self, content: str):
        """Type a whole OLX text, and come back to the form."""
        self.tab("Text")
        self.page.locator("textarea[name=content]").fill(content)
        self.tab("Visual")
        self.checked()

    def save_and_leave(self):
        self.save()
        self.page.wait_for_url("**/unit/**")

    def sign(self):
        """Sign the pledge as the learner who is in front of it."""
        self.open(f"unit/{UNIT}")
        where = self.page.locator(".xblock[data-block-type=dti_pledge]")
        for step in ("I have read the pledge to the end", "I agree to sign electronically"):
            button = where.get_by_role("button", name=step)
            if button.count():
                for box in where.locator("input[name=consent]").all():
                    box.check()
                button.click()
                button.wait_for(state="detached")
        for box in where.locator("input[type=checkbox]").all():
            box.check()
        for field in where.locator("input[name^=answer-]").all():
            field.fill("Riverside")
        name = where.locator("input[name=name]")
        name.fill(name.get_attribute("data-account-name"))
        where.get_by_role("button", name="Sign the pledge").click()
        where.get_by_role("link", name="PDF").first.wait_for()


@pytest.fixture
def drafter(chromium, preview):
    """Makes authors who have the editor of the pledge open. A fault of the page that was not expected fails the test."""
    made = []

    def open_editor(expected_faults: str = "", **context) -> Drafter:
        someone = Drafter(chromium, preview, **{"viewport": {"width": 1280, "height": 900}, **context})
        someone.expected_faults = expected_faults
        made.append(someone)
        return someone.edit(BLOCK)

    yield open_editor
    for someone in made:
        faults = [fault for fault in someone.faults if not someone.expected_faults or someone.expected_faults not in fault]
        someone.close()
        assert faults == []


@pytest.mark.smoke
def test_a_pledge_is_built_from_blank_by_keyboard_alone_and_read_by_a_learner(drafter):
    someone = drafter()
    page = someone.page
    someone.with_text("")
    assert page.get_by_text("This pledge is empty").is_visible()
    page.locator("[role=tab]").first.focus()

    someone.tab_to("preamble")
    someone.type("We serve *everybody* here.\n\n- by day\n- by night")
    someone.tab_to("addAffirmation")
    someone.press("Enter")
    assert someone.focused == "affirmation-8.text", "seven were there before"
    someone.type("I will step in.")
    someone.tab_to("addAffirmation")
    someone.press("Enter")
    someone.type("I will give aid & comfort.")
    someone.press("Tab")  # its buttons
    assert someone.focused == "affirmation-9.up"
    someone.press("Enter")
    assert someone.focused == "affirmation-9.up"
    someone.hears("now 1 of 2")
    someone.press("Enter")
    someone.hears("first already")
    someone.tab_to("closing")
    someone.type("Freely.")
    someone.tab_to("addField")
    someone.press("Enter")
    assert someone.focused == "field-4.label"
    someone.type("POST number")
    someone.tab_to("field-4.required")
    assert someone.names("field") == ["post-number"], "it is named after its label while it is new"
    someone.press("Space")
    someone.tab_to("field-4.kind")
    someone.type("Text in")  # a given form
    someone.tab_to("field-4.mask")
    someone.type("AA-9999[99]")
    someone.tab_to("field-4.trial")
    someone.type("AB-12345")
    assert "would not be taken" in page.locator(".dti-pls-verdict").inner_text()
    someone.type("6")
    assert page.locator(".dti-pls-verdict").inner_text() == "“AB-123456” would be taken."
    someone.tab_to("field-4.hint")
    someone.type("On your card")

    someone.checked()
    assert page.locator(".dti-ed-problems li").count() == 0
    text = someone.text
    assert text == (
        "\n  <preamble><p>We serve <em>everybody</em> here.</p>\n<ul><li>by day</li><li>by night</li></ul></preamble>"
        '\n  <affirmation id="statement-2">I will give aid &amp; comfort.</affirmation>'
        '\n  <affirmation id="statement-1">I will step in.</affirmation>'
        "\n  <closing><p>Freely.</p></closing>"
        '\n  <field id="post-number" label="POST number" required="true" format="AA-9999[99]" hint="On your card"/>\n'
    )
    expect(someone.preview.get_by_text("I will give aid & comfort.")).to_be_visible()
    someone.press("Control+s")
    page.wait_for_url("**/unit/**")
    someone.open_editor(BLOCK)
    assert someone.text == text

    someone.be("learner")
    someone.open(f"unit/{UNIT}")
    shown = page.locator(".xblock[data-block-type=dti_pledge]").inner_text()
    places = [
        shown.find(words) for words in ("We serve everybody here.", "I will give aid & comfort.", "I will step in.", "Freely.")
    ]
    assert -1 not in places and places == sorted(places)


def test_our_pledge_is_offered_to_an_empty_block(drafter):
    someone = drafter()
    text = someone.text
    someone.with_text("")
    someone.field("useStarter").click()
    assert someone.names("affirmation") == ["law", "watch", "act", "aid", "report", "accept", "protect"]
    assert someone.focused == "preamble"
    someone.page.locator(".dti-ed-notice").get_by_role("button", name="Undo").click()
    assert someone.page.get_by_text("This pledge is empty").is_visible()
    someone.page.get_by_role("button", name="Undo").first.click()
    assert someone.text == text


def test_the_preview_is_the_learners_page_and_nothing_in_it_can_be_used(drafter):
    someone = drafter()
    preview = someone.preview
    expect(preview.get_by_text("I will speak up")).to_be_visible()
    assert preview.get_by_role("button", name="Sign the pledge").is_disabled()
    for control in preview.locator("input, select, textarea, button").all():
        assert control.is_disabled() and not control.get_attribute("name")
    assert preview.locator("form, a[href], input[type=hidden], [tabindex]").count() == 0
    ids = someone.page.locator("[id]").evaluate_all("all => all.map((one) => one.id)")
    assert len(ids) == len(set(ids)), "the ids of the preview are its own"
    with someone.page.expect_response(CHECKS):
        someone.row("affirmation", "act").locator("textarea").fill("I will speak up <first>.")
    expect(preview.get_by_text("I will speak up <first>.")).to_be_visible()
    someone.hears("Preview updated.")
    someone.tab("Settings")
    with someone.page.expect_response(CHECKS):
        someone.page.locator("input[name=display_name]").fill("Riverside's pledge")
    someone.tab("Visual")
    expect(preview.locator("h4").first).to_have_text("Riverside's pledge")


def test_rows_are_dragged_and_escape_lets_them_stay(drafter):
    someone = drafter()
    page = someone.page
    before, text = someone.names("affirmation"), someone.text

    def drag(name: str, to: str, last_key: str = ""):
        someone.row("affirmation", to).evaluate("row => row.scrollIntoView({block: 'center'})")  # not behind the foot
        grip = someone.row("affirmation", name).locator(".dti-cls-grip")
        start, end = grip.bounding_box(), someone.row("affirmation", to).bounding_box()
        page.mouse.move(start["x"] + 12, start["y"] + 12)
        page.mouse.down()
        page.mouse.move(start["x"] + 12, start["y"] - 20, steps=4)
        page.mouse.move(start["x"] + 12, end["y"] + 4, steps=8)
        if last_key:
            page.keyboard.press(last_key)
        page.mouse.up()

    drag(before[1], before[0], last_key="Escape")
    assert someone.names("affirmation") == before
    drag(before[1], before[0])
    assert someone.names("affirmation") == [before[1], before[0], *before[2:]]
    someone.hears("now 1 of")
    page.get_by_role("button", name="Undo").first.click()
    assert someone.names("affirmation") == before and someone.text == text


def test_what_is_removed_can_be_taken_back(drafter):
    someone = drafter()
    before, text = someone.names("affirmation"), someone.text
    someone.press_in_row("remove", "affirmation", before[1])
    assert someone.names("affirmation") == [before[0], *before[2:]]
    assert someone.focused.endswith(".remove")
    someone.page.locator(".dti-ed-notice").get_by_role("button", name="Undo").click()
    assert someone.names("affirmation") == before and someone.text == text


def test_the_kind_of_an_answer_is_changed_and_what_was_typed_comes_back(drafter):
    someone = drafter()
    row, text = someone.row("field", "rank"), someone.text
    kind, options = row.locator("select"), row.locator("textarea")
    kind.select_option("options")
    options.fill("Officer\nSergeant\n\nOfficer")
    someone.checked()
    assert "PL013" in someone.page.locator(".dti-ed-problems").inner_text()
    assert "each once" in row.locator("> .dti-pls-body > .dti-ed-problem").inner_text()
    options.fill("Officer\nSergeant")
    someone.checked()
    assert "<option>Officer</option>" in someone.text
    expect(someone.preview.locator("select option", has_text="Sergeant")).to_be_attached()
    kind.select_option("text")
    assert someone.text == text
    kind.select_option("options")
    assert someone.text.count("<option>") == 2
    kind.select_option("mask")
    row.locator("[data-control$='.mask']").fill("9[9")
    assert "cannot be used" in row.inner_text()
    assert someone.text.count("<option>") == 0


def test_what_the_form_does_not_understand_stays_to_the_letter(drafter):
    someone = drafter()
    odd = (
        "\n  <!-- agreed -->\n  <preamble><p>As <q>we</q> said.</p></preamble>\n  <affirmation   id='law' note=\"kept\">I know\n"
        '    it.</affirmation><affirmation id="b">B.</affirmation>\n  <odd/>\n'
    )
    someone.with_text(odd)
    assert someone.page.get_by_text("This text has markup that the form cannot show").first.is_visible()
    assert someone.page.locator("textarea[data-control=preamble]").get_attribute("readonly") is not None
    someone.row("affirmation", "b").locator("textarea").fill("B now.")
    assert someone.text == odd.replace("B.", "B now.")
    someone.checked()
    assert {"PL006", "PL007"} <= set(re.findall(r"PL\d{3}", someone.page.locator(".dti-ed-problems").inner_text()))
    assert someone.scan() == []
    someone.field("preamble.text").click()
    assert someone.focused == "TEXTAREA" or someone.page.locator("textarea[name=content]").is_visible()


def test_text_that_is_no_xml_is_told_and_the_form_waits(drafter):
    someone = drafter()
    page = someone.page
    text = someone.text
    someone.tab("Text")
    page.locator("textarea[name=content]").fill("<preamble><p>x</preamble>")
    page.get_by_text("has to be closed first").first.wait_for()
    someone.tab("Visual")
    assert page.locator(".dti-ed-workspace").evaluate("one => one.inert")
    assert someone.scan() == []
    page.locator(".dti-ed-broken:visible").get_by_role("button", name="Give up").click()
    assert someone.text == text


def test_a_problem_leads_to_what_it_is_about(drafter):
    someone = drafter()
    page = someone.page
    someone.row("affirmation", "aid").locator("textarea").fill("")
    someone.row("affirmation", "law").locator("textarea").focus()
    someone.checked()
    page.locator(".dti-ed-problems").get_by_role("button", name="Statement 4").click()
    assert page.evaluate("document.activeElement.closest('[data-key]').dataset.key") == "affirmation:aid"
    someone.tab("Settings")
    page.locator("input[name=opens_on]").fill("soon")
    someone.tab("Visual")
    someone.checked()
    page.locator(".dti-ed-problems").get_by_role("button", name="Can be signed from").click()
    assert page.evaluate("document.activeElement.name") == "opens_on"


def test_the_gate_is_chosen_by_its_title_or_named(drafter):
    someone = drafter()
    page = someone.page
    someone.tab("Settings")
    gates, name = someone.field("gate"), page.locator("input[name=gate_block]")
    assert not name.is_visible()
    page.get_by_label("Must be passed first").select_option("m09-final")
    page.locator("input[name=gate_percent]").fill("80")
    assert someone.scan() == []
    someone.save_and_leave()
    someone.open_editor(BLOCK)
    someone.tab("Settings")
    assert gates.input_value() == "m09-final" == name.input_value()
    gates.select_option(label="Another block…")
    assert name.is_visible() and page.evaluate("document.activeElement.name") == "gate_block"
    name.fill("m08-quiz-7")
    assert someone.scan() == []
    someone.save_and_leave()
    someone.open_editor(BLOCK)
    someone.tab("Settings")
    assert name.is_visible() and name.input_value() == "m08-quiz-7"


def test_the_certificates_lines_are_saved(drafter):
    someone = drafter()
    someone.tab("Settings")
    someone.page.locator("textarea[name=certificate_text]").fill("Riverside Police\nDuty & honor")
    someone.save_and_leave()
    someone.open_editor(BLOCK)
    someone.tab("Settings")
    assert someone.page.locator("textarea[name=certificate_text]").input_value() == "Riverside Police\nDuty & honor"


def test_a_new_version_of_a_signed_wording_is_asked_about(drafter):
    someone = drafter(expected_faults="409")
    page = someone.page
    someone.be("second")
    someone.sign()
    someone.be("studio")
    someone.open_editor(BLOCK)
    version = page.locator(".dti-pls-version")
    assert "People who have signed: 1" in version.inner_text()

    someone.row("field", "rank").locator("[data-control$='.label']").fill("Rank")
    someone.save_and_leave()  # a question is no wording
    someone.open_editor(BLOCK)
    someone.row("affirmation", "act").locator("textarea").fill("I will speak up.")
    someone.checked()
    assert "this makes a new version" in version.inner_text()
    someone.save()
    dialog = someone.dialog()
    dialog.get_by_text("Save a new version of the wording?").wait_for()
    assert someone.scan() == []
    said = dialog.inner_text()
    assert "signed this pledge: 1" in said and "1 person who has signed will be offered to sign again" in said
    assert re.search(r"Saved wording: [0-9a-f]{8}\. New wording: [0-9a-f]{8}\.", said)
    someone.press("Tab")
    assert someone.focused == "confirmVersion"
    someone.press("Tab", "Enter")
    assert dialog.get_by_text("Check the box first.").is_visible() and someone.focused == "confirmVersion"
    someone.press("Escape")
    assert dialog.count() == 0 and page.locator(".dti-ed-state.is-dirty").is_visible()
    someone.press("Control+s")
    dialog.locator("input[type=checkbox]").check()
    someone.field("confirmSave").click()
    page.wait_for_url("**/unit/**")

    someone.be("second")
    someone.open(f"unit/{UNIT}")
    shown = page.locator(".xblock[data-block-type=dti_pledge]").inner_text()
    assert "The wording of this pledge has changed since you signed it" in shown and "I will speak up." in shown


def test_two_authors_are_asked_and_put_together(drafter, chromium, preview):
    one = drafter(expected_faults="409")
    other = Drafter(chromium, preview, viewport={"width": 1280, "height": 900})
    other.be("studio")
    other.open_editor(BLOCK)
    other.press_in_row("remove", "field", "badge")
    other.save_and_leave()
    other.close()

    one.row("field", "agency").locator("[data-control$='.hint']").fill("As on your badge")
    one.save()
    dialog = one.dialog()
    dialog.get_by_text("Somebody else has saved this block", exact=True).wait_for()
    rows = dialog.locator("tbody tr").all_inner_texts()
    assert len(rows) == 2 and any("Agency" in row and "you" in row for row in rows)
    assert one.scan() == []
    dialog.get_by_role("button", name="Put both together").click()
    assert one.names("field") == ["agency", "rank"] and "As on your badge" in one.text
    one.save_and_leave()


def test_unsaved_work_is_kept_and_offered_again(drafter):
    someone = drafter()
    page, before = someone.page, someone.names("affirmation")
    someone.press_in_row("remove", "affirmation", before[0])
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{someone.address}/progress")
    someone.open_editor(BLOCK)
    someone.dialog().get_by_role("button", name="Restore it").click()
    assert someone.names("affirmation") == before[1:]


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_view_is_accessible_and_fits(drafter, mode):
    someone = drafter(**mode)
    page = someone.page
    someone.field("addAffirmation").click()
    someone.field("addField").click()
    someone.row("field", "agency").locator("select").select_option("mask")
    someone.row("field", "agency").locator("[data-control$='.mask']").fill("99")
    someone.row("field", "rank").locator("select").select_option("options")
    someone.checked()
    found = someone.flaws()
    for name in ("Text", "Settings"):
        someone.tab(name)
        found += someone.flaws()
    assert found == []
    someone.tab("Visual")
    small = page.locator(".dti-editor :is(button, select, summary, input[type=text], textarea):visible").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().height < 24 || one.getBoundingClientRect().width < 24)"
        ".map((one) => one.outerHTML)"
    )
    assert small == []
    if "locale" in mode:
        assert page.locator("html").get_attribute("dir") == "rtl"
        row = someone.row("affirmation", "law")
        grip, text = (row.locator(part).bounding_box()["x"] for part in (".dti-cls-grip", "textarea"))
        assert grip > text


def test_a_server_that_does_not_answer_is_said_and_nothing_is_lost(drafter):
    someone = drafter(expected_faults="Failed to load resource")
    page = someone.page
    page.route(CHECKS, lambda route: route.fulfill(status=500, body="oops"))
    someone.row("affirmation", "law").locator("textarea").fill("I know the law.")
    page.get_by_text("could not be checked just now").wait_for()
    page.unroute(CHECKS)
    someone.row("affirmation", "law").locator("textarea").fill("I know the law well.")
    expect(someone.preview.get_by_text("I know the law well.")).to_be_visible()


def test_without_the_visual_editor_the_plain_form_saves(drafter, preview):
    someone = drafter(expected_faults="pledge-studio")
    page = someone.page
    missing = re.compile("pledge-studio/editor.js")
    page.route(missing, lambda route: route.fulfill(content_type="text/javascript", body="throw new Error('no pledge-studio')"))
    page.goto(f"{preview}/studio/edit/{someone.key}{BLOCK}")
    page.locator("input[name=display_name]").fill("Plain")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/unit/**")
    page.unroute(missing)
    someone.open_editor(BLOCK)
    someone.tab("Settings")
    assert page.locator("input[name=display_name]").input_value() == "Plain"
