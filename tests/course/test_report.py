"""The course report: made by a command, and in docs/ as it would be made now."""

from pathlib import Path

import pytest

from dti_xblocks.course.cli import main
from dti_xblocks.course.outline import outline
from dti_xblocks.course.source import shipped_course

pytestmark = [pytest.mark.content, pytest.mark.once]
REPORT = Path(__file__).parents[2] / "docs/course-report.md"


def test_the_report_in_the_documentation_is_that_of_the_course(tmp_path):
    assert main(["report", str(shipped_course()), "--into", str(tmp_path / "report.md")]) == 0
    made = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert REPORT.read_text(encoding="utf-8") == made, "Run: dti-course report course_export --into docs/course-report.md"
    assert all(item.title in made for module in outline().modules for item in module.items)
    assert all(sentence in made for sentence in outline().outcomes.values())
    assert "finds 0 errors and 0 warnings" in made


def test_a_report_that_cannot_be_written_is_said(tmp_path, capsys):
    course = shipped_course()
    assert main(["report", str(course), "--into", str(tmp_path / "no" / "report.md")]) == 2
    assert "cannot be written" in capsys.readouterr().err
