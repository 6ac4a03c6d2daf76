"""The state that a process of the tests began with: every file of tests begins with it, and so does every preview.

Its tables and keys take two seconds to make, which every test of a preview would pay anew. What a first start does with an empty
folder has tests of its own (tests/course/preview/test_state_folder.py, test_serving.py).
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from dti_xblocks.course.preview.settings import DATABASE

_template: list[Path] = []  # what is remembered, and the folder that it was made from


def keep(state: Path) -> None:
    """Remember the state folder `state` of this process as it is: tables, keys and secret, and nothing of anybody."""
    template = state.with_name(f"{state.name}-template")
    copy(state, template)
    _template[:] = [template, state]


def forget() -> None:
    """Remove what `keep` made."""
    if _template:
        shutil.rmtree(_template[0], ignore_errors=True)
    _template.clear()


def restore() -> None:
    """Give the database of this process the rows that `keep` saw. A connection that is open goes on with them."""
    if _template:
        copy_tables(*_template)


def begin(folder: Path) -> Path:
    """Make `folder` a copy of what is remembered, if anything is and the folder is not there yet; returns it."""
    if _template and not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        copy(_template[0], folder)
    return folder


def copy(source: Path, target: Path) -> None:
    """Copy a state folder. Its database may be open: its write-ahead log is taken over too."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
    copy_tables(source, target)


def copy_tables(source: Path, target: Path) -> None:
    """Make the database of one state folder that of another."""
    with closing(sqlite3.connect(source / DATABASE)) as now, closing(sqlite3.connect(target / DATABASE)) as copied:
        now.backup(copied)


def hurry(**kwargs) -> None:
    """Leave it to the system when a commit reaches the disk: no test pulls a plug. A receiver of Django's `connection_created`."""
    connection = kwargs["connection"]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        connection.cursor().execute("PRAGMA synchronous = OFF")
