"""What the platform makes of a tag: which it follows to a file, which hold blocks, which are settings of where they stand.

The checks and the preview both ask here.
"""

from __future__ import annotations

from lxml import etree

# Blocks that hold blocks.
HOLDERS = frozenset({
    "chapter", "conditional", "course", "itembank", "legacy_library_content", "library_content", "problemset", "randomize",
    "sequential", "split_test", "unit", "vertical", "videosequence", "wrapper",
})  # fmt: skip
# Blocks whose insides are their own language, not blocks.
OPAQUE = frozenset({
    "about", "annotatable", "course_info", "customtag", "discussion", "html", "lti", "poll_question", "problem", "static_tab",
    "video", "word_cloud",
})  # fmt: skip
# Pure XBlocks, ours among them, are never followed.
POINTED = HOLDERS | OPAQUE
# Elements in a course or another holder that are settings of it, not blocks.
SETTINGS = frozenset({"wiki", "textbook", "metadata", "grading_policy", "user_partitions", "proctoring", "meta", "show"})


def is_pointer(node: etree._Element) -> bool:
    """`<tag url_name="x"/>` and nothing else; a course may also say its org and number (platform: XmlMixin.is_pointer_tag)."""
    allowed = {"url_name", "course", "org"} if node.tag == "course" else {"url_name"}
    return "url_name" in node.attrib and set(node.attrib) <= allowed and not len(node) and not (node.text or "").strip()


def pointed_file(node: etree._Element) -> str:
    """The file that a pointer means, as a path relative to the course folder."""
    return f"{node.tag}/{node.get('url_name', '').replace(':', '/')}.xml"


def inner_blocks(holder: etree._Element) -> list[etree._Element]:
    """The child elements of a block that holds blocks, without its settings."""
    return [child for child in holder if isinstance(child.tag, str) and child.tag not in SETTINGS]
