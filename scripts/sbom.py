"""Write the software bill of materials of what a server installs for us, as CycloneDX 1.6 JSON: scripts/sbom.py [FILE].

It lists this package and, with the extra `sign`, every package below it in the versions of the current stack, with licences as
their metadata state them. The file is written by cyclonedx-python-lib, which goes into a folder of its own.
"""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parent))
from audit import OURS, closure, licence

TOOLS = Path(__file__).resolve().parent.parent / "var/sbom"
LIBRARY = "cyclonedx-python-lib>=9,<12"
OF_A_SERVER = ("", "sign")


def library(tools: Path) -> ModuleType:
    """The module `cyclonedx`, installed where it is missing. Raises `CalledProcessError` where it cannot be had."""
    if not (tools / "cyclonedx").is_dir():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(tools)]
        subprocess.run([*pip, LIBRARY], check=True)  # noqa: S603 - our own
    sys.path.insert(0, str(tools))
    return __import__("cyclonedx")


def bill(packages: dict[str, importlib.metadata.Distribution], version: str) -> str:
    """The bill as JSON: ourselves as the subject, each package a component that we depend on."""
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from cyclonedx.model.license import DisjunctiveLicense
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    def component(name: str, version: str, stated: str, kind: ComponentType) -> Component:
        licences = [DisjunctiveLicense(name=stated)] if stated else []
        purl = PackageURL("pypi", None, name, version)
        return Component(name=name, version=version, type=kind, purl=purl, bom_ref=str(purl), licenses=licences)

    ours = component(OURS, version, "AGPL-3.0-or-later", ComponentType.APPLICATION)
    parts = [component(name, one.version, licence(one), ComponentType.LIBRARY) for name, one in sorted(packages.items())]
    made = Bom(components=parts)
    made.metadata.component = ours
    made.register_dependency(ours, parts)
    return JsonV1Dot6(made).output_as_string(indent=2)


def main() -> int:
    """Write the file, and say how much is in it."""
    into = Path(sys.argv[1]) if len(sys.argv) > 1 else TOOLS / "dti-xblocks.cdx.json"
    TOOLS.mkdir(parents=True, exist_ok=True)
    library(TOOLS)
    packages = closure(OF_A_SERVER)
    into.write_text(bill(packages, importlib.metadata.version(OURS)) + "\n", encoding="utf-8")
    print(f"{into}: {len(packages)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
