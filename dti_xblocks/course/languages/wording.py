"""One word for one thing: renderings that a translation does not use, because another one was decided on.

docs/translating.md has the whole glossary for people. Here stands what a program can tell without knowing the sentence: where the
English says the one, the Spanish does not say the other. Both are regular expressions; those for Spanish see the text without
tags and without what is in <em>, <cite> and <a>, which may be a title or a citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .markup import text_of


class Decided(NamedTuple):
    """An English word, what is not said for it, and what is."""

    english: str
    refused: str
    instead: str


SPANISH = (
    Decided(r"\bradios?\b", r"\b(?:la|una|las|unas) radios?\b", "el radio"),
    Decided(r"\bOregon\b", r"\bOregon\b(?! \(adopted)", "Oregón"),  # in a title it stays
    Decided(r"\bsally port\b", r"\bacceso\b", "entrada vehicular"),
    Decided(r"\bduty to intervene\b", r"\bobligaci[oó]n de interven", "deber de intervenir"),
    Decided(r"\bbystanders?\b", r"\bespectador", "quien presencia y no actúa"),
    Decided(r"\bmisconduct\b", r"\bmala conducta\b", "conducta indebida"),
    Decided(r"\breasonable steps\b", r"\bpasos razonables\b", "medidas razonables"),
    Decided(r"\breason to know\b", r"\braz[oó]n para saber", "razones para saber"),
    Decided(r"\bstatutes?\b", r"\bestatutos?\b", "ley"),
    Decided(r"\bpolic(?:y|ies)\b", r"\bp[oó]lizas?\b", "política"),
    Decided(r"\bpeers?\b", r"\bpar(?:es)?\b", "compañero, igual"),
    Decided(r"\b(?:patrol|squad) cars?\b|\bcruisers?\b", r"\b(?:autos?|coches?|carros?) (?:patrulla|de policía)", "patrulla"),
    Decided(r"\bcars?\b", r"\b(?:autos?|coches?)\b", "carro; patrulla"),
    Decided(r"\bwatch commander\b", r"\bcomandante de guardia\b|\bjefe de turno\b", "comandante de turno"),
    Decided(r"\bdeput(?:y|ies)\b", r"\b(?:alguacil|diputad|ayudante)", "agente"),
    Decided(r"\brungs?\b", r"\bescal(?:ón|ones)\b", "peldaño"),
    Decided(r"\bwallet card\b", r"\btarjeta (?!de bolsillo)de\b", "tarjeta de bolsillo"),
    Decided(r"\bface down\b|\bprone\b", r"\bprono\b|\bdec[uú]bito\b|\byace\b|\bbocabajo\b", "boca abajo"),
    Decided(r"\bfilms?\b", r"\bpel[ií]culas?\b", "video"),
    Decided(r"\btraining\b", r"(?<!oficial de )(?<!oficial en )\bentrenamiento\b(?! de campo)", "capacitación"),
)  # fmt: skip
PERIOD = re.compile(r"(?<!\.)\.[”»]")
TITLES = re.compile(r"<(em|cite|a)(\d*)>.*?</\1\2>", re.DOTALL)


def wavering(text: str, said: str) -> Iterator[str]:
    """Sentences for translators, where `said`, the Spanish for `text`, has a word for which another was decided, or a period
    where English has it."""
    english, spanish = text_of(text), text_of(TITLES.sub("", said))
    for one in SPANISH:
        found = re.search(one.refused, spanish, re.IGNORECASE)
        if found and re.search(one.english, english, re.IGNORECASE):
            yield f"“{found[0]}”: the word in this course is {one.instead}."
    if PERIOD.search(spanish):
        yield "A period stands before the closing quotation mark: Spanish puts it behind."
