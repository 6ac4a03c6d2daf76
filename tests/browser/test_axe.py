"""What the tests' own look at colors finds, and what it does not ask again (`suite.axe`)."""

import pytest
from suite import axe

pytestmark = pytest.mark.browser

PAGE = "<!DOCTYPE html><html lang='en'><title>A page</title><style>{style}</style><main><h1>One</h1>{words}</main></html>"
GOOD = "body {color: #111; background: #fff} .on {background: #eee}"


@pytest.fixture
def look(chromium, monkeypatch):
    """Gives what is found on a page of these words in this style; nothing was judged before the first one."""
    monkeypatch.setattr(axe, "_judged", {})
    page = chromium.new_page()

    def found(words, style=GOOD, **options):
        page.set_content(PAGE.format(style=style, words=words))
        return [one["id"] for one in axe.violations(page, **options)]

    yield found
    page.close()


def test_a_text_that_is_hard_to_read_is_found_on_every_page_that_has_it(look):
    bad = GOOD + "p {color: #aaa}"
    assert look("<p>Pale</p>", bad) == ["color-contrast"]
    assert look("<p>Pale</p>", bad) == ["color-contrast"]
    assert look("<p>Other words</p>", bad, rules=axe.COLORS) == ["color-contrast"]
    assert look("<p>Other words</p>", bad, rules=axe.LAYOUT) == []


def test_a_look_that_axe_has_passed_is_not_asked_for_again(look):
    assert look("<p>Words</p><p class='on'>More</p>") == []
    known = dict(axe._judged)
    assert len(known) == 3 and set(known.values()) == {axe.TRIES}, "the heading and two looks of a paragraph"
    assert look("<p>Others</p><p>And more</p><p class='on'>Here</p>") == []
    assert axe._judged == known


@pytest.mark.parametrize(
    "style",
    [
        "main {background: #333}",
        ".on {background: linear-gradient(#222, #333)} .on {background-color: #222}",
        "main {opacity: 0.4}",
        "body {color: #888}",
    ],
    ids=["what is behind", "what is behind it alone", "how much shows through", "its color"],
)
def test_what_changes_the_contrast_makes_another_look(look, style):
    words = "<p>Words</p><p class='on'>More</p>"
    assert look(words) == []
    before = set(axe._judged)
    assert look(words, GOOD + style) == ["color-contrast"] or set(axe._judged) - before


def test_one_bad_text_among_good_ones_of_its_class_is_found(look):
    assert look("<p>Good</p>" * 4) == []
    assert look("<p>Good</p>" * 4 + "<p style='color: #999'>Bad</p>" + "<p>Good</p>" * 4) == ["color-contrast"]
    assert look("<p>Good</p><div style='background: #555'><p>Bad</p></div>") == ["color-contrast"]


def test_what_is_disabled_or_not_seen_says_nothing_of_what_is(look):
    bad = (
        GOOD
        + "button {color: #aaa; background: #fff} .dti-sr {position: absolute; inline-size: 1px; overflow: hidden; color: #aaa}"
    )
    assert look("<button disabled>Not now</button><p hidden>Never</p><p class='dti-sr'>Heard</p>", bad) == []
    assert look("<button>Now</button>", bad) == ["color-contrast"]


def test_a_link_that_only_its_color_tells_from_the_words_around_it_is_found(look):
    alone = GOOD + "a {color: #222; text-decoration: none}"
    assert look("<p><a href='#x'>A link by itself</a></p>", alone) == []
    assert look("<p>Words and <a href='#x'>a link</a> among them</p>", alone) == ["link-in-text-block"]
    assert look("<p>Words and <a href='#x'>a link</a> among them</p>", GOOD) == []


def test_only_a_part_of_the_page_is_looked_at_if_that_is_asked_for(look):
    bad = GOOD + "p {color: #aaa}"
    words = "<p>Pale</p><article><h2>Fine</h2></article>"
    assert look(words, bad, context={"include": ["article"]}) == []
    assert look(words, bad, context={"exclude": [["p"]]}) == []
    assert look(words, bad) == ["color-contrast"]
