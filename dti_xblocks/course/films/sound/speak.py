"""The voices read a storyboard's lines: one recording each, trimmed and levelled, made anew only where something changed."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..storyboard import Storyboard
from . import lexicon
from .spoken import spoken
from .voices import Voice, table, voice
from .waves import write
from .weights import SPEAKING_SHA256, speaking_model, styles

RATE = 24000  # numbers a second of a recording
RMS = 0.11  # of the loud parts of a recording: all voices are equally loud
QUIET = 10 ** (-48 / 20)  # below it nothing is said
BEFORE, AFTER = 0.05, 0.12  # seconds that are kept around what is said
MADE_BY = "3"  # changes when recordings of the same words by the same voice would be different
Say = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """A line to be read: `text` as it is spoken."""

    key: str
    text: str
    voice: Voice
    speed: float
    lang: str

    @property
    def digest(self) -> str:
        """A number of everything that the recording depends on."""
        names = [word.phonemes for word in lexicon.words(self.lang).values() if word.phonemes and word.word in self.text]
        said = [self.text, *names, self.voice.voice, f"{self.speed:.3f}", self.lang, SPEAKING_SHA256, MADE_BY]
        return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Done:
    """What was read: how many lines, how many seconds of speech, and how long that took."""

    lines: int = 0
    seconds: float = 0.0
    took: float = 0.0


def tasks(storyboard: Storyboard, lang: str) -> list[Task]:
    """Every line of a film in a language."""
    found = []
    for key, line in storyboard.lines():
        how = voice(storyboard.cast[line.who].voice, lang)
        found.append(Task(key, spoken(line.spoken(lang), lang), how, round(how.speed * line.speed, 3), lang))
    return found


def stale(storyboard: Storyboard, var: Path, lang: str) -> list[Task]:
    """The lines of a film that are not recorded, or as they are no more."""
    digests = _digests(var / storyboard.name / f"{lang}.made.json")
    seconds = _digests(var / storyboard.name / f"{lang}.json")
    return [
        task
        for task in tasks(storyboard, lang)
        if digests.get(task.key) != task.digest
        or task.key not in seconds
        or not recording(var, storyboard, lang, task.key).is_file()
    ]


def recording(var: Path, storyboard: Storyboard, lang: str, key: str) -> Path:
    """Where the recording of a line is."""
    return var / storyboard.name / lang / f"{key}.wav"


def record(storyboards: Iterable[Storyboard], var: Path, langs: Iterable[str], say: Say, jobs: int = 1) -> Done:
    """Have every line read that is stale, and forget those that are no more. What is done is kept at once: whoever is interrupted
    goes on where it was."""
    boards, langs = list(storyboards), list(langs)
    for board in boards:
        for lang in langs:
            _taken_over(board, var, lang)
    work = [(board, lang, task) for board in boards for lang in langs for task in stale(board, var, lang)]
    if not work:
        return _forgotten(boards, var, langs, Done())
    speaker = Speaker()
    began, spoken_seconds, expected = time.monotonic(), 0.0, sum(len(task.text) for _, _, task in work)
    read = 0
    with ThreadPoolExecutor(jobs) as pool:
        sounds = pool.map(lambda one: speaker.read(one[2]), work)
        for number, ((board, lang, task), sound) in enumerate(zip(work, sounds, strict=True), 1):
            seconds = _keep(sound, board, lang, task, var)
            spoken_seconds += seconds
            read += len(task.text)
            left = (time.monotonic() - began) * (expected - read) / read
            say(f"{number}/{len(work)} {board.name} {lang} {task.key}: {seconds:.1f} s, {left / 60:.0f} min left")
    return _forgotten(boards, var, langs, Done(len(work), round(spoken_seconds, 1), round(time.monotonic() - began, 1)))


class Speaker:
    """The model, ready to read."""

    def __init__(self, threads: int = 1):
        import os
        import tempfile

        import numpy as np
        import onnxruntime
        from kokoro_onnx import Kokoro

        names = {part for roles in table().values() for how in roles.values() for part in how.parts}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        with tempfile.TemporaryDirectory() as folder:  # the package reads files only
            model, voices = os.path.join(folder, "model.onnx"), os.path.join(folder, "voices.npz")
            Path(model).write_bytes(speaking_model())
            np.savez(voices, **styles(sorted(names)))
            session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            self.kokoro = Kokoro.from_session(session, voices)
            self.styles = {name: self.kokoro.voices[name] for name in self.kokoro.voices}

    def read(self, task: Task) -> Any:
        """The sound of a line, trimmed and levelled."""
        from .sounds import sounds

        style = sum(self.styles[part] for part in task.voice.parts) / len(task.voice.parts)
        audio, _ = self.kokoro.create(
            sounds(task.text, task.lang), voice=style.astype("float32"), speed=task.speed, is_phonemes=True, lang=task.lang
        )
        return levelled(trimmed(audio))


def trimmed(audio: Any) -> Any:
    """`audio` from where something is said to where nothing is said any more, with soft edges."""
    import numpy as np

    window = RATE // 100
    loud = np.flatnonzero(np.convolve(np.abs(audio), np.ones(window) / window, "same") > QUIET)
    if not len(loud):
        return np.zeros(window, np.float32)
    kept = np.array(audio[max(0, loud[0] - int(BEFORE * RATE)) : loud[-1] + int(AFTER * RATE)], np.float32)
    rise, fall = int(0.012 * RATE), int(0.03 * RATE)
    kept[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)[: len(kept)]
    kept[-fall:] *= np.linspace(1, 0, fall, dtype=np.float32)[-len(kept) :]
    return kept


def levelled(audio: Any) -> Any:
    """`audio` as loud as every other recording, its highest peak below 1."""
    import numpy as np

    loud = audio[np.abs(audio) > 0.01]
    if not len(loud):
        return audio
    factor = min(RMS / float(np.sqrt((loud**2).mean())), 0.98 / float(np.abs(audio).max()))
    return (audio * factor).astype(np.float32)


def _keep(sound: Any, board: Storyboard, lang: str, task: Task, var: Path) -> float:
    write(recording(var, board, lang, task.key), sound, RATE)
    seconds = round(len(sound) / RATE, 3)
    _note(var / board.name / f"{lang}.json", {task.key: seconds})
    _note(var / board.name / f"{lang}.made.json", {task.key: task.digest})
    return seconds


def _taken_over(board: Storyboard, var: Path, lang: str) -> None:
    """A line that stands elsewhere now, or whose shot has another name, keeps its recording."""
    made = {digest: key for key, digest in _digests(var / board.name / f"{lang}.made.json").items()}
    kept = {
        task: path.read_bytes()
        for task in stale(board, var, lang)
        if task.digest in made and (path := recording(var, board, lang, made[task.digest])).is_file()
    }
    seconds = _digests(var / board.name / f"{lang}.json")
    for task, data in kept.items():
        recording(var, board, lang, task.key).write_bytes(data)
        _note(var / board.name / f"{lang}.json", {task.key: seconds[made[task.digest]]})
        _note(var / board.name / f"{lang}.made.json", {task.key: task.digest})


def _forgotten(boards: list[Storyboard], var: Path, langs: list[str], done: Done) -> Done:
    """`done`, after the recordings of lines that are no more are gone."""
    for board in boards:
        keys = {key for key, _ in board.lines()}
        for lang in langs:
            for path in (var / board.name / lang).glob("*.wav"):
                if path.stem not in keys:
                    path.unlink()
            for name in (f"{lang}.json", f"{lang}.made.json"):
                said = _digests(var / board.name / name)
                if set(said) - keys:
                    _write(var / board.name / name, {key: value for key, value in said.items() if key in keys})
    return done


def _digests(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _note(path: Path, more: dict[str, Any]) -> None:
    _write(path, {**_digests(path), **more})


def _write(path: Path, said: dict[str, Any]) -> None:
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.replace(path)
