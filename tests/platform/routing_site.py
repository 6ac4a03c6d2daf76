"""A site that routes events to a learning record store: what test_record_store.py runs where event-routing-backends is installed.

`python routing_site.py ADDRESS EVENTS.json ours|theirs` emits each event as the platform's `server_track` does, and lets the real
tracker, lists, transformers, router and LRS client have it. `ours` or `theirs` is whose settings are read first. Of the platform
only what the package asks of it is played: who somebody is outside, and what a course is called.
"""

import json
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import celery
from django.conf import settings

SITE = "https://lms.example.org"
COURSE = "course-v1:DTI+DTI101+2026"
MODULES = {
    "common.djangoapps.student.models": {"get_potentially_retired_user_by_username": lambda name: None},
    "openedx.core.djangoapps.content.course_overviews.api": {
        "get_course_overviews": lambda keys: [{"id": str(keys[0]), "display_name": "Duty to Intervene"}]
    },
    "openedx.core.djangoapps.external_user_ids.models": {
        "ExternalIdType": SimpleNamespace(XAPI="xapi"),
        "ExternalId": SimpleNamespace(
            add_new_user_id=lambda user, kind: (SimpleNamespace(external_user_id="32e08e30-f8ae-4ce2-94a8-c2bfe38a70cb"), True)
        ),
    },
}


def play_the_platform() -> None:
    """Put what event-routing-backends imports of the platform where it looks for it."""
    for dotted, names in MODULES.items():
        parts = dotted.split(".")
        for length in range(1, len(parts) + 1):
            sys.modules.setdefault(".".join(parts[:length]), ModuleType(".".join(parts[:length])))
        vars(sys.modules[dotted]).update(names)


def configure(first: str) -> None:
    """The settings of a site, after both plugins have had them."""
    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "waffle",
            "celery_utils",
            "config_models",
            "event_routing_backends",
            "dti_xblocks.records",
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
        SECRET_KEY="only for this test",
        FERNET_KEYS=["only for this test"],
        LMS_ROOT_URL=SITE,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    )
    from event_routing_backends.settings import common

    from dti_xblocks.records import settings as records

    for plugin in (records, common) if first == "ours" else (common, records):
        plugin.plugin_settings(settings)
    records.plugin_settings(settings)  # the platform reads them twice: common, and production
    # The package writes the name of the backend in two ways, which a site's MySQL takes for one, and SQLite does not.
    router = settings.EVENT_TRACKING_BACKENDS["event_transformer"]["OPTIONS"]["backends"]["xapi"]
    router["OPTIONS"]["backend_name"] = "xAPI"
    application = celery.Celery("site")
    application.conf.task_always_eager = True
    application.conf.task_eager_propagates = True
    application.set_default()


def main() -> None:
    """Emit the events."""
    address, events, first = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    play_the_platform()
    configure(first)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from django.contrib.auth.models import User
    from event_routing_backends.models import RouterConfiguration
    from eventtracking import tracker
    from eventtracking.django.django_tracker import DjangoTracker

    learner = User.objects.create(username="reyes", email="reyes@example.org", first_name="Ana", last_name="Reyes")
    RouterConfiguration.objects.create(
        enabled=True,
        backend_name=RouterConfiguration.XAPI_BACKEND,
        route_url=address,
        auth_scheme=RouterConfiguration.AUTH_BASIC,
        username="site",
        password="secret",
        configurations={"match_params": {}},
    )
    tracker.register_tracker(DjangoTracker())
    for number, (name, data) in enumerate(json.loads(events.read_text(encoding="utf-8"))):
        kind = name.split(".")[1]
        context = {
            "user_id": learner.id,
            "username": learner.username,
            "course_id": COURSE,
            "org_id": "DTI",
            "session": "5f3c1e",
            "module": {"display_name": kind, "usage_key": f"block-v1:DTI+DTI101+2026+type@dti_{kind}+block@n{number}"},
            "page": "x_module",
            "event_source": "server",
        }
        with tracker.get_tracker().context("edx.course.server", context):
            tracker.emit(name=name, data=data)


if __name__ == "__main__":
    main()
