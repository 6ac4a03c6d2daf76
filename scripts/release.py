"""Set the version everywhere it is written: scripts/release.py VERSION [--date YYYY-MM-DD] [--root FOLDER].

Prints what changed. It commits nothing and tags nothing: docs/release.md has the steps around it.
"""

import argparse
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
IN_PACKAGE = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
UNRELEASED = re.compile(r"^## (?:\S+ \(unreleased\)|Unreleased)$", re.MULTILINE)
# Every other place, as the text around the version.
PLACES = (
    ("README.md", "YOUR-FORK.git@v{}"),
    ("docs/operators/install.md", "YOUR-FORK.git@v{}"),
    ("docs/operators/tutor.md", "YOUR-FORK.git@v{}"),
)
# The link that gives the browser files their address: docs/decisions/0001-static-files.md.
LINKS = "dti_xblocks/web/public"


class ReleaseError(Exception):
    """The version cannot be set; the message says why. Nothing was written."""


def current(root: Path) -> str:
    """The version that the package states."""
    stated = IN_PACKAGE.search((root / "dti_xblocks/__init__.py").read_text(encoding="utf-8"))
    if not stated:
        raise ReleaseError("dti_xblocks/__init__.py has no __version__")
    return stated[1]


def order(version: str) -> tuple[list[int], str, int]:
    """A key that sorts versions: a pre-release comes before its release."""
    match = re.fullmatch(r"([\d.]+)(?:(a|b|rc)(\d+))?", version)
    if not match:
        raise ReleaseError(f"{version} is not a version such as 1.2.0 or 1.2.0rc1")
    return [int(part) for part in match[1].split(".")], match[2] or "release", int(match[3] or 0)


def changes(root: Path, version: str, day: date) -> dict[Path, str]:
    """The new text of each file that has to change. Raises `ReleaseError`."""
    if not VERSION.fullmatch(version):
        raise ReleaseError(f"{version} is not a version such as 1.2.0 or 1.2.0rc1")
    old = current(root)
    if order(version) < order(old):
        raise ReleaseError(f"{version} is older than {old}")
    package = root / "dti_xblocks/__init__.py"
    changed = {package: IN_PACKAGE.sub(f'__version__ = "{version}"', package.read_text(encoding="utf-8"))}
    log = root / "CHANGELOG.md"
    text, count = UNRELEASED.subn(f"## {version} ({day.isoformat()})", log.read_text(encoding="utf-8"))
    if count != 1:
        raise ReleaseError(f"CHANGELOG.md needs exactly one heading “## Unreleased” or “## … (unreleased)”, and has {count}")
    changed[log] = text
    for name, around in PLACES:
        path = root / name
        text = changed.get(path, path.read_text(encoding="utf-8"))
        if around.format(old) not in text:
            raise ReleaseError(f"{name} does not mention {around.format(old)}")
        changed[path] = text.replace(around.format(old), around.format(version))
    return changed


def link(version: str) -> str:
    """The name of the link to the browser files of a version."""
    return f"{LINKS}/v{version.replace('.', '_')}"


def main(arguments: list[str]) -> int:
    """Set the version. Returns the exit code: 0, or 1 when nothing was written."""
    parser = argparse.ArgumentParser(description="Set the version everywhere it is written.")
    parser.add_argument("version")
    parser.add_argument("--date", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--root", type=Path, default=ROOT)
    options = parser.parse_args(arguments)
    try:
        before = options.root / link(current(options.root))
        changed = changes(options.root, options.version, options.date)
        if not before.is_symlink():
            raise ReleaseError(f"{before.relative_to(options.root)} is no link")
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    for path, text in changed.items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(options.root))
    after = before.rename(options.root / link(options.version))
    print(after.relative_to(options.root))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
