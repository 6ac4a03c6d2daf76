"""The load test in its quick form: a few officers, one process, SQLite. What it is for is run by `make load-test`."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dti_xblocks.records.models import CourseReview, ReaderMark, ScenarioDecision, ScenarioStart, SignedPledge
from tests.load import books, servers

ROOT = Path(__file__).parents[2]
WHO = {"user_id": 1001, "username": "officer0", "course_key": "course", "usage_key": "block"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PLEDGE = {"wording_hash": "b" * 64, "language": "en", "document": {}, "document_hash": "c" * 64, "signed_at": NOW}


@pytest.mark.once
@pytest.mark.slow
def test_a_few_officers_and_their_books(tmp_path):
    command = [sys.executable, "-m", "tests.load", "--engine", "sqlite", "--workers", "0", "--officers", "3", "--seconds", "600"]
    done = subprocess.run(
        [*command, "--report", str(tmp_path / "report.json")],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    found = json.loads((tmp_path / "report.json").read_text())
    assert found["wrong"] == [] and found["officers"] == 3 and set(found["ended"]) == {"200"}
    assert all(found["compared"][kind] >= 1 for kind in books.COMPARED)
    assert found["compared"]["signed"] == 3


def test_the_web_server_leaves_nothing_in_the_home_folder(tmp_path, monkeypatch):
    """Gunicorn puts its control socket into the folder of the session, or of the user where there is none."""
    seen = []
    monkeypatch.setattr(servers, "run", lambda *_command, environment: None)
    monkeypatch.setattr(servers.Web, "answers", lambda _web: True)
    monkeypatch.setattr(servers.subprocess, "Popen", lambda _command, **given: seen.append(given["env"]["XDG_RUNTIME_DIR"]))
    servers.Web(tmp_path, {}, 4).prepare()
    assert seen == [str(tmp_path)]


def test_an_answer_that_is_not_in_the_database_is_found():
    run = ScenarioStart.objects.create(**WHO, attempt=1, started_at=NOW)
    for serial, choice in enumerate(("left", "right")):
        ScenarioDecision.objects.create(run=run, serial=serial, position=serial, scene=f"s{serial}", choice=choice, at=NOW)
    noted = [[1001, "decision", 1, 0, "s0", "left"], [1001, "decision", 1, 1, "s1", "right"]]
    assert books.COMPARED["decision"](noted) == []
    lost = [1001, "decision", 1, 2, "s2", "left"]
    assert books.COMPARED["decision"]([*noted, lost]) == [f"not in the journal: {lost}"]
    assert books.COMPARED["decision"]([[1001, "decision", 1, 0, "s0", "right"]]) != []


def test_marks_reviews_and_signatures_are_compared_with_what_was_answered():
    mark = {"user_id": 1001, "course_key": "course", "slug": "s", "created_at": NOW, "changed_at": NOW}
    ReaderMark.objects.create(**mark, key="k", note="n")
    CourseReview.objects.create(**WHO, stars=4, text="Review 0 of officer 0", created_at=NOW, changed_at=NOW)
    SignedPledge.objects.create(**WHO, turn=1, code="7QXD-03MB-K9TR-H4WN", full_name="Ana A", signed_name="Ana A", **PLEDGE)
    assert books.COMPARED["mark"]([[1001, "mark", "k", "n"]]) == [] != books.COMPARED["mark"]([[1001, "mark", "k", "other"]])
    review = [1001, "review", "Review 0 of officer 0"]
    assert books.COMPARED["review"]([review]) == []
    assert books.COMPARED["review"]([review, [1001, "review", "Review 1 of officer 0"]]) == ["lost review: 1001"]
    assert books.COMPARED["signed"]([[1001, "signed", "Ana A"]]) == [] != books.COMPARED["signed"]([[1002, "signed", "Ana B"]])
