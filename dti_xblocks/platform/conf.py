"""Every setting of ours, read here and nowhere else: its default, what it may be, and what is said of one that is wrong.

A setting that is wrong is an error of Django's system checks (`manage.py check`, and before every migration). A process that
runs all the same goes on with what each function below says. docs/operators/settings.md has the same table for people.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from .logos import LogoUnsoundError, logo

log = logging.getLogger(__name__)

CELERY, THREAD, REQUEST = WAYS = ("celery", "thread", "request")
TRIM, ERASE, KEEP = POLICIES = ("trim", "erase", "keep")
NAME, INITIALS, COURSE, AGENCY, DATE = SHOWABLE = ("name", "initials", "course", "agency", "date")
KEY_TEXTS = ("private", "public", "certificate", "certificate_key")
LETTER, A4 = PAPERS = ("Letter", "A4")
OF_INSTITUTION = ("name", "logo", "paper")
LONGEST_NAME = 120  # characters of an institution's name, which has to fit the head of a page


@dataclass(frozen=True)
class Setting:
    """One setting. `wrong` says what is wrong with a value, to follow the setting's name, or ""; `hint` what to write instead."""

    number: int  # of the check; never given to another setting
    name: str
    default: Any
    wrong: Callable[[Any], str]
    hint: str

    @property
    def value(self) -> Any:
        """As it stands in the site's settings."""
        return getattr(settings, self.name, self.default)

    @property
    def fault(self) -> str:
        """What is wrong with it as a sentence, "" when all is well."""
        found = self.wrong(self.value)
        return f"settings.{self.name} {found}." if found else ""


def _boolean(value: Any) -> str:
    return "" if isinstance(value, bool) else f"is {value!r}; it has to be True or False"


def _folder(value: Any) -> str:
    if not value:
        return ""
    if not isinstance(value, (str, os.PathLike)):
        return "has to be the path of a folder"
    return "" if os.path.isdir(value) else f"names {os.fspath(value)!r}, where there is no folder"


def _alias(value: Any) -> str:
    return "" if not value or value in list(settings.STORAGES) else f"is {value!r}, which is no alias in STORAGES"


def _keys(value: Any) -> str:
    if not isinstance(value, Mapping):
        return _folder(value)
    strange = ", ".join(sorted(str(name) for name in value if name not in KEY_TEXTS))
    return f"has names that mean nothing: {strange}" if strange else ""


def _institution(value: Any) -> str:
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


def _days(value: Any) -> str:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return "" if whole else "has to be a whole number of days, 0 or more"


def _rate(value: Any) -> str:
    try:
        return "" if int(value) >= 1 else "has to be 1 or more"
    except (TypeError, ValueError):
        return "has to be a whole number"


def _policy(value: Any) -> str:
    return "" if value in POLICIES else f"has to be one of “{TRIM}”, “{ERASE}” and “{KEEP}”"


def _address(value: Any) -> str:
    text = str(value or "").strip()
    return "" if not text or urlsplit(text).scheme in ("http", "https") else f"is {text!r}, which is no http or https address"


def _shows(value: Any) -> str:
    try:
        strange = _words(value) - set(SHOWABLE)
    except TypeError:
        return "has to be a tuple of words"
    return f"has words that mean nothing: {', '.join(sorted(map(str, strange)))}" if strange else ""


def _way(value: Any) -> str:
    return "" if not value or value in WAYS else f"is {value!r}; it has to be one of {', '.join(WAYS)}"


def _words(value: Any) -> frozenset[str]:
    return frozenset((value,) if isinstance(value, str) else value or ())


AUTHORITIES_FOLDER = Setting(1, "DTI_AUTHORITIES_FOLDER", "", _folder, "Name a folder that this process can read, or nothing.")
PACKET_STORAGE = Setting(2, "DTI_PACKET_STORAGE", "", _alias, "Add the alias to STORAGES, or leave the setting out.")
KEEP_ADDRESS = Setting(3, "DTI_PLEDGE_KEEP_ADDRESS", True, _boolean, "True keeps the network address of signers.")
KEEP_BROWSER = Setting(4, "DTI_PLEDGE_KEEP_BROWSER", True, _boolean, "True keeps the browser of signers.")
KEYS = Setting(5, "DTI_PLEDGE_KEYS", None, _keys, f"Name the folder that dti_pledge_keys made, or give {', '.join(KEY_TEXTS)}.")
RETENTION_DAYS = Setting(6, "DTI_PLEDGE_RETENTION_DAYS", 0, _days, "0 keeps signed pledges for good.")
RETIREMENT = Setting(7, "DTI_PLEDGE_RETIREMENT", TRIM, _policy, "“trim” is the default.")
TIMESTAMP_URL = Setting(8, "DTI_PLEDGE_TIMESTAMP_URL", "", _address, "Give the whole address of a time stamp authority.")
VERIFY_RATE = Setting(9, "DTI_PLEDGE_VERIFY_RATE", 20, _rate, "How often a minute one address may check a pledge.")
VERIFY_SHOWS = Setting(10, "DTI_PLEDGE_VERIFY_SHOWS", (INITIALS, COURSE, DATE), _shows, f"Use {', '.join(SHOWABLE)}.")
VERIFY_URL = Setting(11, "DTI_PLEDGE_VERIFY_URL", "", _address, "Give the whole address of the page, or nothing.")
RENDER = Setting(12, "DTI_RENDER", "", _way, "Leave it out, and Celery is used where it has a broker, else a thread.")
INSTITUTION = Setting(
    13,
    "DTI_INSTITUTION",
    None,
    _institution,
    'Give {"name": "…", "logo": "…", "paper": "Letter"}, each may be left out.',
)

ALL = (
    AUTHORITIES_FOLDER,
    PACKET_STORAGE,
    KEEP_ADDRESS,
    KEEP_BROWSER,
    KEYS,
    RETENTION_DAYS,
    RETIREMENT,
    TIMESTAMP_URL,
    VERIFY_RATE,
    VERIFY_SHOWS,
    VERIFY_URL,
    RENDER,
    INSTITUTION,
)


def problems(**_options: Any) -> list[checks.CheckMessage]:
    """The system check of all of them, registered by the app of the records."""
    return [checks.Error(one.fault, hint=one.hint, id=f"dti_records.E{one.number:03}") for one in ALL if one.fault]


def institution() -> tuple[str, str, str]:
    """What `DTI_INSTITUTION` says: name, path or static name of the logo, paper. What is wrong in it counts as not said."""
    value = INSTITUTION.value if isinstance(INSTITUTION.value, Mapping) else {}
    name, address, paper = value.get("name", ""), value.get("logo", ""), value.get("paper", LETTER)
    shown = " ".join(name.split())[:LONGEST_NAME] if isinstance(name, str) else ""
    return shown, os.fspath(address) if isinstance(address, (str, os.PathLike)) else "", paper if paper in PAPERS else LETTER


def authorities_folder() -> str:
    """Where the institution keeps authorities of its own, "" where it has none. The reader logs what cannot be read."""
    return os.fspath(AUTHORITIES_FOLDER.value or "")


def packet_storage() -> str:
    """The alias in STORAGES of the storage of shared packets, "" for the default storage."""
    return PACKET_STORAGE.value or ""


def keep_address() -> bool:
    """Whether the network address of signers is kept."""
    return bool(KEEP_ADDRESS.value)


def keep_browser() -> bool:
    """Whether the browser of signers is kept."""
    return bool(KEEP_BROWSER.value)


def pledge_keys() -> Any:
    """The folder of the institution's keys, a dictionary of their texts, or what else stands there: `seals.site` judges it."""
    return KEYS.value


def retention_days() -> int:
    """For how many days signatures are kept; 0: for good. Raises `ImproperlyConfigured`: nothing is erased on a guess."""
    return int(_sound(RETENTION_DAYS))


def retirement() -> str:
    """What the retirement of an account does to its signatures. Raises `ImproperlyConfigured`, as `retention_days`."""
    return str(_sound(RETIREMENT))


def timestamp_url() -> str:
    """The address of a time stamp authority, "" for none."""
    return str(TIMESTAMP_URL.value or "")


def verify_rate() -> int:
    """Checks a minute of one address, at least 1; the default, and a line in the log, where the setting is not a number."""
    try:
        return max(1, int(VERIFY_RATE.value))
    except (TypeError, ValueError):
        log.error(VERIFY_RATE.fault)
        return int(VERIFY_RATE.default)


def verify_shows() -> frozenset[str]:
    """What everybody who has a code may see of the signer. Words that mean nothing show nothing, and are in the log."""
    if VERIFY_SHOWS.fault:
        log.error(VERIFY_SHOWS.fault)
    return _words(VERIFY_SHOWS.value)


def verify_url() -> str | None:
    """The stated address of the verify page; None where nothing is stated, "" where what is stated is not a web address."""
    stated = str(VERIFY_URL.value or "").strip()
    if not stated:
        return None
    return "" if VERIFY_URL.fault else stated


def render() -> str:
    """How work apart from requests is done: one of `WAYS`, "" where that is found out. What means nothing is `THREAD`."""
    if RENDER.fault:
        log.error(RENDER.fault)
        return THREAD
    return RENDER.value or ""


def _sound(setting: Setting) -> Any:
    if setting.fault:
        raise ImproperlyConfigured(setting.fault)
    return setting.value
