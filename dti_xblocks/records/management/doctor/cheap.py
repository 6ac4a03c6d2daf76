"""The checks that cost next to nothing: settings, files and versions, no database, no network."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks

from ....platform import conf, tracking
from ....seals import make
from . import versions
from .finding import ABSENT, NOTE, OK, WRONG, Finding

TYPES = ("dti_scenario", "dti_case_law", "dti_pledge", "dti_review", "dti_activity", "dti_video")
LOCALE = Path(__file__).parents[2] / "locale"


def our_settings() -> Iterator[Finding]:
    """Each setting of ours that is wrong."""
    found = [Finding("settings", WRONG, problem.msg, problem.hint or "") for problem in conf.problems()]
    yield from found or [Finding("settings", OK, "No setting of ours is wrong.")]


def key_files() -> Iterator[Finding]:
    """Whether this process, and nobody else on the machine, can read the secret keys."""
    named = conf.pledge_keys()
    if not named:
        yield Finding(
            "key files",
            NOTE,
            "settings.DTI_PLEDGE_KEYS names no keys: pledges are signed, but not sealed.",
            "Make keys with ./manage.py lms dti_pledge_keys make FOLDER --name INSTITUTION, and name the folder in the setting.",
        )
    elif isinstance(named, Mapping):
        yield Finding("key files", OK, "The keys are texts in the settings, not files.")
    elif os.path.isdir(named):
        folder = Path(named)
        faults = [*_closed(folder), *(fault for name in make.SECRET for fault in _secret(folder / name))]
        yield from faults or [Finding("key files", OK, f"Only this user can read the secret keys in {folder}.")]


def _closed(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.R_OK | os.X_OK):
        yield Finding("key files", WRONG, f"This user cannot read the folder {folder}.", f"chown it to user {os.getuid()}.")


def _secret(path: Path) -> Iterator[Finding]:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return
    except OSError:
        yield Finding("key files", WRONG, f"{path} cannot be looked at.", f"chown its folder to user {os.getuid()}.")
        return
    if mode & 0o077:
        yield Finding("key files", WRONG, f"{path} can be read by others on this machine.", f"chmod 600 {path}")
    if not os.access(path, os.R_OK):
        yield Finding("key files", WRONG, f"This user cannot read {path}.", f"chown it to user {os.getuid()}.")


def libraries() -> Iterator[Finding]:
    """Whether authors can use the blocks in content libraries: Studio's setting."""
    listed = getattr(settings, "LIBRARY_ENABLED_BLOCKS", None)
    if listed is None:
        yield Finding("libraries", ABSENT, "Content libraries are Studio's: ask with ./manage.py cms dti_doctor.")
        return
    missing = [name for name in TYPES if name not in listed]
    if missing:
        mend = f"In Studio's settings: LIBRARY_ENABLED_BLOCKS += {missing!r}"
        yield Finding("libraries", NOTE, f"Content libraries do not offer {', '.join(missing)}.", mend)
    else:
        yield Finding("libraries", OK, "Content libraries offer the blocks.")


def tracking_log() -> Iterator[Finding]:
    """Whether the platform keeps what is sent to our addresses out of its tracking log."""
    try:
        problems = tracking.problems()
    except re.error as error:
        says = f"settings.{tracking.SETTING} has a pattern that is no regular expression: {error}."
        yield Finding("tracking log", WRONG, says, "Correct it: the platform answers every request with an error.")
        return
    if problems:
        mend = (
            f"{problems[0].hint}. The plugin adds them by itself, but a settings file that is read later may set the list anew."
        )
        yield Finding("tracking log", WRONG, problems[0].msg, mend)
    elif not any(str(name).endswith(tracking.MIDDLEWARE) for name in settings.MIDDLEWARE):
        yield Finding("tracking log", ABSENT, "There is no tracking log.")
    else:
        yield Finding("tracking log", OK, "Requests to our addresses are kept out of the tracking log.")


def translations() -> Iterator[Finding]:
    """Whether every catalogue of ours is compiled: Django reads no other."""
    texts = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    raw = [path.parts[-3] for path in texts if path.parts[-3] != "en" and not path.with_suffix(".mo").exists()]
    if raw:
        mend = "Compile them: make compile_translations in a checkout, or django-admin compilemessages in the package."
        yield Finding("translations", WRONG, f"Not compiled: {', '.join(raw)}.", mend)
        return
    ready = ", ".join(path.parts[-3] for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.mo")))
    says = f"The blocks speak English and {ready}." if ready else "The blocks speak English, and no other language yet."
    yield Finding("translations", OK, says)


def broker() -> Iterator[Finding]:
    """Whether work that was told to go to Celery finds a broker in the settings."""
    if conf.render() == conf.CELERY and not _broker():
        mend = "Give Celery a broker, or leave DTI_RENDER out: PDF files are then made in a thread."
        yield Finding("broker", WRONG, "settings.DTI_RENDER is “celery”, but Celery has no broker.", mend)


def _broker() -> Any:
    try:
        from celery import current_app
    except ImportError:
        return ""
    return current_app.conf.broker_url or current_app.conf.task_always_eager


# Each with the number of its system check, never given to another. Settings and tracking log have theirs in `platform`.
CHEAP = ((14, key_files), (15, translations), (16, broker), (17, versions.versions))


def system_checks(**_options: Any) -> list[checks.CheckMessage]:
    """The cheap checks as warnings of `manage.py check`: they stop nothing."""
    found = []
    for number, check in CHEAP:
        wrong = (one for one in check() if one.state == WRONG)
        found += [checks.Warning(one.says, hint=one.mend or None, id=f"dti_records.W{number:03}") for one in wrong]
    return found
