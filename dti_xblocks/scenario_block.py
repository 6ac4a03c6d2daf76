"""The branching scenario as an XBlock: fields, views and handlers over `scenario/`."""

from __future__ import annotations

import functools
import logging
from datetime import UTC, datetime

from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xblock.fields import Float, Integer, List, Scope, String

from .block import DtiBlock, Refused, action, download
from .case_law.library import library
from .case_law.model import CASE
from .platform.learner import course_key, in_studio, is_impersonated
from .platform.progress import emit, publish_completion, publish_grade
from .records import runs
from .records.access import RecordsUnavailable
from .records.tables import csv_bytes
from .scenario import debrief, olx, play, rules
from .scenario.screen import present
from .templating import prose, render

log = logging.getLogger(__name__)


class ScenarioBlock(DtiBlock):
    """An incident in scenes: the learner decides, sees what comes of it, and looks back at the end.

    Stored is what the learner decided; scene, score and review are worked out from it and from the scenario as it now is.
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

    decisions = List(scope=Scope.user_state, help="The present run: [scene id, choice id, ISO 8601 time] in order.")
    attempt = Integer(default=0, scope=Scope.user_state, help="Number of the present run; 0 before the first.")
    tries = Integer(default=0, scope=Scope.user_state, help="Runs begun in this state, for `max_tries`.")
    started = String(default="", scope=Scope.user_state, help="ISO 8601 time at which the present run began.")
    settled = Integer(default=0, scope=Scope.user_state, help="The last run whose result was reported.")
    best = Float(default=None, scope=Scope.user_state, help="The best score so far, 0.0 to 1.0.")

    studio_settings = (
        ("display_name", gettext_lazy("Title"), gettext_lazy("Shown above the scenario.")),
        ("weight", gettext_lazy("Weight"), gettext_lazy("Points this scenario counts in the grade.")),
        (
            "pass_mark",
            gettext_lazy("Pass mark (%)"),
            gettext_lazy("Percent of the strongest path's points from which the review says “passed”."),
        ),
        ("max_tries", gettext_lazy("Tries"), gettext_lazy("How often a learner may play it. 0 means any number of times.")),
    )

    # -- what the platform asks ----------------------------------------------------------------------------------------

    def max_score(self):
        """Scores are shares of the strongest path."""
        return 1.0

    def problems(self) -> list:
        """The author's mistakes; see `scenario.rules`."""
        try:
            return rules.check(_read(self.content), library().slugs, self._pass_mark)
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
        scenario = _playable(self.content)
        count = 0
        for user_state in user_state_iterator if scenario else ():
            state = play.replay(scenario, user_state.state.get("decisions") or [])
            for number, step in enumerate(state.steps, start=1):
                if limit_responses is not None and count >= limit_responses:
                    return
                count += 1
                yield (
                    user_state.username,
                    {
                        _("Run"): user_state.state.get("attempt", 1),
                        _("Decision"): number,
                        _("Scene"): step.scene.title,
                        _("Answer"): strip_tags(step.choice.text),
                        _("Points"): step.choice.points,
                        _("Time"): step.at,
                        _("Ending"): state.ending.title if state.ending else "",
                    },
                )

    # -- what a learner does -------------------------------------------------------------------------------------------

    # Not called `start`: the platform keeps the release date of every block under that name.
    @action
    def begin(self, learner, form):
        """Begin the first run."""
        scenario = self._scenario()
        if self.attempt == 0:
            self._begin(learner, scenario)

    @action
    def choose(self, learner, form):
        """Take a choice. A request that comes late or twice changes nothing and is answered with the present screen."""
        scenario = self._scenario()
        state = self._state(scenario)
        if not self._is_next(form, state):
            return
        choice_id = form.get("choice", "")
        if not choice_id:
            raise Refused(_("Choose what you do first."))
        now = _now()
        after = play.decide(scenario, state, choice_id, now.isoformat())
        if after is None:
            raise Refused(_("That is not one of the choices here. Reload the page and choose again."))
        self.decisions = after.stored()
        made = {"attempt": self.attempt, "scene": state.scene.id, "choice": choice_id, "decision": len(after.steps)}
        emit(self, "dti.scenario.decided", made)
        self._settle(learner, scenario, after, now)

    @action
    def again(self, learner, form):
        """Begin another run after an ending."""
        scenario = self._scenario()
        state = self._state(scenario)
        if state is None or state.ending is None or _number(form, "attempt") != self.attempt:
            return
        if not self._may_try_again():
            raise Refused(_("You have used all your tries. Your best score counts."))
        self._settle(learner, scenario, state, _now())
        self._begin(learner, scenario)

    @action
    def settle(self, learner, form):
        """Report a run that ended without a decision, because the author changed the scenario under it."""
        scenario = self._scenario()
        state = self._state(scenario)
        if state is not None:
            self._settle(learner, scenario, state, _now())

    @download
    def runs_csv(self, learner, query):
        """Every finished run of this block, for staff."""
        if not learner.is_staff:
            raise Refused(_("Only course staff can download this file."), 403)
        header = (
            *(_("Username"), _("Run"), _("Started"), _("Finished"), _("Ending"), _("Result"), _("Points"), _("Possible points")),
            *(_("Percent"), _("Path"), _("Scenario version")),
        )
        try:
            table = csv_bytes(header, (_row(run) for run in runs.every(self._usage_key)))
        except RecordsUnavailable as error:
            raise Refused(_("The record of runs cannot be read. Tell the operators of the site."), 503) from error
        return table, "text/csv", "scenario-runs.csv"

    # -- the page ------------------------------------------------------------------------------------------------------

    def screen(self, learner) -> str:
        """The present screen, and for staff the report after it."""
        scenario = _playable(self.content)
        staff = bool(learner and learner.is_staff and not in_studio(self))
        if scenario is None:
            listing = render("dti/problems.html", {"problems": self.problems()}) if staff else ""
            return format_html("{}{}", listing, self.notice(_("This scenario is being edited. Please come back later.")))
        state = self._state(scenario)
        ended = state is not None and state.ending is not None
        context = {
            **self.base_context(),
            "screen": present(scenario, state, _authority),
            "debrief": debrief.look_back(scenario, state, self._pass_mark, _authority) if ended else None,
            "attempt": self.attempt,
            "step": len(state.steps) if state else 0,
            "tries_left": max(self.max_tries - self.tries, 0) if self.max_tries else None,
            "may_try_again": self._may_try_again(),
            "best": int(self.best * 100 + 1e-6) if self.best is not None and self.tries > 1 else None,
            "unsettled": ended and self.settled != self.attempt and self._counts(learner),
            **{name: self.form_action(name) for name in ("begin", "choose", "again", "settle")},
        }
        return format_html("{}{}", render("dti/scenario.html", context), self._report(scenario) if staff else "")

    def _report(self, scenario) -> str:
        try:
            numbers = runs.counts(self._usage_key)
        except RecordsUnavailable:
            log.exception("The runs of %s cannot be read: is the app dti_records installed and migrated?", self._usage_key)
            return render("dti/scenario_report.html", {"missing": True})
        endings = [
            {
                "title": known.title if (known := scenario.ending(ending)) else ending,
                "result": result,
                "number": number,
                "percent": round(100 * number / numbers["runs"]),
            }
            for ending, result, number in numbers["endings"]
        ]
        return render("dti/scenario_report.html", {**numbers, "endings": endings, "csv": self.form_action("runs_csv")})

    # -- inside --------------------------------------------------------------------------------------------------------

    def _scenario(self):
        scenario = _playable(self.content)
        if scenario is None:
            raise Refused(_("This scenario is being edited. Please come back later. Nothing was lost."), 409)
        return scenario

    def _state(self, scenario) -> play.State | None:
        return play.replay(scenario, self.decisions) if self.attempt else None

    def _is_next(self, form, state) -> bool:
        """True when the form was made from the screen that the learner is on now."""
        step, attempt = _number(form, "step"), _number(form, "attempt")
        if state is None or state.scene is None:
            return False
        return attempt == self.attempt and step == len(state.steps) and form.get("scene") == state.scene.id

    def _may_try_again(self) -> bool:
        return not self.max_tries or self.tries < self.max_tries

    def _begin(self, learner, scenario) -> None:
        now = _now()
        attempt = self.attempt + 1
        if self._counts(learner):
            try:
                attempt = runs.begin(self._player(learner), attempt, now)
            except RecordsUnavailable:
                log.exception("The start of a run of %s could not be recorded.", self._usage_key)
        self.attempt = attempt
        self.tries += 1
        self.started = now.isoformat()
        self.decisions = []
        emit(self, "dti.scenario.started", {"attempt": attempt, "version": scenario.version})

    def _settle(self, learner, scenario, state: play.State, now: datetime) -> None:
        """At an ending: record the run and report grade and completion, once. Where nothing counts, nothing."""
        if state.ending is None or self.settled == self.attempt or not self._counts(learner):
            return
        run = runs.Finished(
            attempt=self.attempt,
            version=scenario.version,
            path=state.stored(),
            ending=state.ending.id,
            result=state.ending.result,
            earned=state.earned,
            possible=state.possible,
            started_at=datetime.fromisoformat(self.started) if self.started else now,
            finished_at=now,
        )
        try:
            runs.finish(self._player(learner), run)
        except RecordsUnavailable:
            # The learner's grade does not wait for the operators; the decisions stay in the learner's state.
            log.exception("A finished run of %s could not be recorded.", self._usage_key)
        self.settled = self.attempt
        self.best = max(state.share, self.best or 0.0)
        publish_grade(self, self.best, self.max_score())
        publish_completion(self)
        ended = {"attempt": self.attempt, "ending": run.ending, "earned": run.earned, "possible": run.possible}
        emit(self, "dti.scenario.ended", ended)

    def _counts(self, learner) -> bool:
        """True where a run is the learner's own: in a course, not in Studio, and not played by staff in their name."""
        return bool(learner and course_key(self) and not in_studio(self) and not is_impersonated(learner))

    def _player(self, learner) -> runs.Player:
        return runs.Player(learner.user_id, learner.username, str(course_key(self)), self._usage_key)

    @property
    def _pass_mark(self) -> int:
        """An emptied setting (`pass_mark=""` in OLX) is the default."""
        return self.fields["pass_mark"].default if self.pass_mark is None else self.pass_mark

    @property
    def _usage_key(self) -> str:
        return str(self.scope_ids.usage_id)

    def _opening_text(self) -> str:
        scenario = _playable(self.content)
        if scenario is None:
            return ""
        pieces = [scenario.introduction, *(f"{level.title}: {level.html}" for level in scenario.levels)]
        return " ".join(strip_tags(prose(" ".join(pieces))).split())


@functools.lru_cache(maxsize=64)
def _read(content: str):
    return olx.read(content)


@functools.lru_cache(maxsize=64)
def _playable(content: str):
    """The scenario, or None when it cannot be read or played."""
    try:
        scenario = _read(content)
    except olx.ScenarioUnreadable:
        return None
    return scenario if rules.playable(rules.check(scenario)) else None


def _authority(slug: str) -> tuple[str, str] | None:
    """The name of an authority, and what follows it with its comma or space: together the citation to the letter."""
    authority = library().get(slug)
    if authority is None:
        return None
    caption, citation = authority.caption, authority.citation
    if citation.startswith(caption):
        return caption, citation.removeprefix(caption)
    if authority.kind == CASE:  # cited under an abbreviated name
        name, comma, rest = citation.partition(", ")
        return name, comma + rest
    return caption, f", {citation}"


def _number(form, name: str) -> int:
    text = form.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refused(_("The form arrived damaged. Reload the page and try again."))
    return int(text)


def _now() -> datetime:
    return datetime.now(UTC)


def _row(run):
    return (
        *(run.username, run.attempt, run.started_at.isoformat(), run.finished_at.isoformat(), run.ending, run.result),
        *(run.earned, run.possible, debrief.percent(run.earned, run.possible)),
        " / ".join(f"{scene} > {choice}" for scene, choice, _at in run.path),
        run.scenario_version,
    )
