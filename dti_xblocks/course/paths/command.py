"""`--path` of the course tool: the course that was named, or what a path keeps of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..outline import Outline
from ..source import open_course
from .cut import cut
from .model import learning_path, names


def add_argument(command: argparse.ArgumentParser) -> None:
    """Let a command take a path."""
    what = f"only a path through the course: {', '.join(names())}, or a .toml file"
    command.add_argument("--path", dest="route", default="", metavar="NAME", help=what)


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[tuple[Path, Outline | None]]:
    """The folder of the course that `options` name, and the curriculum of its path. Raises `CourseUnreadableError`."""
    with open_course(options.path) as root:
        if not options.route:
            yield root, None
            return
        path = learning_path(options.route)
        with TemporaryDirectory(prefix="dti-path-") as folder:
            yield cut(root, path, Path(folder) / "course"), path.outline
