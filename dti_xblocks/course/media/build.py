"""Building what is out of date, on as many cores as wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .index import Built, file_name, kit_digest, out_of_date, read_index, write_index
from .scene import digest, read, scene_files
from .small import small_file


def stale(media: Path, static: Path) -> list[Path]:
    """The scene files whose pictures have to be built."""
    built, kit = read_index(media), kit_digest()
    return [path for path in scene_files(media) if out_of_date(path, static, built.get(path.stem), kit)]


def draw_one(path: Path) -> tuple[bytes, float, str]:
    """The picture of a scene file, the contrast of white words over its lower quarter, and the digest of what was drawn."""
    from .render import drawn, encoded, lower_contrast

    said = digest(path)
    picture = drawn(read(path))
    return encoded(picture), lower_contrast(picture), said


def build(paths: Iterable[Path], media: Path, static: Path, jobs: int, say: Callable[[str], None]) -> int:
    """Draw the pictures of scene files into `static`, and keep the index. Returns how many were drawn.

    Each picture counts as built as soon as it is written, so that a build that was broken off goes on where it was.
    """
    paths, done = list(paths), 0
    kit = kit_digest()
    for path, (file, contrast, said) in _drawn(paths, jobs):
        scene = read(path)
        (static / file_name(path.stem)).write_bytes(file)
        built = read_index(media)
        built[path.stem] = Built(said, kit, scene.width, scene.height, len(file), round(contrast, 1))
        write_index(media, built)
        done += 1
        say(f"{done}/{len(paths)} {file_name(path.stem)} ({len(file) // 1000} kB)")
    return done


def _drawn(paths: list[Path], jobs: int) -> Iterator[tuple[Path, tuple[bytes, float, str]]]:
    if jobs == 1:
        yield from ((path, draw_one(path)) for path in paths)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from zip(paths, pool.map(draw_one, paths), strict=True)


def forget(media: Path, static: Path) -> list[str]:
    """Remove pictures and entries of scenes that are gone. Returns the names of the files removed."""
    names = {path.stem for path in scene_files(media)}
    built = read_index(media)
    gone = [name for name in built if name not in names]
    for name in gone:
        for file in (file_name(name), small_file(name)):
            (static / file).unlink(missing_ok=True)
        del built[name]
    if gone:
        write_index(media, built)
    return [file_name(name) for name in gone]
