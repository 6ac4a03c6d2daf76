"""How long the course takes: each kind of content by its own measure."""

import pytest
from lxml import etree

from dti_xblocks.course import minutes
from dti_xblocks.course.cli import main
from dti_xblocks.course.minutes import Time, time_of
from dti_xblocks.course.model import Block, OlxCourse
from dti_xblocks.course.outline import outline
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


def test_a_question_is_read_once_with_its_right_feedback_and_thought_about(tmp_path):
    assert time(block(QUESTION), tmp_path) == Time(words=7, seconds=20)
    several = QUESTION.replace("choicegroup", "checkboxgroup").replace("<choicehint>four", "<choicehint selected='true'>four")
    assert time(block(several), tmp_path) == Time(words=7, seconds=40)


def test_a_bank_counts_what_it_draws(tmp_path):
    bank = block("<itembank max_count='2'/>", *(block(QUESTION) for _number in range(6)))
    assert time(block("<vertical/>", bank), tmp_path) == Time(words=14, seconds=40)


def test_a_film_is_as_long_as_its_captions_and_briefs_are_not_read(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "html").mkdir()
    (tmp_path / "static/a.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nHi.\n\n00:01:10.000 --> 00:01:30.500\nBye.\n")
    (tmp_path / "html/p.html").write_text(
        "<p>one two three</p><details class='dti-brief'>not <b>read</b></details><video><track src='/static/a.vtt'/></video>"
    )
    page = block("<html filename='p'/>", url_name="p")
    assert time(page, tmp_path) == Time(words=3, film=90.5)


def test_pledge_review_list_and_activity_have_measures_of_their_own(tmp_path):
    pledge = "<dti_pledge><preamble>a b</preamble><affirmation>c</affirmation><affirmation>d</affirmation></dti_pledge>"
    assert time(block(pledge), tmp_path) == Time(words=4, seconds=80)
    assert time(block("<dti_review>how was it</dti_review>"), tmp_path) == Time(words=3, seconds=60)
    assert time(block("<dti_activity><item>a b</item><item>c</item></dti_activity>"), tmp_path) == Time(words=3, seconds=30)
    laws = "<dti_case_law><authority ref='18-usc-242'/><authority ref='none'/></dti_case_law>"
    assert 40 < time(block(laws), tmp_path).words < 90


def test_a_scenario_counts_one_run_and_a_broken_one_nothing(tmp_path):
    assert time(block("<dti_scenario><scene/></dti_scenario>"), tmp_path) == Time()
    olx = OlxCourse(tmp_path)
    assert minutes.COUNTS["dti_scenario"](olx, block("<dti_scenario/>")) == Time()


def test_the_report_has_every_item_the_sum_and_the_method(capsys):
    assert main(["minutes", str(shipped_course())]) == 0
    shown = capsys.readouterr().out
    assert all(item.title in shown for module in outline().modules for item in module.items)
    assert "In all" in shown and "10 seconds a decision" in shown
