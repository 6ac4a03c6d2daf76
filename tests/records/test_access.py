"""Where the records are missing the blocks are told so, and the transaction around lives on."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DataError, InterfaceError, OperationalError, connection, transaction

from dti_xblocks.records import access, models
from dti_xblocks.records.access import RecordsUnavailableError, records
from dti_xblocks.records.pledge import pledges
from dti_xblocks.records.review import reviews


@pytest.fixture
def no_tables():
    """The records' tables are gone for the length of a test."""
    names = [model._meta.db_table for model in (models.SignedPledge, models.CourseReview)]
    rename(names, [f"{name}_gone" for name in names])
    yield
    rename([f"{name}_gone" for name in names], names)


def rename(old: list[str], new: list[str]):
    with connection.cursor() as cursor:
        for before, after in zip(old, new, strict=True):
            cursor.execute(f"ALTER TABLE {before} RENAME TO {after}")


def test_the_models_come_through():
    with records() as found:
        assert found is models


@pytest.mark.parametrize(
    "read",
    [
        lambda: pledges.of_learner(1, "block"),
        lambda: pledges.by_code("code", "block"),
        lambda: pledges.counts("block", "hash"),
        lambda: list(pledges.every("block")),
        lambda: reviews.of_learner(1, "block"),
        lambda: reviews.summary("block"),
        lambda: list(reviews.every("block")),
    ],
)
def test_a_missing_table_is_told(no_tables, read):
    with pytest.raises(RecordsUnavailableError):
        read()


def test_a_request_whose_connection_is_lost_is_not_answered_as_if_it_had_been_kept(no_tables, monkeypatch):
    def gone(_savepoint):
        raise OperationalError("server has gone away")

    monkeypatch.setattr(connection, "savepoint_rollback", gone)
    with pytest.raises(OperationalError), transaction.atomic():
        pledges.of_learner(1, "block")


def test_a_transaction_around_a_failed_read_can_go_on(no_tables):
    with transaction.atomic():
        with pytest.raises(RecordsUnavailableError):
            pledges.of_learner(1, "block")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)


def test_other_faults_are_not_hidden():
    with pytest.raises(ZeroDivisionError), records():
        raise ZeroDivisionError


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DataError])
def test_a_database_that_does_not_answer_or_refuses_is_told(error):
    with pytest.raises(RecordsUnavailableError, match="gone away"), records():
        raise error("server has gone away")


WITHOUT_THE_APP = """
import django
from django.conf import settings
settings.configure(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}, USE_TZ=True)
django.setup()
from dti_xblocks.records.access import RecordsUnavailableError
from dti_xblocks.records.pledge import pledges
from dti_xblocks.records.review import reviews
from dti_xblocks.pledge_block import PledgeBlock
from dti_xblocks.review_block import ReviewBlock
for read in (pledges.of_learner, reviews.of_learner):
    try:
        read(1, "block")
    except RecordsUnavailableError as error:
        print("told:", type(error).__name__)
"""


def test_an_installation_without_the_app_is_told_and_blocks_still_load():
    root = Path(access.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", WITHOUT_THE_APP], cwd=root, capture_output=True, text=True, timeout=240)
    assert done.stdout.split("\n")[:2] == ["told: RecordsUnavailableError"] * 2, done.stderr
