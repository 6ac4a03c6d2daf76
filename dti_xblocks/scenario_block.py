"""The branching scenario as an XBlock: fields, views and handlers; what they do is in `blocks.scenario`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from xblock.fields import Boolean, Dict, Float, Integer, List, Scope, String
from xblock.scorable import ScorableXBlockMixin

from .blocks.base import DtiBlock, action, download, reading, stopping
from .blocks.scenario import beginning, editor, loading, playing, report_tables, score, settings
from .blocks.scenario import report as reports
from .blocks.scenario import screen as screens
from .content import Problem
from .scenario import olx, play, results
from .studio.kit.pictures import studio_pictures
from .studio.scenario.play import studio_play


class ScenarioBlock(ScorableXBlockMixin, DtiBlock):
    """An incident in scenes: the learner decides, sees what comes of it, and looks back at the end.

    Stored is what the learner did and when; scene, score and review are worked out from it and from the scenario as it now is.
    """

    kind = "scenario"
    has_score = True
    icon_class = "problem"

    display_name = String(default="Scenario", scope=Scope.settings, help="The title above the scenario.")
    weight = Float(default=1.0, values={"min": 0, "step": 0.1}, scope=Scope.settings, help="Points in the grade.")
    pass_mark = Integer(
        default=settings.PASS_MARK,
        values={"min": 1, "max": 100},
        scope=Scope.settings,
        help="Percent of the strongest path's points from which the review says “passed”.",
    )
    max_tries = Integer(default=0, values={"min": 0}, scope=Scope.settings, help="How often it may be played; 0: any number.")
    score_by = String(
        default=settings.CHOICES,
        values=settings.SCORE_BY,
        scope=Scope.settings,
        help="Whose points make the score: choices, endings or both.",
    )
    counted = String(
        default=results.BEST,
        values=settings.COUNTED,
        scope=Scope.settings,
        help="Which finished run counts in the grade: best, latest or first.",
    )
    completes = String(
        default=settings.PASSED,
        values=settings.COMPLETES,
        scope=Scope.settings,
        help="Which run makes the block complete: passed or finished.",
    )
    clock_rule = String(
        default="learner",
        values=settings.CLOCK_RULE,
        scope=Scope.settings,
        help="How scenes with a clock run: learner, on, extended or off.",
    )
    replays = String(
        default=settings.PRACTICE,
        values=settings.REPLAYS,
        scope=Scope.settings,
        help="What a replay from the turn is: practice, or a try that counts.",
    )
    first_acts = Boolean(default=False, scope=Scope.settings, help="Whether learners read how many of the others stepped in.")

    decisions = List(
        scope=Scope.user_state,
        help="The present run, entry by entry as in `scenario.play`; the journal's copy where there is one.",
    )
    attempt = Integer(default=0, scope=Scope.user_state, help="Number of the present run; 0 before the first.")
    first_attempt = Integer(default=0, scope=Scope.user_state, help="Number of the first run in this state, for `max_tries`.")
    started = String(default="", scope=Scope.user_state, help="ISO 8601 time at which the present run began.")
    gone_on = Integer(
        default=None,
        scope=Scope.user_state,
        help="How many decisions of the present run the learner has gone on from; None in runs from before it was kept.",
    )
    practice = Dict(scope=Scope.user_state, help="Which runs are practice, as in `blocks.scenario.aside`.")
    asked = Integer(default=0, scope=Scope.user_state, help="Number of the run after which the strongest answers were opened.")
    met = Integer(default=0, scope=Scope.user_state, help="After how many decisions the last card of a new role was seen.")
    at_end = Boolean(default=False, scope=Scope.user_state, help="How the story ends is on the screen; the result comes next.")
    pace = Integer(default=play.AS_WRITTEN, scope=Scope.user_state, help="What the clocks of the present run are multiplied by.")
    results = List(scope=Scope.user_state, help="Results of finished runs, oldest first, as in `scenario.results`.")

    studio_settings = settings.STUDIO_SETTINGS

    def problems(self) -> list[Problem]:
        """The author's mistakes; see `scenario.rules`."""
        return loading.problems(self)

    @classmethod
    def clean_content(cls, text: str) -> str:
        """Unsound content may be saved and is not played; content that is not XML may not. Raises `ValueError`."""
        olx.read(text)
        return text

    def index_dictionary(self) -> dict[str, Any]:
        """For search: only what everybody reads before the first decision."""
        inherited = getattr(super(), "index_dictionary", None)
        index = inherited() if inherited else {}
        known = {"display_name": self.display_name, "text": loading.opening_text(self)}
        return {**index, "content": {**index.get("content", {}), **known}, "content_type": "Scenario"}

    def student_view_data(self, context: Any = None) -> dict[str, str]:
        """For the blocks API: nothing that is not known before the first decision."""
        return {"display_name": self.display_name, "introduction": loading.opening_text(self)}

    def generate_report_data(
        self, user_state_iterator: Iterable[Any], limit_responses: int | None = None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield (username, readable columns), one for each decision of each learner's present run."""
        return report_tables.report_rows(loading.scenario_of(self), user_state_iterator, limit_responses)

    # What a block with a score has to offer the platform.
    max_score = score.max_score
    has_submitted_answer = score.has_submitted_answer
    get_score = score.get_score
    set_score = score.set_score
    calculate_score = score.calculate_score
    rescore = score.rescore
    publish_grade = score.publish_grade

    screen = screens.screen
    studio_view = editor.studio_view
    studio_play = studio_play
    studio_pictures = studio_pictures

    # Not called `start`: the platform keeps the release date of every block under that name.
    begin = action(beginning.begin)
    enter = action(playing.enter)
    choose = action(playing.choose)
    go_on = action(playing.go_on)
    again = action(beginning.again)
    replay = action(beginning.replay)
    open_answers = action(playing.open_answers)
    settle = action(playing.settle)
    authority = reading(screens.authority)
    review_pdf = download(screens.review_pdf, hourly=screens.PDFS)
    report = reading(reports.report)
    runs_csv = download(reports.runs_csv)


stopping.register(ScenarioBlock, loading.stopping)
