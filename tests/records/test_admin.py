"""The admin site, where operators read the records and nobody changes them. The preview has none: it is set up on its own here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITE = """
import json
import django
from django.conf import settings
from django.urls import path

APPS = ("admin", "auth", "contenttypes", "sessions", "messages")
settings.configure(
    SECRET_KEY="only for this test", USE_TZ=True, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, STATIC_URL="/static/",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[*(f"django.contrib.{app}" for app in APPS), "dti_xblocks.records"],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]}}],
)
django.setup()
from datetime import UTC, datetime
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from dti_xblocks.records import journal, runs

urlpatterns = [path("admin/", admin.site.urls)]
call_command("migrate", verbosity=0)
call_command("check", fail_level="WARNING")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
player = runs.Player(1, "reyes", "course", "block")
journal.begin(player, 0, NOW)
with journal.held(player, 1) as held:
    held.append(["the-scene", "the-choice", NOW.isoformat()], "the-ending", 3)
runs.finish(player, runs.Finished(1, "v", held.decisions, "the-ending", "good", 1, 1, NOW, NOW))
client = Client()
client.force_login(User.objects.create_superuser("operator", "o@example.org", "x"))
seen = {}
for kind in ("start", "run"):
    place = f"/admin/dti_records/scenario{kind}/"
    row = client.get(place + "1/change/")
    seen[kind] = {
        "list": client.get(place).status_code,
        "row": row.status_code,
        "shows": [word for word in ("the-scene", "the-choice", "the-ending") if word in row.content.decode()],
        "may save": 'name="_save"' in row.content.decode(),
        "refused": [client.post(place + page, {}).status_code for page in ("1/change/", "1/delete/", "add/")],
    }
seen["registered"] = sorted(model._meta.model_name for model in admin.site._registry if model._meta.app_label == "dti_records")
seen["marks"] = client.get("/admin/dti_records/readermark/").status_code
print(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def seen():
    done = subprocess.run([sys.executable, "-c", SITE], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("kind", ["start", "run"])
def test_operators_read_a_run_with_its_decisions(seen, kind):
    assert (seen[kind]["list"], seen[kind]["row"]) == (200, 200)
    assert seen[kind]["shows"] == ["the-scene", "the-choice", "the-ending"]


@pytest.mark.parametrize("kind", ["start", "run"])
def test_nobody_changes_it(seen, kind):
    assert seen[kind]["refused"] == [403, 403, 403]
    assert not seen[kind]["may save"]


def test_learners_marks_are_not_in_it(seen):
    assert "scenariorun" in seen["registered"] and "readermark" not in seen["registered"]
    assert seen["marks"] == 404
