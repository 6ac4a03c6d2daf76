"""`dti-course media`: build the pictures of a course, check them, look at one while it is made."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from .build import build, forget, stale
from .checks import every_finding
from .gallery import gallery
from .index import file_name, media_folder, read_index
from .scene import SceneFileError, read, scene_files
from .small import make as make_small

GALLERY = Path("docs/pictures.md")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The options of the command, beside the course."""
    command.add_argument("--only", action="append", default=[], metavar="SCENE", help="this scene alone (may be repeated)")
    command.add_argument("--all", action="store_true", help="build also what is up to date")
    command.add_argument("--check", action="store_true", help="build nothing: say what is wrong or out of date")
    command.add_argument("--preview", type=Path, metavar="FOLDER", help="quick, small pictures (PNG) into this folder instead")
    command.add_argument(
        "--sheet", type=Path, metavar="FILE", help="one picture (JPEG, PNG or WebP) of all pictures that there are"
    )
    command.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once (default: one for each core)")


def run(options: argparse.Namespace) -> int:
    """Carry the command out. 0: done and sound, 1: something is wrong with scenes or pictures, 2: it could not be carried out."""
    media = media_folder(options.path)
    if media is None:
        return _refused(
            f"There is no folder media/scenes beside {options.path}. Name a course folder with its sources beside it."
        )
    static = options.path.resolve() / "static"
    known = {path.stem: path for path in scene_files(media)}
    unknown = [name for name in options.only if name not in known]
    if unknown:
        return _refused(f"There is no scene “{unknown[0]}” in {media / 'scenes'}. There are: {', '.join(sorted(known))}.")
    try:
        if options.preview:
            return _previews([known[name] for name in options.only or sorted(known)], options.preview)
        if not options.check:
            _build(options, media, static, known)
        if options.sheet:
            _sheet([static / file_name(name) for name in sorted(known) if name in read_index(media)], options.sheet)
    except ImportError as error:
        return _refused(f"Drawing needs more packages ({error.name}). Run: make media")
    except SceneFileError as error:
        return _refused(str(error), 1)
    except (OSError, LookupError) as error:
        return _refused(str(error))
    findings = every_finding(media, static)
    for name, sentence in findings:
        print(f"{name}: {sentence}")
    print(f"{media}: {len(known)} scenes, {len(findings)} findings")
    return 1 if findings else 0


def _build(options: argparse.Namespace, media: Path, static: Path, known: dict[str, Path]) -> None:
    wanted = [known[name] for name in options.only] if options.only else list(known.values())
    old = set(wanted) if options.all else set(stale(media, static))
    if not options.only:
        for name in forget(media, static):
            print(f"removed {name}")
    build([path for path in wanted if path in old], media, static, options.jobs, say=lambda line: print(line, flush=True))
    make_small(media, static, options.only, options.all, say=lambda line: print(line, flush=True))
    page = media.parent / GALLERY
    if page.parent.is_dir():
        page.write_text(gallery(media, f"../{static.parent.name}"), encoding="utf-8")


def _previews(paths: list[Path], folder: Path) -> int:
    from .render import preview

    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        preview(read(path), folder / f"{path.stem}.png")
        print(folder / f"{path.stem}.png", flush=True)
    return 0


def _sheet(pictures: list[Path], into: Path) -> None:
    from .render import contact_sheet

    contact_sheet(pictures, into)
    print(into)


def _refused(sentence: str, code: int = 2) -> int:
    print(f"dti-course: {sentence}", file=sys.stderr)
    return code
