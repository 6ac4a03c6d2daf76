"""The federal circuits as a map of squares, one for each state, about where it lies. The library says which belong together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...case_law.library import Library
from ...case_law.model import Jurisdiction
from .views import circuit_label

# Two letters a square, in rows from north to south. Where a state lies is drawn for the eye: no size and no border is true.
ROWS = (
    "AK .. .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. .. WI .. .. .. VT NH",
    ".. WA ID MT ND MN IL MI .. NY MA ..",
    ".. OR NV WY SD IA IN OH PA NJ CT RI",
    ".. CA UT CO NE MO KY WV VA MD DE ..",
    "GU .. AZ NM KS AR TN NC SC DC .. ..",
    "MP .. .. .. OK LA MS AL GA .. .. VI",
    "HI .. .. .. TX .. .. .. .. FL .. PR",
)
SQUARES = {code: (x, y) for y, row in enumerate(ROWS) for x, code in enumerate(row.split()) if code != ".."}
SIDE = 30
WIDTH, HEIGHT = SIDE * 12, SIDE * len(ROWS)
TONES = {"1st": 1, "2d": 2, "3d": 1, "4th": 3, "5th": 3, "6th": 2, "7th": 1, "8th": 2, "9th": 1, "10th": 3, "11th": 1, "D.C.": 2}


def circuit_map(library: Library, chosen: str, own: str) -> list[dict[str, Any]]:
    """The circuits for map and list, in their order: name, label, places, squares, outline.

    `chosen` is the circuit that the list is narrowed to, `own` the one that the reader works in; "" for none.
    """
    shown = []
    for circuit in library.circuits:
        places = [place for place in library.jurisdictions if place.circuit == circuit.name]
        squares = [_square(place) for place in places if place.code in SQUARES]
        if not squares:
            continue
        shown.append(
            {
                "name": circuit.name,
                "label": circuit_label(circuit.name),
                "places": [place.name for place in places],
                "squares": squares,
                "outline": _outline([(square["x"], square["y"]) for square in squares]),
                "tone": TONES.get(circuit.name, 1),
                "chosen": circuit.name == chosen,
                "own": circuit.name == own,
            }
        )
    return shown


def _square(place: Jurisdiction) -> dict[str, Any]:
    x, y = SQUARES[place.code]
    return {"code": place.code, "x": x * SIDE, "y": y * SIDE, "cx": x * SIDE + SIDE // 2, "cy": y * SIDE + SIDE // 2 + 4}


def _outline(corners: Iterable[tuple[int, int]]) -> str:
    """The edges that squares with these upper left corners do not share, as the path of an SVG."""
    edges: set[tuple[int, int, str]] = set()
    for x, y in corners:
        edges ^= {(x, y, "h"), (x, y + SIDE, "h"), (x, y, "v"), (x + SIDE, y, "v")}
    return "".join(f"M{x} {y}{way}{SIDE}" for x, y, way in sorted(edges))
