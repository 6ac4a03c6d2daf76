"""The simplest shapes, as parts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import trimesh
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon

from ..part import Part
from ..vectors import Array, unit, vector

Point = Sequence[float] | Array


def box(material: str, middle: Point, size: Point, rotation: Array | None = None) -> Part:
    """A box around its middle."""
    mesh = trimesh.creation.box(size)
    vertices = mesh.vertices if rotation is None else mesh.vertices @ rotation.T
    return Part(material, vertices + vector(middle), mesh.faces)


def soft_box(material: str, middle: Point, size: Point, rotation: Array | None = None) -> Part:
    """A box with round edges: a cushion."""
    mesh = trimesh.creation.box(size)
    vertices, faces = trimesh.remesh.subdivide_to_size(mesh.vertices, mesh.faces, max(size) / 10)
    length = (np.abs(vertices / np.array(size) * 2) ** 5).sum(1) ** 0.2
    vertices = vertices / np.maximum(length, 1e-6)[:, None]
    vertices = vertices if rotation is None else vertices @ rotation.T
    return Part(material, vertices + vector(middle), faces, True)


def rod(material: str, start: Point, end: Point, radius: float, sides: int = 16) -> Part:
    """A cylinder from one point to another."""
    a, b = vector(start), vector(end)
    mesh = trimesh.creation.cylinder(radius, float(np.linalg.norm(b - a)), sections=sides)
    mesh.apply_transform(trimesh.geometry.align_vectors([0, 0, 1], unit(b - a)))
    return Part(material, mesh.vertices + (a + b) / 2, mesh.faces, sides > 8)


def ring(material: str, middle: Point, radius: float, thick: float, axis: Point = (0, 0, 1)) -> Part:
    """A torus."""
    mesh = trimesh.creation.torus(radius, thick, major_sections=36, minor_sections=8)
    mesh.apply_transform(trimesh.geometry.align_vectors([0, 0, 1], unit(axis)))
    return Part(material, mesh.vertices + vector(middle), mesh.faces, True)


def quad(material: str, *corners: Point) -> Part:
    """A plane of four corners, in their order around it."""
    return Part(material, np.array(corners, float), np.array([(0, 1, 2), (0, 2, 3)]))


def plate(material: str, outline: Polygon | MultiPolygon, thick: float, z: float = 0) -> list[Part]:
    """A flat shape in the plane of x and y, of which the back is at `z`."""
    pieces = outline.geoms if isinstance(outline, MultiPolygon) else [outline]
    meshes = [trimesh.creation.extrude_polygon(piece, thick) for piece in pieces if not piece.is_empty]
    return [Part(material, mesh.vertices + np.array([0, 0, z]), mesh.faces) for mesh in meshes]


def moved(parts: Sequence[Part], rotation: Array, place: Point) -> list[Part]:
    """Parts, turned and then put at a place."""
    return [part.moved(rotation, vector(place)) for part in parts]


def star(radius: float) -> Polygon:
    """A star of five points around the origin."""
    corners = [(radius * (1 if k % 2 == 0 else 0.40), np.pi / 2 + k * np.pi / 5) for k in range(10)]
    return Polygon([(r * np.cos(a), r * np.sin(a)) for r, a in corners])


@cache
def _font() -> TTFont:
    return TTFont(str(files("dti_xblocks.pdf") / "fonts/SourceSansPro-Semibold.ttf"))


def _curve(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points on a Bézier curve, without its start."""
    (x0, y0), *rest = points
    result = []
    for t in (0.25, 0.5, 0.75, 1.0):
        level = [(x0, y0), *rest]
        while len(level) > 1:
            level = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in itertools.pairwise(level)]
        result.append(level[0])
    return result


@cache
def lettering(words: str, height: float) -> tuple[Polygon | MultiPolygon, float]:
    """The outlines of words with capitals `height` high, from x = 0 on, and how wide they are."""
    font = _font()
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    scale = height / font["OS/2"].sCapHeight
    x, shapes = 0.0, Polygon()
    for letter in words:
        pen = DecomposingRecordingPen(glyphs)
        glyphs[names[ord(letter)]].draw(pen)
        for outline in _outlines(pen.value):
            shapes = shapes.symmetric_difference(affinity.translate(outline, x, 0))
        x += glyphs[names[ord(letter)]].width
    return affinity.scale(shapes, scale, scale, origin=(0, 0)), x * scale


def _outlines(drawn: list) -> list[Polygon]:
    outlines, line = [], []
    for verb, points in drawn:
        if verb == "moveTo":
            line = [points[0]]
        elif verb == "lineTo":
            line.append(points[0])
        elif verb == "qCurveTo":
            line += _quadratic(line[-1], points)
        elif verb == "curveTo":
            line += _curve([line[-1], *points])
        elif len(line) > 2:
            outlines.append(Polygon(line).buffer(0))
    return outlines


def _quadratic(start: tuple[float, float], points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """TrueType's curves, which leave out the points on the curve between two of their handles."""
    handles, end, result = points[:-1], points[-1], []
    for k, handle in enumerate(handles):
        to = end if k == len(handles) - 1 else ((handle[0] + handles[k + 1][0]) / 2, (handle[1] + handles[k + 1][1]) / 2)
        result += _curve([start, handle, to])
        start = to
    return result


def words(
    material: str, text: str, height: float, middle: Point, rotation: Array | None = None, thick: float = 0.006
) -> list[Part]:
    """Raised letters, centred at a point, readable from +z before they are turned."""
    outline, wide = lettering(text, height)
    parts = plate(material, affinity.translate(outline, -wide / 2, -height / 2), thick)
    return moved(parts, np.eye(3) if rotation is None else rotation, middle)
