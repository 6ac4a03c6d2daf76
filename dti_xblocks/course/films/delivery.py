"""Which films of a course its archive carries: a site may serve them from another place, and in another language."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..olx import read

NONE, ENGLISH, SPANISH, ALL = "none", "en", "es", "all"
SPANISH_END = ".es.mp4"  # the same film with Spanish voices stands beside it
Instead = dict[str, tuple[str, bytes]]


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The options of `dti-course build`."""
    command.add_argument(
        "--films", choices=(NONE, ENGLISH, SPANISH, ALL),
        help="which films: in English (the default), in Spanish where there is one (the default of a Spanish course), all files, "
        "or none (DTI_FILMS serves them)",
    )  # fmt: skip
    command.add_argument("--without-films", dest="films", action="store_const", const=NONE, help="the same as --films none")


def chosen(options: argparse.Namespace) -> str:
    """Which films were asked for, or go with the language of the course."""
    return options.films or (SPANISH if options.language.startswith(SPANISH) else ENGLISH)


def film_files(root: Path) -> frozenset[Path]:
    """The files of static/ that are films of a `<dti_video>`: the largest of a course, and needed there only where no other place
    has them (`DTI_FILMS`)."""
    films = (node for block in read(root).blocks("dti_video") for node in block.node.iter("film"))
    names = {(node.get("src") or "").removeprefix("/static/") for node in films}
    return frozenset(path for path in (root / "static").glob("*") if path.name in names)


def voices(path: Path) -> Path:
    """Where the film with Spanish voices of a film would be."""
    return path.with_name(path.stem + SPANISH_END)


def stands_for(name: str) -> str:
    """The name of the film that a film with Spanish voices stands for; other names as they are."""
    return name.removesuffix(SPANISH_END) + ".mp4" if name.endswith(SPANISH_END) else name


def put(root: Path, language: str) -> None:
    """In a copy of a course that is in this language: films with its voices in the places of the English ones."""
    if language.startswith(SPANISH):
        for path in film_files(root):
            if voices(path).is_file():
                voices(path).replace(path)


def delivered(root: Path, which: str) -> tuple[frozenset[Path], Instead]:
    """The files that stay out of the archive, and what goes in instead of others: a Spanish film under the name that its block
    has."""
    films = film_files(root)
    spanish = {path: voices(path) for path in films if voices(path).is_file()}
    if which == ALL:
        return frozenset(), {}
    if which == NONE:
        return films | frozenset(spanish.values()), {}
    instead: Instead = {}
    if which == SPANISH:
        for path, other in spanish.items():
            name = path.relative_to(root).as_posix()
            instead[name] = name, other.read_bytes()
    return frozenset(spanish.values()), instead
