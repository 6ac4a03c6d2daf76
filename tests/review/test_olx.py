"""From authored XML to a review, and what is wrong with it."""

import re

import pytest
from lxml import etree

from dti_xblocks.content import PROSE_TAGS
from dti_xblocks.review import olx, rules
from dti_xblocks.templating import prose

PROMPT = "<prompt><p>What will <em>help</em> you?</p></prompt>"


def test_the_prompt_is_read():
    review = olx.read(f"\n  {PROMPT}\n")
    assert review.prompt == "<p>What will <em>help</em> you?</p>"
    assert prose(review.prompt) == review.prompt


def test_bare_text_becomes_a_paragraph():
    assert olx.read("<prompt>Tell us &amp; them.</prompt>").prompt == "<p>Tell us &amp; them.</p>"


def test_lines_are_those_of_the_file_when_an_element_is_given():
    root = etree.fromstring(f"<vertical>\n<dti_review>\n{PROMPT}<x/></dti_review></vertical>")
    assert olx.from_element(root[0]).strays[0].line == 3


def test_the_reader_and_the_page_allow_the_same_tags():
    for tag in sorted(PROSE_TAGS - {"br"}):
        html = olx.read(f"<prompt><{tag}>a</{tag}></prompt>").prompt
        assert html == prose(html) == f"<{tag}>a</{tag}>"


BROKEN = [
    ("RV000", "<prompt>"),
    ("RV001", ""),
    ("RV001", "<prompt> </prompt>"),
    ("RV002", PROMPT + PROMPT),
    ("RV003", f"{PROMPT}<stars/>"),
    ("RV003", "<prompt><p>Look <img/></p></prompt>"),
    ("RV004", '<prompt class="x"><p>Why?</p></prompt>'),
    ("RV004", '<prompt><p onclick="x()">Why?</p></prompt>'),
    ("RV005", f"loose {PROMPT}"),
]


@pytest.mark.parametrize(("code", "content"), BROKEN)
def test_a_broken_review_breaks_this_rule_and_no_other(code, content):
    assert [problem.code for problem in olx.examine(content)[1]] == [code]


def test_every_code_has_a_broken_example():
    with open(rules.__file__, encoding="utf-8") as file:
        assert set(re.findall(r'"(RV\d{3})"', file.read())) == {code for code, _content in BROKEN}


def test_a_sound_review_has_no_problems():
    assert olx.examine(PROMPT)[1] == []


def test_content_that_is_no_xml_is_unreadable():
    with pytest.raises(olx.ReviewUnreadableError):
        olx.read("a & b")
