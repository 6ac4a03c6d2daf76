"""Pages of the staff report while learners decide, on whatever database Django has. See `race_threads`."""

from contextlib import contextmanager

from django.core.cache import cache

from dti_xblocks.records import models
from dti_xblocks.records.scenario import journal, run_report, tallies
from dti_xblocks.records.scenario.standing import ALL, BEST, FIRST
from tests.records import race_threads

BLOCK = "block-of-the-race"
ROUNDS = 3


@contextmanager
def counted_by_portions():
    """Every block counts as one of very many runs."""
    least, tallies.LEAST = tallies.LEAST, 1
    cache.clear()
    try:
        yield
    finally:
        tallies.LEAST = least


def page() -> tuple[list, dict]:
    counted = tallies.Tallies(BLOCK)
    return [counted.moves(which) for which in (FIRST, BEST, ALL)], counted.scene_seconds()


def at_once() -> tuple[list, dict]:
    return [sorted(run_report.moves(BLOCK, which)) for which in (FIRST, BEST, ALL)], run_report.scene_seconds(BLOCK)


def play(player) -> None:
    for step in range(race_threads.STEPS):
        race_threads.decide(player, step, f"choice-{step}", last=step == race_threads.STEPS - 1)


def check_pages_count_what_is_decided_meanwhile(size: int, older: bool = False) -> None:
    """Every page is answered, no decision waits for one, and what was kept by all of them is right afterwards."""
    for _round in range(ROUNDS):
        players = [race_threads.anybody(number) for number in range(size)]
        for player in players:
            journal.begin(player, 0, race_threads.NOW)
        with counted_by_portions():
            calls = [lambda p=player: play(p) for player in players[: size // 2]] + [page] * (size - size // 2)
            race_threads.at_once(calls, players, older)
            assert page() == at_once()
    rows = list(models.ScenarioTally.objects.filter(usage_key=BLOCK).values_list("name", "portion"))
    assert len(rows) == len(set(rows)) > len((FIRST, BEST, ALL))


CHECKS = (check_pages_count_what_is_decided_meanwhile,)
