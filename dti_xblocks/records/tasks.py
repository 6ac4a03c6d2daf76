"""What is done apart from requests. Celery finds this module by itself, because the app is installed; without it, it is plain."""

from __future__ import annotations

import json
import logging
from datetime import datetime

from ..platform import clock
from ..seals.site import site_keys
from .access import RecordsUnavailableError
from .case_law import packets
from .pledge import bundles, chain_checks
from .pledge import chain as pledge_chain

try:
    from celery import shared_task
except ImportError:  # the preview, and sites without it

    def shared_task(**_options):
        """A task that is only a function."""
        return lambda function: function


log = logging.getLogger(__name__)
UNAVAILABLE = "unavailable"


class _Overtaken(Exception):
    """The job is in other hands."""


@shared_task(name="dti_xblocks.make_packet", ignore_result=True)
def make_packet(packet_id: int) -> None:
    """Make the packet with this id, unless somebody else does. Never raises: what went wrong stands in its row and the log."""
    try:
        job = packets.take(packet_id, clock.now())
        if job is not None:
            _make(job)
    except RecordsUnavailableError:
        log.exception("The packet %s could not be made: the records cannot be reached", packet_id)


def _make(job: packets.Job) -> None:
    from .. import pdf

    def beat(page: int) -> None:
        if not packets.progress(job, page, clock.now()):
            raise _Overtaken

    try:
        document = json.loads(job.source)
        body = pdf.render_apart(document["html"], title=job.title, base_css=document["css"], beat=beat)
        packets.finish(job, body, clock.now())
    except _Overtaken:
        log.warning("The packet %s was taken over by another worker", job.id)
    except pdf.NotRendered as error:
        log.warning("The packet %s could not be made: %s", job.id, error)
        packets.fail(job, error.code, clock.now())
    except pdf.PdfUnavailableError:
        packets.fail(job, UNAVAILABLE, clock.now())
    except RecordsUnavailableError:
        raise
    except Exception:
        log.exception("The packet %s could not be made", job.id)
        packets.fail(job, "broken", clock.now())


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
    from ..blocks.pledge.copy import copy_of
    from ..pdf import PdfUnavailableError

    def make(row) -> None:
        try:
            copy_of(row)
        except PdfUnavailableError as error:
            raise bundles.Hopeless(UNAVAILABLE) from error

    ring = site_keys().ring
    try:
        if ring.private is not None:  # without a key nothing is kept: the files are then made as they are downloaded
            pledge_chain.complete(job.course_key, ring)
            bundles.work(job, make, clock.now)
        bundles.finish(job, clock.now())
    except bundles.Overtaken:
        log.warning("The bundle %s was taken over by another worker", job.id)
    except bundles.Hopeless as error:
        bundles.fail(job, str(error), clock.now())
    except RecordsUnavailableError:
        raise
    except Exception:
        log.exception("The files of the bundle %s could not be made", job.id)
        bundles.fail(job, "broken", clock.now())


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
