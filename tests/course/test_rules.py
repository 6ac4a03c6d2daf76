"""Every rule of `dti-course validate` finds its broken example, with file and line, and nothing else.

A case is a folder in broken/: case.toml says which sound course it starts from, what is edited in it, and exactly what must
be found, and whether it needs a course for itself (`alone`); files/ is laid over it, and beside/ beside it.
"""

import dataclasses
import shutil
import time
import tomllib
from pathlib import Path

import pytest

from dti_xblocks.case_law import rules as case_law
from dti_xblocks.content import WARNING, Problem
from dti_xblocks.course.cli import problems_of
from dti_xblocks.course.rules import RULES
from dti_xblocks.course.source import shipped_course
from dti_xblocks.pledge import rules as pledge
from dti_xblocks.review import rules as review
from dti_xblocks.scenario import rules as scenario

HERE = Path(__file__).parent
TINY = HERE / "fixtures/tiny"
BASES = {  # laid over each other
    "tiny": [TINY],
    "full": [TINY, HERE / "fixtures/full"],
    "translated": [TINY],
    "ours": [shipped_course()],
}
READING = {"CX001", "CX002", "CX012"}  # found while the course is read, not by a rule
HANDS_ON = {"CX025"}  # hands on what the blocks' own rules find: SC, CL, PL and RV
NEVER_ALONE = {"SC002", "SC025", "SC044", "PX007"}  # what they find breaks a second rule, too
SAID_BEFORE = {"PL018"}  # by CX024: the field itself refuses such a number; it is a rule of Studio's editor
DRIFTS = {"CX049"}  # our course's minutes: they change with every lesson, and a warning says so
CASES = sorted(path.parent for path in (HERE / "broken").glob("*/case.toml"))
SOUND = sorted(path.parent for path in (HERE / "sound").glob("*/case.toml"))


def base_course(name: str, into: Path) -> Path:
    for layer in BASES[name]:
        shutil.copytree(layer, into / "course", dirs_exist_ok=True)
    if name == "translated":
        shutil.copytree(HERE / "fixtures/translated", into, dirs_exist_ok=True)
    return into / "course"


def broken_course(folder: Path, into: Path) -> tuple[Path, dict]:
    case = case_of(folder)
    root = base_course(case["base"], into)
    break_it(root, folder, case)
    return root, case


def case_of(folder: Path) -> dict:
    return tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))


def break_it(root: Path, folder: Path, case: dict) -> None:
    for edit in case.get("edits", []):
        path = root / edit["file"]
        text = path.read_text(encoding="utf-8")
        assert edit["find"] in text, f"{folder.name}: {edit['file']} no longer has {edit['find']!r}"
        path.write_text(text.replace(edit["find"], edit["replace"]), encoding="utf-8")
    for name in case.get("delete", []):
        (root / name).unlink()
    if (folder / "files").is_dir():
        shutil.copytree(folder / "files", root, dirs_exist_ok=True)
    if (folder / "beside").is_dir():  # the sources of its pictures
        shutil.copytree(folder / "beside", root.parent, dirs_exist_ok=True)


def touched(folder: Path) -> set[str]:
    """The files of a course in which a case changes something."""
    case, laid_over = case_of(folder), folder / "files"
    edited = {edit["file"] for edit in case.get("edits", [])}
    return edited | set(case.get("delete", [])) | {path.relative_to(laid_over).as_posix() for path in laid_over.rglob("*")}


def side_by_side(folders: list[Path]) -> list[list[Path]]:
    """The cases in groups of which no two change the same file: our course is large, and is looked through once for each group."""
    groups: list[tuple[list[Path], set[str]]] = []
    alone = [folder for folder in folders if case_of(folder).get("alone")]
    for folder in (each for each in folders if each not in alone):
        files = touched(folder)
        group = next((each for each in groups if not each[1] & files), None)
        if group is None:
            groups.append(group := ([], set()))
        group[0].append(folder)
        group[1].update(files)
    return [*([folder] for folder in alone), *(group for group, _files in groups)]


def found(root: Path) -> list[str]:
    return sorted(
        f"{problem.code} {problem.where.split(' (')[0]}" + (f":{problem.line}" if problem.line else "")
        for problem in problems_of(root)
    )


def steady(root: Path, expected=()) -> list[str]:
    """What is found, without what drifts and was not expected."""
    return [line for line in found(root) if line in expected or line.split()[0] not in DRIFTS]


OURS = [each for each in CASES if case_of(each)["base"] == "ours"]


@pytest.mark.parametrize("folder", [each for each in CASES if each not in OURS], ids=lambda path: path.name)
def test_these_problems_and_no_other(folder, tmp_path):
    root, case = broken_course(folder, tmp_path)
    assert steady(root, case["expects"]) == sorted(case["expects"])


@pytest.mark.parametrize("folders", side_by_side(OURS), ids=lambda paths: "+".join(path.name for path in paths))
def test_these_problems_of_our_course_and_no_other(folders, tmp_path):
    root, cases = base_course("ours", tmp_path), [case_of(folder) for folder in folders]
    for folder, case in zip(folders, cases, strict=True):
        break_it(root, folder, case)
    expected = [line for case in cases for line in case["expects"]]
    assert steady(root, expected) == sorted(expected)


@pytest.mark.parametrize("folder", SOUND, ids=lambda path: path.name)
def test_what_the_platform_takes_is_no_error(folder, tmp_path):
    """Courses of other people, as Studio and its older releases write them: warnings at most, and only these."""
    root, case = broken_course(folder, tmp_path)
    assert found(root) == sorted(case["expects"])
    assert {problem.severity for problem in problems_of(root)} <= {WARNING}


@pytest.mark.parametrize("name", BASES)
def test_the_sound_courses_are_clean(name, tmp_path):
    assert steady(base_course(name, tmp_path)) == []


def test_every_rule_has_a_manual_and_a_folder_with_an_example_that_breaks_it_alone():
    books = (RULES, case_law.RULES, pledge.RULES, pledge.SETTING_RULES, review.RULES, scenario.RULES)
    rules = [rule for book in books for rule in book]
    assert all(rule.manual for rule in rules)
    codes = {rule.code for rule in rules}
    assert {folder.name.split("-")[0] for folder in CASES} == (codes | READING) - HANDS_ON - SAID_BEFORE
    alone = {
        found.pop()
        for folder in CASES
        if len(found := {each.split()[0] for each in tomllib.loads((folder / "case.toml").read_text("utf-8"))["expects"]}) == 1
    }
    assert codes - HANDS_ON - SAID_BEFORE - alone == NEVER_ALONE


def test_a_rule_that_fails_is_a_finding_and_hides_no_other(tmp_path, monkeypatch):
    root, case = broken_course(HERE / "broken/CX004-missing-file", tmp_path)

    def fails(course):
        yield Problem("CX013", "first", "Found before.")
        raise LookupError("unheard of")

    rule = next(rule for rule in RULES if rule.code == "CX013")
    monkeypatch.setitem(RULES._rules, "CX013", dataclasses.replace(rule, find=fails))
    assert found(root) == sorted([*case["expects"], "CX013 course.xml", "CX013 first"])


def test_a_date_that_nothing_reads_is_found_where_the_other_checker_fails(tmp_path):
    root, _case = broken_course(HERE / "sound/helper-that-fails", tmp_path)
    path = root / "course/run1.xml"
    path.write_text(path.read_text().replace("2026-01-01T00:00:00Z", "soon"))
    errors = [problem for problem in problems_of(root) if problem.severity != WARNING]
    assert [(problem.code, problem.where) for problem in errors] == [("CX090", "course/run1.xml")]


def test_long_lines_and_many_files_are_read_in_one_go(tmp_path):
    root = base_course("tiny", tmp_path)
    page = root / "html/text.html"
    page.write_text(page.read_text() + "<!--" * 200_000 + "<p" * 200_000 + '"' + "x" * 2_000_000 + ' "/static/' * 2000)
    for number in range(30):
        folder = root / "static/program/deep"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}.dat").write_text("x")
    began = time.process_time()
    names = found(root)
    assert time.process_time() - began < 20
    assert {"CX005 static/program/", "CX016 static/program/"} <= set(names) and len(names) < 10


def test_all_problems_are_found_at_once(tmp_path):
    root, everything = tmp_path / "course", set()
    shutil.copytree(TINY, root)
    for name, find, replace, code in (
        ("html/text.html", "/static/dot.png", "/static/gone.png", "CX007"),
        ("html/text.html", "/jump_to_id/questions", "/jump_to_id/gone", "CX008"),
        ("problem/q1.xml", "<choicehint>No.</choicehint>", "", "CX013"),
        ("vertical/page.xml", "</vertical>", "<problem url_name='gone'/></vertical>", "CX004"),
        ("policies/run1/grading_policy.json", "1.0", "0.2", "CX011"),
    ):
        path = root / name
        path.write_text(path.read_text().replace(find, replace))
        everything.add(code)
    assert everything <= {problem.code for problem in problems_of(root)}
