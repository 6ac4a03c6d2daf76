"""Each rule is broken by its example, and by no other rule's."""

import pytest

from dti_xblocks.activity import olx, rules
from tests.activity.samples import ALL, FLIP, MATCH, PLAN, REFLECT, SORT, SPOT

# code, kind, the sound example, what is changed in it, and into what
BROKEN = [
    ("AC001", "sort", SORT, "<task><p>Sort.</p></task>", "<task> </task>"),
    ("AC002", "match", '<task>x</task><card id="a"><text>A</text><back>B</back><why>C</why></card>', "", ""),
    ("AC003", "flip", FLIP, "<text>“Maybe I am wrong.”</text>", "<text/>"),
    ("AC004", "flip", FLIP, "<back>Ask.</back>", ""),
    ("AC004", "match", MATCH, "<back>stands by</back>", "<back><em></em></back>"),
    ("AC005", "sort", SORT, 'id="reach" group="act"', 'id="reach" group="nowhere"'),
    ("AC006", "sort", SORT, "You could not</group>", "</group>"),
    ("AC007", "sort", SORT, 'id="reach"', 'id="Reach it"'),
    ("AC007", "sort", SORT, 'id="reach"', 'id="voice"'),
    ("AC007", "sort", SORT, ' id="reach"', ""),
    ("AC008", "dance", REFLECT, "", ""),
    ("AC009", "sort", SORT, "<why>There was no time.</why>", ""),
    ("AC010", "spot", SPOT, 'src="/static/street.png"', 'src="https://example.org/street.png"'),
    ("AC010", "spot", SPOT, 'alt="A street"', 'alt=" "'),
    ("AC011", "spot", SPOT, '<picture src="/static/street.png" alt="A street"/>', ""),
    ("AC012", "spot", SPOT, ' sign="false"', ""),
    ("AC012", "sort", SORT, 'id="instant" group="not"', 'id="instant" group="act"'),
    ("AC013", "spot", SPOT, "10 20 20 30", "10 20 20"),
    ("AC013", "spot", SPOT, "10 20 20 30", "90 20 20 30"),
    ("AC013", "spot", SPOT, "10 20 20 30", "nan 20 20 30"),
    ("AC014", "match", MATCH, "looks away", "stands  by"),
    ("AC015", "plan", PLAN, "<task>Plan.</task>", '<task>Plan.</task><picture src="/static/x.png" alt="x"/>'),
    ("AC015", "reflect", REFLECT, "<after>", '<card id="x"><text>X</text></card><after>'),
    ("AC016", "sort", SORT, "<after>", "<odd/><after>"),
    ("AC016", "sort", SORT, "<why>There was no time.</why>", "<why>There was <u>no</u> time.</why>"),
    ("AC017", "sort", SORT, "<after>", '<after class="x">'),
    ("AC018", "sort", SORT, "<after>", "loose words <after>"),
    ("AC019", "sort", SORT, "<after>", "<task>Again.</task><after>"),
    ("AC019", "sort", SORT, "<why>There was no time.</why>", "<why>A</why><why>B</why>"),
    ("AC020", "spot", SPOT, 'sign="false"', 'sign="no"'),
]


@pytest.mark.parametrize("kind", ALL)
def test_the_samples_are_sound(kind):
    assert olx.examine(ALL[kind], kind)[1] == []


@pytest.mark.parametrize(("code", "kind", "sound", "was", "becomes"), BROKEN)
def test_each_broken_example_breaks_its_rule_and_no_other(code, kind, sound, was, becomes):
    assert was in sound
    found = olx.examine(sound.replace(was, becomes, 1) if was else sound, kind)[1]
    wanted = {code} | ({"AC012"} if code == "AC020" else set())
    assert {problem.code for problem in found} == wanted, found


def test_every_rule_has_a_broken_example():
    assert {code for code, *_ in BROKEN} == set(rules.RULES.codes)


def test_what_is_no_xml_is_one_problem():
    activity, [problem] = olx.examine("<card>", "sort")
    assert activity is None and problem.code == "AC000" and "line 1" in problem.message


def test_more_cards_than_anybody_keeps_in_view():
    cards = "".join(f'<card id="c{number}"><text>{number}</text><back>x</back></card>' for number in range(31))
    assert [problem.code for problem in olx.examine(f"<task>x</task>{cards}", "flip")[1]] == ["AC002"]


def test_a_plan_to_come_back_to_has_to_be_there():
    assert rules.check_earlier("", []) == [] and rules.check_earlier("mine", {"mine"}) == []
    assert [problem.code for problem in rules.check_earlier("other", {"mine"})] == ["AC021"]


def test_a_problem_says_its_line():
    [problem] = olx.examine(SORT.replace("<why>A word is a means.</why>", ""), "sort")[1]
    assert (problem.where, problem.line) == ("card voice", 6)


def test_only_what_cannot_be_done_stops_learners():
    problems = olx.examine(SORT.replace("<why>There was no time.</why>", "").replace("You could not<", "<"), "sort")[1]
    assert [problem.code for problem in rules.stopping(problems)] == ["AC006"]
