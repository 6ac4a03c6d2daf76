"""What the image installs: the package from where this machine has it."""

from __future__ import annotations

import json
from typing import Protocol

EXTRAS = "sign"


class Installed(Protocol):
    """The part of `importlib.metadata.Distribution` that is asked."""

    @property
    def version(self) -> str:
        """As in the package's metadata."""

    def read_text(self, filename: str) -> str | None:
        """A file of the metadata."""


def requirement(installed: Installed) -> str:
    """A requirement for pip that gives the same package, with its extras, in the image.

    pip notes down where a package came from (PEP 610). From git that is the very commit, from the web the same address. What
    came from a folder or file of this machine, or from an index, is asked of an index, by its version.
    """
    came_from = json.loads(installed.read_text("direct_url.json") or "{}")
    url = str(came_from.get("url", ""))
    if version_control := came_from.get("vcs_info"):
        below = f"#subdirectory={came_from['subdirectory']}" if came_from.get("subdirectory") else ""
        return f"dti-xblocks[{EXTRAS}] @ {version_control['vcs']}+{url}@{version_control['commit_id']}{below}"
    if url.startswith(("https://", "http://")):
        return f"dti-xblocks[{EXTRAS}] @ {url}"
    return f"dti-xblocks[{EXTRAS}]=={installed.version}"
