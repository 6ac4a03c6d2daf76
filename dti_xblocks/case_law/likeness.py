"""How similar two texts are, by edit distance: the least number of characters to insert, delete or replace.

`_distances` is the bit-parallel algorithm of Myers (A fast bit-vector algorithm for approximate string matching, Journal of the
ACM 46, 1999) in the form of Hyyrö: a column of the usual table is two numbers with a bit for each character of the words, so a
step costs the same few operations whatever the texts are.
"""

from __future__ import annotations

CHARACTERS_FOR_ONE_EDIT = 5  # so that a match has a similarity of 0.8 at least


def places(words: str, text: str, most: int) -> list[tuple[int, int, float]]:
    """The passages of `text` most similar to `words`: at most `most` of (start, end, similarity), the best first.

    Similarity is 1 minus the number of edits divided by the length of the longer of the two, and is at least 0.8. Passages do not
    overlap.
    """
    allowed = len(words) // CHARACTERS_FOR_ONE_EDIT
    if not allowed or len(text) < len(words) - allowed:
        return []
    ends = [(edits, _inside_word(text, end), end) for end, edits in enumerate(_distances(words, text), 1) if edits <= allowed]
    best: list[tuple[int, int, float]] = []
    tries = 2 * most  # in a text that repeats itself many ends belong to passages that overlap
    for _edits, _inside, end in sorted(ends):
        if len(best) >= most or not tries:
            break
        if any(start < end < stop + len(words) - allowed for start, stop, _alike in best):
            continue
        tries -= 1
        start, edits = _start(words, text, end, allowed)
        start, end, edits = _without_spaces(words, text, start, end, edits, allowed)
        if all(end <= other or stop <= start for other, stop, _alike in best):
            best.append((start, end, 1 - edits / max(len(words), end - start)))
    return sorted(best, key=lambda one: -one[2])


def edits_to_begin(words: str, text: str) -> int:
    """The least number of edits that turn some beginning of `text` into `words`; never more than `words` is long."""
    return min([len(words), *_distances(words, text, from_start=True)])


def _start(words: str, text: str, end: int, allowed: int) -> tuple[int, int]:
    """The start of the passage that ends at `end`, and its edits: preferably between words, then the nearest in length."""
    backwards = text[max(end - len(words) - allowed, 0) : end][::-1]
    distances = _distances(words[::-1], backwards, from_start=True)
    edits, _inside, _off, length = min(
        (edits, _inside_word(text, end - length), abs(length - len(words)), length) for length, edits in enumerate(distances, 1)
    )
    return end - length, edits


def _without_spaces(words: str, text: str, start: int, end: int, edits: int, allowed: int) -> tuple[int, int, int]:
    """The same passage without spaces at its ends, where it is similar enough without them."""
    inner = text[start:end].strip()
    if 0 < len(inner) < end - start:
        fewer = _distances(words, inner, from_start=True)[-1]
        if fewer <= allowed:
            start += text[start:end].index(inner)
            return start, start + len(inner), fewer
    return start, end, edits


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _distances(words: str, text: str, from_start: bool = False) -> list[int]:
    """For each character of `text`: the edits between `words` and what ends there, beginning anywhere or with the text."""
    bits: dict[str, int] = {}
    for position, character in enumerate(words):
        bits[character] = bits.get(character, 0) | 1 << position
    everything, last = (1 << len(words)) - 1, 1 << (len(words) - 1)
    up, down, edits = everything, 0, len(words)
    distances = []
    for character in text:
        equal = bits.get(character, 0)
        across = equal | down
        diagonal = (((equal & up) + up) ^ up) | equal
        right_up = (down | ~(diagonal | up)) & everything
        right_down = up & diagonal
        if right_up & last:
            edits += 1
        elif right_down & last:
            edits -= 1
        right_up = right_up << 1 | from_start
        right_down <<= 1
        up = (right_down | ~(across | right_up)) & everything
        down = right_up & across & everything
        distances.append(edits)
    return distances
