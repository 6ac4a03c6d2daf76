"""Work outside requests. Celery finds this module because the app is installed; without Celery the functions are plain."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import cache

from .. import __version__, pdf
from ..copies import copy_of
from ..platform import clock
from ..seals.site import site_keys
from .access import RecordsUnavailableError
from .case_law import packets
from .jobs import OvertakenError
from .pledge import bundles, chain_checks
from .pledge import chain as pledge_chain

Task = Callable[[Any], None]

try:
    from celery import shared_task
except ImportError:  # the preview, and sites without it

    def shared_task(**_options: Any) -> Callable[[Task], Task]:
        """A task that is only a function."""
        return lambda function: function


log = logging.getLogger(__name__)
UNAVAILABLE = "unavailable"
ECHO_SECONDS = 60  # for which an answer waits to be heard


@shared_task(name="dti_xblocks.make_packet", ignore_result=True)
def make_packet(packet_id: int) -> None:
    """Make the packet with this id, unless somebody else does. Never raises: the row and the log say what went wrong."""
    try:
        job = packets.take(packet_id, clock.now())
        if job is not None:
            _make(job)
    except RecordsUnavailableError:
        log.exception("The packet %s could not be made: the records cannot be reached", packet_id)


def _make(job: packets.Job) -> None:
    def heartbeat(page: int) -> None:
        if not packets.JOBS.heartbeat(job, page, clock.now()):
            raise OvertakenError

    try:
        document = json.loads(job.source)
        body = pdf.render_apart(document["html"], title=job.title, base_css=document["css"], heartbeat=heartbeat)
        packets.finish(job, body, clock.now())
    except OvertakenError:
        log.warning("The packet %s was taken over by another worker", job.id)
    except pdf.NotRenderedError as error:
        log.warning("The packet %s could not be made: %s", job.id, error)
        packets.JOBS.fail(job, error.code, clock.now())
    except pdf.PdfUnavailableError:
        packets.JOBS.fail(job, UNAVAILABLE, clock.now())
    except RecordsUnavailableError:
        raise
    except Exception:
        log.exception("The packet %s could not be made", job.id)
        packets.JOBS.fail(job, "broken", clock.now())


@shared_task(name="dti_xblocks.make_pledge_files", ignore_result=True)
def make_pledge_files(bundle_id: int) -> None:
    """Make the PDF files of the bundle with this id, unless somebody else does. Never raises: see `make_packet`."""
    try:
        job = bundles.take(bundle_id, clock.now())
        if job is not None:
            _make_files(job)
    except RecordsUnavailableError:
        log.exception("The files of the bundle %s could not be made: the records cannot be reached", bundle_id)


def _make_files(job: bundles.Job) -> None:
    def make(row: Any) -> None:
        try:
            copy_of(row)
        except pdf.PdfUnavailableError as error:
            raise bundles.HopelessError(UNAVAILABLE) from error

    ring = site_keys().ring
    try:
        if ring.private is not None:  # without a key nothing is kept: the files are then made as they are downloaded
            pledge_chain.complete(job.course_key, ring)
            bundles.work(job, make, clock.now)
        bundles.finish(job, clock.now())
    except OvertakenError:
        log.warning("The bundle %s was taken over by another worker", job.id)
    except bundles.HopelessError as error:
        bundles.JOBS.fail(job, str(error), clock.now())
    except RecordsUnavailableError:
        raise
    except Exception:
        log.exception("The files of the bundle %s could not be made", job.id)
        bundles.JOBS.fail(job, "broken", clock.now())


@shared_task(name="dti_xblocks.check_pledges", ignore_result=True)
def check_pledges(event_id: int) -> None:
    """Check the chain that the event asks for. Never raises: without a result the page says so after a while."""
    try:
        chain_checks.run(event_id, clock.now)
    except Exception:
        log.exception("The chain that the event %s asks for could not be checked", event_id)


def document(html: str, css: str) -> bytes:
    """What `packets.ask` keeps for `make_packet`."""
    return json.dumps({"html": html, "css": css}).encode()


@shared_task(name="dti_xblocks.echo", ignore_result=True)
def echo(token: str) -> None:
    """Answer `dti_doctor` through the cache with the version that this worker has."""
    cache.set(echo_name(token), __version__, ECHO_SECONDS)


def echo_name(token: str) -> str:
    """The name of the answer in the cache."""
    return f"dti_xblocks.echo.{token}"
