"""Frames and sound to a file, by ffmpeg: H.264 High and AAC, as a phone plays it, and the same bytes from the same frames."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from .flashes import COLUMNS, ROWS, Flashes

RATE = 16  # frames a second: a drawing of eight a second is on screen for two of them
QUALITY = "30"  # of x264: less is finer
THREADS = "2"  # x264 gives the same bytes only for the same number
EXACT = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"]


class EncoderError(Exception):
    """ffmpeg is missing, or failed."""


def _ffmpeg() -> str:
    found = shutil.which("ffmpeg")
    if not found:
        raise EncoderError("ffmpeg is missing. Install it (apt-get install ffmpeg), or run: make films")
    return found


def digest_of(frames: Iterable[NDArray[np.uint8]]) -> str:
    """The digest of frames, as `encode` has it."""
    total = hashlib.sha256()
    for frame in frames:
        total.update(np.ascontiguousarray(frame).data)
    return total.hexdigest()[:32]


def encode(
    frames: Iterable[NDArray[np.uint8]],
    size: tuple[int, int],
    into: Path,
    preset: str = "veryfast",
    tick: Callable[[], None] | None = None,
) -> tuple[str, float]:
    """Write frames (blue, green, red) as a film without sound. Returns the digest of them, and the most flashes in a second."""
    command = [
        _ffmpeg(), "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{size[0]}x{size[1]}",
        "-r", str(RATE), "-i", "-", *EXACT, "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-c:v", "libx264",
        "-profile:v", "high", "-preset", preset, "-crf", QUALITY, "-tune", "animation", "-g", str(RATE * 8), "-threads", THREADS,
        "-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-f", "mp4", str(into),
    ]  # fmt: skip
    total, flashes = hashlib.sha256(), Flashes(RATE)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603, our own arguments
        assert process.stdin and process.stderr  # noqa: S101, both are pipes
        try:
            for frame in frames:
                data = np.ascontiguousarray(frame)
                process.stdin.write(data.data)
                total.update(data.data)
                flashes.add(np.asarray(cv2.resize(data, (COLUMNS, ROWS), interpolation=cv2.INTER_AREA), np.uint8))
                if tick:
                    tick()
            process.stdin.close()
        except BrokenPipeError:
            pass  # what went wrong is said below
        error = process.stderr.read().decode(errors="replace").strip()
    if process.returncode:
        raise EncoderError(f"ffmpeg failed: {error.splitlines()[-1] if error else process.returncode}")
    return total.hexdigest()[:32], flashes.most()


def join(picture: Path, sound: Path | None, into: Path) -> None:
    """The picture with its sound, in a file that plays before it is whole."""
    track = [] if sound is None else ["-i", str(sound), "-c:a", "aac", "-b:a", "64k", "-ac", "1", "-ar", "48000"]
    _into(["-i", str(picture), *track], into)


def join_kept(picture: Path, film: Path, into: Path) -> None:
    """The picture with the sound of another film, byte for byte; `into` may be that film."""
    _into(["-i", str(picture), "-i", str(film), "-map", "0:v", "-map", "1:a", "-c:a", "copy"], into)


def _into(arguments: list[str], into: Path) -> None:
    """Write a film with its index first: the whole file, or none."""
    part = into.with_suffix(".part.mp4")
    command = [
        _ffmpeg(), "-y", "-loglevel", "error", *arguments, *EXACT, "-c:v", "copy", "-movflags", "+faststart",
        "-f", "mp4", str(part),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603, our own arguments
    if done.returncode:
        raise EncoderError(f"ffmpeg failed: {done.stderr.strip()[-200:]}")
    part.rename(into)
