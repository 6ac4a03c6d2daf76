"""Films watched and answered by many requests at the same moment, on whatever database Django has. See `race_threads`."""

from dataclasses import replace
from datetime import UTC, datetime

from dti_xblocks.records import models
from dti_xblocks.records.video import watches
from dti_xblocks.records.video.watches import Viewer
from dti_xblocks.video import viewing as views
from dti_xblocks.video import watched
from dti_xblocks.video.viewing import Answer
from tests.records import race_threads

NOW = datetime(2026, 1, 1, 12, 0, 0, 5, tzinfo=UTC)


def viewer(player) -> Viewer:
    return Viewer(player.user_id, player.username, player.course_key, f"film-{player.user_id}")


def answer(who: Viewer, picked: str) -> bool:
    """Give the first answer, unless it is there: what the block does with a page that has seen none. True for who gave it."""
    with watches.held(who, NOW) as held:
        if held.viewing.first("heard"):
            return False
        made = Answer("heard", 1, (picked,), views.RIGHT, 1.0, 1.0, views.FILM, NOW)
        held.write(replace(held.viewing, answers=(*held.viewing.answers, made)))
        return True


def watch(who: Viewer, start: float) -> None:
    """Add one second to what is watched."""
    with watches.held(who, NOW) as held:
        held.write(replace(held.viewing, spans=watched.merged([*held.viewing.spans, (start, start + 1)])))


def check_a_double_press_is_one_answer(size: int, older: bool = False) -> None:
    player = race_threads.anybody()
    who = viewer(player)
    given = race_threads.at_once([lambda n=number: answer(who, f"choice-{n}") for number in range(size)], [player] * size, older)
    assert given.count(True) == 1 and given.count(False) == size - 1
    assert models.VideoWatch.objects.filter(user_id=who.user_id).count() == 1
    (row,) = models.VideoAnswer.objects.filter(watch__user_id=who.user_id)
    assert (row.serial, row.attempt) == (0, 1) and len(watches.read(who).answers) == 1


def check_all_that_is_watched_is_kept(size: int, older: bool = False) -> None:
    """Of one learner in many tabs, and of neighbors whose rows lie beside."""
    player = race_threads.anybody()
    who = viewer(player)
    neighbors = [race_threads.anybody(number) for number in range(size)]
    calls = [lambda n=number: watch(who, 2.0 * n) for number in range(size)]
    calls += [lambda n=neighbor: watch(viewer(n), 0.0) for neighbor in neighbors]
    race_threads.at_once(calls, [player] * size + neighbors, older)
    assert watches.read(who).spans == tuple((2.0 * number, 2.0 * number + 1) for number in range(size))
    assert all(watches.read(viewer(neighbor)).spans == ((0.0, 1.0),) for neighbor in neighbors)


def check_answers_and_reports_do_not_lose_each_other(size: int, older: bool = False) -> None:
    player = race_threads.anybody()
    who = viewer(player)
    watch(who, 0.0)
    calls = [lambda n=number: answer(who, "choice") if n % 2 else watch(who, 2.0 * n) for number in range(size)]
    race_threads.at_once(calls, [player] * size, older)
    found = watches.read(who)
    assert len(found.answers) == 1 and watched.length(found.spans) == 1 + len(range(2, size, 2))


CHECKS = (
    check_a_double_press_is_one_answer,
    check_all_that_is_watched_is_kept,
    check_answers_and_reports_do_not_lose_each_other,
)
