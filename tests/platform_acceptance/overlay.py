"""Settings over the platform's own `envs/test.py`: from unit tests toward what a site runs.

The tables are real (SQLite, or the MariaDB at `DTI_PLATFORM_SOCKET`), caches and completion are on, features are as Tutor sets
them. Not real are MongoDB (`store`), webpack's bundles, and the queue: tasks run at once.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from webpack_loader.loader import WebpackLoader

BLOCKS = ["dti_scenario", "dti_case_law", "dti_pledge", "dti_review", "dti_activity", "dti_video"]
OURS = "dti_records"
WEEK = 7 * 24 * 3600
HOSTS = {"lms": "localhost:18000", "cms": "localhost:18010"}
CACHES = ("default", "general", "mongo_metadata_inheritance", "configuration", "celery", "course_structure_cache", "staticfiles",
          "loc_cache", "ora2-storage")  # fmt: skip
FEATURES = {
    "CERTIFICATES_HTML_VIEW": True,
    "CLASS_DASHBOARD": False,
    "CUSTOM_COURSES_EDX": False,
    "DISABLE_START_DATES": False,
    "EMBARGO": False,
    "ENABLE_COURSE_DISCOVERY": False,
    "ENABLE_COURSEWARE_INDEX": False,
    "ENABLE_COURSEWARE_SEARCH": False,
    "ENABLE_CSMH_EXTENDED": False,
    "ENABLE_DASHBOARD_SEARCH": False,
    "ENABLE_DISCUSSION_SERVICE": False,
    "ENABLE_EDXNOTES": False,
    "ENABLE_GRADE_DOWNLOADS": True,
    "ENABLE_LIBRARY_INDEX": False,
    "ENABLE_LTI_PROVIDER": False,
    "ENABLE_MOBILE_REST_API": True,
    "ENABLE_PREREQUISITE_COURSES": True,
    "ENABLE_VERIFIED_CERTIFICATES": False,
    "MILESTONES_APP": True,
    "PREVENT_CONCURRENT_LOGINS": False,
}


class OurMigrations(dict):
    """Only our app has migrations: those of the platform do not run on SQLite, and its tables are made from the models."""

    def __contains__(self, label: object) -> bool:
        return label != OURS

    def __getitem__(self, label: str) -> None:
        return None

    def get(self, label: str, default: Any = None) -> Any:
        """No module of migrations, for any app but ours."""
        return None if label in self else default


class Bundles(WebpackLoader):
    """Stands in for webpack's: each bundle is one file of its name, which nobody loads."""

    def get_bundle(self, bundle_name: str) -> list[dict[str, str]]:
        """The one file."""
        return [{"name": f"{bundle_name}.js", "url": f"/static/bundles/{bundle_name}.js", "publicPath": ""}]

    def get_assets(self) -> dict[str, Any]:
        """Nothing is built."""
        return {"status": "done", "chunks": {}, "assets": {}}


def apply(settings: dict[str, Any], service: str) -> None:
    """Change the names of a settings module that has imported everything of `{service}.envs.test`."""
    from path import Path as PlatformPath
    from xmodule.modulestore.modulestore_settings import update_module_store_settings

    work = Path(os.environ["DTI_PLATFORM_WORK"])
    for name in ("media", "data", "uploads", "grades"):
        (work / name).mkdir(parents=True, exist_ok=True)
    settings["DATABASES"] = _databases(work)
    if not os.environ.get("DTI_PLATFORM_MIGRATIONS"):
        settings["MIGRATION_MODULES"] = OurMigrations()
    for model in ("Application", "AccessToken", "RefreshToken", "IDToken", "Grant"):  # the autodetector reads settings only
        name = {"AccessToken": "ACCESS_TOKEN", "RefreshToken": "REFRESH_TOKEN", "IDToken": "ID_TOKEN"}.get(model, model.upper())
        settings.setdefault(f"OAUTH2_PROVIDER_{name}_MODEL", f"oauth2_provider.{model}")

    mongo = {"host": "localhost", "port": 27017, "db": "openedx"}
    update_module_store_settings(settings["MODULESTORE"], doc_store_settings={**mongo, "collection": "modulestore"})
    settings["CONTENTSTORE"] = {
        "ENGINE": "xmodule.contentstore.mongo.MongoContentStore",
        "ADDITIONAL_OPTIONS": {"trashcan": {"bucket": "trash_fs"}},
        "DOC_STORE_CONFIG": mongo,
    }
    data = PlatformPath(str(work / "data"))
    settings["DATA_DIR"] = settings["GITHUB_REPO_ROOT"] = settings["COURSES_ROOT"] = data
    for store in settings["MODULESTORE"]["default"]["OPTIONS"]["stores"]:
        store["OPTIONS"]["fs_root"] = data
    settings["MEDIA_ROOT"], settings["MEDIA_URL"] = PlatformPath(str(work / "media")), "/media/"
    settings["FILE_UPLOAD_TEMP_DIR"] = PlatformPath(str(work / "uploads"))
    settings["GRADES_DOWNLOAD"] = {"STORAGE_TYPE": "localfs", "BUCKET": "grades", "ROOT_PATH": str(work / "grades")}
    for loader in settings["WEBPACK_LOADER"].values():
        loader["LOADER_CLASS"] = f"{__name__}.Bundles"
    settings["CACHES"] = {
        name: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": f"acceptance-{name}",
            "KEY_FUNCTION": "common.djangoapps.util.memcache.safe_key",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        }
        for name in CACHES
    }
    settings["CACHES"]["course_structure_cache"]["TIMEOUT"] = WEEK  # as the platform has it
    _site(settings, service)
    _product(settings, work)


def _databases(work: Path) -> dict[str, dict[str, Any]]:
    socket = os.environ.get("DTI_PLATFORM_SOCKET")
    if not socket:
        sqlite = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 60}}
        return {
            "default": {**sqlite, "NAME": str(work / "platform.db"), "ATOMIC_REQUESTS": True},
            "student_module_history": {**sqlite, "NAME": str(work / "history.db")},
        }
    mysql = {
        "ENGINE": "django.db.backends.mysql",
        "USER": "root",
        "HOST": socket,
        "OPTIONS": {"init_command": "SET sql_mode='STRICT_TRANS_TABLES'", "charset": "utf8mb4"},  # as Tutor sets it
    }
    return {
        "default": {**mysql, "NAME": "platform", "ATOMIC_REQUESTS": True},
        "student_module_history": {**mysql, "NAME": "history"},
    }


def _site(settings: dict[str, Any], service: str) -> None:
    settings["FEATURES"].update(FEATURES)
    settings["DISABLE_START_DATES"] = False
    settings["ENABLE_COMPREHENSIVE_THEMING"], settings["COMPREHENSIVE_THEME_DIRS"] = False, []
    settings["DEBUG"], settings["ALLOWED_HOSTS"] = False, ["*"]
    settings["LMS_BASE"], settings["CMS_BASE"] = HOSTS["lms"], HOSTS["cms"]
    settings["LMS_ROOT_URL"] = settings["LMS_INTERNAL_ROOT_URL"] = f"http://{HOSTS['lms']}"
    settings["CMS_ROOT_URL"], settings["SITE_NAME"] = f"http://{HOSTS['cms']}", HOSTS[service]
    settings["PLATFORM_NAME"] = settings["PLATFORM_DESCRIPTION"] = "Acceptance"
    settings["SESSION_COOKIE_SECURE"] = settings["CSRF_COOKIE_SECURE"] = False
    settings["HTTPS"] = "off"
    settings.setdefault("CORS_ORIGIN_WHITELIST", ["http://localhost:18020"])  # the view of a library's block reads it
    settings["EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"
    settings["CELERY_ALWAYS_EAGER"] = settings["CELERY_TASK_ALWAYS_EAGER"] = True
    settings["CELERY_EAGER_PROPAGATES"] = False


def _product(settings: dict[str, Any], work: Path) -> None:
    """What the operators' guide asks for."""
    if (work / "keys").exists():  # made when the tables are there
        settings["DTI_PLEDGE_KEYS"] = str(work / "keys")
    if "LIBRARY_ENABLED_BLOCKS" in settings:
        settings["LIBRARY_ENABLED_BLOCKS"] = [*settings["LIBRARY_ENABLED_BLOCKS"], *BLOCKS]
