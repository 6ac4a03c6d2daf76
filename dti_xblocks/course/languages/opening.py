"""`--language` of the course tool: the course that was named, or its path, in a language of a memory."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..identity import identity
from ..outline import Outline
from ..paths import command as paths
from ..source import CourseUnreadableError
from .course import localized, untranslated
from .memory import Memory, MemoryUnreadableError, languages
from .outlines import SHIPPED, in_language, outline_of


def add_argument(command: argparse.ArgumentParser) -> None:
    """Let a command take a language."""
    command.add_argument("--language", default="", metavar="CODE", help="the course in this language, from its translations")
    command.add_argument("--memory", type=Path, default=SHIPPED, help="folder of the translations (default: those of our course)")


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[tuple[Path, Outline | None]]:
    """The folder of the course that `options` name, on its path and in its language, and its curriculum.

    What has no translation is listed on standard error. Raises `CourseUnreadableError`.
    """
    with paths.opened(options) as (root, keeps):
        code = getattr(options, "language", "")
        if not code:
            yield root, keeps
            return
        try:
            known = languages(options.memory)
            if code not in known:
                raise CourseUnreadableError(f"There is no language {code}. There are: {', '.join(known)}.")
            memory = Memory(options.memory, known[code])
        except MemoryUnreadableError as error:
            raise CourseUnreadableError(str(error)) from error
        course = identity(root)
        source = keeps or outline_of(f"{course.org}+{course.number}+{course.run}")
        outline = in_language(source, known[code], memory.translations()) if source else None
        with TemporaryDirectory(prefix="dti-language-") as folder:
            missing = list(untranslated(localized(root, memory, Path(folder) / "course")))
            if missing:
                listed = "\n".join(f"  {line[:160]}" for line in missing)
                print(f"{len(missing)} texts have no translation and stay as they are:\n{listed}", file=sys.stderr)
            yield Path(folder) / "course", outline
