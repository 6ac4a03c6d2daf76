"""HTML to a tagged PDF by WeasyPrint: the only room that imports it, and only when a PDF is asked for.

WeasyPrint needs Pango and HarfBuzz from the system. A server without them runs everything else of ours, so a failed import
is an answer (`PdfUnavailableError`), never a crash at start.
"""

from __future__ import annotations

import contextlib
import functools
import io
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext as _

from . import archive, repeatable
from .resources import resource, stylesheet

log = logging.getLogger(__name__)

VARIANT = "pdf/ua-1"  # tagged, with a title and a language: screen readers can follow it
PROGRESS = "weasyprint.progress"
_failed = False  # whether the last attempt to load WeasyPrint failed
_watching = threading.Lock()  # the logger that tells of pages is everybody's


@dataclass(frozen=True)
class Attached:
    """A file inside of a PDF. `relationship` is what it is to the pages: "Source", "Data", "Supplement" (ISO 32000-2, 7.11.3)."""

    name: str
    body: bytes
    description: str
    at: datetime
    relationship: str = "Data"


@dataclass(frozen=True)
class Archive:
    """What a PDF for the archive has besides its pages. `identifier` is the file's own name for itself, plain ASCII."""

    identifier: bytes
    attachments: tuple[Attached, ...] = ()


class PdfUnavailableError(Exception):
    """PDF files cannot be made on this server. The message is for its staff and says what to install."""


def fault(*, load: bool = False) -> str:
    """Why no PDF files can be made here, as a sentence for staff; empty when they can, as far as is known.

    WeasyPrint takes half a second and a good deal of memory to load, so a mere page view does not: it learns what an earlier
    attempt found. `load` makes the attempt now.
    """
    if not load and not _failed and find_spec("weasyprint") is not None:
        return ""
    try:
        _weasyprint()
    except PdfUnavailableError as error:
        return str(error)
    return ""


def render(
    html: str,
    *,
    title: str,
    base_css: str = "",
    on_page: Callable[[int], None] | None = None,
    for_archive: Archive | None = None,
) -> bytes:
    """`html` as a tagged PDF (PDF/UA-1), with `for_archive` one for the archive (PDF/A-3a) at the same time.

    `html` is a complete document whose root names its language (`<html lang="en">`): PDF/UA demands it. `title` becomes the
    title in the file's metadata. print.css comes first, then the rules of `base_css`, then the document's own. Documents and
    styles may refer to `data:` addresses and to files of this package (`dti:` addresses, see `resources`); anything else,
    the network and `file:` included, is refused and left out.

    `on_page` is told the number of each page before it is laid out, from 1; what it raises ends the work and comes out here.

    Raises `PdfUnavailableError` where WeasyPrint cannot be loaded.
    """
    weasyprint = _weasyprint()
    fetcher = _fetcher(weasyprint)
    fonts = weasyprint.text.fonts.FontConfiguration()  # without it @font-face rules are not followed
    sheets = [
        weasyprint.CSS(string=css, url_fetcher=fetcher, base_url="dti:", font_config=fonts)
        for css in (stylesheet("print.css"), base_css)
        if css
    ]
    page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="dti:")
    options = _options(for_archive)
    with _telling(on_page):
        document = page.render(font_config=fonts, stylesheets=sheets, **options)
    document.metadata.title = title
    if for_archive is None:
        return document.write_pdf(finisher=lambda _document, pdf: repeatable.name_cells(pdf), **options)
    document.metadata.attachments = [_attachment(weasyprint, fetcher, each) for each in for_archive.attachments]
    return document.write_pdf(finisher=_for_archive, pdf_identifier=for_archive.identifier, **options)


def _for_archive(document, pdf) -> None:
    repeatable.name_cells(pdf)
    archive.finish(document, pdf)


def _options(for_archive: Archive | None) -> dict:
    return {"pdf_variant": VARIANT} if for_archive is None else {"pdf_variant": archive.VARIANT, "pdf_tags": True}


def _attachment(weasyprint, fetcher, file: Attached):
    known = {"name": file.name, "description": file.description, "relationship": file.relationship}
    times = {"created": file.at, "modified": file.at}
    # `string` is a text for the one WeasyPrint and bytes for the other; both read a file.
    return weasyprint.Attachment(file_obj=io.BytesIO(file.body), base_url="dti:", url_fetcher=fetcher, **known, **times)


@contextlib.contextmanager
def _telling(on_page: Callable[[int], None] | None) -> Iterator[None]:
    """WeasyPrint tells of its pages by its logger only: listen to it, for this thread, and keep it out of the site's log."""
    if on_page is None:
        yield
        return
    logger, counter = logging.getLogger(PROGRESS), PageCounter(on_page)
    with _watching:
        before = logger.level, logger.propagate
        logger.addHandler(counter)
        logger.setLevel(logging.INFO)
        logger.propagate = False
        try:
            yield
        finally:
            logger.removeHandler(counter)
            logger.setLevel(before[0])
            logger.propagate = before[1]


class PageCounter(logging.Handler):
    """Hears of each page that WeasyPrint begins in this thread, and calls `on_page` with its number."""

    def __init__(self, on_page: Callable[[int], None]):
        super().__init__()
        self._on_page, self._thread = on_page, threading.get_ident()

    def emit(self, record):
        # "Step 5 - Creating layout - Page %d", and with "(up-to-date)" after it for a page that needs no work
        if record.thread == self._thread and record.msg.endswith("Page %d"):
            self._on_page(record.args[0])


def unavailable(reason: str) -> PdfUnavailableError:
    """The error to raise where WeasyPrint could not be loaded, here or in a process of ours; `fault` knows of it from now on."""
    global _failed
    _failed = True
    log.warning("WeasyPrint cannot be loaded, so no PDF files can be made: %s", reason)
    return PdfUnavailableError(
        _(
            "PDF files cannot be made on this server because WeasyPrint could not be loaded ({reason}). Install the Python "
            "package weasyprint and the system libraries Pango and HarfBuzz; on Debian or Ubuntu: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. Then restart the server."
        ).format(reason=reason)
    )


def load():
    """The module weasyprint. Raises `ImportError` or `OSError` where it or a library that it needs is missing."""
    import weasyprint
    import weasyprint.text.fonts

    return weasyprint


def why(error: Exception) -> str:
    """A failed `load` in a few words."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _weasyprint():
    global _failed
    try:
        weasyprint = load()
    except (ImportError, OSError) as error:
        raise unavailable(why(error)) from error
    _failed = False
    return weasyprint


def _fetcher(weasyprint):
    """What WeasyPrint calls for each address in a document. Raising inside it means: leave that resource out."""
    if hasattr(weasyprint.urls, "URLFetcher"):  # WeasyPrint 68 and newer
        return _fetcher_class(weasyprint.urls)()

    def fetch(url):
        body, mime_type = resource(url)
        return {"string": body, "mime_type": mime_type}

    return fetch


@functools.cache
def _fetcher_class(urls: Any) -> Any:
    base: Any = urls.URLFetcher

    class OurFilesOnly(base):
        """Serves what `resource` allows; never opens a connection."""

        def fetch(self, url, headers=None):
            body, mime_type = resource(url)
            return urls.URLFetcherResponse(url, body, {"Content-Type": mime_type})

    return OurFilesOnly
