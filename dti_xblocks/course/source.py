"""From what the user named, a folder or an archive, to a folder that holds course.xml."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

MAX_BYTES = 4 * 1024**3  # unpacked; a course with its videos inside stays far below
MAX_FILES = 100_000


class CourseUnreadable(Exception):
    """The path is no course that can be read. The message is a sentence that says what to do."""


def shipped_course() -> Path:
    """Our own course: the checkout's folder when there is one, else the copy inside the installed package."""
    return Path(__file__).parent / "export"


@contextmanager
def open_course(path: Path) -> Iterator[Path]:
    """The folder with course.xml for `path`, a folder or a .tar.gz as Studio exports it; unpacked ones go afterwards.

    Raises `CourseUnreadable`.
    """
    if not path.exists():
        raise CourseUnreadable(f"There is no {path}. Name a course folder or a .tar.gz exported by Studio.")
    if path.is_dir():
        yield course_root(path)
        return
    with TemporaryDirectory(prefix="dti-course-") as folder:
        unpack(path, Path(folder))
        yield course_root(Path(folder), named=path)


def course_root(folder: Path, named: Path | None = None) -> Path:
    """`folder` or its one subfolder that holds course.xml. Raises `CourseUnreadable`."""
    if (folder / "course.xml").is_file():
        return folder
    inner = sorted(path.parent for path in folder.glob("*/course.xml"))
    if len(inner) == 1:
        return inner[0]
    found = "several folders with a course.xml" if inner else "no course.xml"
    raise CourseUnreadable(f"{named or folder} is not one course: it has {found}. Name the folder that holds course.xml.")


def unpack(archive: Path, folder: Path) -> None:
    """Unpack `archive` (tar, optionally compressed) into `folder`, files only. Raises `CourseUnreadable`.

    Nothing is written outside `folder`, whatever the archive says: absolute paths, `..`, links and devices are refused
    before the first byte is written.
    """
    try:
        with tarfile.open(archive) as tar:
            members = _checked_members(tar, archive)
            for member in members:
                tar.extract(member, folder, filter="data")
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        # zlib.error is not an OSError, but tarfile turns it into ReadError
        raise CourseUnreadable(
            f"{archive} is damaged or not a .tar.gz archive ({error}). Export the course again and use the new file."
        ) from error


def _checked_members(tar: tarfile.TarFile, archive: Path) -> list[tarfile.TarInfo]:
    members, size = [], 0
    for member in tar:
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts or "\\" in member.name:
            raise CourseUnreadable(f"{archive} wants to write outside its folder ({member.name}). Do not use this archive.")
        if not (member.isfile() or member.isdir()):
            raise CourseUnreadable(f"{archive} contains a link or device ({member.name}). A course has only files and folders.")
        size += member.size
        members.append(member)
        if size > MAX_BYTES or len(members) > MAX_FILES:
            raise CourseUnreadable(f"{archive} unpacks to more than {MAX_BYTES // 1024**3} GiB or {MAX_FILES} files.")
    return members
