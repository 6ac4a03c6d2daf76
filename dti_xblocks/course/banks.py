"""Questions that are drawn, for releases of the platform that draw otherwise than the course is written.

A course draws with `itembank`. Before openedx-platform pull request 37830 (of January 2026) the platform's grades count all
questions of such a bank, also those that a learner never got. Those of the older `library_content` are counted rightly.
"""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from ..content import parser
from .tags import is_pointer, pointed_file

AS_WRITTEN, OLDER, PLAIN = "itembank", "library_content", "plain"
FORMS = (AS_WRITTEN, OLDER, PLAIN)

Instead = dict[str, tuple[str, bytes]]  # as `build.archive_bytes` takes it


def in_form(root: Path, form: str) -> tuple[Instead, frozenset[Path]]:
    """What differs when the banks of the course in `root` take `form`, one of `FORMS`: (files with other bytes, files left out).

    "plain" puts as many of a bank's questions in its place as it draws, the same for everybody, spread over the bank.
    """
    if form == AS_WRITTEN:
        return {}, frozenset()
    instead: Instead = {}
    left_out: set[Path] = set()
    for path in sorted(root.glob("*/**/*.xml")):
        name = path.relative_to(root).as_posix()
        node = None if name.startswith("static/") else _with_bank(path)
        if node is None:
            continue
        if form == PLAIN and node.tag == AS_WRITTEN:
            left_out.add(path)  # what it keeps goes to where it is named
            continue
        for bank in list(node.iter(AS_WRITTEN)):
            if form == OLDER:
                bank.tag = OLDER
            else:
                left_out |= {root / "problem" / f"{child.get('url_name')}.xml" for child in _unwrapped(bank, root)}
        instead[name] = (_moved(name, form), etree.tostring(node, encoding="utf-8") + b"\n")
    return instead, frozenset(path for path in left_out if path.is_file())


def _with_bank(path: Path) -> etree._Element | None:
    """What is in a file that has a bank in it, None for any other; a rule says what is wrong with one that cannot be read."""
    data = path.read_bytes()
    try:
        return etree.fromstring(data, parser()) if b"<itembank" in data else None
    except etree.XMLSyntaxError:
        return None


def _moved(name: str, form: str) -> str:
    """The name of a file under which the platform looks for it in that form."""
    return f"{form}/{name.removeprefix('itembank/')}" if name.startswith("itembank/") else name


def _unwrapped(bank: etree._Element, root: Path) -> list[etree._Element]:
    """Put the questions that a bank keeps in its place; the others."""
    definition = _with_bank(root / pointed_file(bank)) if is_pointer(bank) and (root / pointed_file(bank)).is_file() else bank
    parent = bank.getparent()
    if definition is None or parent is None:
        return []
    children = [child for child in definition if isinstance(child.tag, str)]
    text = definition.get("max_count") or "1"
    count = min(int(text) if text.isdigit() else len(children), len(children))
    kept = [children[place * len(children) // count] for place in range(count)]
    place = parent.index(bank)
    for child in kept:
        child.tail = bank.tail
    parent[place : place + 1] = kept
    return [child for child in children if child not in kept]
