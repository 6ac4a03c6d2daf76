"""Rules about files, tags and names."""

from __future__ import annotations

import functools
import importlib.metadata
import re
from collections import defaultdict

from ...content import ERROR, WARNING, Problem
from ..olx import OURS, OlxCourse
from . import at, rule

# Block types of Open edX itself, Teak to Willow, and the third-party ones that Tutor installs. Others count as known when
# they are installed where the tool runs.
_TAGS = """
    annotatable book chapter conditional course course_info customtag discussion done drag-and-drop-v2 edx_sga
    google-calendar google-document html image itembank library library_content library_sourced lti lti_consumer
    openassessment pdf poll poll_question problem problemset randomize recommender scorm sequential split_test
    staffgradedxblock static_tab survey vertical video videoalpha videosequence word_cloud wrapper
"""
PLATFORM_TAGS = frozenset(_TAGS.split())
FILES_OF_STUDIO = re.compile(
    r"^(course\.xml|about/.+|info/.+|assets/assets\.xml|policies/assets\.json|policies/[^/]+/(policy|grading_policy)\.json|drafts/.+)$"
)


@functools.cache
def known_tags() -> frozenset[str]:
    """The platform's block types and those installed here. The extracted built-ins are installed as `_<type>_extracted`."""
    installed = {entry.name for entry in importlib.metadata.entry_points(group="xblock.v1")}
    return PLATFORM_TAGS | OURS | installed


@rule("CX003")
def unknown_tag(course: OlxCourse):
    """A tag that is no block type: the platform imports it as a hidden block that learners never see."""
    for block in course.blocks():
        if block.tag not in known_tags():
            yield at(
                "CX003", block, f"<{block.tag}> is no block type that Open edX or this machine knows. Correct or install it."
            )


@rule("CX004")
def missing_html_file(course: OlxCourse):
    """An html block whose `filename` names no file. Missing files of other blocks are found while reading."""
    for block in course.blocks("html"):
        name = block.node.get("filename")
        if name is None:
            continue
        target = f"html/{name}.html"
        if course.has_file(target):
            course.used.add(target)
        else:
            yield at("CX004", block, f"{target} does not exist. Add the file or correct `filename`.")
    image = course.settings.get("course_image")
    if image and not course.has_file(f"static/{image}"):
        yield Problem("CX004", f"policies/{course.run}/policy.json", f"The course image static/{image} does not exist. Add it.")


@rule("CX005")
def unused_file(course: OlxCourse):
    """A file that nothing in the course uses: it is imported, kept and paid for, and nobody sees it."""
    from .links import static_names

    static = {f"static/{name}" for name in static_names(course)} | {f"static/{course.settings.get('course_image')}"}
    tabs = {f"tabs/{tab.get('url_slug')}.html" for tab in course.settings.get("tabs", []) if tab.get("type") == "static_tab"}
    for name in course.files:
        if name in course.used or name in static or name in tabs or FILES_OF_STUDIO.match(name):
            continue
        message = "Nothing in the course uses this file. Link it from a page or remove it."
        yield Problem("CX005", name, message, ERROR if course.is_ours else WARNING)


@rule("CX006")
def duplicate_url_name(course: OlxCourse):
    """Two blocks with one url_name: of two of the same type the import keeps one, and links may lead to either."""
    seen = defaultdict(list)
    for block in course.blocks():
        if block.url_name:
            seen[block.url_name].append(block)
    for name, blocks in seen.items():
        first = blocks[0]
        for block in blocks[1:]:
            file, line = block.named_in
            message = (
                f"The url_name “{name}” is also that of the {first.tag} in {first.named_in[0]}. Give this {block.tag} its own."
            )
            yield Problem("CX006", file, message, line=line)


@rule("CX016")
def nested_static_file(course: OlxCourse):
    """A file in a folder below static/: Studio flattens it to another name and every link to it breaks."""
    for name in course.files:
        if name.startswith("static/") and "/" in name.removeprefix("static/"):
            yield Problem("CX016", name, "Files in static/ must not be in folders. Move it up and correct the links to it.")


@rule("CX021")
def undecodable_text(course: OlxCourse):
    """A page or policy that is not UTF-8, or a file whose name is not: the platform reads nothing else."""
    for name in course.files:
        if not name.isprintable():
            yield Problem("CX021", ascii(name), "This file's name has characters that are no text. Rename it.")
        if name.endswith((".html", ".json", ".srt", ".vtt")):
            try:
                (course.root / name).read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                yield Problem("CX021", name, f"This file is not UTF-8 (byte {error.start}). Save it again as UTF-8.")
