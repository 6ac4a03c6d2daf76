"""A small film, drawn and encoded: light that moves, a patch that fits, the same frames twice. Where ffmpeg is."""

import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from dti_xblocks.course.films.again import differences
from dti_xblocks.course.films.build import NotRecordedError, Plan, cels_of, frames_of, stale
from dti_xblocks.course.films.checks import outdated
from dti_xblocks.course.films.dubbing import build_all
from dti_xblocks.course.films.index import captions_file, film_file, poster_file, read_index, still_file
from dti_xblocks.course.films.looking import preview
from dti_xblocks.course.films.reading import read
from dti_xblocks.course.films.sound import speak
from dti_xblocks.course.films.storyboard import Path as Way

pytest.importorskip("cv2")
from dti_xblocks.course.films.cels import MOST_PIXELS, framed
from dti_xblocks.course.films.encode import RATE, encode, join
from dti_xblocks.course.films.frames import bar
from dti_xblocks.course.films.lettering import laid, legible
from dti_xblocks.course.films.mp4 import probe

pytestmark = pytest.mark.once
SCENE = """title = "A corner"
alt = "A man."
description = "A man stands in the light of a lamp."
camera = { eye = [0, 1.2, 5], look = [0, 1, 0] }
wet = 0.5
figure = [{ name = "man" }]
prop = [{ kind = "ground", name = "ground" }]
light = [
  { kind = "amber", at = [2, 4, 3] },
  { kind = "red", name = "red", at = [-3, 2, 1] },
  { kind = "blue", name = "blue", at = [3, 2, 1] },
]
glow = [{ name = "bar1", at = [-2, 2, -2], size = 2, colour = "#ff3347" }]
"""
BOARD = """title: {en: "One", es: "Uno"}
lesson: m01
idea: "An idea."
cast: {n: {voice: narrator}}
shots:
  - id: a
    scene: corner
    camera: {from: [0.5, 0.5, 1.0], to: [0.5, 0.5, 1.1]}
    lines: [{who: n, en: "Go.", es: "Ya."}]
    acts: [{who: man, at: 0.3, pose: reach, seconds: 0.5}]
    words: {at: 1, en: "Go", es: "Ya"}
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    media = tmp_path_factory.mktemp("place") / "media"
    (media / "films/scenes").mkdir(parents=True)
    (media / "scenes").mkdir()
    (media / "films/scenes/corner.toml").write_text(SCENE, encoding="utf-8")
    path = media / "films/one.yaml"
    path.write_text(BOARD, encoding="utf-8")
    board, problems = read(path)
    assert problems == []
    return Plan(path, board, media, media, media / "var", scale=0.25)


def test_a_drawing_fits_where_it_is_cut_out(plan):
    """A patch of somebody at rest on the picture without them is the picture with them: nothing shows at its edges."""
    cels = cels_of(plan, 0)
    (left, top, right, bottom), pictures = cels.patches[()]
    assert len(pictures) == len(cels.still) == 3 and (right - left) * (bottom - top) < cels.still[0][..., 0].size
    for still, patch in zip(cels.still, pictures, strict=True):
        edge = np.abs(still[top:bottom, left:right].astype(int) - patch)
        border = np.concatenate([edge[0], edge[:, 0], edge[:, -1]])
        assert np.percentile(border, 95) <= 2 and edge.max() > 20


def test_light_bars_move_and_the_rest_does_not(plan):
    film = frames_of(plan, "en", (320, 180))
    moments = [0.1, 0.1 + 0.5 / 0.9]
    assert bar(moments[0]) != pytest.approx(bar(moments[1]), abs=0.3)
    bright, dark = (film.bare(0, moment).astype(int) for moment in moments)
    assert np.abs(bright - dark).max() > 15


def test_frames_are_a_function_of_time(plan):
    one, other = (frames_of(plan, "en", (320, 180)) for _ in range(2))
    late = one.frame(2.0)
    assert np.array_equal(one.frame(0.8), other.frame(0.8)) and np.array_equal(late, other.frame(2.0))


def test_what_is_drawn_is_kept(plan, monkeypatch):
    cels_of(plan, 0)
    monkeypatch.setattr("dti_xblocks.course.films.cels.FilmStage", None)  # would be called to draw
    assert cels_of(plan, 0).patches


def test_a_preview_is_a_film(plan, tmp_path):
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed")
    film = probe(preview(plan, tmp_path, 1, lambda _: None))
    assert (film.codecs, film.width, film.height, film.fast_start) == (("avc1",), 640, 360, True)
    assert film.seconds == pytest.approx(plan.timeline.seconds, abs=0.1)


def test_the_same_frames_make_the_same_bytes(tmp_path):
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed")
    frames = [np.full((72, 128, 3), 10 * number, np.uint8) for number in range(RATE)]
    made = []
    for name in ("a", "b"):
        silent, whole = tmp_path / f"{name}.silent.mp4", tmp_path / f"{name}.mp4"
        said = encode(frames, (128, 72), silent)
        join(silent, None, whole)
        made.append((said, whole.read_bytes()))
    assert made[0] == made[1] and made[0][0][1] <= 0.5


def test_a_camera_that_comes_near_is_drawn_finer_but_not_without_end():
    wide, near = framed(Way((0.5, 0.5, 1), (0.5, 0.5, 1))), framed(Way((0.4, 0.5, 2), (0.42, 0.5, 2.2)))
    assert near.width > wide.width and near.window[2] - near.window[0] < near.width
    both = framed(Way((0.5, 0.5, 1), (0.5, 0.5, 2.2)))
    assert (both.window[2] - both.window[0]) * (both.window[3] - both.window[1]) < MOST_PIXELS * 1.02


def test_words_can_be_read_on_a_light_picture_too():
    light = np.full((720, 1280, 3), 200, np.uint8)
    assert legible(np.full((720, 1280, 3), 60, np.uint8), "Both hands cuffed") > 4.5
    assert (laid(light.copy(), "Both hands cuffed", 1.0) != light).any()
    assert np.array_equal(laid(light.copy(), "Both hands cuffed", 0.0), light)


@pytest.fixture
def spoken_film(plan, tmp_path, monkeypatch):
    """The film with a sound, in both languages; its recordings are kept apart from it."""
    media = shutil.copytree(plan.media, tmp_path / "media")
    board = plan.storyboard
    voice = type("Voice", (), {"read": lambda _, task: np.full(12000 + len(task.text), 0.1)})
    monkeypatch.setattr(speak, "Speaker", voice)
    speak.record([board], tmp_path / "recorded", ["en", "es"], lambda _: None)
    made = Plan(media / "films/one.yaml", board, media, media, tmp_path / "recorded", ("en", "es"), scale=0.25)
    build_all(made, 1, lambda _: None)
    return Plan(media / "films/one.yaml", board, media, media, tmp_path / "elsewhere", ("en", "es"), scale=0.25)


def streams(path, kind):
    command = ["ffmpeg", "-loglevel", "error", "-i", str(path), "-map", f"0:{kind}", "-c", "copy", "-f", "md5", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg, which `make films` installs")
def test_a_scene_that_is_drawn_anew_keeps_the_sound_of_its_film(spoken_film):
    """Where nobody has the recordings: an agency that changes a scene, or another machine."""
    plan = spoken_film
    files = [plan.static / film_file("one", language) for language in ("en", "es")]
    told = [plan.static / captions_file("one", language) for language in ("en", "es")]
    before = [(streams(file, "v"), streams(file, "a")) for file in files]
    captions = [file.read_bytes() for file in told]
    scene = plan.media / "films/scenes/corner.toml"
    scene.write_text(scene.read_text(encoding="utf-8").replace("[2, 4, 3]", "[-2, 4, 3]"), encoding="utf-8")
    build_all(plan, 1, lambda _: None)
    after = [(streams(file, "v"), streams(file, "a")) for file in files]
    assert [sound for _, sound in after] == [sound for _, sound in before] and captions == [file.read_bytes() for file in told]
    assert all(new != old for (new, _), (old, _) in zip(after, before, strict=True))
    assert not stale(plan, read_index(plan.media)) and [*outdated(plan.media, plan.static, plan.path, plan.storyboard)] == []
    assert not (plan.var / "one/en").exists()


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg, which `make films` installs")
def test_other_words_need_recordings(spoken_film):
    plan = spoken_film
    made = (plan.static / film_file("one")).read_bytes()
    plan.path.write_text(BOARD.replace('en: "Go."', 'en: "Go on."'), encoding="utf-8")
    other = Plan(plan.path, read(plan.path)[0], plan.media, plan.static, plan.var, ("en",), scale=0.25)
    with pytest.raises(NotRecordedError, match="1 lines are not recorded"):
        build_all(other, 1, lambda _: None)
    assert (plan.static / film_file("one")).read_bytes() == made


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg, which `make films` installs")
def test_a_film_drawn_again_is_equal_until_something_is_changed(spoken_film):
    plan = spoken_film
    assert differences(plan, 1, lambda _: None) == []
    scene = plan.media / "films/scenes/corner.toml"
    scene.write_text(scene.read_text(encoding="utf-8").replace("[2, 4, 3]", "[-2, 4, 3]"), encoding="utf-8")
    found = differences(plan, 1, lambda _: None)
    assert found == ["frames (en)", "frames (es)", still_file("one", 1), poster_file("one")]
    assert differences(replace(plan, media=plan.media / "nothing"), 1, lambda _: None) == ["not built"]
