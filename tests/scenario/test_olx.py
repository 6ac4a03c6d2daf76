"""Reading the authored XML."""

import re
import unicodedata

import pytest

from dti_xblocks.scenario import olx
from dti_xblocks.scenario.model import Choice, Effect, Ending, Level, Line, Media, Meter, Need
from tests.scenario import sample_full
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


def test_meters_clocks_and_what_is_to_be_seen_and_heard_are_read():
    story = sample_full.scenario(score_by="both")
    assert story.score_by == "both"
    assert story.meters == (
        Meter("trust", "Trust-name", "Trust-means.", 50, 0, 100, "play"),
        Meter("record", "Record-name", "Record-means.", 31, -40, 90, "end"),
    )
    curb, door, hall = (story.scene(name) for name in ("curb", "door", "hall"))
    assert (curb.clock, curb.timeout, door.clock, door.timeout) == (20, "freeze", 0, "")
    assert curb.lines[1] == Media("image", "/static/curb.png", alt="Curb-picture")
    video = Media(
        "video", "/static/door.mp4", title="Door-video", captions="/static/door.vtt", transcript="<p>Door-transcript.</p>"
    )
    assert door.lines == (Line("Door-speech.", "Officer Reyes"), video)
    assert hall.lines[1] == Media("audio", "/static/hall.mp3", title="Hall-audio", transcript="<p>Hall-transcript.</p>")
    assert (hall.needs, hall.otherwise) == ((Need("meter", "trust", at_least=40),), "yard")
    assert [choice.offered for choice in curb.choices] == [True, True, False]
    assert curb.choice("call").effects == (Effect("trust", 20), Effect("record", 4))
    assert [choice.level for choice in curb.choices] == ["signal", "words", ""]
    assert door.choice("firm").needs == (Need("choice", "curb/call"),)
    assert door.choice("retreat").needs == (Need("meter", "trust", at_least=85, negated=True),)
    honored = story.ending("honored")
    assert (honored.points, honored.needs, honored.otherwise) == (50, (Need("level", "words"),), "blamed")
    assert story.ending("lost").points == 0
    assert story.strays == ()


@pytest.mark.parametrize(
    ("attributes", "need"),
    [
        ('meter="m" at-least="4"', Need("meter", "m", 4, None)),
        ('meter="m" at-least="-4" at-most="+9"', Need("meter", "m", -4, 9)),
        ('meter="m"', Need("meter", "m")),
        ('choice="s/c"', Need("choice", "s/c")),
        ('level=" l "', Need("level", "l")),
        ("", Need("", "")),
        ('meter="m" level="l"', Need("", "")),
        ('meter="m" at-least="four"', Need("", "")),
        ('meter="m" at-least=""', Need("", "")),
        ('level="l" at-least="4"', Need("", "", 4)),
    ],
)
def test_a_condition_names_one_thing_or_is_unclear(attributes, need):
    (read,) = olx.read(f'<scene id="a"><needs {attributes}/></scene>').scenes[0].needs
    assert read == need


@pytest.mark.parametrize(
    ("number", "read"),
    [("", 50), ("7", 7), ("-7", -7), ("+7", 7), ("7.0", None), ("seven", None), ("--7", None), ("9999999", None)],
)
def test_a_meters_numbers_are_whole(number, read):
    assert olx.read(f'<meter id="a" start="{number}">b</meter>').meters[0].start == read


@pytest.mark.parametrize(("clock", "read"), [("", 0), ("0", 0), ("20", 20), ("-20", None), ("20s", None), ("2.5", None)])
def test_a_clock_is_a_number_of_seconds(clock, read):
    assert olx.read(f'<scene id="a" clock="{clock}"/>').scenes[0].clock == read


def test_the_version_is_that_of_the_story_not_of_its_indentation():
    version = scenario().version
    assert len(version) == 64
    assert olx.read(re.sub(r">\s+<", "><", CONTENT)).version == version
    assert olx.read(CONTENT.replace("Speak-outcome", "Speak-other")).version != version
    assert olx.read(CONTENT.replace('points="7300"', 'points="7301"')).version != version
    assert olx.read(CONTENT, "both").version != version


def test_the_version_is_the_same_in_every_unicode_form():
    old = CONTENT.replace("</p>", " José, señor 각.</p>", 1)
    new = unicodedata.normalize("NFD", old)
    assert new != old
    assert olx.read(new).version == olx.read(old).version != olx.read(CONTENT).version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('clock="20"', 'clock="21"'),
        ('timeout="freeze"', 'timeout="look"'),
        ('offered="no"', ""),
        ('at-least="40"', 'at-least="41"'),
        ('at-least="40"', 'at-most="40"'),
        ("<needs-not ", "<needs "),
        ('by="5"', 'by="6"'),
        ('otherwise="yard"', 'otherwise="lost"'),
        ('show="end"', ""),
        ('alt="Curb-picture"', 'alt="Another"'),
        ('alt="Curb-picture"', 'alt="Curb-picture" decorative="yes"'),
        ("Hall-transcript", "Another"),
        ('result="good" points="50"', 'result="good" points="51"'),
    ],
)
def test_the_version_is_of_everything_that_is_authored(old, new):
    assert old in sample_full.CONTENT
    assert olx.read(sample_full.CONTENT.replace(old, new, 1)).version != sample_full.scenario().version


def test_lines_are_counted_from_the_start_of_the_content():
    lines = sample_full.CONTENT.split("\n")
    story = sample_full.scenario()
    for item in (*story.meters, *story.scenes, *story.endings, *story.scenes[0].choices):
        assert f'id="{item.id}"' in lines[item.line - 1]
    assert "<needs meter" in lines[story.scene("hall").needs[0].line - 1]
    assert 'by="5"' in lines[story.scene("curb").choice("look").effects[0].line - 1]
    assert "<video" in lines[story.scene("door").lines[1].line - 1]


def test_comments_are_no_part_of_the_story():
    story = scenario('<!-- a --><scene id="a"><!-- b --><p>One <!-- c -->two.</p><say who="X"><!-- only --></say></scene>')
    assert [line.who for line in story.scenes[0].lines] == ["", "X"]
    assert story.scenes[0].lines[1].html == ""
    assert story.strays == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("\n\n<scene id='a'>", 3),
        ("<scene>&nbsp;</scene>", 1),
        ("</content><content>", 1),
        ("<p>\x00</p>", 0),
        ("<a>" * 300 + "</a>" * 300, 1),
    ],
)
def test_what_is_no_xml_is_refused_with_its_line(content, line):
    with pytest.raises(olx.ScenarioUnreadableError) as refusal:
        olx.read(content)
    assert "not well-formed" in str(refusal.value)
    assert line in (refusal.value.line, 0)


def test_an_empty_content_is_an_empty_scenario():
    assert scenario("").scenes == ()


@pytest.mark.parametrize("points", ["", "three", "-1", "1.5", " 3 4", "1e3", "٣", "9999999"])
def test_points_that_are_no_whole_number_are_none(points):
    story = scenario(f'<scene id="a"><choice id="b" to="c" points="{points}"/></scene>')
    assert story.scenes[0].choices[0].points is None


@pytest.mark.parametrize(
    ("content", "kind", "name"),
    [
        ("<chapter/>", "element", "chapter"),
        ('<scene id="a"><chapter/></scene>', "element", "chapter"),
        ('<ending id="a"><choice/></ending>', "element", "choice"),
        ('<scene id="a"><image src="/static/a.png" alt="b"><p>c</p></image></scene>', "element", "p"),
        ('<scene id="a"><image src="/static/a.png" alt="b" width="9"/></scene>', "attribute", "width"),
        ('<scene id="a"><image src="/static/a.png" decorative="so"/></scene>', "attribute", "decorative=so"),
        ('<scene id="a"><video title="b"><track/></video></scene>', "element", "track"),
        ('<scene id="a"><audio>lost words</audio></scene>', "text", "lost words"),
        ('<scene id="a"><needs level="b" after="c"/></scene>', "attribute", "after"),
        ('<scene id="a"><needs level="b">lost words</needs></scene>', "text", "lost words"),
        ('<scene id="a"><choice offered="perhaps"/></scene>', "attribute", "offered=perhaps"),
        ('<scene id="a"><choice><effect meter="b" by="1" to="c"/></choice></scene>', "attribute", "to"),
        ('<meter id="a" min="0">b</meter>', "attribute", "min"),
        ('<meter id="a"><script>b</script></meter>', "tag", "script"),
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
