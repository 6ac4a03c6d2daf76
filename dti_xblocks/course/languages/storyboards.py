"""What films say in Spanish already: storyboards have every line in both languages, and the stills of a film repeat the lines."""

from __future__ import annotations

from html import escape
from pathlib import Path

from ...case_law.library import library
from ..films.reading import read, storyboard_files
from ..films.storyboard import Line, Storyboard

DARK = ("On a dark ground is written: ", "Sobre un fondo oscuro está escrito: ")
RESTS = ("It rests on: ", "Se basa en: ")
REAL = ("Real events, told from: ", "Hechos reales, contados a partir de: ")


def spanish(media: Path) -> dict[str, str]:
    """English texts of the films of a `media` folder, with the Spanish; empty where there is no such folder."""
    found: dict[str, str] = {}
    for path in storyboard_files(media) if (media / "films").is_dir() else ():
        board, _problems = read(path)
        if board is not None:
            found |= _of(board)
    return {escape(english, quote=False): escape(said, quote=False) for english, said in found.items()}


def _of(board: Storyboard) -> dict[str, str]:
    found = {board.title.en: board.title.es}
    for shot in board.shots:
        found |= dict(_line(board, line) for line in shot.lines)
        if shot.words:
            found[DARK[0] + shot.words.words.en] = DARK[1] + shot.words.words.es
    if board.sources:
        cited = "; ".join(known.citation for known in map(library().get, board.sources) if known)
        english, said = REAL if board.true_story else RESTS
        found[f"{english}{cited}."] = f"{said}{cited}."
    return found


def _line(board: Storyboard, line: Line) -> tuple[str, str]:
    person = board.cast.get(line.who)
    if person is None or not person.name.en:
        return line.en, line.es
    name = person.name.es[:1].upper() + person.name.es[1:]
    return f"{person.name.en}: “{line.en}”", f"{name}: “{line.es}”"
