"""Who speaks, whom the learner plays, and what a screen has of both."""

from dataclasses import replace

import pytest

from dti_xblocks.scenario import olx, play
from dti_xblocks.scenario.cast import COLORS, Face, Said, becomes, initials
from dti_xblocks.scenario.model import Line, Media, Person
from dti_xblocks.scenario.screen import CONSEQUENCE, PLACE, ROLE, present
from tests.scenario import example, sample_full
from tests.scenario.made_up import written
from tests.scenario.sample_cast import CONTENT, scenario
from tests.scenario.sample_full import when

DELANEY = Face("Officer Delaney", "Delaney-role", "", "OD", 0)
TILLMAN = Face("Officer Tillman", "Tillman-role", "/static/tillman.webp", "WT", 1)
OKAFOR = Face("Sergeant Okafor", "Okafor-role", "", "SO", 2)


def after(*choices: tuple[str, str], pace: int = play.NO_CLOCK):
    entries = [[scene, choice, when(number).isoformat()] for number, (scene, choice) in enumerate(choices)]
    return play.replay(scenario(), entries, pace, when(len(choices)))


def screen(state, shown=PLACE):
    return present(scenario(), state, lambda slug: None, when(9), shown)


def test_the_cast_and_who_names_it_is_read():
    story = scenario()
    assert story.people == (
        Person("delaney", "Officer Delaney", "Delaney-role"),
        Person("tillman", "Officer Tillman", "Tillman-role", "/static/tillman.webp", "WT"),
        Person("okafor", "Sergeant Okafor", "Okafor-role", knows="<p>Okafor-knows.</p>", knows_not="<p>Okafor-knows-not.</p>"),
    )
    lot = story.scenes[0]
    assert (lot.you, lot.audio) == ("delaney", "/static/lot.mp3")
    assert lot.lines[2:4] == (
        Line("Tillman-speech.", by="tillman", audio="/static/tillman-1.mp3"),
        Line("Delaney-speech.", by="delaney"),
    )
    assert lot.lines[5] == Line("Okafor-radio.", by="okafor", over="radio")
    assert story.strays == ()
    lines = CONTENT.split("\n")
    assert all(f'id="{person.id}"' in lines[person.line - 1] for person in story.people)


@pytest.mark.parametrize("between", ["", "\n  "])
def test_a_cast_written_out_is_the_same_cast(between):
    story = scenario()
    again = olx.read(written(story, between))
    assert again == story
    assert again.version == story.version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('role="Delaney-role"', 'role="Another"'),
        ('portrait="/static/tillman.webp"', ""),
        ("Okafor-knows-not.", "Another."),
        ('by="delaney"', 'by="tillman"'),
        (' over="radio"', ""),
        ('as="okafor"', 'as="delaney"'),
        (' audio="/static/lot.mp3"', ""),
    ],
)
def test_the_cast_is_part_of_the_version(old, new):
    assert CONTENT.count(old)
    assert olx.read(CONTENT.replace(old, new, 1)).version != scenario().version


def test_the_same_words_in_another_field_are_another_version():
    one, other = (olx.read(f'<scene id="a"><say who="x" {name}="y">z</say></scene>').version for name in ("by", "audio"))
    assert one != other


def test_what_was_played_before_there_was_a_cast_keeps_its_version():
    assert example.scenario().version == "c99252cf9536c3590ceabc1b5ca1cc4513a0eca9d94bd4612b6cf84fd12e7b0f"
    assert sample_full.scenario().version == "5c2a810f65f649b9a93bca755a1a26dccfb2f5ff353b496fb48cfb2c248949a7"


def test_lines_have_faces_and_the_learner_knows_their_own():
    moment = screen(after()).moment
    assert moment.lines[0] == Line("<p>Lot-story.</p>")
    assert moment.lines[1] == Said(TILLMAN, "Tillman-speech.", you=False, radio=False, audio="/static/tillman-1.mp3")
    assert moment.lines[2] == Said(DELANEY, "Delaney-speech.", you=True, radio=False, audio="")
    stranger = moment.lines[3].face
    assert (stranger.name, stranger.initials, stranger.role, stranger.portrait) == ("Mr. Vail", "V", "", "")
    assert 0 <= stranger.color < COLORS
    assert moment.lines[4] == Said(OKAFOR, "Okafor-radio.", you=False, radio=True, audio="")


def test_a_name_that_is_in_the_cast_is_that_person():
    (_story, said) = screen(after(("lot", "stop"))).moment.lines
    assert said.face == TILLMAN


def test_the_learners_own_words_at_the_end_are_those_of_whom_they_played_last():
    assert screen(after(("lot", "stop"), ("office", "ask"))).close.lines[1].you
    assert not screen(after(("lot", "wait"), ("walk", "hush"))).close.lines[1:]


def test_a_picture_before_everything_else_is_what_the_title_stands_on():
    first, second = screen(after()).moment, screen(after(("lot", "wait"))).moment
    assert first.picture == Media("image", "/static/lot.webp", alt="Lot-picture")
    assert first.picture not in first.lines
    assert first.audio == "/static/lot.mp3"
    assert second.picture is None
    assert second.lines[1] == Media("image", "/static/walk.webp", alt="Walk-picture")


def test_everybody_is_introduced_before_the_start():
    opening = screen(None)
    assert opening.people == (DELANEY, TILLMAN, OKAFOR)
    assert "knows" not in repr(opening)


def test_a_new_role_has_a_card_of_its_own():
    state = after(("lot", "stop"))
    card = screen(state, ROLE)
    assert (card.role.face, card.role.knows, card.role.knows_not) == (
        OKAFOR,
        "<p>Okafor-knows.</p>",
        "<p>Okafor-knows-not.</p>",
    )
    assert (card.feedback, card.gate, card.moment, card.close) == (None, None, None, None)
    assert "Office" not in repr(card), "the scene is not due yet"
    assert "Okafor-knows" not in repr(screen(state, CONSEQUENCE))
    assert screen(state).role is None


def test_only_a_change_is_a_new_role():
    assert becomes(scenario(), after()) is None, "at the start the introduction says who one is"
    assert becomes(scenario(), after(("lot", "wait"))) is None
    assert becomes(scenario(), after(("lot", "stop"))).id == "okafor"
    assert becomes(scenario(), after(("lot", "stop"), ("office", "ask"))) is None
    assert screen(after(("lot", "wait")), ROLE).moment, "no card, so the place"
    unknown = replace(scenario(), people=())
    assert becomes(unknown, after(("lot", "stop"))) is None


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Officer Tillman", "OT"),
        ("Mr. Vail", "V"),
        ("Dr. A. B.", "DB"),
        ("Dispatch", "D"),
        ("Man in the work jacket", "MJ"),
        ("(off) voice", "V"),
        ("ödön", "Ö"),
        ("شرطي", "ش"),
        ("—", ""),
        ("", ""),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters
