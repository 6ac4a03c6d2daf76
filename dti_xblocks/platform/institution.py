"""The institution that vouches for signed pledges, as its pages name it: settings.DTI_INSTITUTION."""

from __future__ import annotations

import logging
from typing import NamedTuple

from . import conf
from .logos import LogoUnsoundError, logo

log = logging.getLogger(__name__)


class Institution(NamedTuple):
    """`name` is "" where none is set; `logo` the picture as (bytes, media type); `paper` what its pages are printed on, one of
    `conf.PAPERS`."""

    name: str = ""
    logo: tuple[bytes, str] | None = None
    paper: str = conf.LETTER


def institution() -> Institution:
    """The institution as it is set now. Never raises: what is wrong is in the log, and left out."""
    name, address, paper = conf.institution()
    return Institution(name, _logo(address) if name and address else None, paper)


def _logo(address: str) -> tuple[bytes, str] | None:
    try:
        return logo(address)
    except LogoUnsoundError as error:
        log.error("settings.DTI_INSTITUTION %s", error)
        return None
