"""The map in the staff report."""

import time

from lxml import etree

from dti_xblocks.blocks.scenario.loading import scenario_of
from tests.blocks.scenario.reporting import HIGH, cells, make, played, report, words
from tests.recorded_runs import player_of, record
from tests.scenario import sample_full


def drawing(html: str):
    return etree.fromstring(
        html[html.index('<svg class="dti-chart-drawing"') : html.rindex("</svg>", 0, html.index("The map as a table")) + 6]
    )


def test_the_map_has_every_scene_choice_and_number():
    block, scenario = played()
    svg = drawing(report(block, "part=map&which=all"))
    texts = [" ".join("".join(box.xpath("./text/text()")).split()) for box in svg.xpath("//g[contains(@class, 'dti-chart-box')]")]
    assert len(texts) == 7
    curb = svg.xpath("//g[contains(@class, 'dti-chart-start')]/text/text()")
    assert curb == ["1. Curb-title", "Came here: 6", "Left here: 1", "Clock: 20 s"]
    hall = svg.xpath("//g[text='3. Hall-title']/text/text()")
    assert hall == ["3. Hall-title", "Came here: 2", "Left here: 1", "Has a condition"]
    assert svg.xpath("//g[text='Lost-title']/text/text()") == ["Lost-title", "Ending: bad", "Came here: 2"]
    choices = sum(len(scene.choices) for scene in scenario.scenes)
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-arrow')]")) == choices == 10
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-otherwise')]")) == 2
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-late')]")) == 1
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-head')]")) == choices + 2
    assert len(svg.xpath("//path[contains(@class, 'dti-chart-arrow') and contains(@class, 'dti-chart-back')]")) == 1
    assert len(svg.xpath("//g[contains(@class, 'dti-chart-tab')]//circle")) == 1, "the clock's sign"
    hints = svg.xpath("//g[contains(@class, 'dti-chart-tab')]/title/text()")
    assert "3. Freeze-text. – 40% (2)" in hints and "2. Call-text. – 40% (2)" in hints


def test_the_map_counts_the_runs_that_are_asked_for():
    block, _scenario = played()
    came = {which: words(report(block, f"part=map&which={which}")) for which in ("first", "best", "all", "nonsense")}
    assert "First attempts: 3 counted" in came["first"] and "1. Curb-title Came here: 4 Left here: 1" in came["first"]
    assert "Best attempts: 1 counted" in came["best"] and "Left here" not in came["best"]
    assert "All runs: 5 counted" in came["all"]
    assert came["nonsense"] == came["first"]


def test_wider_arrows_are_taken_by_more():
    block, _scenario = played()
    svg = drawing(report(block, "part=map&which=best"))
    widths = sorted(float(path.get("stroke-width")) for path in svg.xpath("//path[contains(@class, 'dti-chart-arrow')]"))
    assert widths == [1.5] * 7 + [8.5] * 3


def test_the_table_says_what_the_map_says():
    block, _scenario = played()
    rows = cells(report(block, "part=map&which=all"), "The map as a table")
    assert rows[1][0] == "1. Curb-title" and rows[1][2] == "Came here: 6Left here: 1Clock: 20 seconds"
    assert rows[2] == ["1. Look-text.", "2. Door-title", "20% (1)"]
    assert rows[4] == ["3. Freeze-text. only when time runs out", "2. Door-title", "40% (2) time ran out: 2"]
    hall = next(row for row in rows if row[0].startswith("3. Hall-title"))
    assert hall[0] == "3. Hall-title has a condition" and hall[1] == "when the condition is not met: 4. Yard-title"
    assert rows[-1][0] == "Lost-title ending: bad" and rows[-1][2] == "Came here: 2"


def test_the_map_names_nobody():
    block, _scenario = played()
    for which in ("first", "best", "all"):
        html = report(block, f"part=map&which={which}")
        assert not [name for name in ("reyes", "okafor", "wu<") if name in html]


def test_numbers_in_the_drawing_survive_a_decimal_comma():
    from django.utils import translation

    block, _scenario = played()
    english = drawing(report(block, "part=map"))
    with translation.override("de"):
        german = drawing(report(block, "part=map"))
    for name in ("d", "x", "y", "width", "viewBox", "stroke-width"):
        assert english.xpath(f"//@{name}") == german.xpath(f"//@{name}")


def test_titles_cannot_break_out_of_the_map():
    content = sample_full.CONTENT.replace('title="Curb-title"', 'title="&lt;script&gt;alert(1)&lt;/script&gt;"')
    content = content.replace("Look-text.", "&lt;img src=x onerror=y&gt;")
    block = make(content)
    record(scenario_of(block), player_of(block, 1, '<b onclick="x">'), HIGH)
    for query in (
        "",
        "part=map",
        "part=people",
        "part=person&person=1",
        "part=people&q=%22%3E%3Cscript%3E",
    ):
        html = report(block, query)
        assert "<script" not in html and "<img" not in html and "<b " not in html, query
    drawing(report(block, "part=map"))


def test_a_map_of_three_hundred_scenes_is_made_in_time():
    scenes = "".join(
        f'<scene id="s{n}" title="Title number {n}" place="p" time="t"><p>x</p>'
        + "".join(
            f'<choice id="c{k}" to="{f"s{min(299, n + 1 + (n * k) % 7)}" if n < 299 and k < 3 else f"e{n % 5}"}" points="{k}"><text>Words {k}.'
            "</text><outcome><p>o</p></outcome><why><p>w</p></why></choice>"
            for k in range(4 if n % 3 == 0 else 3)
        )
        + "</scene>"
        for n in range(300)
    )
    endings = "".join(f'<ending id="e{n}" title="E{n}" result="good"><p>x</p></ending>' for n in range(5))
    block = make(f"<introduction><p>i</p></introduction>{scenes}{endings}")
    assert scenario_of(block) is not None
    before = time.process_time()
    html = report(block, "part=map")
    assert time.process_time() - before < 5.0  # about 0.7 s on a quiet machine
    assert len(drawing(html).xpath("//path[contains(@class, 'dti-chart-arrow')]")) == 1000
