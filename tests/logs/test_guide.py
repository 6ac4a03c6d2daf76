"""The operators' guide says how to find what older logs hold: its commands find it, and nothing else."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from django.test import RequestFactory

from dti_xblocks.platform import tracking
from tests.logs.platform_log import THE_PLATFORMS, Logs, addresses

GUIDE = (Path(__file__).parents[2] / "docs/operators/personal-data.md").read_text(encoding="utf-8")
COUNT, PAGES, QUERIES = re.findall(r"^zgrep -cE '([^']+)'", GUIDE, re.MULTILINE)


def found(pattern, lines, tmp_path):
    """The numbers of the lines that the guide's command finds in a log."""
    log = tmp_path / "tracking.log"
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    answer = subprocess.run(["zgrep", "-nE", pattern, log], capture_output=True, text=True, check=False)
    return [int(line.partition(":")[0]) for line in answer.stdout.splitlines()]


def test_requests_to_our_handlers_are_found(tmp_path):
    logs = Logs(THE_PLATFORMS)
    for kind in ("dti_pledge", "dti_case_law", "problem", "poll"):
        for _project, path in addresses(kind, "sign"):
            logs.take(RequestFactory().post(path, {"name": "Ana"}))
    ours = [number for number, line in enumerate(logs.tracking, 1) if "dti_" in json.loads(line)["event_type"]]
    assert found(COUNT, logs.tracking, tmp_path) == ours
    assert len(ours) == len(logs.tracking) / 2
    assert f"zgrep -hE '{COUNT}'" in GUIDE, "the command that shows them is the one that counts them"


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (PAGES, '{"event_type": "page_close", "page": "http://lms/xblock/block-v1:x#find?q=smith"}'),
        (PAGES, '"GET /event?event_type=page_close&event=&page=http%3A%2F%2Flms%2Fx%23find%3Fq%3Dsmith HTTP/1.1"'),
        (QUERIES, '"GET /courses/c/xblock/block-v1:A+B+C+type@dti_pledge+block@x/handler/pdf?code=7QXD HTTP/1.1"'),
        (
            QUERIES,
            '"GET /courses/c/xblock/block-v1:A%2BB%2BC%2Btype%40dti_case_law%2Bblock%40x/handler/find?kind=case&q=smith HTTP/1.1"',
        ),
        (QUERIES, '"GET /dti/verify?code=7QXD HTTP/1.1"'),
    ],
)
def test_words_in_addresses_are_found(pattern, line, tmp_path):
    harmless = '"GET /courses/c/xblock/block-v1:A+B+C+type@dti_case_law+block@x/handler/read?ref=graham HTTP/1.1"'
    assert found(pattern, [harmless, line, '"GET /dti/verify HTTP/1.1" "http://lms/x#find"'], tmp_path) == [2]


def test_the_guide_has_the_patterns_of_the_setting():
    assert all(f'r"{pattern}"' in GUIDE for pattern in tracking.PATTERNS)
