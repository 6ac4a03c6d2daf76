"""Authored XML: to the letter, without active content, legible after an import."""

import pytest
from lxml import etree

from dti_xblocks.content import MalformedContentError, indented, inner_xml, parse_content, put_inner_xml, sanitized


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
