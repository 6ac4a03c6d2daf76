"""The second size of a picture, for narrow screens: made from the finished picture, so that it needs no drawing.

It is a step of its own: what draws does not know it, and a change here makes no picture out of date.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image

from ...content.sizes import SMALL, small_name
from .index import Built, Small, file_name, read_index, write_index

QUALITY = 84  # as of the large one


def has_second_size(built: Built) -> bool:
    """Whether a picture is so large that it comes in two sizes. Portraits are small already."""
    return built.width > SMALL


def small_file(scene: str) -> str:
    """The name of the second size of a scene's picture in the course's folder static/."""
    return small_name(file_name(scene))


def digest(file: bytes) -> str:
    """A number of a file's bytes."""
    return hashlib.sha256(file).hexdigest()[:16]


def made_small(picture: bytes) -> bytes:
    """A picture as a WebP file, `SMALL` pixels across."""
    with Image.open(io.BytesIO(picture)) as large:
        height = round(large.height * SMALL / large.width)
        small = large.convert("RGB").resize((SMALL, height), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    small.save(file, "WEBP", quality=QUALITY, method=6, use_sharp_yuv=True)
    return file.getvalue()


def missing(static: Path, built: dict[str, Built]) -> Iterator[str]:
    """The scenes whose pictures have no second size yet."""
    for name, one in built.items():
        there = (static / file_name(name)).is_file()
        if there and has_second_size(one) and not (one.small and (static / small_file(name)).is_file()):
            yield name


def outdated(static: Path, built: dict[str, Built]) -> Iterator[str]:
    """The scenes whose pictures have a second size that was made of another picture, or is not the one that was made."""
    for name, one in built.items():
        large, small = static / file_name(name), static / small_file(name)
        there = has_second_size(one) and large.is_file() and small.is_file()
        if there and one.small and (digest(large.read_bytes()), digest(small.read_bytes())) != (one.small.of, one.small.file):
            yield name


def make(media: Path, static: Path, only: list[str], again: bool, say: Callable[[str], None]) -> None:
    """Make the second sizes that are missing or out of date, of the scenes in `only` or of all; `again`: the others, too."""
    built = read_index(media)
    every = [name for name in built if has_second_size(built[name])]
    for name in every if again else [*missing(static, built), *outdated(static, built)]:
        large = static / file_name(name)
        if (only and name not in only) or not large.is_file():
            continue
        picture = large.read_bytes()
        small = made_small(picture)
        (static / small_file(name)).write_bytes(small)
        built[name] = replace(built[name], small=Small(digest(picture), digest(small), len(small)))
        write_index(media, built)
        say(f"{small_file(name)} ({len(small) // 1000} kB)")
