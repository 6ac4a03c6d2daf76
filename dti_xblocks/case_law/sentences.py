"""The sentences of a paragraph of law, in which a full stop often ends nothing: "Graham v. Connor", "42 U.S.C.", "9th Cir."."""

from __future__ import annotations

import re

# After these, after initials ("U.S.") and within parentheses a full stop ends no sentence.
_SHORTENED = frozenset(
    re.findall(
        r"\S+",
        "v vs cf id e.g i.e al No Nos Mr Mrs Ms Dr Sgt Lt Capt Inc Corp Co Ltd Cir Ct Dep't Dist Stat Ann Gen Rev Sec Art Ch St "
        "Jr Sr Supp App Div Dept Crim Proc Pub Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Ala Ariz Ark Cal Colo Conn Del "
        "Fla Ga Ill Ind Kan Ky La Me Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Or Pa Tenn Tex Va Vt Wash Wis Wyo",
    )
)
_INITIALS = re.compile(r"(?:[A-Za-z]\.)*[A-Z]")
_STOP = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W_a-z])")


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a plain paragraph as (start, end), for choosing one without a pointer. Spaces between belong to none."""
    spans, start = [], 0
    for stop in _STOP.finditer(text):
        last = text[start : stop.start()].rpartition(" ")[2].lstrip("\"'“‘([")
        shortened = text[stop.start()] == "." and (last in _SHORTENED or _INITIALS.fullmatch(last))
        words = text[start : stop.end()]
        if not shortened and words.count("(") <= words.count(")"):
            spans.append((start, stop.end()))
            start = stop.end() + 1
    spans.append((start, len(text)))
    trimmed = []
    for start, end in spans:
        words = text[start:end]
        if words.strip():
            start += len(words) - len(words.lstrip())
            trimmed.append((start, start + len(words.strip())))
    return trimmed
