"""The OLX of a set of authorities, in reading order.

`<authority ref="graham-v-connor"/>` is one of the library; child elements in it change that authority's texts for this block.
`<authority slug="policy-300" kind="policy">` with child elements is the author's own. A child element is named as the field of
`Authority` with hyphens; a list has one element for each item:

    caption citation court circuit decided state strength in-force published reliance official-url in-brief facts question holding
    rule on-the-street outcome later-treatment duty who-it-covers reporting-and-retaliation consequence training key-words
    who-stood-by claim sample figures limits treatment treatment-note verified-note checked
    topic* element* penalty-or-remedy* treatment-by* read-with* source-seen*
    check (question, right, wrong+, why)
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from ..content import ELEMENT, Reader, elements
from .model import LISTS, CaseSet, Check, Entry

# Element names of the items of lists; every other text is its field's name with hyphens.
ITEMS = {
    "topic": "topics",
    "element": "elements",
    "penalty-or-remedy": "penalties_remedies",
    "treatment-by": "treatment_by",
    "read-with": "read_with",
    "source-seen": "sources_seen",
}
TEXTS = (
    "caption", "citation", "court", "circuit", "decided", "state", "strength", "in_force", "published", "reliance",
    "official_url", "in_brief", "facts", "question", "holding", "rule", "on_the_street", "outcome", "later_treatment", "duty",
    "who_it_covers", "reporting_and_retaliation", "consequence", "training", "key_words", "who_stood_by", "claim", "sample",
    "figures", "limits",     "treatment", "treatment_note", "verified_note", "checked",
)  # fmt: skip
NAMES = {**{name.replace("_", "-"): name for name in TEXTS}, **ITEMS}
_ELEMENT_OF = {field: element for element, field in NAMES.items()}


def read(root: etree._Element) -> CaseSet:
    """The set in the children of the XML element `root`. Takes everything in; `rules.check` judges it."""
    return _Reader().read(root)


def write(entries: Iterable[Entry | str]) -> str:
    """The content of a block with these `Entry`s (or slugs of the library), as `read` takes it back."""
    shell = etree.Element("content")
    for each in entries:
        _write_entry(shell, Entry(ref=each) if isinstance(each, str) else each)
    if not len(shell):
        return "\n"
    etree.indent(shell, "  ")
    return "\n  " + "\n  ".join(etree.tostring(child, encoding="unicode", with_tail=False).strip() for child in shell) + "\n"


def _write_entry(parent: etree._Element, entry: Entry) -> None:
    element = etree.SubElement(parent, "authority")
    for name in ("ref", "slug"):
        if getattr(entry, name):
            element.set(name, getattr(entry, name))
    if entry.slug and entry.fields.get("kind"):
        element.set("kind", entry.fields["kind"])
    for name, value in entry.fields.items():
        if isinstance(value, Check):
            _write_check(element, value)
        elif isinstance(value, tuple | list):
            for item in value:
                etree.SubElement(element, _ELEMENT_OF[name]).text = item
        elif name != "kind":
            etree.SubElement(element, _ELEMENT_OF[name]).text = value


def _write_check(parent: etree._Element, check: Check) -> None:
    node = etree.SubElement(parent, "check")
    for name, texts in (("question", [check.question]), ("right", [check.right]), ("wrong", check.wrong), ("why", [check.why])):
        for text in texts:
            etree.SubElement(node, name).text = text


def _text(node: etree._Element) -> str:
    """All words in `node` as one paragraph, whatever its line breaks. What may not be in it is for `rules` to find."""
    return " ".join("".join(node.itertext()).split())


class _Reader(Reader):
    def quote(self, text: str) -> str:
        return text.strip()[:40]

    def read(self, root: etree._Element) -> CaseSet:
        entries = []
        for child in self.children(root):
            if child.tag == "authority":
                entries.append(self._entry(child))
            else:
                self.stray(ELEMENT, child.tag, "", child)
        return CaseSet(tuple(entries), tuple(self.strays))

    def _entry(self, node: etree._Element) -> Entry:
        fields: dict[str, object] = {}
        ref, slug = node.get("ref", "").strip(), node.get("slug", "").strip()
        if slug and node.get("kind"):
            fields["kind"] = node.get("kind").strip()
        self.attributes(node, {"ref"} if not slug else {"ref", "slug", "kind"})
        for child in self.children(node):
            if child.tag == "check":
                fields["check"] = self._check(child)
            else:
                self._field(child, fields)
        return Entry(ref, slug, fields, node.sourceline)

    def _field(self, node: etree._Element, fields: dict[str, object]) -> None:
        name = NAMES.get(node.tag)
        if name is None:
            self.stray(ELEMENT, node.tag, "", node)
            return
        inner = elements(node)
        if inner or (name in fields and name not in LISTS):
            self.stray(ELEMENT, inner[0].tag if inner else node.tag, "", node)
        self.attributes(node, ())
        before = fields.get(name, ())
        fields[name] = (*before, _text(node)) if name in LISTS and isinstance(before, tuple) else _text(node)

    def _check(self, node: etree._Element) -> Check:
        texts: dict[str, list[str]] = {"question": [], "right": [], "wrong": [], "why": []}
        for child in self.children(node):
            if child.tag not in texts or (child.tag != "wrong" and texts[child.tag]):
                self.stray(ELEMENT, child.tag, "", child)
            else:
                texts[child.tag].append(_text(child))
        question, right, why = ("".join(texts[name]) for name in ("question", "right", "why"))
        return Check(question, right, tuple(texts["wrong"]), why)
