"""What this site has to read: the shipped library, and the authorities that the institution keeps in a folder of its own."""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Callable
from pathlib import Path

from ...case_law import rules
from ...case_law.library import Library, authority_of, library, read_entry
from ...case_law.model import CaseSet, Entry
from ...platform import conf

log = logging.getLogger(__name__)
FileState = tuple[str, int, int]  # path, time of change in nanoseconds, size in bytes


def site_library() -> Library:
    """The shipped library with the files of settings.DTI_AUTHORITIES_FOLDER; the same object until one of them changes.

    A file that cannot be read is left out and logged, with what is wrong: one bad file must not empty the library.
    """
    folder = conf.authorities_folder()
    if not folder:
        return library()
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".toml") and not name.startswith("."))
    except OSError:
        log.exception("The folder of DTI_AUTHORITIES_FOLDER cannot be read: %s", folder)
        return library()
    return _with_files(tuple(filter(None, (_state(os.path.join(folder, name)) for name in names))))


@functools.lru_cache(maxsize=2)
def _with_files(files: tuple[FileState, ...]) -> Library:
    entries: list[Entry] = []
    for name, _changed, _size in files:
        try:
            entry = read_entry(Path(name), library())
            if authority_of(entry, library().get(entry.name)) is None:
                raise ValueError("it needs a kind, a caption and a citation, and texts of a length that a page can take")
            if entry.name in [other.name for other in entries]:
                log.error("Two files of this site are about %s: %s counts", entry.name, name)
            for problem in rules.check(CaseSet((entry,)), library()):
                log.error("An authority of this site is shown, but look at %s: %s (%s)", name, problem.message, problem.code)
            entries.append(entry)
        except (OSError, ValueError, TypeError, RecursionError) as error:
            log.error("An authority of this site is left out: %s: %s", name, error)
    return library().with_entries(entries)


def _state(path: str) -> FileState | None:
    """A value that changes when the file does; None for a file that no longer exists."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    return path, state.st_mtime_ns, state.st_size


@functools.lru_cache(maxsize=64)
def with_entries(base: Library, content: str, read: Callable[[str], CaseSet]) -> Library:
    """`base` with the changes in a block's `content`; kept, because its search index takes longer than a page should."""
    return base.with_entries(read(content).entries)
