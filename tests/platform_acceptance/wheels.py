"""The package under test: built as a wheel, and put into a folder beside the platform's environment, which stays as it is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Resolution:
    """What pip would do for the wheel in the platform's environment: packages to add, and those that it would move."""

    added: dict[str, str]
    moved: dict[str, str]


class NotBuiltError(Exception):
    """The wheel could not be built or installed; the message is what pip or build said."""


def build(into: Path) -> Path:
    """A wheel of this tree: of what git would hold of it, so that nothing gets in that earlier builds have left."""
    with tempfile.TemporaryDirectory(dir=into) as folder:
        source = Path(folder) / "source"
        for name in filter(None, _run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z").split("\0")):
            if (ROOT / name).is_symlink() or (ROOT / name).exists():
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, source / name, follow_symlinks=False)
        _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, str(source))
        (made,) = Path(folder).glob("*.whl")
        return made.rename(into / made.name)


def installed(python: str) -> dict[str, str]:
    """name -> version of what the environment of `python` has."""
    listed = json.loads(_run(sys.executable, "-m", "pip", "--python", python, "list", "--format", "json"))
    return {each["name"].lower().replace("_", "-"): each["version"] for each in listed}


def resolve(python: str, wheel: Path, extra: str) -> Resolution:
    """What pip without constraints would do in the environment of `python`, which is not touched."""
    before = installed(python)
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "report.json"
        _run(
            sys.executable, "-m", "pip", "--python", python, "install", "--dry-run", "--quiet", "--report", str(answer),
            f"{wheel}[{extra}]" if extra else str(wheel),
        )  # fmt: skip
        report = json.loads(answer.read_text(encoding="utf-8"))
    wanted = {each["metadata"]["name"].lower().replace("_", "-"): each["metadata"]["version"] for each in report["install"]}
    wanted.pop("dti-xblocks")
    moved = {name: f"{before[name]} -> {version}" for name, version in wanted.items() if name in before}
    return Resolution({name: version for name, version in wanted.items() if name not in before}, moved)


def install(python: str, packages: dict[str, str], into: Path, wheel: Path | None = None) -> None:
    """`packages` (name -> version) and the wheel, without what they depend on, in the folder `into`."""
    named = [f"{name}=={version}" for name, version in packages.items()] + ([str(wheel)] if wheel else [])
    _run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(into),
        *named,
    )


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        lines = (done.stdout + done.stderr).strip().splitlines()
        raise NotBuiltError(f"{' '.join(command[:6])} …:\n" + "\n".join(lines[-15:]))
    return done.stdout
