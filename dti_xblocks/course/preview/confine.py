"""A course is somebody else's folder: what may be read of it, and what may be said about it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

MAX_FILE = 64 * 1024**2  # bytes of one text file; XML, pages and transcripts of real courses stay far below
MAX_NOTES = 500
MAX_NOTE = 400  # characters; a name in it may be as long as an author likes


def is_inside(folder: Path, path: Path) -> bool:
    """Whether `path` is `folder` or lies below it once every symbolic link is followed. False for a path that cannot be."""
    try:
        root, real = os.path.realpath(folder), os.path.realpath(path)  # pathlib's takes five times as long
    except (OSError, ValueError):  # with a null character
        return False
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)


def is_file_of(folder: Path, path: Path) -> bool:
    """Whether `path` is a regular file inside `folder`: no pipe that never ends, no link to elsewhere."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode) and is_inside(folder, path)
    except (OSError, ValueError):
        return False


def is_text_of(folder: Path, path: Path) -> bool:
    """`is_file_of`, and small enough to be read at once."""
    return is_file_of(folder, path) and path.stat().st_size <= MAX_FILE


def file_below(folder: Path, name: str) -> Path | None:
    """The file `name` below `folder` (or `folder` itself for ""), or None. `name` may be anything a browser sends."""
    try:
        path = (folder / name).resolve() if name else folder.resolve()
    except (OSError, ValueError, RuntimeError):
        return None
    return path if is_file_of(folder, path) else None


def is_sayable(name: str) -> bool:
    """Whether a file name can be shown and addressed: names that are not UTF-8 come from the system as half characters."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def plain(text: str, length: int = MAX_NOTE) -> str:
    """`text` for one line of a page or a terminal: no control characters, no half characters, not longer than `length`."""
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in str(text)[: length + 1])
    return text if len(text) <= length else f"{text[: length - 1]}…"


def odd_files(folder: Path) -> Iterator[str]:
    """A sentence for every file that is left out because of its name or of where it leads."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted((*folders, *names)):
            path = Path(here, name)
            shown = path.relative_to(folder).as_posix()
            if not is_sayable(name):
                yield f"The name of {shown} is not UTF-8; the file was left out. Give it another name."
            elif path.is_symlink() and not is_inside(folder, path):
                yield f"{shown} is a link that leads out of the course; it was left out. Put the file itself there."


class Notes(list):
    """Sentences for the author: each once, in one line, and not so many that nobody could read them."""

    def __init__(self):
        super().__init__()
        self._seen: set[str] = set()
        self.left_out = 0

    def append(self, sentence) -> None:
        """Keep a sentence, unless it was said or there are too many."""
        sentence = plain(sentence)
        if sentence in self._seen:
            return
        if len(self) >= MAX_NOTES:
            self.left_out += 1
            return
        self._seen.add(sentence)
        super().append(sentence)

    def all(self) -> tuple[str, ...]:
        """The sentences, with one more about those that were too many."""
        return (*self, f"There are {self.left_out} more such notes.") if self.left_out else tuple(self)
