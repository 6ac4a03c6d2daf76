"""What was heard against what is written: words that differ, after both are put into the same spoken form."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass

from . import lexicon
from .spoken import spoken

MOST = 0.03  # of the words may differ
WORD = re.compile(r"[a-zñ']+")
# The same word, written in another way by listeners, or another word that sounds the same.
SAME = {
    "en": {
        "okay": "ok", "alright": "all right", "gonna": "going to", "grey": "gray", "mister": "mr", "missus": "mrs",
        "oclock": "o'clock", "cannot": "can not", "goodbye": "good bye", "anymore": "any more", "someday": "some day",
        "sargent": "sergeant", "sarge's": "sergeant's", "your": "you're", "four": "for", "two": "to", "too": "to", "its": "it's",
        "there": "their", "they're": "their", "no": "know", "here": "hear", "right": "write", "one": "won", "whose": "who's",
        "ad": "add", "break": "brake", "brakes": "breaks", "by": "bye", "buy": "bye", "wait": "weight",
    },
    "es": {"ok": "okey", "despacio": "de espacio"},
}  # fmt: skip
# Letters that sound the same in the Spanish of the Americas.
SOUNDS_ES = (
    (r"c(?=[ei])", "s"), (r"z", "s"), (r"v", "b"), (r"(?<!c)h", ""), (r"ll", "y"), (r"qu(?=[ei])|k", "c"), (r"x", "s"),
    (r"g(?=[ei])", "j"),
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """Words that are written and the words that were heard in their place; one of the two may be empty."""

    written: str
    heard: str

    @property
    def words(self) -> int:
        """How many words it counts."""
        return max(len(self.written.split()), len(self.heard.split()))


@dataclass(frozen=True)
class Heard:
    """A film in a language: its words, and where they differ from what was heard."""

    name: str
    lang: str
    words: int
    differences: tuple[Difference, ...]

    @property
    def different(self) -> int:
        """How many words differ."""
        return sum(one.words for one in self.differences)

    @property
    def share(self) -> float:
        """Of all words, how many differ."""
        return self.different / self.words if self.words else 0.0

    def __str__(self) -> str:
        listed = "; ".join(f"“{one.written}” heard as “{one.heard}”" for one in self.differences)
        return f"{self.name} {self.lang}: {self.different} of {self.words} words differ, {self.share:.1%}" + (
            f": {listed}" if listed else ""
        )


def words(text: str, lang: str) -> list[str]:
    """The words of a text as they are compared: spoken, small, without accents, each in one way of writing."""
    said = _bare(spoken(text.replace("-", " "), lang))
    for name, word in lexicon.words(lang).items():
        name = _bare(word.say or name)
        for other in sorted(word.heard, key=len, reverse=True):
            said = re.sub(rf"\b{re.escape(_bare(other))}\b", name, said)
    for one, other in SAME[lang].items():
        if " " in other:
            said = re.sub(rf"\b{re.escape(one)}\b", other, said)
    return WORD.findall(said)


def compare(name: str, lang: str, written: str, heard: str) -> Heard:
    """Where `heard` differs from `written`: words that sound the same do not differ."""
    wanted, got = words(written, lang), words(heard, lang)
    matcher = difflib.SequenceMatcher(a=_sounds(wanted, lang), b=_sounds(got, lang), autojunk=False)
    found = [(wanted[a:b], got[c:d]) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]
    kept = [
        Difference(" ".join(one), " ".join(other))
        for one, other in found
        if "".join(_sounds(one, lang)) != "".join(_sounds(other, lang))  # may be / maybe
    ]
    return Heard(name, lang, len(wanted), tuple(kept))


def _sounds(found: list[str], lang: str) -> list[str]:
    """Each word as it sounds."""
    said = [SAME[lang].get(word, word) for word in found]
    if lang == "en":
        said = [re.sub(r"'s$", "s", word) for word in said]  # the prisoner's, the prisoners
    if lang == "es":
        for letters, sound in SOUNDS_ES:
            said = [re.sub(letters, sound, word) for word in said]
    return said


def _bare(text: str) -> str:
    text = unicodedata.normalize("NFD", text.lower().replace("ñ", "\0"))
    return "".join(one for one in text if not unicodedata.combining(one)).replace("\0", "ñ")
