"""A listener for what was spoken: a speech recogniser writes down what it hears. On the author's machine and in no server."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..index import film_file
from ..storyboard import Storyboard
from ..timeline import Timeline
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
        """What is heard in `audio`: numbers, 16,000 a second."""
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


def hear_film(timeline: Timeline, film: Path, lang: str, listener: Listener) -> Heard:
    """What is heard of a finished film, line by line, with all its other sounds."""
    import numpy as np

    sound, silence = sound_of(film), np.zeros(int(GAP * LISTENING_RATE), np.float32)
    parts = [silence]
    for line in timeline.lines():
        parts += [sound[int(line.start * LISTENING_RATE) : int(line.end * LISTENING_RATE)], silence]
    board = timeline.storyboard
    return compare(board.name, lang, written(board, lang), listener.words(np.concatenate(parts), lang))


def sound_of(film: Path) -> Any:
    """The sound of a film, as the listener takes it. Raises `EncoderError` where ffmpeg is missing or fails."""
    import numpy as np

    from ..encode import EncoderError, _ffmpeg

    command = [_ffmpeg(), "-loglevel", "error", "-i", str(film), "-f", "f32le", "-ac", "1", "-ar", str(LISTENING_RATE), "-"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603, our own arguments
    if done.returncode:
        raise EncoderError(f"ffmpeg failed: {done.stderr.decode(errors='replace').strip()[-200:]}")
    return np.frombuffer(done.stdout, np.float32)


def written(storyboard: Storyboard, lang: str) -> str:
    """All that is said in a film."""
    return " ".join(line.written(lang) for _, line in storyboard.lines())


def hear_all(
    timelines: Iterable[Timeline],
    var: Path,
    static: Path,
    langs: Iterable[str],
    say: Callable[[str], None],
    threads: int = 1,
) -> list[Heard]:
    """Listen to the recordings of films, or to the films in `static` that are not recorded here; what is neither is left out."""
    listener = Listener(var / "listener", threads)
    found = []
    langs = list(langs)
    for timeline in timelines:
        board = timeline.storyboard
        for lang in langs:
            film = static / film_file(board.name, lang)
            if all(recording(var, board, lang, key).is_file() for key, _ in board.lines()):
                found.append(hear_recordings(board, var, lang, listener))
            elif film.is_file():
                found.append(hear_film(timeline, film, lang, listener))
            else:
                continue
            say(str(found[-1]))
    return found
