"""The case-law editor in Studio: a list is put together, changed and saved, with every way there is to do it."""

import re

import pytest
from author import Author
from playwright.sync_api import expect
from visitor import MODES, SETTLED

pytestmark = pytest.mark.browser
BLOCK = "m07-case-law"
UNIT = "m07-download-u1"
FINDS = re.compile("/studio_find")
CHECKS = re.compile("/studio_check")


class Curator(Author):
    """An author in front of a reading list."""

    key = "block-v1:DTI+DTI101+v1+type@dti_case_law+block@"
    tabs = ("Visual", "Text", "Settings")

    def row(self, name: str):
        return self.page.locator(f'.dti-cls-row[data-key="authority:{name}"]')

    @property
    def names(self) -> list[str]:
        """The list's authorities, in order."""
        keys = self.page.locator(".dti-cls-row").evaluate_all("rows => rows.map((row) => row.dataset.key)")
        return [key.partition(":")[2] for key in keys]

    def press_in_row(self, control: str, name: str):
        self.field(f"{control}:authority:{name}").click()

    def found(self, name: str):
        """Wait until the library's search shows an authority."""
        self.field(f"add:{name}").wait_for()

    def look_for(self, words: str):
        with self.page.expect_response(FINDS):
            self.field("search").fill(words)

    def checked(self):
        """Wait until the server has judged what was just done."""
        expect(self.page.locator("ol.dti-ed-problems")).to_have_attribute("aria-busy", "false")

    def with_text(self, content: str):
        """Type a whole OLX text, and come back to the list."""
        self.tab("Text")
        self.page.locator("textarea[name=content]").fill(content)
        self.tab("Visual")
        self.checked()


@pytest.fixture
def curator(chromium, preview):
    """Makes authors who have the editor of a reading list open. A fault of the page that was not expected fails the test."""
    made = []

    def open_editor(block: str = BLOCK, expected_faults: str = "", **context) -> Curator:
        someone = Curator(chromium, preview, **{"viewport": {"width": 1280, "height": 900}, **context})
        someone.expected_faults = expected_faults
        made.append(someone)
        return someone.edit(block)

    yield open_editor
    for someone in made:
        faults = [fault for fault in someone.faults if not someone.expected_faults or someone.expected_faults not in fault]
        someone.close()
        assert faults == []


@pytest.mark.smoke
def test_a_list_is_built_from_blank_by_keyboard_alone_and_read_by_a_learner(curator):
    someone = curator()
    page = someone.page
    before = someone.names
    someone.tab_to(f"remove:authority:{before[0]}")
    for name in before:
        assert someone.focused == f"remove:authority:{name}", "the focus goes to the next row"
        someone.press("Enter")
    assert someone.names == [] and someone.focused == "search"
    for words, name in (
        ("graham connor", "graham-v-connor"),
        ("436 us 658", "monell-v-department-of-social-services"),
        ("242", "18-usc-242"),
    ):
        someone.press("Control+a")
        with page.expect_response(FINDS):
            someone.type(words)
        someone.found(name)
        someone.tab_to(f"add:{name}")
        someone.press("Enter")
        assert someone.focused == f"add:{name}", "the focus stays"
        someone.hears("added")
        someone.press("Enter")
        assert "In this list" in someone.field(f"add:{name}").inner_text()
        someone.tab_back_to("search")
    assert someone.names == ["graham-v-connor", "monell-v-department-of-social-services", "18-usc-242"], "none is there twice"

    someone.tab_back_to("up:authority:18-usc-242")
    someone.press("Enter")
    assert someone.focused == "up:authority:18-usc-242"
    someone.hears("now 2 of 3")
    someone.press("Enter", "Enter")
    someone.hears("first already")
    assert someone.names[0] == "18-usc-242"

    someone.tab_back_to("writeOwn")
    someone.press("Enter")
    assert someone.focused == "caption"
    someone.type("Riverside Order 12")
    someone.press("Tab")
    assert someone.names[-1] == "riverside-order-12", "its name follows its title while it is new"
    someone.tab_back_to("kind")
    someone.type("Po")  # Policy
    someone.tab_to("citation")
    someone.type("Riverside P.D. Gen. Order 12")
    someone.tab_to("in_brief")
    someone.type("Step in when force goes too far. As in *Graham*, what counts is what a reasonable officer would do.")
    someone.checked()
    assert page.locator(".dti-cls-preview em").inner_text() == "Graham"
    assert page.locator(".dti-ed-problems li").count() == 0
    text = someone.text
    someone.press("Control+s")
    page.wait_for_url("**/unit/**")
    someone.open_editor(BLOCK)
    assert someone.text == text
    assert someone.names == ["18-usc-242", "graham-v-connor", "monell-v-department-of-social-services", "riverside-order-12"]

    someone.be("learner")
    someone.open(f"unit/{UNIT}")
    shown = page.locator(".xblock[data-block-type=dti_case_law]").inner_text()
    places = [
        shown.find(title) for title in ("18 U.S.C. § 242", "Graham v. Connor", "Monell v. Department", "Riverside Order 12")
    ]
    assert -1 not in places and places == sorted(places)


def test_rows_are_dragged_and_escape_lets_them_stay(curator):
    someone = curator()
    page = someone.page
    before, text = someone.names, someone.text

    def drag(name: str, to: str, last_key: str = ""):
        grip = someone.row(name).locator(".dti-cls-grip")
        grip.scroll_into_view_if_needed()
        start, end = grip.bounding_box(), someone.row(to).bounding_box()
        page.mouse.move(start["x"] + 12, start["y"] + 12)
        page.mouse.down()
        page.mouse.move(start["x"] + 12, start["y"] - 20, steps=4)
        page.mouse.move(start["x"] + 12, end["y"] + 4, steps=8)
        if last_key:
            page.keyboard.press(last_key)
        page.mouse.up()

    drag(before[2], before[0], last_key="Escape")
    assert someone.names == before
    drag(before[2], before[0])
    assert someone.names == [before[2], before[0], before[1], *before[3:]]
    someone.hears("now 1 of")
    page.get_by_role("button", name="Undo").first.click()
    assert someone.names == before and someone.text == text


def test_a_list_that_is_longer_than_the_window_goes_along_with_a_dragged_row(curator):
    someone = curator(viewport={"width": 360, "height": 640})
    page, before = someone.page, someone.names
    grip = someone.row(before[0]).locator(".dti-cls-grip")
    grip.scroll_into_view_if_needed()
    start = grip.bounding_box()
    foot = page.locator("[data-dti-foot]").bounding_box()
    page.mouse.move(start["x"] + 12, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(start["x"] + 12, foot["y"] - 8, steps=8)
    behind = someone.row(before[-1])
    page.wait_for_function(
        "([row, foot]) => row.getBoundingClientRect().bottom < foot.getBoundingClientRect().top",
        arg=[behind.element_handle(), page.locator("[data-dti-foot]").element_handle()],
    )
    page.mouse.up()
    assert someone.names[-1] == before[0]


def test_what_is_removed_can_be_taken_back(curator):
    someone = curator()
    before, text = someone.names, someone.text
    someone.press_in_row("remove", before[1])
    assert someone.names == [before[0], *before[2:]]
    someone.page.locator(".dti-ed-notice").get_by_role("button", name="Undo").click()
    assert someone.names == before and someone.text == text


def test_the_library_says_what_is_taught_and_used_where(curator):
    someone = curator()
    someone.look_for("graham connor")
    someone.found("graham-v-connor")
    expect(someone.page.locator(".dti-cls-result").first).to_contain_text("490 U.S. 386 (1989)")
    result = someone.page.locator(".dti-cls-result").first.inner_text()
    assert "module 2" in result and "excessive force" in result
    assert "Also used in" not in someone.row(someone.names[0]).inner_text()
    someone.look_for("randall")
    someone.found("randall-v-prince-georges-county")
    expect(someone.page.locator(".dti-cls-result").first).to_contain_text("Also used in")
    expect(someone.page.locator(".dti-cls-result").first).to_contain_text("Case law")
    someone.look_for("zzzqqqxxx")
    someone.page.get_by_text("Nothing found.").wait_for()
    someone.look_for("")
    someone.field("filters").click()
    with someone.page.expect_response(FINDS):
        someone.field("filter.kind").select_option("statute")
    someone.found("18-usc-242")
    expect(someone.page.locator(".dti-cls-result", has_text="Decision")).to_have_count(0)


def test_the_whole_set_of_a_module_is_added_once_and_taken_back_at_once(curator):
    someone = curator()
    before = someone.names
    someone.field("moduleSet").select_option("2")
    someone.field("addSet").click()
    after = someone.names
    assert after[: len(before)] == before and len(after) == len(set(after)) > len(before) + 10
    someone.field("addSet").click()
    assert someone.names == after
    someone.hears("in the list already")
    someone.page.get_by_role("button", name="Undo").first.click()
    assert someone.names == before


def test_an_authority_of_the_library_is_changed_and_goes_back(curator):
    someone = curator()
    page, name, text = someone.page, someone.names[0], someone.text
    someone.press_in_row("change", name)
    facts = someone.field("facts")
    facts.wait_for()
    theirs = facts.input_value()
    facts.fill("The chief's own words & more.")
    someone.checked()
    assert "<facts>The chief's own words &amp; more.</facts>" in someone.text and someone.text.count("<") == text.count("<") + 3
    beside = page.locator("[data-field=facts] .dti-cls-theirs")
    assert theirs in beside.inner_text()
    assert "changed here" in someone.row(name).inner_text()
    assert page.locator(".dti-cls-theirs:visible").count() == 1, "only what was changed has the library's text beside it"
    beside.get_by_role("button").click()
    assert someone.focused == "facts" and facts.input_value() == theirs
    assert someone.text == text
    facts.fill("Again.")
    someone.field("rule").fill("Another.")
    someone.checked()
    someone.field("useLibraryAll").click()
    assert someone.text == text and someone.field("facts").input_value() == theirs


def test_what_cannot_be_empty_says_so_and_gets_the_librarys_text_back(curator):
    someone = curator()
    page, text = someone.page, someone.text
    someone.press_in_row("change", someone.names[0])
    for name in ("caption", "citation", "topics"):
        field = someone.field(name)
        field.wait_for()
        theirs = field.input_value()
        field.fill("")
        said = page.locator(f"[data-field={name}] .dti-ed-problem")
        expect(said).to_have_text("This cannot be empty; the library's text is used.")
        someone.checked()
        expect(said).to_be_visible()
        someone.press("Tab")
        expect(field).to_have_value(theirs)
        expect(said).to_be_hidden()
        assert someone.text == text
    treatment = someone.field("treatment")
    before = treatment.input_value()
    treatment.select_option("superseded" if before != "superseded" else "limited")
    beside = page.locator("[data-field=treatment] .dti-cls-theirs")
    assert treatment.locator("option:checked").inner_text() not in beside.inner_text()
    beside.get_by_role("button").click()
    assert someone.focused == "treatment" and treatment.input_value() == before and someone.text == text
    expect(beside).to_be_hidden()


def test_what_was_only_begun_is_not_called_wrong(curator):
    someone = curator()
    page = someone.page
    with page.expect_response(CHECKS):
        someone.field("writeOwn").click()
    someone.checked()
    assert page.locator(".dti-ed-form .dti-ed-problem:visible, .dti-cls-row .dti-ed-problem:visible").count() == 0
    expect(page.locator(".dti-ed-problems li", has_text="CL011")).to_have_count(1)
    someone.field("caption").focus()
    someone.press("Tab")
    page.locator("[data-field=caption] .dti-ed-problem:visible").wait_for()
    someone.field("addFromLibrary").click()
    page.locator(".dti-cls-row .dti-ed-problem:visible").wait_for()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (360, 740)])
def test_what_has_the_focus_is_not_behind_the_buttons_at_the_foot(curator, width, height):
    someone = curator(viewport={"width": width, "height": height})
    page = someone.page
    someone.field("writeOwn").click()
    in_sight = """() => { const one = document.activeElement, foot = document.querySelector("[data-dti-foot]");
      return foot.contains(one) || one.getBoundingClientRect().top <= foot.getBoundingClientRect().top - 20; }"""
    seen = []
    for _press in range(34):
        someone.press("Tab")
        seen.append(someone.focused)
        page.wait_for_function(in_sight)  # as soon as the page has scrolled
    assert "later_treatment" in seen


def test_messages_that_appear_above_do_not_push_what_has_the_focus_behind_the_buttons(curator):
    someone = curator(viewport={"width": 360, "height": 740})
    page = someone.page
    someone.field("writeOwn").click()
    last_above = """() => { const foot = document.querySelector("[data-dti-foot]").getBoundingClientRect().top;
      return [...document.querySelectorAll("[data-field] :is(input, select, textarea)")]
        .filter((one) => one.offsetParent && one.getBoundingClientRect().top < foot - 40).pop().closest("[data-field]").dataset.field; }"""
    someone.field(page.evaluate(last_above)).focus()
    overlap = """() => { const one = document.activeElement.getBoundingClientRect();
      return one.top + Math.min(one.height, 20) - document.querySelector("[data-dti-foot]").getBoundingClientRect().top; }"""
    page.wait_for_function(f"() => ({overlap})() <= 0")  # the answer to the first check may come only now
    say = "(height) => document.querySelector('[data-field=caption]').insertAdjacentHTML('beforeend', `<p style='height: ${height}px'>Wrong.</p>`)"
    for height in (30, 90, 260):
        page.evaluate(say, height)
        page.wait_for_function(f"() => ({overlap})() <= 0")
    # an author who has scrolled away from what has the focus is not pulled back
    page.evaluate("document.scrollingElement.scrollTop = 0")
    page.evaluate(SETTLED)  # the page has heard of it
    assert page.evaluate(overlap) > 0
    page.evaluate(say, 30)
    page.evaluate(SETTLED)
    assert page.evaluate(overlap) > 0 and page.evaluate("document.scrollingElement.scrollTop") == 0


def test_the_form_checks_while_it_is_written(curator):
    someone = curator()
    page = someone.page
    someone.field("writeOwn").click()
    someone.field("caption").fill("Doe v. Roe")
    someone.field("citation").fill("Doe v. Roe, 12 F.9th 3 (2020)")
    page.locator("[data-field=citation] .dti-ed-problem", has_text="is not one of those we know").wait_for()
    assert someone.scan() == []
    someone.field("citation").fill("Doe v. Roe, 490 U.S. 386 (1989)")
    page.get_by_text("The library has this already: Graham v. Connor").wait_for()
    expect(page.locator(".dti-cls-forms dd")).to_have_count(3)
    someone.field("decided").fill("1990-01-01")
    page.locator("[data-field=decided] .dti-ed-problem", has_text="The citation is of 1989").wait_for()
    assert someone.page.locator(".dti-ed-problems li").count() > 1
    problem = page.locator(".dti-ed-problems li", has_text="CL011")
    problem.locator("button").click()
    assert someone.focused == "in_brief"
    someone.field("slug").fill("graham-v-connor")
    someone.press("Tab")
    page.locator("[data-field=slug] .dti-ed-problem", has_text="taken").wait_for()


def test_a_problem_leads_to_its_field_even_before_the_librarys_texts_are_there(curator):
    someone = curator()
    someone.with_text('\n  <authority ref="garcetti-v-ceballos"><decided>1999</decided></authority>\n')
    someone.field("problems").click()
    assert someone.page.evaluate("document.activeElement.tagName") == "SUMMARY"
    someone.page.locator(".dti-ed-problems li", has_text="CL015").locator("button").click()
    someone.page.wait_for_function("document.activeElement.dataset.control === 'decided'")
    someone.tab("Text")
    someone.page.locator("textarea[name=content]").fill('\n  <authority ref="garcetti-v-ceballos"/>\n  <odd/>\n')
    someone.tab("Visual")
    someone.checked()
    someone.page.locator(".dti-ed-problems li", has_text="CL005").locator("button").click()
    chosen = "(area => area.value.slice(area.selectionStart, area.selectionEnd))(document.activeElement)"
    assert someone.page.evaluate(chosen).strip() == "<odd/>"


def test_text_that_is_no_xml_is_told_with_its_line_and_the_list_waits(curator):
    someone = curator()
    page, names = someone.page, someone.names
    someone.tab("Text")
    area = page.locator("textarea[name=content]")
    good = area.input_value()
    area.fill(good.replace("/>", ">", 1))
    page.get_by_text(re.compile(r"Line \d+, column \d+: <authority>")).first.wait_for()
    someone.tab("Visual")
    assert page.locator(".dti-ed-workspace").evaluate("one => one.inert")
    someone.save()
    assert "Line" in page.locator("[data-dti-error]:not([hidden])").inner_text()
    page.get_by_role("button", name="Give up the text changes").first.click()
    assert someone.names == names and someone.text == good


def test_not_a_letter_is_lost_while_somebody_types_in_the_text(curator):
    someone = curator()
    page = someone.page
    someone.tab("Text")
    area = page.locator("textarea[name=content]")
    with page.expect_response(CHECKS):
        area.fill('\n  <authority ref="graham-v-connor">\n    <facts></facts>\n  </authority>\n')
    area.evaluate("area => { area.focus(); const at = area.value.indexOf('</facts>'); area.setSelectionRange(at, at); }")
    said = "An officer looks on while another one goes too far"
    for number, word in enumerate(said.split()):
        with page.expect_response(CHECKS):  # the server is asked and answers between two words
            someone.type(word if not number else f" {word}")
    someone.checked()
    assert f"<facts>{said}</facts>" in area.input_value()
    someone.tab("Visual")
    assert f"<facts>{said}</facts>" in someone.text


def test_what_the_list_does_not_understand_stays_to_the_letter(curator):
    someone = curator()
    odd = '\n  <!-- ours -->\n  <authority   ref="garcetti-v-ceballos" note=\'x\'/>\n\n  <later>?</later>\n  <authority ref="jackler-v-byrne"/>\n'
    someone.with_text(odd)
    assert someone.names == ["garcetti-v-ceballos", "later", "jackler-v-byrne"]
    someone.press_in_row("down", "garcetti-v-ceballos")
    someone.press_in_row("up", "garcetti-v-ceballos")
    assert someone.text == odd
    someone.save()
    someone.dialog().get_by_text("<later> is not known here").wait_for()
    assert someone.scan() == []
    someone.dialog().get_by_role("button", name="Close").click()
    someone.page.wait_for_url("**/unit/**")
    someone.open_editor(BLOCK)
    assert someone.text == odd


def test_two_authors_are_asked_and_put_together(curator, chromium, preview):
    one = curator(expected_faults="409")
    other = Curator(chromium, preview, viewport={"width": 1280, "height": 900})
    other.be("studio")
    other.open_editor(BLOCK)
    last = other.names[-1]
    other.press_in_row("remove", last)
    other.save()
    other.page.wait_for_url("**/unit/**")
    other.close()

    one.look_for("graham connor")
    one.found("graham-v-connor")
    one.field("add:graham-v-connor").click()
    one.save()
    dialog = one.dialog()
    dialog.get_by_text("Somebody else has saved this block", exact=True).wait_for()
    rows = dialog.locator("tbody tr").all_inner_texts()
    assert len(rows) == 2 and any("Graham v. Connor" in row and "you" in row for row in rows)
    assert one.scan() == []
    dialog.get_by_role("button", name="Put both together").click()
    assert last not in one.names and one.names[-1] == "graham-v-connor"
    one.save()
    one.page.wait_for_url("**/unit/**")


def test_another_authors_order_is_named_and_taken_over(curator, chromium, preview):
    one = curator(expected_faults="409")
    before = one.names
    other = Curator(chromium, preview, viewport={"width": 1280, "height": 900})
    other.be("studio")
    other.open_editor(BLOCK)
    other.press_in_row("down", before[0])
    other.save()
    other.page.wait_for_url("**/unit/**")
    other.close()

    one.press_in_row("change", before[2])
    one.field("facts").fill("Ours.")
    one.save()
    dialog = one.dialog()
    row = dialog.locator("tbody tr", has_text="The order of the list")
    assert "the other author" in row.inner_text()
    assert dialog.get_by_text("putting the two together").count() == 0
    dialog.get_by_role("button", name="Put both together").click()
    assert one.names == [before[1], before[0], *before[2:]] and "<facts>Ours.</facts>" in one.text


def test_unsaved_work_is_kept_and_offered_again(curator):
    someone = curator()
    page, before = someone.page, someone.names
    someone.press_in_row("remove", before[0])
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{someone.address}/progress")
    someone.open_editor(BLOCK)
    someone.dialog().get_by_role("button", name="Restore it").click()
    assert someone.names == before[1:]


def test_settings_are_saved_with_the_list(curator):
    someone = curator()
    page = someone.page
    someone.tab("Settings")
    page.locator("select[name=complete_when]").select_option("ended")
    page.locator("input[name=notes]").uncheck()
    page.locator("input[name=agency_name]").fill("Riverside Police Department")
    assert someone.scan() == []
    someone.save()
    page.wait_for_url("**/unit/**")
    someone.open_editor(BLOCK)
    someone.tab("Settings")
    assert page.locator("select[name=complete_when]").input_value() == "ended"
    assert not page.locator("input[name=notes]").is_checked()
    assert page.locator("input[name=agency_name]").input_value() == "Riverside Police Department"


@pytest.mark.parametrize("mode", MODES.values(), ids=MODES)
def test_every_view_is_accessible_and_fits(curator, mode):
    someone = curator(**mode)
    page = someone.page
    someone.found(someone.page.locator("[data-control^='add:']").first.get_attribute("data-control").partition(":")[2])
    someone.field("filters").click()
    found = someone.flaws()
    someone.press_in_row("change", someone.names[0])
    someone.field("facts").wait_for()
    someone.field("facts").fill("Changed.")
    someone.checked()
    found += someone.flaws()
    someone.field("writeOwn").click()
    someone.checked()
    found += someone.flaws()
    for name in ("Text", "Settings"):
        someone.tab(name)
        found += someone.flaws()
    assert found == []
    someone.tab("Visual")
    small = page.locator(".dti-editor :is(button, select, summary, input):visible").evaluate_all(
        "all => all.filter((one) => one.getBoundingClientRect().height < 24 || one.getBoundingClientRect().width < 24).map((one) => one.outerHTML)"
    )
    assert small == []


def test_a_server_that_does_not_answer_is_said_and_nothing_is_lost(curator):
    someone = curator(expected_faults="Failed to load resource")
    page = someone.page
    page.route(FINDS, lambda route: route.abort())
    page.route(CHECKS, lambda route: route.fulfill(status=500, body="oops"))
    someone.field("search").fill("graham")
    page.get_by_text("could not be searched just now").wait_for()
    someone.press_in_row("remove", someone.names[0])
    page.get_by_text("could not be checked just now").wait_for()
    page.unroute(FINDS)
    page.unroute(CHECKS)
    someone.look_for("graham connor")
    someone.found("graham-v-connor")


def test_without_the_visual_editor_the_plain_form_saves(curator, chromium, preview):
    someone = curator(expected_faults="case-law-studio")
    page = someone.page
    page.route(
        re.compile("case-law-studio/editor.js"),
        lambda route: route.fulfill(content_type="text/javascript", body="throw new Error('no case-law-studio')"),
    )
    page.goto(f"{preview}/studio/edit/{someone.key}{BLOCK}")
    page.locator("[data-dti-script=started], [data-dti-script=failed]").wait_for()
    area = page.locator("textarea[name=content]")
    area.fill('\n  <authority ref="graham-v-connor"/>\n')
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/unit/**")
    page.unroute(re.compile("case-law-studio/editor.js"))
    someone.open_editor(BLOCK)
    assert someone.names == ["graham-v-connor"]
