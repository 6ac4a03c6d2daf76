"""Rules about links inside the course."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ...content import INLINE, Problem, parser
from ..olx import OlxCourse
from .registry import at, rule

# As the platform rewrites them: directly after a quote (or a bracket in a style).
STATIC_LINK = re.compile(r"""["'(]\s*/?static/([^"'()?#<>]+)""")
JUMP_LINK = re.compile(r"""["']/?(?:courses/course-v1:[^/"']+/)?jump_to_id/([^"'?#/]+)""")
TRANSCRIPTS = re.compile(r"""["']([^"'/]+\.(?:srt|vtt|sjson))["']""")
READABLE = (".html", ".xml", ".json", ".css", ".md")


def lines(course: OlxCourse) -> Iterator[tuple[str, int, str]]:
    """Every line of every text file: file, line number, text."""
    for name in course.files:
        if name.endswith(READABLE):
            for number, line in enumerate(course.text(name).splitlines(), 1):
                yield name, number, line


def static_names(course: OlxCourse) -> set[str]:
    """The names below static/ that something in the course refers to."""
    names: set[str] = set()
    for _name, _number, line in lines(course):
        line = line.replace("&quot;", '"')
        names.update(match.strip() for match in STATIC_LINK.findall(line))
        names.update(TRANSCRIPTS.findall(line))
    return names


@rule("CX007")
def dead_static_link(course: OlxCourse) -> Iterator[Problem]:
    """A link to /static/ whose file is not in the course."""
    have = {name.removeprefix("static/") for name in course.files if name.startswith("static/")}
    for name, number, line in lines(course):
        for target in STATIC_LINK.findall(line.replace("&quot;", '"')):
            if target.strip() not in have:
                message = f"/static/{target} does not exist. Add the file to static/ or correct the link."
                yield Problem("CX007", name, message, line=number)


@rule("CX008")
def dead_jump_link(course: OlxCourse) -> Iterator[Problem]:
    """A link to /jump_to_id/ that no block answers to."""
    have = {block.url_name for block in course.blocks()}
    for name, number, line in lines(course):
        for target in JUMP_LINK.findall(line):
            if target not in have:
                message = f"/jump_to_id/{target} leads nowhere: no block has this url_name. Correct the link."
                yield Problem("CX008", name, message, line=number)


@rule("CX026")
def joined_words(course: OlxCourse) -> Iterator[Problem]:
    """A blank between two marked-up words that the import drops, because their paragraph does not start with text.

    The platform's parser removes text that is only blanks where the parent starts with an element:
    `<p><em>Graham</em> <strong>v. Connor</strong></p>` becomes "Grahamv. Connor". Files of html blocks are not parsed.
    """
    for name in course.files:
        if not name.endswith(".xml"):
            continue
        try:
            root = etree.fromstring((course.root / name).read_bytes(), parser())
        except etree.XMLSyntaxError:
            continue  # CX001
        for node in root.iter(*INLINE):
            blank = node.tail and not node.tail.strip() and "\n" not in node.tail
            after, parent = node.getnext(), node.getparent()
            if blank and after is not None and after.tag in INLINE and not parent.text:
                message = "The import drops the blank after “{}”. Put it inside the element, or start the paragraph with a word."
                words = " ".join("".join(node.itertext()).split())[:40]
                yield Problem("CX026", name, message.format(words), line=node.sourceline or 0)


@rule("CX027")
def video_from_static(course: OlxCourse) -> Iterator[Problem]:
    """A video block that plays a file from /static/: the platform does not rewrite that address, and the player finds nothing.

    An html block with a <video> element plays it.
    """
    for block in course.blocks("video"):
        sources = [block.node.get("html5_sources", ""), *(source.get("src", "") for source in block.node.iter("source"))]
        if any("/static/" in source for source in sources):
            yield at("CX027", block, "A video block does not play files from /static/. Use an html block or a full address.")
