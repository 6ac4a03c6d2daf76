"""Sixteen requests of one learner at the same moment, from four processes, make one record and sixteen good answers."""

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dti_xblocks.course.preview.settings import DATABASE

ROOT = Path(__file__).parents[2]
PROCESSES, THREADS = 4, 4
MIGRATE = """
import sys
from dti_xblocks.course.preview.settings import configure
configure(sys.argv[1])
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


@pytest.mark.parametrize(("kind", "table"), [("pledge", "dti_records_signedpledge"), ("review", "dti_records_coursereview")])
def test_a_crowd_of_equal_requests_makes_one_record(tmp_path, kind, table):
    subprocess.run([sys.executable, "-c", MIGRATE, tmp_path], cwd=ROOT, check=True, timeout=120)
    crowd = Path(__file__).with_name("crowd.py")
    command = [sys.executable, crowd, ROOT, tmp_path, kind, str(THREADS)]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(PROCESSES)
    ]
    try:
        deadline = time.monotonic() + 120
        while len(list(tmp_path.glob(f"ready-{kind}-*"))) < PROCESSES:
            assert time.monotonic() < deadline, "the processes did not start"
            assert all(process.poll() is None for process in processes), [process.stderr.read() for process in processes]
            time.sleep(0.02)
        (tmp_path / f"go-{kind}").touch()
        outputs = [process.communicate(timeout=120) for process in processes]
    finally:
        for process in processes:
            process.kill()
    answers = [line for out, _err in outputs for line in out.split()]
    assert answers == ["200"] * (PROCESSES * THREADS), [err for _out, err in outputs]
    with sqlite3.connect(tmp_path / DATABASE) as database:
        assert database.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (1,)
