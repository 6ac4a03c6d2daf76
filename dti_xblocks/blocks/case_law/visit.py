"""One request of one person to a block, and the objects that answer it."""

from __future__ import annotations

from typing import Any

from ...platform.addresses import form_action, page_context
from ...platform.learner import Learner
from .host import ReadingListHost
from .notebook import Notebook
from .progress import Progress
from .reading_list import ReadingList

# The handlers that screens lead or post to.
HANDLERS = (
    "contents", "read", "find", "my_notes", "packet",
    "read_to_end", "answer_check", "jurisdiction_set", "mark_add", "mark_change", "mark_remove", "bookmark",
)  # fmt: skip


class Visit:
    """The list of the block, with the progress and the notes of who asks (None: an author's preview)."""

    def __init__(self, block: ReadingListHost, learner: Learner | None):
        self.block, self.learner = block, learner
        self.reading_list = ReadingList(block)
        self.progress = Progress(block, learner, self.reading_list)
        self.notebook = Notebook(block, learner, self.reading_list)

    def around(self) -> dict[str, Any]:
        """What the templates of all screens need: token, ids, and the block's own addresses."""
        return {**page_context(self.block), **{f"{name}_url": form_action(self.block, name) for name in HANDLERS}}
