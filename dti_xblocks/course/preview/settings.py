"""Django as the preview and the tests run it: one process, one SQLite file in the state folder, no settings module."""

from __future__ import annotations

import importlib.util
import logging
import os
import secrets
from pathlib import Path

import django
from django.conf import global_settings, settings

from . import compat
from .errors import PreviewError

log = logging.getLogger(__name__)

DATABASE, KEYS = "state.sqlite3", "keys"
KEYS_NAME = "Example Police Department (preview)"
LANGUAGES = (
    ("en", "English"), ("es", "Spanish"), ("fr", "French"), ("de", "German"), ("ar", "Arabic"), ("zh", "Chinese"),
    ("pt", "Portuguese"), ("ru", "Russian"), ("hi", "Hindi"), ("ja", "Japanese"), ("ko", "Korean"), ("it", "Italian"),
    ("es-419", "Spanish (Latin America)"),
)  # fmt: skip


def configure(state_dir: Path, **other: object) -> None:
    """Configure Django and set it up, keeping everything that lasts below `state_dir` (made when missing).

    `other` are settings that take the place of ours: the load test has another database. May be called again with another folder:
    later requests then use that one. One folder is in use at a time, because Django's settings belong to the process. Tables are
    made by `migrate` (see `application.make_application`).
    """
    state_dir = Path(state_dir).resolve()
    _make_private(state_dir)
    if settings.configured:
        _move_to(state_dir)
        return
    compat.prepare()
    settings.configure(**{**_values(state_dir), **other})
    django.setup()
    if compat.has_platform_blocks():
        from .graders import guard

        guard()  # before anything of a course is read


def current_state_dir() -> Path:
    """The folder in use."""
    return settings.DTI_PREVIEW_STATE_DIR


def _move_to(state_dir: Path) -> None:
    if not hasattr(settings, "DTI_PREVIEW_STATE_DIR"):
        raise PreviewError("Django is already configured for something else in this process. Start the preview on its own.")
    if state_dir == settings.DTI_PREVIEW_STATE_DIR:
        return
    from django.db import connections

    connections.close_all()
    connections.databases["default"]["NAME"] = str(state_dir / DATABASE)
    settings.DTI_PREVIEW_STATE_DIR = state_dir
    settings.MEDIA_ROOT = str(state_dir / "media")
    settings.SECRET_KEY = _secret(state_dir)
    settings.DTI_PLEDGE_KEYS = _keys(state_dir)


def _values(state_dir: Path) -> dict:
    options: dict = {"timeout": 20}
    if django.VERSION >= (5, 1):
        options["transaction_mode"] = "IMMEDIATE"
    return {
        "DTI_PREVIEW_STATE_DIR": state_dir,
        # Some problems of other courses contain Python, which would run with the rights of the person who starts the preview.
        "DTI_PREVIEW_RUN_PYTHON": os.environ.get("DTI_PREVIEW_RUN_PYTHON") == "1",
        "DEBUG": False,
        "SECRET_KEY": _secret(state_dir),
        "DTI_PLEDGE_KEYS": _keys(state_dir),
        "DTI_INSTITUTION": {"name": KEYS_NAME, "logo": Path(__file__).with_name("assets") / "badge.svg"},
        "DTI_PLEDGE_VERIFY_RATE": 200,  # one machine plays everybody here
        # Names other than these are refused: a page elsewhere cannot reach the preview by giving its own name 127.0.0.1.
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "INSTALLED_APPS": [app for app in _apps() if _installed(app)],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "dti_xblocks.course.preview.pages.middleware.person",
            # Open edX has both: our forms and the video block find the request through them.
            "crum.CurrentRequestUserMiddleware",
            "edx_django_utils.cache.middleware.RequestCacheMiddleware",
        ],
        "X_FRAME_OPTIONS": "SAMEORIGIN",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": None,  # a plain-http address has no use for it and browsers complain
        "SECURE_REFERRER_POLICY": "same-origin",
        "ROOT_URLCONF": "dti_xblocks.course.preview.pages.urls",
        "TEMPLATES": [{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": [
                "django.template.context_processors.request",
                "dti_xblocks.course.preview.pages.middleware.page_context",
            ]},
        }],
        "DATABASES": {"default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(state_dir / DATABASE),
            "OPTIONS": options,
        }},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        "MEDIA_ROOT": str(state_dir / "media"),
        "STATIC_URL": "/page/",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": True,
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [*global_settings.LANGUAGES, ("es-419", "Spanish (Latin America)")],  # the platform has it, Django has not
        "LOGGING_CONFIG": None,
        "SILENCED_SYSTEM_CHECKS": ["security.W003"],
        **_platform_values(),
    }  # fmt: skip


def _apps() -> list[str]:
    return [
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "dti_xblocks.records.apps.RecordsConfig",
        "dti_xblocks.course.preview.apps.PreviewConfig",
        *(["xblocks_contrib.problem.capa.apps.CapaAppConfig"] if compat.has_platform_blocks() else []),  # its templates
        "edxval",  # the video block asks it about every `edx_video_id`
        "waffle",  # edxval has a switch in it
    ]


def _installed(app: str) -> bool:
    """Whether the package is there. Its modules are not imported: they want settings, which are being made."""
    return importlib.util.find_spec(app.partition(".")[0]) is not None


def _platform_values() -> dict:
    """Settings of the platform that its own blocks read."""
    return {
        "FEATURES": {},
        "PLATFORM_NAME": "Preview",
        "LMS_BASE": "127.0.0.1",
        "LMS_ROOT_URL": "",
        "AI_TRANSLATIONS_API_URL": "",
        "COMPLETION_VIDEO_COMPLETE_PERCENTAGE": 0.95,
        "ALL_LANGUAGES": LANGUAGES,
        "LANGUAGE_DICT": dict(LANGUAGES),
        "YOUTUBE": {
            "API": "https://www.youtube.com/iframe_api",
            "TEST_TIMEOUT": 1500,
            "IMAGE_API": "https://img.youtube.com/vi/{youtube_id}/0.jpg",
            "METADATA_URL": "",
        },
        "YOUTUBE_API_KEY": None,
        "VIDEO_IMAGE_SETTINGS": {"STORAGE_KWARGS": {}, "DIRECTORY_PREFIX": "video-images/"},
        "VIDEO_TRANSCRIPTS_SETTINGS": {"STORAGE_KWARGS": {}, "DIRECTORY_PREFIX": "video-transcripts/"},
        "TRANSCRIPT_LANG_CACHE_TIMEOUT": 60,
    }


def _make_private(state_dir: Path) -> None:
    """Make the folder, for its owner only: it holds names, answers and the keys that seal and sign pledges.

    A folder that holds other things too belongs to somebody (the home folder, /tmp): only our files in it are closed then.
    SQLite gives its journals the rights of the database.
    """
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    ours = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", "secret.key", "media", KEYS)
    if all(path.name in ours for path in state_dir.iterdir()):
        state_dir.chmod(0o700)
    (state_dir / DATABASE).touch(mode=0o600)
    for name in ours:
        path = state_dir / name
        if path.exists() and not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)


def _secret(state_dir: Path) -> str:
    """The key that signs tokens: made once per state folder, so that what it signed still holds later."""
    path = state_dir / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text(encoding="ascii").strip()
        if key:
            return key
        path.unlink()
        return _secret(state_dir)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")


def _keys(state_dir: Path) -> str:
    """The folder of the keys that pledges are sealed and signed with, made once per state folder. "" where it cannot be made:
    pledges are signed all the same, and staff are told that they are not sealed yet."""
    folder = state_dir / KEYS
    if not folder.is_dir():
        from dti_xblocks.seals.make import MakeRefusedError, make_keys

        try:
            make_keys(folder, KEYS_NAME)
        except MakeRefusedError as refusal:  # two previews began at once
            log.info("The other's keys are used: %s", refusal)
        except OSError as error:
            log.error("No keys for pledges could be made in %s: %s", folder, error)
            return ""
    return str(folder)
