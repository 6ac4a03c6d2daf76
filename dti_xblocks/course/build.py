"""The course archive, laid out as Studio's own export: one folder `course/` in a .tar.gz."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

NAME = "duty-to-intervene"


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


def archive_bytes(root: Path) -> bytes:
    """The archive of the course in `root`: the same bytes for the same files, whoever builds it and when."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path in course_files(root):
            data = path.read_bytes()
            member = tarfile.TarInfo(f"course/{path.relative_to(root).as_posix()}")
            member.size, member.mode, member.mtime = len(data), 0o644, 0
            tar.addfile(member, io.BytesIO(data))
    return gzip.compress(plain.getvalue(), compresslevel=9, mtime=0)


def build(root: Path, target: Path, version: str) -> Path:
    """Write the archive of `root` into the folder `target` and return its path."""
    target.mkdir(parents=True, exist_ok=True)
    archive = target / f"{NAME}-{version}.tar.gz"
    unfinished = archive.with_suffix(".part")
    unfinished.write_bytes(archive_bytes(root))
    unfinished.replace(archive)
    return archive
