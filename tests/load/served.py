"""The site that is put under load: the preview's runtime with the blocks and the course, on the database of the environment.

As a module for Gunicorn (`tests.load.served:application`) and Celery (`tests.load.served:queue`), in as many processes as one wants. The
environment says where everything is: DTI_LOAD_FOLDER, DTI_LOAD_OFFICERS, DTI_LOAD_REDIS ("" for none), and for another database than SQLite
DTI_DATABASE_ENGINE, _NAME, _USER and _HOST. The file `clock` in the folder holds by how many seconds the clock of our code is wrong.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .crowd import FIRST_ID, name_of

FOLDER = Path(os.environ["DTI_LOAD_FOLDER"])
OFFICERS = int(os.environ["DTI_LOAD_OFFICERS"])


def crowd():
    """The people of the preview, and beside them the officers, whom its pages do not offer for choice."""
    from dti_xblocks.course.preview import people

    class Crowd(dict):
        def values(self):
            return people_of_the_preview.values()

    people_of_the_preview = dict(people.PEOPLE)
    officers = {
        f"officer{number}": people.Person(
            f"officer{number}", f"Officer {number}", FIRST_ID + number, f"officer{number}", name_of(number)
        )
        for number in range(OFFICERS)
    }
    people.PEOPLE = Crowd({**people_of_the_preview, **officers})


def overrides(redis: str) -> dict:
    """The settings that are other than the preview's."""
    found: dict = {"DTI_PLEDGE_VERIFY_RATE": 100_000, "DTI_RENDER": "celery" if redis else "thread"}
    engine = os.environ.get("DTI_DATABASE_ENGINE", "")
    if engine:
        found["DATABASES"] = {
            "default": {
                "ENGINE": f"django.db.backends.{engine}",
                "NAME": os.environ["DTI_DATABASE_NAME"],
                "USER": os.environ["DTI_DATABASE_USER"],
                "HOST": os.environ["DTI_DATABASE_HOST"],
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "OPTIONS": {"isolation_level": "read committed"} if engine == "mysql" else {},
            }
        }
    if redis:
        found["CACHES"] = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": f"{redis}/1"}}
    return found


def wrong_clock() -> None:
    """Have our code see the time that the file `clock` says."""
    from dti_xblocks.platform import clock

    file = FOLDER / "clock"

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text() if file.exists() else 0))

    clock.now = now


def make():
    """The WSGI application, and the Celery application or None."""
    redis = os.environ.get("DTI_LOAD_REDIS", "")
    crowd()
    queue = None
    if redis:
        from celery import Celery

        queue = Celery("load", broker=f"{redis}/0", set_as_current=True)
        queue.conf.update(
            task_acks_late=True, task_reject_on_worker_lost=True, broker_connection_retry_on_startup=True,
            broker_transport_options={"visibility_timeout": 60}, imports=["dti_xblocks.records.tasks"],
        )  # fmt: skip
    from dti_xblocks.course.preview.settings import configure

    configure(FOLDER / "state", **overrides(redis))
    wrong_clock()
    from dti_xblocks.course.preview import database  # noqa: F401 - prepares SQLite connections
    from dti_xblocks.course.preview.application import Application
    from dti_xblocks.course.preview.course import LiveCourse
    from dti_xblocks.course.source import shipped_course

    return Application(LiveCourse(shipped_course())), queue


application, queue = make()

if __name__ == "__main__":  # the tables, before anybody comes; or with a port, one web worker for the quick form
    import sys

    if len(sys.argv) > 1:
        from waitress import serve

        serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=4, _quiet=True)
    else:
        from django.core.management import call_command

        call_command("migrate", verbosity=0, skip_checks=True)
