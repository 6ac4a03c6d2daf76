"""Previews of the suite: forked from one process, apart from each other, and gone when nobody wants them any more."""

import os
import re
import shutil
import socket
import sqlite3
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from suite import zygote
from suite.previews import serving

from dti_xblocks.course.preview.settings import DATABASE

pytestmark = [pytest.mark.once, pytest.mark.slow]
TINY = Path(__file__).parents[1] / "course/fixtures/tiny"


def front(preview) -> str:
    with urllib.request.urlopen(preview.address, timeout=60) as answer:
        return answer.read().decode()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def named(folder: Path, name: str) -> Path:
    """A copy of the tiny course under another name."""
    shutil.copytree(TINY, folder)
    course = next(folder.glob("course/*.xml"))
    course.write_text(re.sub('display_name="[^"]*"', f'display_name="{name}"', course.read_text(), count=1))
    return folder


def test_two_at_once_show_their_own_course_and_keep_their_own_progress(tmp_path):
    one, other = (named(tmp_path / name, name) for name in ("Aster", "Birch"))
    with serving(one, tmp_path / "one/state") as first, serving(other, tmp_path / "other/state") as second:
        assert "Aster" in front(first) and "Birch" not in front(first)
        assert "Birch" in front(second) and "Aster" not in front(second)
        with urllib.request.urlopen(f"{first.address}/unit/page", timeout=60):
            pass  # who has seen a unit is remembered
        assert rows(first) > rows(second)


def rows(preview) -> int:
    """How many rows of people's states a preview has."""
    with closing(sqlite3.connect(preview.state / DATABASE)) as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return sum(connection.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables)


def test_a_process_has_no_more_than_one_that_it_forks_from(tmp_path):
    with serving(TINY, tmp_path / "a/state"), serving(TINY, tmp_path / "b/state"):
        assert len(zygote.numbers()) == 1
        first = zygote.numbers()
    with serving(TINY, tmp_path / "c/state"):
        assert zygote.numbers() == first


def test_one_ends_when_whoever_asked_for_it_is_gone(tmp_path):
    with (tmp_path / "log").open("wb") as log, serving(TINY, tmp_path / "a/state") as preview:
        child = zygote.fork(log, course=str(TINY), port=0, state=str(tmp_path / "b/state"), clock=None)
        assert is_there(child.pid) and not child.ended()
        child.line.shutdown(socket.SHUT_WR)
        assert child.ended(within=60)
        assert "Tiny" in front(preview), "the other one goes on"


def test_one_that_is_stopped_is_gone(tmp_path):
    with (tmp_path / "log").open("wb") as log:
        child = zygote.fork(log, course=str(TINY), port=0, state=str(tmp_path / "state"), clock=None)
    child.stop(within=60)
    begun = time.monotonic()  # its files are closed a moment before its number is free
    while is_there(child.pid) and time.monotonic() - begun < 60:
        time.sleep(0.01)
    assert not is_there(child.pid)


def test_one_that_cannot_start_says_why(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(AssertionError, match="empty"), serving(tmp_path / "empty", tmp_path / "a/state"):
        pass
