"""What a learner's requests do to a run that has begun: the handlers that decide in it, end it and look back at it.

Nothing is recorded where nothing counts; see `players`. A request that comes late or twice changes nothing and is answered with
the present screen.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ...platform import clock
from ...platform.learner import Learner
from ...platform.progress import emit
from ...records.access import RecordsUnavailableError
from ...scenario import play
from ...scenario.model import Scenario
from ...studio.kit.trial import forget_changes
from ..base import RefusedError
from . import beats
from .endings import settle_ending, tell_practice
from .forms import Decision, number_in
from .host import ScenarioHost
from .loading import scenario_in_play
from .players import is_in_person, player_of
from .run import Run, held
from .score import recorded
from .screen import page_of

log = logging.getLogger(__name__)
MOST_ENTRIES = 1000  # of one run; a learner who goes round in a loop for ever must not fill the database

Form = Mapping[str, str]


def enter(block: ScenarioHost, learner: Learner, form: Form) -> SafeString:
    """Start the clock of the present scene. A second request does not start it again."""
    with held_turn(block, learner) as turn:
        after = turn.state
        if turn.is_next(Decision.read(form)):
            after = play.start_clock(turn.scenario, turn.state, turn.at, turn.run.pace) or turn.state
        turn.write(after)
        if after is not turn.state:  # from a page on which the consequence stood above the gate
            beats.go_on(block, after)
    return turn.answer(after)


def choose(block: ScenarioHost, learner: Learner, form: Form) -> SafeString:
    """Take a choice, or let the clock take its own."""
    with held_turn(block, learner) as turn:
        decision = Decision.read(form)
        after, overtaken = turn.state, False
        if turn.is_next(decision):
            after = turn.decided(decision)
        else:
            overtaken = turn.was_overtaken(decision)
        turn.write(after)
    return turn.answer(after, overtaken)


def go_on(block: ScenarioHost, learner: Learner, form: Form) -> SafeString:
    """Leave what came of the last decision, or the card of a new role, and come to what is next."""
    with held_turn(block, learner) as turn:
        turn.write(turn.state)
        if (number_in(form, "attempt"), number_in(form, "step")) == (block.attempt, len(turn.state.entries)):
            beats.go_on(block, turn.state, form.get("beat", ""))
    return turn.answer(turn.state)


def settle(block: ScenarioHost, learner: Learner, form: Form) -> SafeString:
    """Report a run that ended without a request: its clock ran out, or the author changed the scenario under it."""
    with held_turn(block, learner) as turn:
        turn.write(turn.state)
    return turn.answer(turn.state)


def open_answers(block: ScenarioHost, learner: Learner, form: Form) -> SafeString:
    """Open the strongest answers after a run that has ended. The next run from the start is practice then."""
    with held_turn(block, learner) as turn:
        turn.write(turn.state)
        if number_in(form, "attempt") == block.attempt and turn.is_over and turn.run.open_answers(turn.at):
            block.asked = block.attempt
            if is_in_person(learner):
                emit(block, "dti.scenario.answers_opened", {"attempt": block.attempt})
    return turn.answer(turn.state, opened=True)


@dataclass(frozen=True)
class Turn:
    """One request that holds the lock of the run: its state at `at`, and what may be done from there."""

    block: ScenarioHost
    learner: Learner
    scenario: Scenario
    run: Run
    state: play.State
    at: datetime

    @property
    def is_over(self) -> bool:
        """True when the present run is finished: it came to an ending, now or before the scenario was changed."""
        return bool(self.block.attempt) and (self.state.ending is not None or recorded(self.block) is not None)

    def is_next(self, decision: Decision) -> bool:
        """True when the form was made from the screen that the learner is on now."""
        scene = self.state.scene
        if not self.block.attempt or scene is None or recorded(self.block) is not None:
            return False
        step = len(self.state.entries)
        if step >= MOST_ENTRIES:
            raise RefusedError(_("You have gone round and round in this run. Ask your course staff to reset it."), 409)
        return (decision.attempt, decision.step, decision.scene) == (self.block.attempt, step, scene.id)

    def was_overtaken(self, decision: Decision) -> bool:
        """True when another window was quicker: the moment of the form is decided already, and otherwise than the form wants."""
        entries = self.state.entries
        if decision.attempt != self.block.attempt or decision.step >= len(entries):
            return False
        scene, choice, _at, *how = entries[decision.step]
        return not how and scene == decision.scene and bool(decision.choice) and choice not in ("", decision.choice)

    def decided(self, decision: Decision) -> play.State:
        """The state after `decision`. Raises `RefusedError` for a choice that is not open.

        When the page's clock has run out, what the learner had selected is taken, where it is open and arrives within the grace.
        """
        after = play.decide(self.scenario, self.state, decision.choice, self.at, self.run.pace)
        if decision.time_up:
            late = play.time_up(self.scenario, self.state, self.at, self.run.pace)
            return (after or late) if late else self.state
        if after is None:
            raise RefusedError(
                _("That is not one of the choices here. Reload the page and choose again.")
                if decision.choice
                else _("Choose what you do first.")
            )
        return after

    def write(self, after: play.State) -> None:
        """Store what is new in the run, send its events, and report an ending."""
        block = self.block
        if not block.attempt or (recorded(block) is not None and after.lost):  # a finished run stays as it was played
            return
        new = self.run.write(after)
        if any(logged.entry[1] for logged in new):
            beats.due(block, after)
        if not is_in_person(self.learner):
            return
        number = len(after.steps) - sum(1 for logged in new if logged.entry[1])
        for logged in new:
            number += bool(logged.entry[1])
            _tell(block, logged, number)
        settle_ending(block, player_of(block, self.learner), self.scenario, self.run, after)
        if new and after.ending and self.run.practice:
            tell_practice(block, after)

    def answer(self, after: play.State, overtaken: bool = False, opened: bool = False) -> SafeString:
        """The learner's present screen, from the state that this request has read; see `page_of`."""
        state = after if self.block.attempt else None
        return page_of(self.block, self.learner, self.scenario, self.run, state, clock.now(), overtaken=overtaken, opened=opened)


@contextmanager
def held_turn(block: ScenarioHost, learner: Learner) -> Iterator[Turn]:
    """The run, with nobody else able to change it until the end."""
    scenario, at = scenario_in_play(block), clock.now()
    try:
        with held(block, player_of(block, learner)) as run:
            yield Turn(block, learner, scenario, run, run.state(scenario, at), at)
    except RecordsUnavailableError as error:
        log.exception("A decision in %s could not be kept.", block.where.usage)
        forget_changes(block)
        raise RefusedError(_("The site could not save this just now. Nothing was lost. Please try again."), 503) from error


def _tell(block: ScenarioHost, logged: play.Logged, number: int) -> None:
    scene, choice, _at, *how = logged.entry
    if not choice:
        emit(block, "dti.scenario.clock_started", {"attempt": block.attempt, "scene": scene})
        return
    name = "dti.scenario.timed_out" if how else "dti.scenario.decided"
    made = {"attempt": block.attempt, "decision": number, "scene": scene, "choice": choice}
    emit(block, name, {**made, "led_to": logged.led_to, "seconds": logged.seconds})
