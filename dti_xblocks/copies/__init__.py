"""Signed pledges as people take them along: the page for printing, the one PDF file of each, and the ZIP of all of a block.

The PDF has the record in it, as it was sealed; its bytes are sealed in turn (`seals.file`), and signed where the institution has
a certificate (`seals.pades`). Once the seal of the record is complete the file is made once, and kept.
"""

from .make import Copy, CopyUnsoundError, copy_of, page_of

__all__ = ["Copy", "CopyUnsoundError", "copy_of", "page_of"]
