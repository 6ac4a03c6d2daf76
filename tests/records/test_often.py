"""What is asked and written at every request: the statements say what the query set says, whoever asks."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from dti_xblocks.records import models
from dti_xblocks.records.often import NUMBER, WORD, Often, OftenWritten, changing
from dti_xblocks.records.scenario import journal
from dti_xblocks.records.scenario.player import Player
from dti_xblocks.records.scenario.times import text_of_time

NOW = datetime(2026, 11, 23, 11, 26, 5, 123456, tzinfo=UTC)
NAMES = Often(
    lambda models, usage, user: (
        models.ScenarioStart.objects.filter(usage_key=usage, user_id=user).order_by("attempt").values_list("username", "attempt")
    )
)
ROW = Often(lambda models, usage, user: models.ScenarioStart.objects.filter(usage_key=usage, user_id=user).order_by("attempt"))


@pytest.fixture
def two_people():
    for number in (1, 2):
        journal.begin(Player(8100 + number, f"often{number}", "course", "often-block"), 0, NOW)
    yield
    models.ScenarioStart.objects.filter(usage_key="often-block").delete()


def test_each_asks_for_their_own(two_people):
    assert NAMES.values(models, "often-block", 8101) == [("often1", 1)]
    assert NAMES.values(models, "often-block", 8102) == [("often2", 1)]
    assert NAMES.values(models, "another-block", 8102) == []


def test_a_row_is_as_the_query_set_gives_it(two_people):
    found = ROW.row(models.ScenarioStart, models, "often-block", 8102)
    there = models.ScenarioStart.objects.get(usage_key="often-block", user_id=8102)
    assert found == there
    assert (found.username, found.started_at, found.practice) == (there.username, NOW, False)
    assert ROW.row(models.ScenarioStart, models, "often-block", 8199) is None


def test_the_statement_is_made_once():
    made = []

    def ask(models, usage):
        made.append(usage)
        return models.ScenarioStart.objects.filter(usage_key=usage).values_list("id")

    often = Often(ask)
    statements = [often.statement(models, usage) for usage in ("one", "two's", "three %s")]
    assert made == [WORD % 0]
    assert [parameters for _sql, parameters in statements] == [["one"], ["two's"], ["three %s"]]
    assert len({sql for sql, _parameters in statements}) == 1


def test_the_statement_is_that_of_the_query_set():
    rows = models.ScenarioStart.objects.filter(usage_key="a", user_id=3).order_by("attempt")
    sql, parameters = ROW.statement(models, "a", 3)
    assert (sql, tuple(parameters)) == rows.query.sql_with_params()


def test_what_is_not_a_value_stays_as_it_is():
    often = Often(lambda models, user: models.ScenarioStart.objects.filter(user_id=user, practice=True, attempt__gt=3))
    expected = models.ScenarioStart.objects.filter(user_id=5, practice=True, attempt__gt=3).query.sql_with_params()
    sql, parameters = often.statement(models, 5)
    assert (sql, tuple(parameters)) == expected


def test_a_value_that_the_statement_lacks_or_has_twice_is_refused():
    lacks = Often(lambda models, _user: models.ScenarioStart.objects.all())
    twice = Often(lambda models, user: models.ScenarioStart.objects.filter(Q(user_id=user) | Q(attempt=user)))
    for often in (lacks, twice):
        with pytest.raises(ValueError, match="once"):
            often.statement(models, 1)
    with pytest.raises(ValueError, match="text or a whole number"):
        Often(lambda models, at: models.ScenarioStart.objects.filter(started_at=at)).statement(models, NOW)


def test_an_expression_that_is_not_listed_last_is_refused():
    """Before Django 5.2 it stands last in the statement all the same."""

    def ask(*columns):
        return Often(lambda models, user: models.ScenarioStart.objects.filter(user_id=user).values_list(*columns))

    with pytest.raises(ValueError, match="last"):
        ask("id", text_of_time("started_at"), "attempt").statement(models, 1)
    sql, _parameters = ask("id", "attempt", text_of_time("started_at")).statement(models, 1)
    assert sql.index("attempt") < sql.index("CAST(")


def test_a_change_is_that_of_the_query_set(two_people):
    often = Often(
        lambda models, user, entries: changing(models.ScenarioStart.objects.filter(user_id=user).order_by(), entries=entries)
    )
    assert often.change(models, 8101, 7) == 1
    assert often.change(models, 8199, 7) == 0
    rows = models.ScenarioStart.objects.filter(usage_key="often-block").order_by("user_id")
    assert list(rows.values_list("username", "entries", "attempt")) == [("often1", 7, 1), ("often2", 0, 1)]


def test_rows_are_written_as_the_model_would_write_them(two_people):
    start = models.ScenarioStart.objects.get(usage_key="often-block", user_id=8101)
    often = OftenWritten()
    for serial, seconds in enumerate((None, 3)):
        often.write(
            models.ScenarioDecision(run=start, serial=serial, position=serial, scene="s%s", choice="c'", at=NOW, seconds=seconds)
        )
    models.ScenarioDecision.objects.create(run=start, serial=2, position=2, scene="s%s", choice="c'", at=NOW, seconds=3)
    rows = [(row.scene, row.choice, row.how, row.seconds, row.at) for row in start.decisions.order_by("serial")]
    assert rows == [("s%s", "c'", "", None, NOW), ("s%s", "c'", "", 3, NOW), ("s%s", "c'", "", 3, NOW)]


def test_a_row_that_is_there_already_is_refused_or_changed_as_it_was_asked(two_people):
    start = models.ScenarioStart.objects.get(usage_key="often-block", user_id=8102)
    row = {"run": start, "serial": 0, "position": 0, "choice": "c", "at": NOW}
    OftenWritten().write(models.ScenarioDecision(**row, scene="first"))
    with pytest.raises(IntegrityError), transaction.atomic():
        OftenWritten().write(models.ScenarioDecision(**row, scene="second"))
    OftenWritten(("run", "serial"), ("scene",)).write(models.ScenarioDecision(**{**row, "choice": "other"}, scene="third"))
    assert list(start.decisions.values_list("scene", "choice")) == [("third", "c")]


def test_what_was_refused_undoes_the_transaction_around_it(two_people):
    """As with `Model.save`: nobody can go on in a transaction of which a statement is missing."""
    start = models.ScenarioStart.objects.get(usage_key="often-block", user_id=8102)
    row = models.ScenarioDecision(run=start, serial=0, position=0, scene="s", choice="c", at=NOW)
    with transaction.atomic():
        OftenWritten().write(row)
        with pytest.raises(IntegrityError):
            OftenWritten().write(row)
        assert connection.needs_rollback
    assert not start.decisions.exists()


def test_what_stands_for_a_number_fits_every_column():
    assert NUMBER + 100 < 2**31 - 1


def test_the_row_of_a_run_is_locked_where_the_database_locks_rows():
    player = Player(8103, "often3", "course", "often-lock")
    journal.begin(player, 0, NOW)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries, journal.held(player, 1) as held:
        assert held is not None
    asked = [one["sql"] for one in queries if "scenariostart" in one["sql"] and one["sql"].startswith("SELECT")]
    assert len(asked) == 1
    assert ("FOR UPDATE" in asked[0]) == connection.features.has_select_for_update
