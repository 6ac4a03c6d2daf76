"""The rules of the house: see `tests/suite/house.py` and the table in docs/tour.md. Each is also shown to find its breach."""

import importlib.metadata
import shutil
from pathlib import Path

import pytest

from tests.suite.house import LATE, LONG, MOST_MEMBERS, ROOT, House, members

pytestmark = pytest.mark.once
PACKAGE = ROOT / "dti_xblocks"


def test_the_house_is_in_order():
    assert House(PACKAGE).breaches() == []


def test_exceptions_are_needed():
    house = House(PACKAGE)
    late = {house.place(path) for path in house.modules if any(one.relative and one.late for one in house.imports(path))}
    assert set(LATE) == late
    assert all(len((PACKAGE / place).read_text(encoding="utf-8").splitlines()) > 300 for place in LONG)


def test_block_classes_stand_directly_below_the_package():
    """The platform collects static files from one level too high for classes that are nested deeper."""
    points = [point for point in importlib.metadata.entry_points(group="xblock.v1") if point.value.startswith("dti_xblocks")]
    assert {point.name for point in points} == {
        "dti_scenario",
        "dti_case_law",
        "dti_pledge",
        "dti_review",
        "dti_activity",
        "dti_video",
    }
    for point in points:
        assert point.module.count(".") == 1
        assert point.load().__module__ == point.module


@pytest.mark.parametrize("name", ["scenario", "case_law", "pledge", "review", "activity", "video"])
def test_a_block_class_has_few_members(name):
    """What a block is made of are objects of its own room: the class has what the platform calls, and no more."""
    (point,) = importlib.metadata.entry_points(group="xblock.v1", name=f"dti_{name}")
    assert len(members(point.load())) <= MOST_MEMBERS, sorted(members(point.load()))


@pytest.mark.parametrize("name", ["__init__.py", "keys.py", "file.py", "pades.py", "command.py"])
def test_a_file_is_verified_without_django(name):
    for one in House(PACKAGE).imports(PACKAGE / "seals" / name):
        assert one.name.split(".")[0] != "django" and one.name not in {"dti_xblocks.seals.site", "dti_xblocks.seals.make"}, one


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the package's Python files, to be spoilt."""
    package = tmp_path_factory.mktemp("house") / "dti_xblocks"
    shutil.copytree(PACKAGE, package, ignore=lambda folder, names: [
        name for name in names if ((Path(folder) / name).is_file() and not name.endswith(".py")) or (Path(folder) / name).is_symlink()
    ])  # fmt: skip
    return package


LONG_FILE = '"""A room."""\n' + "x = 1\n" * 300
SPOILT = {
    "a block asks the database": ("scenario_block.py", "from .records.scenario import journal\n", "which *_block.py may not"),
    "a kind asks another kind": ("pledge/more.py", '"""More."""\nfrom ..scenario import play\n', "which pledge may not"),
    "a block's part asks another kind": (
        "blocks/review/more.py", '"""More."""\nfrom ..pledge import act\n', "which blocks/review may not",
    ),
    "records ask another kind": (
        "records/review/more.py", '"""More."""\nfrom ..pledge import pledges\n', "which records/review may not",
    ),
    "an editor asks another kind": ("studio/pledge/more.py", '"""More."""\nfrom ..scenario import editor\n', "may not"),
    "the kit asks a kind": ("studio/kit/more.py", '"""More."""\nfrom ...scenario import model\n', "which studio/kit may not"),
    "a page asks a block": ("pages/pledge/more.py", '"""More."""\nfrom ...blocks import pledge\n', "which pages/pledge may not"),
    "records ask a block": ("records/tasks.py", "from ..blocks.pledge import act\n", "which records doors may not"),
    "the platform asks records": ("platform/more.py", '"""More."""\nfrom ..records import access\n', "which platform may not"),
    "drawing asks a scenario": ("drawing/more.py", '"""More."""\nfrom ..scenario import model\n', "which drawing may not"),
    "a block asks the course tool": ("blocks/base/more.py", '"""More."""\nfrom ...course import olx\n', "blocks/base may not"),
    "the course tool asks a block": ("course/more.py", '"""More."""\nfrom ..blocks.pledge import act\n', "course may not"),
    "a folder of rooms imports": ("blocks/__init__.py", '"""A room."""\nfrom ..content import Problem\n', "blocks may not"),
    "an import is late": (
        "records/more.py", '"""More."""\ndef later():\n    from . import access\n    return access\n', "late",
    ),
    "a file is long": ("pdf/more.py", LONG_FILE, "has 301 lines, 300 are allowed"),
    "a block is long": ("review_block.py", LONG_FILE, "150 are allowed"),
    "a package says nothing": ("drawing/__init__.py", "", "does not say what it is for"),
    "a domain uses a package": ("review/more.py", '"""More."""\nimport django\n', "the standard library only"),
    "lxml outside of olx": ("scenario/more.py", '"""More."""\nfrom lxml import etree\n', "the standard library only"),
    "WeasyPrint is loaded at once": ("pdf/more.py", '"""More."""\nimport weasyprint\n', "when it is loaded"),
    "pyHanko elsewhere": ("verify/more.py", '"""More."""\ndef f():\n    import pyhanko\n', "which only seals may"),
    "keys elsewhere": ("records/more.py", '"""More."""\nimport cryptography\n', "which only seals may"),
    "Open edX elsewhere": ("records/more.py", '"""More."""\nimport openedx.core\n', "which only platform may"),
    "the tests' packages on a server": ("verify/more.py", '"""More."""\nimport pytest\n', "a server does not have"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_a_breach_is_found(copy, name):
    place, text, expected = SPOILT[name]
    path = copy / place
    assert not path.exists() or House(copy).breaches([path]) == []
    before = path.read_text(encoding="utf-8") if path.exists() else None
    try:
        path.write_text(
            text if before is None or "lines" in expected or place.endswith("__init__.py") else before + text, encoding="utf-8"
        )
        breaches = House(copy).breaches([path])
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    assert breaches and all(one.startswith(place) for one in breaches), breaches
    assert any(expected in one for one in breaches), breaches


def test_a_block_class_that_is_a_program_is_found():
    program = type(
        "Program", (), {"__module__": "dti_xblocks.program", **{f"part_{number}": None for number in range(MOST_MEMBERS + 1)}}
    )
    assert len(members(program)) > MOST_MEMBERS
