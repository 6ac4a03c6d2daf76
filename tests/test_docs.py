"""The guides say what the code does: the worked example is sound, no rule and no event is missing, links lead somewhere.

`python tests/test_docs.py` brings the table of rules up to date; how to put a mistake right is written by hand in it.
"""

import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

import pytest
from lxml import etree

from dti_xblocks import scenario_block
from dti_xblocks.blocks.scenario import run as scenario_run
from dti_xblocks.case_law.library import library
from dti_xblocks.content import PROSE_TAGS, WARNING
from dti_xblocks.scenario import olx, rules
from dti_xblocks.scenario.starters import starters
from dti_xblocks.scenario_block import ScenarioBlock
from tests.runtime import LEARNER, STAFF, again, get, make_block, page, post
from tests.scenario.timed import CONTENT

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
FORMAT = DOCS / "scenario-format.md"
EVENTS = DOCS / "events.md"
AUTHORS = DOCS / "authors.md"
GUIDES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])
UNREADABLE = (rules.UNREADABLE, "stop", "The text is no well-formed XML, so nothing can be read.")
ROW = re.compile(r"^\| (SC\d{3}) \| (\w+) \| (.*?) \| (.*?) \|$", re.MULTILINE)


def example() -> str:
    return re.search(r"```xml\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)[1]


def documented_rules() -> dict[str, tuple[str, str, str]]:
    """Code -> (kind, what is wrong, how to put it right)."""
    return {code: (kind, manual, fix) for code, kind, manual, fix in ROW.findall(FORMAT.read_text(encoding="utf-8"))}


def known_rules() -> list[tuple[str, str, str]]:
    """(code, kind, what is wrong) of every rule there is."""
    found = [UNREADABLE]
    for rule in rules.RULES:
        kind = "stop" if rule.breaks_play else "warning" if rule.severity == WARNING else "error"
        found.append((rule.code, kind, " ".join(rule.manual.replace("|", "/").split())))
    return sorted(found)


def blocks_of_json() -> dict[str, dict]:
    """The example of each event by its name."""
    text = EVENTS.read_text(encoding="utf-8")
    return {
        name: json.loads(body)
        for name, body in re.findall(r"^### (dti[\w.]+)\n.*?```json\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    }


def events_in_code() -> set[str]:
    found = set()
    for path in (ROOT / "dti_xblocks").rglob("*.py"):
        found.update(re.findall(r'"(dti(?:\.[a-z_]+){2,})"', path.read_text(encoding="utf-8")))
    return found


# -- the scenario's format ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("score_by", ["choices", "endings", "both"])
def test_the_worked_example_has_no_problem(score_by):
    scenario = olx.read(example(), score_by)
    assert rules.check(scenario, library().slugs, 70) == []
    assert {ending.id for ending in scenario.endings} <= scenario.atlas.reached


def test_the_worked_example_uses_the_whole_format_but_sound_and_film():
    used = {node.tag for node in etree.fromstring(f"<content>{example()}</content>").iter()}
    assert set(olx.ATTRIBUTES) - used == {"video", "audio", "transcript", "needs-not"}


def test_every_element_and_attribute_of_the_format_is_described():
    text = FORMAT.read_text(encoding="utf-8")
    for tag, attributes in olx.ATTRIBUTES.items():
        assert f"<{tag}" in text, tag
        for name in attributes:
            assert f"`{name}`" in text or f'{name}="' in text, f"{tag} {name}"
    for tag in PROSE_TAGS:
        assert f"<{tag}>" in text or f"<{tag}/>" in text, tag


def test_every_rule_is_in_the_table_as_it_is():
    assert [(code, kind, manual) for code, (kind, manual, _fix) in documented_rules().items()] == known_rules()


def test_every_rule_says_how_to_put_it_right():
    for code, (_kind, _manual, fix) in documented_rules().items():
        assert len(fix) > 10 and fix.endswith("."), code


def test_every_setting_is_in_the_authors_guide():
    text = AUTHORS.read_text(encoding="utf-8")
    for name, label, _help in ScenarioBlock.studio_settings:
        row = re.search(rf"^\| {re.escape(str(label))} \| `{name}`(.*)$", text, re.MULTILINE)
        assert row, name
        field = ScenarioBlock.fields[name]
        if isinstance(field.values, list):
            assert all(f"`{option['value']}`" in row[1] for option in field.values), name
        elif isinstance(field.default, (int, float)):
            assert f"({field.default:g})" in row[1], name


def test_every_starter_is_named_in_the_authors_guide():
    text = AUTHORS.read_text(encoding="utf-8").lower()
    assert all(f"*{starter.title.lower()}*" in text for starter in starters())


# -- events ------------------------------------------------------------------------------------------------------------


def test_every_event_is_documented_and_no_other():
    assert set(blocks_of_json()) == events_in_code()


def test_every_event_has_its_line_in_both_tables():
    text = EVENTS.read_text(encoding="utf-8")
    before, _heading, after = text.partition("## As xAPI statements")
    for name in events_in_code():
        assert f"\n| `{name}` |" in before and f"\n| `{name}` | `http" in after, name


def test_every_field_of_an_event_is_in_its_example():
    text = EVENTS.read_text(encoding="utf-8")
    for name, given in blocks_of_json().items():
        section = text.partition(f"### {name}\n")[2].partition("```json")[0]
        same = re.search(r"The same fields as `(dti[\w.]+)`", section)
        if same:
            assert set(given) == set(blocks_of_json()[same[1]]), name
        else:
            assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(given), name


def test_a_run_sends_what_the_examples_show(monkeypatch):
    block = make_block(ScenarioBlock, CONTENT)
    clock = [datetime(2026, 11, 2, 10, 0, tzinfo=UTC)]
    for module in (scenario_run, scenario_block):
        monkeypatch.setattr(module, "now", lambda: clock[0])

    def send(handler: str, **fields):
        form = re.search(rf'<form[^>]*/{handler}["#].*?</form>', page(again(block)), re.DOTALL)[0]
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        answer = post(again(block), handler, {**hidden, **fields})
        assert answer.status_code == 200, answer.text
        clock[0] += timedelta(seconds=12)

    send("begin", pace="1")
    send("choose", choice="sign")
    send("enter")
    clock[0] += timedelta(seconds=60)
    send("choose", choice="walk")
    send("again", pace="10")
    get(again(block, STAFF), "report", f"part=person&learner={LEARNER.username}", json=True)
    sent = [(name, data) for name, data in block.runtime.place.published if name.startswith("dti.")]
    examples = blocks_of_json()
    assert {name for name, _data in sent} == {name for name in examples if name.startswith("dti.scenario.")}
    for name, data in sent:
        assert {field: type(value) for field, value in data.items()} == {
            field: type(value) for field, value in examples[name].items()
        }, name


# -- links -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_guides_lead_somewhere(guide):
    for target in re.findall(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)", guide.read_text(encoding="utf-8")):
        path = (guide.parent / target[0]).resolve() if target[0] else guide
        assert path.exists(), target
        if target[1]:
            assert target[1] in headings(path), target


def headings(path: Path) -> set[str]:
    """The anchors of a page's headings, as code forges make them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def write_table() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    fixes = {code: fix for code, (_kind, _manual, fix) in documented_rules().items()}
    rows = [f"| {code} | {kind} | {manual} | {fixes.get(code, '')} |" for code, kind, manual in known_rules()]
    first, last = text.index("| Code |"), max(match.end() for match in ROW.finditer(text))
    table = "\n".join(["| Code | Kind | What is wrong | Put it right |", "|---|---|---|---|", *rows])
    FORMAT.write_text(text[:first] + table + text[last:], encoding="utf-8")


if __name__ == "__main__":
    write_table()
