"""Every bench still measures: each is run in its quick form."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from benches.plots import bars
from lxml import etree

pytestmark = [pytest.mark.once, pytest.mark.slow]
HERE = Path(__file__).parent
BENCHES = sorted(
    path.stem for path in HERE.glob("*.py") if path.stem not in ("quick", "peers_kinds", "plots", Path(__file__).stem)
)


@pytest.mark.parametrize("name", BENCHES)
def test_it_runs_and_prints_what_it_measured(name):
    command = [sys.executable, str(HERE / f"{name}.py")]
    with tempfile.TemporaryDirectory(prefix="dti-") as folder:  # not tmp_path: Chromium's socket is below it, in 108 bytes
        environment = {**os.environ, "DTI_BENCH_QUICK": "1", "TMPDIR": folder}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert len(re.findall(r"\d+(?:\.\d+)?", done.stdout)) >= 8, done.stdout


def test_bars_are_as_long_as_what_they_show():
    chart = etree.fromstring(bars("Time of an answer", "ms", [("ours & theirs", 2.0, True), ("theirs", 8.0, False)]).encode())
    wide = [int(bar.get("width")) for bar in chart.iter("{*}rect")]
    assert wide[1] == 4 * wide[0] > 0
    texts = [text.text for text in chart.iter("{*}text")]
    assert texts == ["Time of an answer", "ours & theirs", "2.0 ms", "theirs", "8.0 ms"]
