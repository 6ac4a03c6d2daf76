"""The guides say what the code does: the worked example is sound, no rule and no event is missing, links lead somewhere.

`python tests/test_docs.py` brings the table of rules up to date; how to put a mistake right is written by hand in it.
"""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

import pytest
from django.apps import apps
from lxml import etree

from dti_xblocks.case_law.library import library
from dti_xblocks.content import PROSE_TAGS, WARNING
from dti_xblocks.platform import clock
from dti_xblocks.scenario import olx, rules
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.starters import starters
from dti_xblocks.scenario_block import ScenarioBlock
from dti_xblocks.tutor import pieces
from scripts import links, screens
from tests.runtime import LEARNER, STAFF, again, get, make_block, page, post
from tests.scenario.timed import CONTENT

pytestmark = pytest.mark.once
ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
FORMAT = DOCS / "scenario-format.md"
EVENTS = DOCS / "events.md"
AUTHORS = DOCS / "authors.md"
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
    assert {ending.id for ending in scenario.endings} <= analysis(scenario).reached


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
        elif isinstance(field.default, bool):
            assert f"({str(field.default).lower()})" in row[1], name
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
    moment = [datetime(2026, 11, 2, 10, 0, tzinfo=UTC)]
    monkeypatch.setattr(clock, "now", lambda: moment[0])

    def send(handler: str, **fields):
        form = re.search(rf'<form[^>]*/{handler}["#].*?</form>', page(again(block)), re.DOTALL)[0]
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
        answer = post(again(block), handler, {**hidden, **fields})
        assert answer.status_code == 200, answer.text
        moment[0] += timedelta(seconds=12)

    send("begin", pace="1")
    send("choose", choice="sign")
    send("go_on")
    send("enter")
    moment[0] += timedelta(seconds=60)
    send("go_on")
    send("choose", choice="walk")
    send("go_on")
    send("go_on")
    send("open_answers")
    send("replay")
    send("enter")
    send("choose", choice="grab")
    send("go_on")
    send("choose", choice="write")
    send("go_on")
    send("go_on")
    send("again", pace="10")
    get(again(block, STAFF), "report", f"part=person&person={LEARNER.user_id}", json=True)
    sent = [(name, data) for name, data in block.runtime.place.published if name.startswith("dti.")]
    examples = blocks_of_json()
    assert {name for name, _data in sent} == {name for name in examples if name.startswith("dti.scenario.")}
    for name, data in sent:
        assert {field: type(value) for field, value in data.items()} == {
            field: type(value) for field, value in examples[name].items()
        }, name


# -- settings, decisions, links, the site ------------------------------------------------------------------------------


def test_every_setting_of_a_site_is_in_the_operators_table_and_no_other():
    elsewhere = {"tutor", "media"}  # which have settings of Tutor, and of an author's machine
    paths = (path for path in (ROOT / "dti_xblocks").rglob("*.py") if not elsewhere & set(path.parts))
    code = "".join(path.read_text(encoding="utf-8") for path in paths)
    known = {name for name in re.findall(r'"(DTI_[A-Z_]+)"', code) if not name.startswith("DTI_PREVIEW_")}
    listed = re.findall(r"^\| `(DTI_\w+)` \|", (DOCS / "operators/settings.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == known


def test_every_setting_of_the_tutor_plugin_is_in_its_table_and_no_other():
    listed = re.findall(
        r"^\| `(DTI_\w+)` \| (?:`([^`]+)`)?", (DOCS / "operators/tutor.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {name for name, _default in listed} == {"DTI_REQUIREMENT", *pieces.DEFAULTS}
    assert all(pieces.DEFAULTS[name] == default for name, default in listed if default)


def test_every_table_is_in_the_data_protection_sheet_and_among_the_records():
    tables = {model._meta.db_table.removeprefix("dti_records_") for model in apps.get_app_config("dti_records").get_models()}
    for name in ("operators/data-protection.md", "operators/records.md"):
        text = (DOCS / name).read_text(encoding="utf-8")
        rows = " ".join(re.findall(r"^\| (`[a-z`, ]+`) \|", text, re.MULTILINE))
        assert set(re.findall(r"`([a-z]+)`", rows)) == tables, name


def test_the_threat_model_names_only_what_there_is():
    text = (DOCS / "threat-model.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:tests/)?[a-z_]+/(?:[a-z_]+/)*(?:[a-z_]+\.py)?)`", text):
        assert (ROOT / name).exists() or (ROOT / "dti_xblocks" / name).exists(), name


def test_every_decision_is_in_the_index_with_its_date_and_status():
    heading = re.compile(r"# (\d+)\. (.+)\n\n- Date: (\d{4}-\d\d-\d\d)\n- Status: (.+)\n")
    decisions = []
    for path in sorted((DOCS / "decisions").glob("0*.md")):
        number, title, date, status = heading.match(path.read_text(encoding="utf-8")).groups()
        decisions.append(f"| {number} | [{title}]({path.name}) | {date} | {status} |")
    index = (DOCS / "decisions/README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \d.*$", index, re.MULTILINE) == decisions


@pytest.mark.parametrize("guide", links.guides(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_guides_and_modules_they_name_lead_somewhere(guide):
    assert links.problems(guide) == []


def test_a_link_or_module_that_leads_nowhere_is_found(tmp_path):
    (tmp_path / "there.md").write_text("# A title\n\n```sh\n# no title\n```\n")
    guide = tmp_path / "guide.md"
    guide.write_text("[a](gone.md) [b](there.md#a-title) [c](there.md#no-title) [d](#here) `scenario/gone.py`\n")
    assert links.problems(guide, tmp_path) == [
        "guide.md: gone.md is not a file",
        "guide.md: there.md has no heading #no-title",
        "guide.md: guide.md has no heading #here",
        "guide.md: there is no scenario/gone.py",
    ]


def test_the_site_is_built_without_a_warning_and_loads_nothing_from_other_hosts(tmp_path):
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", tmp_path], cwd=ROOT, check=True)
    pages = {path.relative_to(tmp_path).with_suffix(".md").name for path in tmp_path.rglob("*.html")}
    assert {path.name.replace("README", "index") for path in [*DOCS.rglob("*.md"), ROOT / "CONTRIBUTING.md"]} <= pages
    for path in [*tmp_path.rglob("*.html"), *tmp_path.rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        loaded = re.findall(r"<(?:script|img|iframe|link)\b[^>]*(?:src|href)=.?(?:https?:)?//[^>]*>", text)
        assert loaded + re.findall(r"(?:@import|url\()\s*.?(?:https?:)?//[^)]*", text) == [], path.name


def write_table() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    fixes = {code: fix for code, (_kind, _manual, fix) in documented_rules().items()}
    rows = [f"| {code} | {kind} | {manual} | {fixes.get(code, '')} |" for code, kind, manual in known_rules()]
    first, last = text.index("| Code |"), max(match.end() for match in ROW.finditer(text))
    table = "\n".join(["| Code | Kind | What is wrong | Put it right |", "|---|---|---|---|", *rows])
    FORMAT.write_text(text[:first] + table + text[last:], encoding="utf-8")


if __name__ == "__main__":
    write_table()


def test_the_screens_are_all_there_and_light():
    taken = {picture.name: picture.stat().st_size for picture in screens.PICTURES.iterdir()}
    names = [screen.__name__ for screen in screens.SCREENS]
    assert set(taken) == {
        f"{name}-{size}-{when}.webp" for name in names for size in screens.SIZES for when in ("before", "after")
    }
    assert sum(taken.values()) <= screens.MOST
    shown = re.findall(r"\]\(images/screens/([^)]+)\)", (DOCS / "screens.md").read_text(encoding="utf-8"))
    assert sorted(shown) == sorted(taken)
