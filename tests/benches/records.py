"""What the staff report costs with many runs: python tests/benches/records.py [FINISHED RUNS], on SQLite in a temporary folder.

With DTI_DATABASE_ENGINE, _NAME, _USER, _HOST in the environment it is measured on that server instead, as
scripts/databases.sh does when DTI_BENCH_RUNS is set. A run has 14 decisions; the tables also hold a neighboring block with a
tenth as many runs, and an eighth of the runs are given up. Prints a table; asserts nothing.
"""

import atexit
import os
import random
import shutil
import sys
import tempfile
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from quick import QUICK

DECISIONS, SCENES, CHOICES, PORTION = 14, 20, 4, 2000
BLOCK = "block-v1:DTI+DTI101+2026+type@dti_scenario+block@m03-one-night-three-levels"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def configure() -> None:
    """Set up Django for the records alone, where nobody has done it yet."""
    import django
    from django.conf import settings

    if settings.configured:
        return
    engine = os.environ.get("DTI_DATABASE_ENGINE", "sqlite3")
    name = os.environ.get("DTI_DATABASE_NAME")
    if not name:
        folder = tempfile.mkdtemp(prefix="dti-bench-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        name = str(Path(folder) / "records.sqlite3")
    database = {"ENGINE": f"django.db.backends.{engine}", "NAME": name}
    if engine != "sqlite3":
        database |= {key: os.environ.get(f"DTI_DATABASE_{key}", "") for key in ("USER", "HOST", "PORT")}
    settings.configure(INSTALLED_APPS=["dti_xblocks.records"], USE_TZ=True, DATABASES={"default": database})
    django.setup()


def fill(finished: int, block: str = BLOCK, first_user: int = 1) -> None:
    """Rows for `finished` finished runs and an eighth as many that were given up; three runs in four are a learner's first."""
    from dti_xblocks.records.models import ScenarioStart

    dice = random.Random(3)
    made, user, attempt = 0, first_user, 1
    while made < finished:
        starts, given_up = [], []
        for _row in range(min(PORTION, finished - made)):
            gives_up = dice.random() < 1 / 9
            given_up.append(gives_up)
            length = dice.randrange(DECISIONS) if gives_up else DECISIONS
            who = {"user_id": user, "username": f"officer{user:06d}", "course_key": "course-v1:DTI+DTI101+2026"}
            began = NOW + timedelta(seconds=made)
            counted = {"entries": length, "length": length}
            starts.append(ScenarioStart(**who, usage_key=block, attempt=attempt, started_at=began, **counted))
            made += not gives_up
            again = dice.random() < 1 / 4
            user, attempt = (user, attempt + 1) if again else (user + 1, 1)
        _write(starts, given_up, dice)


def _write(starts: list, given_up: list, dice) -> None:
    from dti_xblocks.records.models import ScenarioDecision, ScenarioRun, ScenarioStart

    ScenarioStart.objects.bulk_create(starts)
    numbers = {(start.user_id, start.attempt): start for start in starts}
    if any(start.pk is None for start in starts):  # MySQL does not tell them
        for start in ScenarioStart.objects.filter(usage_key=starts[0].usage_key).order_by("-id")[: len(starts)]:
            numbers[start.user_id, start.attempt].pk = start.pk
    decisions, runs = [], []
    for start, gives_up in zip(starts, given_up, strict=True):
        at, ending = start.started_at, f"ending-{dice.randrange(6)}"
        for serial in range(start.entries):
            seconds = int(dice.lognormvariate(3, 1))
            at += timedelta(seconds=seconds, microseconds=1)
            scene, choice = f"scene-{serial + dice.randrange(SCENES - DECISIONS)}", f"choice-{dice.randrange(CHOICES)}"
            led_to = ending if serial == DECISIONS - 1 else f"scene-{serial + 1}"
            where = {"serial": serial, "position": serial, "scene": scene, "choice": choice, "led_to": led_to}
            decisions.append(ScenarioDecision(run_id=start.pk, **where, seconds=seconds, at=at))
        if not gives_up:
            who = {name: getattr(start, name) for name in ("user_id", "username", "course_key", "usage_key", "attempt")}
            points = {"earned": dice.randrange(40), "possible": 42, "ending": ending, "result": "mixed"}
            times = {"started_at": start.started_at, "finished_at": at, "seconds": int((at - start.started_at).total_seconds())}
            runs.append(ScenarioRun(**who, start_id=start.pk, scenario_version="a" * 64, **points, **times))
    ScenarioDecision.objects.bulk_create(decisions, batch_size=5000)
    ScenarioRun.objects.bulk_create(runs, batch_size=500)


def questions(block: str = BLOCK) -> dict:
    """What the report asks, by the name under which the time is printed."""
    from django.core.cache import cache

    from dti_xblocks.records.models import ScenarioTally
    from dti_xblocks.records.scenario import run_report, runs
    from dti_xblocks.records.scenario.tallies import Tallies

    def decisions() -> None:
        counted = Tallies(block)
        counted.choices(run_report.FIRST), counted.choices(run_report.BEST), counted.scene_seconds()

    def overview() -> None:
        run_report.totals(block), run_report.passed(block, 70), run_report.weeks(block), run_report.endings(block)
        run_report.left(block), runs.parts(block, 20_000)

    return {
        "overview": overview,
        "decisions, nobody has asked": lambda: (ScenarioTally.objects.all().delete(), decisions()),
        "decisions, nothing new": decisions,
        "decisions, an empty cache": lambda: (cache.clear(), decisions()),
        "decisions, one new": lambda: (decide(block), decisions()),
        "weeks": lambda: run_report.weeks(block),
        "totals": lambda: run_report.totals(block),
        "endings": lambda: run_report.endings(block),
        "choices, first runs": lambda: run_report.choices(block, run_report.FIRST),
        "choices, best runs": lambda: run_report.choices(block, run_report.BEST),
        "choices, all runs": lambda: run_report.choices(block, run_report.ALL),
        "left": lambda: run_report.left(block),
        "median seconds per scene": lambda: run_report.scene_seconds(block),
        "people, page 1": lambda: run_report.people(block),
        "people, page 1000": lambda: run_report.people(block, page=1000),
        "people, search": lambda: run_report.people(block, search="0423"),
        "paths of one learner": lambda: run_report.paths(block, 423),
        "a portion of runs": lambda: runs.portions(block, 5000),
    }


def decide(block: str) -> None:
    """Somebody decides once more, in the newest run."""
    from dti_xblocks.records.models import ScenarioStart
    from dti_xblocks.records.scenario import journal
    from dti_xblocks.records.scenario.player import Player

    newest = ScenarioStart.objects.filter(usage_key=block).order_by("-id")[0]
    with journal.held(Player(newest.user_id, newest.username, newest.course_key, block), newest.attempt) as held:
        held.append(["scene-1", "choice-1", datetime.now(UTC).isoformat()], "scene-2", 20)


def csv_cost(block: str = BLOCK) -> tuple[float, int, int]:
    """The CSV of all runs: seconds, bytes, and the peak of Python's memory while it is made, in bytes."""
    from dti_xblocks.records.scenario import runs
    from dti_xblocks.records.tables import csv_stream

    def every():
        last = 0
        while found := runs.portions(block, last):
            yield from found
            last = found[-1].id

    def rows():
        for run in every():
            path = " / ".join(f"{scene} > {choice}" for scene, choice, *_rest in run.path)
            yield run.username, run.attempt, run.started_at, run.ending, run.earned, run.possible, path

    began = time.perf_counter()
    size = sum(map(len, csv_stream(["username", "run", "started", "ending", "points", "possible", "path"], rows())))
    took = time.perf_counter() - began
    tracemalloc.start()
    for _piece in csv_stream(["username"], rows()):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return took, size, peak


def main(finished: int = 50 if QUICK else 100_000) -> None:
    configure()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    fill(finished)
    fill(finished // 10, block=BLOCK + "-next", first_user=500_000)
    with connection.cursor() as cursor:
        for model in ("start", "run", "decision"):
            table = f"dti_records_scenario{model}"
            cursor.execute(f"ANALYZE TABLE {table}" if connection.vendor == "mysql" else f"ANALYZE {table}")
            if connection.vendor == "mysql":
                cursor.fetchall()
    print(
        f"{finished} finished runs of {DECISIONS} decisions on {connection.vendor}, made in {time.perf_counter() - began:.0f} s"
    )
    for name, ask in questions().items():
        times, work = [], []
        for _round in range(3):
            began, began_work = time.perf_counter(), time.process_time()
            ask()
            times.append((time.perf_counter() - began) * 1000)
            work.append((time.process_time() - began_work) * 1000)
        print(
            f"{name:28}{times[0]:9.0f} ms first {sorted(times)[1]:9.0f} ms median {min(work):9.0f} ms of CPU here at the least",
            flush=True,
        )
    took, size, peak = csv_cost()
    print(f"{'CSV of all runs':28}{took:9.1f} s, {size / 1e6:.1f} MB, {peak / 1e6:.2f} MB of Python's memory at the peak")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
