"""Bars as a picture for the documentation: SVG with text that can be read, searched and translated."""

from __future__ import annotations

from html import escape

ROW, LABEL, BARS, EDGE = 26, 400, 400, 16  # pixels
OURS, THEIRS = "#1d5fa8", "#8a6d3b"  # each at least 3:1 on white and on the dark of code forges
STYLE = "text{font:14px system-ui,sans-serif;fill:#222}.title{font-weight:700}svg{background:#fff}"


def bars(title: str, unit: str, rows: list[tuple[str, float, bool]]) -> str:
    """A chart of (label, value, whether it is ours), a row each."""
    most = max(value for _label, value, _ours in rows)
    height = EDGE * 2 + ROW * (len(rows) + 1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LABEL + BARS + 90} {height}" role="img" aria-labelledby="t">',
        f'<title id="t">{escape(title)}</title><style>{STYLE}</style>',
        f'<text x="{EDGE}" y="{EDGE + 10}" class="title">{escape(title)}</text>',
    ]
    for number, (label, value, ours) in enumerate(rows, start=1):
        top, wide = EDGE + ROW * number, max(1, round(BARS * value / most))
        lines += [
            f'<text x="{LABEL - 8}" y="{top + 15}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{LABEL}" y="{top + 2}" width="{wide}" height="18" fill="{OURS if ours else THEIRS}"/>',
            f'<text x="{LABEL + wide + 6}" y="{top + 15}">{value:,.1f} {escape(unit)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
