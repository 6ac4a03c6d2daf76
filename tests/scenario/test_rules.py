"""Each rule has a broken example that breaks it and nothing else."""

import re

import pytest

from dti_xblocks.content import ERROR
from dti_xblocks.scenario import olx, rules
from dti_xblocks.scenario.explore import analysis
from tests.scenario.example import CONTENT, scenario
from tests.scenario.sample_cast import CONTENT as CAST
from tests.scenario.sample_full import CONTENT as FULL
from tests.scenario.sample_full import KNOWN


def swap(old: str, new: str, content: str = CONTENT) -> str:
    assert content.count(old) >= 1, old
    return content.replace(old, new, 1)


def full(*swaps: tuple[str, str]) -> str:
    """The richer example with some words exchanged."""
    content = FULL
    for old, new in swaps:
        content = swap(old, new, content)
    return content


def cast(*swaps: tuple[str, str]) -> str:
    """The example with a cast, with some words exchanged."""
    content = CAST
    for old, new in swaps:
        content = swap(old, new, content)
    return content


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


def option(name: str, to: str, more: str = "") -> str:
    return (
        f'<choice id="{name}" to="{to}" points="1" {more}>'
        f"<text>{name}</text><outcome><p>x</p></outcome><why><p>y</p></why></choice>"
    )


def scene(name: str, *targets: str, level: str = "officer") -> str:
    options = "".join(option(f"o{number}", to) for number, to in enumerate(targets))
    return f'<scene id="{name}" title="T" level="{level}"><p>Z</p>{options}</scene>'


CIRCLE = (
    swap('id="cover" to="hidden"', 'id="cover" to="around"')
    + scene("around", "again", "again")
    + scene("again", "around", "around")
)
ROOMS = [f"room{number}" for number in range(16)]  # in any order, each once: 2 ** 16 courses of events
TANGLED = (
    "<level id='officer' title='L'>l</level>"
    + re.sub(r'(<choice id="(\w+)" to="room[^>]*>)', r'\1<needs-not choice="hub/\2"/>', scene("hub", "end", *ROOMS))
    + "".join(scene(room, "hub", "hub") for room in ROOMS)
    + '<ending id="end" title="E" result="good"><p>E</p></ending>'
)

UNTAKEN = "<p>Yard-story.</p>" + option("stay", "blamed", 'offered="no"')

# code: (content, how many findings, a word of the place or sentence)
BROKEN = {
    "SC004": (swap('id="leave"', 'id="Leave it"'), 1, "Leave it"),
    "SC005": (CONTENT + '<ending id="stopped" title="x" result="bad"><p>x</p></ending>', 1, "stopped"),
    "SC006": (swap('id="wait" to="stairs"', 'id="wait" to="nowhere"'), 1, "arrival > wait"),
    "SC007": (CONTENT + SPARE, 1, "spare"),
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
    "SC027": (CIRCLE, 1, "“around”, “again”"),
    "SC028": (full(('timeout="freeze"', 'timeout="melt"'), ('points="0" offered="no"', 'points="0"')), 1, "melt"),
    "SC029": (full(('<needs choice="curb/call"/>', '<needs choice="curb/cal"/>')), 1, "door > firm"),
    "SC030": (full((' alt="Curb-picture"', "")), 1, "alt"),
    "SC031": (full(('<choice id="soft" to="hall" points="400">', '<choice id="soft" to="hall" points="400"><needs level="words"/>')), 1, "door"),
    "SC032": (full(('<needs choice="curb/call"/>', '<needs meter="trust" at-least="101"/>')), 1, "0 and 100"),
    "SC033": (full(("<p>Yard-story.</p>", '<needs level="words"/><p>Yard-story.</p>')), 1, "yard"),
    "SC034": (full(('start="31" lowest="-40"', 'start="-41" lowest="-40"')), 1, "-41"),
    "SC035": (TANGLED, 1, "too many"),
    "SC036": (re.sub(r'to="(honored|blamed|lost)"', 'to="yard"', FULL), 1, "first scene"),
    "SC037": (full(("<p>Yard-story.</p>", UNTAKEN)), 1, "yard > stay"),
    "SC038": (full(*((f'<effect meter="record" by="{by}"/>', "") for by in ("4", "-90", "-200"))), 1, "record"),
    "SC039": (full(('<p>Curb-story.</p>', '<needs meter="trust" at-least="10"/><p>Curb-story.</p>'), ('timeout="freeze"', 'timeout="freeze" otherwise="yard"')), 1, "curb"),
    "SC040": (full(('id="blamed" title', 'id="blamed" otherwise="lost" title')), 1, "blamed"),
    "SC041": (full((' captions="/static/door.vtt"', "")), 1, "Door-video"),
    "SC042": (full(('clock="20"', 'clock="soon"')), 1, "curb"),
    "SC043": (full(('show="end"', 'show="never"')), 1, "never"),
    "SC045": (full(('points="0" offered="no"', 'points="8300" offered="no"')), 1, "curb"),
    "SC046": (swap('<say who="Officer Reyes">', '<say by="reyes">'), 1, "“reyes”"),
    "SC047": (cast(('/static/tillman.webp', 'https://example.org/tillman.webp')), 1, "portrait"),
    "SC048": (re.sub(r"<knows.*</knows-not>", "", CAST, flags=re.DOTALL), 1, "okafor"),
    "SC049": (cast(('name="Officer Delaney"', 'name="Officer Tillman"')), 1, "tillman"),
}  # fmt: skip


def check(content: str, score_by: str = "choices", **settings):
    return rules.check(olx.read(content, score_by), KNOWN, **settings)


@pytest.mark.parametrize("content", [CONTENT, FULL, CAST])
@pytest.mark.parametrize("score_by", ["choices", "both"])
def test_the_examples_are_sound(content, score_by):
    assert check(content, score_by, pass_mark=70) == []


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_the_broken_example_breaks_its_rule_and_no_other(code):
    content, number, word = BROKEN[code]
    found = check(content)
    assert [problem.code for problem in found] == [code] * number
    assert any(word in f"{problem.where} {problem.message}" for problem in found)


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (cast(('as="okafor"', 'as="somebody"')), "SC046", "office"),
        (cast(('audio="/static/lot.mp3"', 'audio="lot.mp3"')), "SC047", "lot.mp3"),
        (cast(('audio="/static/tillman-1.mp3"', 'audio="//example.org/1.mp3"')), "SC047", "//example.org"),
        (cast(('name="Officer Delaney"', "")), "SC016", "delaney"),
        (cast(('id="delaney"', 'id="Delaney 1"'), ('as="delaney"', ""), ('as="delaney"', ""), ('by="delaney"', 'who="D"')), "SC004", "Delaney 1"),
        (cast(('id="okafor" name', 'id="delaney" name'), ('as="okafor"', ""), ('by="okafor"', 'who="O"'), ('by="okafor"', 'who="O"')), "SC005", "delaney"),
        (cast(('over="radio"', 'over="phone"')), "SC021", "over=phone"),
        (cast(("<knows>", "<wants>"), ("</knows>", "</wants>")), "SC020", "wants"),
    ],
)  # fmt: skip
def test_mistakes_in_a_cast(content, code, word):
    (problem,) = check(content)
    assert (problem.code, word in f"{problem.where} {problem.message}") == (code, True)


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
    assert set(codes) == {*BROKEN, "SC002", "SC003", "SC025", "SC044"}
    assert "SC008" not in codes  # it meant something else once
    assert all(rule.manual for rule in rules.RULES)


def test_problems_name_the_line():
    content = BROKEN["SC012"][0]
    (problem,) = check(content)
    assert 'points="much"' in content.split("\n")[problem.line - 1]


BREAKING = {"SC004", "SC005", "SC006", "SC009", "SC012", "SC029", "SC031", "SC033", "SC034", "SC035", "SC036", "SC042"}


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_only_what_keeps_it_from_being_played_does(code):
    assert rules.playable(check(BROKEN[code][0])) is (code not in BREAKING)


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
    assert analysis(story).possible == 2000
