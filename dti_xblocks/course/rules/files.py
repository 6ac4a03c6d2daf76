"""Rules about files and tags."""

from __future__ import annotations

import functools
import importlib.metadata
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ...content import ERROR, WARNING, Problem
from ..films.delivery import stands_for
from ..model import OURS, Block, OlxCourse
from ..tags import CUSTOM, FOLLOWED, OF_OTHERS, OF_THE_PLATFORM, PURE, RETIRED, is_nearly_pointer, is_pointer, pointed_file
from .assets import asset_name, kept_files, used_files
from .registry import at, rule

# What these are stands in their attributes: they may be short, and a file of the same name beside them means nothing.
SAID_IN_ATTRIBUTES = CUSTOM | OURS | {"customtag", "discussion", "lti", "video", "videoalpha", "word_cloud"}
MANY = 20  # files of one folder that are said as one
DEFAULT_IMAGE = "images_course_image.jpg"  # the platform has it where a course does not


@functools.cache
def known_tags() -> frozenset[str]:
    """The platform's block types and those installed here. The extracted built-ins are installed as `_<type>_extracted`."""
    installed = {entry.name for entry in importlib.metadata.entry_points(group="xblock.v1")}
    return OF_THE_PLATFORM | OURS | installed


@rule("CX003")
def unknown_tag(course: OlxCourse) -> Iterator[Problem]:
    """A tag that is no block type: the platform imports it as a hidden block that learners never see."""
    for block in course.blocks():
        if block.tag in known_tags():
            continue
        if block.tag in RETIRED:
            message = f"<{block.tag}> is of an older Open edX: its content is imported, and nobody sees it. Replace it."
            yield at("CX003", block, message)
        elif block.tag in course.declared_tags | OF_OTHERS:
            message = (
                f"<{block.tag}> is not installed here, so nothing in it was checked. It must be installed where the course runs."
            )
            yield at("CX003", block, message, WARNING)
        else:
            message = f"<{block.tag}> is no block type that Open edX or this machine knows. Correct or install it."
            yield at("CX003", block, message)


@rule("CX004")
def missing_html_file(course: OlxCourse) -> Iterator[Problem]:
    """An html block whose `filename` names no file; missing files of other blocks are found while reading."""
    for block in course.blocks("html"):
        target = course.page_of(block)
        if target and not course.has_file(target):
            yield at("CX004", block, f"{target} does not exist. Add the file or correct `filename`.")
    for block in course.blocks("customtag", *CUSTOM):
        name = block.node.get("impl") or block.node.findtext("impl") or block.tag
        if not any(course.has_file(f"custom_tags/{name}{suffix}") for suffix in ("", ".html", ".xml", ".txt")):
            yield at("CX004", block, f"This tag needs the template custom_tags/{name}, which does not exist. Add the file.")
    image = course.settings.get("course_image")
    if image and asset_name(image) not in {*kept_files(course), DEFAULT_IMAGE}:
        yield Problem("CX004", course.policy_file, f"The course image static/{image} does not exist. Add it.")


@rule("CX005")
def unused_file(course: OlxCourse) -> Iterator[Problem]:
    """A file that nothing in the course uses: it is imported, kept and paid for, and nobody sees it."""
    used = used_files(course) | course.used | unread_definitions(course).keys()
    tabs = {f"tabs/{tab.get('url_slug')}.html" for tab in course.settings.get("tabs", []) if tab.get("type") == "static_tab"}
    unused = (
        name
        for name in course.files
        if stands_for(name) not in used or (name.startswith("tabs/") and name not in tabs and ".json" not in name)
    )
    for name, count in _gathered(unused):
        outcome = "" if name.startswith(("static/", "tabs/")) else ", and an import leaves it out"
        files = "this file" if count == 1 else f"these {count} files"
        message = f"Nothing in the course uses {files}{outcome}. Link it from a page or remove it."
        yield Problem("CX005", name, message, ERROR if course.is_ours else WARNING)


def _gathered(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The names, of which many in one folder below a folder of the course are said as one: (name, how many)."""
    by_folder: dict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = name.split("/")
        by_folder["/".join(parts[:2]) + "/" if len(parts) > 2 else name].append(name)
    for folder, inside in by_folder.items():
        yield from ((folder, len(inside)),) if len(inside) > MANY else ((name, 1) for name in inside)


@rule("CX016")
def nested_static_file(course: OlxCourse) -> Iterator[Problem]:
    """A file in a folder below static/: the import renames it, and so its links; after an export the folder is gone."""
    for name, count in _gathered(name for name in course.files if name.startswith("static/") and name.count("/") > 1):
        made = asset_name(name.removeprefix("static/"))
        message = f"An import makes {made} of this file. Move it up, so that an export keeps its name."
        if count > 1:
            message = f"An import moves these {count} files up and begins their names with {made}; an export keeps it so."
        yield Problem("CX016", name, message, WARNING)


@rule("CX029")
def two_files_of_one_name(course: OlxCourse) -> Iterator[Problem]:
    """Two files of static/ that get one name on import, which keeps one of them: links to the other show the wrong file."""
    for name, files in kept_files(course).items():
        for file in files[1:]:
            same = (course.root / file).read_bytes() == (course.root / files[0]).read_bytes()
            message = f"An import makes {name} of this file and of {files[0]}, and keeps one of them. Rename or remove one."
            yield Problem("CX029", file, message, WARNING if same else ERROR)


@rule("CX021")
def undecodable_text(course: OlxCourse) -> Iterator[Problem]:
    """A page or policy that is not UTF-8, or a file whose name is not: the platform reads nothing else."""
    for name in course.files:
        if not name.isprintable():
            yield Problem("CX021", ascii(name), "This file's name has characters that are no text. Rename it.")
        subtitles = name.startswith("static/") and name.endswith((".srt", ".vtt", ".sjson"))
        page = not name.startswith("static/") and (name.endswith((".html", ".json")) or name.startswith("custom_tags/"))
        if page or subtitles:
            try:
                (course.root / name).read_bytes().decode("utf-8")
            except UnicodeDecodeError as error:
                message = f"This file is not UTF-8 (byte {error.start}). Save it again as UTF-8."
                yield Problem("CX021", name, message, ERROR if name in course.used else WARNING)


def unread_definitions(course: OlxCourse) -> dict[str, Block]:
    """Files that look like the definition of a block, and that an import does not read -> that block."""
    found = {}
    for block in course.blocks():
        target = pointed_file(block.node) if block.url_name and not block.pointed else ""
        looks_like_one = is_nearly_pointer(block.node) or (is_pointer(block.node) and block.tag not in FOLLOWED)
        if looks_like_one and course.has_file(target) and block.tag not in SAID_IN_ATTRIBUTES and target not in course.read:
            found[target] = block
    return found


@rule("CX030")
def definition_that_is_not_read(course: OlxCourse) -> Iterator[Problem]:
    """A tag with nothing inside, and a file of its name that the import does not read: the block comes out empty.

    It reads the file for `<tag url_name="x"/>` only, without another attribute or a comment, and never for a pure XBlock.
    """
    for target, block in unread_definitions(course).items():
        if block is course.top:
            message = f"An import reads {target} only where this tag has url_name, org and course, and nothing else."
        elif block.tag in FOLLOWED:
            message = f"An import reads {target} only where this tag has a url_name and nothing else, not even a comment."
        else:
            message = (
                f"An import does not read {target}: a <{block.tag}> must stand here itself. Put the content of that file here."
            )
        yield at("CX030", block, message, ERROR if block.tag in FOLLOWED | PURE else WARNING)
