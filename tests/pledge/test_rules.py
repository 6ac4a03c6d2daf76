"""Each rule has an example that breaks it and nothing else."""

import re

import pytest

from dti_xblocks.pledge import olx, rules

from .samples import PLEDGE

GOOD = "<preamble><p>Why.</p></preamble>"
ONE = '<affirmation id="a">I will.</affirmation>'

BROKEN = [
    ("PL000", "<preamble>"),
    ("PL001", GOOD),
    ("PL002", f'{GOOD}<affirmation id="a"> </affirmation>'),
    ("PL003", f"{GOOD}<affirmation>I will.</affirmation>"),
    ("PL003", f'{GOOD}<affirmation id="A b">I will.</affirmation>'),
    ("PL003", f'{GOOD}{ONE}<field label="Agency"/>'),
    ("PL004", f'{GOOD}{ONE}<affirmation id="a">I shall.</affirmation>'),
    ("PL004", f'{GOOD}{ONE}<field id="f" label="F"/><field id="f" label="G"/>'),
    ("PL005", ONE),
    ("PL005", f"<preamble> </preamble>{ONE}"),
    ("PL006", f"{GOOD}{ONE}<pledge/>"),
    ("PL007", f'{GOOD}<affirmation id="a" x="1">I will.</affirmation>'),
    ("PL008", f"{GOOD}{ONE} loose"),
    ("PL009", f'{GOOD}{ONE}<field id="f"/>'),
    ("PL009", f'{GOOD}{ONE}<field id="f" label="{"x" * 201}"/>'),
    ("PL010", f"{GOOD}{GOOD}{ONE}"),
    ("PL011", f'{GOOD}{ONE}<field id="f" label="F" required="1"/>'),
]


@pytest.mark.parametrize(("code", "content"), BROKEN)
def test_a_broken_pledge_breaks_this_rule_and_no_other(code, content):
    _pledge, problems = olx.examine(content)
    assert [problem.code for problem in problems] == [code]


def test_every_code_has_a_broken_example():
    with open(rules.__file__, encoding="utf-8") as file:
        codes = set(re.findall(r'"(PL\d{3})"', file.read()))
    assert codes == {code for code, _content in BROKEN}


def test_a_sound_pledge_has_no_problems():
    pledge, problems = olx.examine(PLEDGE)
    assert pledge is not None
    assert problems == []


def test_an_empty_block_says_what_it_lacks():
    assert {problem.code for problem in olx.examine("")[1]} == {"PL001", "PL005"}


def test_problems_come_in_the_order_of_their_lines():
    content = f'{GOOD}\n<affirmation id="a"></affirmation>\n<affirmation id="a">x</affirmation>\n<field id="f"/>'
    assert [(problem.code, problem.line) for problem in olx.examine(content)[1]] == [("PL002", 2), ("PL004", 3), ("PL009", 4)]


@pytest.mark.parametrize("code", ["PL005", "PL007"])
def test_warnings_do_not_stop_a_signature(code):
    content = dict(BROKEN)[code]
    assert rules.signable(olx.examine(content)[1])


@pytest.mark.parametrize("code", ["PL001", "PL004", "PL006", "PL008"])
def test_errors_stop_a_signature(code):
    assert not rules.signable(olx.examine(dict(BROKEN)[code])[1])
