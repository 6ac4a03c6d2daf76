"""From authored XML to a pledge."""

import pytest
from lxml import etree

from dti_xblocks.content import PROSE_TAGS, Stray
from dti_xblocks.pledge import olx
from dti_xblocks.pledge.model import Affirmation, Question
from dti_xblocks.templating import prose

from .samples import PLEDGE


def test_all_parts_are_read():
    pledge = olx.read(PLEDGE)
    assert pledge.preamble == "<p>I carry a badge because people <em>trust</em> me.</p>"
    assert pledge.affirmations == (
        Affirmation("law", "I know the law & my agency's policy."),
        Affirmation("act", "I will step in."),
    )
    assert pledge.closing == "<p>I make this pledge freely.</p>"
    assert pledge.questions == (Question("agency", "Agency", True), Question("rank", "Rank or title", False))
    assert pledge.strays == ()


def test_lines_are_those_of_the_file_when_an_element_is_given():
    root = etree.fromstring(f"<vertical>\n<dti_pledge>{PLEDGE}</dti_pledge></vertical>")
    assert [each.line for each in olx.from_element(root[0]).affirmations] == [4, 5]


def test_indentation_is_not_part_of_the_words():
    spread = olx.read("<preamble>\n  <p>One\n   two.</p>\n\n  <ul> <li>a</li>\n <li> b </li></ul> </preamble>")
    assert spread.preamble == "<p>One two.</p><ul><li>a</li><li>b</li></ul>"


def test_bare_text_becomes_a_paragraph():
    assert olx.read("<preamble>Plain <strong>words</strong>.</preamble>").preamble == "<p>Plain <strong>words</strong>.</p>"


def test_comments_are_no_text():
    pledge = olx.read('<!-- a --><affirmation id="a">One<!-- no --> two.</affirmation><?pi x?>')
    assert pledge.affirmations[0].text == "One two."
    assert pledge.strays == ()


def test_markup_that_is_not_allowed_loses_its_tag_and_keeps_its_text():
    pledge = olx.read('<preamble><p class="x">A <a href="javascript:alert(1)">link</a><script>1 &lt; 2</script></p></preamble>')
    assert pledge.preamble == "<p>A link1 &lt; 2</p>"
    assert {(stray.kind, stray.name) for stray in pledge.strays} == {
        ("attribute", "class"), ("attribute", "href"), ("element", "a"), ("element", "script"),
    }  # fmt: skip


def test_what_is_read_is_what_is_shown():
    html = olx.read("<preamble><p>a &amp; b &lt;c&gt; <q>d</q><br/>e</p><blockquote><p>f</p></blockquote></preamble>").preamble
    assert prose(html) == html


def test_the_reader_and_the_page_allow_the_same_tags():
    for tag in sorted(PROSE_TAGS - {"br"}):
        html = olx.read(f"<preamble><{tag}>a</{tag}></preamble>").preamble
        assert f"<{tag}>a</{tag}>" in html and f"<{tag}>a</{tag}>" in prose(html)


@pytest.mark.parametrize(
    ("content", "stray"),
    [
        ("<video/>", Stray("element", "video", "pledge", 1)),
        ("loose words", Stray("text", "loose words", "pledge", 1)),
        ("<closing>a</closing> after <!-- c -->", Stray("text", "after", "pledge", 1)),
        ('<affirmation id="a" points="3">x</affirmation>', Stray("attribute", "points", "affirmation a", 1)),
        ('<affirmation id="a">x <em>y</em></affirmation>', Stray("element", "em", "affirmation a", 1)),
        ("<closing>a</closing><closing>b</closing>", Stray("repeated", "closing", "closing", 1)),
        ('<field id="f" label="F" required="yes"/>', Stray("value", 'required="yes"', "field f", 1)),
        ('<field id="f" label="F">text</field>', Stray("text", "text", "field f", 1)),
        ('<field id="f" label="F"><p/></field>', Stray("element", "p", "field f", 1)),
    ],
)
def test_what_has_no_meaning_is_reported(content, stray):
    (found,) = olx.read(content).strays
    assert (found, found.line) == (stray, stray.line)


@pytest.mark.parametrize(
    "content",
    ["<preamble>", "a & b", "<preamble>&nbsp;</preamble>", "</content><content>", '<!DOCTYPE x [<!ENTITY e "x">]><preamble/>'],
)
def test_content_that_is_no_xml_is_unreadable(content):
    with pytest.raises(olx.PledgeUnreadableError):
        olx.read(content)
    pledge, problems = olx.examine(content)
    assert pledge is None
    assert [problem.code for problem in problems] == ["PL000"]


def test_a_question_may_have_a_format_and_a_hint_or_options():
    content = """<field id="badge" label=" Badge
        number " required="true" format=" AA-9999[99] " hint="As on your  badge."/>
        <field id="rank" label="Rank"><option>Officer</option> <!-- more? --> <option> Sergeant &amp;
        up </option></field>"""
    badge, rank = olx.read(content).questions
    assert badge == Question("badge", "Badge number", True, "AA-9999[99]", "As on your badge.")
    assert rank == Question("rank", "Rank", options=("Officer", "Sergeant & up"))
    assert olx.read(content).strays == ()


@pytest.mark.parametrize(
    ("inside", "stray"),
    [
        ('<option value="o">Officer</option>', Stray("attribute", "value", "field f", 1)),
        ("<option><em>Officer</em></option>", Stray("element", "em", "field f", 1)),
        ("<option>Officer</option> or", Stray("text", "or", "field f", 1)),
        ("<choice>Officer</choice>", Stray("element", "choice", "field f", 1)),
    ],
)
def test_what_has_no_meaning_among_options_is_reported(inside, stray):
    (found,) = olx.read(f'<field id="f" label="F">{inside}</field>').strays
    assert (found, found.line) == (stray, stray.line)
