"""The files of an OLX course: pointers, policies, tabs and info pages."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import etree

from ..tags import is_pointer, name_of, pointed_file
from .bounds import Note, sound_grading, sound_policy
from .confine import is_inside, is_sayable, is_text_of, plain
from .errors import PreviewError
from .tree import Page

# No entities and no network: a course is somebody else's file.
# Comments stay: to the platform a tag with one inside is no pointer.
PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_pis": True}


def parse(path: Path):
    """The root element of an XML file. Raises `etree.XMLSyntaxError` or `OSError`."""
    return etree.parse(str(path), etree.XMLParser(**PARSER_OPTIONS)).getroot()


def course_root(folder: Path):
    """The `<course>` element of course.xml, with its pointer followed. `PreviewError` when the folder is no course."""
    path = folder / "course.xml"
    if not folder.is_dir():
        raise PreviewError(f"There is no folder {folder}. Give the folder of an unpacked course.")
    if not path.is_file():
        raise PreviewError(f"{folder} is not a course: it has no course.xml. Give the folder that holds course.xml.")
    if not is_text_of(folder, path):
        raise PreviewError(f"{path} leads out of the course or is too large for a course.xml. Put the file itself there.")
    try:
        root = parse(path)
    except etree.XMLSyntaxError as error:
        raise PreviewError(f"{path} is not well-formed XML: {error}. Repair it, or export the course again.") from error
    if root.tag != "course":
        raise PreviewError(f"{path} starts with <{root.tag}>, not with <course>. Give the folder of a course, not of a library.")
    if not is_pointer(root):
        root.set("url_name", name_of(root) or "run")
        return root
    pointed, reason = follow(folder, root)
    if reason:
        raise PreviewError(f"The course cannot be read. {reason} Repair it, or export the course again.")
    for name in ("org", "course"):
        if root.get(name):
            pointed.set(name, root.get(name))
    return pointed


def follow(folder: Path, node):
    """(element, "") for the file that a pointer means, or (the pointer, reason) when it cannot be read."""
    path = folder / pointed_file(node)
    shown = plain(f"{node.tag}/{path.name}")
    if not is_inside(folder, path):
        return node, f"{shown} is outside the course."
    if not is_text_of(folder, path):
        return node, f"The file {shown} is missing."
    try:
        pointed = parse(path)
    except (etree.XMLSyntaxError, OSError) as error:
        return node, f"{shown}: {error}."
    pointed.tag = node.tag  # as an import takes it, whatever the file says
    pointed.set("url_name", name_of(node))
    return pointed, ""


def policy(folder: Path, run: str, note: Note) -> dict:
    """policies/<run>/policy.json, or the older policies/<run>.json; {} when there is none that can be read."""
    for path in (folder / "policies" / run / "policy.json", folder / "policies" / f"{run}.json"):
        found = _json(folder, path, note)
        if found:
            return sound_policy(found, run, note)
    return {}


def grading_policy(folder: Path, run: str, note: Note) -> dict:
    """GRADER and GRADE_CUTOFFS."""
    for path in (folder / "policies" / run / "grading_policy.json", folder / "grading_policy.json"):
        found = _json(folder, path, note)
        if found:
            return sound_grading(found, note)
    return {}


def tabs(folder: Path, course_policy, note: Note) -> tuple[Page, ...]:
    """The extra pages: those of the policy's tabs in order, then files that no tab names."""
    names = {
        tab["url_slug"]: tab.get("name") or tab["url_slug"]
        for tab in course_policy.get("tabs") or ()
        if isinstance(tab, dict) and tab.get("type") == "static_tab" and tab.get("url_slug") and is_sayable(tab["url_slug"])
    }
    for path in sorted((folder / "tabs").glob("*.html")):
        if is_sayable(path.name):
            names.setdefault(path.stem, path.stem.replace("-", " ").replace("_", " "))
    pages = [Page(slug, plain(title), _text(folder, folder / "tabs" / f"{slug}.html", note)) for slug, title in names.items()]
    return tuple(page for page in pages if page.html.strip())


INFO_PAGES = (
    ("overview", "about/overview.html"),
    ("short_description", "about/short_description.html"),
    ("effort", "about/effort.html"),
    ("duration", "about/duration.html"),
    ("handouts", "info/handouts.html"),
    ("updates", "info/updates.html"),
)


def info_pages(folder: Path, note: Note) -> tuple[Page, ...]:
    """About texts, handouts and updates, as far as they have content. Titles are the page's business."""
    pages = [Page(slug, "", _text(folder, folder / path, note)) for slug, path in INFO_PAGES]
    return tuple(page for page in pages if page.html.strip())


def signature(folder: Path) -> int:
    """Changes when a file of the course is added, removed or written."""
    seen = []
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            entries = list(here.iterdir())
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            try:
                status = entry.stat()
            except OSError:
                continue
            if entry.is_dir():
                if not entry.is_symlink():
                    pending.append(entry)
            else:
                seen.append((str(entry), status.st_mtime_ns, status.st_size))
    return hash(tuple(sorted(seen)))


def _json(folder: Path, path: Path, note: Note) -> dict:
    text = _text(folder, path, note)
    if not text:
        return {}
    shown = path.relative_to(folder).as_posix()
    try:
        found = json.loads(text)
    except ValueError as error:
        note(f"{shown} is not JSON ({error}); it was ignored.")
    except RecursionError:
        note(f"{shown} is nested too deep; it was ignored.")
    else:
        if isinstance(found, dict):
            return found
        note(f"{shown} must be a JSON object, in curly braces; it was ignored.")
    return {}


def _text(folder: Path, path: Path, note: Note) -> str:
    """The text of a file of the course; "" when it does not exist, lies elsewhere, or is not text."""
    if not is_text_of(folder, path):
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        note(f"{path.relative_to(folder).as_posix()} cannot be read as UTF-8; it was ignored.")
        return ""
