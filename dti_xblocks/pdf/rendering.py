"""HTML to a tagged PDF by WeasyPrint: the only room that imports it, and only when a PDF is asked for.

WeasyPrint needs Pango and HarfBuzz from the system. A server without them runs everything else of ours, so a failed import
is an answer (`PdfUnavailableError`), never a crash at start.
"""

from __future__ import annotations

import functools
import logging
from importlib.util import find_spec

from django.utils.translation import gettext as _

from .resources import resource, stylesheet

log = logging.getLogger(__name__)

VARIANT = "pdf/ua-1"  # tagged, with a title and a language: screen readers can follow it
_failed = False  # whether the last attempt to load WeasyPrint failed


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


def render(html: str, *, title: str, base_css: str = "") -> bytes:
    """`html` as a tagged PDF.

    `html` is a complete document whose root names its language (`<html lang="en">`): PDF/UA demands it. `title` becomes the
    title in the file's metadata. print.css comes first, then the rules of `base_css`, then the document's own. Documents and
    styles may refer to `data:` addresses and to files of this package (`dti:` addresses, see `resources`); anything else,
    the network and `file:` included, is refused and left out.

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
    document = page.render(font_config=fonts, stylesheets=sheets, pdf_variant=VARIANT)
    document.metadata.title = title
    return document.write_pdf(pdf_variant=VARIANT)


def _weasyprint():
    global _failed
    try:
        import weasyprint
        import weasyprint.text.fonts
    except (ImportError, OSError) as error:
        _failed = True
        log.warning("WeasyPrint cannot be loaded, so no PDF files can be made: %s", error)
        raise PdfUnavailableError(
            _(
                "PDF files cannot be made on this server because WeasyPrint could not be loaded ({reason}). Install the Python "
                "package weasyprint and the system libraries Pango and HarfBuzz; on Debian or Ubuntu: "
                "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. Then restart the server."
            ).format(reason=str(error).splitlines()[0] if str(error) else type(error).__name__)
        ) from error
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
def _fetcher_class(urls):
    class OurFilesOnly(urls.URLFetcher):
        """Serves what `resource` allows; never opens a connection."""

        def fetch(self, url, headers=None):
            body, mime_type = resource(url)
            return urls.URLFetcherResponse(url, body, {"Content-Type": mime_type})

    return OurFilesOnly
