"""What a setting of ours is. Each function says what a value has to be, and returns what is wrong with one, or "" for nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from .logos import LogoUnsoundError, logo

CELERY, THREAD, REQUEST = WAYS = ("celery", "thread", "request")
TRIM, ERASE, KEEP = POLICIES = ("trim", "erase", "keep")
NAME, INITIALS, COURSE, AGENCY, DATE = SHOWABLE = ("name", "initials", "course", "agency", "date")
KEY_TEXTS = ("private", "public", "certificate", "certificate_key")
LETTER, A4 = PAPERS = ("Letter", "A4")
OF_INSTITUTION = ("name", "logo", "paper")
LONGEST_NAME = 120  # characters of an institution's name, which has to fit the head of a page


@dataclass(frozen=True)
class Setting:
    """One setting. `wrong` says what is wrong with a value, to follow the setting's name, or ""; `hint` what to write instead.

    `unset` says for people what holds where the site sets nothing, and `does` what the setting is for, with a link into
    docs/operators: the table of docs/operators/settings.md is made of them.
    """

    number: int  # of the check; never given to another setting
    name: str
    default: Any
    wrong: Callable[[Any], str]
    hint: str
    unset: str
    does: str

    @property
    def value(self) -> Any:
        """As it stands in the site's settings."""
        return getattr(settings, self.name, self.default)

    @property
    def fault(self) -> str:
        """What is wrong with it as a sentence, "" when all is well."""
        found = self.wrong(self.value)
        return f"settings.{self.name} {found}." if found else ""


def boolean(value: Any) -> str:
    """True or False."""
    return "" if isinstance(value, bool) else f"is {value!r}; it has to be True or False"


def folder(value: Any) -> str:
    """The path of a folder that is there, or nothing."""
    if not value:
        return ""
    if not isinstance(value, (str, os.PathLike)):
        return "has to be the path of a folder"
    return "" if os.path.isdir(value) else f"names {os.fspath(value)!r}, where there is no folder"


def alias(value: Any) -> str:
    """An alias in STORAGES, or nothing."""
    return "" if not value or value in list(settings.STORAGES) else f"is {value!r}, which is no alias in STORAGES"


def keys(value: Any) -> str:
    """A folder of keys, or a dictionary of their texts."""
    if not isinstance(value, Mapping):
        return folder(value)
    strange = ", ".join(sorted(str(name) for name in value if name not in KEY_TEXTS))
    return f"has names that mean nothing: {strange}" if strange else ""


def institution(value: Any) -> str:
    """A dictionary of `OF_INSTITUTION`, or nothing."""
    if not value:
        return ""
    if not isinstance(value, Mapping):
        return f"has to be a dictionary of {', '.join(OF_INSTITUTION)}"
    strange = ", ".join(sorted(str(name) for name in value if name not in OF_INSTITUTION))
    if strange:
        return f"has names that mean nothing: {strange}"
    name, paper, address = value.get("name", ""), value.get("paper", LETTER), value.get("logo") or ""
    if not isinstance(name, str) or len(name) > LONGEST_NAME:
        return f"has a name that is no text of at most {LONGEST_NAME} characters"
    if paper not in PAPERS:
        return f"has the paper {paper!r}; it has to be one of {', '.join(PAPERS)}"
    if address and not name.strip():
        return "has a logo and no name, which is read out to who cannot see the logo"
    return _logo(address) if address else ""


def _logo(address: Any) -> str:
    if not isinstance(address, (str, os.PathLike)):
        return "has a logo that is neither a path nor the name of a static file"
    try:
        logo(address)
    except LogoUnsoundError as error:
        return str(error)
    return ""


def days(value: Any) -> str:
    """A whole number of days, 0 or more."""
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return "" if whole else "has to be a whole number of days, 0 or more"


def rate(value: Any) -> str:
    """A whole number, 1 or more."""
    try:
        return "" if int(value) >= 1 else "has to be 1 or more"
    except (TypeError, ValueError):
        return "has to be a whole number"


def policy(value: Any) -> str:
    """One of `POLICIES`."""
    return "" if value in POLICIES else f"has to be one of “{TRIM}”, “{ERASE}” and “{KEEP}”"


def address(value: Any) -> str:
    """A whole http or https address, or nothing."""
    text = str(value or "").strip()
    return "" if not text or urlsplit(text).scheme in ("http", "https") else f"is {text!r}, which is no http or https address"


def films(value: Any) -> str:
    """An address, an alias in STORAGES, or nothing."""
    return address(value) if "://" in str(value or "") else alias(value)


def shows(value: Any) -> str:
    """One or several words of `SHOWABLE`."""
    try:
        strange = words(value) - set(SHOWABLE)
    except TypeError:
        return "has to be a tuple of words"
    return f"has words that mean nothing: {', '.join(sorted(map(str, strange)))}" if strange else ""


def way(value: Any) -> str:
    """One of `WAYS`, or nothing."""
    return "" if not value or value in WAYS else f"is {value!r}; it has to be one of {', '.join(WAYS)}"


def words(value: Any) -> frozenset[str]:
    """A word, or several, as a set. Raises `TypeError` for what is neither."""
    return frozenset((value,) if isinstance(value, str) else value or ())
