"""Runs on record and the report about them, for tests."""

import re
from datetime import timedelta
from html import unescape

from lxml import etree

from dti_xblocks.blocks.scenario.loading import scenario_of
from dti_xblocks.scenario_block import ScenarioBlock
from tests.recorded_runs import NOON, player_of, record
from tests.runtime import STAFF, again, make_block, search
from tests.scenario import sample_full

HIGH = (("curb", ""), ("curb", "call"), ("door", "firm"), ("hall", "report"))  # honored, everything there is to earn
LATE = (("curb", ""), ("curb", "freeze", "time-up"), ("door", "soft"), ("yard", "run"))  # lost
ROUND = (
    ("curb", ""),
    ("curb", "look"),
    ("door", "retreat"),
    ("curb", ""),
    ("curb", "call"),
    ("door", "firm"),
)  # stands in the hall


def make(content=sample_full.CONTENT, **options):
    return make_block(ScenarioBlock, content, user=STAFF, **options)


def played():
    """A block with five runs of three people, and its scenario."""
    block = make(display_name="Elm Street")
    scenario = scenario_of(block)
    reyes, okafor, wu = (player_of(block, number, name) for number, name in ((1, "reyes"), (2, "okafor"), (3, "wu")))
    record(scenario, reyes, LATE, took=20)
    record(scenario, reyes, HIGH, took=10, attempt=2, started=NOON + timedelta(days=1))
    record(scenario, reyes, LATE, took=5, attempt=3, pace=10, started=NOON + timedelta(days=2))
    record(scenario, okafor, ROUND, took=7)
    record(scenario, wu, ())
    return block, scenario


def report(block, query="", user=STAFF) -> str:
    answer = search(again(block, user), "report", query, json=True)
    assert answer.status_code == 200, answer.text
    return answer.json["html"]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<title>.*?</title>|<[^>]+>", " ", re.sub(r"</?bdi>", "", html))).split())


def tree(html: str):
    return etree.HTML(html)


def cells(html: str, caption: str) -> list[list[str]]:
    """The rows of the table after the heading or with the caption `caption`."""
    here = html.index(caption)
    inside = html.rfind("<table", 0, here) > html.rfind("</table>", 0, here)
    start = html.rfind("<table", 0, here) if inside else html.index("<table", here)
    table = tree(html[start : html.index("</table>", start)])
    return [[" ".join("".join(cell.itertext()).split()) for cell in row.xpath("./th|./td")] for row in table.iter("tr")]
