"""Many requests of one learner at the same moment, at the level of the journal, on whatever database Django has.

Each request is a thread with a connection of its own. `older` opens a transaction first and looks at the tables before
anybody writes, as a request under ATOMIC_REQUESTS does: under MySQL's REPEATABLE READ it goes on seeing them as they were.
"""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, datetime

from django.db import OperationalError, connection, transaction

from dti_xblocks.records import access, models
from dti_xblocks.records.scenario import journal, runs

NOW = datetime(2026, 1, 1, 12, 0, 0, 5, tzinfo=UTC)
STEPS = 4
numbers = itertools.count()


def anybody(number: int = 0) -> runs.Player:
    return runs.Player(9000 + next(numbers), f"u{number}", "course", "block-of-the-race")


def at_once(calls: list, players: list, older: bool, sent_again: bool = False) -> list:
    """What the calls return, each made by a thread of its own when all are ready. Raises what any of them raised.

    With `sent_again` a request that MySQL ended, because it and another waited for each other, comes once more: as from
    somebody who is told that it could not be saved, and presses again.
    """
    gate = threading.Barrier(len(calls), timeout=240)

    def request(call, player, wait):
        with transaction.atomic() if older else nullcontext():
            if older:
                journal.read(player, max(journal.latest_attempt(player), 1))
            wait()
            return call()

    def one(call, player):
        try:
            return request(call, player, gate.wait)
        except OperationalError as error:
            if not sent_again or error.args[:1] != (access.DEADLOCK,):
                raise
            connection.close()
            return request(call, player, lambda: None)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [done.result() for done in [threads.submit(one, *each) for each in zip(calls, players, strict=True)]]


def decide(player, step: int, choice: str, attempt: int = 1, last: bool = False) -> list:
    """As the block does it: whoever still stands at `step` decides, everybody else sees what was decided."""
    with journal.held(player, attempt) as held:
        if len(held.decisions) == step:
            held.append(
                [f"scene-{step}", choice, NOW.isoformat()], led_to="ending" if last else f"scene-{step + 1}", seconds=step
            )
            if last:
                finish(player, attempt, held.decisions)
        return [list(entry) for entry in held.decisions]


def finish(player, attempt: int, path: list) -> bool:
    run = runs.Finished(attempt, "v" * 64, path, "ending", "good", 3, 4, NOW, NOW, seconds=9, pace=1)
    return runs.finish(player, run)


def check_one_run_begins(size: int, older: bool = False) -> None:
    player = anybody()
    for attempt in (1, 2):  # the first, and one more after it
        calls = [lambda after=attempt - 1: journal.begin(player, after, NOW, pace=10, version="v")] * size
        begun = at_once(calls, [player] * size, older)
        assert [each.attempt for each in begun] == [attempt] * size, begun
        assert sum(each.new for each in begun) == 1, begun
        assert {(each.started_at, each.pace, each.version) for each in begun} == {(NOW, 10, "v")}
        assert journal.latest_attempt(player) == attempt
        assert models.ScenarioStart.objects.filter(user_id=player.user_id).count() == attempt


def check_one_decision_per_step(size: int, older: bool = False) -> None:
    player = anybody()
    journal.begin(player, 0, NOW)
    for step in range(STEPS):
        last = step == STEPS - 1
        calls = [lambda c=f"choice-{number}", s=step, e=last: decide(player, s, c, last=e) for number in range(size)]
        seen = at_once(calls, [player] * size, older)
        now = journal.read(player, 1).decisions
        assert len(now) == step + 1, now
        assert seen == [now] * size
    assert models.ScenarioDecision.objects.filter(run__user_id=player.user_id).count() == STEPS
    run = models.ScenarioRun.objects.get(user_id=player.user_id)
    assert runs.paths(player) == {1: journal.read(player, 1).decisions} and run.start.entries == STEPS


def check_one_record_of_a_finished_run(size: int, older: bool = False) -> None:
    """Without the journal's lock, and for a run whose start is recorded only now."""
    player = anybody()
    path = [["scene-0", "choice", NOW.isoformat()]]
    told = at_once([lambda: finish(player, 1, path)] * size, [player] * size, older)
    assert told.count(True) == 1, told
    assert models.ScenarioRun.objects.get(user_id=player.user_id).start.decisions.count() == 1
    assert journal.read(player, 1).decisions == path


def check_neighbors_do_not_wait_for_each_other(size: int, older: bool = False) -> None:
    """Learners who begin and decide at the same moment, whose entries lie side by side: nobody is turned away."""
    players = [anybody(number) for number in range(size)]
    for player in players:
        journal.begin(player, 0, NOW)

    def play(player):
        for step in range(STEPS):
            decide(player, step, "choice", last=step == STEPS - 1)
        return journal.begin(player, 1, NOW).attempt

    assert at_once([lambda p=player: play(p) for player in players], players, older) == [2] * size
    assert models.ScenarioRun.objects.filter(user_id__in=[player.user_id for player in players]).count() == size


CHECKS = (
    check_one_run_begins,
    check_one_decision_per_step,
    check_one_record_of_a_finished_run,
    check_neighbors_do_not_wait_for_each_other,
)
