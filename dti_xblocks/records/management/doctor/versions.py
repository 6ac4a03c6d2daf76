"""The versions that this installation has, beside those that the tests run with."""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterator

from .finding import NOTE, OK, WRONG, Finding

# The lowest and the highest that the tests run with (major and minor): tests/records/doctor/test_versions.py holds them against
# the stacks.
TESTED: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "Python": ((3, 11), (3, 12)),
    "Django": ((4, 2), (5, 2)),
    "XBlock": ((5, 2), (6, 3)),
    "lxml": ((5, 3), (6, 1)),
    "nh3": ((0, 2), (0, 3)),
    "cryptography": ((45, 0), (50, 0)),
    "Pillow": ((11, 2), (13, 0)),
    "pypdf": ((6, 16), (7, 1)),
    "weasyprint": ((66, 0), (70, 0)),
    "pyhanko": ((0, 26), (0, 38)),
}
OPTIONAL = ("pyhanko",)


def versions() -> Iterator[Finding]:
    """What is older or newer than what was tested, or missing."""
    faults, have = [], []
    for name, (lowest, highest) in TESTED.items():
        text = _installed(name)
        if not text:
            if name not in OPTIONAL:
                faults.append(Finding("versions", WRONG, f"{name} is not installed.", "Install dti-xblocks again, with pip."))
            continue
        have.append(f"{name} {text}")
        if _number(text) < lowest:
            says = f"{name} {text} is older than what was tested ({_shown(lowest)} to {_shown(highest)})."
            faults.append(Finding("versions", WRONG, says, f"Install {name} {_shown(lowest)} or newer."))
        elif _number(text) > highest:
            says = f"{name} {text} is newer than what was tested ({_shown(lowest)} to {_shown(highest)})."
            faults.append(Finding("versions", NOTE, says, "Try the course on a staging server before learners meet it."))
    yield from faults or [Finding("versions", OK, f"Tested together: {', '.join(have)}.")]


def _installed(name: str) -> str:
    if name == "Python":
        return ".".join(map(str, sys.version_info[:3]))
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _number(text: str) -> tuple[int, int]:
    major, minor = [*re.findall(r"\d+", text), "0", "0"][:2]
    return int(major), int(minor)


def _shown(number: tuple[int, int]) -> str:
    return ".".join(map(str, number))
