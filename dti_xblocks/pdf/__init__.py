"""PDF files from our HTML. `render` is the one way in; WeasyPrint is loaded only when it is called."""

from .rendering import PdfUnavailableError, fault, render
from .resources import stylesheet

__all__ = ["PdfUnavailableError", "fault", "render", "stylesheet"]
