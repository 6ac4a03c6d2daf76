"""Listening to recordings. The recogniser is not needed: somebody who knows what is written stands for it."""

import argparse

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("scipy")

from dti_xblocks.course.films import command  # noqa: E402
from dti_xblocks.course.films.index import film_file  # noqa: E402
from dti_xblocks.course.films.reading import read  # noqa: E402
from dti_xblocks.course.films.sound import hear, waves  # noqa: E402
from dti_xblocks.course.films.sound.hear import LISTENING_RATE, hear_all, joined, written  # noqa: E402
from dti_xblocks.course.films.sound.speak import RATE, recording  # noqa: E402
from dti_xblocks.course.films.timeline import timeline  # noqa: E402
from tests.course.films.sound.small_film import STORYBOARD  # noqa: E402
from tests.suite.house import ROOT  # noqa: E402

FILM = "two-parking-lots"
TIMES = timeline(STORYBOARD, {})


def keep(var, board, langs=("en", "es")):
    """Recordings of half a second for every line."""
    for lang in langs:
        for key, _ in board.lines():
            waves.write(recording(var, board, lang, key), np.full(RATE // 2, 0.1), RATE)


@pytest.fixture
def hears(monkeypatch):
    """Sets what is heard: a function of what is written."""

    def put(board, change=lambda text: text):
        class Knowing:
            def __init__(self, *_):
                pass

            def words(self, _, lang):
                return change(written(board, lang))

        monkeypatch.setattr(hear, "Listener", Knowing)

    return put


def test_recordings_are_joined_with_silence_between():
    assert len(joined([])) / LISTENING_RATE == pytest.approx(hear.GAP)


def test_the_recordings_of_a_film_are_heard_as_one(tmp_path):
    keep(tmp_path, STORYBOARD, ["en"])
    sound = joined([recording(tmp_path, STORYBOARD, "en", key) for key, _ in STORYBOARD.lines()])
    assert len(sound) / LISTENING_RATE == pytest.approx(4 * 0.5 + 5 * hear.GAP, abs=0.01)
    assert np.abs(sound[:1000]).max() < 0.001 < np.abs(sound[int(0.8 * LISTENING_RATE)])


def test_what_is_neither_recorded_nor_built_is_left_out(tmp_path, hears):
    hears(STORYBOARD)
    keep(tmp_path, STORYBOARD, ["en"])
    said = []
    assert [one.lang for one in hear_all([TIMES], tmp_path, tmp_path, ["en", "es"], said.append)] == ["en"]
    assert said == ["a-night en: 0 of 43 words differ, 0.0%"]


def test_of_a_film_without_recordings_its_file_is_heard(tmp_path, hears, monkeypatch):
    hears(STORYBOARD)
    films = []
    monkeypatch.setattr(hear, "sound_of", lambda film: np.full(int(TIMES.seconds * LISTENING_RATE), 0.1, np.float32))
    monkeypatch.setattr(hear.Listener, "words", lambda _, audio, lang: films.append(audio) or written(STORYBOARD, lang))
    (tmp_path / film_file("a-night", "es")).write_bytes(b"a film")
    (found,) = hear_all([TIMES], tmp_path / "var", tmp_path, ["en", "es"], [].append)
    spoken = sum(line.end - line.start for line in TIMES.lines())
    assert (found.lang, found.share) == ("es", 0) and [len(one) for one in films] == [
        pytest.approx((spoken + 5 * hear.GAP) * LISTENING_RATE, abs=10)
    ]  # its four lines, and silence around them


@pytest.fixture
def course(tmp_path):
    """A course with the films' sources beside it, and a place of its own for recordings."""
    (tmp_path / "media").symlink_to(ROOT / "media")
    (tmp_path / "course_export").mkdir()
    return tmp_path


def run(course, *words) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("path", type=type(course))
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(course / "course_export"), FILM, *words]))


def test_the_command_names_what_is_heard_otherwise(course, hears, capsys):
    board, _ = read(ROOT / f"media/films/{FILM}.yaml")
    keep(course / command.VAR, board)
    hears(board)
    assert run(course, "--hear") == 0
    assert "2 listened to, 0 of" in capsys.readouterr().out
    hears(board, lambda text: text.replace(text.split()[-1], "otherwise", 1) + " and so on and so forth, as nobody wrote")
    assert run(course, "--hear", "--language", "en") == 1
    out = capsys.readouterr().out
    assert "“otherwise" in out or "otherwise and so on" in out
    assert "1 above 3%, 0 not there" in out


def test_the_command_says_what_is_not_there(course, hears, capsys):
    board, _ = read(ROOT / f"media/films/{FILM}.yaml")
    hears(board)
    keep(course / command.VAR, board, ["es"])
    assert run(course, "--hear") == 1
    assert "1 not there" in capsys.readouterr().out
