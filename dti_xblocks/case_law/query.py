"""What people mean by what they type: a query as concepts, each with the words, phrases and marks that answer it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from . import citation
from .model import Jurisdiction
from .postings import SECTION_OF_A_LAW, Segment
from .text import clean
from .words import COMMON, NEAR, SAME, Token, synonyms, terms, tokens

Answer = TypeVar("Answer")

LONGEST_QUERY, MOST_CONCEPTS = 200, 12
# How much an answer counts that is not the word itself.
FORM, BEGINNING, ONE_ERROR, TWO_ERRORS, SAME_CIRCUIT, NAMES_CIRCUIT = 0.8, 0.5, 0.6, 0.4, 0.12, 0.3
_AFTER_A_CITATION = re.compile(r"(?:(?:\s*,\s*(?:at\s+)?|\s+at\s+)\d+(?:\s*[-–]\s*\d+)?)?\s*(?:\([^()]*\d{4}\))?(?=\W|$)")
_TITLE = re.compile(
    r"\btitle\s+(\d{1,2})\b[\s,]*(?:u\.?\s*s\.?\s*c\.?)?[\s,]*(?:§+|sec(?:tion|\.)?)\s*(\d+[a-z]?)", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]")
_ORDINALS = {
    spelling: name
    for name, spellings in {
        "1st": "1st first 1",
        "2d": "2d 2nd second 2",
        "3d": "3d 3rd third 3",
        "4th": "4th fourth 4",
        "5th": "5th fifth 5",
        "6th": "6th sixth 6",
        "7th": "7th seventh 7",
        "8th": "8th eighth 8",
        "9th": "9th ninth 9",
        "10th": "10th tenth 10",
        "11th": "11th eleventh 11",
        "D.C.": "dc",
        "Fed.": "federal fed",
    }.items()
    for spelling in spellings.split()
}
_WORD_FOR = {name: spelling for spelling, name in _ORDINALS.items() if not spelling[0].isdecimal()}


@dataclass
class Concept:
    """One thing asked for. `said` is how; `words` and `phrases` say what answers it, and how fully (1.0 is best).

    A concept that is not `needed` only ranks. `corrected` are the words taken for a misspelled one.
    """

    said: str
    start: int
    end: int
    words: dict[str, float] = field(default_factory=dict)
    phrases: dict[str, float] = field(default_factory=dict)
    needed: bool = True
    corrected: frozenset[str] = frozenset()

    def add(self, word: str, share: float) -> None:
        """Look for a word too; the larger `share` of its weight holds."""
        self.words[word] = max(share, self.words.get(word, 0.0))

    def add_phrase(self, words: Iterable[str], share: float) -> None:
        """Look for words that follow each other too; the larger `share` of their weight holds."""
        phrase = f" {' '.join(words)} "
        self.phrases[phrase] = max(share, self.phrases.get(phrase, 0.0))


class Reader:
    """Reads queries, knowing the words of some segments and the names of jurisdictions."""

    def __init__(self, segments: Iterable[Segment], jurisdictions: Iterable[Jurisdiction]):
        self._segments = tuple(segments)
        self._names = {tuple(terms(one.name)): one for one in jurisdictions}
        self._codes = {one.code.upper(): one for one in jurisdictions}

    def read(self, query: str) -> tuple[str, list[Concept], list[str]]:
        """The query as it was understood: its text within bounds, its concepts, and all of its words in order for phrases."""
        query = clean(query[:LONGEST_QUERY])
        cited, rest = self._citations(query)
        is_known = any(one.words for one in cited)  # then nothing else has to be there
        sections, rest = self._sections(rest)
        concepts = [*cited, *sections, *self._quoted(rest)][:MOST_CONCEPTS]
        rest = _QUOTED.sub(lambda match: " " * len(match[0]), rest)
        words = list(tokens(rest))
        at = 0
        while at < len(words) and len(concepts) < MOST_CONCEPTS:
            concept, taken = self._concept(rest, words, at)
            if concept is not None:
                concept.needed = not is_known
                concepts.append(concept)
            at += taken
        return query, concepts, [word.term for word in words]

    # -- what is more than a word ----------------------------------------------------------------------------------------

    def _citations(self, query: str) -> tuple[list[Concept], str]:
        """The citations in `query`, and `query` with blanks in their place."""
        concepts: list[Concept] = []
        rest = query
        titles = [(match.start(), match.end(), f"{match[1]} U.S.C. § {match[2]}") for match in _TITLE.finditer(query)]
        for start, end, name in sorted([*citation.spans(query), *titles]):
            if not rest[start:end].strip():
                continue
            is_last = not query[end:].strip()
            after = _AFTER_A_CITATION.match(rest, end)
            end = after.end() if after and " U.S.C. " not in name else end
            concept = Concept(query[start:end], start, end)
            known = {name: SAME} if self._knows(name) else {}
            if is_last:  # it may still be being typed
                known = {**dict.fromkeys(self._all(Segment.marks_starting, name), BEGINNING), **known}
            for mark, share in known.items():
                concept.add(mark, share)
                concept.add_phrase(terms(mark), share)
            concepts.append(concept)
            rest = rest[:start] + " " * (end - start) + rest[end:]
        return concepts, rest

    def _sections(self, query: str) -> tuple[list[Concept], str]:
        """Sections of any law by their number alone ("section 1983"), and `query` with blanks in their place."""
        concepts: list[Concept] = []
        rest = query
        for match in SECTION_OF_A_LAW.finditer(query):
            concept = Concept(match[0], match.start(), match.end())
            self._add_section(concept, match[1])
            concept.add_phrase(("section", *terms(match[1])), NEAR)
            concepts.append(concept)
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
        return concepts, rest

    def _quoted(self, rest: str) -> Iterable[Concept]:
        for match in _QUOTED.finditer(rest):
            if words := terms(match[1]):
                concept = Concept(match[1], match.start(1), match.end(1))
                concept.add_phrase(words, SAME)
                yield concept

    def _concept(self, query: str, words: list[Token], at: int) -> tuple[Concept | None, int]:
        """The concept that begins at word number `at`, and how many words it takes."""
        word, is_last = words[at], at == len(words) - 1
        following = tuple(one.term for one in words[at : at + synonyms().longest])
        if len(following) > 1 and following[1] in ("circuit", "cir") and following[0] in _ORDINALS:
            return self._circuit(query, words[at], words[at + 1], _ORDINALS[following[0]]), 2
        if place := self._place(query, words, at):
            return place
        for length in range(len(following), 1, -1):
            if synonyms().of(following[:length]):
                end = words[at + length - 1].end
                concept = Concept(query[word.start : end], word.start, end)
                concept.add_phrase(following[:length], SAME)
                self._add_synonyms(concept, following[:length])
                return concept, length
        if word.term in COMMON or (len(word.term) == 1 and not is_last):
            return None, 1
        concept = Concept(query[word.start : word.end], word.start, word.end)
        self._add_word(concept, word.term, is_last and not query[word.end :].strip())
        return concept, 1

    def _circuit(self, query: str, ordinal: Token, circuit: Token, name: str) -> Concept:
        concept = Concept(query[ordinal.start : circuit.end], ordinal.start, circuit.end)
        concept.add(f"@{name}", SAME)
        for spelling in {_WORD_FOR[name], *terms(name)}:
            concept.add_phrase((spelling, "circuit"), NAMES_CIRCUIT)
            concept.add_phrase((spelling, "cir"), NAMES_CIRCUIT)
        return concept

    def _place(self, query: str, words: list[Token], at: int) -> tuple[Concept, int] | None:
        """A jurisdiction by its name or code. Codes that are words ("OR", "IN") have to be in capitals where all else is not."""
        for length in range(min(5, len(words) - at), 0, -1):
            place = self._names.get(tuple(one.term for one in words[at : at + length]))
            if place:
                break
        else:
            length, word = 1, words[at]
            written = query[word.start : word.end]
            place = self._codes.get(written.upper())
            if not place or len(written) != 2:
                return None
            shouted = len(words) > 1 and query.isupper()
            if not (written.isupper() and not shouted) and (word.term in COMMON or (len(words) > 1 and self._knows(word.term))):
                return None
        end = words[at + length - 1].end
        concept = Concept(query[words[at].start : end], words[at].start, end)
        name = terms(place.name)
        concept.add(f"={place.name.casefold()}", SAME)
        if place.circuit:
            concept.add(f"@{place.circuit}", SAME_CIRCUIT)
        if len(name) == 1:
            concept.add(name[0], SAME)
        else:
            concept.add_phrase(name, SAME)
        return concept, length

    # -- words -----------------------------------------------------------------------------------------------------------

    def _add_word(self, concept: Concept, word: str, is_last: bool) -> None:
        if self._knows(word):
            concept.add(word, SAME)
        self._add_forms(concept, word, SAME)
        self._add_synonyms(concept, (word,))
        if self._knows(f"§ {word}"):
            self._add_section(concept, word)
        if is_last:
            for other in self._all(Segment.starting, word):
                concept.add(other, BEGINNING)
        if concept.words or (concept.phrases and synonyms().of((word,))):
            return
        near = self._all(Segment.near, word)
        least = min((distance for distance, _other in near), default=0)
        meant = {other for distance, other in near if distance == least}
        if not meant and is_last:
            meant = set(self._all(Segment.near_beginning, word))
        for other in meant:
            concept.add(other, ONE_ERROR if least < 2 else TWO_ERRORS)
        concept.corrected = frozenset(meant)

    def _add_section(self, concept: Concept, number: str) -> None:
        mark = f"§ {number.lower()}"
        if self._knows(mark):
            concept.add(mark, SAME)

    def _add_forms(self, concept: Concept, word: str, share: float) -> None:
        for other in self._all(Segment.family, word):
            concept.add(other, share * FORM)

    def _add_synonyms(self, concept: Concept, said: tuple[str, ...]) -> None:
        for other, share in synonyms().of(said).items():
            if len(other) > 1:
                concept.add_phrase(other, share)
            elif other[0] not in COMMON:
                concept.add(other[0], share)
                self._add_forms(concept, other[0], share)

    def _knows(self, word: str) -> bool:
        return any(word in segment.postings for segment in self._segments)

    def _all(self, method: Callable[[Segment, str], Iterable[Answer]], word: str) -> list[Answer]:
        return [answer for segment in self._segments for answer in method(segment, word)]
