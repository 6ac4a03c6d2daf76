"""A listener for what was spoken: a speech recogniser writes down what it hears. On the author's machine and in no server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..storyboard import Storyboard
from .heard import Heard, compare
from .speak import RATE, recording
from .waves import read
from .weights import listening_model

LISTENING_RATE = 16000
GAP = 0.6  # seconds between recordings that are heard one after the other


class Listener:
    """The recogniser, ready to listen; its model is put together in `folder`."""

    def __init__(self, folder: Path, threads: int = 1):
        from faster_whisper import WhisperModel

        self.model = WhisperModel(
            str(listening_model(folder)), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )

    def words(self, audio: Any, lang: str) -> str:
        """What is heard in `audio`: the path of a film or sound, or numbers, 16,000 a second."""
        said, _ = self.model.transcribe(
            audio, language=lang, beam_size=5, condition_on_previous_text=False, temperature=0.0, vad_filter=False
        )
        return " ".join(part.text.strip() for part in said)


def joined(paths: Iterable[Path]) -> Any:
    """Recordings one after the other, as the listener takes them."""
    import numpy as np
    from scipy.signal import resample_poly

    silence = np.zeros(int(GAP * RATE), np.float32)
    parts = [silence]
    for path in paths:
        sound, _ = read(path)
        parts += [sound, silence]
    return resample_poly(np.concatenate(parts), LISTENING_RATE, RATE).astype(np.float32)


def hear_recordings(storyboard: Storyboard, var: Path, lang: str, listener: Listener) -> Heard:
    """What is heard of a film's recordings, against what its storyboard says."""
    paths = [recording(var, storyboard, lang, key) for key, _ in storyboard.lines()]
    return compare(storyboard.name, lang, written(storyboard, lang), listener.words(joined(paths), lang))


def hear_film(storyboard: Storyboard, film: Path, lang: str, listener: Listener) -> Heard:
    """What is heard of a finished film, with all its other sounds."""
    return compare(storyboard.name, lang, written(storyboard, lang), listener.words(str(film), lang))


def written(storyboard: Storyboard, lang: str) -> str:
    """All that is said in a film."""
    return " ".join(line.written(lang) for _, line in storyboard.lines())


def hear_all(
    storyboards: Iterable[Storyboard], var: Path, langs: Iterable[str], say: Callable[[str], None], threads: int = 1
) -> list[Heard]:
    """Listen to the recordings of films; those that are not whole are left out."""
    listener = Listener(var / "listener", threads)
    found = []
    langs = list(langs)
    for board in storyboards:
        for lang in langs:
            if all(recording(var, board, lang, key).is_file() for key, _ in board.lines()):
                found.append(hear_recordings(board, var, lang, listener))
                say(str(found[-1]))
    return found
