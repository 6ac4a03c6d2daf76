"""One command sets the version everywhere it is written, or says why not and writes nothing; and what a stack is made of is pinned."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dti_xblocks
from dti_xblocks import __version__
from scripts import release

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
PUBLIC = f"dti_xblocks/web/{dti_xblocks.PUBLIC}"
FILES = ("dti_xblocks/__init__.py", "CHANGELOG.md", *(name for name, _around in release.PLACES))


@pytest.fixture
def copy(tmp_path) -> Path:
    """The files that carry the version, with a changelog that has something to release."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / PUBLIC).parent.mkdir(parents=True)
    (tmp_path / PUBLIC).symlink_to("../../../static")
    log = tmp_path / "CHANGELOG.md"
    head, _newest, rest = log.read_text(encoding="utf-8").partition("\n## ")
    log.write_text(
        f"{head}\n## Unreleased\n\n- A change.\n\n## {re.sub(r'[(]unreleased[)]', '(2020-01-01)', rest)}", encoding="utf-8"
    )
    return tmp_path


def texts(root: Path) -> dict[str, str]:
    return {name: (root / name).read_text(encoding="utf-8") for name in FILES}


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts/release.py", *arguments, "--root", root]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_version_is_set_everywhere(copy):
    done = run(copy, "9.0.0", "--date", "2027-03-01")
    assert done.returncode == 0, done.stderr
    link = "dti_xblocks/web/public/v9_0_0"
    assert sorted(done.stdout.split()) == sorted({*FILES, link})
    assert [path.name for path in (copy / link).parent.iterdir()] == ["v9_0_0"] and (copy / link).is_symlink()
    changed = texts(copy)
    assert '\n__version__ = "9.0.0"\n' in changed["dti_xblocks/__init__.py"]
    assert "\n## 9.0.0 (2027-03-01)\n\n- A change.\n" in changed["CHANGELOG.md"]
    for name, around in release.PLACES:
        assert around.format("9.0.0") in changed[name] and around.format(__version__) not in changed[name], name


def test_a_pre_release_goes_before_its_release(copy):
    assert run(copy, "9.0.0rc1").returncode == 0
    log = copy / "CHANGELOG.md"
    log.write_text(log.read_text(encoding="utf-8").replace("## 9.0.0rc1", "## Unreleased\n\n## 9.0.0rc1"), encoding="utf-8")
    assert run(copy, "9.0.0").returncode == 0
    assert 'version__ = "9.0.0"' in texts(copy)["dti_xblocks/__init__.py"]


@pytest.mark.parametrize(
    ("version", "name", "old", "new", "message"),
    [
        ("9.0", "README.md", "", "", "9.0 is not a version"),
        ("0.0.1", "README.md", "", "", f"0.0.1 is older than {__version__}"),
        ("9.0.0", "CHANGELOG.md", "## Unreleased", "## 8.9.0 (2026-01-01)", "CHANGELOG.md needs exactly one heading"),
        ("9.0.0", "README.md", f"@v{__version__}", "@main", "README.md does not mention"),
        ("9.0.0", "dti_xblocks/__init__.py", "__version__", "version", "has no __version__"),
    ],
)
def test_what_cannot_be_released_changes_nothing(copy, version, name, old, new, message):
    path = copy / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    before = texts(copy)
    done = run(copy, version)
    assert done.returncode == 1 and message in done.stderr
    assert texts(copy) == before


def test_no_other_guide_states_the_version():
    # What is told of a day: which version was tried or measured then.
    places = {name for name, _around in release.PLACES} | {
        "CHANGELOG.md",
        "docs/decisions/0009-measured-beside-peers.md",
        "docs/platform-report.md",
    }
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("dti_xblocks/**/*.py")]:
        name = str(path.relative_to(ROOT))
        if name not in places and name != "dti_xblocks/__init__.py":
            assert __version__ not in path.read_text(encoding="utf-8"), name


def test_the_current_stack_has_a_version_of_every_package_that_is_required():
    """If this fails, a requirement is new: `make lock`."""
    lines = (ROOT / "scripts/current-stack.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"==[\w.]+", str(pin.specifier)) for pin in pinned)
    asked = [Requirement(text) for text in importlib.metadata.requires("dti-xblocks")]
    # Tutor is on the machine of an operator, and tests/test_tutor.py makes environments of its own for it.
    required = {canonicalize_name(one.name) for one in asked if "tutor" not in str(one.marker)}
    assert required - {canonicalize_name(pin.name) for pin in pinned} == set()
