"""The two sizes of a picture: a file `NAME.webp`, and beside it `NAME-640.webp` for narrow screens.

A page names both, each by an address of its own: the platform rewrites an attribute that is one address of a course's file, and
no list of them.
"""

from __future__ import annotations

SMALL = 640  # pixels across
MARK = f"-{SMALL}"

# Where the small one is as good as the large one: up to some 900 pixels of a screen across. A narrow window, or a small phone of
# twice the density. Paper always has the large one.
NARROW = (
    "screen and (max-width: 700px) and (max-resolution: 1.49dppx), screen and (max-width: 450px) and (max-resolution: 2.1dppx)"
)


def small_name(name: str) -> str:
    """The name, or the address, of the small size of a picture: "lot.webp" -> "lot-640.webp"."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{MARK}.{ending}" if dot else f"{name}{MARK}"


def large_name(name: str) -> str:
    """Of which picture `name` would be the small size: "lot-640.webp" -> "lot.webp"; "" where the name is not of that kind."""
    stem, _, ending = name.rpartition(".")
    return f"{stem.removesuffix(MARK)}.{ending}" if stem.endswith(MARK) and stem != MARK else ""
