"""Work apart from the request: by Celery, in a thread, or in the request."""

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import override_settings

from dti_xblocks.platform import tasks
from dti_xblocks.platform.tasks import later, way_here

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


class Task:
    """What is called as a function and has the face of a Celery task."""

    name = "task"

    def __init__(self, fault=None):
        self.sent, self.called, self.fault = [], [], fault

    def __call__(self, number):
        self.called.append(number)

    def apply_async(self, args, **options):
        if self.fault:
            raise self.fault
        self.sent.append((args, options))


def test_without_celery_a_thread_does_it():
    done, where = threading.Event(), []

    def work(number):
        where.append((number, threading.current_thread().daemon, threading.get_ident()))
        done.set()

    assert way_here(work) == "thread"
    later(work, 7)
    assert done.wait(10)
    assert where[0][:2] == (7, True) and where[0][2] != threading.get_ident()


def test_threads_take_turns():
    running, most, left = [], [], threading.Semaphore(0)

    def work(number):
        running.append(number)
        most.append(len(running))
        running.remove(number)
        left.release()

    for number in range(5):
        later(work, number)
    assert all(left.acquire(timeout=120) for _ in range(5))
    assert set(most) == {1}


def test_a_thread_leaves_no_connection_behind_and_survives_a_fault(caplog):
    done = []

    def work(number):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        done.append(connection.connection)
        raise RuntimeError("what nobody thought of")

    with caplog.at_level(logging.ERROR, tasks.__name__):
        thread = threading.Thread(target=tasks._alone, args=(work, 1))
        thread.start()
        thread.join(10)
    with pytest.raises(Exception, match="closed database"):
        done[0].execute("SELECT 1")
    assert "fault" in caplog.text
    tasks._alone(done.append, 2)  # the next one has its turn
    assert done[-1] == 2


@pytest.mark.parametrize("way", ["thread", "request", "celery"])
def test_nothing_begins_before_what_was_written_stands(way):
    task = Task()
    begun = threading.Event()
    work = task if way != "thread" else lambda number: begun.set()
    with override_settings(DTI_RENDER=way):
        with transaction.atomic():
            later(work, 7)
            assert not task.called and not task.sent and not begun.is_set()
        assert task.called == [7] or task.sent or begun.wait(10)


def test_nothing_begins_when_what_was_written_is_undone():
    task = Task()
    with override_settings(DTI_RENDER="request"), pytest.raises(ZeroDivisionError), transaction.atomic():
        later(task, 7)
        raise ZeroDivisionError
    assert task.called == []


def test_a_broker_that_is_away_costs_nothing_but_time(caplog):
    with override_settings(DTI_RENDER="celery"), caplog.at_level(logging.ERROR, tasks.__name__):
        later(Task(OSError("no broker")), 7)
    assert "did not take the work task(7)" in caplog.text


def test_celery_that_knows_no_broker_is_not_used():
    assert way_here(Task()) == "thread"  # here Celery is installed, and nobody has set it up


def test_a_setting_that_means_nothing_is_told(caplog):
    with override_settings(DTI_RENDER="pigeon"), caplog.at_level(logging.ERROR, tasks.__name__):
        assert way_here(Task()) == "thread"
    assert "pigeon" in caplog.text


WITH_CELERY = """
import sys, tempfile, time
from pathlib import Path
from dti_xblocks.course.preview.settings import configure
configure(Path(sys.argv[1]))
from celery import Celery
app = Celery("site", broker="memory://", backend="cache+memory://")
app.set_default()
app.autodiscover_tasks(lambda: ["dti_xblocks.records"], force=True)
from django.core.management import call_command
call_command("migrate", verbosity=0)
from datetime import UTC, datetime
from celery.contrib.testing.worker import start_worker
from dti_xblocks.platform.tasks import later, way_here
from dti_xblocks.records import tasks
from dti_xblocks.records.case_law import packets
from dti_xblocks.records.models import Packet
assert "dti_xblocks.make_packet" in app.tasks, sorted(app.tasks)
assert way_here(tasks.make_packet) == "celery"
source = tasks.document("<html lang='en'><body><h1>By a worker</h1>", "")
row, _new = packets.ask(digest="d" * 64, owner_id=7, title="T", expected=1, source=lambda: source, now=datetime.now(UTC))
later(tasks.make_packet, row.id)
with start_worker(app, perform_ping_check=False, pool="solo", loglevel="WARNING"):
    for _ in range(1200):
        row = Packet.objects.get()
        if row.state in ("ready", "failed"):
            break
        time.sleep(0.1)
print(row.state, bytes(row.body or b"")[:5].decode())
"""


def test_a_real_celery_finds_the_task_and_a_worker_makes_the_packet(tmp_path):
    done = subprocess.run([sys.executable, "-c", WITH_CELERY, tmp_path], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["ready", "%PDF-"], done.stderr[-3000:]
