"""Audit what a site gets with this package: `scripts/audit.py`.

Licences: every package that a server or an author's machine installs for us has one that goes with AGPL-3.0. Known faults:
neither the version of a package that is installed here nor the lowest that setup.py allows has a known vulnerability. That asks
the package index, through pip-audit in a folder of its own; where the index tells nothing, it says that this was left out.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = "dti-xblocks"
TOOLS = Path(__file__).resolve().parent.parent / "var/audit"
EXTRAS = ("", "sign", "preview")
# Words of licences under which code may be combined with ours, or run beside it.
GOOD = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General Public|AGPL|Affero|GPL-?v?3|GPLv3"
    r"|GNU General Public License v3|HPND|Unlicense|Zope|ZPL|0BSD|CC0|Public Domain|CNRI|OFL|SIL)",
    re.IGNORECASE,
)
# Packages whose metadata say nothing that the pattern knows, with where their licence stands.
KNOWN = {
    "cookiecutter": "BSD-3-Clause, in its LICENSE",
    "text-unidecode": "Artistic License or GPL version 2 or later, in its LICENSE",
    "xstatic-jquery": "MIT, as jQuery",
    "xstatic-jquery-ui": "MIT, as jQuery UI",
}
# Known faults that do not reach us, with the reason. Each is an id of the vulnerability.
BEARABLE = {
    "CVE-2025-68616": "WeasyPrint 66 follows redirects: what a document of ours may load is ours to say (pdf/resources.py)",
}


@dataclass(frozen=True)
class Fault:
    """A known vulnerability of a version, as pip-audit tells it."""

    package: str
    version: str
    name: str
    mended: str

    def __str__(self) -> str:
        return f"{self.package} {self.version}: {self.name}{f', mended in {self.mended}' if self.mended else ''}"


def closure(extras: Iterable[str] = EXTRAS) -> dict[str, importlib.metadata.Distribution]:
    """Every package that is installed for us with these extras, by name, as this environment has it."""
    found: dict[str, importlib.metadata.Distribution] = {}
    waiting, seen = [(OURS, extra) for extra in {"", *extras}], set()
    while waiting:
        one = name, extra = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        try:
            package = found[name] = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # another platform's
        for asked in map(Requirement, package.requires or []):
            if asked.marker is None or asked.marker.evaluate({"extra": extra}):
                waiting += [(canonicalize_name(asked.name), each) for each in ("", *asked.extras)]
    del found[OURS]
    return found


def licence(package: importlib.metadata.Distribution) -> str:
    """What its metadata say of its licence, in one line."""
    told = package.metadata
    classifiers = [one.rpartition("::")[2].strip() for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
    words = [told.get("License-Expression") or "", *classifiers, (told.get("License") or "").split("\n")[0]]
    return "; ".join(word for word in words if word)


def licence_faults(packages: dict[str, importlib.metadata.Distribution]) -> list[str]:
    """The packages whose licence is not known to go with ours."""
    unclear = ((name, licence(package)) for name, package in sorted(packages.items()) if name not in KNOWN)
    return [f"{name}: {told or 'says nothing about its licence'}" for name, told in unclear if not GOOD.search(told)]


def floors() -> list[str]:
    """The lowest version of each package that a server may have, as pins. setup.py says why they are where they are."""
    found = {}
    for text in importlib.metadata.requires(OURS) or []:
        asked = Requirement(text)
        if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in EXTRAS):
            lowest = next((one.version for one in asked.specifier if one.operator in (">=", "==")), None)
            if lowest:
                found[canonicalize_name(asked.name)] = lowest
    return [f"{name}=={version}" for name, version in sorted(found.items())]


def known_faults(told: dict) -> tuple[list[Fault], int]:
    """What pip-audit found, without what is bearable, and of how many packages the index knew anything."""
    found, asked = [], 0
    for package in told["dependencies"]:
        if "skip_reason" in package:
            continue
        asked += 1
        for one in package["vulns"]:
            if not {one["id"], *one.get("aliases", [])} & set(BEARABLE):
                name = next((alias for alias in one.get("aliases", []) if alias.startswith("CVE")), one["id"])
                found.append(Fault(package["name"], package["version"], name, ", ".join(one.get("fix_versions", []))))
    return found, asked


def ask(pins: list[str], tools: Path) -> dict | None:
    """What pip-audit says of these versions; None where it cannot be had."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--timeout", "10", "--retries", "0"]
    there = (tools / "pip_audit").is_dir()
    if not there and subprocess.run([*pip, "--target", str(tools), "pip-audit"], capture_output=True, check=False).returncode:  # noqa: S603
        return None
    listed = tools / "listed.txt"
    listed.write_text("\n".join(pins), encoding="utf-8")
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(listed), "--no-deps", "--disable-pip", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(tools)}
    done = subprocess.run(  # noqa: S603 - our own
        [*command, "--progress-spinner", "off", "--timeout", "10"], env=environment, capture_output=True, text=True, check=False
    )
    try:
        return json.loads(done.stdout)
    except ValueError:
        return None


def report(packages: dict[str, importlib.metadata.Distribution], told: dict[str, dict | None]) -> Iterator[tuple[bool, str]]:
    """Lines, each with whether it is a fault. `told` has the answers about what is installed and about the lowest versions."""
    unclear = licence_faults(packages)
    yield from ((True, f"Licence: {one}") for one in unclear)
    if not unclear:
        yield False, f"{len(packages)} packages have licences that go with ours"
    for what, answer in told.items():
        faults, asked = known_faults(answer) if answer else ([], 0)
        yield from ((True, f"Known fault, {what}: {one}") for one in faults)
        if not asked:
            yield False, f"left out: no package index told of known faults ({what})"
        elif not faults:
            yield False, f"{asked} packages have no known fault ({what})"


def main() -> int:
    """Print the report; 1 where there is a fault."""
    packages = closure()
    installed = [f"{name}=={package.version}" for name, package in sorted(packages.items())]
    TOOLS.mkdir(parents=True, exist_ok=True)
    told = {"as installed here": ask(installed, TOOLS), "the lowest that setup.py allows": ask(floors(), TOOLS)}
    lines = list(report(packages, told))
    for is_fault, line in lines:
        print(f"{'FAULT ' if is_fault else ''}{line}")
    return int(any(is_fault for is_fault, _line in lines))


if __name__ == "__main__":
    sys.exit(main())
