"""Each rule has an example that breaks it and nothing else."""

import re
from pathlib import Path

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
    ("PL012", f'{GOOD}{ONE}<field id="f" label="F" format="9[9"/>'),
    ("PL012", f'{GOOD}{ONE}<field id="f" label="F" format="{"9" * 41}"/>'),
    ("PL013", f'{GOOD}{ONE}<field id="f" label="F"><option>Day</option><option>Day</option></field>'),
    ("PL013", f'{GOOD}{ONE}<field id="f" label="F"><option> </option></field>'),
    ("PL013", f'{GOOD}{ONE}<field id="f" label="F" format="9"><option>1</option></field>'),
    ("PL013", f'{GOOD}{ONE}<field id="f" label="F"><option>{"x" * 201}</option></field>'),
]
BROKEN_SETTINGS = [
    ("PL014", {"opens_on": "soon"}),
    ("PL014", {"opens_on": "2027-02-30"}),
    ("PL014", {"opens_on": "0001-01-01"}),
    ("PL015", {"gate_block": "the final"}),
    ("PL015", {"gate_block": "x" * 256}),
    ("PL016", {"gate_block": "finale"}),
    ("PL017", {"gate_block": "final", "gate_percent": 101}),
    ("PL017", {"gate_percent": -1}),
    ("PL017", {"gate_percent": 80}),
    ("PL018", {"valid_months": 1201}),
    ("PL018", {"valid_months": -1}),
    ("PL019", {"remind_days": 366}),
    ("PL019", {"valid_months": 1, "remind_days": 28}),
    ("PL020", {"certificate_text": "x" * 1001}),
    ("PL020", {"wording_label": "x" * 101}),
    ("PL021", {"agency_logo": "https://example.org/seal.png"}),
    ("PL021", {"agency_logo": "/static/seal.svg"}),
    ("PL021", {"agency_logo": "/static/../seal.png"}),
]
SOUND_SETTINGS = [
    {},
    {"gate_block": "final", "gate_percent": 80, "valid_months": 12, "remind_days": 30},
    {"opens_on": "2027-01-15", "remind_days": 365},
    {"opens_on": "2027-01-15T08:00:00-05:00", "valid_months": 1200, "remind_days": 365},
    {"agency_logo": "/static/Seal of the city.JPEG", "certificate_text": "x" * 1000, "wording_label": "2027"},
]


@pytest.mark.parametrize(("code", "content"), BROKEN)
def test_a_broken_pledge_breaks_this_rule_and_no_other(code, content):
    _pledge, problems = olx.examine(content)
    assert [problem.code for problem in problems] == [code]


def test_every_code_has_a_broken_example():
    files = Path(rules.__file__).parent.glob("rules*.py")
    codes = {code for file in files for code in re.findall(r'"(PL\d{3})"', file.read_text(encoding="utf-8"))}
    assert codes == {code for code, _content in BROKEN} | {code for code, _settings in BROKEN_SETTINGS}


@pytest.mark.parametrize(("code", "settings"), BROKEN_SETTINGS)
def test_a_broken_setting_breaks_this_rule_and_no_other(code, settings):
    (problem,) = rules.check_settings(settings, ["final"])
    assert problem.code == code
    assert problem.where == rules.SETTINGS[list(settings)[-1]]


@pytest.mark.parametrize("settings", SOUND_SETTINGS)
def test_a_sound_setting_has_no_problems(settings):
    assert rules.check_settings(settings, ["final"]) == []


def test_a_gate_is_looked_for_only_where_the_course_is_known():
    assert rules.check_settings({"gate_block": "finale"}) == []


@pytest.mark.parametrize(
    ("code", "stops"), [("PL014", True), ("PL015", True), ("PL016", False), ("PL018", True), ("PL021", False)]
)
def test_what_would_lock_everybody_out_or_in_stops_a_signature(code, stops):
    assert rules.signable(rules.check_settings(dict(BROKEN_SETTINGS)[code], ["final"])) is not stops


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
