"""What a scenario counts in the grade, and how staff rescore or override it: the platform's `ScorableXBlockMixin`."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from xblock.scorable import ScorableXBlockMixin, Score

from ...platform.progress import publish_grade
from ...records.access import RecordsUnavailableError
from ...records.scenario import runs
from ...scenario import play, results

log = logging.getLogger(__name__)


class ScenarioScoring(ScorableXBlockMixin):
    """For a block with the fields `results` and `counted`, and the scenario in `_playable`. Scores are shares, 0.0 to 1.0."""

    def max_score(self):
        """Scores are shares of the strongest path."""
        return 1.0

    def has_submitted_answer(self) -> bool:
        """True when the learner has finished a run."""
        return any(result.ending for result in self.finished)

    def allows_rescore(self) -> bool:
        """A run can always be counted anew: the decisions are kept."""
        return True

    def get_score(self) -> Score:
        """The score that counts, 0 before the first finished run."""
        counting = results.counting(self.finished, self.counted_rule)
        return Score(raw_earned=counting.share if counting else 0.0, raw_possible=self.max_score())

    def set_score(self, score: Score) -> None:
        """Staff give a score: it stands for every run until now. `score` may be in any points; its share counts."""
        share = min(1.0, max(0.0, score.raw_earned / score.raw_possible)) if score.raw_possible else 0.0
        self._keep(results.Result(self.attempt, share, 1.0, at=datetime.now(UTC).isoformat()))

    def calculate_score(self) -> Score:
        """The score of the runs as the scenario is now. Keeps nothing, and forgets what staff gave."""
        counting = results.counting(self._recounted(), self.counted_rule)
        return Score(raw_earned=counting.share if counting else 0.0, raw_possible=self.max_score())

    def rescore(self, only_if_higher) -> None:
        """Count every run anew and report the score. Raises `ValueError` where no run is finished."""
        if not self.has_submitted_answer():
            raise ValueError(_("There is no finished run to rescore: {block}").format(block=self.scope_ids.usage_id))
        recounted = self._recounted()
        after = results.counting(recounted, self.counted_rule)
        if only_if_higher and after.share <= self.get_score().raw_earned:
            return
        self.results = [result.stored() for result in results.trimmed(recounted)]
        self.publish_grade(only_if_higher=only_if_higher)

    def publish_grade(self, score: Score | None = None, only_if_higher: bool | None = None) -> None:
        """Report `score`, or the one that counts. The platform calls this after an override."""
        score = score or self.get_score()
        publish_grade(self, score.raw_earned, score.raw_possible, only_if_higher)

    @property
    def finished(self) -> list[results.Result]:
        """The learner's results, oldest first, with what staff gave."""
        return results.read(self.results)

    @property
    def counted_rule(self) -> str:
        """Which result counts; a word that means nothing is the default."""
        return self.counted if self.counted in results.COUNTED else results.BEST

    def _keep(self, result: results.Result) -> None:
        self.results = [kept.stored() for kept in results.trimmed([*self.finished, result])]

    def _recounted(self) -> list[results.Result]:
        """The results of the learner's runs as the scenario is now; those it no longer leads to an ending keep theirs.

        Every run on record is among them: one that is not kept here any more may be the best by the points as they now are.
        """
        finished = {result.attempt: result for result in self.finished if result.ending}
        scenario = self._playable()
        if scenario is None or not finished:
            return list(finished.values())
        recorded = self._recorded_paths(min(finished))
        paths = {self.attempt: self.decisions, **recorded}
        recounted = [
            _recount(scenario, finished.get(attempt) or _unknown(attempt, recorded[attempt]), paths.get(attempt))
            for attempt in sorted({*finished, *recorded})
        ]
        return [result for result in recounted if result.ending]

    def _keep_later_runs(self, scenario) -> None:
        """Keep the runs on record after the present one: a request that took long may hold an old state, and save it last."""
        for attempt, path in self._recorded_paths(self.attempt + 1).items():
            result = _recount(scenario, _unknown(attempt, path), path)
            if result.ending:
                self._keep(result)

    def _take_over_older_state(self, scenario) -> None:
        """Before there were `results`, a state held the last run and the best score: the results are in the records."""
        player = self._player_of_state()
        if not self.attempt or self.first_attempt or player is None:
            return
        if not self.results:
            try:
                paths = runs.paths(player)
            except RecordsUnavailableError:
                return  # another time; until then nothing is lost
            found = [_recount(scenario, _unknown(*run), run[1]) for run in paths.items() if run[0] <= self.attempt]
            self.results = [result.stored() for result in results.trimmed([result for result in found if result.ending])]
        self.first_attempt = 1

    def _recorded_paths(self, first: int) -> dict[int, list]:
        """The entries of each run on record by its number, from number `first` on."""
        player = self._player_of_state()
        try:
            return runs.paths(player, first) if player is not None else {}
        except RecordsUnavailableError:
            log.exception("The runs of %s cannot be read; only the last one is rescored.", self.scope_ids.usage_id)
            return {}


def _unknown(attempt: int, path: list) -> results.Result:
    """What is kept of a run of which nothing but its path is known, before it is counted."""
    return results.Result(attempt, 0, 0, at=path[-1][2] if path else "")


def _recount(scenario, result: results.Result, path: list | None) -> results.Result:
    state = play.replay(scenario, path) if path else None
    if state is None or state.ending is None or state.lost:
        return result
    return replace(
        result,
        earned=state.earned,
        possible=state.possible,
        ending=state.ending.id,
        title=state.ending.title,
        result=state.ending.result,
        version=scenario.version,
    )
