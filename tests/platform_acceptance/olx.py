"""Course archives as the platform exchanges them: what one declares, and how what comes out differs from what went in."""

from __future__ import annotations

import difflib
import filecmp
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

CONTAINERS = {"course", "chapter", "sequential", "vertical", "itembank", "library_content"}
NOT_BLOCKS = {"wiki"}  # elements of course.xml that make no block


@dataclass(frozen=True)
class Identity:
    """Whose course an archive is."""

    org: str
    number: str
    run: str


@dataclass
class Difference:
    """How two folders of OLX differ; each list has paths in them."""

    same: int = 0
    lost: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)


def folder_of(archive: Path, target: Path) -> Path:
    """Unpack `archive` into `target`; the folder that has course.xml."""
    with tarfile.open(archive) as file:
        file.extractall(target, filter="data")
    return next(path.parent for path in sorted(target.rglob("course.xml"), key=lambda path: len(path.parts)))


def packed(folder: Path, archive: Path) -> Path:
    """`folder` as an archive with one folder at its top, as Studio exports it."""
    with tarfile.open(archive, "w:gz") as file:
        file.add(folder, arcname="course")
    return archive


def identity(folder: Path) -> Identity:
    """What course.xml says."""
    root = etree.parse(folder / "course.xml").getroot()
    return Identity(root.get("org", ""), root.get("course", ""), root.get("url_name", ""))


def declared(folder: Path) -> list[tuple[str, str]]:
    """(type, url_name) of every block, in the order of the course, the course itself left out."""
    return list(_below(etree.parse(folder / "course.xml").getroot(), folder))[1:]


def _below(node: etree._Element, folder: Path) -> Iterator[tuple[str, str]]:
    name = node.get("url_name", "")
    file = folder / node.tag / f"{name.replace(':', '/')}.xml"
    if len(node) == 0 and not (node.text or "").strip() and file.exists():
        node = etree.parse(file).getroot()
    yield str(node.tag), name
    if node.tag in CONTAINERS:
        for child in node:
            if isinstance(child.tag, str) and child.tag not in NOT_BLOCKS:
                yield from _below(child, folder)


def difference(before: Path, after: Path) -> Difference:
    """How `after` differs from `before`. XML is compared without insignificant white space and order of attributes."""
    old, new = _files(before), _files(after)
    found = Difference(lost=sorted(old - new), added=sorted(new - old))
    for name in sorted(old & new):
        lines = _changes(before / name, after / name)
        if lines:
            found.changed[name] = lines
        else:
            found.same += 1
    return found


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _changes(one: Path, other: Path) -> list[str]:
    if filecmp.cmp(one, other, shallow=False):
        return []
    if one.suffix == ".xml":
        texts = [canonical(path.read_bytes()).splitlines() for path in (one, other)]
    elif one.suffix == ".json":
        texts = [json.dumps(json.loads(path.read_text("utf-8")), indent=1, sort_keys=True).splitlines() for path in (one, other)]
    else:
        texts = [path.read_text("utf-8", errors="replace").strip().splitlines() for path in (one, other)]
    lines = difflib.unified_diff(*texts, lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def canonical(text: bytes | str) -> str:
    """XML with sorted attributes and without white space between elements that hold only elements."""
    root = etree.fromstring(text, etree.XMLParser(remove_blank_text=True))
    for node in root.iter(etree.Element):
        attributes = sorted(node.attrib.items())
        node.attrib.clear()
        node.attrib.update(attributes)
        node.text = node.text if (node.text or "").strip() else None
        node.tail = node.tail if (node.tail or "").strip() else None
    return etree.tostring(root, pretty_print=True, encoding="unicode")
