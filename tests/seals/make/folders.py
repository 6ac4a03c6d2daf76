"""Folders of keys."""

import stat
from datetime import UTC, datetime
from pathlib import Path

from dti_xblocks.seals import keys

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def ring(folder: Path) -> keys.Keyring:
    return keys.read((folder / keys.PRIVATE).read_text(), [(folder / keys.PUBLIC).read_text()])


def everything(folder: Path) -> dict:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def secrets_in(folder: Path) -> list[str]:
    """Lines of all private keys."""
    files = [path for path in folder.iterdir() if "key" in path.name]
    return [line for path in files for line in path.read_text().splitlines() if len(line) > 20 and "-----" not in line]
