"""The course review: stars and a text, one per learner, which only course staff read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from xblock.fields import Boolean, Integer, Scope, String

from .blocks.base import DtiBlock, action, download, guarded
from .blocks.review import answering, report, screen, sending, settings
from .content import Problem
from .review import model, olx
from .studio.review import editor


class ReviewBlock(DtiBlock):
    """A review of the course in stars and words. Learners may change theirs for a while. Only course staff read what others
    wrote; they may reply to it and hide it. Sending a review completes the block; nothing is graded.
    """

    kind = "review"
    studio_settings = settings.STUDIO_SETTINGS

    display_name = String(default=gettext_noop("Course review"), scope=Scope.settings, help="The title that learners see.")
    edit_days = Integer(default=30, values={"min": 0, "max": 3650}, scope=Scope.settings, help="Days for changes; 0: always.")
    after_share = Integer(
        default=0, values={"min": 0, "max": 100}, scope=Scope.settings, help="Percent of the course to be completed before."
    )
    shows_ratings = Boolean(default=False, scope=Scope.settings, help="Whether learners see the figures, from five reviews on.")
    reported = Boolean(default=False, scope=Scope.user_state, help="Whether the completion was reported.")

    screen = screen.screen
    submit = action(sending.submit)
    reply = action(answering.reply)
    hide = action(answering.hide)
    reviews_csv = download(report.reviews_csv)
    studio_check = editor.studio_check

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The edit form, with a preview of what learners see."""
        return guarded(self, lambda: editor.fragment(self))

    def problems(self) -> list[Problem]:
        """The author's mistakes in the question."""
        return olx.examine(self.content)[1]

    @classmethod
    def clean_content(cls, text: str) -> str:
        """The content as it may be saved. Raises `ValueError` with the place and reason."""
        olx.read(text)
        return text

    def student_view_data(self, context: object = None) -> dict[str, Any]:
        """For the mobile apps: that there is a review, and its limits."""
        return {"title": self.display_name, "stars": list(model.STARS), "longest_text": model.LONGEST_TEXT}

    def index_dictionary(self) -> dict[str, Any]:
        """For the platform's search."""
        inherited: dict[str, Any] = getattr(super(), "index_dictionary", dict)()
        review, _problems = olx.examine(self.content)
        prompt = review.prompt_text if review else ""
        content = {**inherited.get("content", {}), "display_name": self.display_name, "prompt": prompt}
        return {**inherited, "content": content, "content_type": "Course review"}
