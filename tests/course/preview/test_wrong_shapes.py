"""What has not the shape that the platform asks for is noted, and the rest is shown."""

import json

import pytest

from tests.course.preview.made import PROBLEM, every_page, in_a_unit

DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("policy", "noted"),
    [
        ('{"course/r": {"tabs": 5}}', "tabs must be a list"),
        ('{"course/r": {"tabs": {"a": 1}}}', "tabs must be a list"),
        ('{"course/r": {"tabs": ["x", null]}}', "tabs[0] must be a JSON object"),
        ('{"course/r": {"tabs": [{"type": "static_tab", "url_slug": ["x"]}, 5]}}', "url_slug must be text"),
        ('{"course/r": 5}', "“course/r” must be a JSON object"),
        ('{"course/r": []}', "“course/r” must be a JSON object"),
        ('{"course/r": {"learning_info": 5}}', "learning_info must be a list"),
        ('{"course/r": {"learning_info": {"a": 1}}}', "learning_info must be a list"),
        ('{"course/r": {"display_name": {"a": 1}, "language": ["x"], "start": "zz"}}', "language must be text"),
        ('{"course/r": {"advanced_modules": {"x": 1}, "other_course_settings": 5}}', "other_course_settings"),
        ('{"problem/p": 5, "vertical/u": [], "chapter/c": "x"}', "“chapter/c” must be a JSON object"),
        ('{"sequential/s": {"graded": [], "format": {"a": 1}, "due": "zz"}}', "“format” of sequential/s"),
        ('{"problem/p": {"display_name": {"a": 1}, "weight": [], "max_attempts": "x"}}', "“weight” of problem/p"),
        ("[[", "is not JSON"),
        ("[]", "must be a JSON object"),
        (DEEP, "nested too deep"),
        (b"\xff\xfe{", "cannot be read as UTF-8"),
    ],
)
def test_a_policy_of_a_wrong_shape_is_noted(preview, policy, noted):
    visitor = preview({"policies/r/policy.json": policy}, "staff")
    every_page(visitor)
    assert any(noted in warning for warning in visitor.tree.warnings), visitor.tree.warnings
    assert visitor.tree.named("p"), "the rest of the course is there"


@pytest.mark.parametrize(
    ("policy", "noted"),
    [
        ('{"GRADER": 5}', "GRADER must be a list"),
        ('{"GRADER": [5, "x"]}', "GRADER[0] must be a JSON object"),
        ('{"GRADER": [{"type": ["x"], "weight": "a", "min_count": "z"}]}', "type must be text"),
        ('{"GRADER": [{"type": "HW", "weight": null}]}', "weight must be a number"),
        ('{"GRADER": [{"type": "HW", "weight": "0.5"}]}', "weight must be a number"),
        ('{"GRADER": [{"type": "HW", "weight": NaN, "min_count": 1, "drop_count": -5}]}', "weight of “HW” is not from 0"),
        ('{"GRADER": [{"type": "HW", "weight": 1, "min_count": 2000000000}]}', "min_count of “HW” is not from 0 to 1000"),
        ('{"GRADER": [{"type": "HW", "weight": 1, "drop_count": 99999999999}]}', "drop_count of “HW”"),
        ('{"GRADER": [{"type": "HW", "weight": 1e999}]}', "weight of “HW”"),
        ('{"GRADE_CUTOFFS": [1]}', "GRADE_CUTOFFS must be a JSON object"),
        ('{"GRADE_CUTOFFS": 5}', "GRADE_CUTOFFS must be a JSON object"),
        ('{"GRADE_CUTOFFS": {"Pass": "a"}}', "GRADE_CUTOFFS.Pass must be a number"),
        ('{"GRADE_CUTOFFS": {"Pass": NaN}}', "the cutoff “Pass” is not from 0 to 1"),
        (DEEP, "nested too deep"),
    ],
)
def test_a_grading_policy_of_a_wrong_shape_is_noted(preview, policy, noted):
    visitor = preview({"policies/r/grading_policy.json": policy})
    every_page(visitor)
    assert any(noted in warning for warning in visitor.tree.warnings), visitor.tree.warnings


def test_the_sound_part_of_a_grading_policy_is_kept(preview):
    policy = {
        "GRADER": [{"type": "HW", "weight": 1.0, "min_count": 1, "drop_count": 0}, {"type": "Exam", "weight": None}],
        "GRADE_CUTOFFS": {"Pass": 0.8, "B": "x"},
    }
    visitor = preview({"policies/r/grading_policy.json": json.dumps(policy)})
    visitor.answer("p", "1")
    assert "Your grade is 100%. The pass mark is 80%." in visitor.grade()


def test_attributes_of_a_wrong_shape_are_noted(preview):
    course = in_a_unit(PROBLEM).replace(
        "<course ", f'<course learning_info="5" tabs="[[" other_course_settings="{"[" * 5000}" due="zz" '
    )
    visitor = preview({"course.xml": course})
    every_page(visitor)
    assert any('<course url_name="r">: the value of learning_info' in warning for warning in visitor.tree.warnings)


def test_names_that_are_not_utf_8(preview):
    visitor = preview(
        {
            b"static/\xff.png": "x",
            b"tabs/\xff.html": "x",
            b"html/\xff.xml": "<html/>",
            "tabs/a b?.html": "Words",
            "static/a\nb": "x",
        },
        "staff",
    )
    every_page(visitor)
    assert [tab.slug for tab in visitor.tree.tabs] == ["a b?"]
    assert "Words" in visitor.page("/tab/a%20b%3F")
    for name in ("static/", "tabs/", "html/"):
        assert any(f"{name}�" in warning and "not UTF-8" in warning for warning in visitor.tree.warnings), name


@pytest.mark.parametrize(
    "name", ["A" * 5000, "a/b c?d#e%2f", "../..", "é;&quot;", "漢字", "a&#13;&#10;Set-Cookie: x=1", ".", "..", "²"]
)
def test_names_that_no_author_should_give(preview, name):
    course = in_a_unit(f'{PROBLEM}</vertical><vertical url_name="{name}"><html url_name="{name}"><p>Words.</p></html>')
    visitor = preview({"course.xml": course}, "staff")
    every_page(visitor)
    unit = [unit for _chapter, _sequence, unit in visitor.tree.units()][1]
    answer = visitor.get("/unit/" + unit.key.block_id) if unit.key.block_id not in (".", "..") else visitor.get("/")
    assert answer.status_code == 200
    answer.cookies.output().encode("latin-1")  # what the server does with it
    assert answer.headers.get("Set-Cookie", "").count("\n") == 0
    assert visitor.get("/").status_code == 200
