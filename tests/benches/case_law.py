"""What search costs in a library of 170 and of 1,000 authorities: python tests/benches/case_law.py [AUTHORITIES] [ROUNDS].

The large library is the shipped one, copied with other names, numbers, years and every eighth word replaced by one of 6,000 made
up, so that words, citations and rankings differ as they would in a real one. Prints a table; asserts nothing.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import time
import tomllib
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from quick import QUICK  # noqa: E402 - the path comes first

from dti_xblocks.case_law.facets import Filters  # noqa: E402
from dti_xblocks.case_law.library import Library, library  # noqa: E402
from dti_xblocks.case_law.model import CASE, PARTS_OF_CASE, Entry  # noqa: E402

LARGE, ROUNDS, SHOWN = (80, 1, 20) if QUICK else (1000, 5, 20)
QUERIES = ROOT / "tests/case_law/queries.toml"
HARD = [
    "officer",
    "the officer used force and the supervisor of the officer knew of the use of force",
    "oficer suprvisor indiferent constitutonal resonable oportunity intervenne excesive forse deliberte libility municipl",
    "a",
    "s",
    "xylophone quarterly zeppelin marmalade bumblebee caterpillar trampoline saxophone kaleidoscope",
    "duty to intervene when another officer uses excessive force against a handcuffed person in custody",
    '"excessive force" "duty to intervene" 490 U.S. 386 section 1983 california',
    "e" * 200,
]
CHOSEN = Filters(topic="supervisor liability", court="appeals", module="5")


def enlarged(size: int) -> Library:
    """The shipped library and changed copies of its authorities, `size` in all."""
    dice = random.Random(7)
    made_up = sorted({_word(dice) for _each in range(6000)})
    shipped = list(library())
    copies = []
    for number in range(size - len(shipped)):
        one = dice.choice(shipped)
        changes = {"slug": f"{one.slug}-{number}", "caption": one.caption, "citation": one.citation}
        if one.kind == CASE:
            year = dice.randrange(1950, 2026)
            caption = (
                f"{dice.choice(made_up).title()} v. {dice.choice(['City of ', 'County of ', ''])}{dice.choice(made_up).title()}"
            )
            place = f"{dice.randrange(1, 999)} F.3d {dice.randrange(1, 1500)}"
            circuit = one.circuit or "4th"
            changes |= {"caption": caption, "citation": f"{caption}, {place} ({circuit} Cir. {year})", "decided": str(year)}
            changes |= {"circuit": circuit, "court": f"United States Court of Appeals for the {circuit} Circuit"}
            changes |= {part: _changed(getattr(one, part), made_up, dice) for part in PARTS_OF_CASE}
        else:
            changes["citation"] = f"{dice.randrange(1, 60)} U.S.C. § {dice.randrange(100, 20000)}"
            changes |= {part: _changed(getattr(one, part), made_up, dice) for part in ("duty", "who_it_covers")}
        copies.append(replace(one, **changes))
    return Library([*shipped, *copies], library().circuits, library().jurisdictions)


def main(size: int = LARGE, rounds: int = ROUNDS) -> None:
    for collection in (Library(library(), library().circuits, library().jurisdictions), enlarged(size)):
        measure_search(collection, rounds)


def measure_search(collection: Library, rounds: int) -> None:
    """Print what search costs in `collection`."""
    queries = [entry["query"] for entry in tomllib.loads(QUERIES.read_text(encoding="utf-8"))["query"]]
    typed = "graham v connor excessive force"
    one = collection.get("graham-v-connor")
    edits = [Entry(ref=one.slug, fields={"rule": f"{one.rule} Edited {number}."}) for number in range(10)]
    print(f"\nSearch, {len(collection)} authorities: best of {rounds} of each, median and longest of all, in milliseconds")
    _line("first query, index built", [_new(collection)], lambda new: new().find("graham"), rounds)
    _line("first query after an edit of one", edits, lambda edit: collection.with_entries([edit]).find("graham"), rounds)
    for what, asked in ((f"{len(queries)} learners' queries", queries), (f"{len(HARD)} hard ones", HARD)):
        _line(what, asked, collection.find, rounds)
        _line(f"... with {SHOWN} hits shown", asked, lambda query: _shown(collection, query), rounds)
    _line("typed letter by letter", [typed[:end] for end in range(1, len(typed))], collection.find, rounds)
    _line("filters without words", [CHOSEN], lambda chosen: collection.find("", chosen), rounds)
    tracemalloc.start()
    again = _new(collection)()
    again.find("graham")
    print(f"  {'memory of the index, megabytes':36} {tracemalloc.get_traced_memory()[0] / 1e6:8.1f}")
    tracemalloc.stop()


def _new(collection: Library):
    return lambda: Library(collection, collection.circuits, collection.jurisdictions)


def _shown(collection: Library, query: str) -> None:
    for hit in collection.find(query).hits[:SHOWN]:
        assert hit.heading_pieces and hit.snippets


def _line(what: str, asked: Iterable, work: Callable, rounds: int) -> None:
    times = [min(_timed(work, one) for _round in range(rounds)) for one in asked]
    print(f"  {what:36} {statistics.median(times):8.1f} {max(times):8.1f}")


def _timed(work: Callable, asked) -> float:
    start = time.perf_counter()
    work(asked)
    return (time.perf_counter() - start) * 1000


def _word(dice: random.Random) -> str:
    return "".join(
        dice.choice(["ba", "ker", "dil", "mor", "sta", "ven", "ton", "ri", "lo", "wen"]) for _part in range(dice.randrange(2, 5))
    )


def _changed(text: str, made_up: list[str], dice: random.Random) -> str:
    return re.sub(r"\b[a-z]{5,}\b", lambda match: dice.choice(made_up) if dice.random() < 1 / 8 else match[0], text)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
