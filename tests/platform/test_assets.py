"""Pictures of the course, read on the server: where they are found, and what is none."""

import io
import sys
from types import ModuleType, SimpleNamespace

import pytest
from opaque_keys.edx.locator import BlockUsageLocator, CourseLocator
from PIL import Image

from dti_xblocks.platform.assets import LARGEST, course_asset, picture_size
from tests.pdf.packet_samples import png

COURSE = CourseLocator("DTI", "DTI101", "2026")


def jpeg() -> bytes:
    """A whole file: some versions of Pillow read no size from a header alone."""
    body = io.BytesIO()
    Image.new("RGB", (7, 5)).save(body, "JPEG")
    return body.getvalue()


JPEG = jpeg()


def block(tree=None):
    usage = BlockUsageLocator(COURSE, "dti_case_law", "m02")
    return SimpleNamespace(scope_ids=SimpleNamespace(usage_id=usage), runtime=SimpleNamespace(**({"tree": tree} if tree else {})))


def in_preview(folder):
    """A block of the preview, whose course has the files of `folder`."""
    known = {path.name: path for path in folder.iterdir()}
    return block(SimpleNamespace(static=SimpleNamespace(find=known.get)))


@pytest.mark.parametrize(("body", "kind"), [(png(), "image/png"), (JPEG, "image/jpeg")])
def test_a_picture_of_the_previews_course_is_read(tmp_path, body, kind):
    (tmp_path / "seal.png").write_bytes(body)
    assert course_asset(in_preview(tmp_path), "/static/seal.png") == (body, kind)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a\x01\x00\x01\x00",
        png()[:20],
        png() + b" " * LARGEST,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\xff" * 8,  # a bomb: it says that it has 16 billion pixels
        JPEG[:20],
    ],
    ids=["nothing", "svg", "gif", "broken off", "too large", "too many pixels", "jpeg without a size"],
)
def test_what_is_no_small_picture_is_left_out(tmp_path, body):
    (tmp_path / "seal.png").write_bytes(body)
    assert course_asset(in_preview(tmp_path), "/static/seal.png") is None


@pytest.mark.parametrize(
    "address",
    ["", None, "seal.png", "/static/", "/static/../seal.png", "/static/a/../../seal.png", "https://x.org/seal.png",
     "/etc/passwd", "/static//seal.png", "/static/seal.png?x", "/static/\\seal.png"],
)  # fmt: skip
def test_only_an_address_of_the_course_is_followed(tmp_path, address):
    (tmp_path / "seal.png").write_bytes(png())
    assert course_asset(in_preview(tmp_path), address) is None


@pytest.fixture
def platform(monkeypatch):
    """The platform's store of uploaded files, as far as it is used; yields what is in it and the streams that were opened."""
    files, streams = {}, []

    class Stream:
        def __init__(self, body):
            self.body, self.length, self.closed = body, len(body), False
            streams.append(self)

        def stream_data(self):
            yield self.body[:10]
            yield self.body[10:]

        def close(self):
            self.closed = True

    class Store:
        def find(self, key, throw_on_not_found=True, as_stream=False):
            assert as_stream and not throw_on_not_found
            return Stream(files[key]) if key in files else None

    content, django = ModuleType("xmodule.contentstore.content"), ModuleType("xmodule.contentstore.django")
    content.StaticContent = SimpleNamespace(
        compute_location=lambda course, name: course.make_asset_key("asset", name.replace("/", "_"))
    )
    django.contentstore = Store
    for module in (ModuleType("xmodule"), ModuleType("xmodule.contentstore"), content, django):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return files, streams


def test_the_platforms_store_is_asked(platform):
    files, streams = platform
    files[COURSE.make_asset_key("asset", "img_seal.png")] = png()
    assert course_asset(block(), "/static/img/seal.png") == (png(), "image/png")
    assert course_asset(block(), "/static/other.png") is None
    assert all(stream.closed for stream in streams)


def test_a_file_that_is_too_large_is_not_even_read(platform):
    files, streams = platform
    files[COURSE.make_asset_key("asset", "seal.png")] = b"\0" * (LARGEST + 1)
    assert course_asset(block(), "/static/seal.png") is None
    assert [stream.closed for stream in streams] == [True]


def test_a_store_that_fails_costs_the_picture_only(platform, monkeypatch):
    monkeypatch.setattr(sys.modules["xmodule.contentstore.django"], "contentstore", lambda: 1 / 0)
    assert course_asset(block(), "/static/seal.png") is None


def test_without_a_platform_there_is_none():
    assert course_asset(block(), "/static/seal.png") is None


def saved(kind: str, **how) -> bytes:
    body = io.BytesIO()
    Image.new("RGB", (7, 5)).save(body, kind, **how)
    return body.getvalue()


def lying() -> bytes:
    """A photograph that says that the camera was held upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved("JPEG", exif=exif.tobytes())


@pytest.mark.parametrize(
    ("body", "size"),
    [*((saved(kind), (7, 5)) for kind in ("PNG", "JPEG", "GIF", "WEBP")), (lying(), (5, 7)), (b"<svg/>", None), (b"", None)],
    ids=["png", "jpeg", "gif", "webp", "a photograph on its side", "svg", "nothing"],
)
def test_a_picture_says_how_large_it_is(tmp_path, body, size):
    (tmp_path / "street.png").write_bytes(body)
    assert picture_size(in_preview(tmp_path), "/static/street.png") == size
    assert picture_size(in_preview(tmp_path), "/static/other.png") is None
    assert picture_size(in_preview(tmp_path), "/static/../street.png") is None


def test_the_platforms_store_is_asked_once_for_a_size(platform):
    files, streams = platform
    files[COURSE.make_asset_key("asset", "street.webp")] = saved("WEBP")
    assert [picture_size(block(), "/static/street.webp") for _ in range(3)] == [(7, 5)] * 3
    assert [stream.closed for stream in streams] == [True]


def test_a_size_that_cannot_be_found_costs_no_page(platform, monkeypatch, caplog):
    monkeypatch.setattr(sys.modules["xmodule.contentstore.django"], "contentstore", lambda: 1 / 0)
    assert picture_size(block(), "/static/street.webp") is None
    assert "The size of /static/street.webp" in caplog.text
