"""PDF files from our HTML. `render` makes a short one here, `render_apart` a long one in a process of its own; WeasyPrint is
loaded only when one of them is called."""

from .apart import Limits, NotRenderedError, render_apart
from .qr import qr_code
from .rendering import Archive, Attached, PdfUnavailableError, fault, render
from .resources import stylesheet

__all__ = [
    "Archive",
    "Attached",
    "Limits",
    "NotRenderedError",
    "PdfUnavailableError",
    "fault",
    "qr_code",
    "render",
    "render_apart",
    "stylesheet",
]
