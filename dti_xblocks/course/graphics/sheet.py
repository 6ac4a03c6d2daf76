"""The sheet that a graphic is drawn on: boxes, lines and wrapped text, as SVG in the colors of the night scenes.

Every color is an attribute and a class: dti-lessons.css changes the classes in print and in forced colors.
"""

from __future__ import annotations

from html import escape

from ...drawing.lettering import wrapped

WIDTH = 560  # of a lesson's column in CSS pixels: on a wide page text has the size that is named here
EDGE = 20
HEAD, BODY = 17.0, 15.0  # font sizes; at 480 pixels, below which the list is shown instead, still over 12
MOST = 12  # lines of one text
PAINT = {
    "ground": "#0a1029",
    "plane": "#172447",
    "high": "#22306a",
    "deep": "#10305a",
    "mark": "#ffb24d",
    "rim": "#7f9bea",
    "text": "#ffffff",
    "sub": "#c9d4f5",
    "num": "#ffd58a",
    "paper": "#f4f6ff",
    "ink": "#0f1832",
}


class Sheet:
    """Collects what is drawn; `rtl` mirrors it. Lengths are CSS pixels from the upper corner at which reading begins."""

    def __init__(self, rtl: bool = False) -> None:
        self._rtl = rtl
        self._parts: list[str] = []

    def box(self, x: float, y: float, width: float, height: float, paint: str, radius: float = 8) -> None:
        """A box with round corners."""
        left = WIDTH - x - width if self._rtl else x
        size = f'width="{_n(width)}" height="{_n(height)}" rx="{_n(radius)}"'
        self._parts.append(f'<rect x="{_n(left)}" y="{_n(y)}" {size} {_fill(paint)}/>')

    def squares(self, places: list[tuple[float, float, float]], size: float) -> None:
        """Marks of the height `size`: where each begins, and how wide it is. One shape, as there may be many."""
        at = [(WIDTH - x - width if self._rtl else x, y, width) for x, y, width in places]
        path = "".join(f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(size)}h-{_n(width)}z" for x, y, width in at)
        self._parts.append(f'<path d="{path}" {_fill("mark")}/>')

    def strokes(self, lines: list[tuple[float, float, float, float]]) -> None:
        """Straight lines from point to point, as one shape."""
        at = [(WIDTH - x1, y1, WIDTH - x2, y2) if self._rtl else (x1, y1, x2, y2) for x1, y1, x2, y2 in lines]
        path = "".join(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" for x1, y1, x2, y2 in at)
        self._parts.append(f'<path d="{path}" fill="none" class="dti-g-line" stroke="{PAINT["rim"]}" stroke-width="2"/>')

    def unmirrored(self, x: float, width: float) -> float:
        """The `x` with which something of this width stands at `x` from the left, also on a sheet that is read from the right."""
        return WIDTH - x - width if self._rtl else x

    def line(self, points: list[tuple[float, float]], arrow: bool = False) -> None:
        """A line through `points`, with a head at its end if `arrow`."""
        at = [(WIDTH - x if self._rtl else x, y) for x, y in points]
        path = "M" + " L".join(f"{_n(x)} {_n(y)}" for x, y in at)
        if arrow:
            (x1, y1), (x2, y2) = at[-2:]
            back, out = (x2 - x1 and (6 if x2 > x1 else -6)), (y2 - y1 and (6 if y2 > y1 else -6))
            path += f" M{_n(x2 - back - (out and 5))} {_n(y2 - out - (back and 5))} L{_n(x2)} {_n(y2)}"
            path += f" L{_n(x2 - back + (out and 5))} {_n(y2 - out + (back and 5))}"
        self._parts.append(f'<path d="{path}" fill="none" class="dti-g-line" stroke="{PAINT["rim"]}" stroke-width="2"/>')

    def text(
        self,
        x: float,
        y: float,
        width: float,
        words: str,
        paint: str = "text",
        size: float = BODY,
        *,
        bold: bool = False,
        italic: bool = False,
        middle: bool = False,
    ) -> float:
        """`words` in lines of at most `width`, the first with its top at `y`. Returns where the next text may begin."""
        if not words:
            return y
        lines = wrapped(words, width, size * (1.06 if bold else 1), MOST)
        start = x + width / 2 if middle else x
        start = WIDTH - start if self._rtl else start
        look = (' font-weight="700"' if bold else "") + (' font-style="italic"' if italic else "")
        look += (' text-anchor="middle"' if middle else "") + (' direction="rtl"' if self._rtl else "")
        for at, line in enumerate(lines):
            base = y + size * 0.95 + at * size * 1.3
            place = f'x="{_n(start)}" y="{_n(base)}" font-size="{_n(size)}"'
            self._parts.append(f"<text {place} {_fill(paint)}{look}>{escape(line, quote=False)}</text>")
        return y + len(lines) * size * 1.3

    def height_of(self, width: float, words: str, size: float = BODY, *, bold: bool = False) -> float:
        """How high `text` will be."""
        return Sheet().text(0, 0, width, words, size=size, bold=bold)

    def bare(self, height: float) -> str:
        """All of it between the edges, without a ground: a part of the list."""
        box = f"{EDGE} 0 {WIDTH - 2 * EDGE} {_n(height)}"
        return f'<svg viewBox="{box}" aria-hidden="true" focusable="false">{"".join(self._parts)}</svg>'

    def svg(self, height: float) -> str:
        """All of it on the dark ground. It is not read out: the list beside it says the same."""
        ground = f'<rect x="1" y="1" width="{WIDTH - 2}" height="{_n(height - 2)}" rx="14" {_fill("ground")}/>'
        opening = f'<svg viewBox="0 0 {WIDTH} {_n(height)}" width="{WIDTH}" height="{_n(height)}" aria-hidden="true"'
        return "\n".join(
            [f'{opening} focusable="false" font-family="Inter, system-ui, sans-serif">', ground, *self._parts, "</svg>"]
        )


def _fill(paint: str) -> str:
    return f'class="dti-g-{paint}" fill="{PAINT[paint]}"'


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
