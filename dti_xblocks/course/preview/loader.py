"""From a folder of OLX to a `CourseTree`, through the block classes' own `parse_xml`, as an import does it."""

from __future__ import annotations

import contextlib
import itertools
import logging
from pathlib import Path
from types import MappingProxyType

from opaque_keys.edx.locator import CourseLocator

from . import files
from .confine import Notes, odd_files
from .errors import PreviewError
from .mixins import INHERITED
from .reading import Reading
from .static_files import StaticFiles
from .tree import EMPTY, CourseTree, Definition, index_by_id

_versions = itertools.count(1)


def load(folder: Path) -> CourseTree:
    """Read the course in `folder`. A fault in one block becomes a `BrokenBlock` and a warning; `PreviewError` when there is
    no course at all."""
    folder = Path(folder).resolve()
    root = files.course_root(folder)
    run = root.get("url_name") or "run"
    try:
        course_key = CourseLocator(root.get("org") or "org", root.get("course") or "course", run)
    except Exception as error:
        raise PreviewError(
            f"course.xml names the course “{root.get('org')} / {root.get('course')} / {run}”, which cannot be a course key."
            " Use letters, digits, “-”, “_” and “.” only."
        ) from error
    notes = Notes()
    reading = Reading(folder, course_key, files.policy(folder, run, notes.append), notes)
    with _field_notes(reading.warnings):
        root_key = reading.add(root, None)
    policy = MappingProxyType({**reading.results[root_key], **reading.policy.get(f"course/{run}", {})})
    grading_policy = files.grading_policy(folder, run, notes.append)
    pages = {"tabs": files.tabs(folder, policy, notes.append), "info": files.info_pages(folder, notes.append)}
    for sentence in odd_files(folder):
        notes.append(sentence)
    blocks = MappingProxyType(_with_inheritance(reading, root_key))
    return CourseTree(
        folder=folder,
        course_key=course_key,
        root=root_key,
        blocks=blocks,
        policy=policy,
        grading_policy=MappingProxyType(grading_policy),
        static=StaticFiles(folder / "static", "/asset/"),
        warnings=notes.all(),
        version=next(_versions),
        _by_id=index_by_id(blocks),
        **pages,
    )


def _with_inheritance(reading: Reading, root_key) -> dict:
    """Every definition, in document order, with what it inherits."""
    definitions = {}

    def visit(key, parent, inherited):
        fields = reading.results[key]
        definitions[key] = Definition(
            key=key,
            parent=parent,
            children=tuple(reading.children[key]),
            cls=reading.classes[key],
            fields=MappingProxyType(fields),
            inherited=MappingProxyType(inherited),
        )
        if not reading.children[key]:
            return
        passed_on = {**inherited, **{name: value for name, value in fields.items() if name in INHERITED}}
        for child in reading.children[key]:
            visit(child, key, passed_on)

    visit(root_key, None, dict(EMPTY))
    return definitions


@contextlib.contextmanager
def _field_notes(warnings: list[str]):
    """XBlock logs attributes that a block has no field for to the root logger; collect them instead."""

    def catch(record):
        if isinstance(record.msg, str) and record.msg == "%s does not contain field %s":
            name = record.args[1]
            if name not in ("url_name", "slug", "org", "course"):
                warnings.append(
                    f"{record.args[0].__name__.removesuffix('WithMixins')} has no field “{name}”: it is lost on import."
                )
            return False
        return True

    root = logging.getLogger()
    root.addFilter(catch)
    try:
        yield
    finally:
        root.removeFilter(catch)
