"""The pictures of the course: built from their scenes, with words, light enough to load, and each shown somewhere."""

import io
import re
import tomllib
from html import unescape

import pytest
from PIL import Image, ImageChops, ImageStat

from dti_xblocks.content.sizes import NARROW
from dti_xblocks.course.media.checks import MOST_ALT, every_finding
from dti_xblocks.course.media.gallery import gallery
from dti_xblocks.course.media.index import file_name, read_index
from dti_xblocks.course.media.scene import read, scene_files
from dti_xblocks.course.media.small import made_small, small_file
from tests.suite.house import ROOT

pytestmark = [pytest.mark.once, pytest.mark.content]
MEDIA, COURSE = ROOT / "media", ROOT / "course_export"
STATIC = COURSE / "static"
SCENARIOS = ("m03-scenario-u1", "m06-opportunity-u3", "m08-how-to-intervene-u3")
PAGE = 400_000  # bytes: what a unit may load


def test_nothing_is_wrong_or_out_of_date():
    assert every_finding(MEDIA, STATIC) == []


def test_each_picture_is_what_the_index_says():
    for name, built in read_index(MEDIA).items():
        path = STATIC / file_name(name)
        with Image.open(path) as picture:
            assert (picture.format, picture.size, path.stat().st_size) == ("WEBP", (built.width, built.height), built.bytes)


def test_each_picture_but_portraits_has_a_second_size_of_a_quarter_of_its_pixels():
    for name, built in read_index(MEDIA).items():
        if name.startswith("cast-"):
            assert built.small is None
            continue
        path = STATIC / small_file(name)
        with Image.open(path) as picture:
            assert (picture.format, picture.size, path.stat().st_size) == ("WEBP", (640, 360), built.small.bytes)
        assert built.small.bytes < built.bytes / 2, name


def test_a_second_size_is_made_of_its_picture_alone():
    """Compared by pixels: another release of the codec may write other bytes of the same picture."""
    for name in ("apartment", "open-welcome"):
        shipped = Image.open(STATIC / small_file(name)).convert("RGB")
        made = Image.open(io.BytesIO(made_small((STATIC / file_name(name)).read_bytes()))).convert("RGB")
        assert max(ImageStat.Stat(ImageChops.difference(shipped, made)).mean) < 1


def test_all_together_are_small():
    assert sum(built.bytes + (built.small.bytes if built.small else 0) for built in read_index(MEDIA).values()) < 12_000_000


def test_every_scene_of_the_scenarios_has_a_picture_with_words():
    for name in SCENARIOS:
        text = (COURSE / f"vertical/{name}.xml").read_text(encoding="utf-8")
        scenes = re.findall(r"<scene .*?</scene>", text, re.DOTALL)
        pictures = [re.search(r'<image src="/static/(scene-[\w-]+\.webp)" alt="[^"]{30,}"/>', scene) for scene in scenes]
        assert scenes and all(pictures), name
        assert all((STATIC / picture[1]).is_file() for picture in pictures)


def test_each_lesson_opens_with_a_picture_and_its_long_description():
    opened = set()
    for path in sorted((COURSE / "html").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        for scene, alt, description in re.findall(
            r'<img src="/static/scene-([\w-]+)\.webp" alt="([^"]+)" width="1280" height="720" decoding="async"></picture>\s*'
            r"<figcaption><details><summary>[^<]+</summary><p>([^<]+)</p>",
            text,
        ):
            opened.add(path.name.partition("-u1")[0])
            said = tomllib.loads((MEDIA / f"scenes/{scene}.toml").read_text(encoding="utf-8"))
            assert (unescape(alt), unescape(description)) == (said["alt"], said["description"]) and len(unescape(alt)) <= MOST_ALT
    assert len(opened) == 19


def test_a_unit_with_a_scenario_stays_light():
    """What a learner loads at once: the largest scene picture and all portraits."""
    portraits = sum(built.bytes for name, built in read_index(MEDIA).items() if name.startswith("cast-"))
    assert max(built.bytes for built in read_index(MEDIA).values()) + portraits < PAGE / 2


def test_every_lesson_offers_the_second_size_of_its_picture():
    offered = 0
    for path in sorted((COURSE / "html").glob("*.html")):
        text = path.read_text(encoding="utf-8")
        for name in re.findall(r'<img src="/static/(scene-[\w-]+)\.webp"', text):
            offered += 1
            assert f'<source media="{NARROW}" srcset="/static/{name}-640.webp"><img src="/static/{name}.webp"' in text, path.name
    assert offered == 19


def test_the_gallery_is_up_to_date():
    assert (ROOT / "docs/pictures.md").read_text(encoding="utf-8") == gallery(MEDIA, "../course_export")


def test_nobody_is_shown_without_a_word_of_it():
    for path in scene_files(MEDIA):
        scene = read(path)
        assert scene.description != scene.alt and scene.title
