"""What people hand to the tool: folders, archives, and things that only look like them."""

import gzip
import io
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from dti_xblocks.course.build import archive_bytes
from dti_xblocks.course.source import CourseUnreadableError, open_course

TINY = Path(__file__).parent / "fixtures/tiny"


def archive(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for member, data in members:
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def refusal(path: Path) -> str:
    with pytest.raises(CourseUnreadableError) as caught, open_course(path):
        pass
    return str(caught.value)


def test_a_folder_and_its_parent_are_found(tmp_path):
    with open_course(TINY) as root:
        assert root == TINY
    (tmp_path / "course").symlink_to(TINY)
    with open_course(tmp_path) as root:
        assert (root / "course.xml").is_file()


def test_a_course_may_lie_some_folders_down(tmp_path):
    data = io.BytesIO(archive_bytes(TINY))
    with tarfile.open(fileobj=data) as inner, tarfile.open(tmp_path / "deep.tar.gz", "w:gz") as tar:
        for info in inner:
            file = inner.extractfile(info)
            info.name = f"export/2026/{info.name}"
            tar.addfile(info, file)
    with open_course(tmp_path / "deep.tar.gz") as root:
        assert root.relative_to(root.parents[2]).as_posix() == "export/2026/course"
        assert (root / "vertical/page.xml").is_file()


def test_of_two_courses_side_by_side_none_is_taken(tmp_path):
    for name in ("a/one", "a/two"):
        shutil.copytree(TINY, tmp_path / name)
    assert "several folders with a course.xml" in refusal(tmp_path)


def test_what_does_not_exist_is_named():
    assert "There is no" in refusal(Path("nowhere.tar.gz"))


def test_a_folder_that_is_no_course(tmp_path):
    assert "no course.xml" in refusal(tmp_path)


@pytest.mark.parametrize("name", ["../evil", "course/../../evil", "/tmp/evil", "course\\..\\..\\evil"])
def test_an_archive_that_leaves_its_folder_is_refused_before_anything_is_written(name, tmp_path):
    path = archive(tmp_path / "a.tar.gz", (member("course/course.xml"), b"<course/>"), (member(name), b"x"))
    assert "outside its folder" in refusal(path)
    assert not (tmp_path.parent / "evil").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_are_refused(kind, tmp_path):
    path = archive(tmp_path / "a.tar.gz", (member("course/course.xml", kind, "/etc/passwd"), b""))
    assert "link or device" in refusal(path)


def test_a_damaged_archive_is_named(tmp_path):
    whole = archive_bytes(TINY)
    for data in (whole[: len(whole) // 2], b"not an archive", b"", whole[:200] + b"\0" * 50 + whole[250:]):
        path = tmp_path / "a.tar.gz"
        path.write_bytes(data)
        assert "Export the course again" in refusal(path)


def test_a_folder_with_a_link_is_refused(tmp_path):
    root = tmp_path / "course"
    shutil.copytree(TINY, root)
    (root / "html/secret.html").symlink_to("/etc/hostname")
    assert "is a link" in refusal(root)


def test_a_damaged_checksum_is_noticed(tmp_path):
    path = tmp_path / "a.tar.gz"
    data = bytearray(archive_bytes(TINY))
    data[-6] ^= 0xFF
    path.write_bytes(data)
    assert "Export the course again" in refusal(path)


def test_a_header_of_impossible_size_is_refused_without_reading_it(tmp_path):
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 2 * 1024**3
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb") as file:
        file.write(info.tobuf() + b"0" * 10_000)
    assert "impossible size" in refusal(path)


def test_a_path_without_end_is_refused(tmp_path):
    assert "outside" in refusal(archive(tmp_path / "a.tar.gz", (member("a/" * 2500 + "b"), b"x")))


def test_a_name_cannot_write_to_the_terminal(tmp_path):
    assert "\x1b" not in refusal(archive(tmp_path / "a.tar.gz", (member("../\x1b[31mred"), b"x")))


def test_the_command_line_says_it_in_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "dti_xblocks.course", "validate", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("dti-course: ") and "Traceback" not in done.stderr
