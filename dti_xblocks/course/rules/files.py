"""Rules about files, tags and names."""

from __future__ import annotations

import functools
import importlib.metadata
import re
from collections import defaultdict
from collections.abc import Iterator

from ...content import ERROR, WARNING, Problem
from ..olx import OURS, OlxCourse, html_file
from .links import asset_name, static_names
from .registry import at, rule

# Block types of Open edX itself, Teak to Willow, and the third-party ones that Tutor installs. Others count as known when
# they are installed where the tool runs.
_TAGS = """
    annotatable book chapter conditional course course_info customtag discussion done drag-and-drop-v2 edx_sga
    google-calendar google-document html image itembank library library_content library_sourced lti lti_consumer
    openassessment pdf poll poll_question problem problemset randomize recommender scorm sequential split_test
    staffgradedxblock static_tab survey vertical video videoalpha videosequence word_cloud wrapper
"""
PLATFORM_TAGS = frozenset(_TAGS.split())
COURSE_NAME, BLOCK_NAME = re.compile(r"[\w.~-]+"), re.compile(r"[\w.:~-]+")  # of what opaque_keys makes keys
DEFAULT_IMAGE = "images_course_image.jpg"  # the platform has it where a course does not
FILES_OF_STUDIO = re.compile(
    r"^(course\.xml|about/.+|info/.+|assets/assets\.xml|policies/assets\.json|(policies/[^/]+/)?(policy|grading_policy)\.json|drafts/.+)$"
)


@functools.cache
def known_tags() -> frozenset[str]:
    """The platform's block types and those installed here. The extracted built-ins are installed as `_<type>_extracted`."""
    installed = {entry.name for entry in importlib.metadata.entry_points(group="xblock.v1")}
    return PLATFORM_TAGS | OURS | installed


@rule("CX003")
def unknown_tag(course: OlxCourse) -> Iterator[Problem]:
    """A tag that is no block type: the platform imports it as a hidden block that learners never see."""
    for block in course.blocks():
        if block.tag in course.declared_tags and block.tag not in known_tags():
            message = (
                f"<{block.tag}> is not installed here, so nothing in it was checked. It must be installed where the course runs."
            )
            yield at("CX003", block, message, WARNING)
        elif block.tag not in known_tags():
            message = f"<{block.tag}> is no block type that Open edX or this machine knows. Correct or install it."
            yield at("CX003", block, message)


@rule("CX004")
def missing_html_file(course: OlxCourse) -> Iterator[Problem]:
    """An html block whose `filename` names no file. Missing files of other blocks are found while reading."""
    for block in course.blocks("html"):
        target = html_file(block)
        if target and not course.has_file(target):
            yield at("CX004", block, f"{target} does not exist. Add the file or correct `filename`.")
    image = course.settings.get("course_image")
    have = {asset_name(name.removeprefix("static/")) for name in course.files if name.startswith("static/")}
    if image and asset_name(image) not in have | {DEFAULT_IMAGE}:
        yield Problem("CX004", course.policy_file, f"The course image static/{image} does not exist. Add it.")


@rule("CX005")
def unused_file(course: OlxCourse) -> Iterator[Problem]:
    """A file that nothing in the course uses: it is imported, kept and paid for, and nobody sees it."""
    static = static_names(course) | {asset_name(course.settings.get("course_image") or "")}
    tabs = {f"tabs/{tab.get('url_slug')}.html" for tab in course.settings.get("tabs", []) if tab.get("type") == "static_tab"}
    used = course.used
    for name in course.files:
        in_static = name.startswith("static/") and asset_name(name.removeprefix("static/")) in static
        if name in used or in_static or name in tabs or FILES_OF_STUDIO.match(name):
            continue
        message = "Nothing in the course uses this file. Link it from a page or remove it."
        yield Problem("CX005", name, message, ERROR if course.is_ours else WARNING)


@rule("CX006")
def duplicate_url_name(course: OlxCourse) -> Iterator[Problem]:
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
def nested_static_file(course: OlxCourse) -> Iterator[Problem]:
    """A file in a folder below static/: the import renames it, and so its links; after an export the folder is gone."""
    for name in course.files:
        inner = name.removeprefix("static/")
        if name.startswith("static/") and "/" in inner:
            message = f"An import makes {asset_name(inner)} of this file. Move it up, so that an export keeps its name."
            yield Problem("CX016", name, message, WARNING)


@rule("CX028")
def name_without_a_key(course: OlxCourse) -> Iterator[Problem]:
    """A url_name, or the name of the course, of which the platform can make no key: the import stops there."""
    top = course.top
    for name, value in {"org": course.org, "course": course.number, "url_name": course.run}.items() if top else ():
        if not COURSE_NAME.fullmatch(value):
            message = f'The course\'s {name} is "{value}". It needs letters, digits, "_", "-", "." and "~", and nothing else.'
            yield Problem("CX028", "course.xml", message, line=1)
    for block in course.blocks():
        if block.url_name and block is not top and not BLOCK_NAME.fullmatch(block.url_name):
            file, line = block.named_in
            message = (
                f"No key can be made of the url_name “{block.url_name}” of this {block.tag}. "
                'Use letters, digits, "_", "-", ".", ":" and "~" only.'
            )
            yield Problem("CX028", file, message, line=line)


@rule("CX021")
def undecodable_text(course: OlxCourse) -> Iterator[Problem]:
    """A page or policy that is not UTF-8, or a file whose name is not: the platform reads nothing else."""
    for name in course.files:
        if not name.isprintable():
            yield Problem("CX021", ascii(name), "This file's name has characters that are no text. Rename it.")
        if name.endswith((".html", ".json", ".srt", ".vtt")):
            try:
                (course.root / name).read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                yield Problem("CX021", name, f"This file is not UTF-8 (byte {error.start}). Save it again as UTF-8.")
