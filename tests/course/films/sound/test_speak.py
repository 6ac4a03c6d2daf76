"""Recordings: one a line, made anew only where something changed. The model is not needed: a tone stands for what it says."""

import dataclasses
import importlib.util
import json

import pytest

np = pytest.importorskip("numpy")

from dti_xblocks.course.films.sound import speak, waves  # noqa: E402
from dti_xblocks.course.films.sound.speak import QUIET, RATE, RMS, levelled, record, recording, stale, tasks, trimmed  # noqa: E402
from dti_xblocks.course.films.sound.voices import Voice  # noqa: E402
from dti_xblocks.course.films.sound.weights import SPEAKING, VoicesMissingError, speaking_model, styles  # noqa: E402
from dti_xblocks.course.films.timeline import recorded  # noqa: E402
from tests.course.films.sound.small_film import STORYBOARD  # noqa: E402

INSTALLED = importlib.util.find_spec("kokoro_onnx") and importlib.util.find_spec(SPEAKING[0])


def tone(seconds, strength=0.3):
    return (strength * np.sin(2 * np.pi * 200 * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


class Tones:
    """Says a tone as long as the text is; keeps what it was asked for."""

    said: list[speak.Task] = []  # noqa: RUF012

    def read(self, task):
        self.said.append(task)
        return levelled(tone(len(task.text) / 15))


@pytest.fixture
def said(monkeypatch):
    monkeypatch.setattr(speak, "Speaker", Tones)
    Tones.said = []
    return Tones.said


def changed(number: int, **how) -> object:
    """The small film, with another line in the first shot."""
    lines = list(STORYBOARD.shots[0].lines)
    lines[number] = dataclasses.replace(lines[number], **how)
    first = dataclasses.replace(STORYBOARD.shots[0], lines=tuple(lines))
    return dataclasses.replace(STORYBOARD, shots=(first, *STORYBOARD.shots[1:]))


def keys(found) -> list[str]:
    return [task.key for task in found]


def test_each_line_is_read_once_in_the_voice_of_its_role(said, tmp_path):
    heard = []
    done = record([STORYBOARD], tmp_path, ["en", "es"], heard.append)
    assert done.lines == len(said) == len(heard) == 8
    assert keys(said) == ["lot-1", "lot-2", "room-1", "room-2"] * 2
    assert said[0].voice == Voice("am_michael", 0.96)
    assert {task.lang for task in said[4:]} == {"es"}
    for lang in ("en", "es"):
        seconds = recorded(tmp_path, STORYBOARD.name)[lang]
        assert sorted(seconds) == sorted(set(keys(said)))
        for key, long in seconds.items():
            sound, rate = waves.read(recording(tmp_path, STORYBOARD, lang, key))
            assert rate == RATE and len(sound) / rate == pytest.approx(long, abs=0.001)


def test_what_is_recorded_is_not_read_again(said, tmp_path):
    record([STORYBOARD], tmp_path, ["en"], print)
    said.clear()
    assert record([STORYBOARD], tmp_path, ["en"], print).lines == 0
    assert said == [] and stale(STORYBOARD, tmp_path, "en") == []
    assert len(stale(STORYBOARD, tmp_path, "es")) == 4


@pytest.mark.parametrize("how", [{"en": "Another line."}, {"say": "As it is said."}, {"speed": 0.9}, {"who": "okafor"}])
def test_a_line_that_changed_is_read_again(said, tmp_path, how):
    record([STORYBOARD], tmp_path, ["en"], print)
    said.clear()
    record([changed(0, **how)], tmp_path, ["en"], print)
    assert keys(said) == ["lot-1"]


def test_a_line_that_moves_keeps_its_recording(said, tmp_path):
    record([STORYBOARD], tmp_path, ["en"], print)
    before = {key: recording(tmp_path, STORYBOARD, "en", key).read_bytes() for key in ("lot-1", "lot-2")}
    said.clear()
    turned = dataclasses.replace(STORYBOARD.shots[0], lines=tuple(reversed(STORYBOARD.shots[0].lines)))
    renamed = dataclasses.replace(STORYBOARD.shots[1], id="office")
    board = dataclasses.replace(STORYBOARD, shots=(turned, renamed))
    assert record([board], tmp_path, ["en"], print).lines == 0 and said == []
    assert recording(tmp_path, board, "en", "lot-1").read_bytes() == before["lot-2"]
    assert recording(tmp_path, board, "en", "lot-2").read_bytes() == before["lot-1"]
    assert sorted(recorded(tmp_path, board.name)["en"]) == ["lot-1", "lot-2", "office-1", "office-2"]
    assert stale(board, tmp_path, "en") == []


def test_words_for_the_other_language_change_nothing(said, tmp_path):
    record([STORYBOARD], tmp_path, ["en"], print)
    assert stale(changed(0, es="Otra frase.", di="Otra."), tmp_path, "en") == []


def test_who_is_interrupted_goes_on_where_it_was(said, tmp_path, monkeypatch):
    class Tired(Tones):
        def read(self, task):
            if len(self.said) == 2:
                raise KeyboardInterrupt
            return super().read(task)

    monkeypatch.setattr(speak, "Speaker", Tired)
    with pytest.raises(KeyboardInterrupt):
        record([STORYBOARD], tmp_path, ["en"], print)
    assert keys(stale(STORYBOARD, tmp_path, "en")) == ["room-1", "room-2"]


def test_lines_that_are_no_more_are_forgotten(said, tmp_path):
    record([STORYBOARD], tmp_path, ["en"], print)
    shorter = dataclasses.replace(STORYBOARD, shots=STORYBOARD.shots[:1])
    record([shorter], tmp_path, ["en"], print)
    assert sorted(path.stem for path in (tmp_path / STORYBOARD.name / "en").glob("*.wav")) == ["lot-1", "lot-2"]
    assert sorted(json.loads((tmp_path / STORYBOARD.name / "en.json").read_text())) == ["lot-1", "lot-2"]


def test_the_spoken_form_is_read_and_not_the_written_one():
    board = changed(0, en="Under 42 U.S.C. § 1983, at 2:10 a.m.")
    assert tasks(board, "en")[0].text == "Under title forty two, section nineteen eighty three, at two ten A M"
    board = changed(0, en="Okafor, 2 feet", say="Okafor is 2 feet away.")
    assert tasks(board, "en")[0].text == "Okafor is two feet away."


def test_a_recording_begins_and_ends_with_what_is_said():
    silence = np.zeros(RATE, np.float32)
    cut = trimmed(np.concatenate([silence, tone(1.0), silence]))
    assert 1.1 < len(cut) / RATE < 1.25
    assert abs(cut[0]) < QUIET and abs(cut[-1]) < QUIET
    assert len(trimmed(silence)) < RATE / 50


def test_all_recordings_are_equally_loud():
    for strength in (0.1, 0.3, 0.9):
        loud = levelled(tone(1, strength))
        assert np.sqrt((loud[np.abs(loud) > 0.01] ** 2).mean()) == pytest.approx(RMS, rel=0.05)
    click = np.zeros(RATE, np.float32)
    click[: RATE // 2] = tone(0.5, 0.02)
    click[100] = 1.0
    assert np.abs(levelled(click)).max() <= 0.981


def test_a_file_of_another_kind_is_refused(tmp_path):
    import wave

    with wave.open(str(tmp_path / "two.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"\0" * 8)
    with pytest.raises(ValueError, match="one channel"):
        waves.read(tmp_path / "two.wav")


def test_voices_that_are_missing_are_named(tmp_path):
    with pytest.raises(VoicesMissingError, match=r"am_michael.*scripts/setup\.sh current films"):
        styles(["am_michael"], tmp_path)


@pytest.mark.skipif(not INSTALLED, reason="the extra films is not installed")
def test_the_model_reads_a_line():
    assert len(speaking_model()) > 80_000_000
    task = speak.Task("one", "Let go.", Voice("am_michael"), 1.0, "en")
    sound = speak.Speaker().read(task)
    assert 0.4 < len(sound) / RATE < 1.6
