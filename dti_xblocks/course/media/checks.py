"""What must be true of scene files and of the pictures made of them. Findings are (scene, sentence)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...content.sizes import large_name
from . import small
from .index import PREFIX, Built, file_name, kit_digest, read_index
from .scene import LEAST_DESCRIPTION, MOST_ALT, SceneFileError, digest, read, scene_files

MOST_BYTES = 120_000
LEAST_CONTRAST = 4.5
LICENCES = "LICENSES.md"
Finding = tuple[str, str]


def wordless(media: Path) -> Iterator[Finding]:
    """Scene files that cannot be read, or do not say in words what there is to see."""
    for path in scene_files(media):
        try:
            scene = read(path)
        except SceneFileError as error:
            yield path.stem, str(error)
            continue
        if len(scene.alt) > MOST_ALT:
            yield path.stem, f"“alt” has {len(scene.alt)} characters, {MOST_ALT} are allowed. Say the rest in “description”."
        if len(scene.description) < LEAST_DESCRIPTION:
            yield (
                path.stem,
                f"“description” is short: say who is where and does what, in at least {LEAST_DESCRIPTION} characters.",
            )
        if scene.description.strip() == scene.alt.strip():
            yield path.stem, "“description” repeats “alt”. Say more in it, or what is left out."


def outdated(media: Path, static: Path) -> Iterator[Finding]:
    """Scenes without a picture, or whose picture was built before they were changed."""
    built = read_index(media)
    for path in scene_files(media):
        there = (static / file_name(path.stem)).is_file()
        if path.stem not in built or not there:
            yield path.stem, f"The picture static/{file_name(path.stem)} was not built. Run: dti-course media"
        elif _changed(path, built[path.stem]):
            yield path.stem, f"This scene was changed after static/{file_name(path.stem)} was built. Run: dti-course media"


def _changed(path: Path, built: Built) -> bool:
    try:
        return digest(path) != built.scene
    except SceneFileError:
        return False  # said by `wordless`


def redrawn(media: Path) -> Iterator[Finding]:
    """Pictures that were built by an older kit."""
    kit = kit_digest()
    yield from (
        (name, "This picture was built by an older kit.") for name, built in read_index(media).items() if built.kit != kit
    )


def one_size(media: Path, static: Path) -> Iterator[Finding]:
    """Pictures without their second size."""
    for name in small.missing(static, read_index(media)):
        yield name, f"The second size static/{small.small_file(name)} was not made. Run: dti-course media"


def older_second_size(media: Path, static: Path) -> Iterator[Finding]:
    """Second sizes that were made of an older picture."""
    for name in small.outdated(static, read_index(media)):
        yield name, f"static/{small.small_file(name)} was not made from the picture that is there now. Run: dti-course media"


def heavy(media: Path, static: Path) -> Iterator[Finding]:
    """Pictures that are too large for a phone on a bad line."""
    for name in read_index(media):
        path = static / file_name(name)
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            yield (
                name,
                f"static/{path.name} has {path.stat().st_size // 1000} kB, {MOST_BYTES // 1000} are allowed. Show less.",
            )


def pale(media: Path) -> Iterator[Finding]:
    """Pictures that are to carry words, and are too light below them."""
    built = read_index(media)
    for path in scene_files(media):
        if path.stem in built and _carries_words(path) and built[path.stem].contrast < LEAST_CONTRAST:
            yield (
                path.stem,
                f"White words have a contrast of {built[path.stem].contrast}:1, and need {LEAST_CONTRAST}:1. Darken it there.",
            )


def _carries_words(path: Path) -> bool:
    try:
        return read(path).words
    except SceneFileError:
        return False


def unlicensed(media: Path) -> Iterator[Finding]:
    """No word of what the pictures are made of, and under which licences."""
    if not (media / LICENCES).is_file():
        yield LICENCES, f"media/{LICENCES} is missing: say what the pictures are made of, and under which licences."


def leftovers(media: Path, static: Path) -> Iterator[Finding]:
    """Pictures of scenes that are gone."""
    names = {path.stem for path in scene_files(media)}
    for path in sorted(static.glob(f"{PREFIX}*.webp")):
        scene = (large_name(path.name) or path.name).removesuffix(".webp").removeprefix(PREFIX)
        if path.stem.removeprefix(PREFIX) not in names and scene not in names:
            yield path.stem, f"static/{path.name} is the picture of no scene. Remove it."


def every_finding(media: Path, static: Path) -> list[Finding]:
    """All of them, the most basic first."""
    return [
        *wordless(media), *outdated(media, static), *redrawn(media), *one_size(media, static),
        *older_second_size(media, static), *heavy(media, static), *pale(media), *unlicensed(media), *leftovers(media, static),
    ]  # fmt: skip
