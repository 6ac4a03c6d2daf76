"""What the form of an answer may give away, and the strategies of somebody who has read no lesson.

A strategy values each answer; the one with the highest value is chosen, or several of them where several are right. Every value
is taken from the words alone: how long, how many clauses, what words of a kind.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator, Sequence

from .model import Item

Values = list[float]
Strategy = Callable[[Item], Values]

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*|\d+")
CLAUSE = re.compile(r"[,;:–—]|\b(?:and|then|while|but)\b", re.IGNORECASE)
QUOTE = re.compile(r"[“”\"]")
COMMON = frozenset(
    WORD.findall(
        "a an the and or of to in on at for with from by as is are was were be been it its he she they him her them his their "
        "you your that this who what which when if not no do does did has have had one so"
    )
)


def _kind(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words.split())})\b", re.IGNORECASE)


ABSOLUTES = _kind(
    "all always any anybody anyone anything entirely every everybody everyone everything never no nobody none nothing only"
)
EXCUSES = _kind("since because so as although unless though will would should")
HEDGES = _kind("may might can could some sometimes often usually generally likely probably depends if until mostly partly")
WAITING = _kind("later after afterward afterwards tomorrow wait let leave keep stay watch hold once when until next before")
NOW = _kind("now immediately instantly once today tonight here aloud")
DEEDS = _kind("stop tell say order call step pull move report write ask name take give put send get turn raise talk use refuse")
FORCE = _kind("force harm hurt stop injury medical aid rights duty law report")


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [word.lower() for word in WORD.findall(text)]


def content_words(text: str) -> set[str]:
    """The words that carry the sense."""
    return {word for word in words(text) if word not in COMMON}


def _each(value: Callable[[str], float]) -> Strategy:
    return lambda item: [value(option.text) for option in item.options]


def _count(pattern: re.Pattern[str]) -> Strategy:
    return _each(lambda text: len(pattern.findall(text)))


def _first_is_deed(text: str) -> float:
    found = words(text)
    return float(bool(found) and DEEDS.fullmatch(found[0]) is not None)


def _against(strategy: Strategy) -> Strategy:
    return lambda item: [-value for value in strategy(item)]


def _by_the_eye(longest: bool) -> Strategy:
    """The longest or shortest answer as one sees it: lengths that differ by less than a twelfth look the same."""

    def values(item: Item) -> Values:
        lengths = [len(option.text) for option in item.options]
        if longest:
            return [float(length * 12 >= max(lengths) * 11) for length in lengths]
        return [float(length * 11 <= min(lengths) * 12) for length in lengths]

    return values


def _middle(item: Item) -> Values:
    """The answer whose length is nearest to the usual one, as one sees it: in twelfths."""
    lengths = [len(option.text) for option in item.options]
    usual = statistics.median(lengths) or 1
    return [-(abs(length - usual) * 12 // usual) for length in lengths]


def _echo(item: Item) -> Values:
    """The answer that repeats most of the question's words."""
    stem = content_words(item.stem)
    return [len(content_words(option.text) & stem) / (len(content_words(option.text)) or 1) for option in item.options]


def _alike(item: Item) -> Values:
    """The answer that shares most words with the others: writers of tests vary the right one."""
    sets = [content_words(option.text) for option in item.options]
    shared = [
        sum(len(own & other) / (len(own | other) or 1) for place, other in enumerate(sets) if place != here)
        for here, own in enumerate(sets)
    ]
    return [round(value, 9) for value in shared]  # from Python 3.12 on sums are exact, and before it no tie would be one


def _together(*strategies: Strategy) -> Strategy:
    """Several cues at once, each on the same scale."""

    def values(item: Item) -> Values:
        total = [0.0] * len(item.options)
        for strategy in strategies:
            for place, value in enumerate(_scaled(strategy(item))):
                total[place] += value
        return [round(value, 9) for value in total]

    return values


def _scaled(values: Values) -> Values:
    spread = statistics.pstdev(values) if len(values) > 1 else 0.0
    mean = statistics.fmean(values) if values else 0.0
    return [(value - mean) / spread if spread else 0.0 for value in values]


def _place(number: int) -> Strategy:
    """Always the same place; the last one where there are not so many."""
    return lambda item: [float(place == min(number, len(item.options) - 1)) for place in range(len(item.options))]


_long, _short = _by_the_eye(longest=True), _by_the_eye(longest=False)
_clauses = _count(CLAUSE)
_sober, _frank = _against(_count(ABSOLUTES)), _against(_count(EXCUSES))
_quoted, _deed, _prompt = _count(QUOTE), _each(_first_is_deed), _against(_count(WAITING))

STRATEGIES: dict[str, Strategy] = {
    "longest": _long,
    "shortest": _short,
    "middle length": _middle,
    "most clauses": _clauses,
    "fewest clauses": _against(_clauses),
    "no absolutes": _sober,
    "no excuses": _frank,
    "most hedged": _count(HEDGES),
    "quotation": _quoted,
    "no quotation": _against(_quoted),
    "does not wait": _prompt,
    "acts now": _count(NOW),
    "pick the verb": _deed,
    "big words": _count(FORCE),
    "numbers": _each(lambda text: len(re.findall(r"\d", text))),
    "echo of the question": _echo,
    "like the others": _alike,
    "unlike the others": _against(_alike),
    "first": _place(0),
    "second": _place(1),
    "third": _place(2),
    "last": _place(9),
    "clauses, no absolutes, no excuses": _together(_clauses, _sober, _frank),
    "verb, does not wait": _together(_deed, _prompt),
    "longest, hedged, no absolutes": _together(_long, _count(HEDGES), _sober),
    "quotation, clauses, acts now": _together(_quoted, _clauses, _count(NOW)),
}


def learned(items: Sequence[Item]) -> Iterator[tuple[Item, Values]]:
    """Each item with values by the words that are more often in right than in wrong answers of all *other* items."""
    counts: dict[str, list[int]] = {}
    seen = [[(content_words(option.text), option.right) for option in item.options] for item in items]
    for answers in seen:
        for found, right in answers:
            for word in found:
                counts.setdefault(word, [0, 0])[right] += 1
    totals = [sum(right is kind for answers in seen for _words, right in answers) for kind in (False, True)]
    for item, answers in zip(items, seen, strict=True):
        own: dict[str, list[int]] = {}
        for found, right in answers:
            for word in found:
                own.setdefault(word, [0, 0])[right] += 1
        values = []
        for found, _right in answers:
            value = 0.0
            for word in found:
                in_wrong, in_right = (counts[word][kind] - own.get(word, [0, 0])[kind] for kind in (0, 1))
                if in_wrong + in_right >= 3:
                    value += (in_right + 1) / (totals[True] + 2) / ((in_wrong + 1) / (totals[False] + 2)) - 1
            values.append(round(value, 9))
        yield item, values
