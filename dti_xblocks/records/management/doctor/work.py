"""The checks of what makes PDF files: WeasyPrint, fonts, and the worker."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache

from .... import __version__, pdf
from ....pdf import scripts
from ....platform import conf
from ....platform.tasks import way_here
from ... import tasks
from .finding import ABSENT, NOTE, OK, WRONG, Finding

PAGE = '<html lang="en"><head><title>Doctor</title></head><body><h1>Duty to Intervene</h1><p>A page.</p></body></html>'
FONTS = "On Debian or Ubuntu: apt-get install fonts-noto-core fonts-noto-cjk. Then restart the servers and workers."
OF_ONE_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache")
SECONDS = 10.0  # in which an echo has to come
STEP = 0.1


def engine() -> Iterator[Finding]:
    """Whether a page becomes a PDF, in a process of its own as on every other day."""
    fault = pdf.fault(load=True)
    if fault:
        yield Finding("PDF", WRONG, fault, "Install what the sentence names; the Tutor plugin does it when the image is built.")
        return
    try:
        body = pdf.render_apart(PAGE, title="Doctor")
    except pdf.PdfUnavailableError as error:
        yield Finding("PDF", WRONG, str(error), "Install what the sentence names.")
    except pdf.NotRenderedError as error:
        mend = "A process of ours has at most 2 GB and 300 s: see the log of this command, and the limits of the container."
        yield Finding("PDF", WRONG, f"A page could not be made: {error}.", mend)
    else:
        yield Finding("PDF", OK, f"A page became a PDF of {len(body)} bytes.")


def fonts() -> Iterator[Finding]:
    """In which scripts a name would be drawn as boxes."""
    try:
        missing = scripts.without_fonts()
    except scripts.ScriptsUnknownError as error:
        yield Finding("fonts", ABSENT, f"Pango cannot be asked about fonts: {error}.")
        return
    if "Latin" in missing:
        yield Finding("fonts", WRONG, "There are no fonts on this machine.", FONTS)
    elif missing:
        yield Finding("fonts", NOTE, f"Names in these scripts become boxes in PDF files: {', '.join(missing)}.", FONTS)
    else:
        yield Finding("fonts", OK, f"There are fonts for all {len(scripts.SAMPLES)} scripts that were tried.")


def worker(seconds: float = SECONDS) -> Iterator[Finding]:
    """Whether a Celery worker takes our work and has this version of it. It is asked for an echo through the cache."""
    way = way_here(tasks.make_packet)
    if way != conf.CELERY:
        where = "in a thread of the server" if way == conf.THREAD else "in the request"
        mend = "Enough for a few hundred learners. For more, give Celery a broker, and leave DTI_RENDER out."
        yield Finding("worker", NOTE, f"No Celery worker is asked: PDF files are made {where}.", mend)
        return
    if settings.CACHES["default"]["BACKEND"].endswith(OF_ONE_PROCESS):
        mend = "Let the default cache be Redis or Memcached, which limits on requests need, too."
        yield Finding("worker", NOTE, "A worker cannot answer: the default cache is of one process only.", mend)
        return
    yield _echoed(seconds)


def _echoed(seconds: float) -> Finding:
    token = secrets.token_hex(16)
    try:
        tasks.echo.apply_async((token,), retry=False, expires=seconds)
    except Exception as error:  # the broker's driver has its own
        return Finding("worker", WRONG, f"The broker does not take work: {type(error).__name__}.", "See to the broker of Celery.")
    end = time.monotonic() + seconds
    while (answer := cache.get(tasks.echo_name(token))) is None:
        if time.monotonic() >= end:
            mend = "Start the worker of the LMS, with this package in its image, and see its log for “dti_xblocks.echo”."
            return Finding("worker", WRONG, f"No worker answered within {seconds:g} seconds.", mend)
        time.sleep(STEP)
    cache.delete(tasks.echo_name(token))
    if answer != __version__:
        mend = "Build one image for servers and workers, and restart them."
        return Finding("worker", WRONG, f"The worker has version {answer} of this package, this process {__version__}.", mend)
    return Finding("worker", OK, f"A worker answered, with version {answer}.")
