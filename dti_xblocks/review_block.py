"""The course review: stars and a text, one per learner, which only course staff read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from xblock.fields import Boolean, Scope, String

from .blocks.base import DtiBlock, action, download, guarded
from .blocks.review import report, screen, sending
from .content import Problem
from .review import model, olx
from .studio.review import editor


class ReviewBlock(DtiBlock):
    """A review of the course in stars and words. Learners may change theirs; only course staff read what others wrote.

    Sending a review completes the block; nothing is graded.
    """

    kind = "review"
    stylesheets = ("css/dti.css", "css/review/page.css")
    studio_settings = (("display_name", _("Title"), _("What learners see above the review.")),)

    display_name = String(default=gettext_noop("Course review"), scope=Scope.settings, help="The title that learners see.")
    reported = Boolean(default=False, scope=Scope.user_state, help="Whether the completion was reported.")

    screen = screen.screen
    submit = action(sending.submit)
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
