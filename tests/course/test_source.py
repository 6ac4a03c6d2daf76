"""What people hand to the tool: folders, archives, and things that only look like them."""

import gzip
import io
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from dti_xblocks.course import source
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


def test_a_link_inside_the_course_is_the_file_that_it_names(tmp_path):
    root = tmp_path / "course"
    shutil.copytree(TINY, root)
    (root / "html/same.html").symlink_to("text.html")
    (root / ".git").mkdir()
    (root / ".git/elsewhere").symlink_to("/etc/hostname")
    with open_course(root) as found, tarfile.open(fileobj=io.BytesIO(archive_bytes(found))) as tar:
        same = tar.getmember("course/html/same.html")
        assert same.isfile() and tar.extractfile(same).read() == (TINY / "html/text.html").read_bytes()


def test_a_link_to_a_folder_is_refused(tmp_path):
    root = tmp_path / "course"
    shutil.copytree(TINY, root)
    (root / "more").symlink_to("html")
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


@pytest.mark.parametrize("folders", [51, 60, 2500])
def test_an_archive_nested_too_deeply_is_told_so(folders, tmp_path):
    said = refusal(archive(tmp_path / "a.tar.gz", (member("a/" * folders + "b"), b"x")))
    assert "nested too deeply" in said and "outside" not in said
    assert len(said) < 500


@pytest.fixture
def small(monkeypatch):
    """Courses unpack to at most 64 KiB and ten files, and a file is read in small pieces."""
    monkeypatch.setattr(source, "MAX_BYTES", 64 * 1024)
    monkeypatch.setattr(source, "MAX_FILES", 10)
    monkeypatch.setattr(source, "LARGEST_READ", 16 * 1024)
    return 64 * 1024 + 10 * source.LARGEST_HEADERS


def unpacked(monkeypatch) -> list[int]:
    """How far gzip has unpacked, each time that it was asked."""
    far = []
    read = gzip._GzipReader.read

    def counted(self, size=-1):
        data = read(self, size)
        far.append(self._pos)
        return data

    monkeypatch.setattr(gzip._GzipReader, "read", counted)
    return far


def test_bytes_behind_the_end_of_the_tar_file_are_not_unpacked_without_end(small, monkeypatch, tmp_path):
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb") as file:
        file.write(gzip.decompress(archive(path.with_name("b"), (member("course/course.xml"), b"<course/>")).read_bytes()))
        file.write(b"\0" * 8 * 1024**2)
    far = unpacked(monkeypatch)
    assert "unpacks to more than" in refusal(path)
    assert max(far) <= small + 2 * io.DEFAULT_BUFFER_SIZE + source.LARGEST_READ


def test_headers_without_end_are_not_unpacked_either(small, monkeypatch, tmp_path):
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as tar:
        for number in range(9):
            info = member(f"{number}")
            info.pax_headers = {"comment": "x" * 15_000}
            tar.addfile(info)
    far = unpacked(monkeypatch)
    assert "unpacks to more than" in refusal(path)
    assert max(far) <= small + 2 * io.DEFAULT_BUFFER_SIZE + source.LARGEST_READ


def test_what_a_sparse_file_is_said_to_hold_is_not_skipped_without_end(small, monkeypatch, tmp_path):
    info = member("course/hole", tarfile.GNUTYPE_SPARSE)
    info.size = 8 * 1024**2  # in the archive; as a file it says to have none
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[483:495] = b"00000000000\0"
    header[148:156] = b"%06o\0 " % (sum(header) - sum(header[148:156]) + 8 * ord(" "))
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb") as file:
        file.write(bytes(header) + b"\0" * info.size + member("course/course.xml").tobuf() + b"\0" * 1024)
    far = unpacked(monkeypatch)
    assert "unpacks to more than" in refusal(path)
    assert max(far) <= small


def test_a_course_as_large_as_may_be_is_unpacked(small, tmp_path):
    files = [(member(f"course/{'long' * 30}{number}.html"), b"x" * 6500) for number in range(9)]
    path = archive(tmp_path / "a.tar.gz", (member("course/course.xml"), b"<course/>"), *files)
    with open_course(path) as root:
        assert len(list(root.iterdir())) == 10


def test_a_name_cannot_write_to_the_terminal(tmp_path):
    assert "\x1b" not in refusal(archive(tmp_path / "a.tar.gz", (member("../\x1b[31mred"), b"x")))


def test_the_command_line_says_it_in_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "dti_xblocks.course", "validate", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("dti-course: ") and "Traceback" not in done.stderr
