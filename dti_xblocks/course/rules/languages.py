"""Rules about the translations of a course, where it has some: PO files in a folder translations/ beside the course.

While a language is not `complete` (translations/languages.toml) what it lacks is a warning, then an error.
"""

from __future__ import annotations

from collections.abc import Iterator

import polib

from ...content import ERROR, WARNING, Problem
from ..languages.checks import is_to_check, markup_differs
from ..languages.memory import FOLDER, FUZZY, Language, Memory, MemoryUnreadableError, languages
from ..languages.sources import course_texts
from ..model import OlxCourse
from ..paths.model import names
from .registry import rule

SHOWN = 60  # characters of a text


def _memories(course: OlxCourse) -> list[Memory]:
    """What the languages of a course keep, read once: the files of our one language take half a second."""
    if "memories" not in course.worked_out:
        folder = course.root.resolve().parent / FOLDER
        known = languages(folder).values() if (folder / "languages.toml").is_file() else ()
        course.worked_out["memories"] = [Memory(folder, language) for language in known]
    return course.worked_out["memories"]


def _texts(course: OlxCourse) -> dict[str, str]:
    """The texts of a course, and the file in which each stands."""
    if "texts" not in course.worked_out:
        course.worked_out["texts"] = {text.said: text.file for text in course_texts(course.root)}
    return course.worked_out["texts"]


def _problem(code: str, memory: Memory, name: str, message: str, line: int = 0) -> Problem:
    where = f"../{FOLDER}/{memory.language.code}/{name}.po"
    return Problem(code, where, message, _severity(memory.language), line)


def _severity(language: Language) -> str:
    return ERROR if language.complete else WARNING


def _used(file: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in file if not entry.obsolete]


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


@rule("CX070")
def text_without_translation(course: OlxCourse) -> Iterator[Problem]:
    """Texts of the course that a language does not have, or has no translation for: they are shown in English.

    dti-course translations FOLDER extract writes them into the PO files, and missing lists them.
    """
    try:
        memories = _memories(course)
    except MemoryUnreadableError as error:
        yield Problem("CX070", f"../{FOLDER}/languages.toml", str(error))
        return
    texts = _texts(course) if memories else {}
    for memory in memories:
        for name, file in memory.files.items():
            empty = [entry for entry in _used(file) if not entry.msgstr]
            if empty:
                first = f"“{_shown(empty[0].msgid)}”"
                message = f"{len(empty)} of {len(_used(file))} texts have no translation, the first is {first}."
                yield _problem("CX070", memory, name, message, empty[0].linenum)
        kept = {entry.msgid for entry in memory.entries}
        new = [text for text in texts if text not in kept]
        if new:
            message = f"{len(new)} texts of the course are not in the memory, the first is “{_shown(new[0])}” in {texts[new[0]]}."
            yield _problem("CX070", memory, "*", f"{message} Extract them.")


@rule("CX071")
def unsure_translation(course: OlxCourse) -> Iterator[Problem]:
    """Translations that are marked as unsure (fuzzy), as their text has changed: the course shows the English instead."""
    for memory in _memories(course):
        for name, file in memory.files.items():
            unsure = [entry for entry in _used(file) if FUZZY in entry.flags]
            if unsure:
                message = (
                    f"{len(unsure)} translations are unsure, the first is that of “{_shown(unsure[0].msgid)}”. "
                    "Correct them and take the mark fuzzy away."
                )
                yield _problem("CX071", memory, name, message, unsure[0].linenum)


@rule("CX072")
def translation_differs(course: OlxCourse) -> Iterator[Problem]:
    """A translation whose tags are not those of its text, in number and nesting: links, or the page itself, would break."""
    for memory in _memories(course):
        for name, file in memory.files.items():
            for entry in filter(is_to_check, _used(file)):
                for message in markup_differs(entry.msgid, entry.msgstr):
                    where = f"../{FOLDER}/{memory.language.code}/{name}.po"
                    yield Problem("CX072", where, f"“{_shown(entry.msgid)}”: {message}", ERROR, entry.linenum)


@rule("CX073")
def translation_of_what_is_gone(course: OlxCourse) -> Iterator[Problem]:
    """Entries for texts that the course no longer has. dti-course translations FOLDER extract puts them aside."""
    memories = _memories(course)
    texts = _texts(course) if memories else {}
    paths = tuple(f"{name}/" for name in names())
    for memory in memories:
        for name, file in memory.files.items():
            gone = [
                entry
                for entry in _used(file)
                if entry.msgid not in texts and not any(place.startswith(paths) for place, _line in entry.occurrences)
            ]
            if gone:
                message = f"{len(gone)} texts are no longer in the course, the first is “{_shown(gone[0].msgid)}”. Extract anew."
                yield _problem("CX073", memory, name, message, gone[0].linenum)
