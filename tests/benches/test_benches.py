"""Every bench still measures: each is run in its quick form."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.once, pytest.mark.slow]
HERE = Path(__file__).parent
BENCHES = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in ("quick", Path(__file__).stem))


@pytest.mark.parametrize("name", BENCHES)
def test_it_runs_and_prints_what_it_measured(name, tmp_path):
    environment = {**os.environ, "DTI_BENCH_QUICK": "1", "TMPDIR": str(tmp_path)}
    command = [sys.executable, str(HERE / f"{name}.py")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert len(re.findall(r"\d+(?:\.\d+)?", done.stdout)) >= 8, done.stdout
