"""Studio imports the course's archive; what the store has afterwards."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from . import boot, courses, lessons, logs, more, olx, operating
from .outcome import Ledger
from .studios import Author


def run(ledger: Ledger) -> None:
    """Make a course, import the archive, as the stages after this one have it."""
    folder = olx.folder_of(Path(os.environ["DTI_PLATFORM_ARCHIVE"]), boot.work() / "source")
    more.add(folder)
    author, identity = Author(), olx.identity(folder)
    with ledger.part("Import in Studio"):
        course = author.new_course(identity)
        done, answer = author.load(course, folder)
        ledger.note("the archive is imported", done, f"{answer.seconds:.0f} s", answer.seconds)
        loud = [str(entry) for entry in answer.logged if entry.loud]
        ledger.note("the import logs no error", not loud, "; ".join(loud))
        _store(ledger, course, folder)
        with logs.heard() as entries:
            _services(ledger, course)
        loud = [str(entry) for entry in entries if entry.loud]
        ledger.note("search and link check log no error", not loud, "; ".join(loud))
        (boot.work() / "course.json").write_text(json.dumps({"course": str(course), "folder": str(folder)}))
    with ledger.part("Lessons in Studio"):
        lessons.in_studio(ledger, author, course)
    with ledger.part("Commands of operators in Studio"):
        operating.imported(ledger, author, course)


def _store(ledger: Ledger, course: Any, folder: Path) -> None:
    from xmodule.modulestore.django import modulestore

    published, draft = courses.tree(course), courses.tree(course, draft=True)
    ledger.note("the course has blocks", len(published) > 1, f"{len(published)} blocks: {courses.counts(published)}")
    ledger.same("all blocks are published", len(published), len(draft))
    ledger.same("every block has a class", courses.without_class(draft), [])
    found = {(courses.kind(block), block.location.block_id) for block in published}
    declared = olx.declared(folder)
    ledger.same(
        "no block of the archive is lost", [each for each in declared if each not in found], [], f"{len(declared)} declared"
    )
    ledger.same("no block is without a parent", [str(each) for each in modulestore().get_orphans(course)], [])


def _services(ledger: Ledger, course: Any) -> None:
    from cms.djangoapps.contentstore import tasks
    from openedx.core.djangoapps.content.search.documents import searchable_doc_for_course_block

    failed = []
    for block in courses.tree(course, draft=True):
        try:
            json.dumps(searchable_doc_for_course_block(block), default=str)
        except Exception as error:
            failed.append(f"{block.location.block_id}: {error!r}")
    ledger.same("Studio's search has a document of every block", failed, [])
    found = tasks._scan_course_for_links(course)
    ledger.note("Studio's link check reads every block", bool(found), f"{len(found)} addresses")
