"""Authored XML in and out of a block's `content` field, to the letter."""

from __future__ import annotations

from lxml import etree


class MalformedContent(ValueError):
    """Content that is no well-formed XML; the message says where."""


def parser() -> etree.XMLParser:
    """No entities, no network, no document type tricks: authored XML comes from anybody's archive."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def inner_xml(node) -> str:
    """Text and child elements of `node` as they would be written between its tags."""
    parts = [_escaped(node.text)]
    parts += [etree.tostring(child, encoding="unicode", with_tail=True) for child in node]
    return "".join(parts)


def put_inner_xml(node, content: str) -> None:
    """Make `content` (see `inner_xml`) the inside of `node`. Raises `MalformedContent`."""
    parsed = parse_content(content)
    node.text = parsed.text
    node.extend(list(parsed))


def parse_content(content: str):
    """`content` as the inside of a `<content>` element. Raises `MalformedContent` with line and reason."""
    try:
        root = etree.fromstring(f"<content>{content}</content>", parser())
    except etree.XMLSyntaxError as error:
        raise MalformedContent(str(error)) from error
    if root.getroottree().docinfo.doctype or any(node.tag is etree.Entity for node in root.iter()):
        raise MalformedContent("Entities and document types are not allowed.")
    return root


def _escaped(text: str | None) -> str:
    if not text:
        return ""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
