"""What the form of an answer may give away, and the strategies of somebody who has read no lesson.

A strategy values each answer; the one with the highest value is chosen, or several of them where several are right. Every value
is taken from the words alone: how long, how many clauses, what words of a kind.
"""

from __future__ import annotations

import functools
import re
import statistics
from collections.abc import Callable, Iterator, Sequence

from .model import Item
from .vocabulary import ENGLISH, Vocabulary, words

Values = list[float]
Strategy = Callable[[Item], Values]

QUOTE = re.compile(r"[“”\"]")


def _each(value: Callable[[str], float]) -> Strategy:
    return lambda item: [value(option.text) for option in item.options]


def _count(pattern: re.Pattern[str]) -> Strategy:
    return _each(lambda text: len(pattern.findall(text)))


def _first_is_deed(deeds: re.Pattern[str]) -> Strategy:
    def value(text: str) -> float:
        found = words(text)
        return float(bool(found) and deeds.fullmatch(found[0]) is not None)

    return _each(value)


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


def _echo(known: Vocabulary) -> Strategy:
    """The answer that repeats most of the question's words."""

    def values(item: Item) -> Values:
        stem = known.content_words(item.stem)
        own = [known.content_words(option.text) for option in item.options]
        return [len(found & stem) / (len(found) or 1) for found in own]

    return values


def _alike(known: Vocabulary) -> Strategy:
    """The answer that shares most words with the others: writers of tests vary the right one."""

    def values(item: Item) -> Values:
        sets = [known.content_words(option.text) for option in item.options]
        shared = [
            sum(len(own & other) / (len(own | other) or 1) for place, other in enumerate(sets) if place != here)
            for here, own in enumerate(sets)
        ]
        return [round(value, 9) for value in shared]  # from Python 3.12 on sums are exact, and before it no tie would be one

    return values


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


@functools.cache
def strategies(known: Vocabulary = ENGLISH) -> dict[str, Strategy]:
    """All strategies, by name, of somebody who knows these words."""
    long, short = _by_the_eye(longest=True), _by_the_eye(longest=False)
    clauses, quoted = _count(known.clauses), _count(QUOTE)
    sober, frank = _against(_count(known.absolutes)), _against(_count(known.excuses))
    deed, prompt = _first_is_deed(known.deeds), _against(_count(known.waiting))
    hedged, now, alike = _count(known.hedges), _count(known.now), _alike(known)
    return {
        "longest": long,
        "shortest": short,
        "middle length": _middle,
        "most clauses": clauses,
        "fewest clauses": _against(clauses),
        "no absolutes": sober,
        "no excuses": frank,
        "most hedged": hedged,
        "quotation": quoted,
        "no quotation": _against(quoted),
        "does not wait": prompt,
        "acts now": now,
        "pick the verb": deed,
        "big words": _count(known.force),
        "numbers": _each(lambda text: len(re.findall(r"\d", text))),
        "echo of the question": _echo(known),
        "like the others": alike,
        "unlike the others": _against(alike),
        "first": _place(0),
        "second": _place(1),
        "third": _place(2),
        "last": _place(9),
        "clauses, no absolutes, no excuses": _together(clauses, sober, frank),
        "verb, does not wait": _together(deed, prompt),
        "longest, hedged, no absolutes": _together(long, hedged, sober),
        "quotation, clauses, acts now": _together(quoted, clauses, now),
    }


def learned(items: Sequence[Item], known: Vocabulary = ENGLISH) -> Iterator[tuple[Item, Values]]:
    """Each item with values by the words that are more often in right than in wrong answers of all *other* items."""
    counts: dict[str, list[int]] = {}
    seen = [[(known.content_words(option.text), option.right) for option in item.options] for item in items]
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
