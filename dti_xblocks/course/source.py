"""From what the user named, a folder or an archive, to a folder that holds course.xml."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

MAX_BYTES = 4 * 1024**3  # unpacked; a course with its videos inside stays far below
MAX_FILES = 100_000
MAX_DEPTH = 50  # folders in folders
DEEPEST_COURSE = 6  # folders around a course.xml
LARGEST_READ = 1024**2
LARGEST_HEADERS = 4096  # bytes around one file, on average: its header, a long name, what fills its last block


class CourseUnreadableError(Exception):
    """The path is no course that can be read. The message is a sentence that says what to do."""


def shipped_course() -> Path:
    """Our own course: the checkout's folder when there is one, else the copy inside the installed package."""
    return Path(__file__).parent / "export"


@contextmanager
def open_course(path: Path) -> Iterator[Path]:
    """The folder with course.xml for `path`, a folder or a .tar.gz as Studio exports it; unpacked ones go afterwards.

    Raises `CourseUnreadableError`.
    """
    if not path.exists():
        raise CourseUnreadableError(f"There is no {path}. Name a course folder or a .tar.gz exported by Studio.")
    if path.is_dir():
        yield course_root(path)
        return
    with TemporaryDirectory(prefix="dti-course-") as folder:
        unpack(path, Path(folder))
        yield course_root(Path(folder), named=path)


def course_root(folder: Path, named: Path | None = None) -> Path:
    """`folder` or its one subfolder that holds course.xml. Raises `CourseUnreadableError`, also for a link out of it."""
    if (folder / "course.xml").is_file():
        root = folder
    else:
        inner = _courses_below(folder)
        if len(inner) != 1:
            found = "several folders with a course.xml" if inner else "no course.xml"
            raise CourseUnreadableError(
                f"{named or folder} is not one course: it has {found}. Name the folder that holds course.xml."
            )
        root = inner[0]
    link = next((path for path in root.rglob("*") if path.is_symlink() and not _may_stay(path, root)), None)
    if link is not None:
        # A link could bring any file of this machine into the archive or onto a page.
        raise CourseUnreadableError(f"{link} is a link. A course has only files and folders: put a copy in its place.")
    return root


def _may_stay(link: Path, root: Path) -> bool:
    """Whether a link names a file of the course itself, or lies where nothing of the course is, as in `.git`."""
    inside = root.resolve()
    target = Path(os.path.realpath(link))
    hidden = any(part.startswith(".") for part in link.relative_to(root).parts)
    return hidden or (target.is_file() and inside in target.parents)


def _courses_below(folder: Path) -> list[Path]:
    """The folders with a course.xml that are nearest to `folder`: the archive of one course may have folders around it."""
    for depth in range(1, DEEPEST_COURSE + 1):
        if found := sorted(path.parent for path in folder.glob("*/" * depth + "course.xml")):
            return found
    return []


def unpack(archive: Path, folder: Path) -> None:
    """Unpack `archive` (a tar file, gzip-compressed or not) into `folder`, files only. Raises `CourseUnreadableError`.

    Nothing is written outside `folder`, whatever the archive says: absolute paths, `..`, links and devices are refused
    before the first byte is written.
    """
    try:
        with archive.open("rb") as file:
            compressed = file.read(2) == b"\x1f\x8b"
        with gzip.open(archive) if compressed else archive.open("rb") as stream:
            bounded = _BoundedReads(stream, archive)
            with tarfile.open(fileobj=cast(BinaryIO, bounded), mode="r:") as tar:
                for member in _checked_members(tar, archive):
                    _write(tar, member, folder)
            while bounded.read(LARGEST_READ):
                pass  # to the end, where gzip keeps its checksum
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, RecursionError) as error:
        raise CourseUnreadableError(
            f"{archive} is damaged or not a .tar.gz archive ({error}). Export the course again and use the new file."
        ) from error


class _BoundedReads:
    """A file of which nobody gets more than `LARGEST_READ` at once, or anything behind what the largest course unpacks to.

    tarfile reads an extended header of any size into memory, and gzip unpacks whatever is skipped: what lies behind the end
    of the tar file too, and what a sparse file is said to hold.
    """

    def __init__(self, stream: io.BufferedIOBase, archive: Path) -> None:
        self._stream, self._archive = stream, archive
        self._most = MAX_BYTES + MAX_FILES * LARGEST_HEADERS

    def seek(self, offset: int) -> int:
        """Go to `offset` from the beginning. Raises `CourseUnreadableError` where no course goes on."""
        if offset > self._most:
            raise _too_large(self._archive)
        return self._stream.seek(offset)

    def tell(self) -> int:
        """As of any file."""
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        """At most `LARGEST_READ` bytes. Raises `ValueError` for more, and `CourseUnreadableError` where no course goes on."""
        if not 0 <= size <= LARGEST_READ:
            raise ValueError("a header of impossible size")
        read = self._stream.read(size)
        if self._stream.tell() > self._most:
            raise _too_large(self._archive)
        return read


def _checked_members(tar: tarfile.TarFile, archive: Path) -> list[tarfile.TarInfo]:
    members, size = [], 0
    for member in tar:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or "\\" in member.name:
            raise CourseUnreadableError(
                f"{archive} wants to write outside its folder ({member.name[:200]!r}). Do not use this archive."
            )
        if len(path.parts) > MAX_DEPTH:
            raise CourseUnreadableError(
                f"{archive} is nested too deeply: {member.name[:200]!r} lies in more than {MAX_DEPTH - 1} folders. "
                "Export the course again and use the new file."
            )
        if not (member.isfile() or member.isdir()):
            message = f"{archive} contains a link or device ({member.name[:200]!r}). A course has only files and folders."
            raise CourseUnreadableError(message)
        size += member.size
        members.append(member)
        if size > MAX_BYTES or len(members) > MAX_FILES:
            raise _too_large(archive)
    return members


def _too_large(archive: Path) -> CourseUnreadableError:
    return CourseUnreadableError(f"{archive} unpacks to more than {MAX_BYTES // 1024**3} GiB or {MAX_FILES} files.")


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one checked member. By hand: tarfile's own filters are missing in the first releases of Python 3.11."""
    target = folder / member.name
    if member.isdir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    data = tar.extractfile(member)
    if data is None:
        raise ValueError("a member that is no file")
    with data, target.open("wb") as file:
        shutil.copyfileobj(data, file)
