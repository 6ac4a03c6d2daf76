"""The archive: the same bytes for the same course, laid out as Studio's export."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from dti_xblocks.course.build import build
from dti_xblocks.course.cli import main
from dti_xblocks.course.source import open_course, shipped_course

TINY = Path(__file__).parent / "fixtures/tiny"


def test_two_builds_give_the_same_bytes(tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(TINY, copy)
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
    first = build(TINY, tmp_path / "a", "1.0").read_bytes()
    assert first == build(copy, tmp_path / "b", "1.0").read_bytes()


def test_the_archive_is_one_course_folder_without_hidden_files(tmp_path):
    copy = tmp_path / "course"
    shutil.copytree(TINY, copy)
    (copy / ".DS_Store").write_text("x")
    with tarfile.open(build(copy, tmp_path, "1.0")) as tar:
        names = tar.getnames()
    assert "course/course.xml" in names
    assert all(name.startswith("course/") and "/." not in name for name in names)


def test_what_was_built_is_read_back_equal(tmp_path):
    archive = build(TINY, tmp_path, "1.0")
    with open_course(archive) as root:
        for path in TINY.rglob("*"):
            if path.is_file():
                assert (root / path.relative_to(TINY)).read_bytes() == path.read_bytes()


def test_our_course_builds_from_the_command_line(tmp_path):
    command = [sys.executable, "-m", "dti_xblocks.course", "build", str(shipped_course()), "--into", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).stat().st_size > 50_000


def test_a_place_that_cannot_be_written_is_named(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", Path("/proc/nowhere")):
        assert main(["build", str(TINY), "--into", str(place)]) == 2
        said = capsys.readouterr()
        assert said.err.startswith(f"dti-course: The archive cannot be written into {place}: ")
        assert said.out == "" and said.err.count("\n") == 1


def test_a_course_with_errors_is_not_built(tmp_path):
    copy = tmp_path / "course"
    shutil.copytree(TINY, copy)
    (copy / "html/text.html").unlink()
    command = [sys.executable, "-m", "dti_xblocks.course", "build", str(copy), "--into", str(tmp_path / "dist")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "nothing was built" in done.stderr
    assert not (tmp_path / "dist").exists()
