"""Packets in the records: one job for one document, workers that die, files that vanish, and what is cleared away."""

import secrets
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction

from dti_xblocks.records.case_law import packets
from dti_xblocks.records.models import Packet
from tests.records.case_law.packet_rows import DAY, HOUR, MINUTE, NOW, SECOND, a_store, ask, ready

ASKERS = 16
# Whether each request is in a transaction that began, and looked, before; SQLite lets one of those in at a time.
OLDER = [False] if connection.vendor == "sqlite" else [False, True]


@pytest.fixture(autouse=True)
def store(monkeypatch):
    yield from a_store(monkeypatch)


# -- asking ----------------------------------------------------------------------------------------------------------------


def test_the_first_to_ask_makes_a_job_and_the_next_ones_wait_for_it():
    row, new = ask()
    assert (row.state, row.expected, row.asked_at, new) == ("waiting", 7, NOW, True)
    assert zlib.decompress(bytes(row.source)) == b"source"
    again, new = ask(now=NOW + SECOND)
    assert (again.id, new) == (row.id, False)


def at_once(call, older: bool) -> list:
    """What `call` gives to so many threads, each with a connection of its own."""
    gate = threading.Barrier(ASKERS, timeout=240)

    def one(_number):
        try:
            with transaction.atomic() if older else nullcontext():
                if older:
                    Packet.objects.count()
                gate.wait()
                return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(ASKERS) as threads:
        return list(threads.map(one, range(ASKERS)))


@pytest.mark.parametrize("older", OLDER)
def test_of_many_who_ask_at_once_one_makes_the_job(older):
    digest = secrets.token_hex(32)  # never there before: after a row just removed, MySQL may give up some of those who ask
    answers = at_once(lambda: ask(digest), older)
    assert len({row.id for row, _new in answers}) == 1
    assert [new for _row, new in answers].count(True) == 1
    assert Packet.objects.count() == 1


@pytest.mark.parametrize("older", OLDER)
def test_of_many_who_ask_again_for_what_failed_one_makes_the_job(older):
    row, _new = ask()
    packets.JOBS.fail(packets.take(row.id, NOW), "time", NOW)
    answers = at_once(lambda: ask(now=NOW + MINUTE), older)
    assert [new for _row, new in answers].count(True) == 1
    assert Packet.objects.get().state == "waiting"


@pytest.mark.parametrize("older", OLDER)
def test_of_many_workers_one_takes_a_job(older):
    row, _new = ask()
    jobs = [job for job in at_once(lambda: packets.take(row.id, NOW), older) if job]
    assert [(job.id, job.attempt, job.source) for job in jobs] == [(row.id, 1, b"source")]


def test_the_same_document_of_another_owner_is_another_packet():
    assert ask()[0].id != ask(owner=7)[0].id != ask(owner=8)[0].id
    assert Packet.objects.count() == 3


def test_a_learner_has_a_bounded_number_of_packets_in_the_making():
    for number in range(packets.MOST_AT_WORK):
        ask(str(number) * 64, owner=7)
    with pytest.raises(packets.TooManyAtWorkError):
        ask("x" * 64, owner=7)
    assert ask("x" * 64, owner=8)[1] and ask("x" * 64)[1]  # others do not suffer from it
    assert ask("0" * 64, owner=7)[1] is False  # what is in the making is shown all the same


def test_a_learners_oldest_packets_go_when_there_are_too_many():
    for number in range(packets.MOST_OF_OWNER + 3):
        ready(f"{number:064}", owner=7, now=NOW + number * MINUTE)
    kept = sorted(Packet.objects.values_list("digest", flat=True))
    assert kept == [f"{number:064}" for number in range(3, packets.MOST_OF_OWNER + 3)]


# -- making ----------------------------------------------------------------------------------------------------------------


def test_a_shared_file_goes_to_storage_under_its_digest(store):
    row = ready()
    assert (row.state, row.size, row.source, row.body) == ("ready", 9, None, None)
    assert row.file == f"dti/packets/{'d' * 64}.pdf" and store.exists(row.file)
    assert b"".join(packets.content(row)) == b"%PDF-body"


def test_a_personal_file_is_never_in_storage(store):
    row = ready(owner=7)
    assert (row.file, bytes(row.body)) == ("", b"%PDF-body")
    assert store.listdir("")[0] == [] and store.listdir("")[1] == []
    assert b"".join(packets.content(row)) == b"%PDF-body"


def test_a_personal_packet_is_found_by_its_owner_only():
    ready(owner=7)
    assert packets.find("d" * 64, 7).owner_id == 7
    assert packets.find("d" * 64, 8) is None
    ready()
    assert packets.find("d" * 64, 8).owner_id == 0
    assert packets.find("d" * 64, 7).owner_id == 7  # their own before everybody's


def test_a_personal_file_that_is_too_large_fails(monkeypatch):
    monkeypatch.setattr(packets, "LARGEST_PERSONAL", 5)
    row, _new = ask(owner=7)
    assert packets.finish(packets.take(row.id, NOW), b"%PDF-body", NOW) is False
    row = Packet.objects.get()
    assert (row.state, row.reason, row.body) == ("failed", "size", None)


def test_progress_is_a_sign_of_life():
    row, _new = ask()
    job = packets.take(row.id, NOW)
    assert packets.JOBS.heartbeat(job, 4, NOW + 50 * SECOND)
    row = Packet.objects.get()
    assert (row.state, row.done, row.beat_at) == ("working", 4, NOW + 50 * SECOND)
    assert ask(now=NOW + 100 * SECOND)[1] is False and packets.take(row.id, NOW + 100 * SECOND) is None


def test_a_job_whose_worker_died_is_taken_again_three_times_in_all():
    row, _new = ask()
    at = NOW
    for attempt in range(1, packets.JOBS.tries + 1):
        assert packets.take(row.id, at).attempt == attempt
        at += 61 * SECOND
        if attempt < packets.JOBS.tries:
            assert ask(now=at)[1] is True  # whoever asks has a worker sent
    assert ask(now=at)[1] is True
    assert packets.take(row.id, at) is None
    row = Packet.objects.get()
    assert (row.state, row.reason) == ("failed", "lost")


def test_of_many_who_find_a_dead_worker_one_has_another_sent():
    row, _new = ask()
    packets.take(row.id, NOW)
    later = NOW + 61 * SECOND
    assert [ask(now=later)[1] for _time in range(3)] == [True, False, False]


def test_a_message_that_was_lost_is_sent_again_after_a_minute():
    ask()
    assert ask(now=NOW + 59 * SECOND)[1] is False
    assert ask(now=NOW + 61 * SECOND)[1] is True
    assert ask(now=NOW + 62 * SECOND)[1] is False


def test_what_a_worker_that_was_given_up_says_is_not_heard():
    row, _new = ask()
    old = packets.take(row.id, NOW)
    new = packets.take(row.id, NOW + 61 * SECOND)
    assert new.attempt == 2
    assert packets.JOBS.heartbeat(old, 9, NOW + 62 * SECOND) is False
    assert packets.JOBS.fail(old, "time", NOW + 62 * SECOND) is False
    assert packets.finish(old, b"%PDF-old", NOW + 62 * SECOND) is False
    assert packets.finish(new, b"%PDF-new", NOW + 63 * SECOND) is True
    assert b"".join(packets.content(Packet.objects.get())) == b"%PDF-new"


def test_a_failed_packet_is_made_again_when_somebody_asks():
    row, _new = ask()
    packets.JOBS.fail(packets.take(row.id, NOW), "time", NOW)
    row = Packet.objects.get()
    assert (row.state, row.reason, row.source) == ("failed", "time", None)
    again, new = ask(now=NOW + MINUTE)
    assert (again.id, again.state, again.tries, again.reason, new) == (row.id, "waiting", 0, "", True)
    assert packets.take(row.id, NOW + MINUTE).source == b"source"


def test_a_file_that_vanished_from_storage_is_made_again(store):
    row = ready()
    store.delete(row.file)
    assert packets.content(Packet.objects.get()) is None
    again, new = ask(now=NOW + MINUTE)
    assert (again.id, again.state, new) == (row.id, "waiting", True)
    ready(now=NOW + 2 * MINUTE)
    assert b"".join(packets.content(Packet.objects.get())) == b"%PDF-body"


def test_a_file_that_nobody_knew_of_is_replaced(store):
    store.save(f"dti/packets/{'d' * 64}.pdf", ContentFile(b"half"))
    assert b"".join(packets.content(ready())) == b"%PDF-body"
    assert len(store.listdir("dti/packets")[1]) == 1


def test_a_storage_that_does_not_answer_is_no_reason_to_make_everything_again(store, monkeypatch):
    ready()
    monkeypatch.setattr(store, "exists", lambda name: 1 / 0)
    assert ask(now=NOW + MINUTE)[1] is False


def test_a_packet_not_asked_for_in_an_hour_is_noted_as_asked_for():
    ready()
    ask(now=NOW + MINUTE)
    assert Packet.objects.get().asked_at == NOW
    ask(now=NOW + 2 * HOUR)
    assert Packet.objects.get().asked_at == NOW + 2 * HOUR


# -- clearing --------------------------------------------------------------------------------------------------------------


def test_what_has_had_its_time_is_removed(store):
    shared, asked = ready("a" * 64), ready("b" * 64)
    ready("c" * 64, owner=7)
    row, _new = ask("e" * 64)
    packets.JOBS.fail(packets.take(row.id, NOW), "time", NOW)
    assert packets.purge(NOW + 59 * MINUTE) == 0
    assert packets.purge(NOW + 61 * MINUTE) == 1  # the failed one
    assert packets.purge(NOW + 25 * HOUR) == 1  # the personal one
    ask("b" * 64, now=NOW + 60 * DAY)
    assert packets.purge(NOW + 91 * DAY) == 1
    assert [row.digest for row in Packet.objects.all()] == [asked.digest]
    assert not store.exists(shared.file) and store.exists(asked.file)


def test_a_file_that_cannot_be_removed_does_not_stop_the_clearing(store, monkeypatch):
    ready()
    monkeypatch.setattr(store, "delete", lambda name: 1 / 0)
    assert packets.purge(NOW + 91 * DAY) == 1
