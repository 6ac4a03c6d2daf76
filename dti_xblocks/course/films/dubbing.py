"""A film in another language: the picture of the English one, but for the stretches with words on screen, and other voices.

Both have one timeline, so all that differs in the picture are its words. The English file is cut at its key frames, the stretches
that show words in between are drawn and encoded with those of the other language, and the rest is taken over byte for byte.
"""

from __future__ import annotations

import hashlib
import math
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from .build import Plan, Say, build, caption, digest, draw, frames_of, sound
from .index import ENGLISH, Built, Track, film_file, note, picture_kit, read_index
from .keeping import heard
from .mp4 import avc_config, frames, keyframes
from .timeline import Timeline, timeline

RATE = 16  # frames a second, as `encode` has it
WORDS_GONE = 0.15  # seconds after the end of their shot, as `frames` fades words
DISSOLVED = 0.5  # seconds after its end in which a shot can still be seen
LATER = 2  # frames by which x264 writes one before it is due: others refer to it
CLOSE = 0.006  # seconds by which lengths may differ: what is left of rounding, a tenth of a frame
Stretch = tuple[int, int]


class NoPictureError(Exception):
    """There is no English film whose picture could be shared, or the other language does not fit it."""


def stretches(film: Timeline, language: str, keys: Sequence[int], count: int) -> list[Stretch]:
    """From which frame to before which one a film of `count` frames has other words on screen, from key frame to key frame."""
    found: list[Stretch] = []
    for timed in film.shots:
        words = timed.shot.words
        if words is None or timed.words is None or words.words.of(language) == words.words.en:
            continue
        first, last = math.floor(timed.words * RATE), math.ceil((timed.end + WORDS_GONE) * RATE)
        begin = max(key for key in keys if key <= first)
        end = min((key for key in keys if key >= last), default=count)
        if found and begin <= found[-1][1]:
            begin = found.pop()[0]
        found.append((begin, end))
    return found


def parts(own: Sequence[Stretch], count: int) -> list[tuple[Stretch, bool]]:
    """The whole film in order: stretches, and whether each is one of its own."""
    found: list[tuple[Stretch, bool]] = []
    now = 0
    for begin, end in own:
        if begin > now:
            found.append(((now, begin), False))
        found.append(((begin, end), True))
        now = end
    if now < count:
        found.append(((now, count), False))
    return found


def checked(plan: Plan, built: Built | None, language: str) -> Built:
    """The English film as it is built, where the other language fits it. Raises `NoPictureError`."""
    english, name = plan.static / film_file(plan.name), plan.name
    track = built.tracks.get(ENGLISH) if built else None
    if built is None or track is None or not english.is_file() or digest(english) != track.file:
        raise NoPictureError(f"{name}: in other languages it has the picture of the English film. Run: dti-course films {name}")
    if built.board != plan.board() or built.kit != picture_kit():
        raise NoPictureError(
            f"{name}: the storyboard, a scene or the code that draws changed after the English film was built. "
            f"Run: dti-course films {name} --all"
        )
    shared = timeline(plan.storyboard, {ENGLISH: built.lines})
    ends = [(one.end, other.end) for one, other in zip(plan.timeline.shots, shared.shots, strict=True)]
    if any(abs(one - other) > CLOSE for one, other in ends):
        raise NoPictureError(
            f"{name}: a line takes longer in “{language}” than it has in the English film. Run: dti-course films {name} --all"
        )
    return built


def build_all(plan: Plan, jobs: int, say: Say) -> Built:
    """Build a film in all its languages, and note it in the index. Raises `NotRecordedError`, `NoPictureError`."""
    plan.needs_recordings()
    made = build(plan, jobs, say) if ENGLISH in plan.languages else read_index(plan.media).get(plan.name)
    for language in [one for one in plan.languages if one != ENGLISH]:
        built = checked(plan, made, language)
        track, flashes = dub(plan, built, language, jobs, say)
        caption(plan, language)
        made = replace(built, flashes=max(built.flashes, flashes), tracks={**built.tracks, language: track})
        note(plan.media, plan.name, made)
    assert made is not None  # noqa: S101, a film has a language
    return made


def dub(plan: Plan, built: Built, language: str, jobs: int, say: Say) -> tuple[Track, float]:
    """The film in another language, beside the English one; and the most flashes within a second of what is its own."""
    from .encode import encode

    english = plan.static / film_file(plan.name)
    count = frames(english)
    own = stretches(plan.timeline, language, keyframes(english), count)
    shots = [number for number, one in enumerate(plan.timeline.shots) if _touched(one.start, one.end + DISSOLVED, own)]
    draw(plan, jobs, say, shots)
    film, work = frames_of(plan, language), plan.var / plan.name
    pieces, total, flashes = {}, hashlib.sha256(), 0.0
    for begin, end in own:
        piece = work / f"{language}.{begin}.mp4"
        drawn, most = encode((film.frame(number / RATE) for number in range(begin, end)), (film.width, film.height), piece)
        pieces[begin] = piece
        total.update(drawn.encode())
        flashes = max(flashes, most)
        say(f"{plan.name} ({language}): {begin / RATE:.0f} to {end / RATE:.0f} s drawn")
    silent, file = work / f"{language}.silent.mp4", plan.static / film_file(plan.name, language)
    stitched(english, parts(own, count), pieces, silent)
    older = read_index(plan.media)[plan.name].tracks.get(language)
    loud, said = sound(plan, language, silent, file)
    return Track(
        total.hexdigest()[:32], digest(file), file.stat().st_size, *loud, built.tracks[ENGLISH].file,
        older.said if older and not said else said, heard(plan, language),
    ), flashes  # fmt: skip


def _touched(start: float, end: float, own: Sequence[Stretch]) -> bool:
    return any(begin / RATE <= end and start <= last / RATE for begin, last in own)


def stitched(english: Path, order: Sequence[tuple[Stretch, bool]], pieces: dict[int, Path], into: Path) -> None:
    """The picture of a film from that of another and the pieces that are its own, by their first frames; without sound."""
    from .encode import EncoderError

    picture = into.with_suffix(".shared.mp4")
    _run(["-i", str(english), "-map", "0:v"], picture)
    for piece in pieces.values():
        if avc_config(piece) != avc_config(picture):
            raise EncoderError(f"this ffmpeg encodes otherwise than the one that made {english.name}: build that film anew")
    said, count = ["ffconcat version 1.0"], order[-1][0][1]
    for (begin, end), is_own in order:
        said.append(f"file '{(pieces[begin] if is_own else picture).name}'")
        if not is_own:
            said.append(f"inpoint {begin / RATE}")
            said += [f"outpoint {(end - LATER) / RATE}"] if end < count else []
        said.append(f"duration {(end - begin) / RATE}")
    listed = into.with_suffix(".ffconcat")
    listed.write_text("\n".join(said) + "\n", encoding="utf-8")
    # Without conversions: the codec's parameters, which are the same, would be put before each key frame again.
    _run(["-f", "concat", "-auto_convert", "0", "-i", str(listed)], into)
    if frames(into) != count:
        raise EncoderError(f"{into.name} has {frames(into)} frames instead of {count}")
    for path in (picture, listed, *pieces.values()):
        path.unlink()


def _run(arguments: list[str], into: Path) -> None:
    from .encode import EXACT, EncoderError, _ffmpeg

    command = [_ffmpeg(), "-y", "-loglevel", "error", *arguments, "-c", "copy", *EXACT, "-f", "mp4", str(into)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603, our own arguments
    if done.returncode:
        raise EncoderError(f"ffmpeg failed: {done.stderr.strip()[-200:]}")
