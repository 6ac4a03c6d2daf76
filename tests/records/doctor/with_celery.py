"""A worker, or the doctor who asks it, each a process of its own: python with_celery.py FOLDER worker|doctor.

Messages and the cache are files below FOLDER, which both share as servers share Redis.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT)]

from dti_xblocks.course.preview.settings import configure  # noqa: E402 - the path first


def main(folder: Path, what: str) -> None:
    configure(folder / what)  # each has a database of its own: the question needs none
    from celery import Celery
    from django.conf import settings
    from django.core.management import call_command

    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": folder / "cache"}
    }
    call_command("migrate", verbosity=0)
    for name in ("messages", "control"):
        (folder / name).mkdir(exist_ok=True)
    app = Celery("site", set_as_current=True)
    files = {f"data_folder_{way}": str(folder / "messages") for way in ("in", "out")}
    app.conf.update(
        broker_url="filesystem://",
        broker_transport_options={**files, "control_folder": str(folder / "control")},
        broker_connection_retry_on_startup=True,
    )
    from dti_xblocks.records import tasks

    assert tasks.echo.name in app.tasks
    if what == "worker":
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
        app.worker_main(["worker", "--pool", "solo", *quiet])
    else:
        call_command("dti_doctor", json=True, wait=float(sys.argv[3]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
