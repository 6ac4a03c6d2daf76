"""A small film, drawn and encoded: light that moves, a patch that fits, the same frames twice. Where OpenCV and ffmpeg are."""

import shutil

import numpy as np
import pytest

from dti_xblocks.course.films.build import Plan, cels_of, frames_of
from dti_xblocks.course.films.looking import preview
from dti_xblocks.course.films.reading import read
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
