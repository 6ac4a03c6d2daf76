"""The doctor asks a real worker in another process, and hears it."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.once,
    pytest.mark.skipif(importlib.util.find_spec("celery") is None, reason="celery is not installed"),
]
SCRIPT = Path(__file__).parent / "with_celery.py"


def test_a_worker_in_another_process_answers(tmp_path):
    program = [sys.executable, str(SCRIPT), str(tmp_path)]
    worker = subprocess.Popen([*program, "worker"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        done = subprocess.run([*program, "doctor", "120"], capture_output=True, text=True, check=False, timeout=300)
    finally:
        worker.terminate()
        worker.wait(60)
    told = json.loads(done.stdout)
    (one,) = (each for each in told["findings"] if each["check"] == "worker")
    assert (one["state"], one["says"].startswith("A worker answered")) == ("ok", True), one
    assert (done.returncode, told["healthy"]) == (0, True), done.stderr
