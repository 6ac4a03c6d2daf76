"""The case-law reader as officers meet it: reading, searching, marking, with pointer and keyboard, without script, in every mode."""

import pytest
from playwright.sync_api import expect
from visitor import MODES, Visitor

pytestmark = pytest.mark.browser

UNIT = "unit/m02-download-u1"
WIDE = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def readers(chromium, preview):
    """Makes officers with a browser of their own, each with nothing read and nothing noted. Faults of the page fail the test."""
    made = []

    def someone(person: str = "learner", expected: str = "", **context) -> Visitor:
        visitor = Visitor(chromium, preview, **{**WIDE, **context})
        visitor.expected = expected
        made.append(visitor)
        visitor.be(person)
        if person in ("learner", "second"):
            visitor.start_over()
        return visitor

    yield someone
    for visitor in made:
        faults = [fault for fault in visitor.faults if not visitor.expected or visitor.expected not in fault]
        visitor.close()
        assert faults == []


def read(visitor, slug="graham-v-connor"):
    """Go to the reader of an authority by its address."""
    visitor.open(f"{UNIT}#case-{slug}")
    reader = visitor.page.locator(f"article[data-dti-slug='{slug}']")
    reader.wait_for()
    return reader


def select(page, words):
    """Select the first place of `words` in the brief, as a reader does with the mouse."""
    assert page.evaluate(
        """words => {
            const walker = document.createTreeWalker(document.querySelector('[data-dti-brief]'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return true;
            }
            return false;
        }""",
        words,
    )
    page.locator(".dti-cl-tools").wait_for()


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent.trim().replace(/\\s+/g, ' ')")


# -- reading -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("context", MODES.values(), ids=MODES)
def test_every_screen_in_every_mode(readers, context):
    visitor = readers(**context)
    page, found = visitor.page, []
    visitor.open(UNIT)
    found += visitor.flaws()
    page.locator(".dti-cl-home > summary").click()
    page.locator(".dti-cl-shape", has_text="MN").locator("rect").first.click()
    page.locator("h4", has_text="from the 8th Circuit").wait_for()
    assert "from the 8th Circuit" in focused(page) and page.locator("#case-united-states-v-broussard").count() == 0
    found += visitor.flaws()
    page.locator(".dti-cl-circuit-list a", has_text="5th Circuit").focus()
    page.keyboard.press("Enter")
    page.locator("#case-united-states-v-broussard").wait_for()
    page.locator("select[name=jurisdiction]").select_option("CA")
    page.locator(".dti-cl-home-form button").click()
    page.locator(".dti-cl-home-law").wait_for(state="attached")
    page.locator(".dti-cl-home > summary").click()
    found += visitor.flaws()
    read(visitor, "monroe-v-pape")
    select(page, "Section 1983")
    found += visitor.flaws()
    page.locator(".dti-cl-tools button").last.click()
    page.locator("textarea[name=note]").first.fill("Ask the sergeant.")
    page.locator("[data-dti-mark-form] button[type=submit]").click()
    page.locator("[data-dti-newest]").wait_for()
    found += visitor.flaws()
    page.locator(".dti-cl-answer input").first.check()
    page.locator(".dti-cl-check button").click()
    page.locator("[data-dti-verdict]").wait_for()
    found += visitor.flaws()
    visitor.open(f"{UNIT}#find?q=objective")
    page.locator("[data-dti-hit]").first.wait_for()
    page.locator(".dti-cl-filters > summary").click()
    found += visitor.flaws()
    visitor.open(f"{UNIT}#notes")
    page.locator(".dti-cl-noted").wait_for()
    found += visitor.flaws()
    visitor.open(f"{UNIT}#packet")
    page.locator("[name=which]").first.wait_for()
    found += visitor.flaws()
    assert found == []


@pytest.mark.parametrize("link", ["#case-graham-v-connor", "?case=graham-v-connor"])
def test_a_link_to_an_authority_opens_it_and_focus_is_on_its_name(readers, link):
    visitor = readers()
    visitor.open(f"{UNIT}{link}")
    visitor.page.wait_for_function("document.activeElement.textContent.trim() === 'Graham v. Connor'")


def test_a_link_to_a_paragraph_leads_to_it(readers):
    visitor = readers()
    visitor.open(f"{UNIT}#case-graham-v-connor--on-the-street-1")
    visitor.page.wait_for_function("document.activeElement.id === 'case-graham-v-connor--on-the-street-1'")
    assert visitor.page.evaluate(
        "(() => { const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.top < innerHeight; })()"
    )


def test_forward_and_back_and_the_browsers_own_back(readers):
    visitor = readers()
    page = visitor.page
    visitor.open(UNIT)
    page.get_by_role("link", name="Graham v. Connor").click()
    page.locator("article[data-dti-slug='graham-v-connor']").wait_for()
    assert page.url.endswith("#case-graham-v-connor") and focused(page) == "Graham v. Connor"
    page.locator("a[data-dti-next]").click()
    page.locator("article[data-dti-slug='tennessee-v-garner']").wait_for()
    page.go_back()
    page.locator("article[data-dti-slug='graham-v-connor']").wait_for()
    page.go_back()
    page.get_by_text("Opened: 2 of 13.").wait_for()


def test_the_end_in_sight_counts_and_takes_nothing_from_the_reader(readers):
    visitor = readers()
    page = visitor.page
    visitor.stop_the_clock()
    reader = read(visitor)
    page.clock.run_for(9000)
    reader.locator(".dti-cl-new > summary").click()
    page.locator("[data-dti-mark-form] textarea").fill("half a note")
    page.locator("[data-dti-end]").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    page.clock.run_for(2000)
    page.get_by_text("You have read this to the end.").wait_for()
    assert page.locator("[data-dti-mark-form] textarea").input_value() == "half a note"
    assert page.evaluate("document.activeElement.name") == "note"


def test_a_citation_is_copied_and_said(readers):
    visitor = readers(permissions=["clipboard-read", "clipboard-write"])
    reader = read(visitor)
    reader.get_by_role("button", name="Copy the short citation").click()
    visitor.page.get_by_text("Citation copied.").wait_for()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == "Graham, 490 U.S. 386"


# -- searching -----------------------------------------------------------------------------------------------------------------


@pytest.mark.smoke
def test_results_come_while_typing_and_the_words_stay(readers):
    visitor = readers()
    page = visitor.page
    visitor.open(UNIT)
    page.get_by_label("Search the whole library").press_sequentially("490 us 386", delay=60)
    page.locator("[data-dti-hit='1']", has_text="Graham v. Connor").wait_for()
    assert page.evaluate("[document.activeElement.type, document.activeElement.value]") == ["search", "490 us 386"]
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("failure to train")
    page.locator("[data-dti-hit='1']", has_text="Canton").wait_for()
    assert page.locator("[data-dti-count]").inner_text().split()[1].startswith("result")
    assert page.locator("mark").count() > 0


def test_a_search_can_be_linked_narrowed_and_reached_by_keyboard(readers):
    visitor = readers()
    page = visitor.page
    visitor.open(f"{UNIT}#find?q=intervene")
    page.locator("[data-dti-hit]").first.wait_for()
    all_of_them = int(page.locator("[data-dti-count]").inner_text().split()[0])
    page.locator(".dti-cl-filters > summary").click()
    page.locator("select[name=circuit]").select_option("4th")
    page.wait_for_function("before => parseInt(document.querySelector('[data-dti-count]').textContent) < before", arg=all_of_them)
    assert page.url.endswith("#find"), "what is searched for stands in no address"
    page.goto("about:blank")
    page.go_back()
    page.locator("[data-dti-hit]").first.wait_for()
    assert page.locator("select[name=circuit]").input_value() == "4th"
    page.locator("[data-dti-hit='1']").focus()
    page.keyboard.press("Enter")
    page.locator("article[data-dti-slug='randall-v-prince-georges-county']").wait_for()
    assert "Randall" in focused(page)


def test_more_results_keep_the_place(readers):
    visitor = readers()
    page = visitor.page
    visitor.open(f"{UNIT}#find?q=officer")
    page.get_by_role("button", name="Show more results").click()
    page.locator("[data-dti-hit='21']").wait_for()
    page.wait_for_function("document.activeElement.dataset.dtiHit === '21'")


# -- marking -------------------------------------------------------------------------------------------------------------------


def test_selected_words_are_highlighted_and_stay(readers):
    visitor = readers()
    page = visitor.page
    read(visitor)
    select(page, "objective reasonableness")
    page.get_by_role("button", name="Highlight", exact=True).click()
    page.locator("[data-dti-brief] mark", has_text="objective reasonableness").wait_for()
    select(page, "acted maliciously")
    page.get_by_role("button", name="Write a note").click()
    assert page.evaluate("document.activeElement.name") == "note"
    page.keyboard.type("The old test.")
    page.locator("[data-dti-mark-form] button[type=submit]").click()
    page.locator("[data-dti-newest]", has_text="The old test.").wait_for()
    assert "acted maliciously" in focused(page)
    read(visitor)
    assert page.locator("[data-dti-brief] mark").all_inner_texts() == ["objective reasonableness", "acted maliciously"]


def test_a_selection_over_marks_and_paragraphs_is_taken_rightly(readers):
    visitor = readers()
    page = visitor.page
    read(visitor)
    select(page, "objective reasonableness")
    page.get_by_role("button", name="Highlight", exact=True).click()
    page.locator("[data-dti-brief] mark").wait_for()
    page.evaluate(
        """() => {
            const from = document.querySelector('[data-dti-paragraph="holding:0"]');
            const to = document.querySelector('[data-dti-paragraph="rule:0"]');
            const range = document.createRange();
            range.setStart(from.lastChild, from.lastChild.data.indexOf('The older') + 1); // as a hand that is late
            range.setEnd(to.firstChild, 10);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    page.locator(".dti-cl-tools").wait_for()
    page.get_by_role("button", name="Highlight", exact=True).click()
    page.locator("[data-dti-brief] mark").nth(1).wait_for()
    marks = page.locator("[data-dti-brief] mark").all_inner_texts()
    assert marks[0] == "objective reasonableness"
    assert marks[1].startswith("The older due-process test") and marks[1].endswith("these claims.")


@pytest.mark.smoke
def test_a_note_by_keyboard_alone(readers):
    visitor = readers()
    page = visitor.page
    read(visitor)
    page.wait_for_function("document.activeElement.textContent.trim() === 'Graham v. Connor'")

    def tab_to(wanted):
        for _press in range(80):
            if page.evaluate(f"document.activeElement.matches({wanted!r})"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no way to {wanted} by Tab")

    tab_to(".dti-cl-new > summary")
    page.keyboard.press("Enter")
    tab_to("select[name=passage]")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("select[name=passage] option:checked").inner_text()
    tab_to("textarea[name=note]")
    page.keyboard.type("By keyboard.")
    tab_to("[data-dti-mark-form] button")
    page.keyboard.press("Enter")
    page.locator("[data-dti-newest]").wait_for()
    assert page.locator("[data-dti-brief] mark").inner_text().startswith(chosen.rstrip(" …")[:40])
    assert "By keyboard." in focused(page)


def test_a_bad_line_loses_no_note_and_makes_no_second(readers):
    visitor = readers(expected="503")
    page = visitor.page
    read(visitor)
    lost = {"left": 1}

    def lose(route):
        if lost["left"]:
            lost["left"] -= 1
            route.fetch()  # it arrives, and the answer is lost
            route.fulfill(status=503, body="away")
        else:
            route.continue_()

    page.route("**/mark_add*", lose)
    select(page, "objective reasonableness")
    page.get_by_role("button", name="Highlight", exact=True).click()
    page.locator("[data-dti-brief] mark").wait_for()
    visitor.open(f"{UNIT}#notes")
    page.get_by_text("1 mark", exact=True).wait_for()


def test_offline_says_so_and_the_page_stays(readers):
    visitor = readers(expected="ERR_INTERNET_DISCONNECTED")
    page = visitor.page
    read(visitor)
    visitor.context.set_offline(True)
    page.locator("a[data-dti-next]").click()
    page.get_by_text("The connection was lost.").first.wait_for()
    expect(page.locator("article[data-dti-slug='graham-v-connor']")).to_be_visible()


def test_another_learner_and_staff_see_nothing_of_it(readers):
    mine = readers()
    read(mine)
    select(mine.page, "objective reasonableness")
    mine.page.get_by_role("button", name="Highlight", exact=True).click()
    mine.page.locator("[data-dti-brief] mark").wait_for()
    for person in ("second", "staff"):
        other = readers(person)
        read(other)
        assert other.page.locator("[data-dti-brief] mark").count() == 0


# -- without the script ----------------------------------------------------------------------------------------------------------


def test_without_script_everything_can_be_done(readers):
    visitor = readers(java_script_enabled=False)
    page = visitor.page
    page.goto(f"{visitor.address}/{UNIT}")
    page.get_by_role("link", name="Graham v. Connor").click()
    expect(page.locator("h1")).to_have_text("Case law: personal liability")
    page.locator(".dti-cl-new > summary").click()
    page.locator("select[name=passage]").select_option(index=3)
    page.locator("[data-dti-mark-form] textarea").fill("On paper.")
    page.locator("[data-dti-mark-form] button").click()
    expect(page.locator("[data-dti-brief] mark")).to_have_count(1)
    page.locator(".dti-cl-answer input").first.check()
    page.get_by_role("button", name="I have read this to the end").click()
    expect(page.get_by_text("You have read this to the end.")).to_be_visible()
    page.get_by_role("link", name="Back to the list").first.click()
    page.locator("input[name=q]").fill("monell")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("[data-dti-hit]").first).to_contain_text("Monell")
    page.goto(f"{visitor.address}/{UNIT}")
    page.get_by_role("link", name="My notes (1)").click()
    assert page.locator(".dti-cl-note").inner_text() == "On paper."


# -- a slow line ---------------------------------------------------------------------------------------------------------------


def delay(page, pattern, seconds):
    """Let the answers of a handler be that late."""

    def late(route):
        answer = route.fetch()
        page.wait_for_timeout(seconds * 1000)
        route.fulfill(response=answer)

    page.route(pattern, late)


def test_letters_typed_while_the_first_results_come_are_kept_and_searched(readers):
    visitor = readers()
    page = visitor.page
    visitor.open(UNIT)
    delay(page, "**/find", 0.6)
    page.get_by_label("Search the whole library").press_sequentially("qualified immunity officer", delay=90)
    page.wait_for_function("history.state?.dtiFind?.some(([, value]) => value === 'qualified immunity officer')")
    assert page.locator("input[name=q]").first.input_value() == "qualified immunity officer"


def test_a_search_is_in_no_address_and_is_there_again_all_the_same(readers):
    visitor = readers()
    page, asked = visitor.page, []
    page.on("request", lambda request: asked.append(request.url))
    visitor.open(UNIT)
    page.get_by_label("Search the whole library").fill("zzgraham connor")
    page.wait_for_function("history.state?.dtiFind")
    assert page.url.endswith("#find")
    page.locator("[data-dti-hit]").first.wait_for()
    visitor.reload()
    page.locator("[data-dti-hit]").first.wait_for()
    assert page.get_by_label("Search the whole library").input_value() == "zzgraham connor"
    page.locator("[data-dti-hit]").first.click()
    page.locator("article[data-dti-slug]").wait_for()
    page.go_back()
    page.locator("[data-dti-hit]").first.wait_for()
    assert page.get_by_label("Search the whole library").input_value() == "zzgraham connor"
    assert not [url for url in asked if "zzgraham" in url]


def test_a_lost_search_does_not_take_the_keyboard_away(readers):
    visitor = readers(expected="ERR_INTERNET_DISCONNECTED")
    page = visitor.page
    visitor.open(f"{UNIT}#find?q=graham")
    page.locator("[data-dti-hit]").first.wait_for()
    page.locator("input[name=q]").focus()
    visitor.context.set_offline(True)
    page.keyboard.press("End")
    page.keyboard.type(" connor", delay=120)
    page.get_by_text("The connection was lost.").first.wait_for()
    page.keyboard.type(" force")
    assert page.locator("input[name=q]").input_value().endswith(" connor force")


def test_the_end_of_one_authority_is_never_written_into_another(readers):
    visitor = readers()
    page = visitor.page
    reader = read(visitor)
    delay(page, "**/read_to_end*", 1)
    page.evaluate(
        """() => {
            const form = document.querySelector('[data-dti-ended]');
            form.setAttribute('data-dti-auto', '');
            form.setAttribute('data-dti-beside', '');
            form.requestSubmit();
        }"""
    )
    reader.locator("a[data-dti-next]").click()
    page.locator("article[data-dti-slug='tennessee-v-garner']").wait_for()
    page.wait_for_timeout(1500)
    expect(page.get_by_role("button", name="I have read this to the end")).to_be_visible()
    expect(page.get_by_text("You have read this to the end.")).to_be_hidden()


def test_a_late_highlight_does_not_pull_the_reader_back(readers):
    visitor = readers()
    page = visitor.page
    reader = read(visitor)
    delay(page, "**/mark_add*", 1)
    select(page, "objective reasonableness")
    page.get_by_role("button", name="Highlight", exact=True).click()
    reader.locator("a[data-dti-next]").click()
    page.locator("article[data-dti-slug='tennessee-v-garner']").wait_for()
    page.wait_for_timeout(1500)
    assert page.locator("article[data-dti-slug]").get_attribute("data-dti-slug") == "tennessee-v-garner"
    page.unroute_all(behavior="ignoreErrors")
    read(visitor)
    page.locator("[data-dti-brief] mark").wait_for()


# -- drafts --------------------------------------------------------------------------------------------------------------------


def test_a_note_begun_stays_with_its_words_and_on_its_page(readers):
    visitor = readers()
    page = visitor.page
    reader = read(visitor)
    select(page, "Dethorne Graham")
    page.get_by_role("button", name="Write a note").click()
    page.keyboard.type("half a thought")
    select(page, "objective reasonableness")
    button = page.get_by_role("button", name="Highlight", exact=True)
    button.scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    button.click()
    page.locator("[data-dti-brief] mark").wait_for()
    assert page.locator("[data-dti-brief] mark").all_inner_texts() == ["objective reasonableness"]
    assert page.locator("[data-dti-mark-form] textarea").input_value() == "half a thought"
    assert abs(page.evaluate("scrollY") - top) < 40, "nothing moves under the reader"
    reader.locator("[data-dti-bookmark]").click()
    page.get_by_role("button", name="Remove the bookmark").wait_for()
    reader.locator("a[data-dti-next]").click()
    page.locator("article[data-dti-slug='tennessee-v-garner']").wait_for()
    page.locator("a[data-dti-previous]").click()
    page.locator("article[data-dti-slug='graham-v-connor']").wait_for()
    assert page.locator("[data-dti-mark-form] textarea").input_value() == "half a thought"
    page.locator("[data-dti-mark-form] button[type=submit]").click()
    page.locator("[data-dti-newest]", has_text="half a thought").wait_for()
    assert page.locator("[data-dti-brief] mark").all_inner_texts() == ["Dethorne Graham", "objective reasonableness"]


def test_a_link_to_a_part_is_copied(readers):
    visitor = readers(permissions=["clipboard-read", "clipboard-write"])
    page = visitor.page
    read(visitor)
    page.get_by_role("link", name="Link to “Rule”").click()
    page.get_by_text("Link copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("#case-graham-v-connor--rule-1")
    assert page.url.endswith("#case-graham-v-connor--rule-1")


def test_saving_the_jurisdiction_shows_its_law(readers):
    visitor = readers()
    page = visitor.page
    visitor.open(UNIT)
    if not page.locator("select[name=jurisdiction]").is_visible():
        page.locator(".dti-cl-home > summary").click()
    page.locator("select[name=jurisdiction]").select_option("TX")
    page.locator(".dti-cl-home-form button").click()
    page.locator(".dti-cl-home-law", has_text="5th Circuit").wait_for()
    assert "5th Circuit" in focused(page)


# -- research and the law of a state --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("context", [WIDE, {"viewport": {"width": 320, "height": 800}}], ids=["wide", "narrow"])
def test_a_study_and_the_law_of_a_state_say_how_far_they_go(readers, context):
    visitor = readers(**context)
    page = visitor.page
    visitor.open("unit/m07-download-u2#case-milgram-rebels")
    study = page.locator("article[data-dti-slug='milgram-rebels']")
    study.wait_for()
    assert visitor.flaws() == []
    boxes = [study.locator(f"[data-part='{part}']").bounding_box() for part in ("claim", "sample", "figures", "limits")]
    assert (boxes[1]["y"] == boxes[2]["y"]) == (context is WIDE)  # who and how many stand side by side where there is room
    assert boxes[0]["y"] < boxes[1]["y"] <= boxes[2]["y"] < boxes[3]["y"]
    study.get_by_role("link", name="What later work says about the obedience studies").first.click()
    page.locator("article[data-dti-slug='milgram-critique']").wait_for()
    visitor.open("unit/m06-download-u3")
    page.locator(".dti-cl-home > summary").click()
    page.get_by_label("Where do you work?").select_option(label="New Hampshire")
    page.locator(".dti-cl-home-form").get_by_role("button", name="Save").click()
    expect(page.locator(".dti-cl-home-law")).to_contain_text("A report only. N.H. Rev. Stat. Ann. § 105:19.")
    expect(page.locator(".dti-cl-list > li").first).to_contain_text("New Hampshire: Reports of Misconduct")
    assert visitor.flaws() == []
