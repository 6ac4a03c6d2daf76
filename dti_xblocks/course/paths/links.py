"""Links that led to what a path leaves out: to an authority's other home, or plain words where there is none."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from ...content import parser
from ..model import OlxCourse

LINK = re.compile(
    r"""<a\b[^>]*?\bhref=(["'])/jump_to_id/(?P<name>[\w.-]+)(?:#case-(?P<slug>[\w-]+))?[^"']*\1[^>]*>(?P<words>.*?)</a>""",
    re.DOTALL,
)


def mend(course: OlxCourse, law: str) -> None:
    """Change the files of `course` so that no link leads nowhere; `law` is the list that takes homeless authorities."""
    have = {block.url_name for block in course.blocks()}
    homes = {
        node.get("ref", ""): block.url_name
        for block in reversed(course.blocks("dti_case_law"))
        for node in block.node.iter("authority")
    }
    homeless: list[str] = []

    def mended(link: re.Match[str]) -> str:
        name, slug = link["name"], link["slug"]
        if name in have:
            return link[0]
        if not slug:
            return link["words"]
        if slug not in homes:
            homes[slug] = law
            homeless.append(slug)
        return link[0].replace(f"/jump_to_id/{name}#", f"/jump_to_id/{homes[slug]}#")

    for name in sorted(course.used):
        if name.endswith((".html", ".xml")) and not name.startswith("static/"):
            path = course.root / name
            before = path.read_text(encoding="utf-8")
            after = LINK.sub(mended, before)
            if after != before:
                path.write_text(after, encoding="utf-8")
    _take_in(course, law, sorted(homeless))


def _take_in(course: OlxCourse, law: str, slugs: list[str]) -> None:
    """Add authorities to the list `law`."""
    block = next((block for block in course.blocks("dti_case_law") if block.url_name == law), None)
    if block is None or not slugs:
        return
    path: Path = course.root / block.file
    root = etree.fromstring(path.read_bytes(), parser())
    for node in root.iter("dti_case_law"):
        if node.get("url_name") == law:
            for slug in slugs:
                etree.SubElement(node, "authority", ref=slug).tail = "\n"
    path.write_bytes(etree.tostring(root, encoding="utf-8") + b"\n")
