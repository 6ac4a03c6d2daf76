"""Each rule has a broken example that breaks it and nothing else."""

import re

import pytest

from dti_xblocks.problems import ERROR
from dti_xblocks.scenario import rules
from tests.scenario.example import CONTENT, scenario

KNOWN = {"byrd-v-brishke"}


def swap(old: str, new: str) -> str:
    assert CONTENT.count(old) >= 1, old
    return CONTENT.replace(old, new, 1)


def without(pattern: str, content: str = CONTENT) -> str:
    changed = re.sub(pattern, "", content, flags=re.DOTALL)
    assert changed != content, pattern
    return changed


def ending_less() -> str:
    content = without(r"<ending.*?</ending>")
    return re.sub(r'to="(stopped|hidden|lost)"', 'to="nowhere"', content)


SPARE = """<scene id="spare" title="Spare" level="officer"><p>Spare.</p>
    <choice id="a" to="lost" points="1"><text>A</text><outcome><p>B</p></outcome><why><p>C</p></why></choice>
    <choice id="d" to="lost" points="0"><text>D</text><outcome><p>E</p></outcome><why><p>F</p></why></choice></scene>"""

# code: (content, how many findings, a word of the place or sentence)
BROKEN = {
    "SC004": (swap('id="leave"', 'id="Leave it"'), 1, "Leave it"),
    "SC005": (CONTENT + '<ending id="stopped" title="x" result="bad"><p>x</p></ending>', 1, "stopped"),
    "SC006": (swap('id="wait" to="stairs"', 'id="wait" to="nowhere"'), 1, "arrival > wait"),
    "SC007": (CONTENT + SPARE, 1, "spare"),
    "SC008": (swap('id="cover" to="hidden"', 'id="cover" to="arrival"'), 1, "arrival > stairs > desk > arrival"),
    "SC009": (without(r'<choice id="tell".*</choice>|<ending id="lost".*?</ending>'), 1, "aftermath"),
    "SC010": (without(r'<choice id="cover".*?</choice>'), 1, "desk"),
    "SC011": (without(r"<why><p>Watch-why.</p></why>"), 1, "stairs > watch"),
    "SC012": (swap('points="160"', 'points="much"'), 1, "stairs > watch"),
    "SC013": (re.sub(r'points="\d+"', 'points="0"', CONTENT), 1, "worth"),
    "SC014": (CONTENT.replace('level="officer"', 'level="oficer"', 1), 1, "oficer"),
    "SC015": (swap('level="supervisor"', 'level="agency"'), 1, "supervisor"),
    "SC016": (swap('title="Stairs-title"', 'title=""'), 1, "stairs"),
    "SC017": (without(r"<p>Lost-story.</p>"), 1, "lost"),
    "SC018": (swap('result="mixed"', 'result="so-so"'), 1, "hidden"),
    "SC019": (swap('ref="byrd-v-brishke"', 'ref="byrd-v-bird"'), 1, "byrd-v-bird"),
    "SC020": (CONTENT + "<chapter/>", 1, "chapter"),
    "SC021": (swap('points="160"', 'points="160" mood="dark"'), 1, "mood"),
    "SC022": (swap("<p>Stairs-story.</p>", "<p>Stairs <video>story</video>.</p>"), 1, "video"),
    "SC023": (CONTENT + "lost words", 1, "lost words"),
    "SC024": (swap('<say who="Officer Reyes">', "<say>"), 1, "who"),
    "SC026": (swap("Wait-text.", "Leave-text."), 1, "arrival"),
}  # fmt: skip


def check(content: str, **settings):
    return rules.check(scenario(content), KNOWN, **settings)


def test_the_example_is_sound():
    assert check(CONTENT, pass_mark=70) == []


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_the_broken_example_breaks_its_rule_and_no_other(code):
    content, number, word = BROKEN[code]
    found = check(content)
    assert [problem.code for problem in found] == [code] * number
    assert any(word in f"{problem.where} {problem.message}" for problem in found)


def test_a_scenario_without_scenes_and_endings():
    assert [problem.code for problem in check("")] == ["SC002", "SC003"]
    assert {problem.code for problem in check(ending_less())} == {"SC003", "SC006"}


@pytest.mark.parametrize("mark", [0, 101, -5])
def test_a_pass_mark_that_is_no_percentage(mark):
    assert [problem.code for problem in check(CONTENT, pass_mark=mark)] == ["SC025"]


def test_what_is_not_known_is_not_checked():
    assert rules.check(scenario(swap('ref="byrd-v-brishke"', 'ref="nobody"')), None) == []


def test_every_rule_has_its_broken_example_its_manual_and_its_own_code():
    codes = [rule.code for rule in rules.RULES]
    assert codes == sorted(set(codes))
    assert set(codes) == {*BROKEN, "SC002", "SC003", "SC025"}
    assert all(rule.manual for rule in rules.RULES)


def test_problems_name_the_line():
    content = BROKEN["SC012"][0]
    (problem,) = check(content)
    assert 'points="much"' in content.split("\n")[problem.line - 1]


def test_a_loop_within_itself_is_found_once():
    content = swap('id="cover" to="hidden"', 'id="cover" to="desk"')
    assert [(problem.code, problem.where) for problem in check(content)] == [("SC008", "desk > cover")]


PLAYABLE = {"SC007", "SC010", "SC011", "SC013", "SC014", "SC015", "SC016", "SC017", "SC018", *(f"SC0{n}" for n in range(19, 27))}


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_only_what_keeps_it_from_being_played_does(code):
    assert rules.playable(check(BROKEN[code][0])) is (code in PLAYABLE)


def test_unreadable_content_is_a_problem_too():
    problem = rules.unreadable("Sentence.", 3)
    assert (problem.code, problem.message, problem.severity, problem.line) == ("SC001", "Sentence.", ERROR, 3)
    assert not rules.playable([problem])


def test_a_chain_of_two_thousand_scenes_is_checked():
    scene = (
        '<scene id="s{0}" title="t" level="l"><p>x</p><choice id="a" to="s{1}" points="1"><text>a</text><outcome>b</outcome>'
        '<why>c</why></choice><choice id="b" to="s{1}" points="0"><text>b</text><outcome>b</outcome><why>c</why></choice></scene>'
    )
    chain = "".join(scene.format(number, number + 1) for number in range(2000))
    story = scenario(f'<level id="l" title="L">l</level>{chain}<ending id="s2000" title="e" result="good"><p>e</p></ending>')
    assert rules.check(story) == []
    assert story.possible == 2000
