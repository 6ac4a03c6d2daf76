"""A film of the course's own, with questions and decisions in it, as an XBlock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_noop
from web_fragments.fragment import Fragment
from xblock.fields import Boolean, Dict, Float, Integer, Scope, String
from xblock.scorable import ScorableXBlockMixin

from .blocks.base import DtiBlock, action, download, guarded, reading, stopping
from .blocks.video import acts, feeds, loading, score, settings
from .blocks.video import report as reports
from .blocks.video import screen as screens
from .content import Problem
from .studio.kit.pictures import studio_pictures
from .studio.video import editor
from .video import olx


class VideoBlock(ScorableXBlockMixin, DtiBlock):
    """A film that stops for questions, and that the learner stops where they would step in.

    Stored is what was watched and answered; score, completion and screens are worked out from it and from the film as it now is.
    """

    kind = "video"
    has_score = True
    icon_class = "video"

    display_name = String(default=gettext_noop("Film"), scope=Scope.settings, help="The title above the film.")
    complete_share = Integer(
        default=loading.SHARE,
        values={"min": 0, "max": 100},
        scope=Scope.settings,
        help="Percent of the film to be watched for completion.",
    )
    weight = Float(default=0.0, values={"min": 0, "step": 0.1}, scope=Scope.settings, help="Points in the grade; 0: none.")

    by_stills = Boolean(default=False, scope=Scope.user_state, help="Whether the learner takes the film still by still.")
    still = Integer(default=0, scope=Scope.user_state, help="Number of the still that is shown, from 0.")
    reported = Boolean(default=False, scope=Scope.user_state, help="Whether the completion was reported.")
    given = Float(default=None, scope=Scope.user_state, help="The share of the points that staff gave, if they did.")
    rehearsal = Dict(scope=Scope.user_state, help="What an author has tried out where nothing is recorded: see `blocks.video`.")

    studio_settings = settings.STUDIO_SETTINGS

    # What a block with a score has to offer the platform.
    max_score = score.max_score
    has_submitted_answer = score.has_submitted_answer
    get_score = score.get_score
    set_score = score.set_score
    calculate_score = score.calculate_score
    publish_grade = score.publish_grade

    screen = screens.screen
    watch = action(acts.watch)
    answer = action(acts.answer)
    turn_still = action(acts.turn_still)
    change_mode = action(acts.change_mode)
    report = reading(reports.report)
    answers_csv = download(reports.answers_csv)
    studio_check = editor.studio_check
    studio_pictures = studio_pictures
    student_view_data = feeds.student_view_data
    words = screens.words

    def studio_view(self, context: dict[str, Any] | None = None) -> Fragment:
        """The edit form, with the film and its moments."""
        return guarded(self, lambda: editor.fragment(self))

    def problems(self) -> list[Problem]:
        """The author's mistakes; see `video.rules`."""
        return loading.problems(self)

    @classmethod
    def clean_content(cls, text: str) -> str:
        """Unsound content may be saved and is not shown; content that is not XML may not. Raises `ValueError`."""
        olx.read(text)
        return text

    def index_dictionary(self) -> dict[str, Any]:
        """For search: the title, the words of the stills, and what is asked. No answer, and nothing that follows one."""
        inherited: dict[str, Any] = getattr(super(), "index_dictionary", dict)()
        content = {**inherited.get("content", {}), "display_name": self.display_name, "text": feeds.searched(self)}
        return {**inherited, "content": content, "content_type": "Film"}

    def generate_report_data(
        self, user_state_iterator: Iterable[Any], limit_responses: int | None = None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (username, readable columns), one for each answer of each learner."""
        return reports.report_rows(self, user_state_iterator, limit_responses)


stopping.register(VideoBlock, loading.stopping)
