"""What a release of the platform pins, and environments that have these pins installed, by name, to resolve against."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PINS = ROOT / "tests/pins"
PATIENCE = ("--timeout", "10", "--retries", "0", "--disable-pip-version-check")


@dataclass(frozen=True)
class Release:
    """A release of the platform: its name, its Python, and for `scripts/python.sh` the stack with that Python."""

    name: str
    python: str
    stack: str

    @property
    def pins(self) -> dict[str, str]:
        """Version by name, in its canonical form."""
        lines = (PINS / f"{self.name}.txt").read_text(encoding="utf-8").splitlines()
        pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
        return {canonicalize_name(name): version for name, version in pairs}

    def applies(self, asked: Requirement, extra: str) -> bool:
        """Whether that release's Python asks for it, with that extra ("" for none)."""
        where = {"extra": extra, "python_version": self.python, "python_full_version": f"{self.python}.8"}
        return asked.marker is None or asked.marker.evaluate(where)


TEAK, VERAWOOD = Release("teak", "3.11", "previous"), Release("verawood", "3.12", "current")
RELEASES = (TEAK, VERAWOOD)


def recorded() -> dict[str, dict[str, list[str]]]:
    """What packages ask for, by name and version, from tests/pins/requires.toml."""
    found: dict[str, dict[str, list[str]]] = {}
    for one, requires in tomllib.loads((PINS / "requires.toml").read_text(encoding="utf-8")).items():
        name, _equal, version = one.partition("==")
        found.setdefault(canonicalize_name(name), {})[version] = requires
    return found


def interpreter(release: Release) -> str:
    """A Python of the release's version on this machine, "" where there is none."""
    if f"{sys.version_info[0]}.{sys.version_info[1]}" == release.python:
        return sys.executable
    done = subprocess.run(["scripts/python.sh", release.stack], cwd=ROOT, capture_output=True, text=True, check=False)
    python = done.stdout.strip()
    return python if done.returncode == 0 and _version_of(python) == release.python else ""


def _version_of(python: str) -> str:
    told = subprocess.run([python, "-c", "import sys; print('%s.%s' % sys.version_info[:2])"], capture_output=True, text=True)
    return told.stdout.strip()


def environment(release: Release, folder: Path, python: str) -> Path:
    """A new environment in which pip finds every pin of the release installed; its Python. None of it can be imported."""
    subprocess.run([python, "-m", "venv", "--without-pip", folder], check=True, capture_output=True)
    inside = folder / "bin/python"
    told = [str(inside), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(told, check=True, capture_output=True, text=True).stdout.strip())
    for name, version in release.pins.items():
        one = packages / f"{name.replace('-', '_')}-{version}.dist-info"
        one.mkdir()
        (one / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
        (one / "INSTALLER").write_text("pip\n", encoding="utf-8")
        (one / "RECORD").write_text("", encoding="utf-8")
    return inside


def would_install(python: Path, *what: str) -> dict[str, str]:
    """What `pip install` in that environment would install, without any constraints: version by name."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        *PATIENCE,
        "--dry-run",
        "--quiet",
        "--report",
        "-",
    ]
    done = subprocess.run([*command, *what], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = (one["metadata"] for one in json.loads(done.stdout)["install"])
    return {canonicalize_name(one["name"]): one["version"] for one in found}


def small_wheel(folder: Path, *rooms: str) -> Path:
    """A wheel with our requirements and entry points, and of the package only `rooms`: what pip asks about, quickly built."""
    source = folder / "source"
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE", "dti_xblocks/__init__.py"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    for name in rooms:
        shutil.copytree(ROOT / name, source / name)
    for name in ("static", "course_export", "translations"):
        (source / name).mkdir()
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def index_answers() -> bool:
    """Whether a package index can be asked at all."""
    command = [sys.executable, "-m", "pip", "download", *PATIENCE, "--quiet", "--no-deps", "--no-cache-dir", "--dest"]
    with TemporaryDirectory() as folder:
        return subprocess.run([*command, folder, "segno==1.6.6"], capture_output=True, check=False).returncode == 0
