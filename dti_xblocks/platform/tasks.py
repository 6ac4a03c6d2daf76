"""Work apart from the request: by Celery where the platform has it, else in a thread of this process.

settings.DTI_RENDER says otherwise: "celery", "thread", or "request" (in the request itself, which then takes that much longer).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import connections, transaction

from . import conf
from .conf import CELERY, REQUEST, THREAD

log = logging.getLogger(__name__)

_one_at_a_time = threading.Lock()  # of the threads of this process: each has a process of its own at work


def later(work: Callable[[int], object], number: int) -> None:
    """Have `work(number)` done when what is being written now stands in the database, and not if that is undone.

    `work` must take care of its own faults, and of being called twice: none of either comes back here.
    """
    way = way_here(work)
    transaction.on_commit(lambda: _STARTS[way](work, number))


def way_here(work: Callable[[int], object]) -> str:
    """How work is done on this site: "celery", "thread" or "request"."""
    return conf.render() or (CELERY if _has_celery(work) else THREAD)


def _has_celery(work: Callable[[int], object]) -> bool:
    """True where `work` is a Celery task and Celery knows a broker. Merely installed, it would wait for one on this machine."""
    if not hasattr(work, "apply_async"):
        return False
    from celery import current_app

    return bool(current_app.conf.broker_url or current_app.conf.task_always_eager)


def _by_celery(work, number: int) -> None:
    try:
        work.apply_async((number,), retry=False)
    except Exception:  # the broker's driver has its own
        # It stays in the database as waiting, and is sent for again when somebody asks.
        log.exception("Celery did not take the work %s(%s)", getattr(work, "name", work), number)


def _in_a_thread(work, number: int) -> None:
    threading.Thread(target=_alone, args=(work, number), name=f"dti-{number}", daemon=True).start()


def _alone(work, number: int) -> None:
    with _one_at_a_time:
        try:
            work(number)
        except Exception:
            log.exception("Work in a thread ended with a fault")
        finally:
            connections.close_all()


def _here(work, number: int) -> None:
    work(number)


_STARTS = {CELERY: _by_celery, THREAD: _in_a_thread, REQUEST: _here}
