"""Which tests run first, and which run in one process.

A file's tests share one process, because they share module fixtures and the rows that they wrote; no file sees another one's. The files named in `APART` hold
long tests that share nothing: each of their cases may run in another process. What takes long comes first, so that no process is
left alone with a long test at the end.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .length import is_long

if TYPE_CHECKING:
    import pytest

TESTS = Path(__file__).parents[1]
APART = (
    "browser/test_modes.py",
    "browser/test_whole_course.py",
    "browser/test_editor_ways.py",
)
FIRST = ("test_whole_course.py", "test_modes.py")  # what takes most time of all
KINDS = ("browser", "packaging", "slow")  # markers of long tests, longest first
DOMAINS = ("scenario", "case_law", "pledge", "review", "drawing")  # folders of tests that need no framework
USUAL_SECONDS = {"first": 25.0, "browser": 3.0, "packaging": 5.0, "slow": 2.0}
USUAL = 0.06  # seconds of any other test


def kind_of(item: pytest.Item) -> str:
    """The first marker of `KINDS` that a test has, or ""."""
    return next((kind for kind in KINDS if item.get_closest_marker(kind)), "")


def arrange(items: list[pytest.Item]) -> None:
    """Mark the tests of domains and those that are long, and put what takes most time first."""
    for item in items:
        if is_long(item):
            item.add_marker("long")
        if item.path.parent.name in DOMAINS and item.path.parent.parent == TESTS:
            item.add_marker("domain")
    items.sort(key=rank)


def rank(item: pytest.Item) -> int:
    """Where a test stands: less is earlier. Tests of one rank stay in the order in which they were found."""
    if item.path.name in FIRST:
        return -len(FIRST) + FIRST.index(item.path.name)
    kind = kind_of(item)
    return KINDS.index(kind) if kind else len(KINDS)


def group_of(nodeid: str) -> str:
    """What a test shares a process with: all tests that have the same group."""
    file = nodeid.partition("::")[0]
    return nodeid if file.endswith(APART) else file


def scheduler(config: pytest.Config, log):
    """A scheduler of pytest-xdist that hands out groups in the order of `rank`."""
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False  # it would put the files with the most tests first
    return Groups(config, log)


def workers() -> int:
    """How many processes share the tests: half as many again as there are cores, and each with 2 GB of memory for a browser, a preview
    and a validator. A test in a browser waits for a third of its time, while pages and retries take theirs."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return max(1, min(cores + cores // 2, int(memory // 2)))
