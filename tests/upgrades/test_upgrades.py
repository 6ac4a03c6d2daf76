"""Records of every version that was released are read, verify and go on after an upgrade to what the code is now.

`make freeze` writes a version down; upgrade.py says what has to hold.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.upgrades import kept, upgrade
from tests.upgrades.freeze import LIMIT

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
RELEASED = re.compile(r"^## (\d+\.\d+\.\d+) \((?:\d{4}-\d{2}-\d{2}|unreleased)\)", re.MULTILINE)


@pytest.fixture(scope="module", params=kept.frozen())
def found(request) -> dict[str, str]:
    """What was found after the upgrade of a version, by the check."""
    command = [sys.executable, "-m", "tests.upgrades.upgrade", request.param]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("check", [check.__name__ for check in upgrade.CHECKS])
def test_after_an_upgrade(found, check):
    assert found[check] == ""


def test_every_version_of_the_changelog_is_frozen():
    assert kept.frozen() == sorted(RELEASED.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("version", kept.frozen())
def test_a_frozen_version_is_small_and_has_no_private_key(version):
    files = list((kept.FOLDER / version).iterdir())
    assert sum(path.stat().st_size for path in files) <= LIMIT
    assert [path.name for path in files if "PRIVATE" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("version", kept.frozen())
def test_a_frozen_version_has_something_of_everything(version):
    empty = {name for name, count in kept.read(version)["rows"].items() if not count}
    anew = {"packet", "pledgecopy", "pledgeimage", "pledgebundle", "scenariotally"}  # what can be made anew
    assert {name.removeprefix(kept.OURS) for name in empty} <= {*anew, "pledgepending"}
