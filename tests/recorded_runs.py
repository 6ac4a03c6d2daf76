"""Runs put on record as the block does it, entry by entry, without the block: many learners, at times of one's own choosing."""

import random
from datetime import UTC, datetime, timedelta

from dti_xblocks.records.scenario import journal, runs
from dti_xblocks.scenario import motion, play
from tests.runtime import COURSE

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def player_of(block, user_id: int, username: str) -> runs.Player:
    return runs.Player(user_id, username, str(COURSE), str(block.scope_ids.usage_id))


def record(scenario, player, decisions, *, started=NOON, took=10, pace=1, attempt=1, version=None) -> play.State:
    """One run: `decisions` are (scene, choice), (scene, "") for the start of a clock, or (scene, choice, "time-up"), each `took`
    seconds after the one before. It is finished where they lead to an ending; `version` pretends another scenario."""
    version = version or scenario.version
    begun = journal.begin(player, attempt - 1, started, pace, version)
    at = started
    entries = []
    for scene, choice, *how in decisions:
        at += timedelta(seconds=took)
        entries.append([scene, choice, at.isoformat(), *how])
    state = play.replay(scenario, entries, pace)
    with journal.held(player, begun.attempt) as book:
        if version == scenario.version:
            assert not state.lost, "these decisions do not fit"
            for logged in state.log(started.isoformat()):
                book.append(list(logged.entry), logged.led_to, logged.seconds)
        else:
            for entry in entries:
                book.append(entry, "", took)
    ending = state.ending
    if ending:
        finished = runs.Finished(
            *(begun.attempt, version, entries, ending.id, ending.result, state.earned, state.possible, started, at),
            *(int((at - started).total_seconds()), pace),
        )
        assert runs.finish(player, finished)
    return state


def crowd(scenario, block, people: int, seed: int = 1) -> None:
    """Runs of `people` who choose at random; some play again, some give up, some let the clock run out."""
    dice = random.Random(seed)
    for number in range(people):
        player = player_of(block, 1000 + number, f"officer{number:04}")
        for attempt in range(1, dice.choice((2, 2, 3))):
            started = NOON + timedelta(minutes=7 * number, days=attempt)
            record(scenario, player, _path(scenario, dice), started=started, took=dice.randint(3, 40), attempt=attempt)


def _path(scenario, dice) -> list[tuple]:
    standing, path = motion.begin(scenario), []
    while (scene := scenario.scene(standing.place)) and len(path) < 60 and dice.random() > 0.04:
        late = scene.clock and dice.random() < 0.15
        if scene.clock:
            path.append((scene.id, ""))
        choice = scene.choice(scene.timeout) if late else dice.choice(motion.open_choices(scenario, standing))
        path.append((scene.id, choice.id, *(["time-up"] if late else [])))
        standing = motion.take(scenario, standing, choice)
    return path
