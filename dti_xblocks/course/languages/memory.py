"""The memory of a language: PO files in a folder, in which each text of the course stands once, with what is said for it.

Which texts stand together in a file says languages.toml, beside the folders of the languages. An entry is known by its text.
Where the same text needs two translations, a translator adds an entry with the file of the course as its context (`msgctxt
"html/x.html"`), which holds for that file.
"""

from __future__ import annotations

import difflib
import fnmatch
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib

from .segments import Text

WIDTH = 110
REST = "course"  # the file of all that no pattern names
LIKENESS = 0.6  # from here on a new text is taken for the changed form of one that is gone
FUZZY = "fuzzy"
FOLDER = "translations"  # beside a course


class MemoryUnreadableError(ValueError):
    """A PO file or languages.toml cannot be used: which, and why."""


@dataclass(frozen=True)
class Language:
    """A language into which the course is translated.

    `setting` is what the platform calls it; `run` is put behind the run of the course; a `complete` memory may not have gaps.
    """

    code: str
    name: str
    setting: str
    run: str
    complete: bool = False


@dataclass
class Wanted:
    """A text of the course: where it stands, as what, and in which PO file it is kept."""

    said: str
    group: str
    files: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)


def languages(folder: Path) -> dict[str, Language]:
    """The languages of languages.toml in `folder`, by their codes. Raises `MemoryUnreadableError`."""
    try:
        found = {code: Language(code, **said) for code, said in _settings(folder).get("languages", {}).items()}
    except TypeError as error:
        raise MemoryUnreadableError(f"{folder / 'languages.toml'}: {error}") from error
    return found


def groups(folder: Path) -> dict[str, list[str]]:
    """The names of the PO files, each with the patterns of the files whose texts it holds."""
    return {name: list(patterns) for name, patterns in _settings(folder).get("files", {}).items()}


def group_of(file: str, known: Mapping[str, Iterable[str]]) -> str:
    """The PO file that keeps what stands first in `file`."""
    return next((name for name, patterns in known.items() if any(fnmatch.fnmatch(file, one) for one in patterns)), REST)


def wanted(texts: Iterable[Text], known: Mapping[str, Iterable[str]]) -> dict[str, Wanted]:
    """The texts of a course, each once, in the order in which they are met."""
    found: dict[str, Wanted] = {}
    for text in texts:
        one = found.setdefault(text.said, Wanted(text.said, group_of(text.file, known)))
        if text.file not in one.files:
            one.files.append(text.file)
        if text.kind not in one.kinds:
            one.kinds.append(text.kind)
    return found


class Memory:
    """All entries of a language. `files` are the PO files by their names without ending."""

    def __init__(self, folder: Path, language: Language) -> None:
        self.folder, self.language = folder / language.code, language
        self.files: dict[str, polib.POFile] = {path.stem: _read(path) for path in sorted(self.folder.glob("*.po"))}

    @property
    def entries(self) -> list[polib.POEntry]:
        """What is in use, file by file."""
        return [entry for file in self.files.values() for entry in file if not entry.obsolete]

    def translations(self) -> dict[tuple[str, str], str]:
        """What is said, by file of the course ("" for all) and text. Neither gaps nor what is marked as unsure."""
        return {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in self.entries if is_said(entry)}

    def bring_up_to_date(self, texts: Mapping[str, Wanted], given: Mapping[str, str]) -> None:
        """Make the entries those of `texts`; `given` are translations for what has none.

        A text that is new and like one that is gone takes over its translation, marked as unsure. What is gone is kept at the end
        of its file, if it was translated.
        """
        before = [(name, entry) for name, file in self.files.items() for entry in file]
        plain = {entry.msgid: entry for _, entry in before if not entry.msgctxt}
        gone = {entry.msgid: entry for _, entry in before if not entry.msgctxt and entry.msgid not in texts and entry.msgstr}
        made: dict[str, list[polib.POEntry]] = {name: [] for name in self.files}
        for one in texts.values():
            entry = self._entry(one, plain.get(one.said), gone)
            if not entry.msgstr and one.said in given:
                entry.msgstr = given[one.said]
            made.setdefault(one.group, []).append(entry)
        for name, entry in before:
            if entry.msgctxt and entry.msgid in texts and entry.msgctxt in texts[entry.msgid].files:
                entry.obsolete = False
                made[name].append(entry)
            elif entry.msgstr and (entry.msgctxt or entry.msgid in gone):
                entry.obsolete = True
                entry.occurrences, entry.comment = [], ""
                made[name].append(entry)
        self.files = {name: self._file(entries) for name, entries in made.items() if entries}

    def write(self) -> list[str]:
        """Write every file that changed; returns their names."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in self.folder.glob("*.po"):
            if path.stem not in self.files:
                path.unlink()
        changed = []
        for name, file in self.files.items():
            path = self.folder / f"{name}.po"
            text = f"{file}".rstrip("\n") + "\n"
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
                changed.append(name)
        return changed

    def _entry(self, one: Wanted, had: polib.POEntry | None, gone: dict[str, polib.POEntry]) -> polib.POEntry:
        entry = polib.POEntry(msgid=one.said, occurrences=[(file, "") for file in one.files], comment="\n".join(one.kinds))
        if had is not None:
            entry.msgstr, entry.flags, entry.tcomment = had.msgstr, list(had.flags), had.tcomment
            entry.previous_msgid = had.previous_msgid
        elif like := difflib.get_close_matches(one.said, gone, 1, LIKENESS):
            old = gone.pop(like[0])
            entry.msgstr, entry.flags, entry.previous_msgid = old.msgstr, [FUZZY], old.msgid
        return entry

    def _file(self, entries: list[polib.POEntry]) -> polib.POFile:
        file = polib.POFile(wrapwidth=WIDTH)
        file.metadata = {
            "Language": self.language.code.replace("-", "_"),
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
        }
        file.extend(sorted(entries, key=lambda entry: entry.obsolete))
        return file


def is_said(entry: polib.POEntry) -> bool:
    """Whether an entry has a translation that somebody was sure of."""
    return bool(entry.msgstr) and FUZZY not in entry.flags


def _read(path: Path) -> polib.POFile:
    try:
        return polib.pofile(str(path), wrapwidth=WIDTH, encoding="utf-8")
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise MemoryUnreadableError(f"{path} cannot be read: {error}") from error


def _settings(folder: Path) -> dict:
    path = folder / "languages.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MemoryUnreadableError(f"{path} cannot be read: {error}") from error
