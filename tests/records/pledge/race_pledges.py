"""Many signers at the same moment, on whatever database Django has, in threads here and in processes in `race_signers`.

Each gets the one signature of a turn, and afterwards every record has its place in the chain of its course: see `sound`.
"""

import itertools
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.db import connection
from django.test import override_settings

from dti_xblocks.pledge import seal
from dti_xblocks.records import models
from dti_xblocks.records.pledge import chain as pledge_chain
from dti_xblocks.records.pledge import events as pledge_events
from dti_xblocks.records.pledge import pledges
from dti_xblocks.records.review import reviews
from dti_xblocks.seals.keys import Keyring, read
from dti_xblocks.seals.site import site_keys
from tests.keys import new_key
from tests.records import race_threads
from tests.signatures import signature

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
NO_KEY = Keyring()
courses = (f"course-v1:race-{secrets.token_hex(4)}-{number}" for number in itertools.count())


def sign(user_id: int, course: str, turn: int = 1, name: str = "Zoë 🚓"):
    """(row, whether this call added it)."""
    made = signature(
        user_id=user_id,
        username=f"u{user_id}",
        course=course,
        block=f"block-of-{course}",
        when=NOW,
        turn=turn,
        name=name,
        account=name,
        private={"salt": "s", "address": "192.0.2.1"},
    )
    return pledges.add(made, lambda: seal.make_code(secrets.choice))


def note(user_id: int, course: str, kind: str, turn: int = 1):
    """(row, whether this call added it)."""
    key, where = f"t{turn}/{kind}", f"block-of-{course}"
    return pledge_events.note(pledge_events.Happening(kind, key, user_id, f"u{user_id}", course, where, NOW, {"n": turn}))


def steps(user_id: int, course: str, turn: int = 1) -> list:
    """What one signer does, request by request; the last gives the code that they are told."""
    kinds = (pledge_events.OPENED, pledge_events.ENDED, pledge_events.CONSENTED)
    events = [lambda kind=kind: note(user_id, course, kind, turn) for kind in kinds]
    return [*events, lambda: sign(user_id, course, turn)[0].code]


def whole_way(user_id: int, course: str, turn: int = 1) -> str:
    """All steps, one after the other."""
    return [step() for step in steps(user_id, course, turn)][-1]


def sound(course: str, records: int | None = None, ring: Keyring | None = None) -> int:
    """Assert that each record of the course has one link, in a chain without gap, fork or duplicate; its length.

    A request that waited too long for a busy database leaves its link to the next record: this is the next.
    """
    pledge_chain.complete(course, ring or Keyring())
    found = {}
    for kind, model in ((pledge_chain.PLEDGE, models.SignedPledge), (pledge_chain.EVENT, models.PledgeEvent)):
        rows = model.objects.filter(course_key=course).values_list("id", "document_hash")
        found.update({(kind, row_id): digest for row_id, digest in rows})
    links = list(models.PledgeLink.objects.filter(chain=course).order_by("position"))
    assert [link.position for link in links] == list(range(1, len(found) + 1)), (len(links), len(found))
    assert {(link.kind, link.entry_id): link.entry for link in links} == found
    previous = seal.START
    for link in links:
        assert link.previous == previous, link.position
        assert link.digest == seal.digest(pledge_chain.payload_of(link)), link.position
        previous = link.digest
    assert models.PledgePending.objects.filter(chain=course).count() == 0
    if found:
        head = models.PledgeChain.objects.get(chain=course)
        assert (head.length, head.head) == (len(links), previous)
    if ring is not None:
        assert head.signed == len(links)
        assert all(ring.verify(link.key_id, seal.canonical(pledge_chain.payload_of(link)), link.signature) for link in links)
    assert records in (None, len(found)), (records, len(found))
    return len(found)


def check_one_signature_per_turn(size: int, older: bool = False) -> None:
    """A double click on the first signature, many times over, with different names even; and then on the second."""
    player, course = race_threads.anybody(), next(courses)
    for turn in (1, 2):
        calls = [lambda t=turn, n=f"Name {number}": sign(player.user_id, course, t, n) for number in range(size)]
        answers = race_threads.at_once(calls, [player] * size, older)
        assert [added for _row, added in answers].count(True) == 1
        assert len({row.id for row, _added in answers}) == 1
        (row,) = models.SignedPledge.objects.filter(user_id=player.user_id, course_key=course, turn=turn)
        assert {answer.document["code"] for answer, _added in answers} == {row.code}
        assert {answer.document["signature"]["name"] for answer, _added in answers} == {row.signed_name}
        assert seal.intact(row.document, row.document_hash)
    sound(course, 2)


def check_one_event_of_a_key(size: int, older: bool = False) -> None:
    player, course = race_threads.anybody(), next(courses)
    answers = race_threads.at_once([lambda: note(player.user_id, course, pledge_events.OPENED)] * size, [player] * size, older)
    assert [added for _row, added in answers].count(True) == 1
    assert len({row.document_hash for row, _added in answers}) == 1
    sound(course, 1)


def check_neighbors_begin_a_chain(size: int, older: bool = False) -> None:
    """The first signers of a course, all at once, each twice: four records each, one chain of all, sealed."""
    course, players = next(courses), [race_threads.anybody(number) for number in range(size // 2)] * 2
    with override_settings(DTI_PLEDGE_KEYS={"private": new_key()}):
        for step in range(4):
            calls = [steps(player.user_id, course)[step] for player in players]
            answers = race_threads.at_once(calls, players, older)
        ring = site_keys().ring
    half = len(answers) // 2
    assert answers[:half] == answers[half:] and len(set(answers)) == half
    sound(course, 4 * half, ring)


def check_a_key_that_comes_later(size: int, older: bool = False) -> None:
    """Signed without a key, then by several who have one at the same moment, while others still sign without."""
    course, ring = next(courses), read(new_key())
    players = [race_threads.anybody(number) for number in range(size)]
    with override_settings(DTI_PLEDGE_KEYS=None):
        race_threads.at_once([lambda p=player: sign(p.user_id, course) for player in players], players, older)
        assert pledge_chain.state(course)["unsigned"] == size
        calls = [lambda p=player: sign(p.user_id, course, turn=2) for player in players[: size // 2]]
        calls += [lambda: pledge_chain.complete(course, ring)] * (size - len(calls))
        together(calls)
    pledge_chain.complete(course, ring)
    sound(course, size + size // 2, ring)


def together(calls: list) -> list:
    """What the calls return, each made at the same moment by a thread of its own, outside of any transaction."""
    gate = threading.Barrier(len(calls), timeout=240)

    def one(call):
        try:
            gate.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [done.result() for done in [threads.submit(one, call) for call in calls]]


def check_what_was_left_is_linked_once(size: int, older: bool = False) -> None:
    """Records whose writers died before the link, and many who complete the chain at once."""
    course, players = next(courses), [race_threads.anybody(number) for number in range(size)]
    unlinked(course, players)
    done = together([lambda: pledge_chain.complete(course, NO_KEY)] * size)
    assert sum(linked for linked, _signed in done) == size
    sound(course, size)


def unlinked(course: str, players: list) -> None:
    """Signatures as they stand when a process has died before it linked them."""
    original, pledges.later = pledges.later, lambda chain: None
    try:
        for player in players:
            sign(player.user_id, course)
    finally:
        pledges.later = original
    assert pledge_chain.state(course) == {"length": 0, "head": seal.START, "unsigned": 0, "pending": len(players)}


def check_one_withdrawal(size: int, older: bool = False) -> None:
    player, course = race_threads.anybody(), next(courses)
    row, _added = sign(player.user_id, course)
    calls = [lambda n=number: pledges.withdraw(row, n, f"staff-{n}", f"reason {n}", NOW) for number in range(size)]
    answers = race_threads.at_once(calls, [player] * size, older)
    assert [added for _event, added in answers].count(True) == 1
    assert len({event.document["details"]["reason"] for event, _added in answers}) == 1
    assert [each.withdrawn for each in pledges.of_learner(player.user_id, row.usage_key)] == [True]
    sound(course, 2)


def check_one_review(size: int, older: bool = False) -> None:
    """The first review, sent many times, and changes of it: nobody is turned away, one review is left, whole."""
    player, course = race_threads.anybody(), next(courses)

    def review(number):
        who = {"user_id": player.user_id, "username": player.username, "course_key": course, "usage_key": course}
        reviews.save(**who, shown_as="", stars=number % 5 + 1, text=f"text {number}", now=NOW)

    for _round in range(2):
        race_threads.at_once([lambda n=number: review(n) for number in range(size)], [player] * size, older)
        (row,) = models.CourseReview.objects.filter(usage_key=course)
        assert row.stars == int(row.text.removeprefix("text ")) % 5 + 1


CHECKS = (
    check_one_signature_per_turn,
    check_one_event_of_a_key,
    check_neighbors_begin_a_chain,
    check_a_key_that_comes_later,
    check_what_was_left_is_linked_once,
    check_one_withdrawal,
    check_one_review,
)
