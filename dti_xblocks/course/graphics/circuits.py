"""The map of the federal circuits, of the same squares as in the library's block."""

from __future__ import annotations

from ...case_law.library import library
from ...pages.case_law.circuit_map import SQUARES, TONES
from .model import Graphic, GraphicsError
from .sheet import EDGE, WIDTH, Sheet

COLUMNS = 12
SIDE = (WIDTH - 2 * EDGE) / COLUMNS
CODE, NUMBER = 15.0, 14.0  # font sizes; at 480 pixels, below which the list is shown instead, 12 and over
TONE = {1: "plane", 2: "high", 3: "deep"}


def circuit_map(sheet: Sheet, graphic: Graphic) -> float:
    """A square for each place with its circuit, and lines between circuits. A map is never mirrored."""
    rows = 1 + max(y for _x, y in SQUARES.values())
    for item in graphic.items:
        places = [place.code for place in library().jurisdictions if place.circuit == item.circuit and place.code in SQUARES]
        if not places:
            raise GraphicsError(
                f"The graphic “{graphic.name}” has the circuit “{item.circuit}”, which the library does not know."
            )
        edges: set[tuple[int, int, int, int]] = set()
        for code in places:
            x, y = SQUARES[code]
            left, top = sheet.unmirrored(EDGE + x * SIDE, SIDE), EDGE + y * SIDE
            sheet.box(left + 1, top + 1, SIDE - 2, SIDE - 2, TONE[TONES.get(item.circuit, 1)], 3)
            sheet.text(left, top + 5, SIDE, code, "text", CODE, bold=True, middle=True)
            sheet.text(left, top + 22, SIDE, item.head, "num", NUMBER, middle=True)
            edges ^= {(x, y, x + 1, y), (x, y + 1, x + 1, y + 1), (x, y, x, y + 1), (x + 1, y, x + 1, y + 1)}
        sheet.strokes(
            [
                (sheet.unmirrored(EDGE + x1 * SIDE, 0), EDGE + y1 * SIDE, sheet.unmirrored(EDGE + x2 * SIDE, 0), EDGE + y2 * SIDE)
                for x1, y1, x2, y2 in sorted(edges)
            ]
        )
    return EDGE + rows * SIDE
