"""Rules about links inside the course."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from ...content import ERROR, INLINE, WARNING, Problem, parser
from ..model import OlxCourse
from ..tags import FOLLOWED, PURE, name_of
from .assets import UNKNOWN_PART, asset_name, kept_files, linking_lines, named_transcripts, readable, static_links
from .registry import at, rule

# The platform's own files, which it looks for first; below its other folders there are hundreds.
OF_THE_PLATFORM = frozenset(
    f"images_{name}.png" for name in ("placeholder-faculty", "placeholder-image", "voltage_divider", "high_pass_filter")
)
FOLDERS_OF_THE_PLATFORM = (
    "admin/", "applets/", "bundles/", "cms/", "coffee/", "common/", "css/", "edx-ui-toolkit/", "fonts/", "js/", "lms/", "sass/",
    "studio/", "xblock/", "xmodule/",
)  # fmt: skip
JUMP_LINK = re.compile(r"""["']/?(?:courses/(?P<course>[^"'?#]+)/)?jump_to_id/(?P<name>[^"'?#/\\]+)""")


@rule("CX007")
def dead_static_link(course: OlxCourse) -> Iterator[Problem]:
    """A link to /static/ whose file is not in the course."""
    have = OF_THE_PLATFORM | kept_files(course).keys()
    elsewhere = _films_elsewhere(course, have)
    for block in course.blocks("video", "videoalpha"):
        for target in named_transcripts(block):
            if asset_name(target) not in have:
                message = f"The transcript {target} does not exist. Add the file to static/ or remove its name."
                yield at("CX007", block, message, WARNING)
    for name in readable(course):
        links_at_all = not name.startswith("static/") or name.endswith((".html", ".htm", ".css"))
        for number, line in enumerate(linking_lines(course, name) if links_at_all else (), 1):
            for target in static_links(line):
                if not _is_kept(target, have):
                    of_the_platform = target.startswith(FOLDERS_OF_THE_PLATFORM)
                    hint = ", unless it is one of the platform's own files" if of_the_platform else ""
                    message = f"/static/{target} does not exist{hint}. Add the file to static/ or correct the link."
                    if "/static/" in target:
                        message = f"The platform takes “/static/{target}” for one file, and finds none. Name one file, as in src."
                    severity = WARNING if of_the_platform or name.startswith("static/") else ERROR
                    if asset_name(target) in elsewhere:
                        severity = WARNING
                        message = (
                            f"The film static/{target} is not here. Learners see its stills instead, unless the site has films "
                            "elsewhere (DTI_FILMS)."
                        )
                    yield Problem("CX007", name, message, severity, number)


def _films_elsewhere(course: OlxCourse, have: frozenset[str]) -> frozenset[str]:
    """Films that are not in the course while what belongs to them is: an archive without films, and the installed package."""
    found = set()
    for block in course.blocks("dti_video"):
        for film in block.node.iter("film"):
            name, poster = (asset_name((film.get(key) or "").removeprefix("/static/")) for key in ("src", "poster"))
            if name not in have and poster in have:
                found.add(name)
    return frozenset(found)


def _is_kept(target: str, have: frozenset[str]) -> bool:
    """Whether a link finds a file, or is the beginning of names that a script completes."""
    name = asset_name(target)
    return name in have or ("." not in name and any(each.startswith(name) for each in have))


@rule("CX008")
def dead_jump_link(course: OlxCourse) -> Iterator[Problem]:
    """A link to /jump_to_id/ that no block answers to."""
    own = {f"course-v1:{course.org}+{course.number}+{course.run}", f"{course.org}/{course.number}/{course.run}"}
    have = {block.url_name for block in course.blocks()} | _names_out_of_sight(course)
    for name in readable(course):
        for number, line in enumerate(linking_lines(course, name) if not name.startswith("static/") else (), 1):
            for link in JUMP_LINK.finditer(line):
                target = unquote(link["name"]).strip()
                elsewhere = link["course"] and unquote(link["course"]) not in own
                if not elsewhere and target not in have and not UNKNOWN_PART.search(target):
                    message = f"/jump_to_id/{link['name']} leads nowhere: no block has this url_name. Correct the link."
                    yield Problem("CX008", name, message, line=number)


def _names_out_of_sight(course: OlxCourse) -> set[str]:
    """Names of blocks that are no part of the tree: in blocks of other makers, and in what is not published yet."""
    nodes = [block.node for block in course.blocks() if block.tag not in FOLLOWED | PURE]
    names = set()
    for file in course.files:
        if file.startswith("drafts/") and file.endswith(".xml"):
            names.add(file.rpartition("/")[2].removesuffix(".xml"))
            try:
                nodes.append(etree.fromstring((course.root / file).read_bytes(), parser()))
            except etree.XMLSyntaxError:
                continue  # CX001
    return names | {name_of(part) for node in nodes for part in node.iter(etree.Element)}


@rule("CX026")
def joined_words(course: OlxCourse) -> Iterator[Problem]:
    """A blank between two marked-up words that the import drops, because their paragraph does not start with text.

    The platform's parser removes text that is only blanks where the parent starts with an element:
    `<p><em>Graham</em> <strong>v. Connor</strong></p>` becomes "Grahamv. Connor". Files of html blocks are not parsed.
    """
    for name in sorted(course.used):
        if not name.endswith(".xml"):
            continue
        try:
            root = etree.fromstring((course.root / name).read_bytes(), parser())
        except etree.XMLSyntaxError:
            continue  # CX001
        for node in root.iter(*INLINE):
            blank = node.tail and not node.tail.strip() and "\n" not in node.tail
            after, parent = node.getnext(), node.getparent()
            if blank and after is not None and after.tag in INLINE and parent is not None and not parent.text:
                message = "The import drops the blank after “{}”. Put it inside the element, or start the paragraph with a word."
                words = " ".join("".join(node.itertext()).split())[:40]
                yield Problem("CX026", name, message.format(words), line=node.sourceline or 0)


@rule("CX027")
def video_from_static(course: OlxCourse) -> Iterator[Problem]:
    """A video block that plays a file from /static/: the platform does not rewrite that address, and the player finds nothing.

    An html block with a <video> element plays it.
    """
    for block in course.blocks("video", "videoalpha"):
        sources = [str(block.setting("html5_sources") or ""), *(source.get("src", "") for source in block.node.iter("source"))]
        if any("/static/" in source for source in sources):
            yield at("CX027", block, "A video block does not play files from /static/. Use an html block or a full address.")
