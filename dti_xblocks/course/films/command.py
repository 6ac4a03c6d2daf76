"""`dti-course films`: build the films of a course, check them, look at one while it is written."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from ...content import ERROR
from ..media.index import media_folder
from ..media.scene import SceneFileError
from ..source import shipped_course
from .build import NotRecordedError, Plan, stale
from .checks import every_finding, warnings
from .dubbing import NoPictureError, build_all
from .in_course import MomentsError, update
from .index import ENGLISH, film_file, read_index, spoken
from .keeping import kept
from .listed import write as write_table
from .looking import preview, sheet
from .reading import storyboard_files
from .rules import problems
from .storyboard import LANGUAGES

VAR = Path("var/films")  # below the folder that the course stands in: recordings and cels


def add_arguments(command: argparse.ArgumentParser) -> None:
    """The options of the command, beside the course."""
    command.add_argument("films", nargs="*", metavar="FILM", help="these films alone (default: all of the course)")
    command.add_argument("--all", action="store_true", help="build also what is up to date")
    command.add_argument("--check", action="store_true", help="build nothing: say what is wrong or out of date")
    command.add_argument("--place", action="store_true", help="write built films into their units, and build nothing")
    command.add_argument("--voices", action="store_true", help="record the lines that are new or changed, and build nothing")
    command.add_argument("--hear", action="store_true", help="list every spoken word that is not heard as it is written")
    command.add_argument(
        "--again", action="store_true", help="draw built films once more from nothing, change nothing, say what differs"
    )
    command.add_argument(
        "--language", action="append", choices=LANGUAGES, default=[], help="build in this language (default: en)"
    )
    command.add_argument(
        "--preview", type=Path, metavar="FOLDER", help="quick, small films without sound into this folder instead"
    )
    command.add_argument("--sheet", type=Path, metavar="FOLDER", help="a picture of each film, a frame each three seconds")
    command.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once (default: one for each core)")


def run(options: argparse.Namespace) -> int:
    """Build the films of a course folder from the storyboards beside it, and check them.

    0: done and sound, 1: something is wrong with storyboards or films, 2: it could not be carried out.
    """
    if not options.path.exists():  # the name of a film, where the course is the shipped one
        options.films, options.path = [str(options.path), *options.films], shipped_course()
    media = media_folder(options.path)
    if media is None:
        return _refused(f"There is no folder media/ beside {options.path}. Name a course folder with its sources beside it.")
    known = {path.stem: path for path in storyboard_files(media)}
    unknown = [name for name in options.films if name not in known]
    if unknown:
        return _refused(f"There is no film “{unknown[0]}” in {media / 'films'}. There are: {', '.join(sorted(known))}.")
    static, var = options.path.resolve() / "static", media.parent / VAR
    try:
        if not options.check:
            plans = _plans(options, media, static, var, known)
            code = _carry_out(options, plans)
            if options.preview or options.voices or options.place or options.hear or options.again:
                return code
    except ImportError as error:
        return _refused(f"Building films needs more packages ({error.name}). Run: make films")
    except (SceneFileError, NotRecordedError, NoPictureError, MomentsError) as error:
        return _refused(str(error), 1)
    except (OSError, LookupError, RuntimeError) as error:
        return _refused(str(error))
    return _checked(options, media, static, var, known)


def _checked(options: argparse.Namespace, media: Path, static: Path, var: Path, known: dict[str, Path]) -> int:
    findings = every_finding(media, static, var, tuple(options.films))
    for name, sentence in findings:
        print(f"{name}: {sentence}")
    for name, sentence in warnings(media, var):
        if not options.films or name in options.films:
            print(f"{name}: (may be better) {sentence}")
    print(f"{media}: {len(options.films or known)} films, {len(findings)} findings")
    return 1 if findings else 0


def _place(options: argparse.Namespace, plans: list[Plan]) -> None:
    """Write each film that is built, and whose recordings or sound are here, into its unit."""
    for plan in plans:
        if plan.name in read_index(plan.media) and (not plan.unrecorded() or kept(plan, ENGLISH)):
            changed = update(options.path, plan.media, [plan.timeline])
            _say(f"{plan.name}: {', '.join(path.name for path in changed) or 'as it was'}")


def _plans(options: argparse.Namespace, media: Path, static: Path, var: Path, known: dict[str, Path]) -> list[Plan]:
    """The films to be looked at; those whose storyboards have errors are left for the check to name."""
    plans = []
    for name in options.films or sorted(known):
        board, found = problems(known[name], media, spoken(media, var, name))
        early = options.preview or options.voices  # how long the film is, is only known when it is recorded
        wrong = [one for one in found if one.severity == ERROR and (one.code != "FM020" or not early)]
        if board and not wrong:
            scale = 0.4 if options.preview else 1.0
            plans.append(Plan(known[name], board, media, static, var, tuple(options.language) or ("en",), scale, options.preview))
    return plans


def _carry_out(options: argparse.Namespace, plans: list[Plan]) -> int:
    if options.hear or options.again:
        return (_heard if options.hear else _again)(options, plans)
    if options.place:
        _place(options, plans)
    elif options.voices:
        _voices(options, plans)
    elif options.preview:
        for plan in plans:
            print(preview(plan, options.preview, options.jobs, _say), flush=True)
    else:
        for number, plan in enumerate(plans, start=1):
            if options.all or stale(plan, read_index(plan.media)):
                made = build_all(plan, options.jobs, _say)
                sizes = ", ".join(f"{film_file(plan.name, one)} {track.bytes / 1e6:.1f} MB" for one, track in made.tracks.items())
                _say(f"{number}/{len(plans)} {sizes}, {made.seconds:.0f} s")
                write_table(plan.media, plan.static)
    if options.sheet:
        options.sheet.mkdir(parents=True, exist_ok=True)
        for plan in plans:
            sheet(plan, options.sheet / f"{plan.name}.jpg")
            print(options.sheet / f"{plan.name}.jpg", flush=True)
    return 0


def _voices(options: argparse.Namespace, plans: list[Plan]) -> None:
    from .sound.speak import record

    boards = [plan.storyboard for plan in plans]
    if boards:
        record(boards, plans[0].var, tuple(options.language) or LANGUAGES, _say, options.jobs)


def _again(options: argparse.Namespace, plans: list[Plan]) -> int:
    """Draw films once more. 1 where one is another, or is not built."""
    from .again import differences

    wrong = 0
    for number, plan in enumerate(plans, start=1):
        found = differences(plan, options.jobs, _say)
        _say(f"{number}/{len(plans)} {plan.name}: {', '.join(found) or 'equal'}")
        wrong += bool(found)
    print(f"{len(plans)} drawn again, {wrong} of them differ")
    return 1 if wrong else 0


def _heard(options: argparse.Namespace, plans: list[Plan]) -> int:
    """Have films listened to. 1 where more is heard otherwise than may be, or a film is neither recorded nor built."""
    from .sound.hear import hear_all
    from .sound.heard import MOST

    langs = tuple(options.language) or LANGUAGES
    found = hear_all([plan.timeline for plan in plans], plans[0].var, plans[0].static, langs, _say) if plans else []
    much = [one for one in found if one.share > MOST]
    lacking = len(plans) * len(langs) - len(found)
    words, different = sum(one.words for one in found), sum(one.different for one in found)
    print(f"{len(found)} listened to, {different} of {words} words differ; {len(much)} above {MOST:.0%}, {lacking} not there")
    return 1 if much or lacking else 0


def _say(line: str) -> None:
    print(line, flush=True)


def _refused(sentence: str, code: int = 2) -> int:
    print(f"dti-course: {sentence}", file=sys.stderr)
    return code
