"""The versions that the doctor calls tested are those that the stacks have."""

import re

import pytest
from packaging.utils import canonicalize_name
from suite.pins import ROOT, TEAK, VERAWOOD

from dti_xblocks.records.management.doctor import versions

pytestmark = pytest.mark.once
FILES = ("current-stack.txt", "ahead-of-platform.txt", "previous-stack.txt", "teak-pins.txt")


def of_the_stacks() -> dict[str, set[tuple[int, int]]]:
    found: dict[str, set[tuple[int, int]]] = {"python": {(3, 11), (3, 12)}}
    for name in FILES:
        for package, version in re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / "scripts" / name).read_text(), re.MULTILINE):
            found.setdefault(canonicalize_name(package), set()).add(versions._number(version))
    return found


@pytest.mark.parametrize("name", versions.TESTED)
def test_lowest_and_highest_are_those_of_the_stacks(name):
    lowest, highest = versions.TESTED[name]
    tested = of_the_stacks()[canonicalize_name(name)]
    assert highest == max(tested)
    assert lowest in (min(tested), versions._number({**TEAK.pins, "python": "3.11"}.get(canonicalize_name(name), "0"))) or (
        name == "pypdf" and lowest == (6, 16)  # the floor in setup.py
    )


@pytest.mark.parametrize("release", [TEAK, VERAWOOD], ids=lambda one: one.name)
def test_what_a_release_pins_is_within(release):
    for name, (lowest, highest) in versions.TESTED.items():
        if pin := release.pins.get(canonicalize_name(name)):
            assert lowest <= versions._number(pin) <= highest, f"{name} {pin}"
