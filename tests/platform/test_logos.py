"""The institution's name and logo: a picture made anew of which nothing can act, and a sentence for what cannot be taken."""

import io
import logging
import os

import pytest
from django.test import override_settings
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dti_xblocks.platform import drawings, logos
from dti_xblocks.platform.institution import institution

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:i="http://i" viewBox="0 0 20 10">{}</svg>'
SHAPE = '<path d="M0 0L9 9Z" fill="#10467e"/>'


def drawn(inside: str) -> str:
    return drawings.sanitized(SVG.format(inside).encode()).decode()


@pytest.fixture
def picture(tmp_path):
    """Writes a picture; gives its path."""

    def write(name, mode="RGB", size=(40, 20), **options):
        path = tmp_path / name
        Image.new(mode, size).save(path, **options)
        return path

    return write


# -- drawings ------------------------------------------------------------------------------------------------------------


def test_shapes_and_colors_stay():
    inside = f'<g transform="translate(1 2)" style="fill:#fff; stroke-width : 2px;font-size:9px">{SHAPE}<circle cx="3" cy="4" r="5"/></g>'
    root = etree.fromstring(drawn(inside))
    assert dict(root.attrib) == {"viewBox": "0 0 20 10", "width": "800", "height": "400"}
    group = root[0]
    assert dict(group.attrib) == {"transform": "translate(1 2)", "fill": "#fff", "stroke-width": "2px"}
    assert [etree.QName(each).localname for each in group] == ["path", "circle"]


@pytest.mark.parametrize("inside", [
    "<title>Seal</title><desc>text</desc><metadata><i:x/></metadata><!-- a remark --><?do this?>", "<i:layer onclick='x()'/>",
    "<defs><path d='M0 0'/></defs>",
])  # fmt: skip
def test_what_is_not_seen_is_left_out(inside):
    assert drawn(inside + SHAPE) == drawn(SHAPE)


@pytest.mark.parametrize(
    "attributes", ['onload="x()"', 'id="a"', 'class="b"', 'xlink:href="#c"', 'href="https://x.example/"', 'i:note="d"']
)
def test_what_acts_or_leads_elsewhere_is_left_out_of_a_shape(attributes):
    assert drawn(f'<rect width="1" height="1" {attributes}/>') == drawn('<rect width="1" height="1"/>')


@pytest.mark.parametrize(
    "name", ["script", "style", "image", "use", "text", "a", "foreignObject", "animate", "linearGradient", "svg"]
)
def test_an_element_that_is_not_known_is_refused_by_its_name(name):
    with pytest.raises(drawings.DrawingUnsoundError, match=f"<{name}>"):
        drawn(f"{SHAPE}<{name}/>")


@pytest.mark.parametrize("attribute", [
    'fill="url(#g)"', "style='fill:url(https://x.example/)'", 'fill="&quot;red&quot;"', 'clip-path="url(#c)"', "style='filter:blur(2px)'",
    'd="M0 0;alert(1)"', 'mask="x"', "style='mix-blend-mode:multiply'",
])  # fmt: skip
def test_a_look_that_is_not_known_is_refused(attribute):
    with pytest.raises(drawings.DrawingUnsoundError):
        drawn(f"<path {attribute}/>")


@pytest.mark.parametrize("body", [
    b"", b"<svg", b"<html/>", b"<svg/>", SVG.format("").encode(), SVG.format(SHAPE).replace("0 0 20 10", "0 0 0 10").encode(),
    SVG.format(SHAPE).replace('viewBox="0 0 20 10"', 'width="100%" height="9"').encode(),
    SVG.format(SHAPE).replace("0 0 20 10", "0 0 20000 10").encode(),
    b'<!DOCTYPE svg [<!ENTITY a "aaa">]>' + SVG.format("&a;" + SHAPE).encode(),
])  # fmt: skip
def test_what_is_no_drawing_is_refused(body):
    with pytest.raises(drawings.DrawingUnsoundError):
        drawings.sanitized(body)


def test_a_drawing_without_a_box_has_that_of_its_size():
    body = SVG.format(SHAPE).replace('viewBox="0 0 20 10"', 'width="30px" height="60"').encode()
    assert etree.fromstring(drawings.sanitized(body)).get("viewBox") == "0 0 30 60"


# -- pictures ------------------------------------------------------------------------------------------------------------


def test_of_a_picture_nothing_is_left_but_what_is_seen(picture):
    notes = PngInfo()
    notes.add_text("Comment", "secret")
    path = picture("a.png", "RGBA", (1600, 300), pnginfo=notes, icc_profile=b"profile")
    body, kind = logos.logo(path)
    made = Image.open(io.BytesIO(body))
    assert (kind, made.format, made.mode, made.size) == ("image/png", "PNG", "RGBA", (800, 150))
    assert made.info == {} and b"secret" not in body


@pytest.mark.parametrize(
    ("name", "mode", "made"), [("a.png", "P", "RGB"), ("a.png", "LA", "RGBA"), ("a.jpg", "CMYK", "RGB"), ("a.jpeg", "L", "RGB")]
)
def test_each_kind_of_color_becomes_one_that_every_page_takes(picture, name, mode, made):
    body, kind = logos.logo(str(picture(name, mode)))
    assert (Image.open(io.BytesIO(body)).mode, kind) == (made, "image/png")


def test_a_picture_that_cannot_be_taken_is_told_with_its_reason(picture, tmp_path):
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "large.png").write_bytes(b"x" * (logos.LARGEST + 1))
    (tmp_path / "bad.svg").write_text(SVG.format("<script/>"))
    (tmp_path / "large.svg").write_text(SVG.format(SHAPE * 10000))
    for name, reason in (
        ("text.png", "no PNG, JPEG or SVG"), ("large.png", "bytes"), ("large.svg", "bytes"), ("bad.svg", "<script>"), ("none.png", "no such file"),
        (picture("a.gif"), "no PNG, JPEG or SVG"), (picture("wide.png", "1", (17_000_000, 1)), "pixels"),
    ):  # fmt: skip
        with pytest.raises(logos.LogoUnsoundError, match=reason):
            logos.logo(tmp_path / name)


def test_the_name_of_a_static_file_is_enough(picture, tmp_path):
    path = picture("seal.png")
    (tmp_path / "images").mkdir()
    os.replace(path, tmp_path / "images/seal.png")
    with override_settings(STATICFILES_DIRS=[str(tmp_path)]):
        from django.contrib.staticfiles import finders

        finders.get_finder.cache_clear()
        try:
            assert logos.logo("images/seal.png")[1] == "image/png"
        finally:
            finders.get_finder.cache_clear()
    with override_settings(STATIC_ROOT=str(tmp_path), STATIC_URL="/static/"):
        assert logos._collected("images/seal.png") == str(tmp_path / "images/seal.png")
    for name in ("images/seal.png", "../seal.png", "images/../../etc/passwd"):
        with pytest.raises(logos.LogoUnsoundError, match="no such file"):
            logos.logo(name)


def test_a_file_that_is_changed_is_read_again(picture):
    path = picture("a.png", size=(10, 10))
    before = logos.logo(path)
    picture("a.png", size=(30, 10))
    os.utime(path, (1, 1))
    assert logos.logo(path) != before


# -- the institution -----------------------------------------------------------------------------------------------------


def test_the_institution_is_what_is_set(picture):
    path = picture("a.png")
    with override_settings(DTI_INSTITUTION={"name": " Sunset  PD ", "logo": path, "paper": "A4"}):
        assert institution() == ("Sunset PD", logos.logo(path), "A4")
    with override_settings(DTI_INSTITUTION={"logo": path}):
        assert institution() == ("", None, "Letter")


@pytest.mark.parametrize("value", [None, "Sunset PD", {"name": 5, "logo": 7, "paper": 9}, {"paper": "A5"}])
def test_what_is_wrong_counts_as_not_said(value):
    with override_settings(DTI_INSTITUTION=value):
        assert institution() == ("", None, "Letter")


def test_a_logo_that_is_gone_leaves_the_name_and_a_line_in_the_log(caplog):
    with override_settings(DTI_INSTITUTION={"name": "Sunset PD", "logo": "/gone.png"}), caplog.at_level(logging.ERROR):
        assert institution() == ("Sunset PD", None, "Letter")
    assert "settings.DTI_INSTITUTION names the logo '/gone.png'" in caplog.text
