"""The records on a real database server: migrations up and down, and every constraint under concurrent writers.

Run by scripts/databases.sh (make test-databases), which starts a PostgreSQL and a MariaDB of its own on this machine.
The address of the server is in the environment: DTI_DATABASE_ENGINE, _NAME, _USER, _HOST, _PORT.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import django
from django.conf import settings

settings.configure(
    INSTALLED_APPS=["dti_xblocks.records"],
    USE_TZ=True,
    DATABASES={
        "default": {
            "ENGINE": f"django.db.backends.{os.environ['DTI_DATABASE_ENGINE']}",
            "NAME": os.environ["DTI_DATABASE_NAME"],
            "USER": os.environ["DTI_DATABASE_USER"],
            "HOST": os.environ["DTI_DATABASE_HOST"],
            "PORT": os.environ.get("DTI_DATABASE_PORT", ""),
        }
    },
)
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import IntegrityError, connection, transaction  # noqa: E402

from dti_xblocks.records.models import CourseReview, ScenarioRun, ScenarioStart, SignedPledge  # noqa: E402

WRITERS = 16
WHO = {"user_id": 7, "username": "j" * 255, "course_key": "course-v1:" + "c" * 245, "usage_key": "block-v1:" + "b" * 246}
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROWS = {
    ScenarioStart: {"attempt": 1, "started_at": NOW},
    ScenarioRun: {
        **{"attempt": 1, "scenario_version": "a" * 64, "path": [["scene", "choice", "time"]], "ending": "e", "result": "good"},
        **{"earned": 1.0, "possible": 2.0, "started_at": NOW, "finished_at": NOW},
    },
    SignedPledge: {
        **{"full_name": "Zoë 🚓", "signed_name": "Zoë", "wording_hash": "b" * 64, "language": "en"},
        **{"document": {"text": "ü"}, "document_hash": "c" * 64, "signed_at": NOW},
    },
    CourseReview: {"stars": 5, "text": "good 👍", "created_at": NOW, "changed_at": NOW},
}


def write(model, number: int) -> bool:
    """Insert the one row of `model`, as one of many writers; True for the writer who won."""
    try:
        with transaction.atomic():
            code = {"code": f"code-{number}"} if model is SignedPledge else {}
            model.objects.create(**WHO, **ROWS[model], **code)
        return True
    except IntegrityError:
        return False
    finally:
        connection.close()


def main() -> None:
    call_command("migrate", verbosity=0)
    for model in ROWS:
        with ThreadPoolExecutor(WRITERS) as writers:
            winners = sum(writers.map(lambda number, model=model: write(model, number), range(WRITERS)))
        rows = model.objects.count()
        assert (winners, rows) == (1, 1), f"{model.__name__}: {winners} writers won, {rows} rows"
    kept = SignedPledge.objects.get()
    assert (kept.full_name, kept.document) == ("Zoë 🚓", {"text": "ü"})
    call_command("migrate", "dti_records", "zero", verbosity=0)
    call_command("migrate", verbosity=0)
    version = connection.cursor()
    version.execute("select version()")
    print(f"{len(ROWS)} passed, 0 failed  ({connection.vendor} {version.fetchone()[0][:40]}, {WRITERS} concurrent writers each)")


if __name__ == "__main__":
    sys.exit(main())
