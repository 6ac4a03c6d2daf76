"""The table of the films that are built, in docs/films.md, written by `dti-course films`."""

from __future__ import annotations

from pathlib import Path

from .index import film_file, read_index
from .reading import read, storyboard_files

PAGE = Path("docs/films.md")
BEGIN, END = "<!-- films: written by dti-course films -->\n", "<!-- end of films -->"


def table(media: Path, static: str) -> str:
    """The films, a row each; `static` is the way from the page to the folder of their files."""
    rows = [
        "| Film | Lesson | Seconds | Words | MB | MB, Spanish voices | LUFS | Flashes a second |",
        "|---|---|---|---|---|---|---|---|",
    ]
    built = read_index(media)
    for path in storyboard_files(media):
        board, _ = read(path)
        if board is None or path.stem not in built:
            continue
        made = built[path.stem]
        track, spanish = made.tracks["en"], made.tracks.get("es")
        other = f"[{spanish.bytes / 1e6:.1f}]({static}/{film_file(path.stem, 'es')})" if spanish else "captions only"
        link = f"[{board.title.en}]({static}/{film_file(path.stem)})"
        rows.append(
            f"| {link} | `{board.lesson}` | {made.seconds:.0f} | {made.words} | {track.bytes / 1e6:.1f} | {other} "
            f"| {track.loudness} | {made.flashes} |"
        )
    seconds = sum(one.seconds for one in built.values())
    heavy = sum(track.bytes for one in built.values() for track in one.tracks.values())
    spanish_too = sum("es" in one.tracks for one in built.values())
    said = f"{len(built)} films, {spanish_too} of them with Spanish voices too, {seconds / 60:.0f} minutes, {heavy / 1e6:.0f} MB."
    return "\n".join([*rows, "", said, ""])


def write(media: Path, static: Path) -> None:
    """Bring the table up to date, where there is such a page."""
    page = media.parent / PAGE
    if page.is_file() and BEGIN in (text := page.read_text(encoding="utf-8")):
        before, rest = text.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        made = table(media, f"../{static.parent.name}/{static.name}")
        page.write_text(f"{before}{BEGIN}{made}{END}{after}", encoding="utf-8")
