"""What goes wrong while officers are at work, one thing after another. Nothing is put right by hand but what an operator would have to."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .servers import Queue, Redis, Server, Web

HELD = 5  # seconds that a disk stays full, or a clock wrong


@dataclass(frozen=True)
class Site:
    """All programs of a run, and the folder in which the site keeps files."""

    database: Server
    redis: Redis
    web: Web
    queue: Queue
    folder: Path

    def __iter__(self) -> Iterator[Server]:
        return iter((self.database, self.redis, self.web, self.queue))


def web_worker(site: Site) -> None:
    """A web worker is killed in the middle of its requests."""
    site.web.kill_one()


def celery_worker(site: Site) -> None:
    """The Celery worker is killed with what it had taken."""
    site.queue.kill()


def broker(site: Site) -> None:
    """Redis is killed; it comes back with what it had written down."""
    site.redis.kill()


def database(site: Site) -> None:
    """The database server is killed, as by a power cut, and recovers from its log."""
    site.database.kill()


def disk_full(site: Site) -> None:
    """Files cannot be written: where their folder should be stands something else, as of a volume that was not mounted."""
    media = site.folder / "state" / "media"
    away = media.with_name("media-away")
    if media.exists():
        media.rename(away)
    media.write_text("not a folder")
    time.sleep(HELD)
    media.unlink()
    if away.exists():
        away.rename(media)
    else:
        shutil.rmtree(media, ignore_errors=True)


def clock_back(site: Site) -> None:
    """The clock of the web workers goes an hour back, and forward again."""
    clock = site.folder / "clock"
    clock.write_text("-3600")
    time.sleep(HELD)
    clock.write_text("0")


FAULTS: tuple[Callable[[Site], None], ...] = (web_worker, celery_worker, broker, database, disk_full, clock_back)
