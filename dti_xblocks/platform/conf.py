"""Every setting of ours, read here and nowhere else: its default, what it may be, and what is said of one that is wrong.

A setting that is wrong is an error of Django's system checks (`manage.py check`, and before every migration). A process that
runs all the same goes on with what each function below says. The table of docs/operators/settings.md is made of it.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from . import setting
from .setting import (
    AGENCY,
    CELERY,
    COURSE,
    DATE,
    ERASE,
    INITIALS,
    KEEP,
    KEY_TEXTS,
    LETTER,
    LONGEST_NAME,
    NAME,
    PAPERS,
    REQUEST,
    SHOWABLE,
    THREAD,
    TRIM,
    Setting,
)

log = logging.getLogger(__name__)

__all__ = ["AGENCY", "CELERY", "COURSE", "DATE", "ERASE", "INITIALS", "KEEP", "LETTER", "NAME", "REQUEST", "THREAD", "TRIM"]

AUTHORITIES_FOLDER = Setting(
    1,
    "DTI_AUTHORITIES_FOLDER",
    "",
    setting.folder,
    "Name a folder that this process can read, or nothing.",
    unset="none",
    does="A folder of TOML files with the agency's own policies and law: "
    "[Case law of your own](case-law.md#case-law-of-your-own)",
)
PACKET_STORAGE = Setting(
    2,
    "DTI_PACKET_STORAGE",
    "",
    setting.alias,
    "Add the alias to STORAGES, or leave the setting out.",
    unset="the default storage",
    does="The alias in `STORAGES` under which shared packets are kept: [Packets](case-law.md#packets)",
)
KEEP_ADDRESS = Setting(
    3,
    "DTI_PLEDGE_KEEP_ADDRESS",
    True,
    setting.boolean,
    "True keeps the network address of signers.",
    unset="`True`",
    does="Whether the network address of a signature is kept: [Personal data](personal-data.md)",
)
KEEP_BROWSER = Setting(
    4,
    "DTI_PLEDGE_KEEP_BROWSER",
    True,
    setting.boolean,
    "True keeps the browser of signers.",
    unset="`True`",
    does="Whether the browser of a signature is kept: [Personal data](personal-data.md)",
)
KEYS = Setting(
    5,
    "DTI_PLEDGE_KEYS",
    None,
    setting.keys,
    f"Name the folder that dti_pledge_keys made, or give {', '.join(KEY_TEXTS)}.",
    unset="none: pledges are not sealed",
    does="The folder of keys, or a dictionary with their contents: [Keys for pledges](pledge-keys.md)",
)
RETENTION_DAYS = Setting(
    6,
    "DTI_PLEDGE_RETENTION_DAYS",
    0,
    setting.days,
    "0 keeps signed pledges for good.",
    unset="`0`: for good",
    does="How long signed pledges are kept: [Retention](personal-data.md#how-long-signed-pledges-are-kept)",
)
RETIREMENT = Setting(
    7,
    "DTI_PLEDGE_RETIREMENT",
    TRIM,
    setting.policy,
    "“trim” is the default.",
    unset='`"trim"`',
    does="What the retirement of an account erases of its pledges: "
    "[When an account is retired](personal-data.md#when-an-account-is-retired)",
)
TIMESTAMP_URL = Setting(
    8,
    "DTI_PLEDGE_TIMESTAMP_URL",
    "",
    setting.address,
    "Give the whole address of a time stamp authority.",
    unset="none",
    does="A time-stamp authority for the signatures of PDF files: [Time stamps](pledge-files.md#time-stamps)",
)
VERIFY_RATE = Setting(
    9,
    "DTI_PLEDGE_VERIFY_RATE",
    20,
    setting.rate,
    "How often a minute one address may check a pledge.",
    unset="`20`",
    does="Checks a minute from one address: [The verify page](pledge-verify.md)",
)
VERIFY_SHOWS = Setting(
    10,
    "DTI_PLEDGE_VERIFY_SHOWS",
    (INITIALS, COURSE, DATE),
    setting.shows,
    f"Use {', '.join(SHOWABLE)}.",
    unset='`("initials", "course", "date")`',
    does="What the public page shows of a person: [The verify page](pledge-verify.md)",
)
VERIFY_URL = Setting(
    11,
    "DTI_PLEDGE_VERIFY_URL",
    "",
    setting.address,
    "Give the whole address of the page, or nothing.",
    unset="below `LMS_ROOT_URL`",
    does="The address printed on pledges: [The verify page](pledge-verify.md)",
)
RENDER = Setting(
    12,
    "DTI_RENDER",
    "",
    setting.way,
    "Leave it out, and Celery is used where it has a broker, else a thread.",
    unset='`"celery"` where there is a broker, else `"thread"`',
    does='Where PDF files are made: by Celery, in a thread, or in the request (`"request"`): [Packets](case-law.md#packets)',
)
INSTITUTION = Setting(
    13,
    "DTI_INSTITUTION",
    None,
    setting.institution,
    'Give {"name": "…", "logo": "…", "paper": "Letter"}, each may be left out.',
    unset="none",
    does="Name, logo and paper of the institution, on signed pledges and the verify page: "
    "[The institution's name and logo](pledge-files.md#the-institutions-name-and-logo)",
)
FILMS = Setting(
    18,
    "DTI_FILMS",
    "",
    setting.films,
    "Give the whole address of the folder of films, or an alias in STORAGES, or nothing.",
    unset="the files of the course",
    does="Where films are fetched from: the address of a folder on a CDN or object storage, or an alias in `STORAGES`: "
    "[Films](films.md)",
)

ALL = (
    AUTHORITIES_FOLDER,
    PACKET_STORAGE,
    RENDER,
    INSTITUTION,
    FILMS,
    KEYS,
    TIMESTAMP_URL,
    KEEP_ADDRESS,
    KEEP_BROWSER,
    RETIREMENT,
    RETENTION_DAYS,
    VERIFY_URL,
    VERIFY_SHOWS,
    VERIFY_RATE,
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


def films() -> str:
    """Where the films of courses are: the address of a folder, with "/" at its end, or an alias in STORAGES; "" for the files of
    the courses, and, with a line in the log, where the setting is wrong."""
    if FILMS.fault:
        log.error(FILMS.fault)
        return ""
    stated = str(FILMS.value or "").strip()
    return stated.rstrip("/") + "/" if "://" in stated else stated


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
    return setting.words(VERIFY_SHOWS.value)


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


def _sound(one: Setting) -> Any:
    if one.fault:
        raise ImproperlyConfigured(one.fault)
    return one.value


def table() -> str:
    """The table of docs/operators/settings.md, a row each."""
    rows = [f"| `{one.name}` | {one.unset} | {one.does} | `E{one.number:03}` |" for one in ALL]
    return "\n".join(["| Setting | Default | What it does | Check |", "|---|---|---|---|", *rows]) + "\n"
