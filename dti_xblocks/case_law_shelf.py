"""What this site has to read: the shipped library, and the authorities that the institution keeps in a folder of its own."""

from __future__ import annotations

import functools
import logging
from pathlib import Path

from django.conf import settings

from .case_law.library import Library, library, read_entry
from .case_law.model import Entry
from .case_law.rules import SLUG

log = logging.getLogger(__name__)


def shelf() -> Library:
    """The shipped library with the files of settings.DTI_AUTHORITIES_FOLDER; the same object until one of them changes.

    A file that cannot be read is left out and logged, with what is wrong: one bad file must not empty the shelf.
    """
    folder = getattr(settings, "DTI_AUTHORITIES_FOLDER", "") or ""
    if not folder:
        return library()
    try:
        files = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in sorted(Path(folder).glob("*.toml")))
    except OSError:
        log.exception("The folder of DTI_AUTHORITIES_FOLDER cannot be read: %s", folder)
        return library()
    return _with_files(files)


@functools.lru_cache(maxsize=2)
def _with_files(files: tuple) -> Library:
    entries = []
    for name, _changed, _size in files:
        try:
            entries.append(_entry(Path(name)))
        except (OSError, ValueError, TypeError) as error:
            log.error("An authority of this site is left out: %s: %s", name, error)
    return library().with_entries(entries)


def _entry(path: Path) -> Entry:
    entry = read_entry(path, library())
    if not SLUG.fullmatch(entry.name):
        raise ValueError("its slug has to be lower-case letters, digits and hyphens")
    return entry


@functools.lru_cache(maxsize=64)
def with_entries(base: Library, content: str, read) -> Library:
    """`base` with the changes in a block's `content`; kept, because its search index takes longer than a page should."""
    return base.with_entries(read(content).entries)
