"""The OLX of a set of authorities, in reading order.

`<authority ref="graham-v-connor"/>` is one of the library; child elements in it change that authority's texts for this block.
`<authority slug="policy-300" kind="policy">` with child elements is the author's own. A child element is named as the field of
`Authority` with hyphens; a list has one element for each item:

    caption citation court circuit decided state official-url in-brief facts question holding rule on-the-street outcome
    later-treatment duty who-it-covers reporting-and-retaliation treatment treatment-note verified-note checked
    topic* element* penalty-or-remedy* treatment-by* source-seen*
    check (question, right, wrong+, why)
"""

from __future__ import annotations

from lxml import etree

from .model import LISTS, CaseSet, Check, Entry, Stray

# Element names of the items of lists; every other text is its field's name with hyphens.
ITEMS = {
    "topic": "topics",
    "element": "elements",
    "penalty-or-remedy": "penalties_remedies",
    "treatment-by": "treatment_by",
    "source-seen": "sources_seen",
}
TEXTS = (
    "caption", "citation", "court", "circuit", "decided", "state", "official_url", "in_brief", "facts", "question", "holding",
    "rule", "on_the_street", "outcome", "later_treatment", "duty", "who_it_covers", "reporting_and_retaliation", "treatment",
    "treatment_note", "verified_note", "checked",
)  # fmt: skip
NAMES = {**{name.replace("_", "-"): name for name in TEXTS}, **ITEMS}
_ELEMENT_OF = {field: element for element, field in NAMES.items()}


def read(root) -> CaseSet:
    """The set in the children of the XML element `root`. Takes everything in; `rules.check` judges it."""
    entries, strays = [], []
    _take_text(root.text, root.sourceline, strays)
    for child in root:
        if child.tag == "authority":
            entries.append(_entry(child, strays))
        elif isinstance(child.tag, str):  # else a comment or processing instruction
            strays.append(Stray("element", child.tag, child.sourceline))
        _take_text(child.tail, child.sourceline, strays)
    return CaseSet(tuple(entries), tuple(strays))


def write(entries) -> str:
    """The content of a block with these `Entry`s (or slugs of the library), as `read` takes it back."""
    shell = etree.Element("content")
    for entry in entries:
        entry = Entry(ref=entry) if isinstance(entry, str) else entry
        element = etree.SubElement(shell, "authority")
        for name in ("ref", "slug"):
            if getattr(entry, name):
                element.set(name, getattr(entry, name))
        if entry.slug and entry.fields.get("kind"):
            element.set("kind", entry.fields["kind"])
        for name, value in entry.fields.items():
            if name == "check":
                _write_check(element, value)
            elif name in LISTS:
                for item in value:
                    etree.SubElement(element, _ELEMENT_OF[name]).text = item
            elif name != "kind":
                etree.SubElement(element, _ELEMENT_OF[name]).text = value
    if not len(shell):
        return "\n"
    etree.indent(shell, "  ")
    return "\n  " + "\n  ".join(etree.tostring(child, encoding="unicode", with_tail=False).strip() for child in shell) + "\n"


def _entry(node, strays: list) -> Entry:
    fields: dict[str, object] = {}
    ref, slug = node.get("ref", "").strip(), node.get("slug", "").strip()
    if slug and node.get("kind"):
        fields["kind"] = node.get("kind").strip()
    known = {"ref"} if not slug else {"ref", "slug", "kind"}
    strays += [Stray("attribute", name, node.sourceline) for name in node.attrib if name not in known]
    _take_text(node.text, node.sourceline, strays)
    for child in node:
        if isinstance(child.tag, str):
            _take_field(child, fields, strays)
        _take_text(child.tail, child.sourceline, strays)
    return Entry(ref, slug, fields, node.sourceline)


def _take_field(node, fields: dict, strays: list) -> None:
    if node.tag == "check":
        fields["check"] = _check(node, strays)
        return
    name = NAMES.get(node.tag)
    inner = [child for child in node if isinstance(child.tag, str)]
    if name is None or inner or (name in fields and name not in LISTS):
        strays.append(Stray("element", inner[0].tag if name and inner else node.tag, node.sourceline))
        if name is None:
            return
    strays += [Stray("attribute", attribute, node.sourceline) for attribute in node.attrib]
    text = _text(node)
    fields[name] = (*fields.get(name, ()), text) if name in LISTS else text


def _check(node, strays: list) -> Check:
    found = {"question": [], "right": [], "wrong": [], "why": []}
    _take_text(node.text, node.sourceline, strays)
    for child in node:
        if isinstance(child.tag, str):
            if child.tag not in found or (child.tag != "wrong" and found[child.tag]):
                strays.append(Stray("element", child.tag, child.sourceline))
            else:
                found[child.tag].append(_text(child))
        _take_text(child.tail, child.sourceline, strays)
    question, right, why = ("".join(found[name]) for name in ("question", "right", "why"))
    return Check(question, right, tuple(found["wrong"]), why)


def _write_check(parent, check: Check) -> None:
    node = etree.SubElement(parent, "check")
    for name, texts in (("question", [check.question]), ("right", [check.right]), ("wrong", check.wrong), ("why", [check.why])):
        for text in texts:
            etree.SubElement(node, name).text = text


def _text(node) -> str:
    """All words in `node` as one paragraph, whatever its line breaks. What may not be in it is for `rules` to find."""
    return " ".join("".join(node.itertext()).split())


def _take_text(text: str | None, line: int | None, strays: list) -> None:
    if text and text.strip():
        strays.append(Stray("text", text.strip()[:40], line or 0))
