"""Rules about links inside the course."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...problems import Problem
from ..olx import OlxCourse
from . import rule

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
    names = set()
    for _name, _number, line in lines(course):
        line = line.replace("&quot;", '"')
        names.update(match.strip() for match in STATIC_LINK.findall(line))
        names.update(TRANSCRIPTS.findall(line))
    return names


@rule("CX007")
def dead_static_link(course: OlxCourse):
    """A link to /static/ whose file is not in the course."""
    have = {name.removeprefix("static/") for name in course.files if name.startswith("static/")}
    for name, number, line in lines(course):
        for target in STATIC_LINK.findall(line.replace("&quot;", '"')):
            if target.strip() not in have:
                message = f"/static/{target} does not exist. Add the file to static/ or correct the link."
                yield Problem("CX007", name, message, line=number)


@rule("CX008")
def dead_jump_link(course: OlxCourse):
    """A link to /jump_to_id/ that no block answers to."""
    have = {block.url_name for block in course.blocks()}
    for name, number, line in lines(course):
        for target in JUMP_LINK.findall(line):
            if target not in have:
                message = f"/jump_to_id/{target} leads nowhere: no block has this url_name. Correct the link."
                yield Problem("CX008", name, message, line=number)
