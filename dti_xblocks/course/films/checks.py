"""What must be true of storyboards and of finished films. Findings are (film, sentence). Needs nothing that draws or encodes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from ...content import ERROR
from .index import PREFIX, Built, board_digest, captions_file, film_file, poster_file, read_index, spoken, still_file
from .mp4 import NoFilmError, probe
from .reading import storyboard_files
from .rules import problems
from .storyboard import LANGUAGES, Storyboard

MOST_BYTES_A_MINUTE = 3_500_000
MOST_BYTES = 90_000_000  # of all films together
LOUDNESS, TOLERANCE, MOST_PEAK = -16.0, 1.0, -1.0
MOST_FLASHES, LEAST_CONTRAST = 3, 4.5
MOST_STILL = 25_000  # bytes
Finding = tuple[str, str]


def boards(media: Path, var: Path) -> Iterator[tuple[Path, Storyboard | None, list[Finding]]]:
    """Every storyboard, and what is wrong with it."""
    for path in storyboard_files(media):
        board, found = problems(path, media, spoken(media, var, path.stem))
        said = [(path.stem, f"line {one.line}: {one.code} {one.message}") for one in found if one.severity == ERROR]
        yield path, board, said


def warnings(media: Path, var: Path) -> list[Finding]:
    """What may be better in storyboards."""
    return [
        (path.stem, f"line {one.line}: {one.code} {one.message}")
        for path in storyboard_files(media)
        for one in problems(path, media, spoken(media, var, path.stem))[1]
        if one.severity != ERROR
    ]


def outdated(media: Path, static: Path, path: Path, board: Storyboard) -> Iterator[Finding]:
    """A film that was not built, or was built before its storyboard or a scene changed."""
    built = read_index(media).get(path.stem)
    if built is None or not (static / film_file(path.stem)).is_file():
        yield path.stem, f"The film static/{film_file(path.stem)} was not built. Run: dti-course films {path.stem}"
    elif built.board != board_digest(path, board, media):
        yield path.stem, "The storyboard or a scene was changed after the film was built. Run: dti-course films"
    if built is not None:
        yield from _shared(path.stem, built, static)


def _shared(name: str, built: Built, static: Path) -> Iterator[Finding]:
    """Films in other languages whose picture is not that of the English film any more."""
    for language in LANGUAGES[1:]:
        file, track = film_file(name, language), built.tracks.get(language)
        if (static / file).is_file() and (track is None or track.picture != built.tracks["en"].file):
            yield name, f"static/{file} has the picture of an older film. Run: dti-course films {name} --language {language}"


def measured(name: str, built: Built, static: Path) -> Iterator[Finding]:
    """What a film is, held against what a film has to be."""
    for language, track in built.tracks.items():
        path = static / film_file(name, language)
        if not path.is_file():
            continue  # a site may have it elsewhere, and `outdated` says it of the first
        data = path.read_bytes()
        if (len(data), hashlib.sha256(data).hexdigest()[:32]) != (track.bytes, track.file):
            yield name, f"static/{path.name} is not the file that was built. Run: dti-course films {name} --all"
        if track.bytes > MOST_BYTES_A_MINUTE * built.seconds / 60:
            yield name, f"static/{path.name} has {track.bytes / built.seconds * 60 / 1e6:.1f} MB a minute, 3.5 are allowed."
        if abs(track.loudness - LOUDNESS) > TOLERANCE or track.peak > MOST_PEAK:
            yield (
                name,
                f"static/{path.name} has {track.loudness} LUFS and peaks of {track.peak} dB; -16 and at most -1 are wanted.",
            )
        yield from _played(name, built, path)
    if built.flashes > MOST_FLASHES:
        yield name, f"A place of the picture flashes {built.flashes} times in a second, 3 are allowed."
    if built.contrast < LEAST_CONTRAST:
        yield name, f"Words on screen have a contrast of {built.contrast}:1, {LEAST_CONTRAST}:1 is needed."


def _played(name: str, built: Built, path: Path) -> Iterator[Finding]:
    try:
        film = probe(path)
    except NoFilmError as error:
        yield name, f"{error}."
        return
    is_ = (sorted(film.codecs), film.profile, film.width, film.height, film.fast_start)
    if is_ != (["avc1", "mp4a"], "High", 1280, 720, True):
        yield name, f"static/{path.name} is {is_}; wanted are H.264 High and AAC, 1280 x 720, with its index first."
    if abs(film.seconds - built.seconds) > 0.2:
        yield name, f"static/{path.name} takes {film.seconds:.1f} s, its storyboard {built.seconds}."


def accompanied(name: str, board: Storyboard, static: Path) -> Iterator[Finding]:
    """Captions in both languages, a poster, and a picture of each shot."""
    wanted = [captions_file(name, language) for language in LANGUAGES] + [poster_file(name)]
    wanted += [still_file(name, number) for number in range(1, len(board.shots) + 1)]
    for one in wanted:
        if not (static / one).is_file():
            yield name, f"static/{one} is missing. Run: dti-course films {name}"
    for number in range(1, len(board.shots) + 1):
        path = static / still_file(name, number)
        if path.is_file() and path.stat().st_size > MOST_STILL:
            yield name, f"static/{path.name} has {path.stat().st_size // 1000} kB, {MOST_STILL // 1000} are allowed."


def together(media: Path, static: Path) -> Iterator[Finding]:
    """All films at once: their weight, and files of films that are gone."""
    built = read_index(media)
    heavy = sum(track.bytes for one in built.values() for track in one.tracks.values())
    if heavy > MOST_BYTES:
        yield "films", f"All films have {heavy / 1e6:.0f} MB, {MOST_BYTES // 1_000_000} are allowed."
    names = {path.stem for path in storyboard_files(media)}
    for path in sorted(static.glob(f"{PREFIX}*")):
        if not any(path.name.startswith((f"{PREFIX}{name}.", f"{PREFIX}{name}-")) for name in names):
            yield path.stem, f"static/{path.name} is of no film. Remove it."


def every_finding(media: Path, static: Path, var: Path, only: tuple[str, ...] = ()) -> list[Finding]:
    """All of them, film by film."""
    found: list[Finding] = []
    built = read_index(media)
    for path, board, said in boards(media, var):
        if only and path.stem not in only:
            continue
        found += said
        if board and not said:
            found += outdated(media, static, path, board)
            if path.stem in built:
                found += [*measured(path.stem, built[path.stem], static), *accompanied(path.stem, board, static)]
    return found if only else [*found, *together(media, static)]
