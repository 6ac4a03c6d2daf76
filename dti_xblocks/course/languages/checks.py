"""A translation beside its text: what has to be the same in both, and what shows that somebody was not done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import polib
from lxml import etree

from ...content import parser
from . import table
from .markup import text_of
from .segments import Text
from .wording import wavering

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
WORD = re.compile(r"[a-z’']+")
# Frequent English words that are no words of Spanish, French, Portuguese or German.
ENGLISH = frozenset({
    "the", "and", "of", "to", "is", "was", "were", "are", "that", "this", "with", "you", "your", "they", "their",
    "them", "he", "she", "his", "her", "it", "its", "not", "what", "who", "when", "where", "which", "for", "from",
    "have", "has", "had", "would", "could", "should", "there", "been", "because", "about", "than", "then", "will",
    "can", "did", "does", "an",
})  # fmt: skip
KEEP = "keep"  # the comment of a translator at what stays English: the name of a case, a title
FEWEST, SHARE = 3, 0.2  # so many English words, and so large a share of all, are not a name
STANDS_OUT, LETTERS = 1.15, 5  # an answer longer than the next by such a share, and so many letters, is seen at a glance


def is_to_check(entry: polib.POEntry) -> bool:
    """Whether there is something to compare: a translation, and not the text itself that somebody has kept (`# keep`)."""
    return bool(entry.msgstr) and not (entry.msgstr == entry.msgid and entry.tcomment.strip() == KEEP)


def markup_differs(text: str, said: str) -> Iterator[str]:
    """Whether `said` has not the tags of `text`, in number and nesting: then a page, or a link, would break."""
    try:
        tags, own = _tags(text), _tags(said)
    except etree.XMLSyntaxError as error:
        yield f"The markup is broken: {error.msg}."
        return
    if tags != own:
        yield f"The tags differ: {_listed(tags - own) or 'none'} missing, {_listed(own - tags) or 'none'} too many."


def differences(text: str, said: str, language: str) -> Iterator[str]:
    """What is wrong with `said` as the translation of `text`: sentences for translators."""
    yield from markup_differs(text, said)
    numbers, here = (Counter(NUMBER.findall(text_of(one))) for one in (text, said))
    if numbers != here:
        yield f"The numbers differ: {_listed(numbers - here) or 'none'} missing, {_listed(here - numbers) or 'none'} too many."
    words = WORD.findall(text_of(re.sub(r"<(em|cite|a)\d*>.*?</\1\d*>", "", said)).lower())
    english = [word for word in words if word in ENGLISH]
    if len(english) >= FEWEST and len(english) >= SHARE * len(words):
        yield "This looks like English."
    if language.startswith("es"):
        yield from _spanish(text, said)
        yield from wavering(text, said)


def standing_out(texts: Sequence[Text], translations: Mapping[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    """Of the questions in `texts` the answers that a translation made the longest by far: the text, and what is wrong."""
    questions: dict[str, list[Text]] = {}
    for text in texts:
        if text.kind == table.ANSWER and text.file.startswith("problem/"):
            questions.setdefault(text.file, []).append(text)
    for file, answers in questions.items():
        said = [translations.get((file, one.said)) or translations.get(("", one.said)) for one in answers]
        lengths = [len(text_of(one)) for one in said if one]
        before = [len(text_of(one.said)) for one in answers]
        if len(lengths) < len(answers) or len(answers) < 2:
            continue
        longest, second = sorted(lengths, reverse=True)[:2]
        place = lengths.index(longest)
        if longest > max(second * STANDS_OUT, second + LETTERS) and before[place] < max(before):
            yield answers[place].said, f"{file}: this answer is now the longest by {100 * longest // second - 100} percent."


def _spanish(text: str, said: str) -> Iterator[str]:
    plain = text_of(said)
    if '"' in plain:
        yield 'Quotation marks in Spanish are “ ”, not " ".'
    for begins, ends in ("¿?", "¡!"):
        if plain.count(begins) != plain.count(ends):
            yield f"{begins} and {ends} come in pairs."
    if "’" in plain and "’" in text_of(text) and "’s " in plain:
        yield "An English ’s is left."


def _tags(markup: str) -> Counter[str]:
    """The elements of a text with those around them, as often as they are there."""
    root = etree.fromstring(f"<text>{markup}</text>", parser())
    return Counter(
        "/".join([*reversed([str(above.tag) for above in node.iterancestors()][:-1]), str(node.tag)])
        for node in root.iterdescendants()
    )


def _listed(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements()))
