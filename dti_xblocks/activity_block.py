"""The activity: sort, order, match, flip, spot, reflect, say it, my plan. What is done is in `blocks.activity`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from xblock.fields import Boolean, Dict, Float, Integer, Scope, String

from .activity import model, olx, rules
from .blocks.activity import doing, screen, settings, writing
from .blocks.activity import report as reports
from .blocks.base import DtiBlock, action, download, guarded, reading, stopping
from .content import Problem
from .studio.activity import editor
from .studio.kit.pictures import studio_pictures


class ActivityBlock(DtiBlock):
    """Something to do in a lesson, of the kind that the author has chosen. Doing it completes the block.

    Nothing is graded unless the author gives it a weight. Answers are not in a page before a learner has tried.
    """

    kind = "activity"
    icon_class = "problem"
    studio_settings = settings.STUDIO_SETTINGS

    display_name = String(default=gettext_noop("Activity"), scope=Scope.settings, help="The title that learners see.")
    activity = String(default=model.SORT, values=settings.ACTIVITIES, scope=Scope.settings, help="What learners do.")
    weight = Float(default=0.0, values={"min": 0, "step": 0.1}, scope=Scope.settings, help="Points in the grade; 0: none.")
    graded_tries = Integer(default=0, values={"min": 0}, scope=Scope.settings, help="How many tries count in the grade; 0: all.")
    earlier = String(default="", scope=Scope.settings, help="The url_name of the activity whose plan is shown again.")
    reported = Boolean(default=False, scope=Scope.user_state, help="Whether the completion was reported.")
    trial = Dict(scope=Scope.user_state, help="How somebody stands where nothing becomes a record.")

    screen = screen.screen
    answer = action(doing.answer)
    show_answers = action(doing.show_answers)
    again = action(doing.again)
    write = action(writing.write)
    forget = action(writing.forget)
    own_words_markdown = download(writing.own_words_markdown)
    report = reading(reports.page)
    activity_csv = download(reports.activity_csv)
    studio_check = editor.studio_check
    studio_pictures = studio_pictures

    @property
    def has_score(self) -> bool:
        """Whether there are points in it: the platform then lists it among what gives a grade."""
        return bool(self.weight > 0)

    def max_score(self) -> float:
        """The points of the block before its weight."""
        return 1.0

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The edit form, with a preview of what learners see."""
        return guarded(self, lambda: editor.fragment(self))

    def problems(self) -> list[Problem]:
        """The author's mistakes; see `activity.rules`."""
        return olx.examine(self.content, self.activity)[1]

    @classmethod
    def clean_content(cls, text: str) -> str:
        """The content as it may be saved. Raises `ValueError` with the place and reason."""
        olx.read(text, "")
        return text

    def words(self) -> dict[str, str]:
        """What the block's script says."""
        return {**super().words(), **screen.script_words()}

    def student_view_data(self, context: object = None) -> dict[str, Any]:
        """For the mobile apps: what is to be done, and nothing that is not known before it is."""
        return screen.for_apps(self)

    def index_dictionary(self) -> dict[str, Any]:
        """For the platform's search: the title and the task."""
        inherited: dict[str, Any] = getattr(super(), "index_dictionary", dict)()
        content = {**inherited.get("content", {}), "display_name": self.display_name, "text": screen.for_apps(self)["task"]}
        return {**inherited, "content": content, "content_type": "Activity"}

    def generate_report_data(
        self, user_state_iterator: Iterable[Any], limit_responses: int | None = None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Rows of the platform's response report: tries, and what was right in the first."""
        return reports.report_rows(self, user_state_iterator, limit_responses)


@stopping.register
def _nothing_to_do(block: ActivityBlock) -> list[Problem]:
    return rules.stopping(block.problems())
