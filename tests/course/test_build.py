"""The archive: the same bytes for the same course, laid out as Studio's export."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from lxml import etree

from dti_xblocks import __version__
from dti_xblocks.course.banks import FORMS
from dti_xblocks.course.build import build
from dti_xblocks.course.cli import main, problems_of
from dti_xblocks.course.identity import Identity, from_key, identity
from dti_xblocks.course.source import open_course, shipped_course
from dti_xblocks.course.tags import HOLDERS

TINY = Path(__file__).parent / "fixtures/tiny"
NAMED = Identity("TST", "TINY", "run1", "A Tiny Course")


def test_two_builds_give_the_same_bytes(tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(TINY, copy)
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
    first = build(TINY, tmp_path / "a", NAMED).read_bytes()
    assert first == build(copy, tmp_path / "b", NAMED).read_bytes()


def test_the_archive_is_one_course_folder_without_hidden_files(tmp_path):
    copy = tmp_path / "course"
    shutil.copytree(TINY, copy)
    (copy / ".DS_Store").write_text("x")
    with tarfile.open(build(copy, tmp_path, NAMED)) as tar:
        names = tar.getnames()
    assert "course/course.xml" in names
    assert all(name.startswith("course/") and "/." not in name for name in names)


def test_what_was_built_is_read_back_equal(tmp_path):
    archive = build(TINY, tmp_path, NAMED)
    with open_course(archive) as root:
        for path in TINY.rglob("*"):
            if path.is_file():
                assert (root / path.relative_to(TINY)).read_bytes() == path.read_bytes()


def in_holders(root):
    """Comments and the like where the platform looks for blocks, by file."""
    trees = {path: etree.parse(path) for path in root.rglob("*.xml") if "static" not in path.parts}
    return {
        path.relative_to(root).as_posix(): node.text
        for path, tree in trees.items()
        for node in tree.iter(etree.Comment, etree.ProcessingInstruction)
        if node.getparent() is not None and node.getparent().tag in HOLDERS
    }


def test_comments_between_blocks_stay_with_the_author(tmp_path):
    """The platform's import logs an error with a traceback for each of them."""
    copy = shutil.copytree(TINY, tmp_path / "course")
    unit = copy / "vertical/page.xml"
    before = unit.read_text(encoding="utf-8")
    start, end = before.index(">") + 1, before.rindex("</vertical>")
    unit.write_text(
        f"{before[:start]}<!-- outcome: O1 -->{before[start:end]}<?mine x?><!-- difficulty: 2 -->{before[end:]}", encoding="utf-8"
    )
    question = next((copy / "problem").glob("*.xml"))
    question.write_text(
        question.read_text(encoding="utf-8").replace("</problem>", "<!-- source: a --></problem>"), encoding="utf-8"
    )
    with open_course(build(copy, tmp_path / "out", NAMED)) as root:
        assert in_holders(root) == {} != in_holders(copy)
        assert etree.tostring(etree.parse(root / "vertical/page.xml")) == etree.tostring(etree.fromstring(before.encode()))
        assert (root / question.relative_to(copy)).read_bytes() == question.read_bytes()


@pytest.mark.parametrize("banks", FORMS)
def test_our_course_is_built_without_comments_between_its_blocks(tmp_path, banks):
    course = shipped_course()
    named = identity(course)
    with open_course(build(course, tmp_path, named, Identity("A", "B", "c", named.title), banks)) as root:
        assert in_holders(root) == {} != in_holders(course)


def test_our_course_builds_from_the_command_line(tmp_path):
    command = [sys.executable, "-m", "dti_xblocks.course", "build", str(shipped_course()), "--into", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    archive = Path(done.stdout.strip())
    assert archive.name == f"duty-to-intervene-{__version__}.tar.gz"
    assert archive.stat().st_size > 50_000
    for step in ("Tools, Import", "dti_setup --course course-v1:DTI+DTI101+v1", "tutor local do dti-import", "signatory"):
        assert step in done.stderr


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


@pytest.mark.parametrize(
    ("course", "name"),
    [
        (NAMED, "a-tiny-course-run1"),
        (Identity("A", "B-1", "2026_T1", "  Ünïted — Stätes: §1983!  "), "united-states-1983-2026_t1"),
        (Identity("A", "B-1", "2026_T1", "警察"), "b-1-2026_t1"),
        (Identity("A", "警察", "", ""), "course-course"),
        (Identity("A", "B", "../../etc", "x" * 200), f"{'x' * 60}-etc"),
        (Identity("DTI", "DTI101", "v1", "Duty to Intervene", is_shipped=True), f"duty-to-intervene-{__version__}"),
    ],
)
def test_an_archive_is_named_after_course_and_version(course, name):
    assert f"{course.slug}-{course.version}" == name


def test_a_course_says_what_it_is_called():
    assert identity(shipped_course()) == Identity("DTI", "DTI101", "v1", "Duty to Intervene", is_shipped=True)
    assert identity(TINY).key == "course-v1:TST+TINY+run1"
    assert not identity(TINY).is_shipped


@pytest.mark.parametrize("place", ["dist", ".", "static"])
def test_a_second_build_does_not_pack_the_first(tmp_path, place):
    copy = tmp_path / "course"
    shutil.copytree(TINY, copy)
    (copy / "static").mkdir(exist_ok=True)
    (copy / "static/for-learners.tar.gz").write_bytes(b"theirs")
    first = build(copy, copy / place, NAMED)
    (copy / place / f"{first.name}.part").write_bytes(b"what a build left that was ended")
    again = build(copy, copy / place, NAMED).read_bytes()
    with tarfile.open(first) as tar:
        names = tar.getnames()
    assert "course/static/for-learners.tar.gz" in names
    assert not [name for name in names if first.name in name]
    assert build(copy, copy / place, NAMED).read_bytes() == again


def test_a_course_gets_another_key(tmp_path):
    key = from_key("course-v1:Academy+POL-7+2027_T1", identity(TINY))
    with open_course(build(TINY, tmp_path, identity(TINY), key)) as root:
        assert identity(root).key == "course-v1:Academy+POL-7+2027_T1"
        assert (root / "course/2027_T1.xml").read_bytes() == (TINY / "course/run1.xml").read_bytes()
        assert (root / "policies/2027_T1/grading_policy.json").is_file()
        assert not list(root.rglob("run1*"))
        assert [problem for problem in problems_of(root) if problem.severity == "error"] == []


def test_our_course_keeps_its_policy_under_another_key(tmp_path):
    old = identity(shipped_course())
    archive = build(shipped_course(), tmp_path, old, from_key("course-v1:Academy+DTI101+2027", old))
    assert archive.name == f"duty-to-intervene-{__version__}.tar.gz"
    with open_course(archive) as root:
        policy = json.loads((root / "policies/2027/policy.json").read_text(encoding="utf-8"))
        before = json.loads((shipped_course() / "policies/v1/policy.json").read_text(encoding="utf-8"))
        assert policy == {"course/2027": before["course/v1"]}
        assert identity(root).title == "Duty to Intervene"


@pytest.mark.parametrize("key", ["Academy/DTI101/2027", "course-v1:Academy+DTI101", "library-v1:A+B", "../x"])
def test_what_is_no_key_is_refused(tmp_path, capsys, key):
    assert main(["build", str(TINY), "--into", str(tmp_path), "--key", key]) == 2
    assert "is no course key" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_drafts_are_of_one_course(tmp_path, capsys):
    copy = tmp_path / "course"
    shutil.copytree(TINY, copy)
    (copy / "drafts/vertical").mkdir(parents=True)
    assert main(["build", str(copy), "--into", str(tmp_path / "dist"), "--key", "course-v1:A+B+C"]) == 2
    assert "Drafts name the course" in capsys.readouterr().err


def drawn(folder: Path, form: str) -> str:
    """The unit of an assessment in an archive whose questions are drawn in `form`."""
    archive = build(shipped_course(), folder, identity(shipped_course()), banks=form)
    with tarfile.open(archive) as tar:
        names = {name for name in tar.getnames() if name.startswith("course/problem/m02-assessment-")}
        where = "vertical/m02-assessment-u1" if form == "plain" else f"{form}/m02-assessment-bank"
        holder = tar.extractfile(f"course/{where}.xml").read().decode()
        assert [name for name in tar.getnames() if "-bank" in name and not name.startswith(f"course/{form}/")] == []
        unit = tar.extractfile("course/vertical/m02-assessment-u1.xml").read().decode()
    assert len(names) == (8 if form == "plain" else 12)
    assert all(f'url_name="{Path(name).stem}"' in holder for name in names)
    return unit


def test_questions_are_drawn_as_the_release_of_the_platform_can(tmp_path):
    assert '<itembank url_name="m02-assessment-bank"/>' in drawn(tmp_path / "new", "itembank")
    older = drawn(tmp_path / "old", "library_content")
    assert '<library_content url_name="m02-assessment-bank"/>' in older and "itembank" not in older
    assert "bank" not in drawn(tmp_path / "plain", "plain")


@pytest.mark.parametrize("form", ["library_content", "plain"])
def test_the_other_forms_are_sound_courses_too(tmp_path, form):
    archive = build(shipped_course(), tmp_path, identity(shipped_course()), banks=form)
    with open_course(archive) as root:
        allowed = {"CX041", "CX048", "CX049"} if form == "plain" else {"CX049"}  # a pool of eight proves little
        assert {problem.code for problem in problems_of(root)} <= allowed
