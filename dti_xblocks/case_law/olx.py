"""The OLX of a set of authorities: `<authority ref="slug"/>` children, in reading order."""

from __future__ import annotations

from lxml import etree

from .model import CaseSet, Reference, Stray


def read(root) -> CaseSet:
    """The set in the children of the XML element `root`. Takes everything in; `rules.check` judges it."""
    references, strays = [], []
    _take_text(root.text, root.sourceline, strays)
    for child in root:
        if not isinstance(child.tag, str):  # a comment or processing instruction
            _take_text(child.tail, child.sourceline, strays)
            continue
        if child.tag == "authority":
            references.append(Reference(child.get("ref", "").strip(), child.sourceline))
            strays += [Stray("attribute", name, child.sourceline) for name in child.attrib if name != "ref"]
            _take_text(child.text, child.sourceline, strays)
            for inner in child:
                if isinstance(inner.tag, str):
                    strays.append(Stray("element", inner.tag, inner.sourceline))
                _take_text(inner.tail, inner.sourceline, strays)
        else:
            strays.append(Stray("element", child.tag, child.sourceline))
        _take_text(child.tail, child.sourceline, strays)
    return CaseSet(tuple(references), tuple(strays))


def write(slugs) -> str:
    """The content of a block with these authorities, as `read` takes it back."""
    lines = []
    for slug in slugs:
        element = etree.Element("authority", ref=slug)
        lines.append("\n  " + etree.tostring(element, encoding="unicode"))
    return "".join(lines) + "\n"


def _take_text(text: str | None, line: int | None, strays: list) -> None:
    if text and text.strip():
        strays.append(Stray("text", text.strip()[:40], line or 0))
