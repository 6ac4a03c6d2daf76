"""State folders of previews that need not be made from nothing: a copy of the one that the process began with.

Its tables and keys take two seconds to make, which every test of a preview would pay anew. What a first start does with an empty
folder has tests of its own (tests/course/preview/test_state_folder.py, test_serving.py).
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from dti_xblocks.course.preview.settings import DATABASE

_template: list[Path] = []


def keep(state: Path) -> None:
    """Remember the state folder `state` as it is: tables, keys and secret, and nothing of anybody."""
    template = state.with_name(f"{state.name}-template")
    copy(state, template)
    _template[:] = [template]


def forget() -> None:
    """Remove what `keep` made."""
    while _template:
        shutil.rmtree(_template.pop(), ignore_errors=True)


def begin(folder: Path) -> Path:
    """Make `folder` a copy of what is remembered, if anything is and the folder is not there yet; returns it."""
    if _template and not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        copy(_template[0], folder)
    return folder


def copy(source: Path, target: Path) -> None:
    """Copy a state folder. Its database may be open: its write-ahead log is taken over too."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    with closing(sqlite3.connect(source / DATABASE)) as now, closing(sqlite3.connect(target / DATABASE)) as copied:
        now.backup(copied)


def hurry(**kwargs) -> None:
    """Leave it to the system when a commit reaches the disk: no test pulls a plug. A receiver of Django's `connection_created`."""
    connection = kwargs["connection"]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.cursor().execute("PRAGMA synchronous = OFF")
