"""Where captions break: into captions of two rows, and each into its rows, at places where the sense pauses."""

from __future__ import annotations

from functools import cache

ROW = 37  # characters of a row
ROWS = 2
SHORT = 12  # characters below which a caption is a scrap
# Words that belong to the one after them: no row ends with them.
CLINGING = frozenset(
    word
    for words in (
        "a an the of to in on at by for with from and or but nor is are was were be been his her my your our their its no not i",
        "he she it we they you as if so that who what when where this these every two three four",
        "un una el la los las de del al en con por para sin y o u ni pero que se su sus mi tu lo le les me te nos es son era fue",
        "no si como más muy cada este esta dos tres cuatro",
    )
    for word in words.split()
)


def cues_of(text: str) -> list[str]:
    """`text` in parts that fit into a caption each, in as few and as whole as can be."""
    words = tuple(text.split())

    @cache
    def best(first: int) -> tuple[float, tuple[int, ...]]:
        if first == len(words):
            return 0.0, ()
        found = []
        for end in range(first + 1, len(words) + 1):
            part = " ".join(words[first:end])
            if len(part) > ROW * ROWS + 1 or (end > first + 1 and len(_rows(part)) > ROWS):
                break
            cost, rest = best(end)
            scrap = 6 if len(part) < SHORT else 0
            found.append((cost + 3 + scrap + (_break(words, end) if end < len(words) else 0), (end, *rest)))
        return min(found)

    ends = best(0)[1]
    return [" ".join(words[first:end]) for first, end in zip((0, *ends), ends, strict=False)]


def rows(part: str) -> list[str]:
    """A caption in its rows: one where it fits, else two of nearly the same length, broken where the sense pauses."""
    if len(part) <= ROW:
        return [part]
    words = part.split()
    found = []
    for end in range(1, len(words)):
        one, other = " ".join(words[:end]), " ".join(words[end:])
        if len(one) <= ROW and len(other) <= ROW:
            found.append((abs(len(one) - len(other)) + 2 * _break(tuple(words), end), [one, other]))
    return min(found)[1] if found else _rows(part)


def _break(words: tuple[str, ...], end: int) -> float:
    """What it costs to break before the word `end`: little after a sentence, much within what belongs together."""
    last = words[end - 1].rstrip("\"'”’)]")
    if last[-1:] in ".?!…":
        return 0
    if last[-1:] in ",;:":
        return 3
    if last.lower() in CLINGING:
        return 14
    return 6 if words[end].lower() in CLINGING else 9


def _rows(part: str) -> list[str]:
    """As many rows as are needed, filled one after the other."""
    found: list[str] = []
    for word in part.split():
        if found and len(found[-1]) + 1 + len(word) <= ROW:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found
