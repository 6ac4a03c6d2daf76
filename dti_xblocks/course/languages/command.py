"""`dti-course translations FOLDER extract|missing|check|table|papers`: keeps the memories of a course and says what they lack."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

from ...pdf import PdfUnavailableError
from ..source import open_course
from ..standalone import configure_django
from . import checks, storyboards
from .course import untranslated
from .markup import text_of
from .memory import Language, Memory, MemoryUnreadableError, groups, is_said, languages, wanted
from .papers import papers_in, write_papers
from .segments import Text, texts
from .sources import all_texts

ACTIONS = {
    "extract": "bring the PO files up to date with the course",
    "missing": "list the texts without translation, or whose translation is unsure",
    "check": "compare translations with their texts",
    "table": "count texts and words, and how many are translated",
    "papers": "print the field guide and the wallet card in the language, as PDF files beside the PO files",
}


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add `translations` to the course tool."""
    command = commands.add_parser("translations", help=(run.__doc__ or "").split("\n")[0], description=run.__doc__)
    command.set_defaults(run=run)
    command.add_argument("path", type=Path, help="a course folder")
    command.add_argument("action", choices=ACTIONS, help="; ".join(f"{name}: {what}" for name, what in ACTIONS.items()))
    command.add_argument("language", nargs="?", default="", help="a language of languages.toml (default: all)")
    command.add_argument("files", nargs="*", help="PO files, by name (default: all)")
    command.add_argument("--memory", type=Path, default=shipped_memory(), help="folder of languages.toml and the PO files")


def shipped_memory() -> Path:
    """The translations of our own course: the checkout's folder when there is one, else the copy inside the installed package."""
    return Path(__file__).parent.parent / "translations"


def run(options: argparse.Namespace) -> int:
    """Keep the translations of a course: extract its texts, list what is missing, check and count what is there."""
    configure_django()
    try:
        known = languages(options.memory)
        if options.language and options.language not in known:
            print(f"dti-course: languages.toml has no {options.language}. It has: {', '.join(known)}.", file=sys.stderr)
            return 2
        chosen = [known[options.language]] if options.language else list(known.values())
        with open_course(options.path) as root:
            actions = {"extract": _extract, "missing": _missing, "check": _check, "table": _table, "papers": _papers}
            return actions[options.action](options, root, chosen)
    except (MemoryUnreadableError, PdfUnavailableError) as error:
        print(f"dti-course: {error}", file=sys.stderr)
        return 2


def _extract(options: argparse.Namespace, root: Path, chosen: list[Language]) -> int:
    found = wanted(all_texts(root), groups(options.memory))
    for language in chosen:
        memory = Memory(options.memory, language)
        given = storyboards.spanish(root.resolve().parent / "media") if language.code.startswith("es") else {}
        memory.bring_up_to_date(found, given)
        for name in memory.write():
            print(f"{language.code}/{name}.po")
    return 0


def _missing(options: argparse.Namespace, _root: Path, chosen: list[Language]) -> int:
    lacking = 0
    for language in chosen:
        for place, entry in _entries(options, Memory(options.memory, language)):
            if not is_said(entry):
                lacking += 1
                print(f"{place}: {'unsure' if entry.msgstr else 'missing'}: {text_of(entry.msgid)[:90]}")
    return 1 if lacking else 0


def _check(options: argparse.Namespace, root: Path, chosen: list[Language]) -> int:
    found = 0
    for language in chosen:
        memory = Memory(options.memory, language)
        places: dict[str, str] = {}
        for place, entry in _entries(options, memory):
            places[entry.msgid] = place
            for message in checks.differences(entry.msgid, entry.msgstr, language.code) if checks.is_to_check(entry) else ():
                found += 1
                print(f"{place}: {message} {text_of(entry.msgid)[:60]}")
        for text, message in checks.standing_out(_questions(root), memory.translations()):
            if text in places:
                found += 1
                print(f"{places[text]}: {message} {text_of(text)[:60]}")
    print(f"{found} to look at")
    return 1 if found else 0


def _table(options: argparse.Namespace, _root: Path, chosen: list[Language]) -> int:
    for language in chosen:
        print(f"{language.code}, {language.name}")
        print(_row("file", ("texts", "words", "missing", "unsure", "words missing")))
        rows = [(name, _counted(file)) for name, file in Memory(options.memory, language).files.items()]
        for name, row in [*rows, ("all", tuple(map(sum, zip(*(row for _, row in rows), strict=True))))]:
            print(_row(name, row))
    return 0


def _papers(options: argparse.Namespace, root: Path, chosen: list[Language]) -> int:
    lacking = 0
    for language in chosen:
        memory = Memory(options.memory, language)
        made, missing = papers_in(root, memory)
        for line in untranslated(missing):
            lacking += 1
            print(f"dti-course: {language.code} has no translation of {line[:160]}", file=sys.stderr)
        for path in write_papers(made, memory):
            print(path.relative_to(options.memory).as_posix())
    return 1 if lacking else 0


def _counted(file: Iterable[polib.POEntry]) -> tuple[int, ...]:
    """Texts, words, texts without translation, texts whose translation is unsure, words of both."""
    used = [entry for entry in file if not entry.obsolete]
    lacking = [entry for entry in used if not is_said(entry)]
    missing = sum(not entry.msgstr for entry in lacking)
    words, words_lacking = (sum(len(text_of(entry.msgid).split()) for entry in some) for some in (used, lacking))
    return len(used), words, missing, len(lacking) - missing, words_lacking


def _row(name: str, cells: Iterable[object]) -> str:
    return f"{name:16}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, (8, 8, 9, 8, 15), strict=False))


def _entries(options: argparse.Namespace, memory: Memory) -> Iterator[tuple[str, polib.POEntry]]:
    """The entries of the files that were asked for, each with its place."""
    names = {Path(name).stem for name in options.files}
    for name, file in memory.files.items():
        if not names or name in names:
            yield from ((f"{name}.po:{entry.linenum}", entry) for entry in file if not entry.obsolete)


def _questions(root: Path) -> list[Text]:
    return [
        text
        for path in sorted((root / "problem").glob("*.xml"))
        for text in texts(f"problem/{path.name}", path.read_text("utf-8"))
    ]
