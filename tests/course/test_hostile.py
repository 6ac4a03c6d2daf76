"""Courses that mean harm, or are merely absurd: a finding in a second or two, never a traceback and never a hang."""

import json
import shutil
from pathlib import Path

import pytest

from dti_xblocks.course.cli import problems_of

TINY = Path(__file__).parent / "fixtures/tiny"


@pytest.fixture
def course(tmp_path):
    return Path(shutil.copytree(TINY, tmp_path / "course"))


def codes(root):
    return {problem.code for problem in problems_of(root)}


@pytest.mark.parametrize(
    "changes",
    [
        *({"tabs": 5}, {"tabs": ["x"]}, {"tabs": [{"type": 5}]}, {"course_image": 5}, {"learning_info": 5}),
        *({"display_name": []}, {"advanced_modules": "x"}),
    ],
)
def test_a_policy_of_another_shape(course, changes):
    (course / "policies/run1/policy.json").write_text(json.dumps({"course/run1": {"course_image": "dot.png", **changes}}))
    assert "CX012" in codes(course)


@pytest.mark.parametrize("policy", [5, [], {"course/run1": 5}, {"course/run1": []}])
def test_a_policy_that_is_none(course, policy):
    (course / "policies/run1/policy.json").write_text(json.dumps(policy))
    assert "CX012" in codes(course)


@pytest.mark.parametrize(
    "grading",
    [
        *({"GRADER": 5}, {"GRADER": ["x"]}, {"GRADER": [{"weight": None}]}, {"GRADER": [{"weight": "0.5"}]}),
        *({"GRADER": [{"type": ["x"]}]}, {"GRADE_CUTOFFS": [1]}, {"GRADE_CUTOFFS": {"Pass": "x"}}, 5),
    ],
)
def test_a_grading_policy_of_another_shape(course, grading):
    (course / "policies/run1/grading_policy.json").write_text(json.dumps(grading))
    assert "CX012" in codes(course)


def test_json_without_end(course):
    (course / "policies/run1/policy.json").write_text("[" * 100_000)
    assert "CX012" in codes(course)


def test_something_that_is_no_course(course):
    (course / "course.xml").write_text("<library/>")
    assert "CX003" in codes(course)


def test_blocks_that_double_at_every_step(course):
    for step in range(27):
        inner = f'<vertical url_name="d{step + 1}"/>' * 2 if step < 26 else "<html url_name='x'>x</html>"
        (course / f"vertical/d{step}.xml").write_text(f"<vertical>{inner}</vertical>")
    (course / "vertical/page.xml").write_text('<vertical display_name="A"><vertical url_name="d0"/></vertical>')
    assert "CX006" in codes(course)


def test_a_chain_of_pointers(course):
    for step in range(600):
        (course / f"vertical/d{step}.xml").write_text(f'<vertical><vertical url_name="d{step + 1}"/></vertical>')
    (course / "vertical/page.xml").write_text('<vertical display_name="A"><vertical url_name="d0"/></vertical>')
    assert "CX004" in codes(course)


@pytest.mark.parametrize("name", ["x" * 5000, "../../../etc/passwd", "/etc/passwd", "a\tb", ".."])
def test_impossible_names(course, name):
    (course / "html/text.xml").write_text(f'<html filename="{name}" display_name="T"/>')
    (course / "vertical/page.xml").write_text(
        f'<vertical display_name="A"><html url_name="text"/><problem url_name="{name}"/></vertical>'
    )
    assert "CX004" in codes(course)


def test_a_file_name_that_is_no_text(course):
    (course / "static").joinpath(b"caf\xe9.png".decode("utf-8", "surrogateescape")).write_bytes(b"x")
    assert "CX021" in codes(course)
