"""Rules about links inside the course."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from ...content import INLINE, WARNING, Problem, parser
from ..olx import Block, OlxCourse
from .registry import at, rule

# As the platform rewrites them: directly after a quote (or a bracket in a style).
STATIC_LINK = re.compile(r"""(?:["']\s*/?static/([^"'?#<>\\]+)|\(\s*/?static/([^"'()?#<>\\]+))""")
# A file by the key or the older address that it has on the platform; an import rewrites both.
ASSET_KEY = re.compile(r"""(?:type@asset\+block@|/c4x/[^"'/]+/[^"'/]+/asset/)([^"'?#<>\\\s]+)""")
# The platform's own files, which it looks for first.
OF_THE_PLATFORM = frozenset({"images_placeholder-faculty.png"})
JUMP_LINK = re.compile(r"""["']/?(?:courses/course-v1:[^/"']+/)?jump_to_id/([^"'?#/]+)""")
TRANSCRIPTS = re.compile(r"""["']([^"'/]+\.(?:srt|vtt|sjson))["']""")
READABLE = (".html", ".xml", ".json", ".css", ".md")


def lines(course: OlxCourse) -> Iterator[tuple[str, int, str]]:
    """Every line of every text file: file, line number, text."""
    for name in course.files:
        if name.endswith(READABLE):
            for number, line in enumerate(course.text(name).splitlines(), 1):
                yield name, number, line


def asset_name(name: str) -> str:
    """The name under which the platform keeps a file of static/, and under which it looks for one that a link names."""
    return re.sub(r"[^\w.%-]", "_", name.strip())


def static_links(line: str) -> list[str]:
    """The names below static/ that a line links, as they are written."""
    return [quoted or bracketed for quoted, bracketed in STATIC_LINK.findall(line.replace("&quot;", '"'))]


def static_names(course: OlxCourse) -> set[str]:
    """The names of files below static/, as the platform keeps them, that something in the course refers to."""
    names: set[str] = set()
    for _name, _number, line in lines(course):
        names.update(static_links(line))
        names.update(TRANSCRIPTS.findall(line.replace("&quot;", '"')))
        names.update(ASSET_KEY.findall(line))
    for block in course.blocks("video"):
        names.update(transcript_files(block))
    if any(block.node.find(".//script[@type='loncapa/python']") is not None for block in course.blocks("problem")):
        names.add("python_lib.zip")  # which Python in problems may import
    return {asset_name(name) for name in names}


def transcript_files(video: Block) -> set[str]:
    """The files of static/ that a video has transcripts from."""
    names = {f"subs_{video.node.get(name)}.srt.sjson" for name in ("sub", "youtube_id_1_0") if video.node.get(name)}
    return names | set(named_transcripts(video))


def named_transcripts(video: Block) -> list[str]:
    """The files that a video names for its languages."""
    try:
        by_language = json.loads(video.node.get("transcripts") or "{}")
    except ValueError:
        by_language = {}
    named = list(by_language.values()) if isinstance(by_language, dict) else []
    named += [part.get("src") for part in video.node.iter("transcript")]
    return [name.removeprefix("/static/") for name in named if isinstance(name, str) and name]


@rule("CX007")
def dead_static_link(course: OlxCourse) -> Iterator[Problem]:
    """A link to /static/ whose file is not in the course."""
    have = OF_THE_PLATFORM | {asset_name(name.removeprefix("static/")) for name in course.files if name.startswith("static/")}
    for block in course.blocks("video"):
        for target in named_transcripts(block):
            if asset_name(target) not in have:
                message = f"The transcript {target} does not exist. Add the file to static/ or remove its name."
                yield at("CX007", block, message, WARNING)
    for name, number, line in lines(course):
        for target in static_links(line):
            if asset_name(target) not in have:
                message = f"/static/{target} does not exist. Add the file to static/ or correct the link."
                yield Problem("CX007", name, message, line=number)


@rule("CX008")
def dead_jump_link(course: OlxCourse) -> Iterator[Problem]:
    """A link to /jump_to_id/ that no block answers to."""
    have = {block.url_name for block in course.blocks()}
    for name, number, line in lines(course):
        for target in JUMP_LINK.findall(line):
            if unquote(target) not in have:
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
