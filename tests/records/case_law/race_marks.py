"""Marks and steps of reading, written by many at the same moment, on whatever database Django has. See `race_threads`."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from django.db import connection

from dti_xblocks.case_law.anchoring import Anchor
from dti_xblocks.records import models
from dti_xblocks.records.case_law import marks, reading
from tests.records import race_threads

NOW = datetime(2026, 1, 1, 12, 0, 0, 5, tzinfo=UTC)
ANCHOR = Anchor("rule", 0, 4, "wörds 🚓", "the ", " marked")
COURSE = "course-of-the-race"


def add(user_id: int, key: str, note: str = "mine", course: str = COURSE, anchor: Anchor | None = ANCHOR, slug: str = "graham"):
    return marks.add(user_id, course, key, slug, anchor, note, NOW)


def keys(user_id: int) -> list[str]:
    return sorted(mark.key for mark in marks.of_learner(user_id, COURSE))


def check_equal_requests_make_one_mark(size: int, older: bool = False) -> None:
    player = race_threads.anybody()
    found = race_threads.at_once([lambda: add(player.user_id, "the-key")] * size, [player] * size, older)
    assert len({mark.id for mark in found}) == 1
    assert {(mark.key, mark.note, mark.anchor) for mark in found} == {("the-key", "mine", ANCHOR)}
    assert models.ReaderMark.objects.filter(user_id=player.user_id).count() == 1


def check_different_marks_are_all_kept(size: int, older: bool = False) -> None:
    """Of one learner, whose rows lie side by side, and of neighbors."""
    player = race_threads.anybody()
    neighbors = [race_threads.anybody(number) for number in range(size)]
    calls = [lambda n=number: add(player.user_id, f"key-{n}", f"note {n}") for number in range(size)]
    calls += [lambda n=neighbor.user_id: add(n, "the-key") for neighbor in neighbors]
    race_threads.at_once(calls, [player] * size + neighbors, older)
    assert keys(player.user_id) == sorted(f"key-{number}" for number in range(size))
    assert {mark.note for mark in marks.of_learner(player.user_id, COURSE)} == {f"note {number}" for number in range(size)}
    assert all(keys(neighbor.user_id) == ["the-key"] for neighbor in neighbors)


def check_adding_and_removing(size: int, older: bool = False) -> None:
    """A bookmark set and taken away at once, again and again: everybody is answered, and one more mark stays where it is."""
    player = race_threads.anybody()
    add(player.user_id, "stays")

    def toggle(number):
        if number % 2:
            return add(player.user_id, "", "", anchor=None).key
        return marks.remove_bookmark(player.user_id, COURSE, "graham")

    for _round in range(3):
        answers = race_threads.at_once([lambda n=number: toggle(n) for number in range(size)], [player] * size, older)
        assert set(answers) <= {"bookmark:graham", True, False}
        assert keys(player.user_id) in (["bookmark:graham", "stays"], ["stays"])
    marks.remove_bookmark(player.user_id, COURSE, "graham")
    assert keys(player.user_id) == ["stays"]


def check_a_mark_added_again_while_it_is_removed(size: int, older: bool = False) -> None:
    """The retry of an old request, beside the removal by id: there is one mark afterwards, or none."""
    player = race_threads.anybody()
    for _round in range(3):
        mark = add(player.user_id, "the-key")

        def act(number, mark=mark):
            return add(player.user_id, "the-key").key if number % 2 else marks.remove(player.user_id, COURSE, mark.id)

        calls = [lambda n=number: act(n) for number in range(size)]
        answers = race_threads.at_once(calls, [player] * size, older, sent_again=True)
        assert answers.count(True) == 1 and set(answers) <= {"the-key", True, False}, answers
        assert len(keys(player.user_id)) <= 1


def check_one_change_of_many_counts(size: int, older: bool = False) -> None:
    """All had seen the same note: one writes, the others are shown what it wrote."""
    player = race_threads.anybody()
    mark = add(player.user_id, "the-key")

    def change(number):
        try:
            changed = marks.change(player.user_id, COURSE, mark.id, f"note {number}", NOW, mark.changed_at)
            return "written", changed.note
        except marks.MarkChangedError as refused:
            return "refused", refused.row.note

    answers = race_threads.at_once([lambda n=number: change(n) for number in range(size)], [player] * size, older)
    (now,) = marks.of_learner(player.user_id, COURSE)
    assert sorted(answers) == sorted([("refused", now.note)] * (size - 1) + [("written", now.note)])
    assert now.changed_at == mark.changed_at + timedelta(microseconds=1)


def elsewhere(call):
    """What `call` returns in a request of its own, done before this one goes on."""

    def alone():
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(alone).result()


def check_what_was_marked_in_the_meantime_can_be_changed_and_removed(size: int, older: bool = False) -> None:
    """Learners whose marks lie side by side, each made after this request had begun to look at the database."""
    players = [race_threads.anybody(number) for number in range(size)]

    def act(player):
        mine = elsewhere(lambda: add(player.user_id, "the-key"))
        again = add(player.user_id, "the-key")
        changed = marks.change(player.user_id, COURSE, mine.id, "changed", NOW, mine.changed_at)
        return again == mine, changed.note, marks.remove(player.user_id, COURSE, mine.id)

    answers = race_threads.at_once([lambda p=player: act(p) for player in players], players, older)
    assert answers == [(True, "changed", True)] * size


def check_each_step_is_new_once(size: int, older: bool = False) -> None:
    """One learner's steps, and at the same moment the neighbors'."""
    size //= 2  # each of four things is asked so often: a server has a hundred connections
    player = race_threads.anybody()
    neighbors = [race_threads.anybody(number) for number in range(size)]

    def note(who, step):
        return reading.note(who, COURSE, "reading-of-the-race", "graham", step, NOW)

    calls = [lambda s=step: note(player, s) for step in reading.STEPS for _number in range(size)]
    calls += [lambda n=neighbor: note(n, "opened") for neighbor in neighbors]
    answers = race_threads.at_once(calls, [player] * (3 * size) + neighbors, older)
    assert [sum(answers[step * size : (step + 1) * size]) for step in range(4)] == [1, 1, 1, size]
    assert reading.of_learner(player.user_id, "reading-of-the-race") == {"graham": set(reading.STEPS)}


CHECKS = (
    check_equal_requests_make_one_mark,
    check_different_marks_are_all_kept,
    check_adding_and_removing,
    check_a_mark_added_again_while_it_is_removed,
    check_one_change_of_many_counts,
    check_what_was_marked_in_the_meantime_can_be_changed_and_removed,
    check_each_step_is_new_once,
)
