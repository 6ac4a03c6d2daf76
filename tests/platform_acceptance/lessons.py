"""The lessons after the import: their HTML letter by letter, figures drawn in them, and their pictures as they are sent."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from . import boot, courses
from .outcome import Ledger
from .studios import Author
from .visitors import Answer, Visitor

TYPES = {".webp": "image/webp", ".png": "image/png", ".jpg": "image/jpeg", ".svg": "image/svg+xml", ".css": "text/css",
         ".pdf": "application/pdf", ".mp4": "video/mp4", ".vtt": "text/vtt"}  # fmt: skip
FIGURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
SECOND_SIZE = re.compile(r'<source media="[^"]*" srcset="([^"]*)"')
ASSET = ("/asset-v1:", "/assets/courseware/")
MOST_PAGES = 20
NAMES = re.compile(r"</?([a-zA-Z][\w-]*)|\s([a-zA-Z_:][\w:.-]*)=")


def in_studio(ledger: Ledger, author: Author, course: Any) -> None:
    """In Studio: what the store has, and what it has after an author has saved the lesson without a change."""
    texts = courses.of_kind(courses.tree(course, draft=True), "html")
    source = _source()
    read = {courses.usage(block).block_id: source / f"html/{block.location.block_id}.html" for block in texts}
    other = [name for name, path in read.items() if path.exists() and path.read_text("utf-8") != _data(texts, name)]
    ledger.same("every lesson's HTML is that of its file", other, [], f"{len(texts)} lessons")
    drawn = [block for block in texts if "<svg" in block.data]
    changed = []
    for block in [*drawn, texts[0]]:
        usage, before = courses.usage(block), block.data
        saved = author.post_json(f"/xblock/{usage}", {"data": before, "metadata": {"display_name": block.display_name}})
        after = _item(usage).data
        if saved.status != 200 or saved.faults or after != before:
            changed.append(usage.block_id)
        author.post_json(f"/xblock/{usage}", {"publish": "discard_changes"})
    ledger.same("saved in Studio without a change it stays the same", changed, [], f"{len(drawn)} of them with figures")
    found = Counter(one["content_type"] for one in _listed(author, course))
    pictures = Counter(
        TYPES[path.suffix] for path in (source / "static").iterdir() if TYPES.get(path.suffix, "").startswith("image")
    )
    ledger.same("Studio lists the pictures as pictures", dict(found), dict(pictures), f"{found.total()} pictures")


def in_lms(ledger: Ledger, learner: Visitor, blocks: list[Any], found: dict[str, Answer]) -> None:
    """In the LMS: the figures as they were drawn, and each file (address -> answer) as what it is."""
    texts = [block for block in courses.of_kind(blocks, "html") if "<svg" in block.data]
    spoilt, figures = [], 0
    for block in texts:
        drawn, page = FIGURE.findall(block.data), learner.unit(courses.usage(block)).text
        figures += len(drawn)
        spoilt += [courses.usage(block).block_id for figure in drawn if figure not in page]
    ledger.same("every figure reaches the page as it was drawn", spoilt, [], f"{figures} figures in {len(texts)} lessons")
    offered = {
        courses.usage(block).block_id: SECOND_SIZE.findall(learner.unit(courses.usage(block)).text)
        for block in courses.of_kind(blocks, "html")
        if "<picture" in block.data
    }
    ledger.same(
        "the second size of a lesson's picture has the address of a course asset",
        [name for name, found in offered.items() if not found or any(not address.startswith(ASSET) for address in found)],
        [],
        f"{len(offered)} lessons",
    )
    wrong = {
        address: kind
        for address, answer in found.items()
        if (wanted := TYPES.get(Path(address.split("?")[0]).suffix))
        and not (kind := answer.headers.get("Content-Type", "")).startswith(wanted)
    }
    kinds = Counter(answer.headers.get("Content-Type", "").split(";")[0] for answer in found.values())
    ledger.same(
        "every file is sent as what it is", wrong, {}, ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    )
    _cleaned(ledger, courses.of_kind(blocks, "html"))


def _cleaned(ledger: Ledger, blocks: list[Any]) -> None:
    """What would be left if the platform's cleaning of HTML, which it has for news and handouts, were put over the lessons.

    It is not: the LMS shows lessons as they are. A site that does so loses no word.
    """
    from openedx.core.djangolib.markup import clean_dangerous_html

    lost, gone = [], Counter()
    for block in blocks:
        cleaned = str(clean_dangerous_html(block.data))
        if _words(cleaned) != _words(block.data):
            lost.append(courses.usage(block).block_id)
        gone += Counter(_names(block.data)) - Counter(_names(cleaned))
    ledger.same(
        "cleaned by the platform's own rules the lessons lose no word",
        lost,
        [],
        f"tags and attributes that go: {', '.join(f'{name} {count}' for name, count in gone.most_common(12)) or 'none'}",
    )
    index = {courses.usage(block).block_id: json.dumps(block.index_dictionary()) for block in blocks}
    ledger.same(
        "search finds words of lessons, and no markup", [name for name, text in index.items() if re.search(r"</?\w", text)], []
    )


def _words(markup: str) -> list[str]:
    from lxml import html

    root = html.fromstring(f"<div>{markup}</div>")
    for node in list(root.iter("style", "script")):
        node.drop_tree()
    return str(root.text_content()).split()


def _names(markup: str) -> list[str]:
    return [(tag or name).lower() for tag, name in NAMES.findall(markup)]


def _data(texts: list[Any], name: str) -> str:
    return next(block.data for block in texts if block.location.block_id == name)


def _listed(author: Author, course: Any) -> list[dict[str, Any]]:
    """The pictures of the course, as Studio's page of files asks for them, page by page."""
    found: list[dict[str, Any]] = []
    for page in range(MOST_PAGES):
        shown = author.get(f"/assets/{course}/?page={page}&page_size=100&asset_type=Images&sort=date&direction=desc").json
        found += shown["assets"]
        if len(found) >= shown["totalCount"] or not shown["assets"]:
            break
    return found


def _source() -> Path:
    return Path(json.loads((boot.work() / "course.json").read_text())["folder"])


def _item(usage: Any) -> Any:
    from xmodule.modulestore.django import modulestore

    return modulestore().get_item(usage)


def fetched(visitor: Visitor, addresses: set[str]) -> dict[str, Answer]:
    """What the LMS answers for course assets."""
    return {address: visitor.get(address) for address in sorted(addresses) if not address.startswith("/static/")}
