"""Tutorials are followed word for word: their files are written, their commands run, and what they print is what is shown."""

import shlex
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from dti_xblocks.course.cli import _parser as parser
from dti_xblocks.course.films.rules import problems
from dti_xblocks.course.media.scene import read as read_scene
from tests import tutorials

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BIN = Path(sys.executable).parent  # where dti-course is installed
FIRST = DOCS / "first-scenario.md"
PAGES = sorted(path for path in [*DOCS.rglob("*.md"), ROOT / "README.md"] if "dti-course" in path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def followed(tmp_path_factory) -> Path:
    """The folder in which somebody has followed "A scenario in fifteen minutes"; each output was as it is shown."""
    folder, printed = tmp_path_factory.mktemp("first"), ""
    course = folder / "my-course/course.xml"
    for step in tutorials.steps(FIRST):
        if name := tutorials.FILE.search(step.said):
            folder.joinpath(name[1]).parent.mkdir(parents=True, exist_ok=True)
            folder.joinpath(name[1]).write_text(step.text, encoding="utf-8")
        elif step.language == "sh":
            printed = "" if "preview" in step.text else tutorials.shell(step.text, folder, str(BIN))
        elif step.language == "text":
            assert printed == step.text, step.said
        else:
            tutorials.edit(course, step)
    return folder


def test_a_scenario_in_fifteen_minutes_ends_with_an_archive(followed):
    assert [path.suffixes for path in (followed / "dist").iterdir()] == [[".tar", ".gz"]]


def test_the_scenario_of_the_tutorial_is_played_in_the_preview(followed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (line,) = [step.text for step in tutorials.steps(FIRST) if "preview" in step.text]
    command = [*shlex.split(line), "--port", str(port), "--state", str(tmp_path / "state")]
    command[0] = str(BIN / command[0])
    with subprocess.Popen(command, cwd=followed, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as preview:
        try:
            for printed in preview.stdout:
                if str(port) in printed:
                    break
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/unit/the-ride") as answer:
                html = answer.read().decode()
        finally:
            preview.terminate()
    assert "Ten to six. The shift is nearly over" in html and "Start the scenario" in html


def test_a_step_that_says_no_place_is_found(tmp_path):
    (tmp_path / "course.xml").write_text("<course><scene id='a'/></course>", encoding="utf-8")
    with pytest.raises(LookupError):
        tutorials.edit(tmp_path / "course.xml", tutorials.Step("xml", "<p/>", "Write something nice."))
    with pytest.raises(LookupError):
        tutorials.edit(tmp_path / "course.xml", tutorials.Step("xml", "<p/>", "put this in place of the scene `b`:"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_the_guides_is_one_that_there_is(page):
    """Each line that calls `dti-course` in a block for the shell is read by its own parser. Words in capitals are the reader's."""
    for step in tutorials.steps(page):
        for line in step.text.splitlines() if step.language == "sh" else ():
            words = shlex.split(line, comments=True)
            if words and words[0].endswith("dti-course"):
                end = next((at for at, word in enumerate(words) if word in ("|", "||", "&&", ">")), len(words))
                parser().parse_args(words[1:end])


def test_the_scene_of_the_tutorial_can_be_drawn(tmp_path):
    written = tutorials.files(DOCS / "scenes.md")
    (text,) = written.values()
    assert list(written) == ["media/scenes/my-scene.toml"]
    for base in (ROOT / "media/scenes").glob("_*.toml"):
        (tmp_path / base.name).write_bytes(base.read_bytes())
    path = tmp_path / "my-scene.toml"
    path.write_text(text, encoding="utf-8")
    scene = read_scene(path)
    assert [figure.name for figure in scene.figure] == ["woman", "officer"]
    image = next(step.text for step in tutorials.steps(DOCS / "scenes.md") if step.language == "xml")
    assert scene.alt in image


def test_the_shot_of_the_tutorial_is_a_shot_of_a_film(tmp_path):
    """The guide has one whole shot; with the beginning of a film of ours it is only too few shots, and too short."""
    shot = next(step.text for step in tutorials.steps(DOCS / "films.md") if step.language == "yaml")
    ours = (ROOT / "media/films/two-parking-lots.yaml").read_text(encoding="utf-8")
    path = tmp_path / "films/my-film.yaml"
    path.parent.mkdir()
    path.write_text(ours.partition("shots:\n")[0] + "shots:\n" + shot, encoding="utf-8")
    board, found = problems(path, ROOT / "media", {})
    assert board is not None
    assert sorted({one.code for one in found} - {"FM021"}) == ["FM018", "FM020"]
