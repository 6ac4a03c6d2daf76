"""The course archive, laid out as Studio's own export: one folder `course/` in a .tar.gz."""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

from .banks import AS_WRITTEN, in_form
from .comments import left_out
from .identity import Identity, rekeyed

ENDING, UNFINISHED = ".tar.gz", ".part"
ASSETS = "static"


def course_files(root: Path) -> list[Path]:
    """The files that belong into the archive, sorted by their path: everything but hidden files."""
    return sorted(
        (
            path
            for path in root.rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
        ),
        key=lambda path: path.relative_to(root).as_posix(),
    )


def archive_bytes(
    root: Path, without: frozenset[Path] = frozenset(), instead: Mapping[str, tuple[str, bytes]] | None = None
) -> bytes:
    """The archive of the course in `root`: the same bytes for the same files, whoever builds it and when.

    `without` are files that stay out. `instead` has for some paths (relative, with slashes) another path and other bytes.
    """
    files = {}
    for path in course_files(root):
        if path not in without:
            name = path.relative_to(root).as_posix()
            name, data = (instead or {}).get(name) or (name, path.read_bytes())
            files[name] = data
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, data in sorted(files.items()):
            member = tarfile.TarInfo(f"course/{name}")
            member.size, member.mode, member.mtime = len(data), 0o644, 0
            tar.addfile(member, io.BytesIO(data))
    return gzip.compress(plain.getvalue(), compresslevel=9, mtime=0)


def build(
    root: Path,
    target: Path,
    identity: Identity,
    key: Identity | None = None,
    banks: str = AS_WRITTEN,
    leave_out: frozenset[Path] = frozenset(),
    put: Mapping[str, tuple[str, bytes]] | None = None,
) -> Path:
    """Write the archive of `root` into the folder `target` and return its path.

    It is named after the course and its version. With `key` the course gets that organization, number and run. `banks` is how
    questions are drawn, one of `banks.FORMS`. `leave_out` are files that stay out, too; `put` is as `instead` of the archive.
    Comments between blocks stay out.
    What was built into `target` before is never packed, also where that folder lies in the course.
    """
    target.mkdir(parents=True, exist_ok=True)
    archive = target / f"{identity.slug}-{(key or identity).version}{ENDING}"
    instead, without = in_form(root, banks)
    instead |= put or {}
    if key:
        instead |= rekeyed(root, identity, key)
    instead |= left_out(root, instead)
    unfinished = archive.with_name(archive.name + UNFINISHED)
    unfinished.write_bytes(archive_bytes(root, _built_before(root, target, identity) | without | leave_out, instead))
    unfinished.replace(archive)
    return archive


def _built_before(root: Path, target: Path, identity: Identity) -> frozenset[Path]:
    """What earlier builds have left in `target`, below `root`. Among files for learners only what has the course's name."""
    root, target = root.resolve(), target.resolve()
    if not target.is_relative_to(root):
        return frozenset()
    place = target.relative_to(root)
    start = f"{identity.slug}-" if place.parts[:1] == (ASSETS,) else ""
    return frozenset(
        path for path in target.iterdir() if path.name.startswith(start) and path.name.endswith((ENDING, ENDING + UNFINISHED))
    )
