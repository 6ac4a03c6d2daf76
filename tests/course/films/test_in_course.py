"""A film as a block of the course: its moments come when the storyboard says, and the unit keeps everything else."""

import pytest
from lxml import etree

from dti_xblocks.course.films.in_course import MomentsError, block, moments_file, placed, second, update
from dti_xblocks.course.films.storyboard import At, Line, OnScreen, Person, Shot, Storyboard, Words
from dti_xblocks.course.films.timeline import timeline
from dti_xblocks.video.olx import examine

pytestmark = pytest.mark.once
SCENE = """title = "A lot"
alt = "Two officers in a lot."
description = "x"
camera = { eye = [0, 1, 4], look = [0, 1, 0] }
"""
MOMENTS = """<!-- said by the storyboard -->
<moments unit="u1" then="sort">
  <question id="heard" at="lot.2.end">
    <prompt><p>What did she say?</p></prompt>
    <choice id="stop" correct="true"><text>Stop</text><feedback>So she did.</feedback></choice>
    <choice id="go"><text>Go &amp; look</text><feedback>Listen again.</feedback></choice>
  </question>
  <tape id="when" at="words.start" to="words.end">
    <prompt><p>Stop it.</p></prompt>
    <window kind="in-time" until="words.end" points="2"><feedback>Now.</feedback></window>
    <never><feedback>Nobody did.</feedback></never>
    <way id="say" points="1"><text>Say it</text><feedback>Yes.</feedback></way>
    <way id="wait"><text>Wait</text><feedback>No.</feedback></way>
  </tape>
</moments>
"""
UNIT = """<vertical display_name="One">
  <html url_name="u1-text"/>
  <dti_activity url_name="sort"><task>Sort.</task></dti_activity>
</vertical>
"""
LINES = (Line("n", "It’s quiet.", "Silencio."), Line("ann", "Stop <now>.", "Alto."))
CAST = {"n": Person("narrator"), "ann": Person("woman", Words("Ann", "Ana"))}
SECONDS = {"en": {"lot-1": 2.0, "lot-2": 1.0}}


@pytest.fixture
def media(tmp_path):
    (tmp_path / "media/scenes").mkdir(parents=True)
    (tmp_path / "media/scenes/lot.toml").write_text(SCENE, encoding="utf-8")
    moments_file(tmp_path / "media", "one").parent.mkdir(parents=True)
    moments_file(tmp_path / "media", "one").write_text(MOMENTS, encoding="utf-8")
    return tmp_path / "media"


def film(**more):
    shots = (
        Shot("lot", "lot", lines=LINES),
        Shot("words", "card", words=OnScreen(Words("One word", "Una palabra"), At(line=1))),
    )
    return timeline(Storyboard("one", Words("One", "Uno"), "u", "idea", CAST, shots, **more), SECONDS)


def test_a_time_is_that_of_a_shot_or_of_its_line():
    made = film()
    lot = made.shots[0]
    assert second(made, "lot.start") == 0
    assert second(made, "lot.end") == round(lot.end - 0.2, 1)  # still before the cut
    assert (second(made, "lot.2"), second(made, "lot.2.end")) == (round(lot.lines[1].start, 1), round(lot.lines[1].end, 1))


@pytest.mark.parametrize("said", ["lot", "lot.9", "lot.0", "lot.begin", "yard.start", "3.5", ""])
def test_a_time_that_is_none_is_refused(said):
    with pytest.raises(MomentsError, match="lines" if said in ("lot.9", "lot.0") else "no time of this film"):
        second(film(), said)


def test_the_block_is_a_film_without_problems(media):
    made = block(film(), media)
    video, problems = examine("".join(etree.tostring(child, encoding="unicode") for child in made))
    assert problems == []
    assert (made.get("url_name"), made.get("display_name"), video.film.src) == ("film-one", "One", "/static/film-one.mp4")
    assert [one.lang for one in video.captions] == ["en", "es-419"]
    assert [(one.at, one.src, one.alt) for one in video.stills] == [
        (0.0, "/static/film-one-1.webp", "Two officers in a lot."),
        (round(film().shots[1].start, 1), "/static/film-one-2.webp", "On a dark ground is written: One word"),
    ]
    assert video.moments[0].at == second(film(), "lot.2.end") and video.film.seconds <= film().seconds


def test_the_stills_say_what_is_said_and_by_whom(media):
    first = block(film(), media).find("still")
    assert [one.text for one in first] == ["It’s quiet.", "Ann: “Stop <now>.”"]


@pytest.mark.parametrize(("true", "begins"), [(True, "Real events, told from: "), (False, "It rests on: ")])
def test_the_last_still_names_what_the_film_rests_on(media, true, begins):
    last = block(film(true_story=true, sources=("shaw-v-stroud",)), media).findall("still")[-1]
    assert last[-1].text == f"{begins}Shaw v. Stroud, 13 F.3d 791 (4th Cir. 1994)."


def test_the_film_stands_after_the_text_and_is_put_right_in_its_place(media):
    once = placed(UNIT, "u1", block(film(), media))
    lines = once.splitlines()
    assert lines[1] == '  <html url_name="u1-text"/>' and lines[2].startswith("  <dti_video ")
    assert once.endswith('  <dti_activity url_name="sort"><task>Sort.</task></dti_activity>\n</vertical>\n')
    assert etree.fromstring(once).find("dti_video/question").get("id") == "heard"
    assert placed(once, "u1", block(film(), media)) == once
    assert placed(once.replace("Two officers", "Three officers"), "u1", block(film(), media)) == once


def test_a_unit_without_its_text_is_refused(media):
    with pytest.raises(MomentsError, match="no text “u2-text”"):
        placed(UNIT, "u2", block(film(), media))


def test_an_update_writes_only_what_changes(media, tmp_path):
    root = tmp_path / "course"
    (root / "vertical").mkdir(parents=True)
    with pytest.raises(MomentsError, match="no unit “u1”"):
        update(root, media, [film()])
    (root / "vertical/u1.xml").write_text(UNIT, encoding="utf-8")
    assert update(root, media, [film()]) == [root / "vertical/u1.xml"]
    assert update(root, media, [film()]) == []


def test_moments_that_are_no_xml_or_not_there_are_refused(media):
    moments_file(media, "one").write_text("<moments>", encoding="utf-8")
    with pytest.raises(MomentsError, match=r"one\.xml: "):
        block(film(), media)
    moments_file(media, "one").unlink()
    with pytest.raises(MomentsError, match=r"one\.xml"):
        block(film(), media)
