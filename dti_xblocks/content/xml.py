"""XML in and out of a `content` field, to the letter, without anything that could act in a page."""

from __future__ import annotations

from xml.sax.saxutils import escape

from lxml import etree


class MalformedContentError(ValueError):
    """Content that is no well-formed XML; the message says where."""


def parser() -> etree.XMLParser:
    """No entities, no network, no document type tricks: authored XML comes from anybody's archive."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def inner_xml(node: etree._Element) -> str:
    """Text and child elements of `node` as they would be written between its tags."""
    parts = [escape(node.text or "")]
    parts += [etree.tostring(child, encoding="unicode", with_tail=True) for child in node]
    return "".join(parts)


XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def put_inner_xml(node: etree._Element, content: str) -> None:
    """Make `content` (see `inner_xml`) the inside of `node`. Raises `MalformedContentError`.

    The platform indents what it writes and drops blank text from what it reads, and between two words in italics a blank is not
    nothing. A text in `node`, be it empty, keeps lxml from indenting what is in it; xml:space keeps it from dropping blanks.
    """
    parsed = parse_content(content)
    node.text = parsed.text or ""
    node.extend(list(parsed))
    if len(node):
        node.set(XML_SPACE, "preserve")


def parse_content(content: str) -> etree._Element:
    """`content` as the inside of a `<content>` element. Raises `MalformedContentError` with line and reason."""
    try:
        root = etree.fromstring(f"<content>{content}</content>", parser())
    except etree.XMLSyntaxError as error:
        raise MalformedContentError(str(error)) from error
    if root.getroottree().docinfo.doctype or any(node.tag is etree.Entity for node in root.iter()):
        raise MalformedContentError("Entities and document types are not allowed.")
    return root


# Elements that no block of ours has and that can act or fetch in a page; they go, with what is in them.
ACTIVE = frozenset(
    ["script", "style", "iframe", "frame", "object", "embed", "applet", "link", "meta", "base", "form", "svg", "math", "template"]
)
INLINE = frozenset(["em", "strong", "a", "q", "cite", "i", "b", "u", "span", "code", "sub", "sup", "br"])


def sanitized(content: str) -> str:
    """`content` without anything that could act in a page; to the letter where there is nothing of the kind.

    Raises `MalformedContentError`. What is left may still be no content of the block: its rules say so. What is shown is
    cleaned once more, by an allow-list (`templating.prose`).
    """
    root = parse_content(content)
    active = [node for node in root.iter() if not isinstance(node.tag, str) and node.tag is not etree.Comment]
    active += [node for node in root.iter(etree.Element) if etree.QName(node).localname.lower() in ACTIVE]
    found = bool(active)
    for node in active:
        if node.getparent() is not None:
            _remove(node)
    for node in root.iter(etree.Element):
        for name, value in node.attrib.items():
            if etree.QName(name).localname.lower().startswith("on") or value.strip().lower().startswith(("javascript:", "data:")):
                del node.attrib[name]
                found = True
    return inner_xml(root) if found else content


def indented(content: str) -> str:
    """`content` for an author's eyes: on lines of its own where an import into the platform has dropped all of them.

    Only elements that hold nothing but elements are laid out; prose is never touched.
    """
    if "\n" in content or not content.strip():
        return content
    root = parse_content(content)
    _indent(root, 0)
    return inner_xml(root).strip("\n")


def _indent(node: etree._Element, depth: int) -> None:
    children = list(node)
    texts = [node.text, *(child.tail for child in children)]
    if not children or any(text and text.strip() for text in texts) or any(child.tag in INLINE for child in children):
        return
    node.text = "\n" + "  " * depth
    for child in children:
        child.tail = "\n" + "  " * depth
        _indent(child, depth + 1)
    children[-1].tail = "\n" + "  " * (depth - 1)


def _remove(node: etree._Element) -> None:
    """Take `node` out and leave the text after it."""
    parent, tail = node.getparent(), node.tail or ""
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)
