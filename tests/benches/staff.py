"""What the staff's page about a course costs: python tests/benches/staff.py [PEOPLE], on SQLite in a temporary folder.

With DTI_DATABASE_ENGINE, _NAME, _USER, _HOST in the environment it is measured on that server instead, as scripts/databases.sh
does when DTI_BENCH_RUNS is set. The people are in the shipped course, on tables with the platform's columns and indexes: some
70 completions, 60 answers, 8 grades, 3 scenarios of real runs, and a pledge each. Prints a table; asserts nothing.
"""

import atexit
import os
import random
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from quick import QUICK  # noqa: E402 - the path comes first

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PATHS = 4 if QUICK else 40  # different runs of each scenario


def configure() -> None:
    """Set up Django for the page."""
    import django
    from django.conf import settings

    folder = tempfile.mkdtemp(prefix="dti-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    engine = os.environ.get("DTI_DATABASE_ENGINE", "sqlite3")
    database = {"ENGINE": f"django.db.backends.{engine}", "NAME": os.environ.get("DTI_DATABASE_NAME", f"{folder}/staff.sqlite3")}
    if engine != "sqlite3":
        database |= {key: os.environ.get(f"DTI_DATABASE_{key}", "") for key in ("USER", "HOST", "PORT")}
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "dti_xblocks.records"],
        DATABASES={"default": database},
        DTI_RENDER="request",
        ROOT_URLCONF="dti_xblocks.records.urls",
        SECRET_KEY="only for this bench",
        USE_TZ=True,
    )
    django.setup()


def copied(cursor, table: str, where: str, /, **columns) -> None:
    """One row in `table` for each user (`u`) that `where` has. A value that is a list of one text is SQL."""
    given = [value[0] if isinstance(value, list) else "%s" for value in columns.values()]
    names = ", ".join(columns)
    statement = f"INSERT INTO {table} ({names}) SELECT {', '.join(given)} FROM auth_user u WHERE {where}"
    values = [value for value in columns.values() if not isinstance(value, list)]
    cursor.execute(statement.replace("% ", "%% "), values)


def fill(cursor, made, course, structure, blocks, people: int) -> None:
    """Everybody, and what they did: the user with the number n has come as far as n % 100 in a hundred."""
    from django.contrib.auth.models import User

    for start in range(0, people, 1000):
        batch = [
            User(id=number, username=f"officer{number:06d}", is_active=True, password="!")
            for number in range(start + 1, min(start + 1000, people) + 1)
        ]
        User.objects.bulk_create(batch)
        made.UserProfile.objects.bulk_create(
            [made.UserProfile(user_id=one.id, name=f"Officer {one.id * 7919 % people}") for one in batch]
        )
    key = str(course)
    copied(cursor, "lms_courseenrollment", "1 = 1", user_id=["u.id"], course_id=key, is_active=True)
    groups = [
        made.CourseUserGroup.objects.create(name=f"Class {number}", course_id=course, group_type="cohort") for number in range(20)
    ]
    for number, group in enumerate(groups):
        copied(
            cursor,
            "lms_cohortmembership",
            f"u.id % 20 = {number}",
            course_user_group_id=group.pk,
            user_id=["u.id"],
            course_id=key,
        )
    leaves = [block for block in structure.fields if not structure.get_children(block)]
    for number, leaf in enumerate(leaves):
        there, at = f"u.id % 100 >= {100 * number // len(leaves)}", NOW + timedelta(hours=number)
        values = {"course_key": key, "block_key": str(leaf), "block_type": leaf.block_type, "completion": 1.0, "modified": at}
        copied(cursor, "lms_blockcompletion", there, user_id=["u.id"], **values)
        if leaf.block_type == "problem":
            grade = [f"CASE WHEN (u.id * 7 + {number}) % {3 + number % 5} > 0 THEN 1.0 ELSE 0.0 END"]
            values = {"module_type": "problem", "module_id": str(leaf), "course_id": key, "max_grade": 1.0}
            copied(cursor, "lms_studentmodule", there, student_id=["u.id"], grade=grade, **values)
    parts = [block for block, found in structure.fields.items() if found["graded"]]
    for number, part in enumerate(parts):
        there, earned = f"u.id % 100 >= {100 * number // len(parts)}", [f"4.0 + (u.id + {number}) % 3"]
        values = {"course_id": key, "usage_key": str(part), "possible_graded": 6.0, "first_attempted": NOW}
        copied(cursor, "lms_persistentsubsectiongrade", there, user_id=["u.id"], earned_graded=earned, **values)
    letter, percent = ["CASE WHEN u.id % 100 >= 60 THEN 'Pass' ELSE '' END"], ["(u.id % 100) / 100.0"]
    copied(
        cursor, "lms_persistentcoursegrade", "1 = 1", user_id=["u.id"], course_id=key, percent_grade=percent, letter_grade=letter,
        modified=NOW,
    )  # fmt: skip
    scenarios = [block for block in blocks if block.scope_ids.usage_id.block_type == "dti_scenario"]
    for number, block in enumerate(scenarios):
        play_all(cursor, key, block, f"u.id % 100 >= {20 + 20 * number}")
    sign_all(key, next(block for block in blocks if block.scope_ids.usage_id.block_type == "dti_pledge"), people)


def play_all(cursor, key: str, block, there: str) -> None:
    """A first run for everybody who is that far, by one of `PATHS` random ways, and a second for one in four."""
    from dti_xblocks.scenario import play
    from dti_xblocks.scenario.playable import playable

    scenario, usage, dice = playable(block.content, block.score_by), str(block.scope_ids.usage_id), random.Random(5)
    for number in range(PATHS):
        state = play.replay(scenario, [], play.NO_CLOCK)
        while state.scene:
            choice = dice.choice(state.choices).id
            state = play.decide(scenario, state, choice, NOW + timedelta(minutes=len(state.steps)), play.NO_CLOCK)
        length, last = len(state.steps), NOW + timedelta(minutes=len(state.steps))
        for attempt, some in ((1, "1 = 1"), (2, "u.id % 4 = 0")):
            who = {"user_id": ["u.id"], "username": ["u.username"], "course_key": key, "usage_key": usage, "attempt": attempt}
            mine = f"{there} AND {some} AND (u.id + {attempt}) % {PATHS} = {number}"
            run = {"scenario_version": scenario.version, "started_at": NOW, "pace": play.NO_CLOCK}
            begun_as = {"practice": False, "replays": 0, "given": 0, "entries": length, "length": length}
            copied(cursor, "dti_records_scenariostart", mine, **who, **run, **begun_as)
            begun = f"usage_key = %s AND attempt = {attempt} AND (user_id + {attempt}) % {PATHS} = {number}".replace("% ", "%% ")
            for serial, step in enumerate(state.steps):
                cursor.execute(
                    "INSERT INTO dti_records_scenariodecision "
                    "(run_id, serial, position, scene, choice, how, led_to, seconds, at, at_text) "
                    f"SELECT id, %s, %s, %s, %s, '', %s, 20, %s, '' FROM dti_records_scenariostart WHERE {begun}",
                    [serial, serial, step.scene.id, step.choice.id, step.after.place, NOW + timedelta(minutes=serial), usage],
                )
            cursor.execute(
                "INSERT INTO dti_records_scenariorun (user_id, username, course_key, usage_key, start_id, attempt, scenario_version, "
                "ending, result, earned, possible, started_at, finished_at, seconds, pace) "
                "SELECT user_id, username, course_key, usage_key, id, attempt, scenario_version, %s, %s, %s, %s, started_at, %s, 900, pace "
                f"FROM dti_records_scenariostart WHERE {begun}",
                [state.ending.id, state.ending.result, state.earned, state.possible, last, usage],
            )


def sign_all(key: str, block, people: int) -> None:
    """A signature for everybody who has come to the end; one in ten of an earlier wording."""
    from dti_xblocks.pledge import olx
    from dti_xblocks.pledge.wording import wording_hash
    from dti_xblocks.records.models import SignedPledge

    wording, usage = wording_hash(olx.examine(block.content)[0]), str(block.scope_ids.usage_id)
    rows = [
        SignedPledge(
            user_id=number, username=f"officer{number:06d}", course_key=key, usage_key=usage, full_name=f"Officer {number}",
            signed_name=f"Officer {number}", wording_hash=wording if number % 10 else "b" * 64, language="en", document={"n": number},
            document_hash=f"{number:064}", code=f"BENCH-{number:08}", code_digest=f"{number:064}", signed_at=NOW + timedelta(minutes=number),
        )
        for number in range(1, people + 1) if number % 100 >= 65
    ]  # fmt: skip
    SignedPledge.objects.bulk_create(rows, batch_size=500)


def questions() -> dict:
    """What is asked, by the name under which the time is printed: (view, form)."""
    from dti_xblocks.staff import views

    return {
        "people, first page": (views.people, {}),
        "people, last page": (views.people, {"page": "999999"}),
        "people, search": (views.people, {"search": "officer 12"}),
        "people of a cohort": (views.people, {"cohort": "3"}),
        "not passed, by grade": (views.people, {"show": "failed", "order": "grade"}),
        "not passed: scenario 2": (views.people, {"show": "scenario-1"}),
        "not signed": (views.people, {"show": "unsigned"}),
        "not signed, page 50": (views.people, {"show": "unsigned", "page": "50"}),
        "last in module 5": (views.people, {"last": "4"}),
        "not signed, last in 5": (views.people, {"show": "unsigned", "last": "4", "cohort": "3"}),
        "by name": (views.people, {"order": "name"}),
        "by last active": (views.people, {"order": "active"}),
        "by scenario 1": (views.people, {"order": "scenario-0"}),
        "by pledge": (views.people, {"order": "signed"}),
        "roster, 200 people": (views.roster, {}),
        "overview": (views.overview, {}),
        "overview of a cohort": (views.overview, {"cohort": "3"}),
    }


def measure(course) -> None:
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext

    from dti_xblocks.staff import views

    def asked(form) -> object:
        request = RequestFactory().post("/", form)
        request.user, request._dont_enforce_csrf_checks = User(id=0, username="sergeant", is_active=True), True
        return request

    for name, (view, form) in questions().items():
        times, work = [], []
        for _round in range(2 if QUICK else 4):
            began, began_work = time.perf_counter(), time.process_time()
            answer = view(asked(form), str(course))
            times.append((time.perf_counter() - began) * 1000)
            work.append((time.process_time() - began_work) * 1000)
            assert answer.status_code == 200, answer.content[:2000]
        with CaptureQueriesContext(connection) as queries:
            view(asked(form), str(course))
        inside = sum(float(one["time"]) for one in queries) * 1000
        print(
            f"{name:28}{min(times):7.0f} ms fastest {sorted(times)[len(times) // 2]:7.0f} ms median {min(work):7.0f} ms CPU at least "
            f"{len(queries):4} queries {inside:7.0f} ms in them",
            flush=True,
        )
        if os.environ.get("DTI_BENCH_SLOW"):
            for one in sorted(queries, key=lambda one: -float(one["time"]))[:3]:
                print(f"      {one['time']} {one['sql'][:1500]}")
    began, began_work = time.perf_counter(), time.process_time()
    size = sum(map(len, views.people_csv(asked({}), str(course)).streaming_content))
    took, worked = time.perf_counter() - began, time.process_time() - began_work
    print(f"{'CSV of everybody':28}{took:7.1f} s, {worked:.1f} s of CPU, {size / 1e6:.1f} MB")


def main(people: int = 60 if QUICK else 20_000) -> None:
    configure()
    from django.core.management import call_command
    from django.db import connection
    from opaque_keys.edx.locator import CourseLocator

    from tests import lms
    from tests.lms_course import shipped

    call_command("migrate", verbosity=0)
    course = CourseLocator("DTI", "DTI101", "bench")
    collected, blocks = shipped(course)
    with lms.tables() as made, lms.course_of_staff(made, course, collected, blocks, {"sergeant"}):
        began = time.perf_counter()
        with connection.cursor() as cursor:
            fill(cursor, made, course, collected, blocks, people)
            if connection.vendor == "mysql":
                for table in connection.introspection.table_names():
                    cursor.execute(f"ANALYZE TABLE {table}")
                    cursor.fetchall()
            else:
                cursor.execute("ANALYZE")
        print(f"{people} people on {connection.vendor}, made in {time.perf_counter() - began:.0f} s")
        measure(course)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
