"""Noises and the mix: levels, times, loudness. Recordings are tones here."""

import dataclasses
import shutil
import subprocess

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("scipy")

from dti_xblocks.course.films.sound import foley, waves  # noqa: E402
from dti_xblocks.course.films.sound.loudness import CEILING, TARGET, integrated, limited, measure, normalized, true_peak  # noqa: E402
from dti_xblocks.course.films.sound.mix import mix, write  # noqa: E402
from dti_xblocks.course.films.storyboard import SOUNDS  # noqa: E402
from dti_xblocks.course.films.timeline import timeline  # noqa: E402
from tests.course.films.sound.small_film import SECONDS, STORYBOARD, TIMELINE  # noqa: E402

RATE = 48000


def power(sound) -> float:
    return float(np.sqrt((sound**2).mean()))


def tone(hertz, seconds, strength=0.3, rate=RATE):
    return strength * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """Recordings of the small film: a tone for each line."""
    folder = tmp_path_factory.mktemp("films")
    for key, _ in STORYBOARD.lines():
        seconds = SECONDS["en"][key]
        said = tone(220, seconds, 0.16, 24000) + tone(900, seconds, 0.05, 24000)
        waves.write(folder / STORYBOARD.name / "en" / f"{key}.wav", said, 24000)
    return folder


def test_every_sound_of_storyboards_can_be_made():
    made = {*foley.LASTING, *foley.SHORT, *foley.AGAIN}
    assert made == set(SOUNDS)


def test_lasting_sounds_are_even_and_as_long_as_asked():
    for kind, make in foley.LASTING.items():
        sound = make(3 * RATE, np.random.default_rng(1))
        assert len(sound) == 3 * RATE and np.isfinite(sound).all(), kind
        assert power(sound) == pytest.approx(1, rel=0.01), kind
        assert np.abs(sound).max() < 20, kind


def test_short_sounds_begin_and_end_in_silence():
    for kind, make in {**foley.SHORT, **{name: one for name, (one, _) in foley.AGAIN.items()}}.items():
        sound = make(np.random.default_rng(1))
        assert np.abs(sound).max() == pytest.approx(1), kind
        assert power(sound[-RATE // 100 :]) < 0.06, kind


def test_the_same_seed_makes_the_same_noise():
    assert (foley.rain(RATE, np.random.default_rng(7)) == foley.rain(RATE, np.random.default_rng(7))).all()


def test_loudness_of_the_reference_tone():
    """ITU-R BS.1770: a sine of 997 Hz at full height in one channel is -3.01 LUFS."""
    assert integrated(tone(997, 5, 1.0)) == pytest.approx(-3.01, abs=0.05)
    assert integrated(tone(997, 5, 0.1)) == pytest.approx(-23.01, abs=0.05)
    assert integrated(np.zeros(RATE)) == -70


def test_the_true_peak_is_between_the_numbers():
    sound = tone(12000, 0.5, 1.0) * 0 + np.sin(2 * np.pi * 12000 * np.arange(RATE // 2) / RATE + np.pi / 4)
    assert np.abs(sound).max() == pytest.approx(0.707, abs=0.01)
    assert true_peak(sound) == pytest.approx(0, abs=0.3)


def test_peaks_are_pressed_and_the_rest_is_left():
    sound = tone(300, 1, 0.1)
    sound[RATE // 2] = 0.95
    pressed = limited(sound, -6)
    assert np.abs(pressed).max() <= 10 ** (-6 / 20) + 1e-9
    assert (pressed[: RATE // 4] == sound[: RATE // 4]).all()


def test_any_film_has_the_same_loudness(var):
    for gain in (0.2, 3.0):
        loud = measure(normalized(mix(TIMELINE, var, "en") * gain))
        assert loud.lufs == pytest.approx(TARGET, abs=0.3)
        assert loud.peak <= CEILING + 0.2


def test_voices_are_at_their_times_over_noises_that_step_back(var):
    sound = mix(TIMELINE, var, "en")
    assert len(sound) == round(TIMELINE.seconds * RATE)
    first, second = TIMELINE.lines()[:2]
    said = sound[int((first.start + 0.3) * RATE) : int((first.start + SECONDS["en"]["lot-1"] - 0.3) * RATE)]
    pause = sound[int((second.start - 0.2) * RATE) : int((second.start - 0.05) * RATE)]
    assert 0.08 < power(said) < 0.2
    assert 0.003 < power(pause) < power(said) / 5


def test_rain_falls_where_it_is_asked_for(var):
    dry, wet = mix(TIMELINE, var, "en"), mix(TIMELINE, var, "en", raining={"room"})
    shot = TIMELINE.shots[1]
    before, after = int((shot.start + 0.3) * RATE), int((shot.start + 0.42) * RATE)
    assert power(wet[before:after] - dry[before:after]) > 0.002
    assert power(wet[: int((shot.start - 0.5) * RATE)] - dry[: int((shot.start - 0.5) * RATE)]) < 1e-6


def test_the_radio_has_neither_depths_nor_heights(var):
    spectrum = {}
    for line in TIMELINE.lines()[1:3]:
        said = mix(TIMELINE, var, "en")[int((line.start + 0.5) * RATE) : int((line.start + 2.5) * RATE)]
        heights = np.abs(np.fft.rfft(said * np.hanning(len(said))))
        hertz = np.fft.rfftfreq(len(said), 1 / RATE)
        spectrum[line.line.radio] = heights[(hertz > 215) & (hertz < 225)].max() / heights[(hertz > 890) & (hertz < 910)].max()
    assert spectrum[True] < spectrum[False] / 5


def test_a_phone_sounds_like_a_radio_without_its_clicks(var):
    film = {"radio": _only(radio=True), "phone": _only(radio=False, phone=True)}
    sounds = {name: mix(made, var, "en") for name, made in film.items()}
    start = film["radio"].lines()[0].start
    before, said = (
        slice(int((start - 0.1) * RATE), int(start * RATE)),
        slice(int((start + 0.5) * RATE), int((start + 2.5) * RATE)),
    )
    assert power(sounds["phone"][before]) < power(sounds["radio"][before]) / 2
    assert power(sounds["phone"][said]) == pytest.approx(power(sounds["radio"][said]), rel=0.1)


def _only(**how):
    shot = STORYBOARD.shots[1]
    line = dataclasses.replace(shot.lines[0], **how)
    return timeline(dataclasses.replace(STORYBOARD, shots=(dataclasses.replace(shot, lines=(line,), sounds=()),)), SECONDS)


def test_the_sound_of_a_film_is_the_same_each_time(var, tmp_path):
    write(TIMELINE, var, "en", tmp_path / "one.wav")
    write(TIMELINE, var, "en", tmp_path / "two.wav")
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed")
def test_ffmpeg_measures_the_same(var, tmp_path):
    ours = write(TIMELINE, var, "en", tmp_path / "film.wav")
    said = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostats", "-i", tmp_path / "film.wav", "-af", "ebur128=peak=true", "-f", "null", "-"],
        capture_output=True, text=True, check=True,
    ).stderr.rsplit("Summary:", 1)[1]  # fmt: skip
    numbers = {name: float(said.split(f"{name}:")[1].split()[0]) for name in ("I", "Peak")}
    assert numbers["I"] == pytest.approx(ours.lufs, abs=0.2)
    assert numbers["Peak"] == pytest.approx(ours.peak, abs=0.3)
