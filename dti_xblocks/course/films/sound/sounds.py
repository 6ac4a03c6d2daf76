"""From spoken words to the sounds that the model knows: IPA by eSpeak NG, in the letters that Kokoro-82M was trained on."""

from __future__ import annotations

import re
import threading

from . import lexicon
from .voices import ACCENTS

TIE = "^"
# Kokoro writes a diphthong and an affricate as one letter. Measured on forty lines of the films, in docs/films.md: with these
# letters a listener makes fewer mistakes than with plain IPA.
BOTH = {"a^ɪ": "I", "a^ʊ": "W", "d^ʒ": "ʤ", "e^ɪ": "A", "t^ʃ": "ʧ", "ɔ^ɪ": "Y", "o^ʊ": "O"}
ENGLISH = {
    **BOTH,
    "ʔˌn\u0329": "ʔn",
    "ʔn\u0329": "ʔn",
    "ə^l": "ᵊl",
    "ɚ": "əɹ",
    "ɜːɹ": "ɜɹ",
    "ɜː": "ɜɹ",
    "ɪə": "iə",
    "ɐ": "ə",
    "r": "ɹ",
    "x": "k",
    "ç": "k",
    "ɬ": "l",
    "ʲ": "",
    "\u0303": "",
    "ɾ": "T",
    "ʔ": "t",
    "ː": "",
}
SPANISH = {**BOTH, "d^z": "ʣ", "t^s": "ʦ", "s^s": "S", "-": ""}
_one_at_a_time = threading.Lock()  # eSpeak NG has one state for all threads
SYLLABIC = re.compile("(\\S)\u0329")


def letters(sounds: str, lang: str) -> str:
    """IPA with ties, in the model's letters."""
    for ipa, letter in sorted((ENGLISH if lang == "en" else SPANISH).items(), key=lambda pair: -len(pair[0])):
        sounds = sounds.replace(ipa, letter)
    return SYLLABIC.sub(r"ᵊ\1", sounds).replace("\u0329", "").replace(TIE, "")


def pieces(text: str, lang: str) -> list[tuple[str, str]]:
    """A spoken text in pieces: (words, "") to be read, and ("", sounds) of the lexicon."""
    known = {name: word.phonemes for name, word in lexicon.words(lang).items() if word.phonemes}
    if not known:
        return [(text, "")]
    found: list[tuple[str, str]] = []
    for piece in re.split(rf"\b({'|'.join(sorted(map(re.escape, known), key=len, reverse=True))})\b", text):
        if piece in known:
            found.append(("", known[piece]))
        elif piece:
            found.append((piece, ""))
    return found


def sounds(text: str, lang: str) -> str:
    """What the model is given for a spoken text. Needs eSpeak NG (`phonemizer`)."""
    from phonemizer import phonemize

    said = []
    for words, ready in pieces(text, lang):
        if ready:
            said.append(letters(_tied(ready), lang))
            continue
        with _one_at_a_time:
            ipa = phonemize(
                words, ACCENTS[lang], preserve_punctuation=True, with_stress=True, tie=TIE, language_switch="remove-flags"
            )
        edges = " " if words[0] == " " else "", " " if words[-1] == " " else ""
        said.append(edges[0] + letters(ipa.strip(), lang) + edges[1])
    return "".join(said)


def _tied(ipa: str) -> str:
    """The lexicon writes diphthongs without ties."""
    for pair in BOTH:
        ipa = ipa.replace(pair.replace(TIE, ""), pair)
    return ipa
