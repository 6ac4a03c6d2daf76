"""Do two ways of writing a name belong to the same person? Tolerant, because exact matching turns honest signers away.

Case, accents, punctuation, word order, middle names and initials, and suffixes such as Jr. make no difference.
static/js/pledge/main.js has the same rules to show the reason field in time; tests/pledge/name_cases.json binds the two.
"""

from __future__ import annotations

import re
import unicodedata

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Letters that Unicode does not take apart into a base letter and a mark.
LOOSE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss", "ħ": "h"}
)
MARKS = re.compile("[\u0300-\u036f]")  # of Latin, Greek and Cyrillic letters; marks of other scripts are letters of the name
APOSTROPHES = re.compile("['’ʼ‘`\u200c\u200d]")


def names_agree(typed: str, account: str) -> bool:
    """True when `typed` is `account`'s name, written in some other way or not."""
    mine, theirs = _words(typed), _words(account)
    if not mine or not theirs:
        return False
    if sorted(mine) == sorted(theirs) or "".join(mine) == "".join(theirs):
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    return len(shorter) > 1 and _left_over(shorter, longer) is not None


def _words(name: str) -> list[str]:
    plain = MARKS.sub("", unicodedata.normalize("NFKD", name.lower())).translate(LOOSE_LETTERS)
    # A full stop ends a word ("J.R."), an apostrophe does not (O'Brien). Scripts with marks of their own are put together again.
    words = _split(unicodedata.normalize("NFC", APOSTROPHES.sub("", plain)))
    without_suffix = [word for word in words if word not in SUFFIXES]
    return without_suffix if len(without_suffix) > 1 else words


def _split(plain: str) -> list[str]:
    # Combining vowel signs (Devanagari, Thai, …) are no \w to `re`, yet belong to the word.
    spaced = "".join(
        character if character.isalnum() or unicodedata.category(character).startswith("M") else " " for character in plain
    )
    return spaced.split()


def _left_over(shorter: list[str], longer: list[str]) -> list[str] | None:
    """What of `longer` has no partner when every word of `shorter` finds one (an initial pairs with its word); else None.

    At least two whole words must pair, so that two initials alone are no name.
    """
    rest = list(longer)
    initials = []
    whole = 0
    for word in shorter:
        if word in rest:
            rest.remove(word)
            whole += len(word) > 1
        elif len(word) == 1:
            initials.append(word)
        else:
            partner = next((other for other in rest if len(other) == 1 and word.startswith(other)), None)
            if partner is None:
                return None
            rest.remove(partner)
    for initial in initials:
        partner = next((other for other in rest if other.startswith(initial)), None)
        if partner is None:
            return None
        rest.remove(partner)
    return rest if whole > 1 else None
