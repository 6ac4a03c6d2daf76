"""Which of a course's files an author can choose as pictures, and where they are seen."""

import io
import re
import sys
from types import ModuleType, SimpleNamespace

import pytest
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator, LibraryLocatorV2, LibraryUsageLocatorV2
from PIL import Image

from dti_xblocks.course.preview.static_files import StaticFiles
from dti_xblocks.platform import pictures as room
from dti_xblocks.platform.pictures import SecondSizes, pictures
from dti_xblocks.templating import render
from tests.pdf.packet_samples import png

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


@pytest.fixture
def store(monkeypatch):
    """The platform's store with the file lot-640.webp alone; gives what it was asked, and what of it was closed."""
    told = SimpleNamespace(asked=[], closed=[], broken=False)

    def find(location, throw_on_not_found, as_stream):
        told.asked.append(location)
        if told.broken:
            raise OSError("gone")
        name = location[1]
        return SimpleNamespace(close=lambda: told.closed.append(name)) if name == "lot-640.webp" else None

    django, content = ModuleType("xmodule.contentstore.django"), ModuleType("xmodule.contentstore.content")
    django.contentstore = lambda: SimpleNamespace(find=find)
    content.StaticContent = SimpleNamespace(compute_location=lambda course, name: (course, name))
    for name in ("xmodule", "xmodule.contentstore"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    for module in (django, content):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return told


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


def test_a_picture_in_two_sizes_is_listed_once(tmp_path, contentstore):
    (tmp_path / "static").mkdir()
    for name in ("alley.webp", "alley-640.webp", "car-640.webp"):
        (tmp_path / "static" / name).write_bytes(b"")
    found = pictures(block(tree=SimpleNamespace(static=StaticFiles(tmp_path / "static", "/asset/"))))
    assert [(one.name, one.shown) for one in found] == [
        ("alley.webp", "/asset/alley-640.webp"),
        ("car-640.webp", "/asset/car-640.webp"),
    ]
    contentstore.files += [file("lot.png", "lot-png.jpg"), file("lot-640.png", "lot-640-png.jpg")]
    assert [one.name for one in pictures(block())] == ["lot.png"]


def test_the_second_size_is_found_among_the_courses_files(tmp_path):
    (tmp_path / "static").mkdir()
    for name in ("alley.webp", "alley-640.webp", "notes-640.pdf"):
        (tmp_path / "static" / name).write_bytes(b"")
    sizes = SecondSizes(block(tree=SimpleNamespace(static=StaticFiles(tmp_path / "static", "/asset/"))))
    assert sizes.of("/static/alley.webp") == "/static/alley-640.webp"
    for address in (
        "/static/alley-640.webp",
        "/static/lot.webp",
        "/static/notes.pdf",
        "https://example.org/alley.webp",
        "",
        "/static/../alley.webp",
    ):
        assert sizes.of(address) == "", address


def test_the_second_size_is_found_in_the_platforms_store_and_asked_for_once(store):
    sizes = SecondSizes(block())
    assert [sizes.of("/static/lot.webp") for _ in range(2)] == ["/static/lot-640.webp"] * 2
    assert sizes.of("/static/car.webp") == ""
    assert (store.asked, store.closed) == ([(COURSE, "lot-640.webp"), (COURSE, "car-640.webp")], ["lot-640.webp"])


PAGES = {
    "dti/activity/spot.html": {"picture": {"src": "/static/lot.png", "alt": "A lot"}},
    "dti/scenario/media.html": {"media": {"kind": "image", "src": "/static/lot.png", "alt": "A lot"}},
    "dti/video/stills.html": {"still": {"src": "/static/lot.png", "alt": "A lot", "text": ""}},
}


@pytest.mark.parametrize("template", PAGES)
def test_a_page_keeps_the_place_of_a_picture_free(tmp_path, template):
    """Its size is in the page before the picture is there, so that nothing is pushed down when it comes."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static/lot.png").write_bytes(png())
    sizes = SecondSizes(block(tree=SimpleNamespace(static=StaticFiles(tmp_path / "static", "/asset/"))))
    across, down = Image.open(io.BytesIO(png())).size
    shown = re.search(r"<img[^>]*>", render(template, {**PAGES[template], "second_sizes": sizes}))
    assert f' width="{across}" height="{down}"' in shown[0]
    unknown = re.search(r"<img[^>]*>", render(template, PAGES[template]))
    assert "width" not in unknown[0]


def test_a_store_that_cannot_be_read_costs_no_picture(store, caplog):
    store.broken = True
    assert SecondSizes(block()).of("/static/lot.webp") == ""
    assert "The second size of /static/lot.webp" in caplog.text


def test_without_a_course_there_is_one_size(store):
    library = LibraryLocatorV2("DTI", "bank")
    assert SecondSizes(block(LibraryUsageLocatorV2(library, "dti_scenario", "m03"))).of("/static/lot.webp") == ""
    assert SecondSizes(block("a workbench's plain name")).of("/static/lot.webp") == ""
    assert store.asked == []


def test_without_a_platform_there_is_one_size():
    assert SecondSizes(block()).of("/static/lot.webp") == ""


def test_there_is_no_list_without_a_course(contentstore):
    library = LibraryLocatorV2("DTI", "bank")
    assert pictures(block(LibraryUsageLocatorV2(library, "dti_scenario", "m03"))) is None
    assert pictures(block("a workbench's plain name")) is None
    assert contentstore.asked == []


def test_there_is_no_list_without_a_platform():
    assert pictures(block()) is None
