"""The poster of a film: its first picture, or the shot that the file beside the storyboards names."""

from pathlib import Path

import pytest

from dti_xblocks.course.films.posters import named, poster_shot
from dti_xblocks.course.films.reading import storyboard_files
from dti_xblocks.course.films.storyboard import CARD, Shot, Storyboard, Words

MEDIA = Path(__file__).parents[3] / "media"


def board(*scenes: str, name: str = "one") -> Storyboard:
    shots = tuple(Shot(id=f"s{number}", scene=scene) for number, scene in enumerate(scenes))
    return Storyboard(name, Words("One", "Uno"), "m01", "An idea.", {}, shots)


@pytest.mark.parametrize(
    ("said", "shot"),
    [("", 1), ("one = 3", 2), ("other = 3", 1), ("one = 1", 1), ("one = 9", 1), ("one = 0", 1)],
    ids=["none named", "named", "another film", "a card", "not there", "no number of a shot"],
)
def test_it_is_the_shot_that_is_named_or_the_first_that_is_a_picture(tmp_path, said, shot):
    (tmp_path / "films").mkdir()
    (tmp_path / "films/posters.toml").write_text(said)
    assert poster_shot(board(CARD, "lot", "hall"), tmp_path) == shot


def test_without_a_file_each_film_shows_its_first_picture(tmp_path):
    assert named(tmp_path) == {} and poster_shot(board("lot", "hall"), tmp_path) == 0


def test_ours_name_films_and_shots_that_there_are():
    have = {path.stem for path in storyboard_files(MEDIA)}
    assert named(MEDIA) and set(named(MEDIA)) <= have
    for name, number in named(MEDIA).items():
        assert (MEDIA.parent / f"course_export/static/film-{name}-{number}.webp").is_file(), name
