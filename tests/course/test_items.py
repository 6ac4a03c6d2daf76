"""Items, strategies and attacks: what each earns, on questions small enough to count by hand."""

import shutil
from pathlib import Path

import pytest
from lxml import etree

from dti_xblocks.content import inner_xml
from dti_xblocks.course.cli import main
from dti_xblocks.course.items import runs
from dti_xblocks.course.items.attacks import attack, attacks, chance_of_right, learned_attack
from dti_xblocks.course.items.cues import strategies
from dti_xblocks.course.items.model import Pool, drawn_of, item_of, pools
from dti_xblocks.course.items.told import retold, told
from dti_xblocks.course.model import Block
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course
from dti_xblocks.scenario import olx as scenario_olx

FIXTURES = Path(__file__).parent / "fixtures"


def problem(*answers: str, kind: str = "choicegroup", stem: str = "What do you do?", note: str = "") -> Block:
    """A problem; an answer that is right begins with "+"."""
    tag = {"choicegroup": "choice", "checkboxgroup": "choice", "optioninput": "option"}[kind]
    choices = "".join(
        f'<{tag} correct="{answer.startswith("+")}">{answer.lstrip("+")}<{tag}hint>Why.</{tag}hint></{tag}>' for answer in answers
    )
    node = etree.fromstring(f"<problem><!-- {note} --><label>{stem}</label><{kind}>{choices}</{kind}></problem>")
    return Block("problem", "q", node, "problem/q.xml", 1)


def item(*answers: str, **how):
    return item_of(problem(*answers, **how))


def earned(strategy: str, *items, usual: int = 0) -> float:
    return attack(strategy, items, [strategies()[strategy](each) for each in items], usual).score


def test_an_item_is_read_with_its_notes_and_without_its_feedback():
    found = item("+Yes.", "No.", note="outcome: O2; lesson: m01-a; source: lesson; difficulty: 3", stem="Is it <em>so</em>?")
    assert (found.outcome, found.lesson, found.source, found.difficulty) == ("O2", "m01-a", "lesson", "3")
    assert (found.kind, found.stem, [option.text for option in found.options]) == ("single", "Is it so?", ["Yes.", "No."])
    assert item("+a", "b", kind="optioninput").kind == "dropdown"
    assert item_of(Block("problem", "q", etree.fromstring("<problem><p>Text.</p></problem>"), "q.xml", 1)) is None


@pytest.mark.parametrize(
    ("strategy", "right", "wrong"),
    [
        ("longest", "Tell him to stop and to step back from the man", "Do it"),
        ("most clauses", "Stop, look, listen", "Stop look listen"),
        ("no absolutes", "Tell him", "Never tell anybody"),
        ("no excuses", "Tell him", "Tell him since he asks"),
        ("quotation", "“Stop”", "Stop"),
        ("does not wait", "Tell him", "Wait until later"),
        ("pick the verb", "Tell him", "His own affair"),
        ("most hedged", "It may be so", "It is so"),
    ],
)
def test_a_strategy_finds_its_cue_and_nothing_without_it(strategy, right, wrong):
    assert earned(strategy, item(f"+{right}", wrong, wrong, wrong)) == 1
    assert earned(strategy, item(wrong, f"+{wrong}", right)) == 0
    assert earned(strategy, item("+Ask him", "Ask her", "Ask men", "Ask one")) == 0.25, "equal answers are guessed"


def test_lengths_that_look_the_same_are_the_same():
    assert earned("longest", item("+" + "x" * 60, "x" * 58, "x" * 57, "x" * 56)) == 0.25
    assert earned("shortest", item("+" + "x" * 40, "x" * 58, "x" * 57, "x" * 56)) == 1


def test_several_right_answers_count_when_all_are_ticked_and_no_other():
    several = item("+a, b", "+c, d", "e", "f", kind="checkboxgroup")
    assert earned("most clauses", several, usual=2) == 1
    assert earned("most clauses", several, usual=3) == 0, "somebody who ticks three is wrong"
    assert chance_of_right(several, [0.0] * 4, 2) == pytest.approx(1 / 6)
    assert chance_of_right(several, [1, 0, 0, 0], 2) == pytest.approx(1 / 3), "the first is sure, one of three is guessed"
    assert chance_of_right(several, [0, 0, 1, 0], 2) == 0


def test_a_pool_that_gives_itself_away_fails_and_an_even_one_does_not():
    told_by_length = tuple(item("+Stop him, take over and call it in", "Wait", "Look", "Go") for _number in range(12))
    pool = Pool(problem("+a", "b"), told_by_length, 8)
    assert {"longest", "most clauses"} <= {each.strategy for each in attacks(pool) if each.succeeds}
    even = tuple(item(*(("+" if place == number % 4 else "") + "Ask him" for place in range(4))) for number in range(12))
    assert [each for each in attacks(Pool(problem("+a", "b"), even, 8)) if each.succeeds] == []


def test_words_are_learned_from_the_other_items_only():
    always = [item("+radio him", "leave him", "leave her", "leave it") for _number in range(8)]
    assert learned_attack(always, 0).score == 1
    assert learned_attack([item("+radio him", "leave him")], 0).score == 0.5, "from itself nothing is learned"


def test_a_told_case_is_known_by_three_of_its_marks():
    again = item("+a", "b", stem="A diabetic with an insulin reaction runs out for juice.")
    assert [slug for slug, _words in retold(again)] == ["graham-v-connor"]
    assert retold(item("+a", "b", stem="A diabetic needs her insulin.")) == []


def test_the_told_cases_are_authorities_of_the_library():
    from dti_xblocks.case_law.library import library

    assert [slug for slug in told() if library().get(slug) is None] == []


def test_what_a_bank_draws_counts_and_no_more():
    olx = read(shipped_course())
    found = {pool.name: pool for pool in pools(olx)}
    assert {(len(pool.items), pool.drawn + len(pool.tasks)) for name, pool in found.items() if name != "m09-final"} == {(12, 8)}
    assert len(found) == 8 and found["m09-final"].drawn == 25
    bank = olx.blocks("itembank")[0]
    bank.node.set("max_count", "-1")
    assert drawn_of(bank) == len(bank.children)


def test_a_scenario_is_played_by_strategy_the_same_each_time():
    block = read(FIXTURES / "tiny").blocks("dti_scenario")[0]
    scenario = scenario_olx.read(inner_xml(block.node), "choices")
    once = runs.play(scenario, "random", 70)
    assert once == runs.play(scenario, "random", 70)
    assert 0 <= once.passed <= 1 and 0 < once.points <= 1


def test_the_report_names_every_item_strategy_and_scenario(capsys):
    assert main(["items", str(shipped_course())]) == 0
    shown = capsys.readouterr().out
    assert "m02-assessment: 8 drawn of 12" in shown and "m09-final: 25 drawn of 72" in shown
    assert "m02-assessment-q01" in shown and "monroe-v-pape" in shown
    assert "m06-seconds (Seconds)" in shown


def test_a_course_without_questions_that_count_has_nothing_to_report(tmp_path, capsys):
    course = tmp_path / "course"
    shutil.copytree(FIXTURES / "tiny", course)
    assert main(["items", str(course)]) == 0
    assert "Scenarios: " in capsys.readouterr().out


def test_what_is_to_be_done_in_an_assessment_counts_beside_its_questions():
    tasks = {task.kind: (pool, task) for pool in pools(read(shipped_course())) for task in pool.tasks}
    assert set(tasks) == {"order", "match", "spot"}
    for pool, task in tasks.values():
        assert pool.drawn + len(pool.tasks) == 8
        assert task.block.node.get("graded_tries") == "2"  # as many as a question has
        assert task.outcome and task.lesson and task.difficulty == "2"
