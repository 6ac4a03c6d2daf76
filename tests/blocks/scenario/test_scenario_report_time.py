"""The people of a scenario week by week: the lines and the table say the same."""

import re
from datetime import date, timedelta

from dti_xblocks.pages.scenario.report_time import LABELS, MOST, over_time
from dti_xblocks.templating import render

MONDAY = date(2026, 6, 1)


def test_a_single_week_is_no_line():
    assert over_time({}) == over_time({MONDAY: (3, 1)}) == {}


def test_weeks_without_anybody_are_in_it():
    told = over_time({MONDAY: (4, 0), MONDAY + timedelta(weeks=3): (1, 2)})
    assert [(row["began"], row["ended"]) for row in told["rows"]] == [("4", "0"), ("0", "0"), ("0", "0"), ("1", "2")]
    assert told["rows"][1]["week"] == "June 8, 2026" and len(told["graph"].xs) == 4


def test_only_the_last_half_year_is_drawn():
    told = over_time({MONDAY - timedelta(weeks=200): (9, 9), MONDAY: (1, 1)})
    assert len(told["rows"]) == MOST and len(told["labels"]) <= LABELS and told["rows"][0]["began"] == "0"


def test_the_drawing_needs_no_colour_and_has_the_table_as_its_equal():
    time = over_time({MONDAY: (4, 0), MONDAY + timedelta(weeks=1): (1234, 2)})
    html = render("dti/scenario/report_time.html", {"time": time, "sublevel": 3, "uid": "x"})
    assert html.count('<path class="dti-lines-first"') == html.count('<path class="dti-lines-second"') == 2  # legend and line
    assert 'role="img"' in html and "1,234</td>" in html and "June 8, 2026" in html
    assert re.search(r'viewBox="0 0 480(\.0)? 180(\.0)?"', html)
