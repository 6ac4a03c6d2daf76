"""The scenario's visual editor in Studio: every tab, form and dialog for everybody, and the same XML as the server's."""

from random import Random

import pytest
from playwright.sync_api import expect
from visitor import MODES

from dti_xblocks.content import MalformedContentError, parse_content
from dti_xblocks.scenario import olx, rules

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", MODES.values(), ids=MODES)
def test_every_tab_form_and_dialog_is_usable(author, way):
    someone = author("m06-seconds", **way)
    page, found = someone.page, []

    def look(what):
        found.extend(f"{what}: {finding}" for finding in someone.flaws())

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
    expect(page.locator(".dti-ed-empty [data-starter]")).to_have_count(4)
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
            const address = document.querySelector("script[src*='start.js']").src.replace(/start\\.js.*/, "studio/xml.js");
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
    except MalformedContentError:
        return False
    return True
