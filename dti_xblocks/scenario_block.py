"""The branching scenario as an XBlock: fields, views and handlers over `scenario/`."""

from __future__ import annotations

import functools

from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xblock.core import XBlock
from xblock.fields import Float, Integer, List, Scope, String

from .blocks.base import DtiBlock, RefusedError, action, download, guarded, reading
from .blocks.scenario import report as scenario_report
from .blocks.scenario import screen as scenario_pages
from .blocks.scenario.run import ScenarioPlaying, latest, now, number_in
from .blocks.scenario.score import ScenarioScoring
from .case_law.library import library
from .pages.notices import notice
from .platform.addresses import form_action
from .platform.learner import course_key, in_studio, is_impersonated
from .records.access import RecordsUnavailableError
from .scenario import olx, play, results, rules
from .scenario.model import SCORED
from .studio.scenario.editor import play_from, scenario_studio_fragment
from .templating import prose, render


class ScenarioBlock(ScenarioPlaying, ScenarioScoring, DtiBlock):
    """An incident in scenes: the learner decides, sees what comes of it, and looks back at the end.

    Stored is what the learner did and when; scene, score and review are worked out from it and from the scenario as it now is.
    """

    kind = "scenario"
    stylesheets = ("css/dti.css", "css/scenario.css")
    has_score = True
    icon_class = "problem"

    display_name = String(default="Scenario", scope=Scope.settings, help="The title above the scenario.")
    weight = Float(default=1.0, values={"min": 0, "step": 0.1}, scope=Scope.settings, help="Points in the grade.")
    pass_mark = Integer(
        default=70,
        values={"min": 1, "max": 100},
        scope=Scope.settings,
        help="Percent of the strongest path's points from which the review says “passed”.",
    )
    max_tries = Integer(default=0, values={"min": 0}, scope=Scope.settings, help="How often it may be played; 0: any number.")
    score_by = String(
        default=SCORED[0],
        values=[
            {"display_name": gettext_lazy("the choices"), "value": "choices"},
            {"display_name": gettext_lazy("the ending"), "value": "endings"},
            {"display_name": gettext_lazy("the choices and the ending"), "value": "both"},
        ],
        scope=Scope.settings,
        help="Whose points make the score: choices, endings or both.",
    )
    counted = String(
        default=results.BEST,
        values=[
            {"display_name": gettext_lazy("the best"), "value": results.BEST},
            {"display_name": gettext_lazy("the latest"), "value": results.LATEST},
            {"display_name": gettext_lazy("the first"), "value": results.FIRST},
        ],
        scope=Scope.settings,
        help="Which finished run counts in the grade: best, latest or first.",
    )
    clock_rule = String(
        default="learner",
        values=[
            {"display_name": gettext_lazy("the learner decides before the start"), "value": "learner"},
            {"display_name": gettext_lazy("the time as written"), "value": "on"},
            {"display_name": gettext_lazy("ten times the time"), "value": "extended"},
            {"display_name": gettext_lazy("no clock"), "value": "off"},
        ],
        scope=Scope.settings,
        help="How scenes with a clock run: learner, on, extended or off.",
    )

    decisions = List(
        scope=Scope.user_state,
        help="The present run, entry by entry as in `scenario.play`; the journal's copy where there is one.",
    )
    attempt = Integer(default=0, scope=Scope.user_state, help="Number of the present run; 0 before the first.")
    first_attempt = Integer(default=0, scope=Scope.user_state, help="Number of the first run in this state, for `max_tries`.")
    started = String(default="", scope=Scope.user_state, help="ISO 8601 time at which the present run began.")
    pace = Integer(default=play.AS_WRITTEN, scope=Scope.user_state, help="What the clocks of the present run are multiplied by.")
    results = List(scope=Scope.user_state, help="Results of finished runs, oldest first, as in `scenario.results`.")

    studio_settings = (
        ("display_name", gettext_lazy("Title"), gettext_lazy("Shown above the scenario.")),
        ("weight", gettext_lazy("Weight"), gettext_lazy("Points this scenario counts in the grade.")),
        (
            "pass_mark",
            gettext_lazy("Pass mark (%)"),
            gettext_lazy("Percent of the strongest path's points from which the review says “passed”."),
        ),
        ("score_by", gettext_lazy("The score counts"), gettext_lazy("Points may stand on choices, on endings, or on both.")),
        ("max_tries", gettext_lazy("Tries"), gettext_lazy("How often a learner may play it. 0 means any number of times.")),
        ("counted", gettext_lazy("Run that counts"), gettext_lazy("Which finished run goes into the grade.")),
        (
            "clock_rule",
            gettext_lazy("Scenes with a clock"),
            gettext_lazy("Learners may need more time, or no clock at all. Neither costs them points."),
        ),
    )

    # -- what the platform asks ----------------------------------------------------------------------------------------

    def problems(self) -> list:
        """The author's mistakes; see `scenario.rules`."""
        try:
            return rules.check(_read(self.content, self.score_by), library().slugs, self._pass_mark)
        except olx.ScenarioUnreadable as error:
            return [rules.unreadable(str(error), error.line)]

    @classmethod
    def clean_content(cls, text: str) -> str:
        """Unsound content may be saved and is not played; content that is no XML may not. Raises `ValueError`."""
        olx.read(text)
        return text

    def index_dictionary(self):
        """For search: only what everybody reads before the first decision."""
        inherited = getattr(super(), "index_dictionary", None)
        index = inherited() if inherited else {}
        index["content"] = {**index.get("content", {}), "display_name": self.display_name, "text": self._opening_text()}
        index["content_type"] = "Scenario"
        return index

    def student_view_data(self, context=None) -> dict:
        """For the blocks API: nothing that is not known before the first decision."""
        return {"display_name": self.display_name, "introduction": self._opening_text()}

    def generate_report_data(self, user_state_iterator, limit_responses=None):
        """Yield (username, readable columns), one for each decision of each learner's present run."""
        return scenario_report.report_rows(self._playable(), user_state_iterator, limit_responses)

    # -- what a learner does -------------------------------------------------------------------------------------------

    # Not called `start`: the platform keeps the release date of every block under that name.
    @action
    def begin(self, learner, form):
        """Begin the first run."""
        scenario = self._scenario()
        if self.attempt == 0:
            # A number that is nobody's run would count on from there, beyond what a form or the database takes.
            after = min(number_in(form, "attempt"), latest(self._player(learner))) if "attempt" in form else 0
            self._begin(learner, scenario, after, form)

    @action
    def enter(self, learner, form):
        """Start the clock of the present scene. A second request does not start it again."""
        with self._held(learner) as (scenario, run, state, at):
            if self._is_next(form, state) and state.waits:
                self._write(learner, scenario, run, play.start_clock(scenario, state, at, run.pace))
            else:
                self._write(learner, scenario, run, state)

    @action
    def choose(self, learner, form):
        """Take a choice, or let the clock take its own. A request that comes late or twice changes nothing and is answered with
        the present screen."""
        with self._held(learner) as (scenario, run, state, at):
            after = state
            if self._is_next(form, state):
                if form.get("time_up"):
                    after = play.time_up(scenario, state, at, run.pace) or state
                else:
                    after = play.decide(scenario, state, form.get("choice", ""), at, run.pace)
                    if after is None:
                        raise RefusedError(
                            _("That is not one of the choices here. Reload the page and choose again.")
                            if form.get("choice")
                            else _("Choose what you do first.")
                        )
            else:
                self._overtaken = self._was_overtaken(form, state)
            self._write(learner, scenario, run, after)

    @action
    def again(self, learner, form):
        """Begin another run after an ending."""
        with self._held(learner) as (scenario, run, state, _at):
            if number_in(form, "attempt") != self.attempt or not self._is_over(state):
                return
            self._write(learner, scenario, run, state)
        if not self._may_try_again():
            raise RefusedError(_("You have used all your tries."))
        self._begin(learner, scenario, self.attempt, form)

    @action
    def settle(self, learner, form):
        """Report a run that ended without a request: its clock ran out, or the author changed the scenario under it."""
        with self._held(learner) as (scenario, run, state, _at):
            self._write(learner, scenario, run, state)

    @reading
    def authority(self, learner, query):
        """The brief of an authority that a decision rests on, from the library."""
        return scenario_pages.authority(query.get("ref", ""))

    @download
    def review_pdf(self, learner, query):
        """The after-action review of the present run as a PDF."""
        scenario = self._scenario()
        state = self._state(scenario, learner)
        if state is None or state.ending is None:
            raise RefusedError(_("The review is there when you have come to an ending."), 409)
        return scenario_pages.review_pdf(self, learner, scenario, state), "application/pdf", "after-action-review.pdf"

    # -- what staff and authors do -------------------------------------------------------------------------------------

    @reading
    def report(self, learner, query):
        """How the scenario was played, for staff."""
        self._only_staff(learner)
        scenario = self._playable()
        if scenario is None:
            raise RefusedError(_("This scenario is being edited. Its report is there again when it can be played."), 409)
        return scenario_report.report_html(self, scenario, query)

    @download
    def runs_csv(self, learner, query):
        """Every finished run of this block, for staff, in parts."""
        self._only_staff(learner)
        try:
            body, filename = scenario_report.csv_part(self, self._playable(), number_in(query, "after"))
        except RecordsUnavailableError as error:
            raise RefusedError(_("The record of runs cannot be read. Tell the operators of the site."), 503) from error
        return body, "text/csv", filename

    def studio_view(self, context=None):
        """The visual editor."""
        return guarded(self, lambda: scenario_studio_fragment(self))

    @XBlock.handler
    def studio_play(self, request, suffix=""):
        """A scene of unsaved content as a learner would see it; see `studio.scenario_play`."""
        return play_from(self, request)

    # -- the page ------------------------------------------------------------------------------------------------------

    def screen(self, learner) -> str:
        """The present screen, and for staff the way to the report after it."""
        scenario = self._playable()
        staff = bool(learner and learner.is_staff and not in_studio(self) and not is_impersonated(learner))
        if scenario is None:
            listing = render("dti/problems.html", {"problems": self.problems()}) if staff else ""
            return format_html("{}{}", listing, notice(_("This scenario is being edited. Please come back later.")))
        html = scenario_pages.learner_page(self, learner, scenario, now())
        report = render("dti/scenario/report.html", {"report": form_action(self, "report")}) if staff and course_key(self) else ""
        return format_html("{}{}", html, report)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _scenario(self):
        scenario = self._playable()
        if scenario is None:
            raise RefusedError(_("This scenario is being edited. Please come back later. Nothing was lost."), 409)
        return scenario

    def _playable(self):
        """The scenario, or None when it cannot be read or played."""
        return _playable(self.content, self.score_by)

    def _only_staff(self, learner) -> None:
        if not learner.is_staff or in_studio(self) or is_impersonated(learner):
            raise RefusedError(_("Only course staff can see this."), 403)

    @property
    def _pass_mark(self) -> int:
        """An emptied setting (`pass_mark=""` in OLX) is the default."""
        return self.fields["pass_mark"].default if self.pass_mark is None else self.pass_mark

    @property
    def _usage_key(self) -> str:
        return str(self.scope_ids.usage_id)

    def _opening_text(self) -> str:
        scenario = self._playable()
        if scenario is None:
            return ""
        told = (*scenario.levels, *(meter for meter in scenario.meters if meter.show == "play"))
        pieces = [scenario.introduction, *(f"{part.title}: {part.html}" for part in told)]
        return " ".join(strip_tags(prose(" ".join(pieces))).split())


@functools.lru_cache(maxsize=64)
def _read(content: str, score_by: str):
    return olx.read(content, score_by)


@functools.lru_cache(maxsize=64)
def _playable(content: str, score_by: str):
    """The scenario, or None when it cannot be read or played."""
    try:
        scenario = _read(content, score_by)
    except olx.ScenarioUnreadable:
        return None
    return scenario if rules.playable(rules.check(scenario)) else None
