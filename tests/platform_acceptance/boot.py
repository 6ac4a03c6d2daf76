"""Start the platform in this process, as LMS or as Studio, over the databases of the run."""

from __future__ import annotations

import mimetypes
import os
import time
import warnings
from pathlib import Path

from . import logs

MONGO = "mongo.pickle"
LANGUAGES = "es-419"  # released besides that of the site


def work() -> Path:
    """The folder of this run."""
    return Path(os.environ["DTI_PLATFORM_WORK"])


def prepare(service: str) -> None:
    """Everything before Django's own start: which settings, and MongoDB's stand-in. The platform's folder is the current one."""
    os.environ["DJANGO_SETTINGS_MODULE"] = f"platform_acceptance.settings_{service}"
    os.environ["SERVICE_VARIANT"] = service
    os.chdir(os.environ["EDX_PLATFORM"])
    warnings.simplefilter("ignore")
    mimetypes.knownfiles.clear()  # a container may have no /etc/mime.types: then Python knows what it brings itself
    mimetypes.init()
    from . import store

    store.install()


def start(service: str) -> float:
    """Start `service` ("lms" or "cms"). Returns the seconds that it took."""
    began = time.monotonic()
    prepare(service)
    import django

    django.setup()
    import webpack_loader.utils  # noqa: F401 - xmodule.util.builtin_assets relies on somebody having imported it

    from . import store

    logs.listen()
    if (work() / MONGO).exists():
        store.load(work() / MONGO)
    site()
    return time.monotonic() - began


def keep_store() -> None:
    """Keep the courses for the processes that come after this one."""
    from . import store

    store.save(work() / MONGO)


def site() -> None:
    """What the operators' guide has an operator set, and what Tutor sets when it makes a site."""
    from django.conf import settings
    from django.contrib.sites.models import Site
    from openedx.core.djangoapps.dark_lang.models import DarkLangConfig
    from waffle.models import Flag, Switch

    for name in ("course_home.course_home_mfe_progress_tab", "courseware.enable_navigation_sidebar"):
        Flag.objects.update_or_create(name=name, defaults={"everyone": True})
    for name in ("completion.enable_completion_tracking", "certificates.auto_certificate_generation"):
        Switch.objects.update_or_create(name=name, defaults={"active": True})
    if DarkLangConfig.current().released_languages != LANGUAGES:
        DarkLangConfig.objects.create(enabled=True, released_languages=LANGUAGES)
    known = {"domain": settings.SITE_NAME, "name": settings.SITE_NAME}
    Site.objects.update_or_create(id=settings.SITE_ID, defaults=known)
