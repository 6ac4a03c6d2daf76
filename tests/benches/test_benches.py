"""Every bench still measures: each is run in its quick form."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.once, pytest.mark.slow]
HERE = Path(__file__).parent
BENCHES = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in ("quick", "peers_kinds", Path(__file__).stem))


@pytest.mark.parametrize("name", BENCHES)
def test_it_runs_and_prints_what_it_measured(name):
    command = [sys.executable, str(HERE / f"{name}.py")]
    with tempfile.TemporaryDirectory(prefix="dti-") as folder:  # not tmp_path: Chromium's socket is below it, in 108 bytes
        environment = {**os.environ, "DTI_BENCH_QUICK": "1", "TMPDIR": folder}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert len(re.findall(r"\d+(?:\.\d+)?", done.stdout)) >= 8, done.stdout
