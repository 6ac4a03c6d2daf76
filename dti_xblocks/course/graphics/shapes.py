"""How each kind of graphic is drawn: a graphic in, SVG out."""

from __future__ import annotations

from collections.abc import Callable

from .circuits import circuit_map
from .model import Graphic, GraphicsError
from .sheet import EDGE, HEAD, WIDTH, Sheet

INNER = WIDTH - 2 * EDGE
RISE, GAP, PAD = 52.0, 8.0, 12.0
MARK, PITCH, MARK_SECONDS = 14.0, 20.0, 10


def drawn(graphic: Graphic) -> str:
    """The SVG of `graphic`. Raises GraphicsError for a kind that is none."""
    draw = SHAPES.get(graphic.kind)
    if draw is None:
        raise GraphicsError(f"The graphic “{graphic.name}” is of the kind “{graphic.kind}”; known are {', '.join(SHAPES)}.")
    sheet = Sheet(graphic.rtl)
    return sheet.svg(draw(sheet, graphic) + EDGE)


def stairs(sheet: Sheet, graphic: Graphic) -> float:
    """Steps that rise: the first is the lowest."""
    count = len(graphic.items)
    width = INNER / count
    inside = width - 2 * PAD
    bottom = max(
        EDGE + RISE * (count - 1 - at) + 60 + sheet.height_of(inside, item.text) + sheet.height_of(inside, item.note) + PAD
        for at, item in enumerate(graphic.items)
    )
    for at, item in enumerate(graphic.items):
        x, y = EDGE + at * width, EDGE + RISE * (count - 1 - at)
        sheet.box(x, y, width - 3, bottom - y, "high" if at == count - 1 else "plane", 4)
        sheet.box(x, y, width - 3, 5, "mark", 2)
        sheet.text(x + PAD, y + 16, 22, str(at + 1), "num", 24, bold=True)
        sheet.text(x + PAD + 22, y + 19, inside - 22, item.head, "text", 20, bold=True)
        below = sheet.text(x + PAD, y + 52, inside, item.text, "text")
        sheet.text(x + PAD, below + 8, inside, item.note, "sub")
    sheet.text(EDGE + 4, EDGE + 4, width * (count - 1) - 30, graphic.lead, "num", HEAD, bold=True)
    return bottom


def nested(sheet: Sheet, graphic: Graphic) -> float:
    """Each item within the next; the first is the innermost."""
    blocks = []
    y = float(EDGE)
    for at, item in enumerate(reversed(graphic.items)):
        x, width = EDGE + at * 18, INNER - at * 36
        inside = width - 2 * PAD - 8
        high = sheet.height_of(inside, item.head, HEAD, bold=True) + sheet.height_of(inside, item.text)
        blocks.append((item, x, y, width, inside))
        y += high + PAD + 14
    bottom = y + 18 * (len(blocks) - 1)
    for at, (item, x, top, width, inside) in enumerate(blocks):
        last = at == len(blocks) - 1
        sheet.box(x, top, width, bottom - 18 * at - top, ("plane", "high")[at % 2] if not last else "plane")
        sheet.box(x, top + 6, 5, bottom - 18 * at - top - 12, "mark" if last else "rim", 2)
        below = sheet.text(x + PAD + 6, top + PAD, inside, item.head, "num" if last else "text", HEAD, bold=True)
        sheet.text(x + PAD + 6, below, inside, item.text, "sub")
    return bottom


def tree(sheet: Sheet, graphic: Graphic) -> float:
    """Questions one below the other; an answer leads on, the other ends at the side."""
    main, side = 312.0, 146.0
    far = EDGE + INNER - side
    y = float(EDGE)
    for item in graphic.items:
        inside = main - 2 * PAD
        high = max(
            sheet.height_of(inside, item.head, HEAD, bold=True) + sheet.height_of(inside, item.text) + 2 * PAD,
            sheet.height_of(side - 2 * PAD, item.out) + 2 * PAD,
        )
        sheet.box(EDGE, y, main, high, "high")
        below = sheet.text(EDGE + PAD, y + PAD, inside, item.head, "num", HEAD, bold=True)
        sheet.text(EDGE + PAD, below, inside, item.text)
        sheet.line([(EDGE + main + 2, y + high / 2), (far - 3, y + high / 2)], arrow=True)
        sheet.text(EDGE + main + 4, y + high / 2 - 23, far - EDGE - main - 10, item.side, bold=True, middle=True)
        sheet.box(far, y, side, high, "plane")
        sheet.text(far + PAD, y + (high - sheet.height_of(side - 2 * PAD, item.out)) / 2, side - 2 * PAD, item.out, "sub")
        sheet.line([(EDGE + 40, y + high + 2), (EDGE + 40, y + high + 29)], arrow=True)
        sheet.text(EDGE + 56, y + high + 6, 100, item.down, bold=True)
        y += high + 32
    high = sheet.height_of(INNER - 2 * PAD, graphic.end, HEAD, bold=True) + 2 * PAD
    sheet.box(EDGE, y, INNER, high, "mark")
    sheet.text(EDGE + PAD, y + PAD, INNER - 2 * PAD, graphic.end, "ink", HEAD, bold=True)
    return y + high


def marks(sheet: Sheet, graphic: Graphic) -> float:
    """A mark for every ten seconds; the last is as wide as what remains."""
    y = float(EDGE)
    for item in graphic.items:
        y = sheet.text(EDGE, y, INNER, item.head, "num", HEAD, bold=True)
        y = sheet.text(EDGE, y, INNER, item.text)
        y = sheet.text(EDGE, y, INNER, item.note, "sub", italic=True) + 6
        y = _marked(sheet, y, item.seconds) + 16
    return y - 16


def row_of_marks(seconds: float, rtl: bool) -> str:
    """The marks of so many seconds as a small SVG of their own, for the list."""
    sheet = Sheet(rtl)
    return sheet.bare(_marked(sheet, 0, seconds))


def _marked(sheet: Sheet, y: float, seconds: float) -> float:
    row = int(INNER // PITCH)
    whole, rest = divmod(seconds, MARK_SECONDS)
    widths = [MARK] * int(whole) + ([MARK * rest / MARK_SECONDS] if rest else [])
    sheet.squares([(EDGE + at % row * PITCH, y + at // row * PITCH, width) for at, width in enumerate(widths)], MARK)
    return y + -(-len(widths) // row) * PITCH


def share(sheet: Sheet, graphic: Graphic) -> float:
    """A bar of which the first item fills its share; the others in boxes, two to a line."""
    first, *others = graphic.items
    y = sheet.text(EDGE, EDGE, INNER, first.head, "num", 20, bold=True)
    y = sheet.text(EDGE, y, INNER, first.text) + 8
    sheet.box(EDGE, y, INNER, 26, "plane", 4)
    sheet.box(EDGE, y, INNER * min(first.share, 100) / 100, 26, "rim", 4)
    y = sheet.text(EDGE, y + 44, INNER, graphic.lead, "num", 20, bold=True) + 8
    width = (INNER - GAP) / 2
    for at in range(0, len(others), 2):
        pair = others[at : at + 2]
        high = max(sheet.height_of(width - 2 * PAD, item.head, HEAD, bold=True) for item in pair) + 2 * PAD
        for column, item in enumerate(pair):
            x = EDGE + column * (width + GAP)
            sheet.box(x, y, width, high, "high")
            sheet.box(x, y + 6, 5, high - 12, "mark", 2)
            sheet.text(x + PAD + 6, y + PAD, width - 2 * PAD, item.head, "text", HEAD, bold=True)
        y += high + GAP
    return y - GAP


def line(sheet: Sheet, graphic: Graphic) -> float:
    """Points on a line from top to bottom: from soon to late."""
    x, y = EDGE + 10.0, float(EDGE)
    tops = []
    inside = INNER - 40
    for item in graphic.items:
        tops.append(y)
        y += sheet.height_of(inside, item.head, HEAD, bold=True) + sheet.height_of(inside, item.text) + 16
    sheet.line([(x, tops[0] + 10), (x, tops[-1] + 10)])
    for item, top in zip(graphic.items, tops, strict=True):
        sheet.box(x - 8, top + 2, 16, 16, "mark")
        below = sheet.text(EDGE + 40, top, inside, item.head, "num", HEAD, bold=True)
        sheet.text(EDGE + 40, below, inside, item.text)
    return y - 16


def pairs(sheet: Sheet, graphic: Graphic) -> float:
    """What stands in the way, and what gets past it."""
    first, second = 190.0, 290.0
    far = EDGE + INNER - second
    y = float(EDGE)
    for item in graphic.items:
        heights = sheet.height_of(first - 2 * PAD, item.head, HEAD, bold=True), sheet.height_of(second - 2 * PAD, item.text, HEAD)
        high = max(heights) + 2 * PAD
        sheet.box(EDGE, y, first, high, "plane")
        sheet.text(EDGE + PAD, y + (high - heights[0]) / 2, first - 2 * PAD, item.head, "sub", HEAD, bold=True)
        sheet.line([(EDGE + first + 4, y + high / 2), (far - 4, y + high / 2)], arrow=True)
        sheet.box(far, y, second, high, "high")
        sheet.box(far, y + 6, 5, high - 12, "mark", 2)
        sheet.text(far + PAD + 6, y + (high - heights[1]) / 2, second - 2 * PAD - 6, item.text, "text", HEAD)
        y += high + GAP
    return y - GAP


def sheet_of_paper(sheet: Sheet, graphic: Graphic) -> float:
    """Numbered lines on a white page."""
    y = EDGE + 18.0
    inside = INNER - 80
    bottom = y + sum(sheet.height_of(inside, item.head) + 14 for item in graphic.items) + 2
    sheet.box(EDGE, EDGE, INNER, bottom - EDGE, "paper", 4)
    for at, item in enumerate(graphic.items):
        sheet.box(EDGE + 14, y - 2, 28, 24, "mark", 12)
        sheet.text(EDGE + 14, y + 2, 28, str(at + 1), "ink", bold=True, middle=True)
        y = sheet.text(EDGE + 56, y, inside, item.head, "ink")
        y += 14
        if at < len(graphic.items) - 1:
            sheet.box(EDGE + 56, y - 8, inside, 1, "rim", 0)
    return bottom


SHAPES: dict[str, Callable[[Sheet, Graphic], float]] = {
    "stairs": stairs,
    "nested": nested,
    "tree": tree,
    "marks": marks,
    "share": share,
    "line": line,
    "pairs": pairs,
    "sheet": sheet_of_paper,
    "map": circuit_map,
}
