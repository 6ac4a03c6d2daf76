"""Drawings of somebody else's as SVG: of a file only the shapes are taken that are known here to do nothing but be seen.

What has no part in the picture (titles, notes of the program that drew it) is left out. What has a part and is not known here
is not left out but refused: a logo that looks like another would be worse than none.
"""

from __future__ import annotations

import re

from lxml import etree

from ..content.xml import parser

SVG = "http://www.w3.org/2000/svg"
SHAPES = frozenset(("g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
UNSEEN = frozenset(("title", "desc", "metadata", "defs"))  # nothing refers to what is defined: that would be refused
GEOMETRY = frozenset(
    ("d", "points", "x", "y", "width", "height", "rx", "ry", "r", "cx", "cy", "x1", "y1", "x2", "y2", "transform")
)
LOOK = frozenset((
    "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "opacity", "display", "visibility",
))  # fmt: skip
CHANGING = frozenset(("clip-path", "mask", "filter", "mix-blend-mode", "marker", "marker-start", "marker-mid", "marker-end"))
VALUE = re.compile(r"[\w\s.,#%()+-]*", re.ASCII)
NUMBER = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)(?:px)?\s*")
DECIMAL = r"-?[0-9]+(?:\.[0-9]+)?"
BOX = re.compile(rf"\s*{DECIMAL}(?:[\s,]+{DECIMAL}){{3}}\s*")
LARGEST = (800, 400)  # what the drawing says of its size: a page gives it less, and keeps the proportions


class DrawingUnsoundError(ValueError):
    """The drawing cannot be taken. The message follows "an SVG that": why, and what to do."""


def sanitized(body: bytes) -> bytes:
    """The drawing in `body` as an SVG of nothing but shapes and colors. Raises `DrawingUnsoundError`."""
    try:
        root = etree.fromstring(body, parser())
    except etree.XMLSyntaxError as error:
        raise DrawingUnsoundError(f"cannot be read ({error.msg}); save it anew as plain SVG") from error
    if root.tag != f"{{{SVG}}}svg":
        raise DrawingUnsoundError("is no SVG; save it anew as plain SVG")
    box = _box(root)
    made = etree.Element(f"{{{SVG}}}svg", {"viewBox": " ".join(box), **_size(box), **_look(root)}, nsmap={None: SVG})
    _copy(root, made)
    if not len(made):
        raise DrawingUnsoundError("has no shapes; turn text into paths and save it as plain SVG")
    return etree.tostring(made)


def _box(root: etree._Element) -> list[str]:
    """The part of the plane that is seen: x, y, width, height."""
    stated = root.get("viewBox", "")
    if BOX.fullmatch(stated):
        return stated.replace(",", " ").split()
    width, height = (NUMBER.fullmatch(root.get(name, "")) for name in ("width", "height"))
    if not width or not height:
        raise DrawingUnsoundError("does not say how large it is; save it with a viewBox")
    return ["0", "0", width[1], height[1]]


def _size(box: list[str]) -> dict[str, str]:
    width, height = float(box[2]), float(box[3])
    if not (width > 0 and height > 0 and 1 / 50 < width / height < 50):
        raise DrawingUnsoundError("is no picture that can be seen: its viewBox has no area; save it anew")
    scale = min(LARGEST[0] / width, LARGEST[1] / height)
    return {"width": f"{scale * width:.0f}", "height": f"{scale * height:.0f}"}


def _copy(source: etree._Element, target: etree._Element) -> None:
    for child in source:
        if child.tag in (etree.Comment, etree.PI):
            continue
        if not isinstance(child.tag, str):
            raise DrawingUnsoundError("has entities; save it as plain SVG")
        name = etree.QName(child)
        if name.namespace != SVG or name.localname in UNSEEN:
            continue
        if name.localname not in SHAPES:
            raise DrawingUnsoundError(
                f"has <{name.localname}>; turn text and pictures into paths, gradients into colors, and save it as plain SVG, or "
                "use a PNG"
            )
        attributes = {key: _value(str(key), str(text)) for key, text in child.attrib.items() if key in GEOMETRY}
        _copy(child, etree.SubElement(target, child.tag, {**attributes, **_look(child)}))


def _look(element: etree._Element) -> dict[str, str]:
    """How a shape looks, by attributes and by its `style`, which counts more."""
    pairs = [(str(key), str(text)) for key, text in element.attrib.items()]
    for declaration in element.get("style", "").split(";"):
        key, _colon, text = declaration.partition(":")
        pairs.append((key.strip().lower(), text.replace("!important", "").strip()))
    for key, text in pairs:
        if key in CHANGING and text != "none" and not (key == "mix-blend-mode" and text == "normal"):
            raise DrawingUnsoundError(f"uses {key}, which is not supported; draw it without, or use a PNG")
    return {key: _value(key, text) for key, text in pairs if key in LOOK}


def _value(key: str, text: str) -> str:
    if not VALUE.fullmatch(text) or "url" in text.lower():
        raise DrawingUnsoundError(f"has a {key} that is not supported; use plain colors and numbers, or a PNG")
    return text
