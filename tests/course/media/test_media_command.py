"""`dti-course media`: builds what is out of date, once; removes what is gone; says what is wrong."""

import shutil

import pytest
from PIL import Image

from dti_xblocks.course.cli import main
from dti_xblocks.course.media.index import read_index

pytestmark = pytest.mark.once
SCENE = """title = "A dot"
alt = "A dot of light."
description = "A dark room. In its middle hangs a dot of light, no larger than a coin, and nothing else is to be seen."
width = 64
height = 36
camera = { eye = [0, 1, 4], look = [0, 1, 0] }
prop = [{ kind = "ground" }]
light = [{ kind = "fill", way = [0, 1, 0] }]
"""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "course/static").mkdir(parents=True)
    (tmp_path / "media/scenes").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "media/LICENSES.md").write_text("Ours.\n")
    (tmp_path / "media/scenes/dot.toml").write_text(SCENE, encoding="utf-8")
    return tmp_path


def media(place, *options):
    return main(["media", str(place / "course"), "--jobs", "1", *options])


def test_it_builds_once_and_again_what_has_changed(place, capsys):
    assert media(place, "--check") == 1
    assert "dot: The picture static/scene-dot.webp was not built" in capsys.readouterr().out
    assert media(place) == 0
    picture = place / "course/static/scene-dot.webp"
    first = picture.read_bytes()
    assert "1/1 scene-dot.webp" in capsys.readouterr().out and "A dot of light." in (place / "docs/pictures.md").read_text()
    assert media(place) == 0 and "scene-dot.webp (" not in capsys.readouterr().out
    assert media(place, "--all") == 0 and picture.read_bytes() == first
    scene = place / "media/scenes/dot.toml"
    scene.write_text(SCENE.replace("[0, 1, 4]", "[0, 2, 4]"), encoding="utf-8")
    assert media(place, "--check") == 1 and "This scene was changed after" in capsys.readouterr().out
    assert media(place) == 0 and picture.read_bytes() != first
    assert media(place, "--only", "dot", "--all") == 0


@pytest.fixture
def wide(place):
    scene = place / "media/scenes/dot.toml"
    scene.write_text(SCENE.replace("width = 64", "width = 656").replace("height = 36", "height = 369"), encoding="utf-8")
    return place


def test_a_wide_picture_gets_a_second_size_without_being_drawn_again(wide, capsys):
    assert media(wide) == 0
    large, small = wide / "course/static/scene-dot.webp", wide / "course/static/scene-dot-640.webp"
    first, before = small.read_bytes(), large.stat().st_mtime_ns
    with Image.open(small) as picture:
        assert (picture.format, picture.size) == ("WEBP", (640, 360))
    small.unlink()
    capsys.readouterr()
    assert media(wide, "--check") == 1
    assert "dot: The second size static/scene-dot-640.webp was not made" in capsys.readouterr().out
    assert media(wide) == 0 and (small.read_bytes(), large.stat().st_mtime_ns) == (first, before)
    assert "1/1 scene-dot.webp" not in capsys.readouterr().out


def test_a_second_size_follows_its_picture(wide, capsys):
    assert media(wide) == 0
    small = wide / "course/static/scene-dot-640.webp"
    first = small.read_bytes()
    Image.new("RGB", (656, 369), "#336699").save(wide / "course/static/scene-dot.webp")
    assert media(wide, "--check") == 1
    assert "dot: static/scene-dot-640.webp was not made from the picture that is there now" in capsys.readouterr().out
    assert media(wide) == 0 and small.read_bytes() != first
    small.write_bytes(first)
    assert media(wide, "--check") == 1  # nor is it another one's
    assert media(wide, "--only", "dot") == 0 and media(wide, "--check") == 0


def test_a_second_size_goes_with_its_picture(wide):
    assert media(wide) == 0
    (wide / "media/scenes/dot.toml").rename(wide / "media/scenes/point.toml")
    assert media(wide) == 0
    assert sorted(path.name for path in (wide / "course/static").iterdir()) == ["scene-point-640.webp", "scene-point.webp"]
    (wide / "course/static/scene-old-640.webp").write_bytes(b"")
    assert media(wide, "--check") == 1


def test_what_is_gone_is_removed(place, capsys):
    assert media(place) == 0
    (place / "media/scenes/dot.toml").rename(place / "media/scenes/point.toml")
    assert media(place) == 0
    assert sorted(path.name for path in (place / "course/static").iterdir()) == ["scene-point.webp"]
    assert list(read_index(place / "media")) == ["point"] and "removed scene-dot.webp" in capsys.readouterr().out


def test_a_preview_and_a_sheet_are_pictures(place, capsys):
    assert media(place, "--preview", str(place / "quick")) == 0
    assert (place / "quick/dot.png").read_bytes().startswith(b"\x89PNG")
    assert media(place, "--sheet", str(place / "sheet.jpg")) == 0
    assert (place / "sheet.jpg").read_bytes().startswith(b"\xff\xd8")


def test_findings_say_what_to_do(place, capsys):
    assert media(place) == 0
    (place / "media/LICENSES.md").unlink()
    (place / "course/static/scene-old.webp").write_bytes(b"")
    scene = place / "media/scenes/dot.toml"
    scene.write_text(SCENE.replace("A dot of light.", "word " * 40), encoding="utf-8")
    assert media(place, "--check") == 1
    said = capsys.readouterr().out
    assert "“alt” has 200 characters" in said and "LICENSES.md is missing" in said and "is the picture of no scene" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [(["--only", "gone"], "There is no scene “gone”"), (["--only", "bad"], "the key “rian” is not known")],
)
def test_what_cannot_be_built_is_refused(place, capsys, options, said):
    (place / "media/scenes/bad.toml").write_text(SCENE + "rian = 1\n", encoding="utf-8")
    assert media(place, *options) != 0
    assert said in capsys.readouterr().err


def test_a_course_without_sources_is_told_where_they_belong(place, capsys):
    shutil.rmtree(place / "media")
    assert media(place) == 2 and "There is no folder media/scenes beside" in capsys.readouterr().err
