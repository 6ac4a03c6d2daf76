"""To look at a film while its storyboard is written: a sheet of frames, or a small film without sound."""

from __future__ import annotations

from pathlib import Path

from .build import Plan, Say, draw, frames_of


def sheet(plan: Plan, into: Path, every: float = 3.0) -> None:
    """A contact sheet: a frame each so many seconds, without words in another language."""
    import cv2
    import numpy as np

    film, moments = frames_of(plan, plan.languages[0]), np.arange(0.8, plan.timeline.seconds, every)
    small = [cv2.resize(film.frame(float(moment)), (480, 270), interpolation=cv2.INTER_AREA) for moment in moments]
    small += [np.zeros_like(small[0])] * (-len(small) % 4)
    cv2.imwrite(str(into), np.vstack([np.hstack(small[row : row + 4]) for row in range(0, len(small), 4)]))


def preview(plan: Plan, into: Path, jobs: int, say: Say) -> Path:
    """A quick film in low quality, without sound, to look at while a storyboard is written."""
    from .encode import RATE, encode, join

    draw(plan, jobs, say)
    film = frames_of(plan, plan.languages[0], (640, 360))
    into.mkdir(parents=True, exist_ok=True)
    silent, file = into / f"{plan.name}.silent.mp4", into / f"{plan.name}.mp4"
    encode((film.frame(number / RATE) for number in range(int(plan.timeline.seconds * RATE))), (640, 360), silent, "ultrafast")
    join(silent, None, file)
    silent.unlink()
    return file
