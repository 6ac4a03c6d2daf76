"""Which of a course's files an author can choose as pictures, and where they are seen."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator, LibraryLocatorV2, LibraryUsageLocatorV2

from dti_xblocks.course.preview.static_files import StaticFiles
from dti_xblocks.platform import pictures as room
from dti_xblocks.platform.pictures import pictures

COURSE = CourseLocator("DTI", "DTI101", "2026")
USAGE = BlockUsageLocator(COURSE, "dti_scenario", "m03")


def block(usage=USAGE, **runtime):
    return SimpleNamespace(scope_ids=SimpleNamespace(usage_id=usage), runtime=SimpleNamespace(**runtime))


@pytest.fixture
def contentstore(monkeypatch):
    """The platform's store with the files of `files`; gives what it was asked."""
    asked, files = [], []

    def get_all_content_for_course(course, maxresults, filter_params):
        asked.append((course, maxresults, filter_params))
        return files, len(files)

    module = ModuleType("xmodule.contentstore.django")
    module.contentstore = lambda: SimpleNamespace(get_all_content_for_course=get_all_content_for_course)
    for name in ("xmodule", "xmodule.contentstore"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return SimpleNamespace(asked=asked, files=files)


def file(name, small=None):
    location = ["c4x", "DTI", "DTI101", "thumbnail", small, None] if small else None
    return {"asset_key": COURSE.make_asset_key("asset", name), "thumbnail_location": location}


def test_the_previews_pictures_are_those_of_the_courses_folder(tmp_path):
    (tmp_path / "static/deep").mkdir(parents=True)
    for name in ("Lot.png", "alley.webp", "deep/car.SVG", "style.css", "handout.pdf", "no-ending"):
        (tmp_path / "static" / name).write_bytes(b"")
    found = pictures(block(tree=SimpleNamespace(static=StaticFiles(tmp_path / "static", "/asset/"))))
    assert [(one.src, one.shown) for one in found] == [
        ("/static/alley.webp", "/asset/alley.webp"),
        ("/static/deep_car.SVG", "/asset/deep_car.SVG"),
        ("/static/Lot.png", "/asset/Lot.png"),
    ]


def test_studios_pictures_are_those_of_the_platforms_store(contentstore):
    contentstore.files += [file("lot.png", "lot-png.jpg"), file("car.svg"), file("no-ending")]
    found = pictures(block())
    assert [(one.name, one.src, one.shown) for one in found] == [
        ("car.svg", "/static/car.svg", "/asset-v1:DTI+DTI101+2026+type@asset+block@car.svg"),
        ("lot.png", "/static/lot.png", "/asset-v1:DTI+DTI101+2026+type@thumbnail+block@lot-png.jpg"),
    ]
    ((course, most, wanted),) = contentstore.asked
    assert (course, most) == (COURSE, room.MOST)
    assert set(wanted["contentType"]["$in"]) == set(room.KINDS)


def test_there_is_no_list_without_a_course(contentstore):
    library = LibraryLocatorV2("DTI", "bank")
    assert pictures(block(LibraryUsageLocatorV2(library, "dti_scenario", "m03"))) is None
    assert pictures(block("a workbench's plain name")) is None
    assert contentstore.asked == []


def test_there_is_no_list_without_a_platform():
    assert pictures(block()) is None
