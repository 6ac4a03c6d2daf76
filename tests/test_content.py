"""Authored XML: to the letter, without active content, legible after an import."""

import pytest
from lxml import etree

from dti_xblocks.content import (
    WARNING,
    MalformedContentError,
    Problem,
    Reader,
    Rulebook,
    Stray,
    indented,
    inner_xml,
    parse_content,
    put_inner_xml,
    sanitized,
    whole_number,
)
from dti_xblocks.content.sizes import large_name, small_name


@pytest.mark.parametrize(
    "content",
    [
        "",
        "words only",
        "\n  <p>A &amp; B &lt; C</p>\n",
        "<!-- note --><p>é “x”</p> tail",
        '<a b="1 &quot;2&quot;"/><p xml:lang="es">sí</p>',
    ],
)
def test_in_and_out_to_the_letter(content):
    node = etree.Element("block")
    put_inner_xml(node, content)
    assert inner_xml(node) == content
    assert sanitized(content) == content


@pytest.mark.parametrize(
    "content",
    ["<p>", "</content><content>", '<!DOCTYPE x [<!ENTITY a "b">]><p>&a;</p>', "<p>&secret;</p>", "<p\x00/>"],
)
def test_what_is_no_content_is_refused(content):
    with pytest.raises(MalformedContentError):
        parse_content(content)


@pytest.mark.parametrize(
    ("hostile", "left"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p>a<SCRIPT>x</SCRIPT></p>", "<p>a</p>"),
        ('<p onclick="x()" id="k">a</p>', '<p id="k">a</p>'),
        ('<a href=" JavaScript:x()">a</a>', "<a>a</a>"),
        ('<svg onload="x()"><script/></svg>tail', "tail"),
        ("<p>a<?php x?>b</p>", "<p>ab</p>"),
        ('<p>a<iframe src="//x"/><em>b</em></p>', "<p>a<em>b</em></p>"),
    ],
)
def test_active_content_goes_and_the_rest_stays(hostile, left):
    assert sanitized(hostile) == left


def test_content_without_line_breaks_is_laid_out_and_prose_is_left_alone():
    content = '<scene id="a"><p>One <em>two</em> three</p><choice><text>T</text><why><p><em>A</em><strong>b</strong></p></why></choice></scene>'
    laid_out = indented(content)
    assert laid_out.split("\n") == [
        '<scene id="a">',
        "  <p>One <em>two</em> three</p>",
        "  <choice>",
        "    <text>T</text>",
        "    <why>",
        "      <p><em>A</em><strong>b</strong></p>",
        "    </why>",
        "  </choice>",
        "</scene>",
    ]
    assert indented(laid_out) == laid_out


# -- reading -------------------------------------------------------------------------------------------------------------


def test_what_a_reader_cannot_place_is_kept_with_its_place_and_line():
    reader = Reader()
    root = parse_content('first  \n words<!-- no --><a x="1"/>\nthen <b/>')
    for child in reader.children(root, "here"):
        reader.attributes(child, {"y"}, child.tag)
    assert reader.strays == [
        Stray("text", "first words", "here"),
        Stray("attribute", "x", "a"),
        Stray("text", "then", "here"),
    ]
    assert [stray.line for stray in reader.strays] == [1, 2, 2]


def test_long_loose_words_are_cut():
    reader = Reader()
    reader.words("x" * 100, "", parse_content(""))
    assert reader.strays[0].name == "x" * reader.longest_quote


def test_prose_keeps_its_words_and_loses_what_may_not_stand_in_it():
    reader = Reader()
    html = reader.prose(parse_content('a &lt; b <em class="x">c &amp; d</em><br/><u>e</u><?php f?> g'), "here")
    assert html == "a &lt; b <em>c &amp; d</em><br>e g"
    assert reader.strays == [Stray("attribute", "class", "here"), Stray("element", "u", "here")]


# -- rules ---------------------------------------------------------------------------------------------------------------


def test_rules_find_in_the_order_of_lines_then_codes():
    book: Rulebook[[str]] = Rulebook()

    @book.rule("X002")
    def late(word):
        """Later by its code."""
        yield word, "Two.", 1

    @book.rule("X001", WARNING)
    def early(word):
        """Earlier by its code."""
        yield word, "One.", 2
        yield word, "Nothing.", 1
        yield Problem("X009", word, "Another's.", line=1)

    assert book.codes == ["X001", "X002"]
    assert book.problems("w") == [
        Problem("X001", "w", "Nothing.", WARNING, 1),
        Problem("X002", "w", "Two.", line=1),
        Problem("X009", "w", "Another's.", line=1),
        Problem("X001", "w", "One.", WARNING, 2),
    ]


def test_a_code_is_given_once_and_never_without_a_manual():
    book: Rulebook[[str]] = Rulebook()

    def found(word):
        """What it is about."""
        return ()

    book.rule("X001")(found)
    with pytest.raises(ValueError, match="X001 is taken by found"):
        book.rule("X001")(found)
    found.__doc__ = None
    with pytest.raises(ValueError, match="X002 has no docstring"):
        book.rule("X002")(found)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[("0", 0), ("007", 7), ("999999999", 999_999_999)],
        *[(text, None) for text in ("1000000000", "", "-1", "1.0", " 1", "²", "١", "1_0", None, 5)],
    ],
)
def test_a_number_of_a_form_is_plain_digits(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("large", "small"), [("lot.webp", "lot-640.webp"), ("/static/a.b.png", "/static/a.b-640.png"), ("none", "none-640")]
)
def test_a_small_size_stands_beside_its_picture(large, small):
    assert small_name(large) == small
    assert large_name(small) == (large if "." in large else "")


@pytest.mark.parametrize("name", ["lot.webp", "640.webp", "-640.webp", "lot-1640.webp", ""])
def test_nothing_else_is_a_small_size(name):
    assert large_name(name) == ""
