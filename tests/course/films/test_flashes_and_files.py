"""What finished films are held against: flashes on made-up frames, and files on files made byte by byte."""

import struct

import numpy as np
import pytest

from dti_xblocks.course.films.flashes import COLUMNS, MOST, ROWS, Flashes
from dti_xblocks.course.films.mp4 import NoFilmError, probe

pytestmark = pytest.mark.once
RATE = 16


def flashes(levels):
    count = Flashes(RATE)
    for level in levels:
        frame = np.full((ROWS, COLUMNS, 3), 20, np.uint8)
        frame[3:6, 5:9] = level
        count.add(frame)
    return count.most()


def wave(hertz, seconds=3, low=20, high=220):
    return [low + (high - low) * (0.5 - 0.5 * np.cos(2 * np.pi * hertz * number / RATE)) for number in range(RATE * seconds)]


def test_a_still_picture_does_not_flash():
    assert flashes([120] * 40) == 0 and flashes([]) == 0


@pytest.mark.parametrize("hertz", [1, 2, 4])
def test_flashes_within_a_second_are_counted(hertz):
    assert flashes(wave(hertz)) == pytest.approx(hertz, abs=0.5)


def test_too_many_are_found_and_small_or_bright_changes_are_none():
    assert flashes(wave(6)) > MOST
    assert flashes(wave(6, low=100, high=115)) == 0  # less than a tenth
    assert flashes(wave(6, low=235, high=255)) == 0  # the darker is light itself


def test_a_single_change_is_half_a_flash():
    assert flashes([20] * 10 + [220] * 10) == 0.5


def test_saturated_red_counts_where_luminance_hardly_changes():
    red, dark = (0, 0, 190), (0, 0, 30)
    assert flashes([red if number % 4 < 2 else dark for number in range(32)]) > MOST


def box(name, body):
    return struct.pack(">I4s", len(body) + 8, name) + body


def track(entry):
    sizes = bytes(24) + struct.pack(">HH", 1280, 720) + bytes(50)
    config = box(b"avcC", bytes([1, 100, 0, 31])) if entry == b"avc1" else b""
    sample = box(entry, sizes + config)
    stsd = box(b"stsd", struct.pack(">II", 0, 1) + sample)
    return box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", stsd))))


def movie(order=("moov", "mdat"), entries=(b"avc1", b"mp4a")):
    header = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, 61_500) + bytes(80))
    parts = {"moov": box(b"moov", header + b"".join(track(entry) for entry in entries)), "mdat": box(b"mdat", bytes(64))}
    return box(b"ftyp", b"isom\0\0\2\0") + b"".join(parts[name] for name in order)


def test_a_file_says_what_it_is(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(movie())
    film = probe(path)
    assert (film.codecs, film.profile, film.width, film.height) == (("avc1", "mp4a"), "High", 1280, 720)
    assert film.seconds == pytest.approx(61.5) and film.fast_start


def test_a_file_whose_index_comes_last_starts_late(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(movie(order=("mdat", "moov")))
    assert not probe(path).fast_start


@pytest.mark.parametrize("content", [b"", b"RIFF" * 20, box(b"ftyp", b"isom"), movie()[:30]])
def test_what_is_no_film_is_refused(tmp_path, content):
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(NoFilmError):
        probe(path)
