"""How much room text takes, where no font can be asked: for drawings made on the server."""

from __future__ import annotations

import unicodedata


def wrapped(text: str, width: float, size: float, most: int) -> list[str]:
    """`text` in lines that fit into `width` at a font size of `size`, as far as that can be told without the font.

    Of more than `most` lines the last ends with "…".
    """
    lines: list[str] = []
    room = width / size
    line = ""
    for word in text.split():
        while breadth(word) > room and len(word) > 1:  # a word longer than a line
            cut = next((length for length in range(len(word) - 1, 1, -1) if breadth(word[:length]) <= room), 1)
            lines += [line, word[:cut]] if line else [word[:cut]]
            line, word = "", word[cut:]
        longer = f"{line} {word}".strip()
        if line and breadth(longer) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    lines += [line] if line else []
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and breadth(last + "…") > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]


def breadth(text: str) -> float:
    """About how wide `text` is, in font sizes; on the safe side for common sans-serif fonts."""
    return sum(_breadth(letter) for letter in text)


def _breadth(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in " .,:;!'|iIjlft()[]’‘":
        return 0.36
    return 0.9 if letter in "mwMW@%—…" else 0.7 if letter.isupper() else 0.58
