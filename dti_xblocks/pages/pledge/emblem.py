"""The seal as people see it: a rosette with a tick in it. It says nothing that does not stand in words beside it."""

from __future__ import annotations

import math

POINTS, OUTER, INNER, MIDDLE = 24, 48, 43, 50
TICK = "M34 51 L46 63 L67 38"
INK = "#10467e"


def _rosette() -> str:
    places = []
    for number in range(2 * POINTS):
        angle, radius = math.pi * number / POINTS, INNER if number % 2 else OUTER
        places.append(f"{MIDDLE + radius * math.sin(angle):.1f},{MIDDLE - radius * math.cos(angle):.1f}")
    return " ".join(places)


ROSETTE = _rosette()
PICTURE = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><polygon points="{ROSETTE}" fill="{INK}"/>'
    f'<circle cx="50" cy="50" r="33" fill="none" stroke="#fff" stroke-width="2.5"/>'
    f'<path d="{TICK}" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/></svg>'
).encode("ascii")
