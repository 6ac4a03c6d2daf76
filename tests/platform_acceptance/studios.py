"""An author in front of Studio: the requests that Studio's pages send."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

from . import olx
from .boot import work
from .logs import Entry
from .visitors import Answer, Visitor

IMPORTED = 4  # the platform's number for an import that is done
QUIET = "cms.djangoapps.contentstore.views.block"  # logs the exceptions of editors at DEBUG, and shows "an error" in their place


class Author(Visitor):
    """Global staff in Studio."""

    def __init__(self) -> None:
        super().__init__("author", name="Ada Author", staff=True)

    def ask(self, method: str, address: str, **options: Any) -> Answer:
        """One request, with the exceptions that Studio keeps to itself."""
        options.setdefault("HTTP_ACCEPT", "application/json")
        swallowed = _Swallowed()
        logger = logging.getLogger(QUIET)
        level = logger.level
        logger.addHandler(swallowed)
        logger.setLevel(logging.DEBUG)
        try:
            answer = super().ask(method, address, **options)
        finally:
            logger.removeHandler(swallowed)
            logger.setLevel(level)
        answer.logged += swallowed.found
        return answer

    def new_course(self, identity: olx.Identity, **more: str) -> Any:
        """An empty course, or with `source_course_key` the re-run of another; its key."""
        from opaque_keys.edx.keys import CourseKey

        wanted = {"org": identity.org, "number": identity.number, "run": identity.run, "display_name": "Acceptance", **more}
        made = self.post_json("/course/", wanted)
        key = made.json.get("course_key") or made.json.get("destination_course_key")
        if not key:
            raise RuntimeError(f"No course was made: {made.status} {made.text[:300]}")
        return CourseKey.from_string(key)

    def load(self, course: Any, folder: Path) -> tuple[bool, Answer]:
        """Import the course in `folder`; whether the platform says that it is done."""
        archive = olx.packed(folder, work() / "uploads" / "import.tar.gz")
        with archive.open("rb") as file:
            answer = self.ask("post", f"/import/{course}", data={"course-data": file}, **self.token())
        status = self.get(f"/import_status/{course}/{archive.name}").json
        return status.get("ImportStatus") == IMPORTED, answer

    def export(self, course: Any, into: Path) -> Path:
        """The course as Studio exports it, unpacked."""
        from user_tasks.models import UserTaskArtifact, UserTaskStatus

        answer = self.post_json(f"/export/{course}", {})
        task = UserTaskStatus.objects.order_by("-created").first()
        made = UserTaskArtifact.objects.filter(status=task, name="Output").first()
        if made is None:
            raise RuntimeError(f"Nothing was exported: {answer.status} {task and task.state}")
        into.mkdir(parents=True, exist_ok=True)
        archive = into / "export.tar.gz"
        with made.file.open("rb") as file:
            archive.write_bytes(file.read())
        return olx.folder_of(archive, into)

    def view(self, usage: Any, name: str) -> Answer:
        """A view of a block, as Studio's pages ask for it: JSON with its HTML."""
        return self.get(f"/xblock/{usage}/{name}")

    def handle(self, usage: Any, handler: str, body: Any) -> Answer:
        """A handler of an editor."""
        return self.post_json(f"/xblock/{usage}/handler/{handler}", body)

    def make(self, **what: str) -> Answer:
        """A new block below `parent_locator`: blank, a duplicate, or pasted."""
        return self.post_json("/xblock/", what)


class _Swallowed(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.found: list[Entry] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[0]:
            text = "".join(traceback.format_exception(*record.exc_info))
            self.found.append(Entry(record.levelno, record.name, record.getMessage(), text))
