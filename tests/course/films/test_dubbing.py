"""A film in another language: what of the picture is its own, and that the rest is the English picture, frame by frame."""

import shutil
from dataclasses import replace

import pytest

from dti_xblocks.course.films import dubbing
from dti_xblocks.course.films.build import Plan, digest, stale
from dti_xblocks.course.films.checks import outdated
from dti_xblocks.course.films.dubbing import NoPictureError, checked, parts, stitched, stretches
from dti_xblocks.course.films.index import Built, Track, film_file, note, picture_kit, read_index, spoken
from dti_xblocks.course.films.mp4 import NoFilmError, frames, keyframes
from dti_xblocks.course.films.reading import read
from dti_xblocks.course.films.storyboard import At, Line, OnScreen, Shot, Storyboard, Words
from dti_xblocks.course.films.timeline import timeline

pytestmark = pytest.mark.once
LINES = (Line("n", "Two words.", "Dos palabras."), Line("n", "Stop.", "Alto."))
SAID = {f"{shot}-{number}": 2.0 for shot in "abc" for number in (1, 2)}
BOARD = """title: {en: "One", es: "Uno"}
lesson: m01
idea: "An idea."
cast: {n: {voice: narrator}}
shots:
  - id: a
    scene: card
    lines: [{who: n, en: "Go.", es: "Ya."}]
    words: {at: 1, en: "Go", es: "Ya"}
"""


def film(*shots):
    return timeline(Storyboard("one", Words("One", "Uno"), "lesson", "idea", {}, shots), {"en": SAID})


def words(english, spanish):
    return OnScreen(Words(english, spanish), At(line=2))


def test_a_film_without_words_on_screen_has_no_picture_of_its_own():
    made = film(Shot("a", "lot", lines=LINES), Shot("b", "lot", lines=LINES, words=words("0:10", "0:10")))
    assert stretches(made, "es", [0, 80], 200) == []
    assert parts([], 200) == [((0, 200), False)]


def test_what_shows_words_is_drawn_from_key_frame_to_key_frame():
    made = film(
        Shot("a", "lot", lines=LINES), Shot("b", "lot", lines=LINES, words=words("One", "Uno")), Shot("c", "lot", lines=LINES)
    )
    on, off = made.shots[1].words * 16, (made.shots[1].end + 0.15) * 16  # until they have faded
    assert stretches(made, "es", [0, 50, 100, 120, 150, 190, 230], 260) == [(120, 190)]
    assert 120 <= on < 150 and 150 < off <= 190
    assert parts([(120, 190)], 260) == [((0, 120), False), ((120, 190), True), ((190, 260), False)]


def test_stretches_that_meet_are_one_and_the_last_ends_with_the_film():
    shots = [Shot(name, "lot", lines=LINES, words=words("One", "Uno")) for name in "abc"]
    assert stretches(film(*shots), "es", [0, 130], 270) == [(0, 270)]
    assert stretches(film(*shots[:1]), "es", [0, 20], 90) == [(20, 90)]
    assert parts([(20, 90)], 90) == [((0, 20), False), ((20, 90), True)]


@pytest.fixture
def plan(tmp_path):
    media, static = tmp_path / "media", tmp_path / "static"
    (media / "films").mkdir(parents=True)
    static.mkdir()
    path = media / "films/one.yaml"
    path.write_text(BOARD, encoding="utf-8")
    (static / film_file("one")).write_bytes(b"the English film")
    return Plan(path, read(path)[0], media, static, tmp_path / "var", ("es",))


def built(plan, **more):
    track = Track("f", digest(plan.static / film_file("one")), 16, -16.0, -2.0)
    made = Built(plan.board(), "r", picture_kit(), 4.0, 1, 1, 0.0, 9.0, {"en": track}, {"a-1": 2.0})
    made = replace(made, **more)
    note(plan.media, "one", made)
    return made


def again(plan):
    """The plan, as the next command makes it."""
    return Plan(plan.path, read(plan.path)[0], plan.media, plan.static, plan.var, plan.languages)


def test_lines_of_a_built_film_have_their_times_where_nothing_is_recorded(plan):
    built(plan)
    assert spoken(plan.media, plan.var, "one")["en"] == {"a-1": 2.0}
    (plan.var / "one").mkdir(parents=True)
    (plan.var / "one/es.json").write_text('{"a-1": 1.5}')
    assert checked(again(plan), read_index(plan.media)["one"], "es").lines == {"a-1": 2.0}
    (plan.var / "one/en.json").write_text('{"a-1": 1.25}')
    assert spoken(plan.media, plan.var, "one") == {"en": {"a-1": 1.25}, "es": {"a-1": 1.5}}


def test_a_line_that_takes_longer_than_it_has_is_refused(plan):
    made = built(plan)
    (plan.var / "one").mkdir(parents=True)
    (plan.var / "one/es.json").write_text('{"a-1": 2.5}')
    with pytest.raises(NoPictureError, match="a line takes longer in “es” than it has in the English film"):
        checked(again(plan), made, "es")


@pytest.mark.parametrize("change", ["not built", "another file", "another storyboard", "another kit"])
def test_without_the_english_film_as_it_was_built_there_is_no_other(plan, change):
    made = built(plan)
    if change == "another file":
        (plan.static / film_file("one")).write_bytes(b"another film")
    if change == "another storyboard":
        plan.path.write_text(BOARD + "    hold: 2\n", encoding="utf-8")
    said = replace(made, kit="older") if change == "another kit" else None if change == "not built" else made
    with pytest.raises(NoPictureError, match="Run: dti-course films one"):
        checked(again(plan), said, "es")


def test_a_film_in_another_language_is_stale_with_the_english_one(plan):
    made = built(plan)
    assert stale(plan, read_index(plan.media))
    (plan.static / film_file("one", "es")).write_bytes(b"the Spanish film")
    spanish = Track("f", "d", 16, -16.0, -2.0, picture=made.tracks["en"].file, said="s")
    assert not stale(plan, {"one": replace(made, tracks={**made.tracks, "es": spanish})})
    assert stale(plan, {"one": replace(made, tracks={**made.tracks, "es": replace(spanish, picture="older")})})


def test_a_film_with_the_picture_of_an_older_one_is_found(plan):
    made = built(plan)
    assert list(outdated(plan.media, plan.static, plan.path, plan.storyboard)) == []
    (plan.static / film_file("one", "es")).write_bytes(b"the Spanish film")
    (found,) = outdated(plan.media, plan.static, plan.path, plan.storyboard)
    assert found == (
        "one", "static/film-one.es.mp4 has the picture of an older film. Run: dti-course films one --language es",
    )  # fmt: skip
    spanish = Track("f", "d", 16, -16.0, -2.0, picture=made.tracks["en"].file)
    built(plan, tracks={**made.tracks, "es": spanish})
    assert list(outdated(plan.media, plan.static, plan.path, plan.storyboard)) == []


def test_what_is_taken_over_is_the_english_picture_frame_by_frame(tmp_path):
    cv2 = pytest.importorskip("cv2")
    np = pytest.importorskip("numpy")
    if not shutil.which("ffmpeg"):
        pytest.skip("ffmpeg is not installed")
    from dti_xblocks.course.films.encode import RATE, encode, join

    assert RATE == dubbing.RATE

    def picture(number, ground):
        """A bar that moves on a ground; every four seconds there is another ground."""
        made = np.full((72, 128, 3), (ground, 40 * (number // (4 * RATE)) + 30, 90), np.uint8)
        made[:, number % 120 : number % 120 + 8] = 220
        return made

    def seen(path):
        film, found = cv2.VideoCapture(str(path)), []
        while (frame := film.read()) and frame[0]:
            found.append(frame[1])
        return found

    count, silent, english = 36 * RATE, tmp_path / "en.silent.mp4", tmp_path / "en.mp4"
    encode((picture(number, 0) for number in range(count)), (128, 72), silent)
    join(silent, None, english)
    keys = keyframes(english)
    assert frames(english) == count and keys[0] == 0 and len(keys) > 3
    own = [(keys[1], keys[2]), (keys[-1], count)]
    pieces = {}
    for begin, end in own:
        pieces[begin] = tmp_path / f"{begin}.mp4"
        encode((picture(number, 200) for number in range(begin, end)), (128, 72), pieces[begin])
    made = tmp_path / "es.silent.mp4"
    stitched(english, parts(own, count), pieces, made)
    assert not list(tmp_path.glob("*.ffconcat")) and not any(path.exists() for path in pieces.values())
    assert frames(made) == count and set(keys) >= {0, *pieces} and set(pieces) <= set(keyframes(made))
    one, other = seen(english), seen(made)
    assert len(one) == len(other) == count
    for number in range(count):
        mine = any(begin <= number < end for begin, end in own)
        assert np.array_equal(one[number], other[number]) != mine
        assert abs(int(np.median(other[number][:, :, 0])) - (200 if mine else 0)) < 30


def test_a_file_that_cannot_be_cut_is_named(tmp_path):
    (tmp_path / "none.mp4").write_bytes(b"no film at all")
    with pytest.raises(NoFilmError, match=r"none\.mp4 has no stss"):
        keyframes(tmp_path / "none.mp4")
