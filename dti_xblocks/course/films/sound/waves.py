"""Sound files: WAV of one channel, 16 bits."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any


def read(path: Path) -> tuple[Any, int]:
    """The numbers of a file, from -1 to 1, and how many there are a second."""
    import numpy as np

    with wave.open(str(path), "rb") as file:
        if file.getnchannels() != 1 or file.getsampwidth() != 2:
            raise ValueError(f"{path} is no WAV file of one channel and 16 bits")
        data, rate = file.readframes(file.getnframes()), file.getframerate()
    return np.frombuffer(data, "<i2").astype(np.float32) / 32768, rate


def write(path: Path, sound: Any, rate: int) -> None:
    """Write numbers from -1 to 1; what is above is cut. The same numbers make the same bytes."""
    import numpy as np

    path.parent.mkdir(parents=True, exist_ok=True)
    whole = np.clip(np.round(np.asarray(sound) * 32767), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(whole.tobytes())
