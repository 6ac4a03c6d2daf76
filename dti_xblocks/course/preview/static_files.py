"""The course's static/ folder: which files it owns, and the rewriting of `/static/` links in rendered blocks."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from .confine import is_file_of, is_sayable

# As the platform's: directly after a quote, which may be escaped inside a JSON string.
LINK = re.compile(r"""(?P<quote>\\?['"])/static/(?P<rest>[^'"\\]*?)(?P=quote)""")


class StaticFiles:
    """Files below `folder`, which stands in the course's own.

    The platform flattens folders on import (`a/b c.png` becomes `a_b_c.png`): both names work.
    """

    def __init__(self, folder: Path, address: str = "/static/"):
        self.folder = folder
        self.address = address

    @cached_property
    def _names(self) -> dict[str, Path]:
        names: dict[str, Path] = {}
        if self.folder.is_dir():
            for path in sorted(self.folder.rglob("*")):
                if is_sayable(path.name) and is_file_of(self.folder.parent, path):
                    relative = path.relative_to(self.folder).as_posix()
                    names[relative] = path
                    names.setdefault(flattened(relative), path)
        return names

    def find(self, name: str) -> Path | None:
        """The file that the course owns under that name, or None. Never a file outside the course, even one put there since.

        As in the platform the name is taken to the letter: `Caf%C3%A9.png` is not `Café.png`.
        """
        name = name.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
        path = self._names.get(name) or self._names.get(flattened(name))
        return path if path and is_file_of(self.folder.parent, path) else None

    def names(self) -> list[str]:
        """The names that the files have after an import."""
        return sorted({flattened(name) for name in self._names})

    def url(self, name: str) -> str:
        """The address of a file of the course."""
        return self.address + quote(name)

    def rewrite(self, html: str) -> str:
        """`/static/x` in quotes becomes the asset's address when the course owns x; other links stay as they are.

        A name with a percent sign becomes one that asks for just this name: a browser would take the sign for an encoding, and
        find a file that the platform does not find.
        """

        def swap(match):
            name = re.split("[?#]", match["rest"], maxsplit=1)[0]
            if self.find(name) is None and "%" not in name:
                return match[0]
            return f"{match['quote']}{self.address}{name.replace('%', '%25')}{match['rest'][len(name) :]}{match['quote']}"

        return LINK.sub(swap, html)


def flattened(name: str) -> str:
    """The name of an asset after an import."""
    return re.sub(r"[^\w.%-]", "_", name)
