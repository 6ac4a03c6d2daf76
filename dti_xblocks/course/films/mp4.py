"""What an MP4 file is, read from its boxes: without ffmpeg, so that it can be checked anywhere."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}
PROFILES = {66: "Baseline", 77: "Main", 100: "High"}


class NoFilmError(Exception):
    """The file is no MP4."""


@dataclass(frozen=True)
class Film:
    """A film: what it is coded with, its size and length, and whether it begins to play before it is whole."""

    codecs: tuple[str, ...]
    profile: str
    width: int
    height: int
    seconds: float
    fast_start: bool


def probe(path: Path) -> Film:
    """What a file is."""
    data = path.read_bytes()
    boxes = [(name, body) for name, body in _boxes(data, 0, len(data))]
    order = [name for name, _ in boxes if name in (b"moov", b"mdat")]
    if not data[4:8] == b"ftyp" or b"moov" not in order:
        raise NoFilmError(f"{path.name} is no MP4 file")
    inside = dict(_inside(data, boxes))
    codecs, profile, width, height = [], "", 0, 0
    for name, (start, end) in _inside(data, boxes):
        if name == b"stsd":
            entry = data[start + 12 : start + 16]
            codecs.append(entry.decode("ascii", "replace"))
            if entry == b"avc1":
                width, height = struct.unpack(">HH", data[start + 40 : start + 44])
                at = data.find(b"avcC", start, end)
                profile = PROFILES.get(data[at + 5], "other") if at > 0 else ""
    start, end = inside.get(b"mvhd", (0, 0))
    if end - start < 32:
        raise NoFilmError(f"{path.name} is cut off")
    if data[start]:
        scale, length = struct.unpack(">IQ", data[start + 20 : start + 32])
    else:
        scale, length = struct.unpack(">II", data[start + 12 : start + 20])
    return Film(tuple(codecs), profile, width, height, length / scale, order.index(b"moov") == 0)


def keyframes(path: Path) -> list[int]:
    """The frames, from 0, at which the picture of a film can be cut."""
    data = path.read_bytes()
    start, end = _box(data, b"stss", path)
    return [number - 1 for number in struct.unpack(f">{(end - start - 8) // 4}I", data[start + 8 : end])]


def frames(path: Path) -> int:
    """How many frames the picture of a film has."""
    return len(sizes(path))


def sizes(path: Path) -> list[int]:
    """The bytes of each frame of a film, in the order in which they are decoded."""
    data = path.read_bytes()
    start, end = _box(data, b"stsz", path)  # the picture is the first track
    return list(struct.unpack(f">{(end - start - 12) // 4}I", data[start + 12 : end]))


def avc_config(path: Path) -> bytes:
    """How the picture is coded: what a decoder has to know before the first frame."""
    data = path.read_bytes()
    start, end = _box(data, b"stsd", path)
    at = data.find(b"avcC", start, end)
    size = struct.unpack(">I", data[at - 4 : at])[0] if at > 0 else 0
    return data[at : at + size - 4]


def _box(data: bytes, wanted: bytes, path: Path) -> tuple[int, int]:
    found = next((place for name, place in _inside(data, list(_boxes(data, 0, len(data)))) if name == wanted), None)
    if found is None:
        raise NoFilmError(f"{path.name} has no {wanted.decode()}")
    return found


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    while start + 8 <= end:
        size, name = struct.unpack(">I4s", data[start : start + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[start + 8 : start + 16])[0], 16
        size = size or end - start
        if size < head:
            return
        yield name, (start + head, min(start + size, end))
        start += size


def _inside(data: bytes, boxes: list[tuple[bytes, tuple[int, int]]]) -> Iterator[tuple[bytes, tuple[int, int]]]:
    for name, (start, end) in boxes:
        if name in INSIDE:
            yield from _inside(data, list(_boxes(data, start, end)))
        else:
            yield name, (start, end)
