"""The admin site, where operators read the records and nobody changes them. The preview has none: it is set up on its own here."""

import json
import re
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
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from dti_xblocks.records.scenario import journal, runs

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
from dti_xblocks.records.pledge import events as pledge_events, pledges
from dti_xblocks.records.models import PledgeEvent
from tests.signatures import signature
made = signature(
    user_id=1, username="reyes", course="course", block="block", when=NOW, more={"title": "the-title"},
    private={"salt": "the-salt", "address": "192.0.2.7"},
)
pledge, _added = pledges.add(made, lambda: "ABCD-EFGH-JKMN-PQRS")
pledges.withdraw(pledge, 9, "sergeant", "Signed by mistake.", NOW)
seen["pledges"] = {"numbers": client.get("/admin/dti_records/pledgechain/").status_code}
before = PledgeEvent.objects.count()
client.get("/admin/dti_records/pledgelink/"); client.get("/admin/dti_records/pledgelink/1/change/")
seen["pledges"]["unread"] = PledgeEvent.objects.count() - before
pages = {"list": "signedpledge/", "search": "signedpledge/?q=Reyes", "nobody": "signedpledge/?q=nobody",
         "row": f"signedpledge/{pledge.id}/change/", "events": "pledgeevent/?kind=withdrawn", "event": "pledgeevent/1/change/",
         "gone": "signedpledge/99/change/"}
for name, place in pages.items():
    before = PledgeEvent.objects.count()
    page = client.get(f"/admin/dti_records/{place}")
    seen["pledges"][name] = {
        "status": page.status_code, "html": page.content.decode(), "noted": PledgeEvent.objects.count() - before,
        "details": PledgeEvent.objects.order_by("-id").first().document["details"],
    }
seen["pledges"]["refused"] = [
    client.post(f"/admin/dti_records/{kind}/{page}", {}).status_code
    for kind in ("signedpledge", "pledgeevent", "pledgechain", "pledgelink") for page in ("1/change/", "1/delete/", "add/")
]
last = PledgeEvent.objects.order_by("-id").first()
seen["pledges"]["who"] = [last.user_id, last.username, last.kind]
seen["registered"] = sorted(model._meta.model_name for model in admin.site._registry if model._meta.app_label == "dti_records")
seen["tables"] = sorted(model._meta.model_name for model in apps.get_app_config("dti_records").get_models())
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


def test_the_guide_says_which_tables_are_shown(seen):
    """The table of docs/operators/records.md names every table, and in its last column whether it is shown."""
    text = (ROOT / "docs/operators/records.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z]+`(?:, `[a-z]+`)*) \|.*\| ([a-z ]+) \|$", text, re.MULTILINE)
    told = {name: shown for names, shown in rows for name in re.findall(r"[a-z]+", names)}
    assert set(told) == set(seen["tables"])
    assert sorted(name for name, shown in told.items() if shown == "yes") == seen["registered"]
    assert [name for name, shown in told.items() if shown not in ("yes", "no")] == ["scenariodecision", "videoanswer"]


def test_operators_read_pledges_and_their_chain(seen):
    pledges = seen["pledges"]
    assert pledges["numbers"] == 200 and "ABCD-EFGH-JKMN-PQRS" in pledges["list"]["html"]
    assert "withdrawn" in pledges["list"]["html"] and "reyes" in pledges["search"]["html"]
    assert "the-title" in pledges["row"]["html"] and "reyes" not in pledges["nobody"]["html"]
    assert pledges["events"]["status"] == pledges["event"]["status"] == 200
    assert 'name="_save"' not in pledges["row"]["html"]


def test_nobody_changes_them_there(seen):
    assert seen["pledges"]["refused"] == [403] * 12


def test_that_they_were_read_there_is_an_event(seen):
    pledges = seen["pledges"]
    assert {name: pledges[name]["noted"] for name in ("list", "search", "nobody", "row", "events", "event", "gone")} == {
        "list": 1, "search": 1, "nobody": 0, "row": 1, "events": 1, "event": 1, "gone": 0,
    }  # fmt: skip
    assert pledges["row"]["details"] == {"what": "record", "of": "reyes", "count": 1, "in": "admin/signedpledge"}
    assert pledges["list"]["details"]["count"] == 1
    assert pledges["who"] == [1, "operator", "staff-read"]
    assert pledges["unread"] == 0  # hashes are no personal data
