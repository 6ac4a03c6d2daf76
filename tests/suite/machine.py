"""What the tests need of this machine beside Python packages: `python -m suite.machine current|previous|teak`, in tests/

Names what is missing and how to get it, and fails, before any test runs. `scripts/setup.sh` installs it on Debian and Ubuntu.
"""

from __future__ import annotations

import ctypes.util
import importlib.util
import shutil
import subprocess
import sys

from pdf import verapdf

from . import chromium

PANGO = ("pango-1.0", "pangoft2-1.0")  # what WeasyPrint loads
FONT = "DejaVu Sans"
NODE = 18  # the first with `node --test` for our modules
PARALLEL = "xdist"


def missing(stack: str) -> list[tuple[str, str]]:
    """(what is missing, the Debian packages that have it) for the tests of a stack."""
    found = []
    if importlib.util.find_spec(PARALLEL) is None:
        found.append(("pytest-xdist in the environment: remove it and run the command again", ""))
    if stack != "teak" and not chromium.program():
        found.append(("Chromium, for the browser tests", "chromium"))
    if stack in ("current", "every") and not _node():
        found.append((f"Node.js {NODE} or newer, for the tests of the browser code", "nodejs"))
    if not all(map(ctypes.util.find_library, PANGO)):
        found.append(("Pango, which draws the PDF files", "libpango-1.0-0 libpangoft2-1.0-0"))
    if shutil.which("fc-list") and FONT not in _said("fc-list", ":", "family"):
        found.append((f"the font {FONT}, in which PDF files are set", "fonts-dejavu-core"))
    if not shutil.which("java"):
        found.append(("Java, for the validator of PDF files", "default-jre-headless"))
    if verapdf.missing():
        found.append(("Java's XML library, for the validator of PDF files", "libjaxb-java"))
    return found


def _node() -> bool:
    version = _said("node", "--version").strip().removeprefix("v").partition(".")[0] if shutil.which("node") else ""
    return version.isdigit() and int(version) >= NODE


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def main(stack: str) -> int:
    found = missing(stack)
    for what, _packages in found:
        print(f"Missing: {what}", file=sys.stderr)
    packages = " ".join(filter(None, (packages for _what, packages in found)))
    if packages:
        print(f"On Debian or Ubuntu, as root: apt-get install {packages}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
