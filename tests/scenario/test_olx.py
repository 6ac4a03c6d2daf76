"""Reading the authored XML."""

import re

import pytest

from dti_xblocks.scenario import olx
from dti_xblocks.scenario.model import Choice, Ending, Level, Line
from tests.scenario.example import CONTENT, scenario


def test_the_whole_model_is_read():
    story = scenario()
    assert story.introduction == "<p>Introduction-words.</p>"
    assert story.levels[0] == Level("officer", "Officer level", "Officer-means.")
    assert [scene.id for scene in story.scenes] == ["arrival", "stairs", "desk", "aftermath"]
    arrival = story.scene("arrival")
    assert (arrival.title, arrival.level, arrival.place, arrival.time) == ("Arrival-title", "officer", "Parking-lot", "23:40")
    assert arrival.lines == (Line("<p>Arrival-story with <em>weight</em>.</p>"), Line("Arrival-speech.", "Officer Reyes"))
    speak = ("speak", "stairs", 7300, "Speak-text.", "<p>Speak-outcome.</p>", "<p>Speak-why.</p>", ("byrd-v-brishke",))
    assert arrival.choice("speak") == Choice(*speak)
    assert story.ending("lost") == Ending("lost", "Lost-title", "bad", (Line("<p>Lost-story.</p>"),))
    assert story.strays == ()


def test_the_version_is_that_of_the_story_not_of_its_indentation():
    version = scenario().version
    assert len(version) == 64
    assert olx.read(re.sub(r">\s+<", "><", CONTENT)).version == version
    assert olx.read(CONTENT.replace("Speak-outcome", "Speak-other")).version != version
    assert olx.read(CONTENT.replace('points="7300"', 'points="7301"')).version != version


def test_lines_are_counted_from_the_start_of_the_content():
    lines = CONTENT.split("\n")
    for item in (*scenario().scenes, *scenario().endings, *scenario().scenes[0].choices):
        assert f'id="{item.id}"' in lines[item.line - 1]


def test_comments_are_no_part_of_the_story():
    story = scenario('<!-- a --><scene id="a"><!-- b --><p>One <!-- c -->two.</p><say who="X"><!-- only --></say></scene>')
    assert [line.who for line in story.scenes[0].lines] == ["", "X"]
    assert story.scenes[0].lines[1].html == ""
    assert story.strays == ()


@pytest.mark.parametrize(
    "content, line",
    [
        ("\n\n<scene id='a'>", 3),
        ("<scene>&nbsp;</scene>", 1),
        ("</content><content>", 1),
        ("<p>\x00</p>", 0),
        ("<a>" * 300 + "</a>" * 300, 1),
    ],
)
def test_what_is_no_xml_is_refused_with_its_line(content, line):
    with pytest.raises(olx.ScenarioUnreadable) as refusal:
        olx.read(content)
    assert "not well-formed" in str(refusal.value)
    assert refusal.value.line == line or line == 0


def test_an_empty_content_is_an_empty_scenario():
    assert scenario("").scenes == ()


@pytest.mark.parametrize("points", ["", "three", "-1", "1.5", " 3 4", "1e3", "٣", "9999999"])
def test_points_that_are_no_whole_number_are_none(points):
    story = scenario(f'<scene id="a"><choice id="b" to="c" points="{points}"/></scene>')
    assert story.scenes[0].choices[0].points is None


@pytest.mark.parametrize(
    "content, kind, name",
    [
        ("<chapter/>", "element", "chapter"),
        ('<scene id="a"><video/></scene>', "element", "video"),
        ('<scene id="a"><choice><hint/></choice></scene>', "element", "hint"),
        ('<scene id="a" mood="dark"/>', "attribute", "mood"),
        ('<scene id="a"><choice><text lang="en">x</text></choice></scene>', "attribute", "lang"),
        ('<scene id="a"><p class="x">y</p></scene>', "attribute", "class"),
        ('<scene id="a"><p><script>y</script></p></scene>', "tag", "script"),
        ('<scene id="a"><choice><text><p>y</p></text></choice></scene>', "tag", "p"),
        ('<scene id="a">lost words</scene>', "text", "lost words"),
        ("lost words", "text", "lost words"),
        ('<scene id="a"><choice>lost words</choice></scene>', "text", "lost words"),
        ('<scene id="a"><say>Hello.</say></scene>', "speaker", "say"),
    ],
)
def test_what_has_no_place_is_kept_as_a_stray(content, kind, name):
    assert [(stray.kind, stray.name) for stray in scenario(content).strays] == [(kind, name)]
