"""The address of a source as a QR code that a telephone reads from paper: black on white, as a `data:` address of an SVG."""

from __future__ import annotations

import base64
import functools

LONGEST = 500  # characters; a longer address makes a code too fine for a printer and a camera
QUIET_ZONE = 4  # modules, as the standard demands


@functools.lru_cache(maxsize=2048)
def qr_code(address: str) -> str:
    """The code of `address`, or "" for what makes none: no address of the web, or one that is too long."""
    if not address.startswith(("https://", "http://")) or len(address) > LONGEST:
        return ""
    import segno

    made = segno.make_qr(address, error="m", boost_error=False)
    image = made.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True)
    # Without a namespace it is not a picture outside HTML.
    image = image.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"data:image/svg+xml;base64,{base64.b64encode(image.encode()).decode('ascii')}"
