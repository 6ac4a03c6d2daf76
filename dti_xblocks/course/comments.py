"""Comments between blocks, which stay on the author's side: the platform's import takes each for a block that it cannot read.

It goes on, but logs an error with a traceback for every one, in `xmodule/vertical_block.py` and its neighbours. Comments inside a
problem, a lesson or a block of ours are no children of a holder, and stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from ..content import parser
from .tags import HOLDERS, is_nearly_pointer

Instead = dict[str, tuple[str, bytes]]  # as `build.archive_bytes` takes it


def left_out(root: Path, instead: Mapping[str, tuple[str, bytes]]) -> Instead:
    """The files of the course in `root` that differ without them; also of what `instead` has already."""
    found: Instead = {}
    for path in sorted([*root.glob("*.xml"), *root.glob("*/**/*.xml")]):
        name = path.relative_to(root).as_posix()
        if name.startswith("static/"):
            continue
        target, data = instead.get(name) or (name, path.read_bytes())
        bare = _bare(data)
        if bare is not None:
            found[name] = target, bare
    return found


def _bare(data: bytes) -> bytes | None:
    """The file without what stands between its blocks and is none; None where there is nothing of it, or where it is no XML."""
    if b"<!--" not in data and data.count(b"<?") == data.startswith(b"<?xml"):
        return None
    try:
        root = etree.fromstring(data, parser())
    except etree.XMLSyntaxError:  # a rule says so
        return None
    between = [node for node in root.iter(etree.Comment, etree.ProcessingInstruction) if _is_between(node)]
    for node in between:
        _remove(node)
    return etree.tostring(root, encoding="utf-8") + b"\n" if between else None


def _is_between(node: etree._Element) -> bool:
    """Whether it stands where blocks do. In what is nearly a pointer it decides what is read, and a rule says so."""
    parent = node.getparent()
    return parent is not None and parent.tag in HOLDERS and not is_nearly_pointer(parent)


def _remove(node: etree._Element) -> None:
    """Take a node away, and leave what stands behind it."""
    parent, before = node.getparent(), node.getprevious()
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)
