"""What the platform makes of a tag, judged by where it stands: which tags are blocks, which hold blocks, which are followed to
a file, under what name, and what is a setting of the block that it stands in.

The checks and the preview both ask here. Read in the platform's `xmodule/xml_block.py` and `xmodule/modulestore/xml.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

# Blocks that hold blocks.
HOLDERS = frozenset({
    "chapter", "conditional", "course", "itembank", "library_content", "randomize", "sequential", "split_test", "unit",
    "vertical", "wrapper",
})  # fmt: skip
# Blocks whose definition may stand in a file of its own, and whose insides are a language of their own.
OPAQUE = frozenset({
    "about", "annotatable", "course_info", "custom_tag_template", "customtag", "discussion", "html", "lti", "poll_question",
    "problem", "static_tab", "video", "videoalpha", "word_cloud",
})  # fmt: skip
# Pure XBlocks, ours and `unit` among them, are never followed.
FOLLOWED = (HOLDERS - {"unit"}) | OPAQUE
# Written in place, with a template of custom_tags/ that has their name.
CUSTOM = frozenset({"book", "discuss", "image", "slides", "videodev"})
# Pure XBlocks that come with the platform, from Teak to Willow, or that Tutor installs.
PURE = frozenset({
    "crowdsourcehinter", "done", "drag-and-drop-v2", "edx_sga", "google-calendar", "google-document", "library",
    "library_sourced", "lti_consumer", "openassessment", "pdf", "poll", "recommender", "scorm", "staffgradedxblock", "survey",
    "unit",
})  # fmt: skip
OF_THE_PLATFORM = FOLLOWED | CUSTOM | PURE
# Blocks of older releases that the platform no longer has: their content is imported, and nobody sees it.
RETIRED = frozenset({
    "abtest", "combinedopenended", "crowdsource_hinter", "foldit", "graphical_slider_tool", "imageannotation", "peergrading",
    "problemset", "section", "selfassessment", "textannotation", "timelimit", "videoannotation", "videosequence",
})  # fmt: skip
# Blocks of other makers that courses are known to use: they run where they are installed.
OF_OTHERS = frozenset({
    "activetable", "adventure", "audio", "concept", "eoc-journal", "feedback", "freetextresponse", "h5pxblock", "hastexo",
    "image-explorer", "imagemodal", "invideoquiz", "mentoring", "oppia", "pb-dashboard", "problem-builder", "qualtricssurvey",
    "rate", "schoolyourself_lesson", "schoolyourself_review", "scormxblock", "step-builder", "submit-and-compare", "ubcpi",
    "vectordraw",
})  # fmt: skip

# Elements in a holder that are settings of it. Anywhere else they are tags like all others.
SETTINGS = {"course": {"license", "meta", "textbook", "wiki"}, "conditional": {"meta", "show"}}
ASIDES = "xblock_asides.v1"  # the family of what stands beside a block

NO_NAME = re.compile(r"[^\w.%-]")


def is_pointer(node: etree._Element) -> bool:
    """Whether the platform reads the definition from a file: `<tag url_name="x"/>` and nothing else, not even a comment.

    The tag of a course must also say its org and number. Only for tags in `FOLLOWED`.
    """
    wanted = {"url_name", "course", "org"} if node.tag == "course" else {"url_name"}
    has = set(node.attrib) - {"xblock-family"}
    if "url_name" not in has and "slug" in has:  # the older word for it
        has = has - {"slug"} | {"url_name"}
    return has == wanted and not len(node) and not (node.text or "").strip()


def is_nearly_pointer(node: etree._Element) -> bool:
    """Whether a tag with nothing inside looks like a pointer and is none: for a comment in it, or for more attributes."""
    return (
        not is_pointer(node)
        and name_of(node) == (node.get("url_name") or node.get("slug"))
        and "filename" not in node.attrib
        and not (node.text or "").strip()
        and all(not isinstance(part.tag, str) and not (part.tail or "").strip() for part in node)
    )


def name_of(node: etree._Element) -> str:
    """The name that the platform gives to a block: its url_name, or made of an older or another attribute; "" for none."""
    for attribute, is_name in (("url_name", True), ("slug", True), ("name", False), ("display_name", False)):
        if attribute in node.attrib:
            value = node.get(attribute, "")
            return value if is_name else re.sub("_+", "_", NO_NAME.sub("_", value))
    return ""


def pointed_file(node: etree._Element) -> str:
    """The file that a pointer means, as a path relative to the course folder."""
    return f"{node.tag}/{name_of(node).replace(':', '/')}.xml"


def definition_file(tag: str, name: str, filename: str | None, has_file: Callable[[str], bool]) -> str:
    """The file in which the content of the block `name` stands that says `filename`; "" for a block that says none.

    Where several places are possible it is the first that there is, or the usual one.
    """
    if filename is None or tag not in FOLLOWED - {"discussion", "video", "videoalpha"}:
        return ""
    if tag in ("html", "about", "course_info", "static_tab"):
        folder = f"html/{name.replace(':', '/')}".rpartition("/")[0]
        places = _older_places_of_pages(f"{folder}/{filename}.html")
    else:
        places = [f"{tag}/{filename}.xml"]
        if tag == "problem":
            places += [f"problems/{filename}.xml", f"{filename}.xml"]
    return next((place for place in places if has_file(place)), places[0])


def _older_places_of_pages(path: str) -> list[str]:
    places, rest = [path], path
    if rest.endswith(".html.html"):
        rest = rest[:-5]
    while "/" in rest:
        places.append(rest)
        rest = rest.partition("/")[2]
    return places


def inner_blocks(holder: etree._Element, tag: str = "") -> list[etree._Element]:
    """The child elements of a block that holds blocks, without its settings and what stands beside it.

    `tag` is the block's, where its file has another.
    """
    settings = SETTINGS.get(tag or str(holder.tag), {"meta"})
    return [
        child
        for child in holder
        if isinstance(child.tag, str) and child.tag not in settings and child.get("xblock-family") != ASIDES
    ]
