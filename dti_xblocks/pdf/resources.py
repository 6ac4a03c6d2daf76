"""What a document on its way to PDF may refer to: `data:` addresses, and our own files as `dti:<path>`.

`dti:fonts/x.ttf` and the like are files below this folder. There is no other way to a file or to the network.
"""

from __future__ import annotations

import base64
import binascii
import mimetypes
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

ROOT = Path(__file__).parent
SERVED = {".css", ".ttf", ".otf", ".woff2", ".png", ".svg"}


class ResourceRefusedError(ValueError):
    """The address is not one that a document of ours may use."""


def resource(url: str) -> tuple[bytes, str]:
    """Body and media type of `url`. Raises `ResourceRefusedError` for everything but `data:` and our own files."""
    scheme, _colon, rest = url.partition(":")
    if scheme.lower() == "data":
        return _from_data(rest)
    if scheme == "dti":
        return _from_package(rest)
    raise ResourceRefusedError(f"not a data: address or a file of ours: {url[:200]}")


def stylesheet(name: str) -> str:
    """The text of the style sheet `name` of this folder, for `render` or for a document of its own."""
    return (ROOT / name).read_text(encoding="utf-8")


def _from_package(path: str) -> tuple[bytes, str]:
    if not re.fullmatch(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\.[a-z0-9]+", path):
        raise ResourceRefusedError(f"not the name of a file of ours: {path[:200]}")
    file = ROOT / path
    if file.suffix not in SERVED or not file.is_file():
        raise ResourceRefusedError(f"no such file of ours: {path}")
    return file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _from_data(rest: str) -> tuple[bytes, str]:
    header, comma, body = rest.partition(",")
    if not comma:
        raise ResourceRefusedError("a data: address without data")
    media_type, *parameters = header.split(";")
    data = unquote_to_bytes(body)
    if parameters and parameters[-1].strip().lower() == "base64":
        try:
            data = base64.b64decode(data, validate=False)
        except binascii.Error as error:
            raise ResourceRefusedError("a data: address with damaged base64") from error
    return data, media_type.strip() or "text/plain"
