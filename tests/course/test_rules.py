"""Every rule of `dti-course validate` finds its broken example, with file and line, and nothing else.

A case is a folder in broken/: case.toml says which sound course it starts from, what is edited in it, and exactly what must
be found; files/ is laid over it.
"""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from dti_xblocks.course.cli import problems_of
from dti_xblocks.course.rules import RULES
from dti_xblocks.course.source import shipped_course

HERE = Path(__file__).parent
BASES = {"tiny": HERE / "fixtures/tiny", "ours": shipped_course()}
CASES = sorted(path.parent for path in (HERE / "broken").glob("*/case.toml"))


def broken_course(folder: Path, into: Path) -> tuple[Path, dict]:
    case = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    root = into / "course"
    shutil.copytree(BASES[case["base"]], root)
    for edit in case.get("edits", []):
        path = root / edit["file"]
        text = path.read_text(encoding="utf-8")
        assert edit["find"] in text, f"{folder.name}: {edit['file']} no longer has {edit['find']!r}"
        path.write_text(text.replace(edit["find"], edit["replace"]), encoding="utf-8")
    for name in case.get("delete", []):
        (root / name).unlink()
    if (folder / "files").is_dir():
        shutil.copytree(folder / "files", root, dirs_exist_ok=True)
    return root, case


def found(root: Path) -> list[str]:
    return sorted(
        f"{problem.code} {problem.where.split(' (')[0]}" + (f":{problem.line}" if problem.line else "")
        for problem in problems_of(root)
    )


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_these_problems_and_no_other(folder, tmp_path):
    root, case = broken_course(folder, tmp_path)
    assert found(root) == sorted(case["expects"])


@pytest.mark.parametrize("name", BASES)
def test_the_sound_courses_are_clean(name):
    assert found(BASES[name]) == []


def test_every_rule_has_a_broken_example_and_a_manual():
    examples = {re.match(r"CX\d+|[A-Z]+", folder.name)[0] for folder in CASES}
    for rule in RULES:
        if rule.code != "CX025":  # hands on what the blocks' own rules find: SC, CL, PL and RV
            assert rule.code in examples, rule.code
        assert rule.manual, rule.code


def test_all_problems_are_found_at_once(tmp_path):
    root, everything = tmp_path / "course", set()
    shutil.copytree(BASES["tiny"], root)
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
