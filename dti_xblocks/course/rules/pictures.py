"""Rules about pictures: those on pages, and those that are built from scene files beside the course."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import lxml.html

from ...content import WARNING, Problem
from ...content.sizes import small_name
from ..media import checks
from ..media.index import file_name, media_folder
from ..media.scene import scene_files
from ..model import OlxCourse
from .assets import asset_name, kept_files
from .registry import rule

PICTURES = (".webp", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".avif")


def _pages(course: OlxCourse) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Each page with pictures: file, tree."""
    for name in course.files:
        if name in course.used and name.startswith("html/") and name.endswith(".html") and "<img" in (text := course.text(name)):
            yield name, lxml.html.fragment_fromstring(text, create_parent=True)


def _pictures_of_pages(course: OlxCourse) -> Iterator[tuple[str, int, dict[str, str]]]:
    """Each picture of a page: file, line, attributes in lower case."""
    for name, page in _pages(course):
        for node in page.iter("img"):
            yield name, node.sourceline or 0, {str(key).lower(): str(value) for key, value in node.attrib.items()}


@rule("PX001")
def wordless_picture(course: OlxCourse) -> Iterator[Problem]:
    """A picture on a page without `alt`: who cannot see it hears the name of a file. `alt=""` says that it is an ornament."""
    for name, line, attributes in _pictures_of_pages(course):
        if "alt" not in attributes:
            message = f"The picture {attributes.get('src', '')} has no `alt`. Say in words what there is to see."
            yield Problem("PX001", name, message, WARNING, line)


@rule("PX002")
def picture_without_a_size(course: OlxCourse) -> Iterator[Problem]:
    """A picture of the course on a page without `width` and `height`: the text jumps when it arrives."""
    for name, line, attributes in _pictures_of_pages(course):
        source = attributes.get("src", "")
        if source.startswith("/static/") and not {"width", "height"} <= attributes.keys():
            yield Problem(
                "PX002", name, f"The picture {source} has no `width` and `height`. Give it those of the file.", WARNING, line
            )


@rule("PX003")
def heavy_picture(course: OlxCourse) -> Iterator[Problem]:
    """A picture on a page or in a scenario of more than 120 kB: on a bad line it takes seconds, and officers learn on phones."""
    shown = {asset_name(attributes.get("src", "").removeprefix("/static/")) for _, _, attributes in _pictures_of_pages(course)}
    for block in course.blocks("dti_scenario"):
        shown |= {asset_name((node.get("src") or "").removeprefix("/static/")) for node in block.node.iter("image")}
        shown |= {asset_name((node.get("portrait") or "").removeprefix("/static/")) for node in block.node.iter("person")}
    for kept, files in kept_files(course).items():
        for file in files:
            size = (course.root / file).stat().st_size
            if kept in shown and kept.lower().endswith(PICTURES) and size > checks.MOST_BYTES:
                most = checks.MOST_BYTES // 1000
                message = f"This picture has {size // 1000} kB, {most} are allowed. Make it smaller, or save it as WebP."
                yield Problem("PX003", file, message, WARNING)


def _of_scenes(course: OlxCourse, code: str, find: Callable[[Path, Path], Iterator[checks.Finding]]) -> Iterator[Problem]:
    media = media_folder(course.root)
    if media is not None:
        for name, sentence in find(media, course.root / "static"):
            yield Problem(code, f"../media/scenes/{name}.toml", sentence)


@rule("PX004")
def scene_without_words(course: OlxCourse) -> Iterator[Problem]:
    """A scene file beside the course that cannot be read, or without alternative text and a long description that fit."""
    yield from _of_scenes(course, "PX004", lambda media, _static: checks.wordless(media))


@rule("PX005")
def picture_older_than_its_scene(course: OlxCourse) -> Iterator[Problem]:
    """A scene file beside the course that was changed after its picture was built, or never built."""
    yield from _of_scenes(course, "PX005", checks.outdated)


@rule("PX006")
def pale_ground(course: OlxCourse) -> Iterator[Problem]:
    """A picture that carries words and is too light below them: the words have a contrast of less than 4.5 to 1."""
    yield from _of_scenes(course, "PX006", lambda media, _static: checks.pale(media))


@rule("PX007")
def scene_that_nothing_shows(course: OlxCourse) -> Iterator[Problem]:
    """A scene file beside the course whose picture no page and no scenario shows: it is built and kept for nobody."""
    media = media_folder(course.root)
    if media is None:
        return
    shown = "\n".join(course.text(name) for name in course.files if name.endswith((".html", ".xml", ".json")))
    for path in scene_files(media):
        if file_name(path.stem) not in shown:
            message = f"Nothing shows static/{file_name(path.stem)}. Show it, or remove the scene and build again."
            yield Problem("PX007", f"../media/scenes/{path.name}", message, WARNING)


@rule("PX008")
def picture_in_one_size(course: OlxCourse) -> Iterator[Problem]:
    """A picture that is built from a scene file, and whose second size for narrow screens was not made."""
    yield from _of_scenes(course, "PX008", checks.one_size)


@rule("PX009")
def second_size_of_another_picture(course: OlxCourse) -> Iterator[Problem]:
    """A second size that was made before its picture was built anew: phones show the older picture."""
    yield from _of_scenes(course, "PX009", checks.older_second_size)


@rule("PX010")
def second_size_that_a_page_leaves_out(course: OlxCourse) -> Iterator[Problem]:
    """A picture on a page that has a second size in static/, of which the page says nothing: phones load the large one."""
    kept = kept_files(course)
    for name, page in _pages(course):
        offered = {source.get("srcset", "").strip() for source in page.iter("source")}
        for node in page.iter("img"):
            small = small_name(source := (node.get("src") or "").strip())
            if source.startswith("/static/") and asset_name(small.removeprefix("/static/")) in kept and small not in offered:
                message = f"The picture {source} has a small size, {small}, that this page does not offer to narrow screens."
                yield Problem("PX010", name, message, WARNING, node.sourceline or 0)
