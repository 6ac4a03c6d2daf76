"""How long the course takes: each kind of content by its own measure."""

import pytest
from lxml import etree

from dti_xblocks.case_law.library import library
from dti_xblocks.course import measures
from dti_xblocks.course.cli import main
from dti_xblocks.course.minutes import Time, Timed, off, sum_off, time_of, timed
from dti_xblocks.course.model import Block, OlxCourse
from dti_xblocks.course.olx import read
from dti_xblocks.course.outline import Item, outline
from dti_xblocks.course.source import shipped_course

QUESTION = (
    "<problem><label>one two</label><choicegroup><choice correct='true'>three<choicehint>four five</choicehint></choice>"
    "<choice correct='false'>six<choicehint>not read</choicehint></choice></choicegroup><solution>seven</solution></problem>"
)


def block(text: str, *children: Block, url_name: str = "b") -> Block:
    node = etree.fromstring(text)
    return Block(node.tag, url_name, node, "vertical/x.xml", 1, children=list(children))


def time(one: Block, root) -> Time:
    return time_of(OlxCourse(root), one)


def test_two_paces_and_the_one_that_counts():
    spent = Time(words=476, seconds=60, film=30)
    assert spent.minutes(238) == pytest.approx(3.5) and spent.minutes(200) == pytest.approx(3.88)
    assert spent.usual == spent.minutes(238)


def test_a_question_is_read_once_with_its_right_feedback_and_its_explanation_opens_on_request(tmp_path):
    assert time(block(QUESTION), tmp_path) == Time(words=6, seconds=20)
    several = QUESTION.replace("choicegroup", "checkboxgroup").replace("<choicehint>four", "<choicehint selected='true'>four")
    assert time(block(several), tmp_path) == Time(words=6, seconds=40)


def test_a_bank_counts_what_it_draws(tmp_path):
    bank = block("<itembank max_count='2'/>", *(block(QUESTION) for _number in range(6)))
    assert time(block("<vertical/>", bank), tmp_path) == Time(words=12, seconds=40)


def test_a_film_is_as_long_as_its_captions_and_briefs_are_not_read(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "html").mkdir()
    (tmp_path / "static/a.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nHi.\n\n00:01:10.000 --> 00:01:30.500\nBye.\n")
    (tmp_path / "html/p.html").write_text(
        "<p>one two three</p><details class='dti-brief'>not <b>read</b></details><video><track src='/static/a.vtt'/></video>"
    )
    page = block("<html filename='p'/>", url_name="p")
    assert time(page, tmp_path) == Time(words=3, film=90.5)


def test_pledge_and_review_have_measures_of_their_own(tmp_path):
    pledge = "<dti_pledge><preamble>a b</preamble><affirmation>c</affirmation><affirmation>d</affirmation></dti_pledge>"
    assert time(block(pledge), tmp_path) == Time(words=4, seconds=80)
    assert time(block("<dti_review>how was it</dti_review>"), tmp_path) == Time(words=3, seconds=60)


def test_an_activity_counts_the_seconds_of_its_kind(tmp_path):
    cards = "<task>a b</task><card id='x'><text>c</text><back>d</back></card><card id='y'><text>e</text><back>f</back></card>"
    kinds = {"match": (6, 20), "order": (6, 20), "flip": (6, 10), "say": (6, 60), "plan": (2, 60), "reflect": (2, 60)}
    for kind, (words, seconds) in kinds.items():
        assert time(block(f"<dti_activity activity='{kind}'>{cards}</dti_activity>"), tmp_path) == Time(words, seconds), kind


def test_what_is_not_in_a_picture_is_read_but_nothing_is_said_of_it(tmp_path):
    picture = (
        "<dti_activity activity='spot'><card id='x'><text>a</text><why>b</why></card>"
        "<card id='y' sign='false'><text>c</text><why>not said</why></card></dti_activity>"
    )
    assert time(block(picture), tmp_path) == Time(words=3, seconds=10)


def test_a_film_counts_its_length_and_the_questions_and_tapes_in_it(tmp_path):
    question = (
        "<question id='q' at='5'{}><prompt><p>a b</p></prompt><choice id='x' correct='true'><text>c</text><feedback>d e</feedback>"
        "</choice><choice id='y'><text>f</text><feedback>not read</feedback></choice></question>"
    )
    film = "<dti_video><film src='/static/a.mp4' seconds='60'/>{}</dti_video>"
    assert time(block(film.format("")), tmp_path) == Time(film=60)
    assert time(block(film.format(question.format(""))), tmp_path) == Time(words=6, seconds=10, film=60)
    assert time(block(film.format(question.format(" multiple='true'"))), tmp_path) == Time(words=6, seconds=20, film=60)
    tape = (
        "<tape id='t' at='10' to='20'><prompt><p>a</p></prompt><window kind='in-time' until='15' points='2'><feedback>b c</feedback>"
        "<followed>d</followed></window><window kind='late' until='20' points='1'><feedback>not read</feedback></window>"
        "<way id='w' points='1'><text>e f</text><feedback>g</feedback></way>"
        "<way id='v' points='0'><text>h</text><feedback>not read</feedback></way></tape>"
    )
    assert time(block(film.format(tape)), tmp_path) == Time(words=8, seconds=10, film=60)


def listed(*names: str, more: str = "", url_name: str = "list") -> Block:
    entries = "".join(f"<authority ref='{name}'/>" for name in names)
    return block(f"<dti_case_law{more}>{entries}</dti_case_law>", url_name=url_name)


def test_a_list_counts_the_lines_that_are_new_and_one_short_version(tmp_path):
    one, other = (library().get(name) for name in ("18-usc-242", "graham-v-connor"))
    short = (len(one.in_brief.split()) + len(other.in_brief.split())) / 2
    lines = {each.slug: len(each.heading.split()) + len(each.in_a_line.split()) for each in (one, other)}
    whole = time(listed("18-usc-242", "graham-v-connor", "none"), tmp_path)
    assert whole.words == pytest.approx(sum(lines.values()) + short) and whole.seconds == 15
    named = block("<html><a data-authority='18-usc-242'>named</a></html>")
    earlier, later = listed("graham-v-connor", url_name="earlier"), listed("18-usc-242", "graham-v-connor")
    course = OlxCourse(tmp_path, top=block("<course/>", named, earlier, later))
    assert time_of(course, later).words == pytest.approx(short)
    assert time_of(course, earlier).words > lines["graham-v-connor"]


def test_a_list_to_look_things_up_in_is_not_read_through(tmp_path):
    found = time(listed("18-usc-242", "graham-v-connor", more=" complete_when='any'"), tmp_path)
    assert found.seconds == 10 and 20 < found.words < 90
    assert time(listed("none"), tmp_path) == Time()


def test_a_scenario_counts_one_run_and_a_broken_one_nothing(tmp_path):
    assert time(block("<dti_scenario><scene/></dti_scenario>"), tmp_path) == Time()
    olx = OlxCourse(tmp_path)
    assert measures.COUNTS["dti_scenario"](olx, block("<dti_scenario/>")) == Time()


def test_the_report_has_every_item_the_sum_and_the_method(capsys):
    assert main(["minutes", str(shipped_course())]) == 0
    shown = capsys.readouterr().out
    assert all(item.title in shown for module in outline().modules for item in module.items)
    assert "In all" in shown and "10 seconds a decision" in shown


def test_half_a_minute_is_no_difference_and_fifteen_percent_is():
    short, long = (Item("x", "lesson", minutes, ()) for minutes in (1, 20))
    assert not off(short, Time(film=90)) and off(short, Time(film=91))
    assert not off(long, Time(film=23 * 60)) and off(long, Time(film=23 * 60 + 1)) and off(long, Time(film=17 * 60 - 1))


def test_all_items_together_may_be_five_percent_off():
    def items(*seconds: float) -> list[Timed]:
        return [Timed(1, Item("x", "lesson", 50, ()), block("<sequential/>"), Time(film=each)) for each in seconds]

    assert sum_off(items(52 * 60, 53 * 60)) is None
    assert sum_off(items(53 * 60, 53 * 60)) == (106, 100) and sum_off(items(47 * 60, 47 * 60)) == (94, 100)


def test_the_four_hours_of_the_course_are_four_hours():
    found = list(timed(read(shipped_course())))
    assert sum(each.item.minutes for each in found) == 240
    assert [each.item.title for each in found if each.is_off] == [] and sum_off(found) is None
