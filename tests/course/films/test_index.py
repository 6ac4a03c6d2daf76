"""The index of built films: what one build enters, another one does not lose."""

import threading

import pytest

from dti_xblocks.course.films import index
from dti_xblocks.course.films.index import Built, Track, note, read_index

pytestmark = pytest.mark.once
MADE = Built("b", "r", "k", 61.5, 6, 150, 1.5, 7.2, {"en": Track("f", "d", 1_300_000, -16.1, -1.9)})


def test_a_film_that_is_entered_is_read_again_and_the_others_stay(tmp_path):
    for name in ("the-ladder", "he-paid"):
        note(tmp_path, name, MADE)
    assert read_index(tmp_path) == {"he-paid": MADE, "the-ladder": MADE}
    assert [path.name for path in tmp_path.iterdir()] == [index.INDEX]


def test_two_builds_that_end_at_once_both_enter_their_film(tmp_path, monkeypatch):
    pytest.importorskip("fcntl")
    write, other = index.write_index, threading.Thread(target=note, args=(tmp_path, "second", MADE))

    def write_late(media, built):
        """The first has read the index and is about to write it when the second comes."""
        if threading.current_thread() is not other:
            other.start()
            other.join(0.3)
        write(media, built)

    monkeypatch.setattr(index, "write_index", write_late)
    note(tmp_path, "first", MADE)
    other.join()
    assert set(read_index(tmp_path)) == {"first", "second"}
