"""Scene files: what they may say, what they take over, and what an author is told who gets one wrong."""

import pytest

from dti_xblocks.course.media.scene import SceneFileError, digest, read, scene_files, written

SCENE = """title = "A dot"
alt = "A dot of light."
description = "A dark room. In its middle hangs a dot of light, no larger than a coin, and nothing else is to be seen."
camera = { eye = [0, 1, 4], look = [0, 1, 0] }
"""


@pytest.fixture
def scenes(tmp_path):
    folder = tmp_path / "scenes"
    folder.mkdir()

    def write(name, text):
        path = folder / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_scene_has_what_its_file_says_and_defaults_for_the_rest(scenes):
    scene = read(scenes("dot", SCENE + 'figure = [{ name = "one", at = [1, 2] }]\nrain = 7\n'))
    assert (scene.name, scene.title, scene.rain, scene.width, scene.height) == ("dot", "A dot", 7, 1280, 720)
    assert scene.camera.eye == (0, 1, 4) and scene.camera.view == 44
    assert [(one.name, one.at, one.pose, one.wear) for one in scene.figure] == [("one", (1, 2), "stand", "officer")]


def test_a_scene_takes_over_from_another_and_changes_what_it_names(scenes):
    scenes(
        "_room",
        SCENE + 'figure = [{ name = "a", turn = 1 }, { name = "b", turn = 2 }]\nlight = [{ kind = "fill", way = [0, 1, 0] }]\n',
    )
    path = scenes("more", 'like = "_room"\ntitle = "Two"\nwithout = ["b"]\nfigure = [{ name = "a", turn = 9 }, { name = "c" }]\n')
    scene = read(path)
    assert scene.title == "Two" and scene.alt == "A dot of light."
    assert [(one.name, one.turn) for one in scene.figure] == [("a", 9), ("c", 0)]
    assert [one.kind for one in scene.light] == ["fill"]
    assert [one.stem for one in scene_files(path.parent.parent)] == ["more"]


def test_the_digest_follows_what_is_said_here_and_there_and_no_comment(scenes):
    room, path = scenes("_room", SCENE), scenes("more", 'like = "_room"\n')
    before = digest(path)
    room.write_text("# a word\n" + SCENE, encoding="utf-8")
    assert digest(path) == before
    room.write_text(SCENE.replace("[0, 1, 4]", "[0, 1, 5]"), encoding="utf-8")
    assert digest(path) != before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SCENE + "rian = 7\n", "dot.toml: the key “rian” is not known. Known are: alt, bokeh, camera"),
        (SCENE + 'figure = [{ name = "a", pos = 1 }]\n', "dot.toml: [[figure]] has no key “pos”. Known are: at, build"),
        (SCENE + "figure = [{ at = [0, 0] }]\n", "dot.toml: [[figure]] is incomplete"),
        (SCENE + "figure = [1]\n", "dot.toml: “figure” is a table"),
        (SCENE.replace('alt = "A dot of light."\n', ""), "dot.toml: “alt” is missing."),
        (SCENE + "title = 1\n", "dot.toml: this is no TOML"),
        ('like = "gone"\n', "gone.toml: there is no such scene file."),
    ],
)
def test_a_faulty_file_is_refused_with_what_to_do(scenes, text, said):
    with pytest.raises(SceneFileError) as caught:
        read(scenes("dot", text))
    assert str(caught.value).startswith(said)


def test_what_is_written_is_plain_toml(scenes):
    assert written(scenes("dot", SCENE))["camera"] == {"eye": [0, 1, 4], "look": [0, 1, 0]}
